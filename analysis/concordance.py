"""The lines behind a number, the keyword in the middle of each: as a table and as HTML.

In a notebook ``in_context(session, "terms family=neutrality")`` shows what a number counts; the
address that a chart's mark carries (``evidence:terms?family=neutrality``) will do as well.
"""

from __future__ import annotations

import html
import re
from typing import Any, NamedTuple

import pandas as pd
from jinja2 import Environment, PackageLoader

from analysis.alignment import markup_of
from analysis.calls import for_readers
from analysis.colours import colours
from analysis.evidence import Evidence
from analysis.measures import speakers
from analysis.page import Page
from analysis.session import Session
from analysis.wording import described, surname_of

TEMPLATES = Environment(loader=PackageLoader("analysis"), autoescape=True)
BLANKS = re.compile(r"\s+")
LONG = 40  # characters of a keyword that still fit into a line


class Line(NamedTuple):
    """A row that is counted, in its sentence: what stands before it, itself, and what follows."""

    item: int
    layer: str
    speaker: Any  # an id; not a number where nobody is named
    sentence: str
    left: str
    keyword: str
    right: str


@for_readers
def concordance(session: Session, evidence: Evidence | str) -> pd.DataFrame:
    """Keyword in context, a row for each row chosen.

    ``item layer speaker sentence left keyword right``.
    """
    evidence = evidence if isinstance(evidence, Evidence) else Evidence.parse(evidence)
    return pd.DataFrame(in_sentences(session, evidence), columns=list(Line._fields))


def in_sentences(session: Session, evidence: Evidence) -> list[Line]:
    """The rows chosen, each in its sentence."""
    lines = []
    for number, row in enumerate(evidence.row_by_row(session), 1):
        home, *text = in_sentence(session, row.sentence, row.start, row.end)
        lines.append(Line(number, home.layer, row.speaker, home.sentence, *text))
    return lines


def in_sentence(
    session: Session, sentence: object, start: int, end: int
) -> tuple[Any, str, str, str]:
    """A place in the text as a line shows it: the row of its sentence, what stands there before it,
    itself, and what stands after it.

    What stands in no sentence, a label, is shown with the sentence that follows.
    """
    show = characters(session)
    rows = session.base.once(
        "sentences by id",
        lambda: {row.sentence: row for row in session.base.sentences.itertuples()},
    )
    home = rows.get(sentence)
    if home is None:
        home = min((s for s in rows.values() if s.start >= end), key=lambda s: s.start)
    begin = start
    if end > home.start:
        begin, start, end = home.start, max(start, home.start), min(end, home.end)
    left, keyword, right = (
        one_line("".join(show[a:b])) for a, b in ((begin, start), (start, end), (end, home.end))
    )
    return home, left, keyword.strip(), right


def characters(session: Session) -> list[str]:
    """The transcript's characters without its mark-up and without references to notes."""

    def make() -> list[str]:
        edition = session.edition
        known = list(edition.transcript)
        for i in markup_of(edition.transcript):
            known[i] = ""
        for element in edition.root.iter("{*}ref"):
            if element.get("type") == "note":
                a, b = edition.place_of(element)
                known[a:b] = [""] * (b - a)
        return known

    return session.base.once("shown", make)


def one_line(text: str) -> str:
    """Text with every run of blanks closed up to one."""
    return BLANKS.sub(" ", text)


@for_readers
def in_context(session: Session, evidence: Evidence | str) -> Page:
    """The lines behind a number, speaker by speaker, the keyword in the middle of each."""
    evidence = evidence if isinstance(evidence, Evidence) else Evidence.parse(evidence)
    title = described(session, evidence)
    return Page(f"<p><b>{html.escape(title)}</b></p>{lines(session, evidence)}", title)


def lines(session: Session, evidence: Evidence) -> str:
    """A table of keywords in context, a row for each item, speaker by speaker.

    Whole sentences where a keyword is too long for a line.
    """
    found = in_sentences(session, evidence)
    if not found:
        return "<p>Nothing in the document answers to this.</p>"
    order = {speaker: i for i, speaker in enumerate([*speakers(session), "none"])}
    names, colour = {who: surname_of(session, who) for who in order}, colours(session)
    rows: list[dict[str, Any]] = []
    for line in sorted(found, key=lambda line: order[speaker_of(line)]):
        who = speaker_of(line)
        called = line.layer if who == "none" and line.layer != "session" else names[who]
        first = not rows or rows[-1]["speaker"] != who
        own = {"speaker": who, "who": called, "colour": colour[who], "first": first}
        rows.append(line._asdict() | own)
    width = max(len(line.keyword) for line in found)
    whole = width > LONG
    return TEMPLATES.get_template("concordance.html").render(
        rows=rows,
        whole=whole,
        width=width,
        heads=["Sentence", "Speaker", *(["Text"] if whole else ["Before", "Keyword", "After"])],
    )


def speaker_of(line: Line) -> str:
    """The id of the speaker of a line, or ``none``."""
    return line.speaker if isinstance(line.speaker, str) else "none"
