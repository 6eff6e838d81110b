"""Which lines a list holds under every reading, and whose each of them is.

A list has a line for each row that a choice holds in some reading; a reading only says which of
them count.  Lines are told apart by their place in the text, so that a word which one rule finds
and another does not is a line that counts under the one.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.columns import Coded, column, placed, sources
from analysis.decisions import DECISIONS
from analysis.evidence import Evidence
from analysis.grids import Grid, small
from analysis.kinds import OWNED, Options, alike, told_apart_by, with_owners
from analysis.options import SPOKEN
from analysis.readings import choices, placed_options, walked
from analysis.session import Session
from analysis.tallies import Axes

#: Start and end in the transcript, and which of the rows of its table that stand there it is.
Line = tuple[int, int, int]


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines of a list, in its order: where each stands, in which readings it counts, and whose
    it is in each (``none`` where nobody is named).
    """

    sentences: list[str]
    places: list[tuple[int, int]]
    counts: list[Grid]
    speakers: list[Grid]


def lines_of(session: Session, asked: Iterable[Evidence]) -> dict[Evidence, Lines]:
    """The lines of each choice, under every combination of the decisions that can change them."""
    by_table: dict[str, list[Group]] = defaultdict(list)
    for group in groups(session, asked):
        by_table[group.table].append(group)
    lists = {}
    for table, some in by_table.items():
        frames = {id(frame): frame for group in some for frame in group.frames}
        names = {one: numbered(frame) for one, frame in frames.items()}
        lines = {id(group): [names[id(frame)] for frame in group.frames] for group in some}
        rows = {
            line: (frame, row)
            for one, frame in frames.items()
            for row, line in enumerate(names[one])
        }
        whose = speakers_of(session, table, rows)
        homes: dict[Line, str] = {}
        for one, frame in frames.items():
            homes.update(zip(names[one], frame.sentence.to_numpy(object)))
        for group in some:
            known: dict[bytes, Grid] = {}
            every = lines[id(group)]
            in_order = all(names == sorted(names) for names in every)
            for number, evidence in enumerate(group.choices):
                counts = counted(group, number, every, known)
                if in_order:
                    counts = dict(sorted(counts.items()))
                lists[evidence] = Lines(
                    [homes[line] for line in counts],
                    [(start, end) for start, end, _ in counts],
                    list(counts.values()),
                    [whose[line] for line in counts],
                )
    return lists


def numbered(frame: pd.DataFrame) -> list[Line]:
    """The rows of a table as lines."""
    seen: Counter[tuple[int, int]] = Counter()
    found = []
    # a row that stands nowhere, as a relation of two dates, makes a column of places one of floats
    starts, ends = (frame[name].fillna(-1).astype(int).tolist() for name in ("start", "end"))
    for start, end in zip(starts, ends):
        found.append((start, end, seen[start, end]))
        seen[start, end] += 1
    return found


def counted(
    group: Group, number: int, lines: list[list[Line]], known: dict[bytes, Grid]
) -> dict[Line, Grid]:
    """The lines of one choice of a group, those of one table after those of another, and the
    readings in which each counts.

    ``known`` keeps the grids that other choices of the group came to.
    """
    held = group.held[:, number]
    hit = np.flatnonzero(held.any(axis=0))
    bits = np.ascontiguousarray(np.packbits(held[:, hit], axis=0).T)
    patterns, numbers = np.unique(bits, axis=0, return_inverse=True)
    codes = np.full(held.shape[1], -1)
    codes[hit] = numbers.ravel()
    rows: dict[Line, list[int]] = {}
    for place, (names, classes) in enumerate(zip(lines, group.classes)):
        own = codes[classes]
        for row in np.flatnonzero(own >= 0):
            rows.setdefault(names[row], [-1] * len(lines))[place] = own[row]
    full = np.unpackbits(patterns, axis=1, count=len(held)).astype(bool)
    found = {}
    for line, codes_by_frame in rows.items():
        which = np.array(codes_by_frame)
        values = (which >= 0)[:, None] & full[which]
        key = values.tobytes()
        if key not in known:
            known[key] = group.grid(values)
        found[line] = known[key]
    return found


def speakers_of(
    session: Session, table: str, rows: dict[Line, tuple[pd.DataFrame, int]]
) -> dict[Line, Grid]:
    """Whose each of these rows of a table is, under every reading."""
    if not rows:
        return {}
    reads = frozenset({table}) | sources(table, "speaker")
    touched = choices(session, reads)
    owners = {n: options for n, options in touched.items() if DECISIONS[n].owners}
    if table in SPOKEN:
        by_frame: dict[int, list[Line]] = defaultdict(list)
        for line, (frame, _) in rows.items():
            by_frame[id(frame)].append(line)
        parts = [
            rows[some[0]][0].iloc[[rows[line][1] for line in some]] for some in by_frame.values()
        ]
        every = pd.concat(parts, ignore_index=True)
        read = session.changed({table: lambda *_: every})
        first, classes = kinds_of_rows(read, table, ["speaker"], owners)
        few = every.iloc[first].reset_index(drop=True)
        read = session.changed({table: lambda *_: few})
        names = [line for some in by_frame.values() for line in some]
    else:
        read = session
        names, classes = list(rows), np.array([row for _, row in rows.values()])
    shape = [len(options) for options in owners.values()]
    values = np.array([column(last, table, "speaker") for _, last in walked(read, owners)])
    axes = axes_of(session, reads, owners)
    grids: dict[tuple, Grid] = {}
    found = []
    for some in values.T:
        key = tuple(some)
        if key not in grids:
            grids[key] = small(axes, some.reshape(shape))
        found.append(grids[key])
    return {line: found[one] for line, one in zip(names, classes)}


# Choices held together ----------------------------------------------------------------------------


def axes_of(session: Session, reads: frozenset[str], names: Iterable[str]) -> Axes:
    """An axis for each of these decisions, in this order."""
    return tuple((n, placed_options(session.base, DECISIONS[n], reads)) for n in names)


@dataclass(frozen=True, eq=False)
class Group:
    """Choices of rows of one table that the same decisions change, and which rows each holds.

    Rows that the decisions cannot tell apart are one class.  ``frames`` are the tables that the
    decisions over ``others`` make, one for each combination, and ``classes`` says of what class
    each row of each of them is; ``held`` says which classes a choice holds, for each combination of
    ``owners``: combinations, then choices, then classes.
    """

    table: str
    choices: list[Evidence]
    others: Options
    owners: Options
    frames: list[pd.DataFrame]
    classes: list[np.ndarray]
    held: np.ndarray
    axes: Axes

    def grid(self, values: np.ndarray) -> Grid:
        """A grid of values, one for each table and each combination of owners."""
        options = [*self.others.values(), *self.owners.values()]
        return small(self.axes, values.reshape([len(some) for some in options]))


def groups(session: Session, asked: Iterable[Evidence]) -> Iterator[Group]:
    """Choices counted together, under every combination of the decisions that can change them:
    readings are made once for all that they change alike.
    """
    together = defaultdict(list)
    for evidence in dict.fromkeys(asked):
        touched = choices(session, evidence.reads)
        together[evidence.table, tuple(touched.items())].append(evidence)
    made: dict[object, list[Session]] = {}
    for (table, items), some in together.items():
        options = dict(items)
        owners = {n: o for n, o in options.items() if DECISIONS[n].owners and table in SPOKEN}
        others = {n: o for n, o in options.items() if n not in owners}
        columns = list(dict.fromkeys(name for one in some for name in one.looked_for))
        frames, classes = [], []
        few: list[pd.DataFrame] = []
        same = tuple(others.items())
        if same not in made:
            made[same] = [read for _, read in walked(session, others)]
        for read in made[same]:
            own = read.table(table)
            frames.append(own if {"start", "sentence"} <= set(own) else placed(read, table))
            first, kinds = kinds_of_rows(read, table, columns, owners)
            joined = {n: column(read, table, n) for n in columns if n not in (*own, *OWNED)}
            classes.append(kinds + sum(len(frame) for frame in few))
            few.append(own.assign(**joined).iloc[first])
        stacked = pd.concat(few, ignore_index=True)
        read = session.changed({table: lambda *_, rows=stacked: rows})
        held = held_by(some, with_owners(read, table, columns, owners), owners, len(stacked))
        reads = frozenset().union(*(evidence.reads for evidence in some))
        axes = axes_of(session, reads, [*others, *owners])
        yield Group(table, some, others, owners, frames, classes, held, axes)


def kinds_of_rows(
    read: Session, table: str, columns: Iterable[str], owners: Options
) -> tuple[np.ndarray, np.ndarray]:
    """The first row of each kind of rows that these decisions and columns cannot tell apart, and
    each row's kind."""
    if not owners:
        every = np.arange(len(read.table(table)))
        return every, every
    return alike(told_apart_by(read, table, columns, owners))


def held_by(
    asked: list[Evidence], cells: Mapping[str, Coded], owners: Options, rows: int
) -> np.ndarray:
    """Which of so many rows each of these choices holds: combinations of ``owners``, then choices,
    then rows."""
    size = math.prod(map(len, owners.values()))
    held = np.ones((size, len(asked), rows), dtype=bool)
    meets: dict[tuple[str, tuple[str, ...]], np.ndarray] = {}
    for number, evidence in enumerate(asked):
        for condition in evidence.looked_for.items():
            if condition not in meets:
                name, any_of = condition
                meets[condition] = cells[name].any_of(any_of)
            held[:, number] &= meets[condition]
    return held
