"""Evidence: a choice of rows in one table, and the sentences that it leads to.

Every number in this project is the number of rows in such a choice.  A choice has a short form, ::

    terms family=neutrality speaker=kadar
    words speaker=none under opening=nobody doubts=all_aside

and an address that a figure or a table can link to::

    evidence:terms?family=neutrality&speaker=kadar
    evidence:words?speaker=none&under.opening=nobody&under.doubts=all%20aside

In the short form an underscore stands for a blank and ``|`` for *or* (an address names the column
again); a value that has one of these signs itself, or ``%``, writes it as an address would:
``%5F``,
``%7C``, ``%25``.  What stands after *under* is a reading.  What lies behind an address is
:func:`analysis.concordance.concordance`; where it is shown is not this module's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

import numpy as np
import pandas as pd

from analysis.columns import coded, column, known_columns, placed, sources
from analysis.errors import AskError, unknown
from analysis.readings import Reading
from analysis.session import Session
from analysis.vocabulary import check_value

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
    "demands",
    "framing",
    "voices",
    "channels",
    "dates",
    "relations",
    "note_functions",
    "reaches",
    "hindsight",
    "variants",
    "variant_terms",
    "certainties",
    "differences",
    "finds",
)
#: Tables whose rows are not a layer's: people stand in several, notes are a layer of their own.
OF_NO_LAYER = ("people", "notes")
SCHEME, UNDER = "evidence:", "under."
TABLE_FIRST = (
    "A choice begins with one of these, as in “words speaker=…”; words of your own are asked with "
    "ask(session, …)."
)


@dataclass(frozen=True)
class Evidence:
    """Rows of a table where columns have one of these values, under a reading.

    Unless a layer is named, only the session's layer counts; ``layer=all`` counts them all.
    """

    table: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    reading: Reading = Reading()

    @classmethod
    def of(
        cls, table: str, /, *, reading: Reading = Reading(), **where: str | Iterable[str]
    ) -> Evidence:
        """Evidence from a table and conditions: a value of a column, or several, of which one is
        enough.

        Raises :class:`analysis.errors.AskError` for a table or a column that there is not.
        """
        return cls.checked(table, where, reading)

    @classmethod
    def checked(
        cls, table: str, where: Mapping[str, str | Iterable[str]], reading: Reading
    ) -> Evidence:
        """Evidence whose table and columns there are."""
        if table not in PLACED:
            raise unknown("table of evidence", table, PLACED, TABLE_FIRST)
        for name in where:
            if name not in known_columns(table):
                raise unknown(f"column of {table}", name, known_columns(table))
        rows = {name: each(values) for name, values in where.items()}
        for name, values in rows.items():
            if not values:  # its address would lead to all rows
                raise AskError(f"{name}= of {table} names nothing: name a value, or leave it out")
        return cls(table, tuple(sorted(rows.items())), reading)

    @classmethod
    def parse(cls, text: str) -> Evidence:
        """Evidence from its short form or its address; an :class:`analysis.errors.AskError` if it
        is neither.
        """
        if not isinstance(text, str):
            raise AskError(f"rows are chosen in one text, as in “words speaker=none”, not {text!r}")
        address = text.startswith(SCHEME)
        if address:
            table, mark, query = text.removeprefix(SCHEME).partition("?")
            pairs = [split(text, part) for part in query.split("&")] if mark else []
        else:
            table, pairs = "", []
            parts = text.split()
            if parts:
                table, *conditions = parts
                at = conditions.index("under") if "under" in conditions else len(conditions)
                pairs = [split(text, part) for part in conditions[:at]]
                under = [split(text, part) for part in conditions[at + 1 :]]
                if "under" in conditions and not under:
                    raise AskError(f"“{text}”: after “under” comes a reading, as opening=nobody.")
                pairs += [(UNDER + name, option) for name, option in under]
        where: dict[str, list[str]] = {}
        options: dict[str, str] = {}
        for name, value in pairs:
            name = unquote(name)
            if (name in where and not address) or name in options:
                raise AskError(
                    f"“{text}” names “{name.removeprefix(UNDER)}” twice; "
                    "in the short form values of one column are parted by |."
                )
            if name.startswith(UNDER):
                options[name] = unquote(value) if address else meant(value)
            else:
                values = [unquote(value)] if address else [meant(v) for v in value.split("|")]
                where.setdefault(name, []).extend(values)
        reading = Reading(**{name.removeprefix(UNDER): o for name, o in options.items()})
        return cls.checked(table, where, reading)

    @property
    def address(self) -> str:
        """The address that a link carries."""
        pairs = [(name, value) for name, values in self.where for value in values]
        pairs += [(UNDER + name, option) for name, option in self.reading.options]
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs)
        return f"{SCHEME}{self.table}" + (f"?{query}" if query else "")

    @property
    def short(self) -> str:
        """The short form, which authors write."""
        conditions = [
            f"{name}={'|'.join(encoded(value) for value in values)}" for name, values in self.where
        ]
        under = ["under", self.reading.short] if self.reading.options else []
        return " ".join([self.table, *conditions, *under])

    @property
    def conditions(self) -> dict[str, tuple[str, ...]]:
        """The values of each column, one of which a row has to have."""
        return dict(self.where)

    def rows(self, session: Session) -> pd.DataFrame:
        """The rows chosen, with speaker, standing and sense joined to them."""
        session = self.read(session)
        return placed(session, self.table)[self.chosen(session)]

    def row_by_row(self, session: Session) -> list[Any]:
        """The rows chosen as named tuples: quicker than :meth:`rows` where they are few."""
        read = self.read(session)

        def make() -> dict[int, Any]:
            frame = placed(read, self.table)
            there = frame.start.notna()
            stands = frame[there].astype({"start": "int64", "end": "int64"})
            return dict(zip(np.flatnonzero(there), stands.itertuples()))

        every = read.once(("row by row", self.table), make)
        return [every[at] for at in np.flatnonzero(self.chosen(read))]

    def count(self, session: Session) -> int:
        """How many rows are chosen."""
        return int(self.chosen(self.read(session)).sum())

    def sentences(self, session: Session) -> list[str]:
        """The sentences that its rows stand in, each once, in the order of the rows."""
        session = self.read(session)
        cells = column(session, self.table, "sentence")[self.chosen(session)]
        return list(dict.fromkeys(cells.tolist()))

    def read(self, session: Session) -> Session:
        """The session as this choice reads it."""
        if session is not session.base:  # an address could not say that it had been read before
            raise AskError(
                "this session is a reading already: give the session itself, and reading=…"
            )
        return self.reading.of(session)

    def chosen(self, session: Session) -> np.ndarray:
        """Which rows of the table are chosen, in a session read as it is to be read."""
        mask = np.ones(len(session.table(self.table)), dtype=bool)
        for name, values in self.looked_for.items():
            cells = coded(session, self.table, name)
            for value in values:
                if value not in cells.number or not cells.any_of([value]).any():
                    check_value(session, self.table, name, value)
            mask &= cells.any_of(values)
        # two times of other sources stand nowhere in the text, nor who is in the register alone
        if self.table in ("relations", "people"):
            mask &= ~coded(session, self.table, "sentence").any_of(["none"])
        return mask

    @property
    def looked_for(self) -> dict[str, tuple[str, ...]]:
        """The conditions, the layer among them that counts where none is named."""
        layer = {} if self.table in OF_NO_LAYER else {"layer": ("session",)}
        where = {**layer, **self.conditions}
        return {name: values for name, values in where.items() if (name, values) != ALL_LAYERS}

    @property
    def reads(self) -> frozenset[str]:
        """What a reading has to change to change this choice: ``table`` (its rows) and
        ``table.column``.
        """
        columns = (sources(self.table, name) for name in self.looked_for)
        return frozenset({self.table}.union(*columns))


ALL_LAYERS = ("layer", ("all",))


def each(values: str | Iterable[str]) -> tuple[str, ...]:
    """One value or several, as text."""
    several = [values] if isinstance(values, str) or not isinstance(values, Iterable) else values
    return tuple(dict.fromkeys(str(value) for value in several))


def split(text: str, part: str) -> tuple[str, str]:
    """A column and its value, as they are written."""
    name, equals, value = part.partition("=")
    if not equals:
        raise AskError(
            f"“{text}”: after the table come conditions such as family=neutrality, "
            "then, if it is to be read otherwise, under opening=nobody."
        )
    return name, value


def meant(value: str) -> str:
    """A value of the short form as it is meant."""
    return unquote(value.replace("_", " "))


def encoded(value: str) -> str:
    """A value as the short form writes it."""
    return re.sub(
        r"[%|_]|(?! )\s", lambda sign: quote(sign[0], safe="").replace("_", "%5F"), value
    ).replace(" ", "_")


def count(
    session: Session,
    table: str,
    by: str | Iterable[str],
    /,
    *,
    reading: Reading = Reading(),
    **where: str | Iterable[str],
) -> pd.DataFrame:
    """How many rows there are for each value of one or more columns: ``by``, ``count``,
    ``evidence``.

    Rows come in the order in which the values first occur; each row's ``evidence`` is the address
    of what it counts.
    """
    names = [by] if isinstance(by, str) else list(by)
    chosen = Evidence.checked(table, where, reading)
    for name in names:
        if name not in known_columns(table):
            raise unknown(f"column of {table}", name, known_columns(table))
    rows = chosen.rows(session)[names].astype("str").fillna("none")
    grouped = rows.groupby(names, sort=False).size().rename("count").reset_index()
    grouped["evidence"] = [
        Evidence.checked(table, {**where, **dict(zip(names, key))}, reading).address
        for key in grouped[names].itertuples(index=False)
    ]
    return grouped
