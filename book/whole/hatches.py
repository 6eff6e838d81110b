"""Hatches of charts as lines: Chromium prints a pattern as a picture, and hundreds weigh a lot."""

import re
from copy import deepcopy
from itertools import product
from math import floor

from lxml import etree
from lxml.html import HtmlElement

from analysis.svg import corners

FILL = re.compile(r"fill:url\(#([^)]+)\)")


def draw_hatches(root: HtmlElement) -> None:
    """Draw what the patterns of all charts in an element fill: their lines, cut to each shape."""
    number = 0
    for svg in root.iter("svg"):
        patterns = {pattern.get("id"): pattern for pattern in svg.iter("pattern")}
        for shape in list(svg.iter("path")):
            found = FILL.search(shape.get("style", ""))
            if not found or found[1] not in patterns:
                continue
            number += 1
            hatch(shape, patterns[found[1]], f"hatch-{number}")
            shape.set("style", FILL.sub("fill:none", shape.get("style")))


def hatch(shape: HtmlElement, pattern: HtmlElement, name: str) -> None:
    """Put the lines of a pattern before a shape, inside its outline."""
    left, top, right, bottom = corners(shape.get("d"))
    wide, high = (float(pattern.get(side)) for side in ("width", "height"))
    columns = range(floor(left / wide), floor(right / wide) + 1)
    rows = range(floor(top / high), floor(bottom / high) + 1)
    outer, outline = etree.Element("g"), etree.Element("clipPath", id=name)
    if shape.get("clip-path"):
        outer.set("clip-path", shape.get("clip-path"))
    etree.SubElement(outline, "path", d=shape.get("d"))
    outer.append(outline)
    lines = etree.SubElement(outer, "g", {"clip-path": f"url(#{name})"})
    for column, row in product(columns, rows):
        tile = etree.SubElement(
            lines, "g", transform=f"translate({column * wide:g} {row * high:g})"
        )
        tile.extend(deepcopy(part) for part in pattern)
    shape.addprevious(outer)
