"""The whole book as PDF, printed by Chromium from one document of all chapters."""

import re
import tempfile
from pathlib import Path
from typing import Any

from lxml.html.builder import E
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, NameObject, TextStringObject

from book.evidence.markup import inner_html
from book.whole.chapters import TEMPLATES, Chapter, prefix_names, settings, whole_book
from book.whole.hatches import draw_hatches

MARGINS = (44, 42)  # of whole.css, in millimetres: at both sides, above and below
#: Fits charts and chapters to the pages, and sets notes at their foot.
FIT = Path(__file__).with_name("paper.js").read_text(encoding="utf-8")
AT_FOOT = "Here each stands at the foot of the page that refers to it."


def address(_: str, chapter: str, name: str) -> str:
    """Where a place stands in the one document."""
    return f"#{chapter}--{name}" if name else f"#{chapter}"


def write_pdf(
    site: Path, path: Path, tab: Any, *, width: str, height: str, evidence: bool = False
) -> None:
    """Print the whole book with a page of Playwright's."""
    chapters = whole_book(site, address=address, evidence=evidence, base=settings()["base"])
    print_chapters(site, chapters, path, tab, width=width, height=height, evidence=evidence)


def print_chapters(
    site: Path,
    chapters: list[Chapter],
    path: Path,
    tab: Any,
    *,
    width: str,
    height: str,
    evidence: bool = False,
) -> None:
    """Print chapters, which are changed for it.

    They are printed twice: the contents name the pages on which chapters begin, which are known
    when they have been printed once.
    """
    said = settings()
    for one in chapters:
        for drawing in one.root.iter("svg"):
            if drawing.get("aria-label"):
                drawing.set("role", "img")  # on paper it is a picture, described as one
        for table in one.root.xpath(".//figure//details"):
            if not evidence:  # the chart has the same numbers
                table.drop_tree()
        for notes in one.root.find_class("notes"):
            notes.addprevious(E.p(AT_FOOT))
        draw_hatches(one.root)
        prefix_names(one)
        lower_headings(one)
        for image in one.root.iter("img"):
            picture = (site / one.page).parent / image.get("src")
            image.set("src", picture.resolve().as_uri())
    numbers: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder, "book.html")
        for last in (False, True):
            whole.write_text(document(site, chapters, numbers, said), encoding="utf-8")
            tab.goto(whole.as_uri())
            tab.emulate_media(media="print")
            beside, above = MARGINS
            inner = [f"calc({width} - {beside}mm)", f"calc({height} - {above}mm)"]
            tab.evaluate(FIT, inner)
            tab.pdf(path=path, width=width, height=height, tagged=last, outline=last)
            numbers = begins(path, chapters)
    finish(path, said)
    tab.emulate_media(media="null")


def document(
    site: Path, chapters: list[Chapter], numbers: dict[str, int], said: dict[str, Any]
) -> str:
    """All chapters as one page of HTML."""
    names = ("book.css", "text.css", "class.css")
    styles = [(site / "_static" / name).resolve().as_uri() for name in names]
    parts = [
        {
            "name": one.name,
            "title": one.title,
            "css_title": re.sub(r'(["\\])', r"\\\1", one.title),
            "depth": one.depth,
            "number": numbers.get(one.name, ""),
            "body": inner_html(one.root),
        }
        for one in chapters
    ]
    return TEMPLATES.get_template("whole.html").render(chapters=parts, styles=styles, **said)


def lower_headings(one: Chapter) -> None:
    """Let the headings of a chapter that lies below another be below its, in bookmarks too."""
    for element in one.root.iter("h1", "h2", "h3", "h4"):
        element.tag = f"h{int(element.tag[1]) + one.depth}"
    for element in one.root.iter("details"):
        element.set("open", "")


def finish(path: Path, said: dict[str, Any]) -> None:
    """Say what the file is, and mend what Chromium writes of its structure."""
    writer = PdfWriter(clone_from=path)
    root = writer.root_object
    mend_bookmarks(root)
    tag_notes(root)
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    writer.metadata = {"/Title": said["title"], "/Author": said["author"]}
    writer.write(path)


def mend_bookmarks(root: DictionaryObject) -> None:
    """Say once what Chromium says twice in a row: a heading at the top of a page."""
    entries: list[Any] = [root["/Outlines"]]
    for entry in entries:  # which grows
        title = str(entry.get("/Title", ""))
        half = title[: len(title) // 2]
        if half and title == 2 * half:
            entry[NameObject("/Title")] = TextStringObject(half)
        entries += [entry[key] for key in ("/First", "/Next") if key in entry]


def tag_notes(root: DictionaryObject) -> None:
    """Tag each note as one: Chromium has no tag for notes, so paper.js made them asides."""
    parts: list[Any] = [root["/StructTreeRoot"]]
    notes = 0
    for part in parts:  # which grows
        if part.get("/S") == "/Aside":
            notes += 1
            part[NameObject("/S")] = NameObject("/Note")
            part[NameObject("/ID")] = TextStringObject(f"note-{notes}")
        inside = part.get("/K", ArrayObject()).get_object()
        below = [one.get_object() for one in (inside if isinstance(inside, list) else [inside])]
        parts += [one for one in below if isinstance(one, dict)]


def begins(path: Path, chapters: list[Chapter]) -> dict[str, int]:
    """The pages on which chapters begin, by their names."""
    reader = PdfReader(path)
    found = {name.lstrip("/"): place for name, place in reader.named_destinations.items()}
    numbers = {one.name: reader.get_destination_page_number(found[one.name]) for one in chapters}
    return {name: number + 1 for name, number in numbers.items() if number is not None}
