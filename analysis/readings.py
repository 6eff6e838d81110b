"""Readings: some decisions taken otherwise than the edition takes them.

A reading names an option for some of :data:`analysis.decisions.DECISIONS`; applied to a session it
gives a session, so that whatever can be measured can be measured under any reading.  What a
decision changes depends on the session: where it changes nothing, it is not counted among the
readings.
"""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.decisions import DECISIONS, Decision
from analysis.errors import AskError, unknown
from analysis.session import Session


@dataclass(frozen=True)
class Reading:
    """Options by decision, for those decisions that are taken otherwise than in the edition.

    ``Reading(opening="nobody", doubts="all aside")`` (an underscore does for a blank);
    ``Reading()`` is the edition's own.  Raises :class:`analysis.errors.AskError` for a decision or
    an option that there is not.
    """

    options: tuple[tuple[str, str], ...] = ()

    def __init__(self, *unnamed: object, **options: str):
        if unnamed:
            raise AskError(
                'a reading names each decision, as in Reading(opening="nobody"), '
                f"not {unnamed[0]!r}"
            )
        chosen = {name: option_of(name, str(option)) for name, option in options.items()}
        other = tuple((n, chosen[n]) for n in DECISIONS if chosen.get(n, own(n)) != own(n))
        object.__setattr__(self, "options", other)

    @classmethod
    def parse(cls, text: str) -> Reading:
        """A reading from its short form, ``opening=nobody doubts=all_aside``."""
        pairs = [part.partition("=") for part in text.split()]
        options = {name: option for name, _, option in pairs}
        if not all(equals for _, equals, _ in pairs) or len(options) < len(pairs):
            raise AskError(
                f"“{text}” is not a reading. Write each decision once, as in opening=nobody."
            )
        return cls(**options)

    @property
    def short(self) -> str:
        """The short form, which :meth:`parse` reads; empty for the edition's own reading."""
        return " ".join(f"{name}={option.replace(' ', '_')}" for name, option in self.options)

    def of(self, session: Session) -> Session:
        """The session as this reading has it."""
        if not self.options:
            return session
        # an option that is made anew is another one
        means = tuple(DECISIONS[name].options[option] for name, option in self.options)

        def make() -> Session:
            *before, (name, option) = self.options
            read = Reading(**dict(before)).of(session)
            return read.changed(DECISIONS[name].options[option].changes)

        return session.once((self, means), make)

    def __str__(self) -> str:
        said = "; ".join(f"{name}: {option}" for name, option in self.options)
        return said or "the edition's own reading"


#: What a notebook offers where Tab is pressed inside the brackets, and shows for ``Reading?``.
Reading.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
    [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=decision.default)
        for name, decision in DECISIONS.items()
    ]
)


def own(name: str) -> str:
    """The edition's own option of a decision."""
    return DECISIONS[name].default


def option_of(name: str, option: str) -> str:
    """An option by its name, blanks or underscores in it; an error for a name that there is not."""
    if name not in DECISIONS:
        raise unknown("decision", name, list(DECISIONS))
    blank = option.replace("_", " ")
    if blank not in DECISIONS[name].options:
        raise unknown(f"option of “{name}”", option, list(DECISIONS[name].options))
    return blank


# Which readings there are -------------------------------------------------------------------------


def choices(session: Session, reads: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The decisions that can change a result in this session, each with the options that differ.

    ``reads`` are the tables and ``table.column``s that the result is made from. The edition's own
    option comes first.  An option that gives what another one before it gives is left out, and so
    is a decision of which only one option is left.
    """
    asked = frozenset(reads)

    def make() -> dict[str, tuple[str, ...]]:
        touched = [d for d in DECISIONS.values() if d.touches(asked)]
        options = {d.name: differing(session.base, d, asked) for d in touched}
        return {name: some for name, some in options.items() if len(some) > 1}

    return dict(session.base.once(("choices", every_option(), asked), make))


def every_option() -> tuple[Hashable, ...]:
    """All options that there are: what was found out under some is not known under others."""
    return tuple(option for d in DECISIONS.values() for option in d.options.values())


def differing(session: Session, decision: Decision, reads: frozenset[str]) -> tuple[str, ...]:
    """The options of a decision under which these tables and columns differ from each other."""
    places, names = placed_options(session, decision, reads), list(decision.options)
    return tuple(names[places.index(place)] for place in sorted(set(places)))


def placed_options(session: Session, decision: Decision, reads: frozenset[str]) -> tuple[int, ...]:
    """For each option of a decision, which of :func:`differing` these tables and columns are under
    it.
    """

    names = sorted({read.partition(".")[0] for read in reads})

    def places() -> tuple[int, ...]:
        kept: list[list[pd.DataFrame]] = []
        found = []
        for name, option in decision.options.items():
            if name != decision.default and not option.touches(reads):
                found.append(0)
                continue
            read = Reading(**{decision.name: name}).of(session)
            tables = [read.table(table) for table in names]
            same = [place for place, others in enumerate(kept) if alike(tables, others)]
            found.append(same[0] if same else len(kept))
            if not same:
                kept.append(tables)
        return tuple(found)

    def alike(tables: list[pd.DataFrame], others: list[pd.DataFrame]) -> bool:
        return all(
            one is other or looked_at(one, name, reads).equals(looked_at(other, name, reads))
            for one, other, name in zip(tables, others, names)
        )

    return session.once(("places", tuple(decision.options.values()), reads), places)


def looked_at(frame: pd.DataFrame, table: str, reads: frozenset[str]) -> pd.DataFrame:
    """What a result sees of a table: which rows it has, and the columns that it reads."""
    named = {read.partition(".")[2] for read in reads if read.startswith(f"{table}.")}
    seen = [c for c in frame if c in (frame.columns[0], "start") or c in named]
    return frame[seen]


def readings_of(session: Session, reads: Iterable[str]) -> list[Reading]:
    """Every combination of the options that can change a result in this session.

    The edition's own reading comes first; the last decision changes fastest.
    """
    return combined(choices(session, reads))


def combined(options: Mapping[str, Iterable[str]]) -> list[Reading]:
    """Every combination of these options."""
    return [
        Reading(**dict(zip(options, chosen))) for chosen in itertools.product(*options.values())
    ]


def walked(
    session: Session, options: Mapping[str, Iterable[str]]
) -> Iterator[tuple[dict[str, str], Session]]:
    """Every combination of these options, and the session read so; no session is kept longer than
    needed.
    """
    if not options:
        yield {}, session
        return
    (name, chosen), *rest = options.items()
    for option in chosen:
        if option == own(name):
            read = session
        elif session is session.base:  # one option alone: it is asked for often
            read = Reading(**{name: option}).of(session)
        else:
            read = session.changed(DECISIONS[name].options[option].changes)
        for others, last in walked(read, dict(rest)):
            yield {name: option, **others}, last
