"""The site as a whole: light, complete, and ready to be published."""

import csv
import gzip
import json
import re
import zipfile
from functools import cache
from urllib.parse import urlsplit

import pytest
from lxml import etree, html
from paths import EDITION, SITE, TOP
from small_book import TEXT, build, change, small_book

from analysis.opendata import all_files
from analysis.schema import COLUMNS

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
    assert sum(packed for _, packed in first) < 70_000, "a tenth of a page of a stock book"


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
    static = SITE.resolve() / "_static"
    texts = [p.read_text(encoding="utf-8") for p in asked if p.suffix == ".js"]
    asked |= {
        static / name for t in texts for name in re.findall(r'"(?:_static/)?([\w./-]+\.js)"', t)
    }
    spare = [p.name for p in static.rglob("*.[jc]s*") if p not in asked]
    assert not spare


def test_the_copy_to_take_away_is_the_site():
    with zipfile.ZipFile(SITE / "malin-notes.zip") as archive:
        inside = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    for name in NAMES:
        assert inside[name] == (SITE / name).read_bytes()
    assert {
        p.relative_to(SITE).as_posix() for p in (SITE / "_static").rglob("*") if p.is_file()
    } <= set(inside)


def test_the_numbers_behind_a_chart_are_a_file_and_there_is_no_other():
    """Its rows are those of the table in the page, without those that other readings have."""
    found = set()
    for name in NAMES:
        for chart in html.parse(str(SITE / name)).xpath("//figure[@class='chart']"):
            for link in chart.xpath(".//a[@download]"):
                path = (SITE / name).parent / link.get("href")
                found.add(path.resolve())
                heads, *rows = csv.reader(path.read_text("utf-8-sig").splitlines())
                table = chart.find(".//table")
                assert heads == [head.text_content() for head in table.iterfind("thead/tr/*")]
                shown = [row for row in table.iterfind("tbody/tr") if "hidden" not in row.attrib]
                firsts = [row[0].text_content() for row in shown]
                assert firsts == [row[0].removeprefix("'") for row in rows], (name, path.name)
    assert found == {path.resolve() for path in (SITE / "numbers").iterdir()} and len(found) > 20


def test_the_picture_on_the_front_page_says_from_where_to_where_it_goes(session):
    (alt,) = html.parse(str(SITE / "index.html")).xpath("//main//img/@alt")
    ids = session.sentences.sentence[session.sentences.layer == "session"]
    assert f"from {ids.iloc[0]} to {ids.iloc[-1]}:" in alt


def test_the_data_to_take_away_are_the_project_s():
    with zipfile.ZipFile(SITE / "malin-notes-data.zip") as archive:
        inside = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    here = {
        p.relative_to(SITE / "data").as_posix(): p
        for p in (SITE / "data").rglob("*")
        if p.is_file()
    }
    assert {name: path.read_bytes() for name, path in here.items()} == inside
    wanted = ["README.md", EDITION.name, "lexicon.toml", "claims.toml", "schema/session.rng"]
    wanted += [f"tables/{name}.csv" for name in COLUMNS] + ["tables/datapackage.json"]
    for name in wanted:
        assert inside[name] == (TOP / "data" / name).read_bytes(), name
    # what the edition and the tables name is there too, under the name that they give it
    edition = etree.fromstring(inside[EDITION.name])
    named = {t for t in edition.xpath("//@target") if not t.startswith("#") and ":" not in t}
    package = json.loads(inside["tables/datapackage.json"])
    named |= {f"tables/{resource['path']}" for resource in package["resources"]}
    assert named and named <= set(inside)
    assert not [name for name in inside if name.startswith(".") or "__pycache__" in name]


def test_the_data_are_in_one_folder_and_one_zip_and_a_page_lists_them(session):
    files = {n: t.encode() if isinstance(t, str) else t for n, t in all_files(session).items()}
    there = [p for p in (SITE / "data").rglob("*") if p.is_file()]
    assert {p.relative_to(SITE / "data").as_posix(): p.read_bytes() for p in there} == files
    with zipfile.ZipFile(SITE / "malin-notes-data.zip") as packed:
        inside = {n.partition("/")[2]: packed.read(n) for n in packed.namelist()}
    assert inside == files
    page = html.parse(str(SITE / "chapters/data.html")).getroot()
    listed = page.xpath("//dl[contains(@class, 'files')]//a/@href")
    assert sorted(listed) == sorted(f"../data/{name}" for name in files)
    about = json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])
    assert about["@type"] == "Dataset" and about["distribution"]["contentUrl"] in page.xpath(
        "//a/@href"
    )


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
    assert meta(page, "dcterms.title") == meta(page, "citation_title")
    assert meta(page, "dcterms.isPartOf") == meta(page, "citation_inbook_title")
    (told,) = page.xpath("//script[@type='application/ld+json']/text()")
    about = json.loads(told)
    assert about["@context"] == "https://schema.org"
    assert about["name"] in (*meta(page, "citation_title"), *meta(page, "citation_inbook_title"))
    book = about if about["@type"] == "Book" else about["isPartOf"]
    assert [book["name"]] == meta(page, "citation_inbook_title")
    assert about["description"] == meta(page, "description")[0]


def test_nothing_is_offered_that_is_not_there():
    for name in NAMES:
        text = (SITE / name).read_text(encoding="utf-8")
        assert "mybinder" not in text and "colab" not in text, (
            "a launch button, and no repository is named"
        )
        assert 'rel="canonical"' not in text, "a canonical address, and no address is set"
        assert "og:image" not in text, "a card that nobody outside can find"
    assert not (SITE / "sitemap.xml").exists()


def test_a_repository_and_an_address_bring_buttons_cards_and_a_sitemap(tmp_path):
    small = small_book(tmp_path / "book", TEXT, "who_speaks_chart(session)")
    change(small / "_config.yml", 'url: ""', "url: https://github.com/someone/notes")
    change(small / "_config.yml", 'baseurl: ""', "baseurl: https://example.org/notes")
    for_class = "---\nfor: students\n---\n\n# For the class\n"
    (small / "chapters/students.md").write_text(for_class, encoding="utf-8")
    with (small / "_toc.yml").open("a", encoding="utf-8") as toc:
        toc.write("- file: chapters/students\n")
    site = build(small)
    page = html.parse(str(site / "chapters/text.html")).getroot()
    shown = html.parse(str(site / "chapters/students.html")).getroot()
    address = "https://example.org/notes/chapters/text.html"
    assert page.xpath("//link[@rel='canonical']/@href") == [address]
    assert meta(page, "citation_fulltext_html_url") == [address] and address in page.xpath(
        "string(//footer)"
    )
    card = meta(page, "og:image")[0].removeprefix("https://example.org/notes/")
    raw = (site / card).read_bytes()
    assert raw[:8] == b"\x89PNG\r\n\x1a\n" and len(raw) < 200_000
    assert (int.from_bytes(raw[16:20], "big"), int.from_bytes(raw[20:24], "big")) == (1200, 630)
    assert not meta(shown, "og:image")  # a chart of the book would tell the class
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


def test_a_missing_page_at_any_depth_leads_home(browser, address):
    """No address of the site is set, so the page finds it: from /a/b/c.html, two folders down."""
    page = browser.new_page()
    text = (SITE / "404.html").read_text(encoding="utf-8")
    page.route(
        "**/a/b/c.html",
        lambda route: route.fulfill(status=404, body=text, content_type="text/html"),
    )
    page.goto(f"{address}/a/b/c.html")
    page.wait_for_function("document.getElementById('home').pathname === '/index.html'")
    page.locator("#home").click()
    assert "Malin" in page.locator("h1").inner_text()
    page.close()


def test_a_branch_can_be_served_and_a_reference_manager_finds_an_author():
    assert (SITE / ".nojekyll").exists()  # else a host leaves out folders that begin with _
    for name in NAMES:
        page = html.parse(str(SITE / name)).getroot()
        assert meta(page, "citation_title") == [] or meta(page, "citation_author")[0]
