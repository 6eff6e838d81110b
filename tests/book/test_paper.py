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
        alone = [head for head in heads if len(page[-1]) > 3 and head.endswith(page[-1])]
        assert not alone or page is pages[-1], alone
        assert not [line for line in page if "numbers as CSV" in line]


@pytest.mark.parametrize("paper", PAPERS)
def test_numerals_of_a_list_are_whole(chromium, paper, tmp_path):
    lines = [line for page in printed(chromium, "seminar", paper, tmp_path) for line in page]
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
    assert [page[0][:7] for page in pages] == ["Sheet A", "Sheet B", "Sheet C"]
    # Nothing is cut off: the last line of each names the source
    assert all("Malin, in English translation" in " ".join(page[-2:]) for page in pages)
