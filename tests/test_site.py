"""The site as a whole: light, complete, the same each time, never stale, and ready to be published."""

import gzip
import re
import shutil
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin, urlsplit

import pytest
from conftest import TOP
from lxml import html

from book import theme

SITE = TOP / "_build/html"
NAMES = sorted(p.relative_to(SITE).as_posix() for p in SITE.rglob("*.html")) or ["run `make book` first"]


# -- weight --------------------------------------------------------------------


@cache
def weight(path):
    """Bytes of a file as they are, and gzipped."""
    raw = path.read_bytes()
    return len(raw), len(gzip.compress(raw, 6))


def fetched(name):
    """The files that a browser gets for a page: itself, styles, scripts, pictures, its icon."""
    root = html.parse(str(SITE / name)).getroot()
    asked = root.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src")
    local = {(SITE / name).parent.joinpath(urlsplit(a).path).resolve() for a in asked if not a.startswith("data:")}
    return [SITE / name, *sorted(local)]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_light(name):
    first = [weight(path) for path in fetched(name)]
    assert sum(raw for raw, _ in first) < 900_000, "too heavy before compression"
    assert sum(packed for _, packed in first) < 250_000, "too heavy for a first page"
    assert first[0][1] < 80_000, "too heavy for a later page"
