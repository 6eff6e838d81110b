"""Readings: the editorial decisions as switches.

A *decision* is a question that an editor had to answer, with the answers that another editor could
give.  An answer is a set of functions, one for each table that it changes, from the old table to
the new one.  A *reading* answers some of the questions otherwise than the edition does; applied to
a session it gives a session, so that whatever can be measured can be measured under any reading.
The decisions themselves are in
:mod:`analysis.decisions`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.schema import DERIVED
from analysis.session import Session

#: From the old table, the old session and the new session to the new table.
Change = Callable[[pd.DataFrame, Session, Session], pd.DataFrame]


@dataclass(frozen=True, eq=False)
class Answer:
    """One answer to a decision: what it does, in words, and the change it makes in each table.

    A change may add, drop or alter any row; where it alters nothing but some columns, ``only`` names
    them by table, so that nobody looks for the difference where there is none.
    """

    says: str
    changes: Mapping[str, Change] = field(default_factory=dict)
    only: Mapping[str, str] = field(default_factory=dict)

    def touches(self, reads: frozenset[str]) -> bool:
        """Whether a result that reads these tables and ``table.column``s can differ under this answer."""
        for table in {
            *self.changes,
            *(t for t, made_from in DERIVED.items() if made_from & self.changes.keys()),
        }:
            columns = (
                {f"{table}.{column}" for column in self.only[table].split()}
                if table in self.only
                else {read for read in reads if read.partition(".")[0] == table}
            )
            if columns & reads:
                return True
        return False


@dataclass(frozen=True)
class Decision:
    """A question of editing and its answers by name; the first is the edition's own."""

    name: str
    question: str
    answers: Mapping[str, Answer]

    @property
    def default(self) -> str:
        """The edition's own answer."""
        return next(iter(self.answers))

    def touches(self, reads: frozenset[str]) -> bool:
        """Whether some answer can change a result that reads these tables and columns."""
        return any(answer.touches(reads) for answer in self.answers.values())


DECISIONS: dict[str, Decision] = {}


def decide(name: str, question: str, **answers: Answer) -> Decision:
    """Add a decision; names of answers have an underscore where a reader sees a blank."""
    DECISIONS[name] = Decision(
        name, question, {a.replace("_", " "): what for a, what in answers.items()}
    )
    return DECISIONS[name]


@dataclass(frozen=True)
class Reading:
    """Answers by decision, for those decisions that are answered otherwise than in the edition.

    ``Reading(opening="nobody")``; ``Reading()`` is the edition's own.  Raises ``ValueError`` for a
    decision or an answer that there is not.
    """

    answers: tuple[tuple[str, str], ...] = ()

    def __init__(self, **answers: str):
        for name, answer in answers.items():
            if name not in DECISIONS:
                raise ValueError(f"no decision {name!r}; there are: {', '.join(DECISIONS)}")
            if answer not in DECISIONS[name].answers:
                raise ValueError(
                    f"no answer {answer!r} to {name!r}; there are: {', '.join(DECISIONS[name].answers)}"
                )
        other = {n: a for n, a in answers.items() if a != DECISIONS[n].default}
        object.__setattr__(self, "answers", tuple((n, other[n]) for n in DECISIONS if n in other))

    def of(self, session: Session) -> Session:
        """The session as this reading has it."""
        if not self.answers:
            return session
        *before, (name, answer) = self.answers
        changes = DECISIONS[name].answers[answer].changes
        means = tuple(
            DECISIONS[n].answers[a] for n, a in self.answers
        )  # a decision that is made anew is another
        return session.once(
            (self, means), lambda: Reading(**dict(before)).of(session).changed(changes)
        )

    def __str__(self) -> str:
        return (
            "; ".join(f"{name}: {answer}" for name, answer in self.answers)
            or "the edition's own reading"
        )


def touching(reads) -> list[Decision]:
    """The decisions that can change a result which reads these tables and ``table.column``s."""
    return [decision for decision in DECISIONS.values() if decision.touches(frozenset(reads))]


def readings_of(reads) -> list[Reading]:
    """Every combination of the answers to the decisions that can change such a result, the edition's own first."""
    decisions = touching(reads)
    return [
        Reading(**{d.name: answer for d, answer in zip(decisions, answers)})
        for answers in itertools.product(*(decision.answers for decision in decisions))
    ]
