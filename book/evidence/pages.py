"""The pages that numbers lead to: lists of items, and a page that leads to every list."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any, cast

from jinja2 import Environment, PackageLoader, StrictUndefined
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.parallel import ParallelTasks, SerialTasks, parallel_available

from .domain import evidence_of
from .links import rewritten
from .source import Source

TEMPLATES = Environment(
    loader=PackageLoader(__package__),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


Page = tuple[str, dict[str, Any], str]  # its name, what its template gets, the template


def list_pages(app: Sphinx) -> Iterator[Page]:
    """The page of all lists, then each page of lists; half of these are written from now on, in
    another process where a process can have children."""
    domain = evidence_of(app.env)
    source = domain.source
    every = source.overview()
    tasks = ParallelTasks(1) if parallel_available else SerialTasks()

    def page(name: str, title: str, body: str) -> Page:
        body = rewritten(source, app.builder, name, body)
        return name, {"title": title, "body": body}, "page.html"

    def pages(addresses: list[str]) -> Iterator[Page]:
        template = TEMPLATES.get_template("lists.html")
        asked = {source.place(address).page for address in addresses}
        for one in source.pages(addresses):
            if one.name in asked:  # else the other half's, which would be written over
                yield page(one.name, one.title, template.render(page=one))

    def write(addresses: list[str]) -> None:
        for some in pages(addresses):
            cast(StandaloneHTMLBuilder, app.builder).handle_page(*some)

    def rest() -> Iterator[Page]:
        groups = [(part, list(some)) for part, some in groupby(every.counts, lambda c: c.part_of)]
        template = TEMPLATES.get_template("overview.html")
        yield page(every.name, every.title, template.render(page=every, groups=groups))
        yield from pages(here)
        tasks.join()

    here, there = halves(source, domain.all_addresses() | every.addresses)
    tasks.add_task(write, there)
    return rest()


def halves(source: Source, addresses: set[str]) -> tuple[list[str], list[str]]:
    """Addresses in two halves, those of a page together."""
    by_page = defaultdict(list)
    for address in sorted(addresses):
        by_page[source.place(address).page].append(address)
    one: list[str] = []
    other: list[str] = []
    for some in sorted(by_page.values(), key=len, reverse=True):
        min(one, other, key=len).extend(some)
    return one, other


def setup(app: Sphinx) -> None:
    """Write the pages after all others, for which their other half has time."""
    app.connect("html-collect-pages", list_pages, priority=900)
