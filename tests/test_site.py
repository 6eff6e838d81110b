"""The site as a whole: light, complete, the same each time, never stale, and ready to be published."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from functools import cache
from urllib.parse import urlsplit

import pytest
from conftest import EDITION, TOP
from lxml import html

SITE = TOP / "_build/html"
NAMES = sorted(p.relative_to(SITE).as_posix() for p in SITE.rglob("*.html")) or [
    "run `make book` first"
]


# -- weight --------------------------------------------------------------------


@cache
def weight(path):
    """Bytes of a file as they are, and gzipped."""
    raw = path.read_bytes()
    return len(raw), len(gzip.compress(raw, 6))


def fetched(name):
    """The files that a browser gets for a page: itself, styles, scripts, pictures, its icon."""
    root = html.parse(str(SITE / name)).getroot()
    asked = root.xpath(
        "//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src"
    )
    local = {
        (SITE / name).parent.joinpath(urlsplit(a).path).resolve()
        for a in asked
        if not a.startswith("data:")
    }
    return [SITE / name, *sorted(local)]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_light(name):
    first = [weight(path) for path in fetched(name)]
    assert sum(raw for raw, _ in first) < 900_000, "too heavy before compression"
    assert sum(packed for _, packed in first) < 250_000, "too heavy for a first page"
    assert first[0][1] < 80_000, "too heavy for a later page"


# -- whole -----------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_what_a_page_names_is_there(name):
    root = html.parse(str(SITE / name)).getroot()
    icons = root.xpath("//link[@rel='icon']/@href")
    assert icons, "no icon, so browsers would ask for /favicon.ico"
    for path in fetched(name):
        assert path.is_file(), f"{path} is missing"
    for asked in root.xpath("//script/@src | //link/@href | //img/@src"):
        assert not urlsplit(asked).netloc, f"{asked} is on another host"


def test_nothing_is_shipped_that_no_page_asks_for():
    asked = {path for name in NAMES for path in fetched(name)} | {
        SITE.resolve() / "_static/favicon.svg"
    }
    spare = [p.name for p in (SITE.resolve() / "_static").rglob("*.[jc]s*") if p not in asked]
    assert not spare


def test_the_copy_to_take_away_is_the_site():
    with zipfile.ZipFile(SITE / "malin-notes.zip") as archive:
        inside = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    for name in NAMES:
        assert inside[name] == (SITE / name).read_bytes()
    assert {
        p.relative_to(SITE).as_posix() for p in (SITE / "_static").rglob("*") if p.is_file()
    } <= set(inside)


# -- built anew ----------------------------------------------------------------------

LEAVE = shutil.ignore_patterns(
    ".git", ".venv", "_build", "__pycache__", ".pytest_cache", ".hypothesis", ".ipynb_checkpoints"
)


def build(top, *settings):
    """Build the book of a folder, as `make book` does, with every way to other machines shut; the pages written."""
    shut = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "sphinx",
            "-c",
            "book",
            "-d",
            "_build/doctrees",
            "-j",
            "auto",
            "-W",
            "-n",
            "--keep-going",
            "-q",
            *settings,
            ".",
            "_build/html",
        ],
        cwd=top,
        capture_output=True,
        text=True,
        env={**os.environ, **shut},
    )
    assert not run.returncode, run.stderr
    return top / "_build/html"


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    """A copy of the project, built."""
    top = shutil.copytree(TOP, tmp_path_factory.mktemp("second") / "malin-notes", ignore=LEAVE)
    build(top)
    return top


def contents(site):
    return {
        p.relative_to(site).as_posix(): p.read_bytes()
        for p in sorted(site.rglob("*"))
        if p.is_file()
    }


def test_another_clean_build_is_the_same_byte_for_byte(second):
    first, other = contents(SITE), contents(second / "_build/html")
    assert sorted(first) == sorted(other)
    assert not [name for name in first if first[name] != other[name]]


SMALL_BOOK = {
    "_toc.yml": "format: jb-book\nroot: index\nchapters:\n- file: chapters/text\n",
    "index.md": "# A small book\n\nPeople: {count}`people`. Troops: {count}`terms family=troops`.\n",
    "chapters/text.ipynb": json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
            "cells": [
                {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# The text"},
                {
                    "cell_type": "code",
                    "id": "b",
                    "metadata": {},
                    "outputs": [],
                    "execution_count": None,
                    "source": "import os, sys\nsys.path.insert(0, os.path.abspath('..'))\nfrom analysis import read_session\n"
                    "from analysis.evidence import Evidence\nfrom analysis.figures.speakers import who_speaks_chart\nfrom analysis.text import reading_text\n"
                    f"session = read_session('../data/{EDITION.name}')\nreading_text(session, 'session')",
                },
                {
                    "cell_type": "code",
                    "id": "d",
                    "metadata": {},
                    "outputs": [],
                    "execution_count": None,
                    "source": "who_speaks_chart(session)",
                },
                {
                    "cell_type": "code",
                    "id": "c",
                    "metadata": {},
                    "outputs": [],
                    "execution_count": None,
                    "source": "print('A notebook counts', Evidence.of('terms', family='troops').count(session), 'troops,', "
                    "Evidence.of('people').count(session), 'people')",
                },
            ],
        }
    ),
}


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} has no {old!r} to change"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def numbers(site):
    """(people, troops) as the prose has them, and as the notebook has them."""
    prose = [
        int(a.text_content().replace(",", ""))
        for a in html.parse(str(site / "index.html")).getroot().xpath("//main//p/a[@data-count]")
    ]
    printed = re.search(
        r"A notebook counts (\d+) troops, (\d+) people",
        (site / "chapters/text.html").read_text(encoding="utf-8"),
    )
    return tuple(prose), (int(printed[2]), int(printed[1]))


@pytest.fixture
def small(tmp_path):
    """The folder of a book of two pages, with this project's data and code."""
    top = shutil.copytree(TOP, tmp_path / "small", ignore=LEAVE)
    shutil.rmtree(top / "chapters")
    for name, text in SMALL_BOOK.items():
        (top / name).parent.mkdir(exist_ok=True)
        (top / name).write_text(text, encoding="utf-8")
    return top


def test_no_page_shows_an_old_number_after_a_change(small):
    top, site = small, build(small)
    prose, printed = numbers(site)
    people, troops = prose
    assert prose == printed and people and troops

    change(top / "data/lexicon.toml", 'words = ["troops"', 'words = ["troopers"')
    build(top)
    prose, printed = numbers(site)
    assert prose == printed and prose[0] == people and prose[1] < troops, (
        "a change in data/ did not reach every page"
    )
    fewer = prose[1]

    change(
        top / "analysis/evidence.py",
        "return int(self.chosen(self.read(session)).sum())",
        "return 1000 + int(self.chosen(self.reading.of(session)).sum())",
    )
    build(top)
    assert numbers(site) == ((1000 + people, 1000 + fewer),) * 2, (
        "a change in analysis/ did not reach every page"
    )

    # A change of prose reaches its page, and runs no notebook again.
    run = (top / "_build/jupyter_execute/chapters/text.ipynb").stat().st_mtime_ns
    change(top / "index.md", "People", "All people")
    build(top)
    assert "All people" in (site / "index.html").read_text(encoding="utf-8")
    assert (top / "_build/jupyter_execute/chapters/text.ipynb").stat().st_mtime_ns == run


# -- published -------------------------------------------------------------------------


def meta(page, name):
    return page.xpath(f"//meta[@name='{name}' or @property='{name}']/@content")


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_what_it_is(name):
    page = html.parse(str(SITE / name)).getroot()
    assert len(meta(page, "description")[0]) > 20
    if name in ("404.html", "search.html"):
        return
    assert meta(page, "citation_title") and meta(page, "citation_inbook_title")
    assert meta(page, "citation_title")[0] in page.xpath("string(//footer)")
    card = (SITE / name).parent / meta(page, "og:image")[0]
    raw = card.read_bytes()
    assert raw[:8] == b"\x89PNG\r\n\x1a\n" and len(raw) < 200_000
    assert (int.from_bytes(raw[16:20], "big"), int.from_bytes(raw[20:24], "big")) == (1200, 630)


def test_nothing_is_offered_that_is_not_there():
    for name in NAMES:
        text = (SITE / name).read_text(encoding="utf-8")
        assert "mybinder" not in text and "colab" not in text, (
            "a launch button, and no repository is named"
        )
        assert 'rel="canonical"' not in text, "a canonical address, and no address is set"
    assert not (SITE / "sitemap.xml").exists()


def test_a_repository_and_an_address_bring_buttons_addresses_and_a_sitemap(small):
    change(small / "_config.yml", 'url: ""', "url: https://github.com/someone/notes")
    change(small / "_config.yml", 'baseurl: ""', "baseurl: https://example.org/notes")
    site = build(small)
    page = html.parse(str(site / "chapters/text.html")).getroot()
    address = "https://example.org/notes/chapters/text.html"
    assert page.xpath("//link[@rel='canonical']/@href") == [address]
    assert meta(page, "citation_fulltext_html_url") == [address] and address in page.xpath(
        "string(//footer)"
    )
    assert meta(page, "og:image")[0].startswith("https://example.org/notes/cards/")
    assert address in (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "https://example.org/notes/" in (site / "404.html").read_text(encoding="utf-8")
    offered = page.xpath("//footer//a/@href")
    assert (
        "https://mybinder.org/v2/gh/someone/notes/main?urlpath=lab/tree/chapters/text.ipynb"
        in offered
    )
    assert (
        "https://colab.research.google.com/github/someone/notes/blob/main/chapters/text.ipynb"
        in offered
    )
    assert "%cd /content/book/chapters" in page.xpath("string(//footer//pre)")


def test_the_page_for_what_is_missing_brings_all_it_needs():
    page = html.parse(str(SITE / "404.html")).getroot()
    assert not page.xpath("//script/@src | //link[@rel='stylesheet']"), (
        "at any depth it has to bring all it needs"
    )
