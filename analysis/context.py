"""Evidence as a reader sees it: said in plain words, and as lines with the keyword in the middle.

In a notebook ``in_context(session, "terms family=neutrality")`` shows what a number counts; the
address that a chart's mark carries (``evidence:terms?family=neutrality``) will do as well.
"""

from __future__ import annotations

import html

from analysis.chart import Page
from analysis.evidence import Evidence, concordance
from analysis.figures.drawing import colours
from analysis.measures import name_of, speakers, surname_of
from analysis.readings import DECISIONS
from analysis.session import Session

#: What the rows of a table are called, one and several.
UNITS = {
    "sentences": ("sentence", "sentences"),
    "words": ("word", "words"),
    "speeches": ("turn", "turns"),
    "mentions": ("mention", "mentions"),
    "terms": ("mention", "mentions"),
    "reported": ("passage in other people’s words", "passages in other people’s words"),
    "abbreviations": ("abbreviation", "abbreviations"),
    "doubts": ("doubted sentence", "doubted sentences"),
    "notes": ("note", "notes"),
    "people": ("person", "people"),
    "differences": ("difference", "differences"),
    "finds": ("word", "words"),
}
KINDS = {"person": "People", "organisation": "Bodies", "place": "Places", "date": "Dates and times"}
#: Values that a reader would not understand as they are, by column; ``{}`` is the value.
PLAIN = {
    "layer": {
        "all": "in all layers",
        "archive": "in the archive’s record",
        "heading": "in the heading",
        "notes": "in the translator’s notes",
        "session": "in the session",
    },
    "type": {
        "toponym": "named",
        "adjective": "as an adjective",
        "demonym": "as a people",
        "institution": "as an institution",
        "generic": "by a generic word",
    },
    "standing": {"unattributed": "nobody named", "doubted": "may be doubted"},
    "written": {"full": "written in full"},
    "taking_part": {"True": "listed as taking part", "False": "not listed as taking part"},
    "speeches": {"0": "without a turn", "*": "with {} turns"},
    "certainty": {"*": "{} certainty"},
    "sense": {"*": "“{}”"},
    "direct": {"True": "as somebody’s own wording", "False": "reported"},
}
ORDER = (
    "result",
    "difference",
    "family",
    "kind",
    "entity",
    "type",
    "sense",
    "written",
    "speaker",
    "standing",
)
LONG = 40  # characters of a keyword that still fit into a line


def in_words(session: Session, evidence: Evidence, counted: bool = True) -> str:
    """What is chosen, and how much it is: “Counterrevolution, Kádár, inferred: 7 mentions”."""
    where = dict(evidence.where)
    parts = []
    for column in sorted(where, key=lambda c: (ORDER.index(c) if c in ORDER else len(ORDER), c)):
        if (column, where[column]) == ("layer", "session") or (
            column == "kind" and "entity" in where and where["entity"] != "none"
        ):
            continue
        parts.append(
            " or ".join(
                dict.fromkeys(
                    value_in_words(session, column, value) for value in where[column].split("|")
                )
            )
        )
    if "nobody named" in parts[:-1] and parts[-1] == "nobody named":
        parts.pop()  # a speaker and his standing alike
    title = ", ".join(parts) or {
        "terms": "All families of terms",
        "mentions": "All that is named",
    }.get(evidence.table, "The whole session")
    otherwise = "; ".join(
        DECISIONS[name].answers[answer].says for name, answer in evidence.reading.answers
    )
    title = title[:1].upper() + title[1:] + (f" (read otherwise: {otherwise})" if otherwise else "")
    return f"{title}: {number_of(evidence.count(session), evidence.table)}" if counted else title


def number_of(count: int, table: str) -> str:
    """A number with what it counts."""
    return f"{count:,} {UNITS[table][count != 1]}"


def value_in_words(session: Session, column: str, value: str) -> str:
    """One condition as a reader would say it."""
    if column == "speaker":
        return surname_of(session, value)
    if column == "word":
        return f"“{session.words.set_index('word').norm[value]}”"
    if column in ("entity", "person", "candidate", "source"):
        return name_of(session, value) if value != "none" else "no single one"
    if column == "kind":
        return KINDS.get(value, value)
    known = PLAIN.get(column, {})
    return known.get(value, known.get("*", "{}")).format(value)


def in_context(session: Session, evidence: Evidence | str) -> Page:
    """The lines behind a number, speaker by speaker, the keyword in the middle of each."""
    evidence = Evidence.parse(evidence) if isinstance(evidence, str) else evidence
    title = in_words(session, evidence)
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
