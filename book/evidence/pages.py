"""The pages that numbers lead to: lists of items, and a page that leads to every list."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from sphinx.application import Sphinx

from book.evidence.domain import evidence_of
from book.evidence.links import rewritten

TEMPLATES = Environment(
    loader=PackageLoader("book.evidence"),
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

    name, title, counts = source.overview()
    groups = [(part, list(some)) for part, some in groupby(counts, lambda c: c.part_of)]
    yield page(
        name, title, TEMPLATES.get_template("overview.html").render(title=title, groups=groups)
    )
    lists = TEMPLATES.get_template("lists.html")
    wanted = domain.all_addresses() | {address for c in counts for _, _, address in c.rows}
    for one in source.pages(sorted(wanted)):
        yield page(one.name, one.title, lists.render(page=one))


def setup(app: Sphinx) -> None:
    """Write the pages with the others."""
    app.connect("html-collect-pages", list_pages)
