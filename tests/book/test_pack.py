"""The pack for a teacher: every file is made, takes the pages that it should, cuts nothing off and tells nothing."""

import re
import shutil
import zipfile

import pytest
from docx import Document
from lxml import html
from paths import SITE
from pptx import Presentation
from printed import boxes_of, pages_of

from book.pack import PAPERS, PRINTS, SHEETS, publish
from book.site import withdraw_pack

#: Files that a class may be given before it knows: nobody is named there whom the document does not.
UNTOLD = (
    *("text", "text-with-notes", "notes", "people-and-words"),
    *("shorter-text", "assignment", "tasks", "cards"),
)


def kept_whole(row):
    """Whether Word keeps a row of a table on one page."""
    return bool(list(row._tr.iter("{*}cantSplit")))


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
    for path in [*(pack / "A4").glob("*.pdf"), pack / "slides.pdf"]:
        for width, _, words in boxes_of(path):
            assert all(left >= 0 and right <= width for left, right, _ in words), path.name


def test_numerals_of_lists_are_whole(pack):
    for paper in PAPERS:
        lines = "\n".join(pages_of(pack / paper / "answers.pdf")).splitlines()
        found = [int(n) for line in lines for n in re.findall(r"^\s*(\d+)\. ", line)]
        assert set(range(1, 14)) <= set(found) and 0 not in found  # as many questions


@pytest.mark.parametrize("name", UNTOLD)
def test_no_copy_for_the_class_names_him(pack, name):
    """Kadar is printed in the heading (twice), in s67, s73 and before s109, and nowhere else. The
    shorter text explains him as it does others (two) and asks whether he is the man who says I;
    the tasks quote s67 and s73; among the people he has his line (two), and is in two lists of the
    cabinet."""
    known = {"text": 5, "text-with-notes": 5, "people-and-words": 2 + 2, "shorter-text": 2 + 3}
    known = (known | {"tasks": 2}).get(name, 0)
    for paper in PAPERS:
        text = " ".join(pages_of(pack / paper / f"{name}.pdf"))
        assert len(re.findall("K[aá]d[aá]r", text)) == known
    document = words_of(pack / "Word" / f"{name}.docx")
    assert len(re.findall("K[aá]d[aá]r", document)) == known


def test_beside_the_text_stand_all_notes_that_do_not_name_him(pack):
    """Ten of sixteen: not 2, 4, 7, 8, 13 and 14."""
    notes = html.parse(str(SITE / "chapters" / "student-notes.html")).getroot()
    begin = {
        note: notes.get_element_by_id(f"n{note}.1").text_content().split()[1:7]
        for note in range(1, 17)
    }
    for paper in PAPERS:
        text = "".join(" ".join(pages_of(pack / paper / "text-with-notes.pdf", "-raw")).split())
        assert [n for n in begin if "".join(begin[n]) not in text] == [2, 4, 7, 8, 13, 14]


def test_in_the_document_notes_stand_beside_the_passage_that_has_their_number(pack):
    """A passage begins with the sentence to which a note belongs, or with its paragraph (note 3 hangs
    in s2, 11 in s45); both documents have the same words."""
    document = Document(pack / "Word" / "text-with-notes.docx")
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    beside = {}
    for text, notes in rows:
        begins = re.findall(r"[hs]\d+", text)[0]
        for note in filter(None, notes.split("\n")):
            beside[int(note.split()[0])] = begins
    begin = {1: "h1", 3: "s1", 5: "s12", 6: "s21", 9: "s31", 10: "s34", 11: "s41", 12: "s60"}
    assert beside == begin | {15: "s98", 16: "s102"}
    broken = [row for table in document.tables for row in table.rows if not kept_whole(row)]
    assert broken and not any(row.cells[1].text for row in broken), "a note on two pages"
    # Not the title, nor how numbers are read, nor the source
    plain = Document(pack / "Word" / "text.docx").paragraphs[2:-1]
    words = [word for paragraph in plain for word in paragraph.text.split()]
    assert [word for text, _ in rows for word in text.split()] == words


def test_documents_have_the_words_of_the_prints(pack):
    for one in PRINTS:
        document = Document(pack / "Word" / f"{one.name}.docx")
        said = set(re.findall(r"\w{4,}", words_of(pack / "Word" / f"{one.name}.docx")))
        printed = " ".join(pages_of(pack / "A4" / f"{one.name}.pdf"))
        known = set(re.findall(r"\w{4,}", printed))
        assert len(said & known) > 0.95 * len(said), one.name
        assert round(document.sections[0].page_width.mm) == 210
    sheets = [
        Document(pack / "Word" / f"worksheets-{which}.docx") for which in ("A-to-D", "E-to-G")
    ]
    assert sum(len(document.tables) for document in sheets) >= 9, "tables to write in"
    # Lines that follow each other are one block for Word, which draws what is between them only so
    between = [len(list(one.element.body.iter("{*}between"))) for one in sheets]
    assert between[0] >= 3 * len(SHEETS) and between[1] >= 3 * 2  # Sheet E has no lines
    (cards,) = Document(pack / "Word" / "cards.docx").tables
    assert len(cards.columns) == 3 and len(cards.rows) == 4  # eleven cards, as on the page


def test_a_ballot_is_ticked_on_paper_and_its_last_question_stands_on_a_paper_of_its_own(pack):
    """Two pages, and a third for when Task 4 is done: its answers say which senses *order* has."""
    verdicts = "□ his, to the end □ his, to s____ □ somebody else’s □ can’t be known"
    for paper in PAPERS:
        pages = [" ".join(page.split()) for page in pages_of(pack / paper / "ballot.pdf")]
        assert len(pages) == 3 and verdicts in pages[1]
        assert not re.search("political order|code|Delete|not judged", pages[0] + pages[1])
        assert "Open when Task 4 is done" in pages[2] and pages[2].count("political order") == 4
    document = Document(pack / "Word" / "ballot.docx")
    said = [" ".join(paragraph.text.split()) for paragraph in document.paragraphs]
    assert verdicts in said and "Copy the code" not in " ".join(said)
    assert sum(text.startswith("□ Kádár □ Münnich □ Bata □ the note-taker") for text in said) == 17
    assert len(document.element.body.xpath(".//w:br[@w:type='page']")) == 1


def test_hard_words_stand_in_columns_of_the_document_so_that_it_is_one_page(pack):
    sections = Document(pack / "Word" / "people-and-words.docx").sections
    columns = [one._sectPr.xpath("string(./w:cols/@w:num)") for one in sections]
    assert columns[1:] == ["4", "1"] and not sections[1].start_type  # on the same page


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
    withdraw_pack(site, "malin-notes")  # which one was made of the built book before
    page = html.parse(str(site / "chapters" / "seminar.html")).getroot()
    assert "make pack" in page.get_element_by_id("pack").text_content()
    publish(site, pack)
    page = html.parse(str(site / "chapters" / "seminar.html")).getroot()
    links = page.xpath("//*[@id='pack']//a/@href")
    assert len(links) > 25 and all((site / "chapters" / link).exists() for link in links)
    names = zipfile.ZipFile(site / "malin-notes-pack.zip").namelist()
    assert len(names) == sum(path.is_file() for path in pack.rglob("*"))
    offline = zipfile.ZipFile(site / "malin-notes.zip").namelist()
    assert {f"malin-notes/pack/{n}" for n in ("A4/text.pdf", "whole-book.epub")} <= set(offline)
