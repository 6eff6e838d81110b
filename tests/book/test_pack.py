"""The pack for a teacher: every file is made, takes the pages that it should, cuts nothing off and tells nothing."""

import re
import shutil
import subprocess
import zipfile

import pytest
from browsers import missing
from docx import Document
from lxml import html
from paths import SITE
from pptx import Presentation

from book.pack import PAPERS, PRINTS, make, publish
from book.site import PACK

#: Files that a class may be given before it knows: nobody is named there whom the document does not.
UNTOLD = ("text", "text-with-notes", "notes", "shorter-text", "marking-grid", "cards")


@pytest.fixture(scope="module")
def pack(browser, tmp_path_factory):
    if not shutil.which("pdftotext"):
        missing("pdftotext", "poppler-utils")
    folder = tmp_path_factory.mktemp("pack") / "pack"
    make(SITE, folder, browser)
    return folder


def pages_of(path):
    """The pages of a PDF, each as its text."""
    command = ["pdftotext", "-layout", path, "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]


def words_of(path):
    """All words of a Word document, tables too."""
    paragraphs = Document(path).element.body.iter("{*}p")
    return " ".join("".join(t.text for t in p.iter("{*}t")) for p in paragraphs)


@pytest.mark.parametrize("one", PRINTS, ids=lambda one: one.name)
def test_a_print_takes_its_pages_on_both_papers(pack, one):
    for paper in PAPERS:
        pages = pages_of(pack / paper / f"{one.name}.pdf")
        assert pages and all(page.strip() for page in pages), "an empty page"
        assert one.pages in (None, len(pages)), f"{paper}: {len(pages)} pages"


@pytest.mark.parametrize("one", PRINTS, ids=lambda one: one.name)
def test_links_lead_into_the_print_or_out_of_the_book(pack, one):
    for paper in PAPERS:
        raw = (pack / paper / f"{one.name}.pdf").read_bytes()
        assert b"file:" not in raw
        assert raw.count(b"/StructTreeRoot") >= 1, "not tagged"
    if one.name == "text":  # every number of a sentence leads to it
        assert raw.count(b"/Subtype /Link") >= 117


def test_nothing_is_wider_than_its_page(pack, browser):
    """Sheets, text and slides, as the printer has them."""
    for path in (pack / "A4").glob("*.pdf"):
        command = ["pdftotext", "-bbox", path, "-"]
        boxes = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        for page in re.split("<page ", boxes)[1:]:
            width = float(re.search(r'width="([\d.]+)"', page)[1])
            assert all(
                float(right) <= width and float(left) >= 0
                for left, right in re.findall(r'xMin="([-\d.]+)" .*?xMax="([\d.]+)"', page)
            ), path.name


def test_numerals_of_lists_are_whole(pack):
    for paper in PAPERS:
        lines = "\n".join(pages_of(pack / paper / "answers.pdf")).splitlines()
        found = [int(n) for line in lines for n in re.findall(r"^\s*(\d+)\. ", line)]
        assert set(range(1, 14)) <= set(found) and 0 not in found  # as many questions


@pytest.mark.parametrize("name", UNTOLD)
def test_no_copy_for_the_class_names_him(pack, name):
    """Kadar is printed in the heading (twice), in s67, s73 and before s109, and nowhere else."""
    known = {"text": 5, "text-with-notes": 5, "shorter-text": 2}.get(name, 0)
    for paper in PAPERS:
        text = " ".join(pages_of(pack / paper / f"{name}.pdf"))
        assert len(re.findall("K[aá]d[aá]r", text)) == known
    document = pack / "Word" / f"{name}.docx"
    if document.exists():
        assert len(re.findall("K[aá]d[aá]r", words_of(document))) == known


def test_documents_have_the_words_of_the_prints(pack):
    for one in PRINTS:
        if one.word:
            document = Document(pack / "Word" / f"{one.name}.docx")
            said = set(re.findall(r"\w{4,}", words_of(pack / "Word" / f"{one.name}.docx")))
            printed = " ".join(pages_of(pack / "A4" / f"{one.name}.pdf"))
            known = set(re.findall(r"\w{4,}", printed))
            assert len(said & known) > 0.95 * len(said), one.name
            assert round(document.sections[0].page_width.mm) == 210
    lines = Document(pack / "Word" / "worksheets.docx").tables
    assert len(lines) >= 8, "tables to write in"


def test_slides_have_their_titles_and_their_pictures(pack):
    show = Presentation(pack / "slides.pptx")
    titles = [slide.shapes.title.text_frame.text for slide in show.slides]
    prints = pages_of(pack / "slides.pdf")
    assert len(titles) == len(prints) == 9
    for title, page, slide in zip(titles, prints, show.slides):
        assert page.strip().startswith(title), "a chart parted from its title"
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= show.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= show.slide_height
    assert sum(s.shape_type == 13 for slide in show.slides for s in slide.shapes) == 2
    opening = next(p for t, p in zip(titles, prints) if t == "How it begins")
    assert "An assessment." in opening and not re.search("K[aá]d[aá]r", opening)


def test_the_site_offers_the_pack_and_says_where_there_is_none(pack, tmp_path):
    site = tmp_path / "site"
    (site / "chapters").mkdir(parents=True)
    shutil.copy(SITE / "chapters" / "seminar.html", site / "chapters")
    page = html.parse(str(site / "chapters" / "seminar.html")).getroot()
    assert "make pack" in page.get_element_by_id("pack").text_content()
    publish(site, pack)
    page = html.parse(str(site / "chapters" / "seminar.html")).getroot()
    links = page.xpath("//*[@id='pack']//a/@href")
    assert len(links) > 25 and all((site / "chapters" / link).exists() for link in links)
    names = zipfile.ZipFile(site / PACK).namelist()
    assert len(names) == sum(path.is_file() for path in pack.rglob("*"))
    offline = zipfile.ZipFile(site / "malin-notes.zip").namelist()
    assert "malin-notes/pack/A4/text.pdf" in offline
