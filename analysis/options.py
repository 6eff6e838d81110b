"""What an option of a decision does: a change of tables, and how such changes are made.

An option is a set of functions, one for each table that it changes, from the old table to the new
one.  :mod:`analysis.decisions` says which decisions there are, and which options each has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.columns import passage_places
from analysis.schema import TABLES
from analysis.session import Session
from analysis.tables import senses_of, words_by

#: From the old table, the old session and the new session to the new table.
Change = Callable[[pd.DataFrame, Session, Session], pd.DataFrame]
#: Which rows of a table are meant, in a session as its editors read it.
Which = Callable[[pd.DataFrame, Session], pd.Series]


@dataclass(frozen=True, eq=False)
class Option:
    """One option of a decision: what it does, in words, and the change it makes in each table.

    A change may add, drop or alter any row; where it alters nothing but some columns, ``columns``
    names them by table.  An option that changes whose the rows are, and treats all rows of a speech
    alike but for those that ``apart`` picks out, says so by ``owners``: then rows that no such
    option tells apart can be counted together (:mod:`analysis.tallies`).
    """

    says: str
    changes: Mapping[str, Change] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    owners: bool = False
    apart: Which | None = None

    def touches(self, reads: frozenset[str]) -> bool:
        """Whether a result that reads these tables and ``table.column``s can differ under this
        option.
        """
        derived = {name for name, table in TABLES.items() if table.counts & self.changes.keys()}
        for table in {*self.changes, *derived}:
            if table in self.columns:
                columns = {f"{table}.{column}" for column in self.columns[table].split()}
            else:
                columns = {read for read in reads if read.partition(".")[0] == table}
            if columns & reads:
                return True
        return False


# Which words there are --------------------------------------------------------------------------


def with_apparatus(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
    """The words, the speakers' labels and list numbers among them, and the headings as session."""

    def outside_sentences() -> pd.DataFrame:
        full = words_by("edition", apparatus=True)(old)
        return full[full.sentence.isna()]

    extra = old.base.once("apparatus", outside_sentences)
    words = pd.concat([frame, extra]).sort_values("start", kind="stable", ignore_index=True)
    return words.assign(layer=words.layer.where(words.layer != "heading", "session"))


def words_under(rule: str) -> Change:
    """The words under another rule."""
    return lambda frame, old, new: words_by(rule)(new)


def as_written(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
    """The words with abbreviations left as they stand."""
    return frame.assign(norm=frame.form.str.lower())


def other_words(says: str, make: Change, columns: str = "") -> Option:
    """An option that changes the words (or some columns of them), and so all that is found in
    words.
    """
    changes: dict[str, Change] = {
        "words": make,
        "terms": lambda frame, old, new: new.made_anew("terms"),
        "senses": lambda frame, old, new: senses_of(new),
        "speeches": lambda frame, old, new: recounted(frame, new),
    }
    only = {"speeches": "words sentences", **({"words": columns} if columns else {})}
    return Option(says, changes, only)


def recounted(speeches: pd.DataFrame, session: Session) -> pd.DataFrame:
    """The speeches with their words and sentences counted again."""
    counts = {
        name: Counter(session.table(name).speech.to_numpy(object))
        for name in ("words", "sentences")
    }
    return speeches.assign(
        **{
            name: np.array([counted[speech] for speech in speeches.speech], dtype="int64")
            for name, counted in counts.items()
        }
    )


# Whose words they are ---------------------------------------------------------------------------

#: Tables whose rows are somebody's, and the columns that say whose.
SPOKEN = {
    "sentences": "speech",
    "words": "speech",
    "terms": "speech speaker",
    "mentions": "speech",
    "reported": "speech speaker",
    "demands": "speech speaker",
    "framing": "speech speaker",
    "voices": "speech speaker",
}


def set_aside(says: str, which: Which, why: str) -> Option:
    """An option that takes some rows (``which``) out of their speech: they are of ``…-why``,
    nobody's.

    The speeches themselves stay, with fewer words.
    """

    def change(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
        aside = np.asarray(which(frame, old.base)) & frame.speech.notna().to_numpy()
        if not aside.any():
            return frame
        speech = frame.speech.to_numpy(object, copy=True)
        speech[aside] += f"-{why}"
        moved = frame.assign(speech=pd.Series(speech, index=frame.index, dtype="str"))
        return moved.assign(speaker=frame.speaker.where(~aside)) if "speaker" in frame else moved

    return Option(
        says,
        {
            **dict.fromkeys(SPOKEN, change),
            "speeches": lambda frame, old, new: recounted(frame, new),
        },
        {**SPOKEN, "speeches": "words sentences"},
        owners=True,
        apart=which,
    )


def unconfirmed(rows: pd.DataFrame, session: Session) -> pd.Series:
    """Rows of inferred speeches in sentences that no note gives to the speaker."""
    confirmed = rows.sentence.isin(session.confirmations.sentence)
    return rows.speech.isin(inferred_speeches(session)) & ~confirmed


def doubted(*certainties: str) -> Which:
    """Rows in sentences whose attribution is of one of these certainties."""

    def which(rows: pd.DataFrame, session: Session) -> pd.Series:
        doubts = session.doubts
        return rows.sentence.isin(doubts[doubts.certainty.isin(certainties)].sentence)

    return which


def inside(*tables: str, direct_only: bool = False) -> Which:
    """Rows that stand wholly inside a passage of these tables (those that the session has)."""

    def which(rows: pd.DataFrame, session: Session) -> pd.Series:
        if "start" not in rows:  # what is said of a passage stands where the passage stands
            rows = passage_places(session).loc[rows.passage]
        frames = [session.table(table) for table in tables if session.has(table)]
        spans = [frame[frame.direct] if direct_only else frame for frame in frames]
        places = sorted((a, b) for frame in spans for a, b in zip(frame.start, frame.end))
        starts = np.array([start for start, _ in places], dtype="int64")
        furthest = np.maximum.accumulate([0, *(end for _, end in places)])
        before = np.searchsorted(starts, rows.start, side="right")  # passages that begin by then
        return rows.end <= furthest[before]

    return which


def of_nobody(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
    """The table with the speaker of inferred speeches left open."""
    return frame.assign(speaker=frame.speaker.where(~frame.speech.isin(inferred_speeches(old))))


def inferred_speeches(session: Session) -> set[str]:
    """The speeches whose speaker is inferred."""
    speeches = session.base.table("speeches")
    return session.base.once(
        "inferred speeches", lambda: set(speeches.speech[speeches.attribution == "inferred"])
    )


# What is one thing ------------------------------------------------------------------------------


def senses_apart(frame: pd.DataFrame, old: Session, new: Session) -> pd.DataFrame:
    """The terms with every sense but a family's main one as a family of its own."""
    main = {family.name: family.main_sense for family in old.lexicon.families.values()}
    sense = {(row.family, row.start): row.sense for row in old.senses.itertuples()}
    names = [
        f"{f} ({sense[f, at]})" if sense.get((f, at), main[f]) != main[f] else f
        for f, at in zip(frame.family, frame.start)
    ]
    return frame.assign(family=pd.Series(names, index=frame.index, dtype="str"))


def only_places(says: str, *types: str) -> Option:
    """An option that keeps the mentions of places of these types only."""
    return Option(
        says,
        {
            "mentions": lambda frame, old, new: frame[
                (frame.kind != "place") | frame.type.isin(types)
            ].reset_index(drop=True)
        },
    )
