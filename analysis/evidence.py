"""Evidence: a choice of rows in one table, and the sentences that it leads to.

Every number in this project is the number of rows in such a choice.  A choice has a short form,
``terms family=neutrality speaker=kadar`` (an underscore stands for a blank), and an address,
``evidence:terms?family=neutrality&speaker=kadar``, that a figure or a table can link to.  What lies
behind the address is :func:`analysis.concordance.concordance`; where it is shown is not this module's business.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

import numpy as np
import pandas as pd

from analysis.readings import DECISIONS, Reading
from analysis.schema import BESIDE, COLUMNS, LAYERS
from analysis.session import Session

#: Tables whose rows stand somewhere in the text.
PLACED = (
    "sentences",
    "words",
    "speeches",
    "mentions",
    "terms",
    "reported",
    "abbreviations",
    "doubts",
    "notes",
    "people",
    "differences",
    "finds",
)


@dataclass(frozen=True)
class Evidence:
    """Rows of a table where columns have these values, under a reading.

    Unless a layer is named, only the session's layer counts; ``layer=all`` counts all four.
    """

    table: str
    where: tuple[tuple[str, str], ...]
    reading: Reading = Reading()

    @classmethod
    def of(cls, table: str, **where) -> Evidence:
        """Evidence from a table and conditions; a decision's name among them sets the reading."""
        if table not in PLACED:
            raise ValueError(
                f"no evidence in the table {table!r}; there is in: {', '.join(PLACED)}"
            )
        reading = Reading(**{k: str(v) for k, v in where.items() if k in DECISIONS})
        rows = {k: str(v) for k, v in where.items() if k not in DECISIONS}
        unknown = set(rows) - known_columns(table)
        if unknown:
            raise ValueError(
                f"{table} cannot be chosen by {', '.join(sorted(unknown))}; "
                f"it can by: {', '.join(sorted(known_columns(table) | set(DECISIONS)))}"
            )
        return cls(table, tuple(sorted(rows.items())), reading)

    @classmethod
    def parse(cls, text: str) -> Evidence:
        """Evidence from its short form or its address; ``ValueError`` when it is neither."""
        if text.startswith("evidence:"):
            table, _, query = text.removeprefix("evidence:").partition("?")
            return cls.of(
                table,
                **once_each(
                    text, parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
                ),
            )
        table, *conditions = text.split()
        if not all("=" in c for c in conditions):
            raise ValueError(f"“{text}”: after the table come conditions such as family=neutrality")
        return cls.of(
            table,
            **once_each(
                text, ((k, v.replace("_", " ")) for k, v in (c.split("=", 1) for c in conditions))
            ),
        )

    @property
    def address(self) -> str:
        """The address that a link carries."""
        query = urlencode([*self.where, *self.reading.answers], quote_via=quote)
        return f"evidence:{self.table}" + (f"?{query}" if query else "")

    def rows(self, session: Session) -> pd.DataFrame:
        """The rows chosen, with speaker, standing and sense joined to them."""
        session = self.read(session)
        return placed(session, self.table)[self.chosen(session)]

    def count(self, session: Session) -> int:
        """How many rows are chosen."""
        return int(self.chosen(self.read(session)).sum())

    def read(self, session: Session) -> Session:
        """The session as this choice reads it; the address could not say that it had been read before."""
        if session is not session.base:
            raise ValueError(
                "this session is a reading already: give the session itself, and name the reading in the choice"
            )
        return self.reading.of(session)

    def chosen(self, session: Session) -> np.ndarray:
        """Which rows of the table are chosen, in a session that has been read as it is to be read."""
        where = {**({} if self.table in OF_NO_LAYER else {"layer": "session"}), **dict(self.where)}
        if where.get("layer") == "all":
            del where["layer"]
        mask = np.ones(len(session.table(self.table)), dtype=bool)
        for name, value in where.items():
            cells = column(session, self.table, name)
            chosen = [cells == one for one in value.split("|")]
            for one, there in zip(value.split("|"), chosen):
                if not there.any() and one not in vocabulary(session, self.table, name):
                    raise ValueError(f"no {name} of {self.table} is {one!r}")
            mask &= np.logical_or.reduce(chosen)
        return mask

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns that the rows are chosen by."""
        return tuple(name for name, _ in self.where)

    @property
    def reads(self) -> frozenset[str]:
        """What a reading has to change to change this choice: ``table`` (its rows) and ``table.column``."""
        return frozenset({self.table}.union(*(sources(self.table, name) for name in self.fields)))


def sources(table: str, name: str) -> set[str]:
    """The ``table.column``s that a column comes from, joined to the table or its own."""
    if name == "standing":
        return {f"{table}.speech", "speeches.speaker", "speeches.attribution"}
    if name == "speaker" and "speaker" not in {**COLUMNS, **BESIDE}[table]:
        return {f"{table}.speech", "speeches.speaker"}
    return {f"{table}.family", "senses"} if name == "sense" else {f"{table}.{name}"}


#: Tables whose rows are not a layer's: people stand in several, notes are a layer of their own.
OF_NO_LAYER = ("people", "notes")


def known_columns(table: str) -> set[str]:
    """What the rows of a table can be chosen by."""
    return {
        *{**COLUMNS, **BESIDE}[table],
        "layer",
        "sentence",
        "speech",
        "speaker",
        "standing",
        "paragraph",
        *(["sense"] if table == "terms" else []),
    } - {"start", "end", "text", *DECISIONS}


def once_each(text: str, conditions) -> dict[str, str]:
    """Conditions by column; ``ValueError`` where a column is named twice."""
    conditions = list(conditions)
    if len(dict(conditions)) < len(conditions):
        raise ValueError(f"“{text}” names a column twice; values of one column are parted by |")
    return dict(conditions)


def vocabulary(session: Session, table: str, name: str) -> set[str]:
    """The values that a column can have, whether or not a row has them."""
    return session.base.once(
        ("vocabulary", table, name), lambda: make_vocabulary(session.base, table, name)
    )


def make_vocabulary(base: Session, table: str, name: str) -> set[str]:
    """See :func:`vocabulary`."""
    families = base.lexicon.families.values()
    more = {
        "layer": LAYERS,
        "speaker": base.people.person,
        "entity": [*base.people.person, *base.organisations.organisation, *base.places.place],
        "standing": ("labelled", "inferred", "doubted", "unattributed"),
        "family": [
            *(f.name for f in families),
            *(f"{f.name} ({s.name})" for f in families for s in f.senses),
        ],
        "sense": [s.name for f in families for s in f.senses],
    }
    return {"none", *column(base, table, name), *more.get(name, ())}


def column(session: Session, table: str, name: str) -> np.ndarray:
    """A column of a table, its own or one that is joined to it, as text; ``none`` where it is empty."""
    frame = session.table(table)

    def make() -> np.ndarray:
        series = frame[name] if name in frame else JOINED[name](session, table, frame)
        return series.astype("str").fillna("none").to_numpy(object)

    # a column of its own is the same in every reading that leaves the table alone; the frame is kept, or its id would serve another
    return (
        session.base.once((id(frame), name), lambda: (frame, make()))[1]
        if name in frame
        else session.once((table, name), make)
    )


def placed(session: Session, table: str) -> pd.DataFrame:
    """A table with layer, sentence, speech, paragraph, start, end, speaker, standing (and sense) of each row.

    ``standing`` says how the row has its speaker: ``labelled``, ``inferred``, ``doubted`` (the
    sentence's attribution may be doubted) or ``unattributed``.
    """

    def make() -> pd.DataFrame:
        frame = session.table(table)
        for name, join in JOINED.items():
            if name not in frame and (name != "sense" or table == "terms"):
                frame = frame.assign(**{name: join(session, table, frame)})
        return frame

    return session.once(("placed", table), make)


def joined_sentence(session: Session, table: str, frame: pd.DataFrame) -> pd.Series:
    """The sentence that a row begins in; of a person, the first that names him."""
    if table == "notes":
        return frame.note + ".1"
    if table == "people":
        return frame.person.map(
            session.mentions.query("kind == 'person'")
            .drop_duplicates("entity")
            .set_index("entity")
            .sentence
        )
    return frame.speech.map(
        session.base.sentences.drop_duplicates("speech").set_index("speech").sentence
    )  # a turn


def joined_home(name: str):
    """A join of a column of the sentence (or, for a person, of the first mention of him)."""

    def join(session: Session, table: str, frame: pd.DataFrame) -> pd.Series:
        if table == "people" and name in ("start", "end"):
            return frame.person.map(
                session.mentions.query("kind == 'person'")
                .drop_duplicates("entity")
                .set_index("entity")[name]
            )
        sentence = frame.sentence if "sentence" in frame else joined_sentence(session, table, frame)
        return sentence.map(session.sentences.set_index("sentence")[name])

    return join


def joined_speaker(session: Session, table: str, frame: pd.DataFrame) -> pd.Series:
    """Whose turn a row stands in; nobody's where a reading has set it aside."""
    return of_turn(session, table, frame, "speaker", None)


def joined_standing(session: Session, table: str, frame: pd.DataFrame) -> pd.Series:
    """How sure it is whose turn a row stands in."""
    whose, attribution = (
        of_turn(session, table, frame, c, "unattributed") for c in ("speaker", "attribution")
    )
    standings = attribution.mask(whose.isna() | (whose == "unattributed"), "unattributed")
    speech = frame.speech if "speech" in frame else joined_home("speech")(session, table, frame)
    standings = standings.where(speech.notna())  # outside the session nobody has a turn
    if table == "speeches":
        return standings
    sentence = frame.sentence if "sentence" in frame else joined_sentence(session, table, frame)
    return standings.mask(
        sentence.isin(session.doubts.sentence) & standings.isin(["labelled", "inferred"]), "doubted"
    )


def of_turn(session: Session, table: str, frame: pd.DataFrame, name: str, otherwise) -> pd.Series:
    """A column of the turn that each row stands in, ``otherwise`` where that is no turn of the edition."""
    speech = frame.speech if "speech" in frame else joined_home("speech")(session, table, frame)
    turns = session.table("turns")
    known = dict(zip(turns.speech.to_numpy(object), turns[name].to_numpy(object)))
    return pd.Series(
        [known.get(one, otherwise) for one in speech.to_numpy(object)],
        index=frame.index,
        dtype="str",
    )


def joined_sense(session: Session, table: str, frame: pd.DataFrame) -> pd.Series:
    """In which sense a term is meant."""
    senses = {(row.family, row.start): row.sense for row in session.senses.itertuples()}
    return pd.Series(
        [senses.get(key) for key in zip(frame.family, frame.start)], index=frame.index, dtype="str"
    )


#: Columns that any row of a placed table has, and how they are joined where the table lacks them.
JOINED = {
    "sentence": joined_sentence,
    **{name: joined_home(name) for name in ("layer", "speech", "paragraph", "start", "end")},
    "speaker": joined_speaker,
    "standing": joined_standing,
    "sense": joined_sense,
}


def count(session: Session, table: str, by: str | Iterable[str], **where) -> pd.DataFrame:
    """How many rows there are for each value of one or more columns: ``by``, ``count``, ``evidence``.

    Rows come in the order in which the values first occur; each row's ``evidence`` is the address of
    what it counts.
    """
    by = [by] if isinstance(by, str) else list(by)
    rows = Evidence.of(table, **where).rows(session)
    grouped = (
        rows.fillna(dict.fromkeys(by, "none"))
        .groupby(by, sort=False)
        .size()
        .rename("count")
        .reset_index()
    )
    grouped["evidence"] = [
        Evidence.of(table, **{**where, **dict(zip(by, key))}).address
        for key in grouped[by].astype("str").itertuples(index=False)
    ]
    return grouped
