"""Pages of the built book as Word documents, which a teacher can change.

They do not look as the page does, but have its words, in its order: headings, paragraphs with the
numbers of sentences, lists, tables, and lines to write on.  :mod:`book.slides` has PowerPoint's.
"""

from collections.abc import Sequence
from copy import deepcopy
from itertools import zip_longest
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from lxml.html import HtmlElement
from lxml.html.builder import E

from book.runs import FONT, classes, fill, skipped, text_of

LINES = 3  # lines to write on
LINE = 95  # letters on a line
BESIDE = (128, 54)  # millimetres: the text, and the notes beside it
ON_A_LINE = (67, 36)  # letters: of the text, and of a note beside it
NOTE_LINE = 0.5  # lines of the text that a line of a note is high
TO_WRITE_IN = 40  # how wide an empty column is, in letters
A_WORD = 22  # and where only a word is written
SMALL = 9  # points: smaller letters stand close


def write_document(
    parts: list[HtmlElement],
    path: Path,
    *,
    margin: int = 18,
    points: float = 11,
    apart: bool = True,
    beside: bool = False,
) -> None:
    """Some parts of pages as a Word document.

    ``margin`` is the right one, in millimetres, ``points`` the size of the letters; ``apart``
    begins a page with each part, ``beside`` sets the notes of a copy beside its paragraphs.
    """
    document = Document()
    document.core_properties.author = document.core_properties.comments = ""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    close = points < SMALL
    page.left_margin, page.right_margin = Mm(14 if close or beside else 18), Mm(margin)
    page.top_margin = page.bottom_margin = Mm(12 if close or beside else 16)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(points)
    for level in (1, 2, 3):
        as_the_text(document.styles[f"Heading {level}"])
    document.styles["Heading 3"].paragraph_format.space_before = Pt(2)
    wide = margin > 18 or beside
    spacing = 1.4 if beside else 1.5 if wide else 1.0 if close else 1.1
    style.paragraph_format.line_spacing = spacing
    style.paragraph_format.space_after = Pt(10 if wide else 2 if close else 6)
    for number, part in enumerate(parts):
        for other in part.find_class("apart" if beside else "at-side"):
            other.drop_tree()
        if number and apart:
            document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        add(document, part, beside)
    document.save(str(path))


def as_the_text(style: Any) -> None:
    """Set headings in the letters and the colour of the text, not in Word's own."""
    letters = style.element.rPr.rFonts
    for name in list(letters.attrib):
        del letters.attrib[name]
    style.font.name, style.font.color.rgb = FONT, RGBColor(0, 0, 0)


def add(document: Any, element: HtmlElement, beside: bool = False) -> None:
    """Add an element and what stands in it; ``beside``: as :func:`write_document` has it."""
    if skipped(element):
        return
    tag = element.tag
    if tag in ("h1", "h2", "h3", "h4"):
        document.add_heading(text_of(element), level=int(tag[1]))
    elif tag == "summary":
        document.add_heading(text_of(element), level=2)
    elif tag == "p":
        if text_of(element):
            fill(document.add_paragraph(), element)
    elif beside and "student" in classes(element):
        add_beside(document, list(element.iter("p")))
    elif "cards" in classes(element):
        add_cards(document, list(element.iter("li")))
    elif tag in ("ul", "ol"):
        for number, item in enumerate(element.iterchildren("li"), 1):
            paragraph = document.add_paragraph(style="List Bullet" if tag == "ul" else None)
            paragraph.paragraph_format.space_after = Pt(4)
            if tag == "ol":
                paragraph.add_run(f"{number}. ")
            fill(paragraph, item)
    elif tag == "fieldset":
        add_question(document, element)
    elif "dense" in classes(element):
        add_in_columns(document, element)
    elif tag == "dl":
        for term in element.iter("dt"):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(1)
            fill(paragraph, term)
            paragraph.add_run(": ")
            fill(paragraph, term.getnext())
    elif tag == "table":
        add_table(document, element)
    elif "lines" in classes(element):
        for number in range(LINES):
            add_line(document, last=number == LINES - 1)
    elif "source" in classes(element):
        add_small(document, text_of(element))
    else:
        if tag == "section" and "later" in classes(element):  # a paper of its own
            document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        for child in element:
            add(document, child, beside)


def add_question(document: Any, element: HtmlElement) -> None:
    """Add a question of a ballot: what is judged, and its answers with boxes to tick."""
    said, ticked = document.add_paragraph(), document.add_paragraph()
    said.paragraph_format.space_after, said.paragraph_format.keep_with_next = Pt(1), True
    ticked.paragraph_format.space_after = Pt(5)
    fill(said, element.find("legend"))
    shown = element.find_class("on-paper")
    answers = [text_of(label) for label in element.iter("label")]
    ticked.add_run(text_of(shown[0]) if shown else "   ".join(f"□ {says}" for says in answers))


def add_small(document: Any, text: str) -> None:
    """Add a paragraph in small letters, close to what is above it."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.add_run(text).font.size = Pt(7.5)


def add_in_columns(document: Any, element: HtmlElement) -> None:
    """Add what stands in an element in four columns, on the same page."""
    for number, parts in ((4, list(element)), (1, [])):
        section = document.add_section(WD_SECTION.CONTINUOUS)
        (columns,) = section._sectPr.xpath("./w:cols")
        columns.set(qn("w:num"), str(number))
        columns.set(qn("w:space"), str(Mm(4).twips))
        for part in parts:
            add(document, part)


def add_table(document: Any, element: HtmlElement) -> None:
    """Add a table with its lines, its empty cells as room to write."""
    for caption in element.iterchildren("caption"):
        document.add_heading(text_of(caption), level=3)
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
    sorting = "to-sort" in classes(element)
    table = grid(document, len(rows), widths(rows, A_WORD if sorting else TO_WRITE_IN))
    for row, cells in zip(table.rows, rows):
        for place, cell in zip(row.cells, cells):
            fill(place.paragraphs[0], cell)
            if cell.getparent().getparent().tag == "thead":
                for run in place.paragraphs[0].runs:
                    run.font.bold = True
        if any(not text_of(cell) for cell in cells):
            row.height = Mm(7 if sorting else 13)
    add_small(document, "")


def widths(rows: list[list[HtmlElement]], empty: int = TO_WRITE_IN) -> list[int]:
    """How many letters wide the columns of a table are: its longest word, and of what is left as
    much as it holds, or ``empty`` where it is for writing.
    """
    columns = [
        [text_of(cell) for cell in column] for column in zip_longest(*rows, fillvalue=E.td())
    ]
    least = [max(map(len, " ".join(texts).split()), default=0) + 3 for texts in columns]
    written = any(any(texts[1:]) for texts in columns)  # of a table that is empty heads say it
    wanted = [
        min(max(map(len, texts)), 60) if any(texts[1:]) or not written else empty
        for texts in columns
    ]
    room = max(0, LINE - sum(least))
    return [own + room * most // sum(wanted) for own, most in zip(least, wanted)]


def grid(
    document: Any,
    rows: int,
    columns: Sequence[int],
    *,
    style: str = "Table Grid",
    whole: bool = True,
) -> Any:
    """An empty table as wide as the text, its rows kept whole if ``whole``; ``columns`` are their
    widths, in any unit.
    """
    page = document.sections[-1]
    room = page.page_width - page.left_margin - page.right_margin
    table = document.add_table(rows, len(columns), style=style)
    table.autofit = False
    for column, share in zip(table.columns, columns):
        column.width = room * share // sum(columns)
        for cell in column.cells:
            cell.width = column.width
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    for row in table.rows if whole else ():
        keep_whole(row)
    return table


def keep_whole(row: Any) -> None:
    """Let a row of a table stand on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def add_cards(document: Any, cards: list[HtmlElement]) -> None:
    """Add cards to cut up, three beside each other."""
    table = grid(document, -(-len(cards) // 3), [1, 1, 1])
    for row in table.rows:
        row.height = Mm(52)
    for number, card in enumerate(cards):
        fill(table.cell(number // 3, number % 3).paragraphs[0], card)


def add_beside(document: Any, paragraphs: list[HtmlElement]) -> None:
    """Add paragraphs with the notes that hang in them at their right, where they belong: Word has
    no other way to set them there that prints everywhere and that a teacher can change.
    """
    parted = [(part, part is parts[-1]) for parts in map(in_parts, paragraphs) for part in parts]
    table = grid(document, len(parted), BESIDE, style="Normal Table", whole=False)
    for row, (passage, last) in zip(table.rows, parted):
        text, notes = row.cells
        if passage.find_class("hanging"):
            keep_whole(row)
        fill(text.paragraphs[0], passage)
        text.paragraphs[0].paragraph_format.space_after = Pt(9 if last else 0)
        for number, note in enumerate(passage.find_class("hanging")):
            place = notes.add_paragraph() if number else notes.paragraphs[0]
            place.paragraph_format.line_spacing = 1
            place.paragraph_format.space_after = Pt(4)
            fill(place, note)
            for run in place.runs:
                run.font.size = Pt(8)
    document.add_paragraph()


def in_parts(paragraph: HtmlElement) -> list[HtmlElement]:
    """A paragraph in parts.  One begins where a sentence has notes, if it is not the first, and one
    where the text has got as far down as its notes: so a part with notes can stand on one page, and
    the text below it runs on overleaf."""
    found = [E.p()]
    for child in paragraph:
        noted, begun = found[-1].find_class("hanging"), len(found) > 1
        low = noted and lines(text_of(found[-1]), 0) >= height(noted)
        if (noted or begun) if child.find_class("hanging") else low:
            found.append(E.p())
        found[-1].append(deepcopy(child))
    return found


def lines(words: str, column: int) -> int:
    """About how many lines some words take: 0 for the column of the text, 1 for that of notes."""
    return -(-len(words) // ON_A_LINE[column])


def height(notes: list[HtmlElement]) -> float:
    """About how many lines of the text some notes beside it are high."""
    return sum(NOTE_LINE * (1 + lines(text_of(note), 1)) for note in notes)


def add_line(document: Any, *, last: bool) -> None:
    """Add a line to write on; the ``last`` stands off what follows."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Mm(8.5)
    paragraph.paragraph_format.space_after = Pt(8 if last else 0)
    borders = OxmlElement("w:pBdr")
    for place in ("bottom", "between"):  # the latter where such paragraphs follow each other
        line = OxmlElement(f"w:{place}")
        for name, value in {"val": "single", "sz": "4", "space": "1", "color": "888888"}.items():
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
