"""The words of a page's elements as Word and PowerPoint set them: bold, italic, raised."""

from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

#: What a page has for the screen alone; the last are set beside only where that is asked for.
LEFT_OUT = {"headerlink", "off-paper", "for-paper", "hanging", "in-margin", "buttons"}
RAISED = {"number", "noteref"}  # numbers that stand above the line
FONT = "Georgia"

Piece = tuple[str, frozenset[str]]  # some words, and how they are set: bold, italic, raised


def classes(element: HtmlElement) -> set[str]:
    """The classes of an element."""
    return set(element.get("class", "").split())


def skipped(element: HtmlElement) -> bool:
    """Whether an element is not for an office's programme."""
    drawn = element.tag in ("figure", "svg", "script", "style", "input")
    return not isinstance(element.tag, str) or drawn or bool(classes(element) & LEFT_OUT)


def pieces(element: HtmlElement, looks: frozenset[str] = frozenset()) -> Iterator[Piece]:
    """The words of an element, piece by piece, each with how it is set."""
    own = {"b": "bold", "strong": "bold", "dt": "bold", "em": "italic", "cite": "italic"}
    if element.tag in own:
        looks |= {own[element.tag]}
    raised = classes(element) & RAISED
    if raised:
        looks |= {"raised"}
    yield element.text or "", looks
    for child in element:
        if not skipped(child):
            yield from pieces(child, looks)
        yield child.tail or "", looks
    if "number" in raised:
        yield " ", looks


def text_of(element: HtmlElement) -> str:
    """The words of an element in one line."""
    return " ".join("".join(text for text, _ in pieces(element)).split())


def fill(paragraph: Any, element: HtmlElement) -> None:
    """Put the words of an element into a paragraph of Word or PowerPoint."""
    blank = True
    for text, looks in pieces(element):
        words = " ".join(text.split())
        shown = (" " if text[:1].isspace() and not blank else "") + words
        shown += " " if words and text[-1:].isspace() else ""
        if not shown or (blank and not words):
            continue
        run = paragraph.add_run()
        run.text, blank = shown, shown.endswith(" ")
        run.font.bold, run.font.italic = "bold" in looks or None, "italic" in looks or None
        if "raised" in looks:
            raise_above(run)


def raise_above(run: Any) -> None:
    """Set some words above the line."""
    if hasattr(run.font, "superscript"):
        run.font.superscript = True
    else:  # PowerPoint says it in thousandths of the height
        run._r.get_or_add_rPr().set("baseline", "30000")
