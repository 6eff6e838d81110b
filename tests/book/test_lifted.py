"""`book/evidence` by itself, under another name: a book of letters, without this project's code."""

import shutil
import subprocess
import sys

import pytest
from lxml import html
from paths import TOP

#: Builds a book, then says which of the project's own packages were loaded on the way.
BUILD = """
import sys
from sphinx.cmd.build import main
status = main(["-W", "-n", "--keep-going", "-q", "book", "site"])
print(*{name.partition(".")[0] for name in sys.modules} & {"analysis", "book"})
sys.exit(status)
"""


def built(folder, **changed):
    """The toy book beside a copy of the package, built; what came of it."""
    shutil.copytree(TOP / "tests/book/letters", folder / "book")
    shutil.copytree(
        TOP / "book/evidence", folder / "evidence", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name, text in changed.items():
        (folder / f"book/{name}.md").write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, '.')\n{BUILD}"],
        cwd=folder,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The toy's site, and which of the project's packages its build has loaded."""
    folder = tmp_path_factory.mktemp("letters")
    done = built(folder)
    assert not done.returncode, done.stderr
    return folder / "site", done.stdout.split()


def page(site, name):
    return html.parse(str(site[0] / name)).getroot()


def test_the_package_loads_nothing_of_the_project(site):
    assert site[1] == []


def test_each_page_is_written_once_by_whichever_process(site):
    written = (site[0] / "written.txt").read_text(encoding="utf-8").split()
    assert {"index", "table", "lists/letters", "lists/all"} <= set(written)
    assert len(written) == len(set(written))


@pytest.mark.parametrize(
    ("name", "letter", "count"),
    [
        ("index.html", "p", 4),  # ap-p-le, p-ear, p-lum
        ("index.html", "z", 0),
        ("links.html", "e", 3),  # appl-e, p-e-ar, quinc-e; the page's own text says 99
        ("table.html", "p", 4),
        ("lists/all.html", "i", 2),  # qu-i-nce, f-i-g
        ("lists/all.html", "o", 0),
    ],
)
def test_every_number_leads_to_the_rows_that_it_counts(site, name, letter, count):
    links = page(site, name).xpath(f"//a[contains(@href, '#letter-{letter}')]")
    assert [link.get("data-count") for link in links] == [str(count)]
    target = (site[0] / name).parent / links[0].get("href").partition("#")[0]
    (section,) = page(site, target).xpath(f"//section[@id='letter-{letter}']")
    words = [line.text_content() for line in section.findall(".//li")]
    assert len(words) == count
    assert all(letter in word for word in words)


def test_a_number_says_what_is_so_today_and_words_stay_as_they_are(site):
    shown = page(site, "links.html").xpath("//p[a]")[0].text_content()
    assert shown == "The letter e stands 3 times, and never in a fig."


def test_a_line_leads_to_its_word(site):
    lines = page(site, "lists/letters.html").xpath("//section[@id='letter-p']//a/@href")
    assert lines == [f"../table.html#{word}" for word in ("apple", "apple", "pear", "plum")]
    assert page(site, "table.html").get_element_by_id("plum").text == "plum"


def test_an_address_that_leads_nowhere_is_no_link(site):
    (unknown,) = page(site, "table.html").xpath("//a[.='unknown']")
    assert "href" not in unknown.attrib


def test_what_has_no_answer_is_an_error_with_file_and_line(tmp_path):
    done = built(tmp_path, links="# Links\n\nNo {letters}`pp`, and [no](x 'word: fir').\n")
    assert done.returncode
    assert "links.md:3: ERROR: {letters}`pp`: 'pp' is no letter" in done.stderr
    assert "the link “word: fir”: there is no word 'fir'" in done.stderr
