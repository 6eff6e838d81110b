"""The lists of evidence under every reading: for each page of lists a script that says which of its
lines count when, and whose they are.

What the page shows already is only pointed to; what counts under other readings alone is told in
full.  A page asks for its script when a switch is first turned.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

import numpy as np

from analysis.colours import colours
from analysis.concordance import in_sentence
from analysis.decisions import DECISIONS
from analysis.evidence import Evidence
from analysis.grids import Grid
from analysis.lines import Lines, lines_of
from analysis.measures import speakers
from analysis.readings import Reading
from analysis.tallies import place_of
from analysis.wording import UNITS, described, surname_of
from book.listing import is_bare, list_id
from book.session import SessionSource

OWN = Reading()
#: Passages of a sentence that a reading can set aside, and how the reading text marks them.
MARKED_AS = {"reported": "said", "demands": "demand", "framing": "framing"}


def scripts(
    book: SessionSource, addresses: Iterable[str], parts: Iterable[tuple[str, str]] = ()
) -> dict[str, str]:
    """The script of each page of lists, by the page's name.

    ``parts`` are addresses with that of a part of what they list: as the edition reads it all or
    nothing of it, in another reading a list of its own.
    """
    pages, found = dict(book.choices_of(addresses)), {}
    listed = {e: page for page, choices in pages.items() for e in choices}
    parts_of: dict[Evidence, list[Evidence]] = defaultdict(list)
    for whole, part in (map(Evidence.parse, pair) for pair in parts):
        if listed.get(part) != listed[whole]:
            parts_of[whole].append(part)
    asked = [e for e in [*listed, *chain(*parts_of.values())] if not e.reading.options]
    lines = lines_of(book.session, asked)
    for page, choices in pages.items():
        general, single = book.sections(tuple(choices))
        found[page] = PageOfLists(book, lines, parts_of).script([*general, *single])
    return found


def script_of_text(book: SessionSource) -> str:
    """The script of the reading text: whose each sentence is under every reading, and whose each
    passage in it that can be set aside, in the order of the text."""
    every = {table: Evidence.of(table) for table in ("sentences", *MARKED_AS)}
    lines, page = lines_of(book.session, every.values()), PageOfLists(book, {}, {})
    whose = {
        table: [page.number(page.whose, page.named(w, "session")) for w in lines[e].speakers]
        for table, e in every.items()
    }
    passages = {}
    for table, kind in MARKED_AS.items():
        places = zip(lines[every[table]].places, whose[table])  # of two that begin alike the longer
        passages[kind] = [n for _, n in sorted(places, key=lambda p: (p[0][0], -p[0][1]))]
    sentences = dict(zip(lines[every["sentences"]].sentences, whose["sentences"]))
    text = json.dumps(
        {"names": list(page.names), "sentences": sentences, "passages": passages},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return f'speeches({{"whose":[{",".join(page.whose)}],{text[1:]});\n'


class PageOfLists:
    """What a page of lists has to know, each thing once, by number."""

    def __init__(
        self,
        book: SessionSource,
        lines: Mapping[Evidence, Lines],
        parts_of: Mapping[Evidence, list[Evidence]],
    ):
        self.session, self.lines, self.parts_of = book.session, lines, parts_of
        order = [*speakers(self.session), "none"]
        self.rank = {who: place for place, who in enumerate(order)}
        self.names: dict[tuple[int, str, str | None], int] = {}
        self.counts: dict[str, int] = {}
        self.whose: dict[str, int] = {}
        self.extra: dict[tuple[str, ...], int] = {}

    def script(self, sections: list[list[Evidence]]) -> str:
        """The script; without a section where no reading changes a line."""
        told = [
            [*self.section(some), *({**one, "part": True} for one in self.section(parts))]
            for some in sections
            for parts in [[part for e in some for part in self.parts_of.get(e, ())]]
            if any(map(self.moves, [*some, *parts]))
        ]
        page = {
            "names": list(self.names), "extra": list(self.extra), "sections": told,
        }  # fmt: skip
        text = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
        grids = ",".join(
            f'"{name}":[{",".join(some)}]'
            for name, some in (("counts", self.counts), ("whose", self.whose))
        )
        return f"lists({{{grids},{text[1:]});\n"

    def moves(self, evidence: Evidence) -> bool:
        """Whether a reading changes which lines a list has, or whose one of them is."""
        lines = self.lines.get(evidence)
        if lines is None:
            return False
        named = [] if is_bare(evidence) else lines.speakers
        return any(grid.axes for grid in (*lines.counts, *named))

    def section(self, choices: list[Evidence]) -> list[dict[str, Any]]:
        """The lists that come to the same as the edition reads them, each that differs otherwise by
        itself."""
        alike: dict[str, list[Evidence]] = {}
        for evidence in choices:
            alike.setdefault(json.dumps(self.runs(evidence)), []).append(evidence)
        return [
            {
                "ids": [list_id(evidence) for evidence in some],
                "title": described(self.session, some[0], counted=False),
                "also": "; ".join(self.also(some)),
                "unit": UNITS[some[0].table],
                "lines": json.loads(runs),
            }
            for runs, some in alike.items()
        ]

    def also(self, choices: list[Evidence]) -> list[str]:
        """What else comes to the same under every reading."""
        words = [described(self.session, evidence, counted=False) for evidence in choices]
        return [word for word in dict.fromkeys(words) if word != words[0]]

    def runs(self, evidence: Evidence) -> list[list[int]]:
        """The lines of a list, those side by side together that count alike and are the same
        speaker's: how many, in which readings they count, whose they are; and where the page does
        not show them as it stands, the first of them among all that it does not show.
        """
        lines = self.lines.get(evidence) or as_it_stands(self.session, evidence)
        bare = is_bare(evidence)
        runs: list[list[int]] = []
        for sentence, place, counts, whose in zip(
            lines.sentences, lines.places, lines.counts, lines.speakers
        ):
            home, *text = in_sentence(self.session, sentence, *place)
            held = "".join(map(str, counts.values.astype(int).flat))
            line = [
                self.number(self.counts, as_json(counts, held)),
                0 if bare else self.number(self.whose, self.named(whose, home.layer)),
            ]
            if not counts.values[place_of(OWN, counts.axes)]:
                shown = (home.sentence, text[1]) if bare else (home.sentence, *text)
                line.append(self.number(self.extra, shown))
            before = runs[-1] if runs else [0]
            follows = before[1:3] + [before[3] + before[0] for _ in before[3:]]
            if line == follows:
                before[0] += 1
            else:
                runs.append([1, *line])
        return runs

    @staticmethod
    def number(known: dict[Any, int], what: Any) -> int:
        """The number of something on this page."""
        return known.setdefault(what, len(known))

    def named(self, whose: Grid, layer: str) -> str:
        """Whose a line is, as the page says it: the layer, where nobody speaks."""
        shown = []
        for who in whose.values.flat:
            apart = who == "none" and layer != "session"
            name = layer if apart else surname_of(self.session, who)
            colour = colours(self.session).get(who)
            shown.append(self.number(self.names, (self.rank[who], name, colour)))
        return as_json(whose, shown)


def as_json(grid: Grid, values: Any = None) -> str:
    """A grid as JSON: its axes as [decision, place of each option], and in one row its values, or
    what is given for them."""
    if values is None:
        values = [v if isinstance(v, str) else v.item() for v in grid.values.flat]
    order = list(DECISIONS)
    axes = [[order.index(name), places] for name, places in grid.axes]
    return json.dumps([axes, values], ensure_ascii=False, separators=(",", ":"))


def as_it_stands(session: Any, evidence: Evidence) -> Lines:
    """The lines of a choice that is read in a way of its own, or by the edition alone."""
    rows = evidence.rows(session)
    whose = rows.speaker.astype("object").where(rows.speaker.notna(), "none")
    counts = Grid((), np.array(True))
    return Lines(
        list(rows.sentence),
        list(zip(rows.start, rows.end)),
        [counts] * len(rows),
        [Grid((), np.array(who, dtype=object)) for who in whose],
    )
