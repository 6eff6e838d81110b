"""Readings: the editorial decisions as switches.

A *decision* is a question that an editor had to answer, with the answers that another editor could
give.  An answer is a set of functions, one for each table that it changes, from the old table to
the new one.  A *reading* answers some of the questions otherwise than the edition does; applied to
a session it gives a session, so that whatever can be measured can be measured under any reading.
To add a decision is to add one :class:`Decision` to :data:`DECISIONS`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.session import Session, senses_of, speeches, table, terms_of, words_by

Change = Callable[[pd.DataFrame, Session], pd.DataFrame]


@dataclass(frozen=True)
class Answer:
    """One answer to a decision: what it does, in words, and the change it makes in each table."""

    says: str
    changes: Mapping[str, Change] = field(default_factory=dict)


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

    @property
    def tables(self) -> frozenset[str]:
        """The tables that some answer changes."""
        return frozenset(t for answer in self.answers.values() for t in answer.changes)


DECISIONS: dict[str, Decision] = {}


def decide(name: str, question: str, **answers: Answer) -> Decision:
    """Add a decision; names of answers have an underscore where a reader sees a blank."""
    DECISIONS[name] = Decision(name, question, {a.replace("_", " "): what for a, what in answers.items()})
    return DECISIONS[name]


@dataclass(frozen=True)
class Reading:
    """Answers by decision, for those decisions that are answered otherwise than in the edition.

    ``Reading(opening="nobody's")``; ``Reading()`` is the edition's own.  Raises ``ValueError`` for a
    decision or an answer that there is not.
    """

    answers: tuple[tuple[str, str], ...] = ()

    def __init__(self, **answers: str):
        for name, answer in answers.items():
            if name not in DECISIONS:
                raise ValueError(f"no decision {name!r}; there are: {', '.join(DECISIONS)}")
            if answer not in DECISIONS[name].answers:
                raise ValueError(f"no answer {answer!r} to {name!r}; there are: {', '.join(DECISIONS[name].answers)}")
        other = {n: a for n, a in answers.items() if a != DECISIONS[n].default}
        object.__setattr__(self, "answers", tuple((n, other[n]) for n in DECISIONS if n in other))

    def of(self, session: Session) -> Session:
        """The session as this reading has it."""
        known = session.__dict__.setdefault("_readings", {})
        if self.answers not in known:
            *before, (name, answer) = self.answers or [(None, None)]
            if name is None:
                return session
            known[self.answers] = Reading(**dict(before)).of(session).changed(DECISIONS[name].answers[answer].changes)
        return known[self.answers]

    def __str__(self) -> str:
        return "; ".join(f"{name}: {answer}" for name, answer in self.answers) or "the edition's own reading"


def readings_of(tables) -> Iterator[Reading]:
    """Every combination of the decisions that can touch these tables, the edition's own first."""
    names = [name for name, decision in DECISIONS.items() if decision.tables & set(tables)]
    for answers in itertools.product(*(DECISIONS[name].answers for name in names)):
        yield Reading(**dict(zip(names, answers)))


def touching(tables) -> list[Decision]:
    """The decisions that can touch these tables."""
    return [decision for decision in DECISIONS.values() if decision.tables & set(tables)]


# Which words there are --------------------------------------------------------------------------

def retokenised(rule: str, apparatus: bool = False) -> dict[str, Change]:
    """The words by another rule, and all that is found in words found anew."""
    make = words_by(rule, apparatus)
    return {
        "words": lambda old, new: make(new),
        "terms": lambda old, new: terms_of(new),
        "senses": lambda old, new: senses_of(new),
        "speeches": lambda old, new: speeches(new),
    }


def with_apparatus(old: pd.DataFrame, new: Session) -> pd.DataFrame:
    """The words, the speakers' labels and list numbers among them, and the headings as session."""
    full = words_by("edition", apparatus=True)(new)
    extra = full[full.sentence.isna()]
    words = pd.concat([old, extra]).sort_values("start", kind="stable", ignore_index=True)
    return words.assign(layer=words.layer.where(words.layer != "heading", "session"))


def as_written(old: pd.DataFrame, new: Session) -> pd.DataFrame:
    """The words with abbreviations left as they stand."""
    return old.assign(norm=old.form.str.lower())


def from_words(make: Change) -> dict[str, Change]:
    """A change of the words, and all that is found in words found anew."""
    return {"words": make, "terms": lambda old, new: terms_of(new), "senses": lambda old, new: senses_of(new),
            "speeches": lambda old, new: recounted(old, new)}


def recounted(speeches: pd.DataFrame, session: Session) -> pd.DataFrame:
    """The speeches with their words and sentences counted again."""
    words, sentences = session.words.speech.value_counts(), session.sentences.speech.value_counts()
    return speeches.assign(words=speeches.speech.map(words).fillna(0).astype("int64"),
                           sentences=speeches.speech.map(sentences).fillna(0).astype("int64"))


# Whose words they are ---------------------------------------------------------------------------

def set_aside(which: Callable[[pd.DataFrame, Session], pd.Series], why: str,
              tables=("sentences", "words", "terms", "mentions")) -> dict[str, Change]:
    """Changes that give some rows (``which`` says which) to a speech of nobody named, ``…-why``."""

    def change(old: pd.DataFrame, new: Session) -> pd.DataFrame:
        aside = which(old, new) & old.speech.notna()
        moved = old.assign(speech=old.speech.where(~aside, old.speech + f"-{why}"))
        return moved.assign(speaker=old.speaker.where(~aside)) if "speaker" in old else moved

    def speeches_change(old: pd.DataFrame, new: Session) -> pd.DataFrame:
        parts = new.words.speech.dropna().unique()
        split = old.assign(speech=old.speech + f"-{why}", speaker=pd.NA, attribution="unattributed",
                           certainty=pd.NA, responsible=pd.NA)
        split = split[split.speech.isin(parts)]
        return recounted(table("speeches", pd.concat([old, split]).itertuples(index=False)), new)

    return {**{t: change for t in tables}, "speeches": speeches_change}


def unconfirmed(rows: pd.DataFrame, session: Session) -> pd.Series:
    """Rows of inferred turns in sentences that no note gives to the speaker."""
    speeches = session.edition_speeches
    inferred = speeches[speeches.attribution == "inferred"].speech
    return rows.speech.str.split("-").str[0].isin(inferred) & ~rows.sentence.isin(session.confirmations.sentence)


def doubted(*certainties: str):
    """Rows in sentences whose attribution is of one of these certainties."""
    def which(rows: pd.DataFrame, session: Session) -> pd.Series:
        doubts = session.doubts
        return rows.sentence.isin(doubts[doubts.certainty.isin(certainties)].sentence)
    return which


def inside_reported(direct_only: bool):
    """Rows that stand wholly inside somebody else's words."""
    def which(rows: pd.DataFrame, session: Session) -> pd.Series:
        reported = session.reported
        spans = reported[reported.direct] if direct_only else reported
        inside = pd.Series(False, index=rows.index)
        for start, end in zip(spans.start, spans.end):
            inside |= (rows.start >= start) & (rows.end <= end)
        return inside
    return which
