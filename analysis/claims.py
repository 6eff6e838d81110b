"""Results and claims, and what becomes of them under every reading.

A *result* is a count, or the share that one count has of another.  A *claim* is a sentence that is
true or false of the tables: a test of a few counts.  Both are written in a TOML file in the short
form of :mod:`analysis.evidence`; :mod:`analysis.claims_file` reads it.  Each can be asked under
every combination of the decisions that change it in a session; what a claim *rests on* are the
decisions that make it false when they are taken otherwise.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.decisions import DECISIONS, Decision
from analysis.errors import AskError
from analysis.evidence import Evidence
from analysis.readings import Reading, choices
from analysis.session import Session
from analysis.tallies import Choice, every_tally
from analysis.vocabulary import check_value
from analysis.wording import joined, percent


@dataclass(frozen=True)
class Result:
    """A number that is stated: a count, or its share of a larger count (0 to 1)."""

    name: str
    says: str
    part: Evidence
    whole: Evidence | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The counts that it is made of."""
        return (Choice(self.part), *([Choice(self.whole)] if self.whole else []))

    @property
    def reads(self) -> frozenset[str]:
        """The tables and columns that it is counted from."""
        return frozenset().union(*(choice.reads for choice in self.choices))

    def counts(self, session: Session) -> tuple[int, int | None]:
        """The count, and the count that it is a share of (None where it is no share)."""
        return in_pairs(choice.tally(session) for choice in self.choices)

    def value(self, session: Session) -> float:
        """The count or the share."""
        return share(*self.counts(session))

    def written(self, value: float) -> str:
        """A value of this result as a reader is shown it."""
        if not self.whole:
            return f"{value:,.0f}"
        return "no share" if math.isnan(value) else percent(value)


def in_pairs(tallies: Iterable[Counter]) -> tuple[int, int | None]:
    """Count and whole from the tallies of a result."""
    part, *whole = (tally[""] for tally in tallies)
    return part, whole[0] if whole else None


def share(part: int, whole: int | None) -> float:
    """The count, or its share of the whole; a share of nothing is no number (``nan``)."""
    if whole is None:
        return part
    return part / whole if whole else math.nan


@dataclass(frozen=True)
class Claim:
    """A sentence, the counts that it is about, and the test of these counts.

    ``names`` are a table, a column of it and the value that the claim names there.
    """

    name: str
    says: str
    choices: tuple[Choice, ...]
    test: Callable[..., bool]
    evidence: Evidence
    names: tuple[str, str, str] | None = None

    @property
    def reads(self) -> frozenset[str]:
        """The tables and columns that it is counted from."""
        return frozenset().union(*(choice.reads for choice in self.choices))

    def holds(self, session: Session) -> bool:
        """Whether it is true of a session, which may be a reading.

        Raises :class:`analysis.errors.AskError` where it names somebody or something unknown.
        """
        if self.names:
            check_value(session, *self.names)
        return self.test(*(choice.tally(session) for choice in self.choices))


# The forms of a claim -----------------------------------------------------------------------------


def most_rows_have(name: str, says: str, rows: Evidence, by: str, value: str) -> Claim:
    """Most rows have this value: more than have any other."""

    def test(tally: Counter) -> bool:
        return tally[value] > max((n for v, n in tally.items() if v != value), default=0)

    chosen = Evidence.checked(rows.table, {**rows.conditions, by: value}, Reading())
    return Claim(name, says, (Choice(rows, by),), test, chosen, (rows.table, by, value))


def all_rows_have(name: str, says: str, rows: Evidence, by: str, value: str) -> Claim:
    """There are such rows, and all of them have this value."""

    def test(tally: Counter) -> bool:
        return {v for v, n in tally.items() if n} == {value}

    return Claim(name, says, (Choice(rows, by),), test, rows, (rows.table, by, value))


def part_is_over_half(name: str, says: str, part: Evidence, whole: Evidence) -> Claim:
    """The part is more than half of the whole."""
    return Claim(name, says, (Choice(part), Choice(whole)), lambda a, b: 2 * a[""] > b[""], part)


def more_of_these(name: str, says: str, rows: Evidence, than: Evidence) -> Claim:
    """There are more of these than of those."""
    return Claim(name, says, (Choice(rows), Choice(than)), lambda a, b: a[""] > b[""], rows)


def no_such_rows(name: str, says: str, rows: Evidence) -> Claim:
    """There are no such rows."""
    return Claim(name, says, (Choice(rows),), lambda a: not a[""], rows)


# Under every reading ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Verdict:
    """In which readings a claim holds, and in which it does not.

    ``touched`` says whether there is a decision that could have changed what it counts.
    """

    claim: Claim
    holds: tuple[Reading, ...]
    fails: tuple[Reading, ...]
    touched: bool = True

    @property
    def readings(self) -> int:
        """In how many readings it was asked."""
        return len(self.holds) + len(self.fails)

    @property
    def breaks(self) -> tuple[Reading, ...]:
        """The readings that are enough to make it false: no option could be left out."""
        sets = [set(reading.options) for reading in self.fails]
        least = [one for one in sets if not any(other < one for other in sets)]
        return tuple(reading for reading in self.fails if set(reading.options) in least)

    @property
    def rests_on(self) -> tuple[tuple[Decision, ...], ...]:
        """The decisions that make it false when they are taken otherwise: alone, or several
        together.

        Single decisions come first; a group is left out where a part of it is enough.
        """
        sets = [tuple(name for name, _ in reading.options) for reading in self.breaks]
        least = [one for one in dict.fromkeys(sets) if not any(set(o) < set(one) for o in sets)]
        order = list(DECISIONS)
        least.sort(key=lambda names: (len(names), [order.index(name) for name in names]))
        return tuple(tuple(DECISIONS[name] for name in names) for names in least)

    @property
    def phrase(self) -> str:
        """“rests on …”, “holds in every reading” or, where there was nothing to choose,
        “no decision touches it”, for a sentence of prose."""
        if not self.touched:
            return "no decision touches it"
        groups = [" together with ".join(d.about for d in group) for group in self.rests_on]
        return f"rests on {joined(groups)}" if groups else "holds in every reading"


def verdict(session: Session, claim: Claim) -> Verdict:
    """Ask a claim under every combination of the decisions that change it in this session.

    Raises :class:`analysis.errors.AskError` if it does not hold as the edition reads the session:
    then it is no claim to make.
    """
    if not claim.holds(session):
        raise AskError(f"“{claim.says}” ({claim.name}) does not hold as the edition reads it.")
    asked = every_tally(session, *claim.choices)
    held = [reading for reading, tallies in asked.items() if claim.test(*tallies)]
    own = asked[Reading()]
    # nothing counted everywhere may still have been put to the test; the same count was not
    touched = len(asked) > 1 and not (any(own) and all(found == own for found in asked.values()))
    return Verdict(claim, tuple(held), tuple(r for r in asked if r not in set(held)), touched)


def rests_on(session: Session, claim: Claim) -> tuple[tuple[Decision, ...], ...]:
    """The decisions that make a claim false when they are taken otherwise; see :class:`Verdict`."""
    return verdict(session, claim).rests_on


def under_every_reading(session: Session, result: Result) -> pd.DataFrame:
    """A result under every combination of the decisions that change it in this session, the
    edition's own first.

    A row a reading: a column for each of these decisions with its option, then ``count``, ``of``
    (the count that it is a share of), ``value``.
    """
    decisions, rows = list(choices(session, result.reads)), []
    for reading, tallies in every_tally(session, *result.choices).items():
        options = dict(reading.options)
        part, whole = in_pairs(tallies)
        chosen = [options.get(name, DECISIONS[name].default) for name in decisions]
        rows.append([*chosen, part, whole, share(part, whole)])
    return pd.DataFrame(rows, columns=[*decisions, "count", "of", "value"])


def what_moves_it(session: Session, result: Result) -> pd.DataFrame:
    """What one decision alone does to a result: ``decision option count of value evidence``, the
    furthest first.

    Every option but the edition's own that changes the session, all other decisions left as they
    are.
    """
    own, rows = result.value(session), []
    for reading, tallies in every_tally(session, *result.choices).items():
        if len(reading.options) == 1:
            part, whole = in_pairs(tallies)
            under = Evidence(result.part.table, result.part.where, reading)
            rows.append((*reading.options[0], part, whole, share(part, whole), under.address))
    frame = pd.DataFrame(rows, columns=["decision", "option", "count", "of", "value", "evidence"])
    order = list(DECISIONS)
    far = (frame.value - own).abs()
    frame = frame.assign(far=far, at=frame.decision.map(order.index))
    frame = frame.sort_values(["far", "at"], ascending=[False, True], kind="stable")
    return frame.drop(columns=["far", "at"]).reset_index(drop=True)
