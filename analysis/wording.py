"""Evidence, units and names in plain words."""

from __future__ import annotations

from analysis.evidence import Evidence
from analysis.measures import name_of, surname_of
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
