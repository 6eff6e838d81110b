"""Paper: whole numerals, no heading alone, charts under their titles, a page for each worksheet."""

import re
import shutil
import subprocess
from itertools import pairwise

import pytest
from browsers import missing
from paths import SITE
from printed import pages_of

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
    pages = pages_of(tmp_path / "page.pdf")
    text = "\n".join(pages)
    assert len(pages) == 4
    begins = re.findall(r"(?m)^ *((?:s\d+ +)+)", text)  # what stands left of each line
    assert [n for some in begins for n in some.split()] == [f"s{n}" for n in range(1, 118)]
    assert max(len(some.split()) for some in begins) > 1
    assert "some come later" in " ".join(text.split())
    assert ("Jozsef Dudas" in text) == notes and "the speaker was Kadar" not in text


#: For each sentence: where its number lies (left, right, middle), and its first letter (left, middle).
BEGINNINGS = """() => [...document.querySelectorAll(".student .sentence")].map((sentence) => {
  const [number, letter] = [document.createRange(), document.createRange()];
  const name = sentence.querySelector(".number");
  const texts = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT, (text) =>
    name.contains(text) || !text.data.trim() ? NodeFilter.FILTER_SKIP : NodeFilter.FILTER_ACCEPT);
  const text = texts.nextNode(), at = text.data.search(/\\S/);
  number.selectNodeContents(name);
  letter.setStart(text, at);
  letter.setEnd(text, at + 1);
  const [a, b] = [number, letter].map((range) => range.getBoundingClientRect());
  return [a.left, a.right, (a.top + a.bottom) / 2, b.left, (b.top + b.bottom) / 2];
})"""


@pytest.mark.parametrize("engine", ["chromium", "firefox", "webkit"])
@pytest.mark.parametrize("name", ["student-text", "student-notes", "first-lesson"])
def test_numbers_stand_beside_the_lines_in_which_their_sentences_begin(name, engine, request):
    """In their order where there are several: on paper (Chromium) as wide as A4, Letter and others,
    and on a screen; on a phone each stands before its sentence."""
    window = request.getfixturevalue(engine)
    wide = engine == "chromium"
    for width in (*range(640, 900, 13), 1280, 360) if wide else (1280, 360):
        window.open(SITE.as_uri(), f"chapters/{name}.html", width)
        window.run("() => document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        if wide and width < 900 and width != 360:
            window.page.emulate_media(media="print")
        found = window.run(BEGINNINGS)
        if wide:
            window.page.emulate_media(media="null")
        assert len(found) > 30
        for _, right, middle, begins, line in found:
            assert abs(middle - line) < 7 and right <= begins + 1, (width, middle, line)
        for one, other in pairwise(found):
            assert abs(one[4] - other[4]) > 7 or one[1] <= other[0] + 1, (width, one, other)
