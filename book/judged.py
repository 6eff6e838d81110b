"""A class's reading in every page: what its script has to know, written when the book is built.

A teacher switches it on where the class's ballots are counted, or sends it in an address as a code.
Numbers and shares that change with whose a sentence is are then counted anew in the page, from how
many rows each sentence holds (:mod:`analysis.recounts`), and a chart with marks for whomever a
class may name follows; all else stays the edition's, and says so.
``class.js`` holds what is needed for it, and is asked for only then.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

from lxml import html
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from analysis.ballots import NOT_HIS, UNKNOWN, nobodies, questions
from analysis.evidence import Evidence
from analysis.recounts import follows, homes, is_left, recount
from analysis.session import Session
from analysis.wording import surname_of
from analysis.workshop import code
from book.building import made_from
from book.evidence.domain import evidence_of
from book.session import source
from book.switches import all_asked

DATA = "class.js"
#: What a class's code says of a sentence to which no answer has a majority, too.
NOBODYS = "nobody’s (no majority, or can’t be known)"
LEFT = "left"  # of a number that would have to follow, and can't


class Recounts:
    """How numbers are counted anew: each by a name that comes from what is asked alone, so that it
    is the same in a page that a later build leaves as it is; the rows of sentences by their place.
    """

    def __init__(self, session: Session, asked: Iterable[str]):
        self.session = session
        self.order = {home[0]: place for place, home in enumerate(homes(session))}
        self.rows: dict[str, int] = {}
        self.numbers: dict[str, list[Any]] = {}
        self.name_of = {ask: name for ask in sorted(asked) if (name := self.name(ask))}

    def name(self, ask: str) -> str:
        """The name of the number of an address, or of a share of two; none if it can't change;
        :data:`LEFT` if it may, and can't be counted anew."""
        if not ask.startswith("evidence:"):
            return ""
        sides = [Evidence.parse(one) for one in ask.split(" / ")]
        if any(side.reading.options for side in sides):
            return ""
        if any(map(is_left, sides)):
            return LEFT
        if not any(map(follows, sides)):
            return ""
        name = f"{crc32(ask.encode()):x}"
        if name in self.numbers:
            raise ValueError(f"two numbers have one name: {ask}")
        self.numbers[name] = [self.side(side) for side in sides]
        return name

    def side(self, evidence: Evidence) -> Any:
        """A count by the place of its rows and what their sentences must be, or one that stays."""
        if not follows(evidence):
            return evidence.count(self.session)
        how = recount(self.session, evidence)
        rows = [[self.order.get(name, -1), count] for name, count in how.rows]
        told = json.dumps(rows, separators=(",", ":"))
        return [self.rows.setdefault(told, len(self.rows)), dict(how.where)]

    def script(self) -> str:
        """The script that a page asks for."""
        asked = questions(self.session)
        speakers = dict.fromkeys(self.session.speeches.speaker.dropna())
        told = {
            "code": code(),
            "questions": [[q.id, list(q.answers)] for q in asked],
            "kinds": {q.id: q.kind for q in asked if q.kind in ("speaker", "until")},
            "says": {
                **next((q.answers for q in asked if q.kind == "speaker"), {}),
                UNKNOWN: NOBODYS,
            },
            "nobody": nobodies(self.session),
            "notHis": list(NOT_HIS),
            "names": {who: surname_of(self.session, who) for who in speakers},
            "homes": homes(self.session),
        }
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        rows, numbers = ",".join(self.rows), json.dumps(self.numbers, separators=(",", ":"))
        return f'judged.know({{"rows":[{rows}],"numbers":{numbers},{text[1:]});\n'


class Judged:
    """What a build has found out for a class's reading of its pages."""

    def __init__(self) -> None:
        self.name_of: dict[str, str] = {}  # what is asked, and the name of its number
        self.made: Callable[[], dict[str, str]] | None = None  # gives them, once they are there

    def count_all(self, app: Sphinx, env: BuildEnvironment) -> None:
        """When all pages are read: begin to write what the class's reading has to know."""
        if app.builder.name != "html":
            return
        asked = sorted(all_asked(evidence_of(env)))

        def write() -> dict[str, str]:
            found = Recounts(source.session, asked)
            Path(app.outdir, DATA).write_text(found.script(), encoding="utf-8")
            return found.name_of

        self.made = made_from(app, "judged", asked, write, DATA)

    def before_pages(self, app: Sphinx, builder: Builder) -> None:
        """Before pages are written: the names of the numbers."""
        if self.made:
            self.name_of = self.made()

    def number(
        self, app: Sphinx, page: str, context: dict[str, Any], root: html.HtmlElement
    ) -> None:
        """Name each number of a page that a class's reading can change."""
        for element in root.xpath(".//*[@data-asks]"):
            name = self.name_of.get(element.get("data-asks"))
            if name:
                element.set("data-c", name)
        for chart in root.xpath(".//figure[@class='chart'][not(@data-anyone)]"):
            once(chart)


def once(chart: html.HtmlElement) -> None:
    """Have the drawings of a chart that does not follow not name again what its table names."""
    named = chart.xpath(".//*[@data-c]")
    drawn = {mark for svg in chart.iter("svg") for mark in svg.iter()}
    told = {element.get("data-c") for element in named if element not in drawn}
    for element in named:
        if element in drawn and element.get("data-c") in told:
            del element.attrib["data-c"]


def setup(app: Sphinx) -> dict[str, Any]:
    """Count before pages are written; name numbers before book.switches takes their question."""
    judged = Judged()
    app.connect("env-updated", judged.count_all, priority=400)
    app.connect("write-started", judged.before_pages)
    app.connect("page-parsed", judged.number, priority=790)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
