"""The columns that rows can be chosen and counted by: a table's own, and those joined to it.

Every row that stands somewhere in the text has a sentence, and through it a layer, a paragraph, a
speech, and through that a speaker and a *standing*, which says how the row has its speaker:
``labelled``, ``inferred``, ``doubted`` (the sentence's attribution may be doubted) or
``unattributed``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.schema import TABLES

if TYPE_CHECKING:
    from analysis.session import Session

#: Columns of the text or of places in it: nothing is chosen by them.
NOT_CHOSEN = {"end", "text"}


def known_columns(table: str) -> list[str]:
    """What the rows of a table can be chosen by: its own columns first."""
    joined = [name for name in JOINED if name != "sense" or table == "terms"]
    return [
        name for name in dict.fromkeys([*TABLES[table].names, *joined]) if name not in NOT_CHOSEN
    ]


@dataclass(frozen=True, eq=False)
class Coded:
    """A column as whole numbers: which of its values each row has."""

    codes: np.ndarray
    values: np.ndarray
    number: dict[Any, int]  # of each value

    def mapped(self, known: dict[Any, Any], otherwise: Any) -> np.ndarray:
        """For each row what is known of its value; ``otherwise`` where nothing is."""
        found = [known.get(value, otherwise) for value in self.values]
        return np.array(found, dtype=object)[self.codes]

    def any_of(self, values: Iterable[str]) -> np.ndarray:
        """Which rows have one of these values; ``none`` is that of the empty ones."""
        meets = np.zeros(self.codes.shape, dtype=bool)
        for value in values:
            if value in self.number:
                meets |= self.codes == self.number[value]
        return meets


def coded(session: Session, table: str, name: str) -> Coded:
    """A column of a table, its own or one that is joined to it, each value as text and once;
    ``none`` where it is empty.
    """
    frame = session.table(table)

    def make() -> Coded:
        series = frame[name] if name in frame else JOINED[name](session, table, frame)
        codes, found = pd.factorize(series.astype("str").to_numpy(object))
        values = list(dict.fromkeys([*found, "none"]))
        number = {value: at for at, value in enumerate(values)}
        codes[codes < 0] = number["none"]
        return Coded(codes, np.array(values, dtype=object), number)

    # a reading that leaves a table alone shares its columns with the session itself
    own = name in frame and frame is session.base.table(table)
    return (session.base if own else session).once(("coded", table, name), make)


def column(session: Session, table: str, name: str) -> np.ndarray:
    """A column as :func:`coded` has it, the value of each row."""
    known = coded(session, table, name)
    return known.values[known.codes]


def placed(session: Session, table: str) -> pd.DataFrame:
    """A table with layer, sentence, speech, paragraph, start, end, speaker, standing (and sense) of
    each row.
    """

    def make() -> pd.DataFrame:
        frame = session.table(table)
        for name, join in JOINED.items():
            if name not in frame and (name != "sense" or table == "terms"):
                frame = frame.assign(**{name: join(session, table, frame)})
        return frame

    return session.once(("placed", table), make)


def sources(table: str, name: str) -> set[str]:
    """The tables and ``table.column``s that a column comes from, its own or joined to it."""
    own = TABLES[table].names
    if name in own:
        return {f"{table}.{name}"}
    if name == "sense":
        return {f"{table}.family", f"{table}.start", "senses", "senses.sense"}
    sentence = {f"{table}.sentence"} if "sentence" in own else SENTENCE_FROM[table]
    if name == "sentence":
        return sentence
    speech = (
        {f"{table}.speech"} if "speech" in own else sentence | {"sentences", "sentences.speech"}
    )
    if name in ("speaker", "standing"):
        return speech | {f"attributions.{c}" for c in ("speaker", "attribution")} | sentence
    return speech if name == "speech" else sentence | {"sentences", f"sentences.{name}"}


#: Where the sentence of a row comes from in tables without one.
SENTENCE_FROM = {
    "notes": {"notes.note"},
    "relations": {"relations.first", "relations.second", "dates", "dates.sentence"},
    "people": {"people.person", "mentions", "mentions.entity", "mentions.sentence"},
    "speeches": {"speeches.speech"},
    "attributions": {"attributions.speech"},
}


# How columns are joined ---------------------------------------------------------------------------

Join = Callable[["Session", str, pd.DataFrame], pd.Series]


def joined_sentence(session: Session, table: str, frame: pd.DataFrame) -> pd.Series:
    """The sentence that a row begins in; of a person, the first that names him, or else the first
    that is his; of a relation, the second, which has the words that join it."""
    if table == "notes":
        return frame.note + ".1"
    if table == "people":
        return frame.person.map(first_places(session).sentence)
    if table == "relations":
        ids = session.sentences.sentence
        known = {**dict(zip(session.dates.date, session.dates.sentence)), **dict(zip(ids, ids))}
        return frame["second"].map(known).fillna(frame["first"].map(known))
    first = session.base.sentences.drop_duplicates("speech").set_index("speech").sentence
    return frame.speech.map(first)  # a speech


def first_places(session: Session) -> pd.DataFrame:
    """Where each person is first named, or else first speaks: ``sentence start end``, by his id."""
    named = session.mentions.query("kind == 'person'").set_index("entity")
    spoken = session.base.with_speaker("sentences").dropna(subset="speaker").set_index("speaker")
    found = pd.concat([named, spoken])[["sentence", "start", "end"]]
    return found[~found.index.duplicated()]


def passage_places(session: Session) -> pd.DataFrame:
    """Where each passage in somebody else's words stands: ``start end``, by the passage's id."""
    tables = [session.table(name).set_index(TABLES[name].key) for name in ("reported", "demands")]
    return pd.concat([passage[["start", "end"]] for passage in tables])


def joined_home(name: str) -> Join:
    """A join of a column of the sentence; a person stands where he is first named, and what is
    said of a passage (how it is known, by which way it came) where the passage stands."""

    def join(session: Session, table: str, frame: pd.DataFrame) -> pd.Series:
        if name in ("start", "end"):
            if table == "people":
                return frame.person.map(first_places(session)[name])
            if "passage" in frame:
                return frame.passage.map(passage_places(session)[name])
        values = sentences_of(session, table, frame).map(
            session.sentences.set_index("sentence")[name]
        )
        # of a row that stands nowhere, which no number counts, places are whole numbers, too
        return values.fillna(0).astype("int64") if name in ("start", "end") else values

    return join


def sentences_of(session: Session, table: str, frame: pd.DataFrame) -> pd.Series:
    """The sentence of each row."""
    return frame.sentence if "sentence" in frame else joined_sentence(session, table, frame)


def joined_speaker(session: Session, table: str, frame: pd.DataFrame) -> pd.Series:
    """Whose speech a row stands in; nobody's where a reading has set it aside."""
    whose = coded(session, table, "speech").mapped(by_speech(session, "speaker"), None)
    return pd.Series(whose, index=frame.index, dtype="str")


def joined_standing(session: Session, table: str, frame: pd.DataFrame) -> pd.Series:
    """How sure it is whose speech a row stands in; empty outside the speeches."""
    speakers, attributions = by_speech(session, "speaker"), by_speech(session, "attribution")
    known = {s: attributions[s] for s, who in speakers.items() if isinstance(who, str)}
    standings = coded(session, table, "speech").mapped({**known, "none": None}, "unattributed")
    if table != "speeches":
        doubted = coded(session, table, "sentence").any_of(session.table("doubts").sentence)
        standings[doubted & ((standings == "labelled") | (standings == "inferred"))] = "doubted"
    return pd.Series(standings, index=frame.index, dtype="str")


def by_speech(session: Session, name: str) -> dict[str, Any]:
    """A column of the attributions by their speech."""
    whose = session.table("attributions")
    return dict(zip(whose.speech.to_numpy(object), whose[name].to_numpy(object)))


def joined_sense(session: Session, table: str, frame: pd.DataFrame) -> pd.Series:
    """In which sense a term is meant."""
    senses = {(row.family, row.start): row.sense for row in session.senses.itertuples()}
    values = [senses.get(key) for key in zip(frame.family, frame.start)]
    return pd.Series(values, index=frame.index, dtype="str")


#: Columns that any row of a placed table has, and how they are joined where the table lacks them.
JOINED: dict[str, Join] = {
    "sentence": joined_sentence,
    **{name: joined_home(name) for name in ("layer", "speech", "paragraph", "start", "end")},
    "speaker": joined_speaker,
    "standing": joined_standing,
    "sense": joined_sense,
}
