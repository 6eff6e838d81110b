"""Paper: whole numerals, no heading alone, charts under their titles, a page for each worksheet."""

import re
import shutil
import subprocess

import pytest
from browsers import missing
from paths import SITE

PAPERS = {"A4": (210, 297), "Letter": (215.9, 279.4)}
CHAPTERS = sorted(path.stem for path in (SITE / "chapters").glob("*.html"))
HEADS = """() => [...document.querySelectorAll(
    ".body :is(h1, h2, h3, h4, dt, caption, .chart-title, .admonition-title)")]
  .map((head) => head.textContent.replace("¶", "").replace(/\\s+/g, " ").trim())"""


def printed(window, name, paper, folder):
    """The pages of a chapter on paper, each as its lines, without the page's number."""
    window.open(SITE.as_uri(), f"chapters/{name}.html")
    window.print(folder / "page.pdf", *PAPERS[paper])
    if not shutil.which("pdftotext"):
        missing("pdftotext", "poppler-utils")
    command = ["pdftotext", "-layout", folder / "page.pdf", "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    pages = [
        [" ".join(line.split()) for line in page.splitlines() if line.strip()]
        for page in text.split("\f")[:-1]
    ]
    return [page[:-1] if page and page[-1].isdigit() else page for page in pages]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", CHAPTERS)
def test_no_page_ends_with_a_heading(chromium, name, paper, tmp_path):
    pages = printed(chromium, name, paper, tmp_path)
    heads = chromium.run(HEADS)
    for page in pages:
        assert page, "an empty page"
        ends = {" ".join(page[-lines:]) for lines in (1, 2, 3)}  # a heading may need some lines
        alone = [head for head in heads if head in ends]
        assert not alone or page is pages[-1], alone
        assert not [line for line in page if "numbers as CSV" in line]


@pytest.mark.parametrize("paper", PAPERS)
def test_numerals_of_a_list_are_whole(chromium, paper, tmp_path):
    lines = [line for page in printed(chromium, "answers", paper, tmp_path) for line in page]
    numerals = [int(n) for line in lines for n in re.findall(r"^(\d+)\. ", line)]
    lists = "[...document.querySelectorAll('.body ol')]"
    longest = chromium.run(f"() => Math.max(...{lists}.map((list) => list.children.length))")
    assert longest > 9 and set(range(1, longest + 1)) <= set(numerals)
    assert 0 not in numerals


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("engine", ["chromium", "firefox"])
def test_each_worksheet_is_one_page(engine, paper, request, tmp_path):
    window = request.getfixturevalue(engine)
    pages = printed(window, "handouts", paper, tmp_path)
    assert [page[0][:7] for page in pages] == [f"Sheet {letter}" for letter in "ABCDEFGHI"]
    # Nothing is cut off: the last line of each names the source, but for the grid and the cards
    assert all("Malin, in English translation" in " ".join(page[-2:]) for page in pages[:-2])
    assert "know it?" in " ".join(pages[-1][-3:])  # of the last row of cards


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("notes", [False, True], ids=["text", "notes-beside"])
def test_the_class_s_text_takes_four_pages(chromium, paper, notes, tmp_path):
    chromium.open(SITE.as_uri(), "chapters/student-text.html")
    chromium.page.set_checked("#notes-beside", notes)
    chromium.print(tmp_path / "page.pdf", *PAPERS[paper])
    text = subprocess.run(
        ["pdftotext", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    assert len(text.split("\f")[:-1]) == 4
    for number in range(1, 118):
        assert re.search(rf"\bs{number}\b", text), f"s{number} has no number on paper"
    assert ("Jozsef Dudas" in text) == notes and "the speaker was Kadar" not in text


@pytest.mark.parametrize("paper", PAPERS)
def test_numbers_of_one_line_do_not_cover_each_other(chromium, paper, tmp_path):
    chromium.open(SITE.as_uri(), "chapters/student-text.html", int(PAPERS[paper][0] / 25.4 * 96))
    chromium.page.emulate_media(media="print")
    boxes = chromium.run(
        "() => [...document.querySelectorAll('.student.session .number')].map((e) => {"
        " const b = e.getBoundingClientRect(); return [b.left, b.right, b.top]; })"
    )
    chromium.page.emulate_media(media="null")
    covered = [
        (one, other)
        for i, one in enumerate(boxes)
        for other in boxes[i + 1 :]
        if abs(one[2] - other[2]) < 4 and one[0] < other[1] - 2 and other[0] < one[1] - 2
    ]
    assert len(boxes) > 100 and not covered
