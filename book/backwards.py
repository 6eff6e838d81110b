"""Evidence backwards: pages on which every sentence says what rests on it.

What numbers and charts lead to is known when all pages have been read (the evidence domain); here
it is turned round, once.  What the edition marks, and which claims would fall, comes from
:mod:`analysis.backwards`.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar

from sphinx.application import Sphinx

from analysis.backwards import in_words, left_out, marked, nothing_rests_on
from analysis.evidence import Evidence
from analysis.figures.saying import capital
from analysis.wording import UNITS, described, name_of, speech_of
from book.evidence.domain import evidence_of, link_to
from book.session import BACKWARDS, TEXT, source

#: The pages, each with the layers of the document that it holds, and what it is called.
PAGES = {
    BACKWARDS: (("session",), "What rests on each sentence"),
    f"{BACKWARDS}-notes": (
        ("archive", "heading", "notes"),
        "What rests on the record, the heading and the notes",
    ),
}
GROUPS = {
    "archive": "The archive’s record",
    "heading": "The heading",
    "notes": "The translator’s notes",
}

Thing = TypeVar("Thing")


class Number(NamedTuple):
    """A number of the book: the page that it stands on, and its address."""

    page: str
    address: str


class Drawing(NamedTuple):
    """A chart of the book: the page that it stands on, its id there, its title."""

    page: str
    id: str
    title: str


@dataclass
class Feeds:
    """What a sentence feeds in the book, in the order of the book."""

    numbers: dict[Number, None] = field(default_factory=dict)
    charts: dict[Drawing, None] = field(default_factory=dict)
    quoted: dict[str, None] = field(default_factory=dict)  # pages that quote or name it


class Backwards:
    """What each sentence feeds, and links to it."""

    def __init__(self, app: Sphinx, order: list[str]):
        self.app, self.order = app, order
        self.session = source.session
        self.known: dict[str, list[str]] = {}

    def sentences(self, address: str) -> list[str]:
        """The sentences behind an address."""
        if address not in self.known:
            scheme, _, rest = address.partition(":")
            self.known[address] = (
                [rest]
                if scheme == "sentence"
                else Evidence.parse(address).sentences(self.session)
                if scheme == "evidence"
                else []
            )
        return self.known[address]

    @cached_property
    def feeds(self) -> dict[str, Feeds]:
        """What each sentence feeds."""
        domain, found = evidence_of(self.app.env), defaultdict[str, Feeds](Feeds)
        listed = domain.all_addresses() | source.overview().addresses
        for page in self.order:
            charts = domain.data["charts"].get(page, {})
            asked = {p for ask in domain.data["asks"].get(page, ()) for p in ask.split(" / ")}
            asked &= listed  # a mark may count a part of what it leads to, which has no list
            marks = set().union(*charts.values()) - asked
            for address in sorted((domain.addresses.get(page, set()) | asked) - marks):
                for sentence in self.sentences(address):
                    if address.startswith("evidence:"):
                        found[sentence].numbers[Number(page, address)] = None
                    else:
                        found[sentence].quoted[page] = None
            for (name, title), addresses in charts.items():
                for address in sorted(addresses):
                    for sentence in self.sentences(address):
                        found[sentence].charts[Drawing(page, name, title)] = None
        return found

    @cached_property
    def claims(self) -> dict[str, dict[bool, list[str]]]:
        """For each sentence the claims that it feeds: those that stand without it, and fall."""
        found: dict[str, dict[bool, list[str]]] = {}
        for one in left_out(self.session, {}, source.claims):
            feeds = found.setdefault(one.sentence, {True: [], False: []})
            feeds[bool(one.becomes)].append(one.name)
        return found


def in_common(some: list[Feeds], but: Feeds) -> Feeds:
    """What all of these feed, without what is told already."""
    if len(some) < 2:
        return Feeds()
    first, *others = some
    return Feeds(
        but_for(first.numbers, but.numbers, [other.numbers for other in others]),
        but_for(first.charts, but.charts, [other.charts for other in others]),
    )


def but_for(
    first: dict[Thing, None], but: dict[Thing, None], others: list[dict[Thing, None]]
) -> dict[Thing, None]:
    """What stands in the first and in all others, and is not told already."""
    return {one: None for one in first if one not in but and all(one in some for some in others)}


class Writer:
    """Writes a page as values for its template."""

    def __init__(self, back: Backwards, page: str):
        self.back, self.page = back, page
        self.builder, self.session = back.app.builder, back.session
        self.number = cache(self.number_of)
        self.chapter = cache(self.chapter_of)

    def link(self, address: str) -> str:
        """Where an address leads from this page."""
        return link_to(source.place(address), self.page, self.builder)

    def in_full(self, feeds: Feeds, *but: Feeds) -> dict[str, Any]:
        """Numbers with their chapters, charts and quotations, but for what stands above."""
        rows: dict[tuple[str, int, str], dict[str, Any]] = {}
        for number in feeds.numbers:
            if not any(number in other.numbers for other in but):
                one = self.number(number.address)
                same = rows.setdefault(
                    (one["says"] or one["link"], one["count"], one["unit"]), {**one, "pages": {}}
                )
                same["pages"][self.chapter(number.page)] = None
        return {
            "numbers": [one for one in rows.values() if one["says"]],
            "otherwise": [one for one in rows.values() if not one["says"]],
            "charts": [
                (f"{self.chapter(chart.page)[0]}#{chart.id}", chart.title)
                for chart in feeds.charts
                if not any(chart in other.charts for other in but)
            ],
            "quoted": list(map(self.chapter, feeds.quoted)),
        }

    def number_of(self, address: str) -> dict[str, Any]:
        """A number: what it counts, how many, and its list."""
        evidence = Evidence.parse(address)
        says = "" if evidence.reading.options else described(self.session, evidence, counted=False)
        count = source.place(address).count or 0
        unit = UNITS[evidence.table][count != 1]
        return {"says": says, "count": count, "unit": unit, "link": self.link(address)}

    def chapter_of(self, page: str) -> tuple[str, str]:
        """A page of the book: its link and its title."""
        title = self.builder.env.titles[page].astext()
        return self.builder.get_relative_uri(self.page, page), title

    def claim(self, name: str) -> tuple[str, str]:
        """A claim: its link and what it says."""
        return self.link(f"claim:{name}"), source.claims[name].says

    def sentence(self, row: Any, *but: Feeds) -> dict[str, Any]:
        """All that rests on a sentence."""
        name, claims = row.sentence, self.back.claims.get(row.sentence, {})
        here = marked(self.session, name)
        feeds = self.in_full(self.back.feeds[name], *but)
        return {
            "name": name,
            "link": self.link(f"sentence:{name}"),
            "text": row.text,
            "falls": list(map(self.claim, claims.get(False, []))),
            "stands": list(map(self.claim, claims.get(True, []))),
            "marked": [
                in_words(table, some.what) for table, some in here.groupby("table", sort=False)
            ],
            **feeds,
        }

    def groups(self, layers: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        """Speeches and other layers, each with what all of it feeds, and its sentences."""
        rows = self.session.sentences
        rows = rows[rows.layer.isin(layers)]
        keys = rows.speech.where(rows.speech.notna(), rows.layer)
        speakers = dict(zip(self.session.speeches.speech, self.session.speeches.speaker))
        everywhere = in_common([self.back.feeds[s] for s in rows.sentence], Feeds())
        yield {"name": "", "common": self.in_full(everywhere), "sentences": []}
        for key, some in rows.groupby(keys, sort=False):
            common = in_common([self.back.feeds[s] for s in some.sentence], everywhere)
            who = speakers.get(key)
            yield {
                "name": GROUPS.get(key)
                or f"{capital(speech_of(self.session, key))}: "
                + name_of(self.session, who if isinstance(who, str) else "none"),
                "common": self.in_full(common),
                "sentences": [self.sentence(row, everywhere, common) for row in some.itertuples()],
            }

    def context(self, layers: tuple[str, ...], title: str) -> dict[str, Any]:
        """What the template is given."""
        everywhere, *groups = self.groups(layers)
        here = [one for group in groups for one in group["sentences"]]
        bare = {*nothing_rests_on(self.session)}
        falls: dict[tuple[str, str], list[str]] = {}
        for one in here:
            for claim in one["falls"]:
                falls.setdefault(claim, []).append(one["name"])
        return {
            "heading": title,
            "falls": falls,
            "bare": [
                one["name"]
                for one in here
                if one["name"] in bare and not (one["quoted"] or one["falls"])
            ],
            "everywhere": everywhere["common"],
            "groups": groups,
            "others": [
                (self.builder.get_relative_uri(self.page, page), name)
                for page, (_, name) in PAGES.items()
                if page != self.page
            ],
            "text": self.builder.get_relative_uri(self.page, TEXT),
        }


def pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The pages, as Sphinx takes them: (name, what its template gets, template)."""
    from book.site import in_order

    back = Backwards(app, in_order(app.env))
    templates = app.builder.templates
    for page, (layers, title) in PAGES.items():
        body = templates.render("backwards.html", Writer(back, page).context(layers, title))
        yield page, {"title": title, "body": body}, "page.html"


def setup(app: Sphinx) -> dict[str, bool]:
    """Write the pages with the others."""
    app.connect("html-collect-pages", pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
