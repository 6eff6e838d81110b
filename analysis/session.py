"""The session: an edition as a set of tables.

Everything that is counted in this project is counted in these tables.  They are made by one call,
:func:`read_session`, and never change; ``data/README.md`` says what each column holds.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import chronology, commentary  # noqa: F401  (their tables are made with the others)
from analysis.columns import JOINED
from analysis.edition import Edition, linked_file, read_edition
from analysis.errors import AskError, unknown
from analysis.files import stamp
from analysis.lexicon import Lexicon, read_lexicon
from analysis.page import Page, Table
from analysis.schema import COLUMNS, TABLES
from analysis.tables import MAKERS
from analysis.tei import EditionError

DATA = Path(__file__).parent.parent / "data"
LINKED = ("transcript", "lexicon", "people")  # files that an edition's header may name


class Session:
    """The tables of one session, each an attribute (``session.words``); see :data:`COLUMNS`.

    A table may be changed by whoever asks for it without changing the session.  A session can be
    read otherwise than its editors read it: see :meth:`analysis.readings.Reading`.
    """

    def __init__(
        self,
        edition: Edition,
        lexicon: Lexicon,
        makers: Mapping[str, Callable],
        base: Session | None = None,
        *,
        same: bool = True,
    ):
        self.edition, self.lexicon = edition, lexicon
        self.base = base or self  # the session as its editors read it
        self.same = same  # whether an address means here what it means in the edition
        self._makers = dict(makers)
        self._tables: dict[str, pd.DataFrame] = {}
        self._made: dict[Hashable, Any] = {}

    def __getattr__(self, table: str) -> pd.DataFrame:
        if table.startswith("_"):
            raise AttributeError(table)
        if table not in self._makers:
            raise no_table(table, list(COLUMNS))
        return self.table(table).copy(deep=False)  # copy-on-write: the session stays as it is

    def __dir__(self) -> list[str]:
        """What tab completion offers: the tables too."""
        return [*super().__dir__(), *self._makers]

    @property
    def overview(self) -> pd.DataFrame:
        """What the session holds, a row for each table: ``table rows columns meaning``."""
        held = [(TABLES[name], len(self.table(name))) for name in COLUMNS]
        rows = [(t.name, count, ", ".join(t.names), t.meaning) for t, count in held]
        return pd.DataFrame(rows, columns=["table", "rows", "columns", "meaning"])

    def __repr__(self) -> str:
        tables = "\n".join(
            f"  {row.table:<15}{row.rows:>6,}  {row.meaning}\n{'':25}{row.columns}"
            for row in self.overview.itertuples()
        )
        return f"{self.title}\nSpeakers: {self.spoken}\nTables, each with its rows:\n{tables}"

    @property
    def _page(self) -> Page:
        head = f"<p><b>{escape(self.title)}</b></p><p>Speakers: {escape(self.spoken)}</p>"
        return Page(f"{head}{Table(self.overview).text}", repr(self))

    def _repr_html_(self) -> str:
        return self._page._repr_html_()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return self._page._repr_mimebundle_()

    @property
    def title(self) -> str:
        """The title of the edition."""
        return self.edition.note("teiHeader/fileDesc/titleStmt/title")

    @property
    def spoken(self) -> str:
        """Who speaks, by id and name, and how many words, for a reader to see."""
        names = dict(zip(self.table("people").person, self.table("people").name))
        words = self.table("speeches").groupby("speaker", sort=False, dropna=False).words.sum()
        said = [
            f"{who} ({names.get(who, who)}), {count:,} words"
            if isinstance(who, str)
            else f"nobody named, {count:,} words"
            for who, count in words.items()
        ]
        return "; ".join(said)

    def with_speaker(self, name: str) -> pd.DataFrame:
        """A table with the speaker of each row and how sure he is, after its own columns.

        ``speaker`` is an id, empty where nobody is named; ``standing`` is one of
        :data:`analysis.schema.STANDINGS`, empty outside the speeches. Raises :class:`AskError` for
        a table whose rows stand in no speech, or that there is not.
        """
        able = [t for t in COLUMNS if {"speech", "sentence"} & set(TABLES[t].names)]
        if name not in COLUMNS:
            raise no_table(name, able)
        if name not in able:
            raise AskError(f"{name!r} has no speakers; these have: {', '.join(able)}")
        frame = self.table(name)
        joined = {c: JOINED[c](self, name, frame) for c in ("speaker", "standing")}
        return frame.assign(**{c: to for c, to in joined.items() if c not in frame})

    def table(self, name: str) -> pd.DataFrame:
        """A table itself, not a copy: quick, and only to be looked at."""
        if name not in self._tables:
            self._tables[name] = self._makers[name](self)
        return self._tables[name]

    def has(self, name: str) -> bool:
        """Whether there is a table of that name."""
        return name in self._makers

    def made_anew(self, name: str) -> pd.DataFrame:
        """A table made from this session's others as the session itself makes it from its own."""
        return self.base._makers[name](self)

    def extended(
        self, lexicon: Lexicon, makers: Mapping[str, Callable], *, same: bool = True
    ) -> Session:
        """A session of its own with another lexicon, in which some tables are made by
        ``function(new, table)``: the new session, and the table as it would be made without.

        ``same`` says whether the addresses of what is counted in it lead to the same rows of the
        edition; where they do not, its charts have no links.
        """

        def more(table: str) -> Callable:
            return lambda new: makers[table](new, self._makers[table](new))

        kept = {t: (lambda new, t=t: self.table(t)) for t in self._makers}
        tables = {**kept, **{t: more(t) for t in makers}}
        return Session(self.edition, lexicon, tables, same=same)

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What ``make()`` gives, made once for this session and kept."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def __setattr__(self, name: str, value: object) -> None:
        if "_made" in self.__dict__:
            raise AttributeError("a session does not change; make a reading of it instead")
        super().__setattr__(name, value)

    def __delattr__(self, name: str) -> None:
        raise AttributeError("a session does not change; make a reading of it instead")

    def changed(self, makers: Mapping[str, Callable]) -> Session:
        """A session like this one but for some tables, each made by ``function(table, old, new)``:
        the old table, the old session and the new one."""

        def remake(table: str) -> Callable:
            return lambda new: makers[table](self.table(table), self, new)

        kept = {t: (lambda new, t=t: self.table(t)) for t in self._makers}
        again = {t: MAKERS[t] for t, stated in TABLES.items() if stated.counts & makers.keys()}
        return Session(
            self.edition,
            self.lexicon,
            {**kept, **again, **{t: remake(t) for t in makers}},
            self.base,
        )


class NoTableError(AskError, AttributeError):
    """A table that a session has not."""


def no_table(name: str, there_are: list[str]) -> NoTableError:
    """The error for a table that there is not: the nearest, all, and where to see what they are."""
    told = unknown("table", str(name), there_are, "Write session to see what each holds.")
    return NoTableError(str(told))


def the_edition() -> Path:
    """The one edition in ``data/``.

    Raises :class:`analysis.tei.EditionError` where there is none, or more than one.
    """
    found = sorted(DATA.glob("*.xml"))
    if len(found) != 1:
        there = ", ".join(path.name for path in found) or "no .xml file"
        raise EditionError(
            f"one edition has to be here, and there is: {there}",
            DATA,
            todo="Name the edition to read.",
        )
    return found[0]


def load(path: str | Path | None = None) -> Session:
    """The session of the project's own edition, from wherever it is asked for, or of another.

    It is read again only when a file of it has changed.  Raises
    :class:`analysis.tei.EditionError` as :func:`read_session` does.
    """
    where = Path(path or the_edition()).resolve()
    files, session = kept.get(where, ({}, None))
    if session is None or any(stamp(file) != at for file, at in files.items()):
        session = read_session(where)
        linked = (linked_file(session.edition.root, kind, where) for kind in LINKED)
        files = {file: stamp(file) for file in (where, *linked) if file}
        kept[where] = files, session
    return session


#: The sessions that have been loaded, each with its files and when they were written.
kept: dict[Path, tuple[dict[Path, int | None], Session]] = {}


def read_session(path: str | Path) -> Session:
    """The session that an edition records.

    Raises :class:`analysis.tei.EditionError` when the edition or its lexicon is not as it
    should be; nothing is returned half-read.
    """
    edition = read_edition(path)
    where = linked_file(edition.root, "lexicon", Path(path))
    session = Session(edition, read_lexicon(where) if where else Lexicon(), MAKERS)
    for table in COLUMNS:
        session.table(table)  # what is wrong with one is told now
    return session
