"""What the search of the book finds: its text in pieces that have an address, as it is printed."""

import json
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

#: Elements that are a piece each, if no other of them stands inside.
PIECES = {"p", "li", "dt", "dd", "tr", "figcaption", "caption", "blockquote"} | {
    f"h{level}" for level in range(1, 7)
}
#: Elements that part words from each other even where no blank is written.
APART = PIECES | {"td", "th", "div", "section", "ul", "ol", "dl", "table", "br"}
#: What is not searched: code, drawings, heads of tables, and what is folded away.
SILENT = {"pre", "svg", "details", "math", "thead", "script", "style"}
#: Classes of what the edition and the theme add to words: numbers, marks, labels, links back.
ADDED = {
    "back",
    "footnote-reference",
    "headerlink",
    "label",
    "number",
    "noteref",
    "paragraph",
    "whose",
    "why",
}


def is_left_out(element: html.HtmlElement) -> bool:
    """Whether an element holds nothing that is to be found."""
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return True
    # A cell with a number is text; the number of a sentence is a link.
    return element.tag in ("a", "span", "sup") and not ADDED.isdisjoint(
        element.get("class", "").split()
    )


def pieces(element: html.HtmlElement, id: str = "") -> Iterator[tuple[str, str]]:
    """The pieces of an element: (id to lead to, text), in reading order.

    A piece is a block of text, or where parts of it have ids of their own, such a part.
    """
    id = element.get("id") or id
    if is_left_out(element):
        return
    inside = [child.tag for child in element.iterdescendants(etree.Element)]
    if PIECES.isdisjoint(inside) and element.tag in PIECES:
        for part in element.findall(".//span[@id]") or [element]:
            if text := printed(part):
                yield part.get("id") or id, text
    elif PIECES.isdisjoint(inside) and "div" not in inside and element.tag == "div":
        if text := printed(element):
            yield id, text
    else:
        for child in element.iterchildren(etree.Element):
            yield from pieces(child, id)


def printed(element: html.HtmlElement) -> str:
    """The words of an element as they are printed, single blanks between them."""
    return " ".join("".join(words(element)).split())


def words(element: html.HtmlElement) -> Iterator[str]:
    """The text of an element, piece by piece, blanks where it is parted."""
    yield element.text or ""
    for child in element:
        apart = " " if child.tag in APART else ""
        yield apart
        if not is_left_out(child):
            yield from words(child)
        yield apart + (child.tail or "")


def write_search_index(site: Path, pages: list[str]) -> None:
    """All text of these pages as a script that search.js reads: [page, title, its pieces]."""
    index = []
    for page in pages:
        body = html.parse(str(site / f"{page}.html")).getroot().find(".//div[@class='body']")
        index.append([f"{page}.html", printed(body.find(".//h1")), list(pieces(body))])
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (site / "searchindex.js").write_text(f"const INDEX = {text};\n", encoding="utf-8")
