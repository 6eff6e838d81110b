"""Addresses in raw HTML, a chart's ``href="evidence:…"``: noted when read, links when written."""

from collections.abc import Iterator

from docutils import nodes
from lxml import html
from sphinx.application import Sphinx
from sphinx.builders import Builder

from .domain import evidence_of, link_to
from .markup import fragment, inner_html
from .source import Place, Source

HREFS = ("href", "{http://www.w3.org/1999/xlink}href", "xlink:href")


def addresses(
    source: Source, root: html.HtmlElement
) -> Iterator[tuple[html.HtmlElement, str, str]]:
    """(element, attribute, address) of each link in HTML that leads to an address."""
    for element in root.iter("a"):
        for name in HREFS:
            href = element.get(name, "")
            if href.partition(":")[0] in source.schemes and ":" in href:
                yield element, name, href


def place_of(source: Source, address: str) -> Place | None:
    """Where an address leads; none for rows that only a notebook has, such as words just asked for.

    Then the number is shown without a link.  A query in prose is an error instead (see ``domain``).
    """
    try:
        return source.place(address)
    except ValueError:
        return None


def chart_of(element: html.HtmlElement) -> tuple[str, str] | None:
    """(id, title) of the chart that an element is part of."""
    figure = next(element.iterancestors("figure"), None)
    if figure is None or "id" not in figure.attrib:
        return None
    title = figure.find("p[@class='chart-title']")
    return figure.get("id"), (title.text_content() if title is not None else figure.get("id"))


def rewritten(source: Source, builder: Builder, pagename: str, text: str) -> str:
    """HTML with its addresses turned into links, each with the number that it promises."""
    if not any(f"{scheme}:" in text for scheme in source.schemes):
        return text
    root = fragment(text)
    for element, name, address in list(addresses(source, root)):
        place = place_of(source, address)
        if place is None:
            element.attrib.pop(name)
            if "aria-label" in element.attrib:
                element.set("role", "img")  # a mark that keeps its name, and leads nowhere
            continue
        element.set(name, link_to(place, pagename, builder))
        if place.count is not None:
            element.set("data-count", str(place.count))
            if "data-asks" in element.attrib:
                part = place_of(source, element.get("data-asks"))  # of what it leads to
                longer = part.fragment.removeprefix(place.fragment) if part else ""
                element.set("data-part", longer)  # how the part's name goes on
            else:
                element.set("data-asks", address)
            drawn = next(element.iterancestors("svg"), None) is not None
            if not drawn and not element.text_content().strip().replace(",", "").isdigit():
                element.set("data-mark", "")  # a name: its text is no number, as a drawing's is not
    return inner_html(root)


def raw_html(document: nodes.document) -> Iterator[nodes.raw]:
    """The pieces of raw HTML of a page."""
    return (node for node in document.findall(nodes.raw) if "html" in node.get("format", ""))


def note(app: Sphinx, document: nodes.document) -> None:
    """Remember to which addresses the charts and tables of a page lead."""
    domain = evidence_of(app.env)
    for raw in raw_html(document):
        if any(f"{scheme}:" in raw.astext() for scheme in domain.source.schemes):
            for element, _, address in addresses(domain.source, fragment(raw.astext())):
                if place_of(domain.source, address):
                    domain.note(app.env.docname, address)
                    chart = chart_of(element)
                    if chart:
                        domain.note_mark(app.env.docname, chart, address)
                    if "data-asks" in element.attrib:
                        domain.note_part(app.env.docname, address, element.get("data-asks"))


def resolve(app: Sphinx, document: nodes.document, docname: str) -> None:
    """Turn the addresses in the raw HTML of a page into links."""
    source = evidence_of(app.env).source
    for raw in raw_html(document):
        text = rewritten(source, app.builder, docname, raw.astext())
        raw.children[:] = [nodes.Text(text)]


def setup(app: Sphinx) -> None:
    """Follow the reading and the writing of pages."""
    app.connect("doctree-read", note)
    app.connect("doctree-resolved", resolve)
