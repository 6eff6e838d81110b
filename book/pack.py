"""The pack for a teacher, made from the built book: `make pack`.

Prints on A4 and Letter, documents that can be changed, slides, all in a folder of the site and in
one zip.  Chromium prints; whoever has none has the book without the pack, and the book says so.
"""

import re
import shutil
import sys
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from lxml import html
from lxml.html import HtmlElement

from analysis.writing import pack
from book.office import write_document
from book.prose import TOP
from book.site import pack_name, pack_offline, say_of_pack, withdraw_pack
from book.slides import write_slides
from book.whole.chapters import settings
from book.whole.epub import write_epub
from book.whole.paper import write_pdf

SITE = TOP / "_build" / "html"
PAPERS = {"A4": ("210mm", "297mm"), "Letter": ("8.5in", "11in")}
SLIDES = ("13.333in", "7.5in")
WHOLE = "whole-book"
WRITING = 55  # millimetres: the right margin of a text to write on


@dataclass(frozen=True)
class Print:
    """One file of the pack: what it is, from which page, and which parts of that page.

    ``parts`` are selectors of what is kept, all if there are none; ``pages`` says how many pages
    it takes, where that is promised.
    """

    name: str
    what: str
    page: str
    parts: tuple[str, ...] = ()
    pages: int | None = None
    beside: bool = False  # with the notes beside the text
    margin: int = 18  # the right margin of the document, in millimetres
    points: float = 11  # how large its letters are


SHEETS, MORE = (tuple(f"[id^='sheet-{one}']" for one in some) for some in ("abcd", "efg"))
TASKS = ("#the-tasks", "#questions-for-discussion", "#assignment")
PRINTS = (
    Print("one-page", "For the teacher: the seminar on one page", "one-page", (), 1, points=9.5),
    Print("answers", "For the teacher: the answers", "answers"),
    Print("text", "The text, with a margin to write in", "student-text", (), 4, margin=WRITING),
    Print(
        *("text-with-notes", "The text, with notes beside it", "student-text", (), 4),
        beside=True,
        margin=14,
        points=10.5,
    ),
    Print(
        *("notes", "The record and the notes that do not name the speaker", "student-notes"),
        ("#the-archives-record", "#the-translators-notes"),
    ),
    Print(
        *("notes-that-name-him", "The notes that name the speaker", "student-notes"),
        ("#the-notes-that-name-him",),
        1,
    ),
    Print(
        "people-and-words",
        "People and words, for the class",
        "people-and-words",
        (),
        1,
        margin=14,
        points=7.5,
    ),
    Print("ballot", "What do you say? To be ticked on paper", "ballot", (), 3, points=9),
    Print("shorter-text", "The shorter text, for a first lesson", "first-lesson", (), 2),
    Print(
        "worksheets-A-to-D", "Worksheets A to D, for 90 minutes", "handouts", SHEETS, 4, points=9
    ),
    Print("worksheets-E-to-G", "Worksheets E to G, for 90 more", "handouts", MORE, 3, points=9),
    Print("tasks", "All tasks, questions for discussion, the assignment", "students", TASKS),
    Print(
        *("assignment", "Sheet H: the assignment, and how it is marked", "handouts"),
        ("[id^='sheet-h']",),
        1,
    ),
    Print("cards", "Cards to cut up", "handouts", ("[id^='sheet-i']",), 1),
)
#: Leaves of a page only some parts, and of its links only those that lead inside it or outside the
#: book: in a PDF a link to another page of the book would lead to the maker's disk.
TRIM = """([keep, beside]) => {
  if (keep.length) for (const part of document.querySelectorAll(".body > section > *"))
    if (!keep.some((selector) => part.matches(selector))) part.remove();
  const box = document.getElementById("notes-beside");
  if (box) box.checked = beside;
  for (const link of document.querySelectorAll("a[href]")) {
    const href = link.getAttribute("href");
    const here = href.startsWith("#") && document.getElementById(href.slice(1));
    if (!here && !/^https?:/.test(href)) link.removeAttribute("href");
  }
  for (const closed of document.querySelectorAll("details")) closed.open = true;
}"""


def part_of(site: Path, one: Print) -> list[HtmlElement]:
    """The parts of a built page that a file of the pack has."""
    root = html.parse(str(site / "chapters" / f"{one.page}.html")).getroot()
    body = root.find(".//div[@class='body']/section")
    if not one.parts:
        return [body]
    names = [re.sub(r".*?['#]([\w-]+).*", r"\1", part) for part in one.parts]
    whole = [section for section in body if section.get("id")]
    found = [s for name in names for s in whole if s.get("id").startswith(name)]
    if len(found) != len(names):
        raise ValueError(f"{one.page} has not all of the parts {', '.join(one.parts)}")
    return found


def make(
    site: Path,
    folder: Path,
    browser: Any,
    *,
    evidence: bool = False,
    papers: Collection[str] = tuple(PAPERS),
) -> list[Path]:
    """Write the files of the pack into a folder, with a browser of Playwright's; their paths.

    ``evidence``: whether the whole book ends with every line of its lists; ``papers``: on which
    papers it is printed, since that takes a while.
    """
    tab = browser.new_page()
    for paper, (width, height) in PAPERS.items():
        (folder / paper).mkdir(parents=True)
        for one in PRINTS:
            part_of(site, one)  # an error where a part is missing
            tab.goto(f"{site.resolve().as_uri()}/chapters/{one.page}.html")
            tab.evaluate(TRIM, [list(one.parts), one.beside])
            path = folder / paper / f"{one.name}.pdf"
            tab.pdf(path=path, width=width, height=height, tagged=True, outline=True)
    (folder / "Word").mkdir()
    for one in PRINTS:
        path = folder / "Word" / f"{one.name}.docx"
        apart = one.pages == len(one.parts)  # a page each, as in print
        write_document(
            part_of(site, one),
            path,
            margin=one.margin,
            points=one.points,
            apart=apart,
            beside=one.beside,
        )
    slides(site, folder, tab)
    tab.close()
    whole(site, folder, browser, evidence=evidence, papers=papers)
    (folder / "README.txt").write_text(readme(), encoding="utf-8", newline="\n")
    return sorted(path for path in folder.rglob("*") if path.is_file())


def whole(
    site: Path, folder: Path, browser: Any, *, evidence: bool, papers: Collection[str]
) -> None:
    """The whole book as PDF, and as EPUB."""
    tab = browser.new_page()
    for paper in papers:
        width, height = PAPERS[paper]
        path = folder / paper / f"{WHOLE}.pdf"
        write_pdf(site, path, tab, width=width, height=height, evidence=evidence)
    tab.close()
    write_epub(site, folder / f"{WHOLE}.epub", evidence=evidence)


def slides(site: Path, folder: Path, tab: Any) -> None:
    """The slides, as PDF and as PowerPoint."""
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto(f"{site.resolve().as_uri()}/chapters/slides.html")
    tab.evaluate(TRIM, [[], False])
    tab.pdf(path=folder / "slides.pdf", width=SLIDES[0], height=SLIDES[1], tagged=True)
    tab.add_style_tag(content=":root:root { --paper: #fff; }")  # slides are white
    with tempfile.TemporaryDirectory() as drawn:
        pictures = {}
        for figure in tab.locator("figure.chart").all():
            name = figure.get_attribute("id")
            pictures[name] = Path(drawn, f"{name}.png")
            figure.locator(".wide").screenshot(path=pictures[name])
        root = html.parse(str(site / "chapters" / "slides.html")).getroot()
        sections = root.xpath("//div[@class='body']/section/section")
        write_slides(sections, pictures, folder / "slides.pptx")


def readme() -> str:
    """What is in the pack, in a few lines."""
    files = "\n".join(f"  {one.name:<20}  {one.what}" for one in PRINTS)
    return (
        "Malin's Notes, 2 November 1956: a seminar to print and to show.\n\n"
        "For 90 minutes, a copy for each student: text, people-and-words, worksheets-A-to-D\n"
        "(both sides of two papers) and assignment; for two students notes and\n"
        "notes-that-name-him, kept back until Task 2; for each group cards; for you one-page\n"
        "and answers. For 45 minutes: shorter-text, and Sheet C of worksheets-A-to-D.\n\n"
        "A4 and Letter have the same prints; Word has them as documents to change.\n\n"
        f"{files}\n  {'slides':<20}  Slides, as PDF and for PowerPoint\n"
        f"  {WHOLE:<20}  The whole book, as PDF on A4 and Letter and as EPUB\n\n"
        "The answers, the page for the teacher, the last slide and the whole book "
        "name the speaker.\n"
    )


def publish(site: Path, made: Path) -> Path:
    """Put the pack into the site, with its zip, and lead to it from the seminar; the zip's path."""
    project = settings()["project"]
    withdraw_pack(site, project)
    shutil.copytree(made, site / "pack")
    zipped = site / pack_name(project)
    pack(site / "pack", zipped)
    rows = "".join(f"<li>{row(site, one)}</li>" for one in PRINTS)
    shown = '<a href="../pack/slides.pdf">PDF</a>, <a href="../pack/slides.pptx">PowerPoint</a>'
    printed = [paper for paper in PAPERS if (made / paper / f"{WHOLE}.pdf").exists()]
    book = [f'<a href="../pack/{paper}/{WHOLE}.pdf">{paper}</a>' for paper in printed]
    book.append(f'<a href="../pack/{WHOLE}.epub">EPUB</a>')
    size = f"{zipped.stat().st_size / 1e6:.1f} MB"
    text = (
        f'<div id="pack"><p>All to print and to show: <a href="../{zipped.name}" download>'
        f"{zipped.name}</a> ({size}). One by one:</p>"
        f"<ul>{rows}<li>Slides: {shown}</li>"
        f"<li>The whole book: {', '.join(book)}</li></ul></div>"
    )
    say_of_pack(site, text)
    pack_offline(site, project)
    return zipped


def row(site: Path, one: Print) -> str:
    """A file of the pack in the list on the seminar's page."""
    links = [f'<a href="../pack/{paper}/{one.name}.pdf">{paper}</a>' for paper in PAPERS]
    links.append(f'<a href="../pack/Word/{one.name}.docx">Word</a>')
    return f"{escape(one.what)}: {', '.join(links)}"


def main(arguments: list[str]) -> int:
    """Make the pack of the built book; 2 where the book or Chromium is missing.

    With ``evidence`` among the arguments the whole book ends with every line of its lists.
    """
    from playwright.sync_api import Error, sync_playwright  # needed here alone

    if not (SITE / "chapters" / "seminar.html").exists():
        print("error: there is no built book: run `make book` first", file=sys.stderr)
        return 2
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as made:
        try:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
        except Error:
            print(
                "error: the pack is printed by Chromium, which is not here: install it "
                "(`apt-get install chromium`); the book stays as it is",
                file=sys.stderr,
            )
            return 2
        folder = Path(made, "pack")
        files = make(SITE, folder, browser, evidence="evidence" in arguments)
        zipped = publish(SITE, folder)
        print(f"The pack is made: {len(files)} files, {zipped.relative_to(TOP)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
