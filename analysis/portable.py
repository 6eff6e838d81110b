"""HTML for viewers that trust nobody: a few tags that none of them takes away.

What they take away besides, sides and margins, is missed by nobody.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from lxml import html
from markupsafe import escape

from analysis.files import read_once

#: The environment variable that names a JSON file of addresses (``evidence:words``) and links.
LINKS = "EVIDENCE_LINKS"
GONE = {"style", "script", "svg", "{http://www.w3.org/2000/svg}svg", "input", "button", "select"}
KEPT = {"b", "strong", "em", "i", "code", "ul", "ol", "li", "table", "tr", "blockquote"}
BLOCKS = {"div", "section", "figure", "figcaption", "details", "fieldset", "dl", "dd", "nav"}
FOLDED = 12  # items of a folded list that are shown where nothing folds
HEADS = {"h1", "h2", "h3", "h4", "summary", "legend", "dt", "caption"}


def portable(text: str) -> str:
    """HTML in the few tags that no viewer takes away, with links where they lead somewhere."""
    return "".join(
        str(escape(part)) if isinstance(part, str) else simple(part)
        for part in html.fragments_fromstring(text)
    )


def simple(element: html.HtmlElement) -> str:
    """An element and what stands in and behind it, as :func:`portable` has it."""
    tag, tail = element.tag, str(escape(element.tail or ""))
    if not isinstance(tag, str) or tag in GONE or "hidden" in element.attrib:
        return tail
    if tag == "table" and element.find("caption") is not None:  # it may not stand in a table
        caption = element.find("caption")
        caption.drop_tree()
        return simple(caption) + simple(element)
    if tag in ("ol", "ul") and (more := len(element) - FOLDED) > 0 and folded(element):
        tail = f"<div>and {more:,} more, which the book lists</div>{tail}"
        del element[FOLDED:]
    inside = str(escape(element.text or "")) + "".join(map(simple, element))
    if tag == "a":
        address = opens(element.get("href", ""))
        inside = f'<a href="{escape(address)}">{inside}</a>' if address else inside
    elif tag == "td":
        inside = f'<td style="text-align:{side(element)}">{inside}</td>'
    elif tag == "th":
        head = f'role="columnheader" style="text-align:{side(below(element))}"'
        inside = f"<td {head}><b>{inside}</b></td>"
    elif tag == "mark":
        inside = f"<b>{inside}</b>"
    elif tag in KEPT:
        inside = f"<{tag}>{inside}</{tag}>"
    elif tag == "p":
        inside = f'<div style="margin:.5em 0">{inside}</div>'
    elif tag in BLOCKS:
        inside = f"<div>{inside}</div>"
    elif tag in HEADS:
        inside = f"<div><b>{inside}</b></div>"
    return inside + tail


def folded(element: html.HtmlElement) -> bool:
    """Whether it stands in what a page folds; here nothing can be folded."""
    return any(True for _ in element.iterancestors("details"))


def side(cell: html.HtmlElement) -> str:
    """Where a cell's text stands: numbers, and what stands before a keyword, at the right.

    It has to be said, since JupyterLab would set every text there.
    """
    return "right" if {"number", "left"} & set(cell.get("class", "").split()) else "left"


def below(head: html.HtmlElement) -> html.HtmlElement:
    """The first cell below the head of a column; the head itself where there is none."""
    at = len(list(head.itersiblings(preceding=True))) + 1
    cells = head.xpath(f"ancestor::table[1]/tbody/tr[1]/td[{at}]")
    return cells[0] if cells else head


def opens(address: str) -> str | None:
    """An address as a link from here, or None where it would lead nowhere."""
    if address.startswith(("https://", "http://")):
        return address
    return links(os.environ.get(LINKS, "")).get(address)


@read_once
def links(path: str) -> dict[str, str]:
    """Where addresses can be opened from here, as the file says that whoever started us has
    named."""
    if not path or not Path(path).is_file():
        return {}
    return json.loads(Path(path).read_text(encoding="utf-8"))
