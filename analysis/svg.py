"""Matplotlib's SVG as a part of a page: its text takes the page's colour, its marks have names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from analysis.following import how

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
POINTS = re.compile(r"(-?\d+\.\d\d)\d+")
#: A step of a path of straight lines, and how many make it one that is worth shortening.
STEP, LONG = re.compile(r"([ML]) (-?[\d.]+) (-?[\d.]+)\s*"), 9
#: Attributes that hold coordinates, and can do with two decimals.
DRAWN = ("d", "transform", "x", "y", "points", "width", "height")


def tidy(
    raw: bytes,
    width: int,
    alt: str,
    labels: Mapping[str, str],
    name: str,
    lengths: Mapping[str, Mapping[str, float]],
) -> str:
    """An SVG element for a page.

    ``labels`` say what each address counts: a mark that leads there is called so, and is all that
    is
    read out; the ticks and texts beside it are for the eye.  Every id begins with ``name``.
    How a mark follows a reading is said in its group (:mod:`analysis.following`); ``lengths`` has
    how long one counted is, and a line that is broken, by the mark's id.
    """
    root = etree.fromstring(raw, etree.XMLParser(remove_comments=True, remove_blank_text=True))
    for element in root.findall(f".//{SVG}metadata") + root.findall(f".//{SVG}style"):
        element.getparent().remove(element)
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, "")
    for attribute, value in {
        "role": "group",
        "aria-label": alt,
        "style": f"max-width:{width}px",
        "fill": "currentColor",
        "pointer-events": "all",  # open and hatched marks are links all over
    }.items():
        root.set(attribute, value)
    for element in root.iterdescendants(etree.Element):
        style = element.get("style")
        if style:
            style = re.sub(r"font: ([0-9.]+)px [^;]+", r"font-size:\1px", style)
            element.set("style", style.replace("#000000", "currentColor"))
        for attribute, value in texts(element):
            if attribute in DRAWN:
                value = shorter(value) if attribute == "d" else value
                element.set(attribute, POINTS.sub(r"\1", value))
        if element.tag == SVG + "text":
            element.set("aria-hidden", "true")
            if str(element.get("transform", "")).startswith("rotate(-0 "):
                del element.attrib["transform"]
        following(element, lengths)
        element.attrib.pop("target", "")  # stay in this window
        address = str(element.attrib.pop(XLINK, ""))
        if address:
            element.set("href", address)
        if address and element.tag == SVG + "a":
            known = labels.get(str(element.get("data-asks")), labels.get(address, ""))
            element.set("aria-label", known or "what this counts")
    own_ids(root, name)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def shorter(path: str) -> str:
    """A path of many straight lines told step by step, to a tenth of a unit; any other as it is."""
    steps = STEP.findall(path)
    if len(steps) < LONG or STEP.sub("", path).strip():
        return path
    told, x, y = [], 0, 0
    for command, *place in steps:
        left, down = (round(10 * float(number)) for number in place)
        across, along = left - x, down - y
        x, y = left, down
        if command == "M" or (across and along):
            told.append(f"{command.lower()}{across / 10:g} {along / 10:g}")
        elif across or along:
            told.append(f"h{across / 10:g}" if across else f"v{along / 10:g}")
    return "".join(told)


def following(element: etree._Element, lengths: Mapping[str, Mapping[str, float]]) -> None:
    """Say of a group how its mark follows a reading, and hide what counts nothing as yet."""
    known = str(element.get("id", ""))
    said = how(known)
    for name in ("line", "end", "least"):
        if name in said:
            element.set(f"data-{name}", said[name])
    for name, length in lengths.get(known, {}).items():
        element.set(f"data-{name}", str(length))
    if "none" in said:
        element.set("display", "none")
    if "asks" in said and "line" not in said:
        element.set("data-shown", "")
    if "asks" in said:
        for mark in element.iter(SVG + "a"):
            mark.set("data-asks", said["asks"])


def by_itself(raw: bytes, name: str) -> bytes:
    """Matplotlib's SVG as a file: its ids named after the chart, so that they never change."""
    root = etree.fromstring(raw)
    own_ids(root, name)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def own_ids(root: etree._Element, name: str) -> None:
    """Leave only ids that something in the drawing points at, and make them the drawing's own."""
    pointed = re.compile(r"url\(#([^)]+)\)")
    used: dict[str, str] = {}
    for element in root.iter(etree.Element):
        for attribute, value in texts(element):
            if attribute in ("href", XLINK) and value.startswith("#"):
                used.setdefault(value[1:], f"{name}-{len(used)}")
                element.set(attribute, "#" + used[value[1:]])
            elif pointed.search(value):
                for target in pointed.findall(value):
                    used.setdefault(target, f"{name}-{len(used)}")
                element.set(attribute, pointed.sub(lambda m: f"url(#{used[m[1]]})", value))
    for element in root.iter(etree.Element):
        known = str(element.attrib.pop("id", ""))
        if known in used:
            element.set("id", used[known])


def texts(element: etree._Element) -> list[tuple[str, str]]:
    """An element's attributes, which may be changed meanwhile."""
    return [(str(name), str(value)) for name, value in element.attrib.items()]
