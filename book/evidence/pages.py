"""The pages that numbers lead to: lists of items, and a page that leads to every list."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from sphinx.application import Sphinx

from .domain import evidence_of
from .links import rewritten

TEMPLATES = Environment(
    loader=PackageLoader(__package__),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def list_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page of all lists, then each page of lists: (name, what its template gets, template)."""
    domain = evidence_of(app.env)
    source = domain.source

    def page(name: str, title: str, body: str) -> tuple[str, dict[str, Any], str]:
        body = rewritten(source, app.builder, name, body)
        return name, {"title": title, "body": body}, "page.html"

    every = source.overview()
    groups = [(part, list(some)) for part, some in groupby(every.counts, lambda c: c.part_of)]
    template = TEMPLATES.get_template("overview.html")
    yield page(every.name, every.title, template.render(page=every, groups=groups))
    lists = TEMPLATES.get_template("lists.html")
    for one in source.pages(sorted(domain.all_addresses() | every.addresses)):
        yield page(one.name, one.title, lists.render(page=one))


def setup(app: Sphinx) -> None:
    """Write the pages with the others."""
    app.connect("html-collect-pages", list_pages)
