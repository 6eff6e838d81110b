"""The lines behind a number, the keyword in the middle of each: as a table and as HTML.

In a notebook ``in_context(session, "terms family=neutrality")`` shows what a number counts; the
address that a chart's mark carries (``evidence:terms?family=neutrality``) will do as well.
"""

from __future__ import annotations

import html
import re

import pandas as pd

from analysis.alignment import markup_of
from analysis.chart import Page
from analysis.colours import colours
from analysis.evidence import Evidence
from analysis.measures import speakers
from analysis.session import Session
from analysis.wording import described, surname_of

LONG = 40  # characters of a keyword that still fit into a line


def concordance(session: Session, evidence: Evidence | str) -> pd.DataFrame:
    """Keyword in context: ``item layer speaker sentence left keyword right``, a row for each row chosen."""
    evidence = Evidence.parse(evidence) if isinstance(evidence, str) else evidence
    rows, show = evidence.rows(session), shown(session)
    home = session.base.once(
        "sentences by id",
        lambda: {row.sentence: row for row in session.base.sentences.itertuples()},
    )
    lines = []
    for number, row in enumerate(rows.itertuples(), 1):
        sentence = home.get(row.sentence)
        if sentence is None:
            sentence = min((s for s in home.values() if s.start >= row.end), key=lambda s: s.start)
        if row.end <= sentence.start:  # a label: it is shown with the sentence that follows
            begin, start, end = row.start, row.start, row.end
        else:
            begin, start, end = (
                sentence.start,
                max(row.start, sentence.start),
                min(row.end, sentence.end),
            )
        left, keyword, right = (
            "".join(show[a:b]) for a, b in ((begin, start), (start, end), (end, sentence.end))
        )
        lines.append(
            (
                number,
                sentence.layer,
                row.speaker,
                sentence.sentence,
                one_line(left),
                one_line(keyword).strip(),
                one_line(right),
            )
        )
    return pd.DataFrame(
        lines, columns=["item", "layer", "speaker", "sentence", "left", "keyword", "right"]
    )


def shown(session: Session) -> list[str]:
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
    return re.sub(r"\s+", " ", text)


def in_context(session: Session, evidence: Evidence | str) -> Page:
    """The lines behind a number, speaker by speaker, the keyword in the middle of each."""
    evidence = Evidence.parse(evidence) if isinstance(evidence, str) else evidence
    title = described(session, evidence)
    return Page(f"<p><b>{html.escape(title)}</b></p>{lines(session, evidence)}", title)


def lines(session: Session, evidence: Evidence) -> str:
    """A table of keywords in context, a row for each item; whole sentences where there is no keyword."""
    rows = concordance(session, evidence)
    if rows.empty:
        return "<p>Nothing in the document answers to this.</p>"
    order = {speaker: i for i, speaker in enumerate([*speakers(session), "none"])}
    rows = rows.assign(speaker=rows.speaker.astype("object").where(rows.speaker.notna(), "none"))
    rows = rows.iloc[sorted(range(len(rows)), key=lambda i: order[rows.speaker.iloc[i]])]  # stable
    whole = rows.keyword.str.len().max() > LONG
    heads = ("Sentence", "Speaker", *(["Text"] if whole else ["Before", "Keyword", "After"]))
    body = "".join(
        line(session, row, whole, row.speaker != before)
        for row, before in zip(rows.itertuples(), [None, *rows.speaker])
    )
    wide = "" if whole else f' style="--keyword:{rows.keyword.str.len().max()}ch"'
    return (
        f'<table class="{"whole" if whole else "kwic"} sortable asc"{wide}><thead><tr>{"".join(f"<th>{h}</th>" for h in heads)}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def line(session: Session, row, whole: bool, first: bool) -> str:
    """One row of the table; ``first`` of its speaker."""
    who = (
        surname_of(session, row.speaker)
        if row.speaker != "none" or row.layer == "session"
        else row.layer
    )
    left, keyword, right = (
        html.escape(text, quote=False) for text in (row.left, row.keyword, row.right)
    )
    marked = (
        f"<mark>{keyword}</mark>" if left or right else keyword
    )  # a whole sentence needs no mark
    cells = (
        f"<td>{left}{marked}{right}</td>"
        if whole
        else (
            f'<td class="left" style="text-align:right"><bdi>{left.strip()}</bdi></td><td class="keyword"><mark>{keyword}</mark></td><td class="right">{right}</td>'
        )
    )
    return (
        f'<tr data-item{" class=first" if first else ""}><td data-sort="{row.item}"><a href="sentence:{row.sentence}">{row.sentence}</a></td>'
        f'<td class="who" style="--speaker:{colours(session)[row.speaker]}">{html.escape(who)}</td>{cells}</tr>'
    )
