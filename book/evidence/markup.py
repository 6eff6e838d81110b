"""Pieces of HTML as trees and back again, with lxml."""

from lxml import html

#: HTML has no capitals in names, so lxml lowers them; these are SVG's, which XML readers insist on.
CAPITALS = (
    "clipPath",
    "clipPathUnits",
    "gradientTransform",
    "gradientUnits",
    "lengthAdjust",
    "linearGradient",
    "pathLength",
    "patternContentUnits",
    "patternTransform",
    "patternUnits",
    "preserveAspectRatio",
    "radialGradient",
    "textLength",
    "textPath",
    "viewBox",
)
SVG_NAMES = {name.lower(): name for name in CAPITALS}


def fragment(text: str) -> html.HtmlElement:
    """A piece of HTML, inside an element of its own."""
    root = html.fragment_fromstring(text, create_parent="div")
    for svg in root.iter("svg"):
        for element in svg.iter(html.etree.Element):
            element.tag = SVG_NAMES.get(element.tag, element.tag)
            for name in [name for name in element.attrib if name in SVG_NAMES]:
                element.set(SVG_NAMES[name], element.attrib.pop(name))
    return root


def inner_html(root: html.HtmlElement) -> str:
    """The HTML inside an element."""
    whole = html.tostring(root, encoding="unicode", with_tail=False)
    whole = whole.replace("</source>", "")  # an empty element that lxml does not know as one
    return whole[whole.index(">") + 1 : whole.rindex("</")]
