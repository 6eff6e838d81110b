"""Stock HTML, put right where screen readers and keyboards stumble over it."""

import re
from copy import deepcopy

from lxml.html import HtmlElement

from book.evidence.markup import fragment, inner_html

NUMBER = re.compile(r"(?:under |over )?[-−+]?[\d.,\u2009]*\d\s?%?|[-–—]?")


def mend(root: HtmlElement, *, paragraphs: bool) -> None:
    """Put a page's HTML right; ``paragraphs``: whether each is to have an address of its own."""
    for table in list(root.iter("table")):
        mend_table(table)
    for summary in root.iter("summary"):
        summary.attrib.pop("aria-label", None)  # a fixed label hides the words that a reader sees
        for paragraph in summary.iterfind("p"):
            paragraph.tag = "span"  # what opens and closes holds words alone
    for aside in root.find_class("footnote-list"):
        aside.tag = "div"  # a landmark around landmarks; the inner ones are enough
    for entry in root.xpath(".//*[@role='doc-biblioentry']"):
        del entry.attrib["role"]  # no longer a role; and the list's children may be links, too
    for entries in root.xpath(".//*[@role='list'][contains(@class, 'citation-list')]"):
        del entries.attrib["role"]
    if paragraphs:  # for the search, and for citing; p1 is the edition's
        for number, paragraph in enumerate((p for p in root.iter("p") if not p.attrib), 1):
            paragraph.set("id", f"par{number}")


def mend_table(table: HtmlElement) -> None:
    """Say what each header heads, set numbers flush right, and let a wide table scroll."""
    rows = [[cell_text(cell) for cell in cells(row)] for row in table.iterfind("tbody//tr")]
    spans = table.xpath(".//@colspan | .//@rowspan")
    plain = rows and not spans and len({len(row) for row in rows}) == 1
    numeric = [any(column) and all(map(NUMBER.fullmatch, column)) for column in zip(*rows)]
    for row in table.iter("tr"):
        scope = "row" if row.getparent().tag == "tbody" else "col"
        for number, cell in enumerate(cells(row)):
            if plain and number < len(numeric) and numeric[number]:
                cell.set("data-number", "")
            if not cell_text(cell):
                cell.tag = "td"  # an empty header heads nothing
            elif cell.tag == "th" and "scope" not in cell.attrib:
                cell.set("scope", scope)
    box = table.makeelement("div", {"class": "scroll"})
    box.tail, table.tail = table.tail, None
    table.getparent().replace(table, box)
    box.append(table)


def cells(row: HtmlElement) -> list[HtmlElement]:
    """The cells of a row."""
    return [cell for cell in row if cell.tag in ("td", "th")]


def cell_text(cell: HtmlElement) -> str:
    """The text of a cell."""
    return str(cell.text_content()).strip()


def contents_of(book: str, page: str) -> str:
    """The contents of the book as HTML, with the sections of this page under its title."""
    root = fragment(book)
    for heading in root.iterfind(".//*[@role='heading']"):
        del heading.attrib["role"]
    sections = fragment(page).find("ul/li/ul")
    for link in root.xpath(".//a[@class='current reference internal']"):
        del link.attrib["class"]
        link.set("aria-current", "page")
        if sections is not None:
            link.addnext(deepcopy(sections))
    return inner_html(root)
