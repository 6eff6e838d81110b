"""Results and claims, and what becomes of them under every reading.

A *result* is a count, or the share that one count has of another.  A *claim* is a sentence that is
true or false of the tables: a function from a session to yes or no.  Both are written in a TOML
file in the short form of :mod:`analysis.evidence`; :func:`read_claims` says how.  Since a reading of a session is a
session, each can be asked under every combination of the decisions that can touch it.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.evidence import Evidence, column, known_columns, sources
from analysis.readings import Reading, readings_of, touching
from analysis.session import Session
from analysis.tei import EditionError


@dataclass(frozen=True)
class Result:
    """A number that the book states: a count, or its share of a larger count (0 to 1)."""

    name: str
    says: str
    part: Evidence
    whole: Evidence | None = None

    @property
    def reads(self) -> frozenset[str]:
        """The tables and columns that it is counted from."""
        return self.part.reads | (self.whole.reads if self.whole else frozenset())

    def counts(self, session: Session) -> tuple[int, int | None]:
        """The count, and the count that it is a share of (None where it is no share)."""
        return how_many(session, self.part), how_many(session, self.whole) if self.whole else None

    def value(self, session: Session) -> float:
        """The count or the share."""
        return self.share(*self.counts(session))

    @staticmethod
    def share(part: int, whole: int | None) -> float:
        """The count, or its share of the whole."""
        return part if whole is None else part / whole if whole else 0.0

    def written(self, value: float) -> str:
        """A value of this result as a reader is shown it."""
        if not self.whole:
            return f"{value:,.0f}"
        return f"{value:.1%}" if 0 < value < 0.01 else f"{value:.0%}"


@dataclass(frozen=True)
class Claim:
    """A sentence, the tables and columns that it rests on, and the test whether it holds in a session."""

    name: str
    says: str
    reads: frozenset[str]
    holds: Callable[[Session], bool]
    evidence: Evidence


@dataclass(frozen=True)
class Verdict:
    """In which readings a claim holds, and in which it does not."""

    claim: Claim
    holds: tuple[Reading, ...]
    fails: tuple[Reading, ...]

    @property
    def readings(self) -> int:
        """In how many readings it was asked."""
        return len(self.holds) + len(self.fails)


def how_many(session: Session, evidence: Evidence) -> int:
    """The rows chosen in a session that has been read already."""
    return int(np.count_nonzero(evidence.chosen(session)))


def values(session: Session, evidence: Evidence, by: str) -> Counter:
    """How many of the rows chosen have each value of a column."""
    return Counter(column(session, evidence.table, by)[evidence.chosen(session)])


def most(rows: Evidence, by: str, value: str):
    """Most rows have this value: more than have any other."""

    def holds(session: Session) -> bool:
        counted = values(session, rows, by)
        return counted[value] > max(
            (n for other, n in counted.items() if other != value), default=0
        )

    return (
        rows.reads | sources(rows.table, by),
        holds,
        Evidence.of(rows.table, **{**dict(rows.where), by: value}),
    )


def only(rows: Evidence, by: str, value: str):
    """There are such rows, and all of them have this value."""
    return (
        rows.reads | sources(rows.table, by),
        lambda session: set(values(session, rows, by)) == {value},
        rows,
    )


def mostly(part: Evidence, of: Evidence):
    """The part is more than half of the whole."""
    return (
        part.reads | of.reads,
        lambda session: 2 * how_many(session, part) > how_many(session, of),
        part,
    )


def more(rows: Evidence, than: Evidence):
    """There are more of these than of those."""
    return (
        rows.reads | than.reads,
        lambda session: how_many(session, rows) > how_many(session, than),
        rows,
    )


def none(rows: Evidence):
    """There are no such rows."""
    return rows.reads, lambda session: how_many(session, rows) == 0, rows


#: The forms of a claim: by its first word in the file, what else it says, and the function that makes it.
FORMS = {
    "most": (most, ("by", "is")),
    "only": (only, ("by", "is")),
    "mostly": (mostly, ("of",)),
    "more": (more, ("than",)),
    "none": (none, ()),
}


def read_claims(path) -> tuple[dict[str, Result], dict[str, Claim]]:
    """The results and claims of a TOML file, by name.

    ``[results.NAME]`` has ``says`` and ``part`` (a choice of rows in its short form), and ``whole`` if it
    is a share.  ``[claims.NAME]`` has ``says`` and one of the forms ``most`` or ``only`` (with ``by``,
    a column, and ``is``, its value), ``mostly`` (with ``of``), ``more`` (with ``than``) or ``none``.
    Raises :class:`analysis.edition.EditionError` where an entry is not like that.
    """
    path = Path(path)
    try:
        file = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise EditionError(
            f"the claims cannot be read: {error.strerror}", path, todo="Check the path."
        ) from None
    except UnicodeDecodeError:
        raise EditionError(
            "the claims are not UTF-8", path, todo="Convert the file to UTF-8."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise EditionError(f"not a file of claims: {error}", path, todo="Mend the TOML.") from None
    unknown = set(file) - {"results", "claims"}
    if unknown:
        raise EditionError(
            f"[{unknown.pop()}] is neither of results nor of claims",
            path,
            todo="Write [results.NAME] or [claims.NAME].",
        )
    found = []
    for kind, make in (("results", result), ("claims", claim)):
        made = {}
        for name, entry in checked(file.get(kind, {}), kind, path):
            try:
                made[name] = make(name, **entry)
            except (TypeError, ValueError, KeyError) as error:
                raise EditionError(
                    f"[{kind}.{name}]: {error}",
                    path,
                    line_of(f"[{kind}.{name}]", path),
                    "Choose rows as in chapters; a claim takes most or only with by and is, mostly with of, more with than, or none.",
                ) from None
        found.append(made)
    return tuple(found)


def checked(entries, kind: str, path: Path):
    """Entries of the file that are made of texts, one of them ``says``."""
    for name, entry in entries.items() if isinstance(entries, dict) else [(kind, None)]:
        if (
            not isinstance(entry, dict)
            or "says" not in entry
            or not all(isinstance(value, str) for value in entry.values())
        ):
            raise EditionError(
                f"[{kind}.{name}] is not a table of texts with “says” among them",
                path,
                line_of(f"[{kind}.{name}]", path),
                'Write [claims.NAME], says = "…" and what it takes.',
            )
        yield name, entry


def line_of(head: str, path: Path) -> int | None:
    """The line of the file in which an entry begins."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.strip() == head), None)


def chosen(text: str) -> Evidence:
    """A choice of rows that leaves the reading open."""
    evidence = Evidence.parse(text)
    if evidence.reading.answers:
        raise ValueError(f"“{text}” names a reading; it is asked under all of them")
    return evidence


def result(name: str, says: str, part: str, whole: str | None = None) -> Result:
    """A result from its entry in the file."""
    return Result(name, says, chosen(part), chosen(whole) if whole else None)


def claim(name: str, says: str, **form: str) -> Claim:
    """A claim from its entry in the file."""
    known = [word for word in FORMS if word in form]
    if len(known) != 1:
        raise ValueError(f"it takes one of: {', '.join(FORMS)}")
    make, needs = FORMS[known[0]]
    if set(form) != {known[0], *needs}:
        raise ValueError(f"{known[0]} goes with {' and '.join(needs) or 'nothing else'}")
    rows = chosen(form[known[0]])
    if form.get("by", "speaker") not in known_columns(rows.table):
        raise ValueError(
            f"{rows.table} have no {form['by']}; they have: {', '.join(sorted(known_columns(rows.table)))}"
        )
    others = [chosen(form[word]) if word in ("of", "than") else form[word] for word in needs]
    return Claim(name, says, *make(rows, *others))


# Under every reading -----------------------------------------------------------------------------


def verdict(session: Session, claim: Claim) -> Verdict:
    """Ask a claim under every combination of the decisions that can touch it.

    Raises ``ValueError`` if it does not hold as the edition reads the session: then it is no claim to make.
    """
    readings = readings_of(claim.reads)
    outcome = [claim.holds(reading.of(session)) for reading in readings]
    if not outcome[0]:
        raise ValueError(
            f"the claim “{claim.says}” ({claim.name}) does not hold as the edition reads the session"
        )
    return Verdict(
        claim,
        tuple(r for r, yes in zip(readings, outcome) if yes),
        tuple(r for r, yes in zip(readings, outcome) if not yes),
    )


def under_every_reading(session: Session, result: Result) -> pd.DataFrame:
    """A result under every combination of the decisions that can touch it, the edition's own first.

    A row a reading: a column for each of these decisions with its answer, then ``count``, ``of`` (the
    count that it is a share of), ``value``.
    """
    decisions, rows = touching(result.reads), []
    for reading in readings_of(result.reads):
        answers = dict(reading.answers)
        part, whole = result.counts(reading.of(session))
        rows.append(
            [
                *(answers.get(d.name, d.default) for d in decisions),
                part,
                whole,
                result.share(part, whole),
            ]
        )
    return pd.DataFrame(rows, columns=[*(d.name for d in decisions), "count", "of", "value"])


def what_moves_it(session: Session, result: Result) -> pd.DataFrame:
    """What one decision alone does to a result: ``decision answer count of value evidence``, the furthest first.

    Every answer but the edition's own, all other decisions left as the edition has them.
    """
    own, rows = result.value(session), []
    for decision in touching(result.reads):
        for answer in list(decision.answers)[1:]:
            reading = Reading(**{decision.name: answer})
            under = Evidence(result.part.table, result.part.where, reading)
            part, whole = result.counts(reading.of(session))
            rows.append(
                (decision.name, answer, part, whole, result.share(part, whole), under.address)
            )
    frame = pd.DataFrame(rows, columns=["decision", "answer", "count", "of", "value", "evidence"])
    return frame.iloc[
        (frame.value - own).abs().sort_values(ascending=False, kind="stable").index
    ].reset_index(drop=True)


def ranges(session: Session, rows: Evidence, by: str) -> tuple[dict[str, tuple[int, int]], int]:
    """The lowest and the highest count that each value of a column has under any reading, and how many readings that is."""
    readings = readings_of(rows.reads | sources(rows.table, by))
    counted = [values(reading.of(session), rows, by) for reading in readings]
    found = dict.fromkeys(value for c in counted for value in c)
    return {
        value: (min(c[value] for c in counted), max(c[value] for c in counted)) for value in found
    }, len(readings)
