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

from analysis.session import Session, senses_of, table, terms_of, words_by

#: From the old table, the old session and the new session to the new table.
Change = Callable[[pd.DataFrame, Session, Session], pd.DataFrame]


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

    ``Reading(opening="nobody")``; ``Reading()`` is the edition's own.  Raises ``ValueError`` for a
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

def with_apparatus(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
    """The words, the speakers' labels and list numbers among them, and the headings as session."""
    full = words_by("edition", apparatus=True)(old)
    extra = full[full.sentence.isna()]
    words = pd.concat([frame, extra]).sort_values("start", kind="stable", ignore_index=True)
    return words.assign(layer=words.layer.where(words.layer != "heading", "session"))


def as_written(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
    """The words with abbreviations left as they stand."""
    return frame.assign(norm=frame.form.str.lower())


def from_words(make: Change) -> dict[str, Change]:
    """A change of the words, and all that is found in words found anew."""
    return {"words": make, "terms": lambda frame, old, new: terms_of(new), "senses": lambda frame, old, new: senses_of(new),
            "speeches": lambda frame, old, new: recounted(frame, new)}


def recounted(speeches: pd.DataFrame, session: Session) -> pd.DataFrame:
    """The speeches with their words and sentences counted again."""
    words, sentences = session.words.speech.value_counts(), session.sentences.speech.value_counts()
    return speeches.assign(words=speeches.speech.map(words).fillna(0).astype("int64"),
                           sentences=speeches.speech.map(sentences).fillna(0).astype("int64"))


# Whose words they are ---------------------------------------------------------------------------

def set_aside(which: Callable[[pd.DataFrame, Session], pd.Series], why: str,
              tables=("sentences", "words", "terms", "mentions")) -> dict[str, Change]:
    """Changes that give some rows (``which`` says which) to a speech of nobody named, ``…-why``."""

    def change(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
        aside = which(frame, old) & frame.speech.notna()
        moved = frame.assign(speech=frame.speech.where(~aside, frame.speech + f"-{why}"))
        return moved.assign(speaker=frame.speaker.where(~aside)) if "speaker" in frame else moved

    def speeches_change(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
        split = frame.assign(speech=frame.speech + f"-{why}", speaker=None, attribution="unattributed",
                             certainty=None, responsible=None)
        split = split[split.speech.isin(new.words.speech.dropna().unique())]
        return recounted(table("speeches", [*frame.itertuples(index=False), *split.itertuples(index=False)]), new)

    return {**{t: change for t in tables}, "speeches": speeches_change}


def unconfirmed(rows: pd.DataFrame, session: Session) -> pd.Series:
    """Rows of inferred turns in sentences that no note gives to the speaker."""
    speeches = session.speeches
    inferred = speeches[speeches.attribution == "inferred"].speech
    return rows.speech.isin(inferred) & ~rows.sentence.isin(session.confirmations.sentence)


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


def of_nobody(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
    """The table with the speaker of inferred turns left open."""
    inferred = {e.get("target")[1:] for e in old.edition.find(".//standOff/certainty") if e.get("match") == "@who"}
    return frame.assign(speaker=frame.speaker.where(~frame.speech.isin(inferred)))


def senses_apart(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
    """The terms with every sense but a family's main one as a family of its own."""
    main = {family.name: family.main_sense for family in old.lexicon.families.values()}
    sense = {(row.family, row.start): row.sense for row in old.senses.itertuples()}
    names = [f"{f} ({sense[f, at]})" if sense.get((f, at), main[f]) != main[f] else f
             for f, at in zip(frame.family, frame.start)]
    return frame.assign(family=pd.Series(names, index=frame.index, dtype="str"))


def places_of(*types: str) -> Change:
    """The mentions with places of these types only."""
    return lambda frame, old, new: frame[(frame.kind != "place") | frame.type.isin(types)].reset_index(drop=True)


# The decisions, in the order in which they are carried out ----------------------------------------

decide("words", "What is one word?",
       edition=Answer("gov't, two-three, 1/3 and counterrev. are one word each"),
       apostrophes_split=Answer("an apostrophe ends a word: gov and t", from_words(lambda frame, old, new: words_by("apostrophes split")(new))),
       hyphens_split=Answer("a hyphen ends a word: two and three", from_words(lambda frame, old, new: words_by("hyphens split")(new))),
       white_space=Answer("whatever stands between blanks, if it has a letter or digit", from_words(lambda frame, old, new: words_by("white space")(new))))
decide("apparatus", "Do labels, list numbers and headings count?",
       left_out=Answer("only what stands in a sentence of a turn"),
       counted=Answer("speakers' labels, the numbers of the list and the heading count too", from_words(with_apparatus)))
decide("abbreviations", "Is an abbreviation the word that it stands for?",
       expanded=Answer("gov't is a mention of government, HWP of a party"),
       as_written=Answer("only what is written out counts", from_words(as_written)))
decide("senses", "Are the senses of one word one family?",
       together=Answer("order is order, whether a regime or quiet streets"),
       apart=Answer("a family keeps its main sense; each other sense is a family of its own", {"terms": senses_apart}))
decide("places", "What is a reference to a place?",
       meant=Answer("everything that names or means a place, down to “the border”"),
       with_institutions=Answer("names, adjectives, demonyms, and states as powers", {"mentions": places_of("toponym", "adjective", "demonym", "institution")}),
       with_adjectives=Answer("names, adjectives and demonyms", {"mentions": places_of("toponym", "adjective", "demonym")}),
       named=Answer("only the ground, by its name", {"mentions": places_of("toponym")}))
decide("reported", "Whose are the words of others inside a turn?",
       kept=Answer("whoever reports them says them"),
       direct_aside=Answer("words given as somebody's own are set aside", set_aside(inside_reported(direct_only=True), "reported")),
       all_aside=Answer("all reported words and thoughts are set aside", set_aside(inside_reported(direct_only=False), "reported")))
decide("doubts", "What of sentences whose speaker may be doubted?",
       kept=Answer("they stay with the turn that they stand in"),
       low_aside=Answer("those of low certainty are set aside", set_aside(doubted("low"), "doubted")),
       all_aside=Answer("every doubted sentence is set aside", set_aside(doubted("low", "medium"), "doubted")))
decide("opening", "Whose is a turn without a label?",
       inferred=Answer("the speaker's whom the translator infers"),
       confirmed=Answer("only the sentences that a note gives to him", set_aside(unconfirmed, "unconfirmed")),
       nobody=Answer("nobody's: the turn has no label", {"speeches": of_nobody, "terms": of_nobody, "reported": of_nobody}))
