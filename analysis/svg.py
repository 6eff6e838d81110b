"""Matplotlib's SVG as a part of a page: its text takes the page's colour, its marks have names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from lxml import etree

from analysis.following import how

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
#: A step of a path: as Matplotlib writes it, from the origin; as it is told, from the step before.
STEP, TOLD = re.compile(r"([MLQCz])([^MLQCz]*)"), re.compile(r"([mlhvqcz])([^mlhvqcz]*)")
#: Attributes that hold coordinates, and can do with a tenth of a pixel.
DRAWN = ("transform", "x", "y", "points", "width", "height")
#: What need not be said of an element: all drawings are so, or a page's style sheet says it.
GRANTED = {
    "font-family: 'DejaVu Sans'",
    "stroke-dashoffset: 0",
    "stroke-linecap: butt",
    "stroke-linejoin: miter",
    "text-anchor: start",
}


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
    is read out; the ticks and texts beside it are for the eye.  Every id begins with ``name``. How
    a mark follows a reading is said in its group (:mod:`analysis.following`); ``lengths`` has how
    long one counted is, and a line that is broken, by the mark's id.
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
    boxes = {str(clip.get("id")): box_of(clip) for clip in root.iter(SVG + "clipPath")}
    keyed = any("key" in how(str(element.get("id", ""))) for element in root.iter(SVG + "g"))
    for element in root.iterdescendants(etree.Element):
        if "style" in element.attrib:
            plain(element)
        if "d" in element.attrib:
            within(element, boxes)
            element.set("d", shorter(str(element.get("d"))))
        for attribute in DRAWN:
            if attribute in element.attrib:
                element.set(attribute, NUMBER.sub(tenths, str(element.get(attribute))))
        if element.tag == SVG + "text":
            element.set("aria-hidden", "true")
            if str(element.get("transform", "")).startswith("rotate(0 "):
                del element.attrib["transform"]
        following(element, lengths, keyed)
        element.attrib.pop("target", "")  # stay in this window
        address = str(element.attrib.pop(XLINK, ""))
        if address:
            element.set("href", address)
        if address and element.tag == SVG + "a":
            known = labels.get(str(element.get("data-asks")), labels.get(address, ""))
            element.set("aria-label", known or "what this counts")
    own_ids(root, name)
    unwrap(root)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def plain(element: etree._Element) -> None:
    """Leave of an element's style what is not granted, the page's colour for black."""
    style = stated(str(element.attrib.pop("style")))
    if style:
        element.set("style", style)


@cache
def stated(style: str) -> str:
    """A style without what is granted."""
    style = re.sub(r"font: ([0-9.]+)px [^;]+", r"font-size: \1px", style)
    said = [part for part in map(str.strip, style.split(";")) if part and part not in GRANTED]
    return ";".join(said).replace(": ", ":").replace("#000000", "currentColor")


def tenths(number: re.Match[str]) -> str:
    """A number to a tenth."""
    return f"{round(float(number[0]), 1) + 0.0:g}"


def box_of(clip: etree._Element) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what a clip leaves."""
    x, y, width, height = (float(clip[0].get(name, 0)) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def within(element: etree._Element, boxes: Mapping[str, tuple[float, float, float, float]]) -> None:
    """Let go of the clip of a path of which no more than half a pixel is cut off."""
    clip = str(element.get("clip-path", ""))
    box = boxes.get(clip.removeprefix("url(#").removesuffix(")"))
    if not box:
        return
    thick = re.search(r"stroke-width:([\d.]+)", str(element.get("style", "")))
    edge = float(thick[1]) / 2 - 0.5 if thick else 0.0
    numbers = list(map(float, NUMBER.findall(str(element.get("d")))))
    xs, ys = numbers[::2], numbers[1::2]
    left, top, right, bottom = box
    across = left + edge <= min(xs) and max(xs) + edge <= right
    if across and top + edge <= min(ys) and max(ys) + edge <= bottom:
        del element.attrib["clip-path"]


def shorter(path: str) -> str:
    """A path of Matplotlib's told step by step, to a tenth of a unit."""
    told: list[str] = []
    begun = at = (0, 0)  # in tenths
    for command, numbers in STEP.findall(path):
        places = [round(10 * float(number)) for number in numbers.split()]
        if command == "z":
            told.append("z")
            at = begun
            continue
        steps = [place - at[i % 2] for i, place in enumerate(places)]
        at = (places[-2], places[-1])
        if command == "M":
            begun = at
        if command != "L" or all(steps):
            told.append(command.lower() + " ".join(f"{step / 10:g}" for step in steps))
        elif any(steps):
            told.append(f"h{steps[0] / 10:g}" if steps[0] else f"v{steps[1] / 10:g}")
        elif told[-1][0] == "m":  # a dot
            told.append("h0")
    return "".join(told).replace(" -", "-")


def corners(path: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all places that a path as :func:`shorter` tells it names."""
    xs, ys = [], []
    begun = at = (0.0, 0.0)
    for command, numbers in TOLD.findall(path):
        steps = list(map(float, NUMBER.findall(numbers)))
        if command == "h":
            steps.append(0)
        elif command == "v":
            steps.insert(0, 0)
        elif command == "z":
            at = begun
        for across, down in zip(steps[::2], steps[1::2]):
            xs.append(at[0] + across)
            ys.append(at[1] + down)
        if steps:
            at = (xs[-1], ys[-1])
        if command == "m":
            begun = at
    return min(xs), min(ys), max(xs), max(ys)


def following(
    element: etree._Element, lengths: Mapping[str, Mapping[str, float]], keyed: bool
) -> None:
    """Say of a group how its mark follows a reading, with its looks where a key follows them, and
    hide what counts nothing as yet."""
    known = str(element.get("id", ""))
    said = how(known)
    for name in ("line", "end", "least", "key", *(["looks"] if keyed else [])):
        if name in said:
            element.set(f"data-{name}", said[name].replace(",", " "))
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


def unwrap(root: etree._Element) -> None:
    """Take away groups that say nothing and hold one thing, and what is defined and empty."""
    for group in root.findall(f".//{SVG}g") + root.findall(f".//{SVG}defs"):
        if group.attrib or len(group) > 1:
            continue
        parent = group.getparent()
        if len(group) and group.tag == SVG + "g":
            parent.replace(group, group[0])
        elif not len(group):
            parent.remove(group)


def texts(element: etree._Element) -> list[tuple[str, str]]:
    """An element's attributes, which may be changed meanwhile."""
    return [(str(name), str(value)) for name, value in element.attrib.items()]
