"""The built book: every number leads to as many items, every link lands, every figure in prose is counted."""

import json
import re
from functools import cache

import pytest
from conftest import TOP
from lxml import html

SITE = TOP / "_build/html"
PAGES = sorted(p.relative_to(SITE).as_posix() for p in SITE.rglob("*.html")) or ["run `make book` first"]


@cache
def page(name):
    return html.parse(str(SITE / name)).getroot()


@cache
def ids(name):
    return {i: e for e in page(name).iter() if isinstance(e.tag, str) for i in [e.get("id")] if i}


def destination(name, href):
    path, _, fragment = href.partition("#")
    return ((SITE / name).parent / path).resolve() if path else SITE / name, fragment


@pytest.mark.parametrize("name", PAGES)
def test_every_link_and_fragment_lands(name):
    for link in page(name).iter("a"):
        href = link.get("href", "")
        assert not href.startswith(("evidence:", "sentence:"))
        if href and not re.match(r"[a-z]+:", href):
            path, fragment = destination(name, href)
            assert path.exists(), f"{href} leads to no file"
            if fragment and path.suffix == ".html":
                assert fragment in ids(path.relative_to(SITE.resolve()).as_posix()), f"{href} leads to no place"


def test_every_number_leads_to_as_many_items():
    checked = 0
    for name in PAGES:
        for link in page(name).xpath("//*[@data-count]"):
            path, fragment = destination(name, link.get("href"))
            section = ids(path.relative_to(SITE.resolve()).as_posix())[fragment]
            items = section.xpath(".//*[@data-item] | .//ul[@class='words']//i")
            assert len(items) == int(link.get("data-count")), f"{name}: {link.get('href')}"
            checked += 1
    print(f"{checked} links from a number to what it counts")
    assert checked > 300


def test_every_linked_number_in_a_table_is_the_number_of_items():
    for name in PAGES:
        for link in page(name).xpath("//td/a[@data-count]"):
            assert link.text_content().replace(",", "") == link.get("data-count")


ALLOWED = re.compile(
    r"\{\w+\}`[^`]*`|`[^`]*`|\]\([^)]*\)|\b\d{1,2} (?:October|November) 1956|\b19\d\d\b|\b2026\b"
    r"|[Nn]ote \d+|\bs\d+\b|F\. 3, Op\. 12, D\. 1006, Ll\. 23-29|8-9, pp\. 395-397|edition 1\.0"
    r"|Natural Earth 4\.1\.0|world-atlas 2\.0\.2|CC BY 4\.0|(?m:^\d+\. )")


@pytest.mark.parametrize("path", [TOP / "index.md", *sorted((TOP / "chapters").glob("*.ipynb"))], ids=lambda p: p.name)
def test_nobody_types_a_number_into_prose(path):
    if path.suffix == ".md":
        prose = [path.read_text(encoding="utf-8")]
    else:
        prose = ["".join(c["source"]) for c in json.loads(path.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == "markdown"]
    for text in prose:
        assert not re.search(r"\d", ALLOWED.sub("", text)), f"a typed number in: {ALLOWED.sub('', text)}"
