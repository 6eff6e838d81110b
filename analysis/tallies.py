"""Counts of a choice of rows under every reading: counts are kept, never tables.

Decisions that make other rows (what is a word, what is a place) are carried out on the tables.  All
others only say whose the rows are.  For them the rows of all these tables that no option tells
apart are put together first and counted as one row, which stands for so many in each table: so each
combination of them is carried out once, on a few rows, and the cost grows with the text and not
with the readings.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.columns import Coded, coded, column, sources
from analysis.decisions import DECISIONS
from analysis.evidence import Evidence
from analysis.kinds import OWNED, Options, alike, told_apart_by, with_owners
from analysis.options import SPOKEN
from analysis.readings import (
    Reading,
    choices,
    combined,
    every_option,
    placed_options,
    walked,
)
from analysis.session import Session

#: Decisions, each with the place of each of its options along an axis: options that come to the
#: same share a place.
Axes = tuple[tuple[str, tuple[int, ...]], ...]
#: For each value of a column a number for each combination of options.
Counts = dict[Any, np.ndarray]


@dataclass(frozen=True)
class Choice:
    """Rows of a table, counted by the values of a column, or by those of several at once (all
    together where there is none)."""

    rows: Evidence
    by: str | tuple[str, ...] | None = None

    @property
    def reads(self) -> frozenset[str]:
        """The tables and ``table.column``s that it is counted from."""
        return self.rows.reads.union(*(sources(self.rows.table, name) for name in self.by_each))

    @property
    def by_each(self) -> tuple[str, ...]:
        """The columns that it is counted by."""
        return (self.by,) if isinstance(self.by, str) else self.by or ()

    @property
    def columns(self) -> dict[str, None]:
        """The columns that it looks at."""
        return dict.fromkeys([*self.rows.looked_for, *self.by_each])

    def tally(self, session: Session) -> Counter:
        """How many rows have each value, in a session that has been read as it is to be read."""
        chosen = self.rows.chosen(session)
        if not self.by:
            return Counter({"": int(chosen.sum())})
        cells = {name: coded(session, self.rows.table, name) for name in self.by_each}
        values, kinds = self.kinds(cells)
        return Counter(values[kind] for kind in kinds[chosen])

    def kinds(self, cells: Mapping[str, Coded]) -> tuple[list[Any], np.ndarray]:
        """What rows are counted under, from the columns of a table (a tuple, where by several), and
        which of these each row has."""
        if isinstance(self.by, str):
            return list(cells[self.by].values), cells[self.by].codes
        several = [cells[name] for name in self.by_each]
        codes = np.broadcast_arrays(*(one.codes for one in several))
        code = np.zeros(codes[0].shape, dtype="int64")
        for one, each in zip(several, codes):
            code = code * len(one.values) + each
        _, first, kinds = np.unique(code, return_index=True, return_inverse=True)
        values = zip(*(one.values[each.flat[first]] for one, each in zip(several, codes)))
        return list(values), kinds.reshape(code.shape)


@dataclass(frozen=True, eq=False)
class Tallies:
    """What a choice counts under every reading: a number for each value of its column (one, for
    ``""``, where it has none) and each combination of places along the axes.
    """

    axes: Axes
    counts: Counts

    def under(self, readings: Iterable[Reading]) -> Iterator[Counter]:
        """The tally under each of these readings; values that no row has are left out."""
        for reading in readings:
            at = place_of(reading, self.axes)
            found = {value: int(numbers[at]) for value, numbers in self.counts.items()}
            yield Counter({value: number for value, number in found.items() if number})


def place_of(reading: Reading, axes: Axes) -> tuple[int, ...]:
    """The place of a reading's options along each axis."""
    chosen = dict(reading.options)
    options = {name: list(DECISIONS[name].options) for name, _ in axes}
    return tuple(p[options[n].index(chosen[n])] if n in chosen else p[0] for n, p in axes)


def tallied(session: Session, asked: Iterable[Choice]) -> dict[Choice, Tallies]:
    """What each of these choices counts under every reading that can change it.

    Choices of a table are counted together: the tables are made once for all of them.  So it is
    quicker to ask for all at once; what was asked is remembered.
    """
    known: dict[Choice, Tallies] = session.base.once(("tallies", every_option()), dict)
    asked = list(dict.fromkeys(asked))
    new = [choice for choice in asked if choice not in known]
    touched = {choice: choices(session, choice.reads) for choice in new}
    for table in dict.fromkeys(choice.rows.table for choice in new):
        some = [choice for choice in new if choice.rows.table == table]
        options = all_of_them(touched[choice] for choice in some)
        owners = {n: o for n, o in options.items() if DECISIONS[n].owners and table in SPOKEN}
        others = {n: o for n, o in options.items() if n not in owners}
        found = (
            counted_apart(session, some, others, owners)
            if owners
            else one_by_one(session, some, others)
        )
        for choice, counts in zip(some, found):
            known[choice] = for_itself(session, choice, touched[choice], counts, others | owners)
    return {choice: known[choice] for choice in asked}


def all_of_them(touched: Iterable[Options]) -> dict[str, tuple[str, ...]]:
    """The options of several choices of rows together, in the order of the decisions."""
    seen = {(name, option) for options in touched for name in options for option in options[name]}
    found = {
        name: tuple(option for option in decision.options if (name, option) in seen)
        for name, decision in DECISIONS.items()
    }
    return {name: options for name, options in found.items() if options}


def for_itself(
    session: Session, choice: Choice, own: Options, counts: Counts, options: Options
) -> Tallies:
    """A choice that was counted under all combinations of ``options``, under its own alone.

    Values come in the order of the first combination that has them; one that none has is left out.
    """
    shape, kept = list(map(len, options.values())), {}
    at = np.ix_(*([some.index(o) for o in own.get(n, some[:1])] for n, some in options.items()))
    sizes = [len(own[name]) for name in options if name in own]
    for value, numbers in counts.items():
        kept[value] = numbers.reshape(shape)[at].reshape(sizes)
    first = {v: int((n > 0).argmax()) for v, n in kept.items() if n.any() or not v}
    axes = (
        (n, placed_options(session.base, DECISIONS[n], choice.reads)) for n in options if n in own
    )
    return Tallies(tuple(axes), {v: kept[v] for v in sorted(first, key=lambda v: first[v])})


def one_by_one(session: Session, some: list[Choice], others: Options) -> list[Counts]:
    """The choices counted under one combination after the other."""
    size = math.prod(map(len, others.values()))
    found: list[Counts] = [{} for _ in some]
    for at, (_, read) in enumerate(walked(session, others)):
        for choice, counts in zip(some, found):
            for value, number in choice.tally(read).items():
                counts.setdefault(value, np.zeros(size, dtype="int64"))[at] = number
    return found


def counted_apart(
    session: Session, some: list[Choice], others: Options, owners: Options
) -> list[Counts]:
    """The choices counted under every combination of ``others``, and in each of ``owners``."""
    table, columns = some[0].rows.table, list(dict.fromkeys(c for one in some for c in one.columns))
    for choice in some:
        choice.rows.chosen(session)  # a name that there is not is an error
    frame, weights = together(session, table, columns, others, owners)
    read = session.changed({table: lambda *_: frame})
    cells = with_owners(read, table, columns, owners)
    size = math.prod(map(len, owners.values()))
    stands_for = weights.astype("float64")  # whole numbers, but these are multiplied much quicker
    return [apart(choice, cells, stands_for, size) for choice in some]


def apart(choice: Choice, cells: Mapping[str, Coded], weights: np.ndarray, size: int) -> Counts:
    """A choice counted in columns of which some have a line for each of ``size`` combinations: from
    rows that each stand for so many in each column of ``weights``."""
    there = np.ones(len(weights), dtype=bool)
    whose: list[np.ndarray] = []
    for name, any_of in choice.rows.looked_for.items():
        if name in OWNED:
            whose.append(cells[name].any_of(any_of))
        else:
            there &= cells[name].any_of(any_of)
    rows = np.flatnonzero(there)
    meets = np.ones((size, len(rows)), dtype=bool)
    for each in whose:
        meets &= each[:, rows]
    if not choice.by:
        return {"": np.rint(meets @ weights[rows]).T.astype("int64")}
    values, kinds = choice.kinds(cells)
    found: Counts = {value: np.zeros((weights.shape[1], size), dtype="int64") for value in values}
    kinds = kinds[..., rows]
    for kind in np.unique(kinds):
        has = meets & (kinds == kind)
        some = has.any(axis=0)
        found[values[kind]] += np.rint(has[:, some] @ weights[rows[some]]).T.astype("int64")
    return found


def together(
    session: Session, table: str, columns: Iterable[str], others: Options, owners: Options
) -> tuple[pd.DataFrame, np.ndarray]:
    """One row for all that ``owners`` and these columns cannot tell apart, under any combination of
    ``others``, and for how many rows it stands: a column for each combination.
    """
    frames, stacked, weights = [], [], []
    for _, read in walked(session, others):
        frame = read.table(table)
        keys = told_apart_by(read, table, columns, owners)
        joined = {n: column(read, table, n) for n in columns if n not in (*frame, *OWNED)}
        first, same = alike(keys)
        frames.append(frame.assign(**joined).iloc[first])
        stacked.append([key[first] for key in keys])
        weights.append(np.bincount(same, minlength=len(first)))
    first, same = alike([np.concatenate(parts) for parts in zip(*stacked)])
    which_one = np.repeat(np.arange(len(frames)), list(map(len, frames)))
    stands_for = np.zeros((len(first), len(frames)), dtype="int64")
    np.add.at(stands_for, (same, which_one), np.concatenate(weights))
    return pd.concat(frames).iloc[first].reset_index(drop=True), stands_for


def every_tally(session: Session, *asked: Choice) -> dict[Reading, tuple[Counter, ...]]:
    """The tallies of choices under every reading that can change one, the edition's first."""
    readings = combined(choices(session, frozenset().union(*(choice.reads for choice in asked))))
    found = tallied(session, asked)
    return dict(zip(readings, zip(*(found[choice].under(readings) for choice in asked))))


def ranges(session: Session, rows: Evidence, *, by: str) -> tuple[dict[str, tuple[int, int]], int]:
    """The lowest and the highest count of each value of a column under any reading, and how many
    readings that is.
    """
    choice = Choice(rows, by)
    found = tallied(session, [choice])[choice]
    spans = {value: (int(n.min()), int(n.max())) for value, n in found.counts.items()}
    return spans, math.prod(max(places) + 1 for _, places in found.axes)


class Possible(NamedTuple):
    """What a count may come to: its table with a row of 0 for each group that only other readings
    have, and the lowest and highest sum of each value of its first column under any reading."""

    table: pd.DataFrame
    spans: dict[str, tuple[int, int]]


def possible(
    session: Session, table: pd.DataFrame, rows: Evidence, by: str | Sequence[str]
) -> Possible:
    """What a table of :func:`analysis.evidence.count`, of ``rows`` by the columns ``by``, may come
    to; one that is read otherwise than the edition gets no rows."""
    names = (by,) if isinstance(by, str) else tuple(by)
    choice = Choice(Evidence.checked(rows.table, rows.conditions, Reading()), names)
    counts = tallied(session, [choice])[choice].counts
    sums: dict[str, np.ndarray] = {}
    for values, numbers in counts.items():
        sums[values[0]] = sums.get(values[0], 0) + numbers
    spans = {value: (int(n.min()), int(n.max())) for value, n in sums.items()}
    there = set(table[list(names)].itertuples(index=False, name=None))
    new = [
        {
            **dict(zip(names, values)),
            "count": 0,
            "evidence": Evidence.checked(
                rows.table, {**rows.conditions, **dict(zip(names, values))}, rows.reading
            ).address,
        }
        for values in counts
        if values not in there
    ]
    if rows.reading.options or not new:
        return Possible(table, spans)
    return Possible(pd.concat([table, pd.DataFrame(new)], ignore_index=True), spans)
