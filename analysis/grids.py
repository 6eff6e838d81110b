"""Many choices of rows, counted under every reading at once, and looked up by reading.

A :class:`Grid` holds what a number or a verdict becomes: an axis for each decision that changes it,
a place along the axis for each option.  Options that come to the same share a place, so that a grid
is as small as what it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.claims import Verdict
from analysis.columns import column
from analysis.decisions import DECISIONS
from analysis.evidence import Evidence
from analysis.options import SPOKEN
from analysis.readings import Reading, choices, combined, placed_options, walked
from analysis.session import Session
from analysis.tallies import Choice, Options, together

#: The decisions that can change a grid, each with the place of each of its options along its axis.
Axes = tuple[tuple[str, tuple[int, ...]], ...]
#: Columns that say whose the rows are.
OWNED = ("speech", "speaker", "standing")
#: Columns, each with the values of which one is enough.
Conditions = list[tuple[str, tuple[str, ...]]]


@dataclass(frozen=True, eq=False)
class Grid:
    """Values by reading: an axis of ``values`` for each decision of ``axes``."""

    axes: Axes
    values: np.ndarray

    def at(self, reading: Reading) -> Any:
        """The value under a reading."""
        chosen, where = dict(reading.options), []
        for name, places in self.axes:
            options = list(DECISIONS[name].options)
            where.append(places[options.index(chosen.get(name, options[0]))])
        return self.values[tuple(where)]


def small(axes: Axes, values: np.ndarray) -> Grid:
    """A grid without what says nothing: axes along which nothing changes, places that are alike."""
    kept: list[tuple[str, tuple[int, ...]]] = []
    for name, places in axes:
        axis = len(kept)
        seen: dict[tuple, int] = {}
        parts = np.moveaxis(values, axis, 0)
        alike = [seen.setdefault(tuple(part.flat), len(seen)) for part in parts]
        values = np.take(values, [alike.index(place) for place in range(len(seen))], axis)
        if len(seen) == 1:
            values = values.squeeze(axis)
        else:
            kept.append((name, tuple(alike[place] for place in places)))
    return Grid(tuple(kept), values)


def axes_of(session: Session, reads: frozenset[str], names: Iterable[str]) -> Axes:
    """An axis for each of these decisions, in this order."""
    return tuple((n, placed_options(session.base, DECISIONS[n], reads)) for n in names)


def grids_of_counts(session: Session, asked: Iterable[Evidence]) -> dict[Evidence, Grid]:
    """What each choice counts, under every combination of the decisions that can change it.

    The choices of a table that the same decisions change are counted together: readings are made
    once for all of them.
    """
    groups, found = defaultdict(list), {}
    for evidence in dict.fromkeys(asked):
        touched = choices(session, evidence.reads)
        groups[evidence.table, tuple(touched.items())].append(evidence)
    for (table, items), some in groups.items():
        reads = frozenset().union(*(evidence.reads for evidence in some))
        options = dict(items)
        owners = {n: o for n, o in options.items() if DECISIONS[n].owners and table in SPOKEN}
        others = {n: o for n, o in options.items() if n not in owners}
        columns: dict[str, tuple[str, ...]] = {n: () for e in some for n in e.looked_for}
        rows = Choice(Evidence(table, tuple(columns.items())))
        conditions = [list(evidence.looked_for.items()) for evidence in some]
        frames, weights = [], []
        for _, read in walked(session, others):
            few, each = read, np.ones(len(read.table(table)), dtype="int64")
            if owners:
                few, each = together(read, rows, owners)
            frame = few.table(table)
            joined = {n: column(few, table, n) for n in columns if n not in (*frame, *OWNED)}
            frames.append(frame.assign(**joined))
            weights.append(each)
        counted = under_owners(session, table, frames, weights, owners, conditions)
        names = [*others, *owners]
        shape = [len(options[name]) for name in names]
        axes = axes_of(session, reads, names)
        for evidence, counts in zip(some, counted):
            found[evidence] = small(axes, counts.reshape(shape))
    return found


def under_owners(
    session: Session,
    table: str,
    frames: list[pd.DataFrame],
    weights: list[np.ndarray],
    owners: Options,
    conditions: list[Conditions],
) -> np.ndarray:
    """What each set of conditions counts in each of these tables, whoever owns the rows: sets of
    conditions, then tables, then combinations of ``owners``.

    The tables stand one below the other, so that each combination is carried out once for all.
    """
    stacked = pd.concat(frames, ignore_index=True)
    which = np.repeat(np.arange(len(frames)), [len(frame) for frame in frames])
    by_table = np.zeros((len(stacked), len(frames)), dtype="int64")
    by_table[np.arange(len(stacked)), which] = np.concatenate(weights)
    read = session.changed({table: lambda frame, old, new: stacked})
    counted = [all_counts(last, table, conditions, by_table) for _, last in walked(read, owners)]
    return np.moveaxis(np.array(counted), 0, -1)


def all_counts(
    session: Session, table: str, asked: list[Conditions], weights: np.ndarray
) -> np.ndarray:
    """How many rows meet each of these sets of conditions, in a session that has been read."""
    size = len(session.table(table))
    chosen = np.ones((len(asked), size), dtype=bool)
    cells: dict[str, np.ndarray] = {}
    known: dict[tuple[str, tuple[str, ...]], np.ndarray] = {}
    for mask, conditions in zip(chosen, asked):
        for condition in conditions:
            if condition not in known:
                name, values = condition
                if name not in cells:
                    cells[name] = column(session, table, name)
                known[condition] = np.logical_or.reduce([cells[name] == v for v in values])
            mask &= known[condition]
    return chosen.astype("int64") @ weights


def grid_of_shares(part: Grid, whole: Grid) -> Grid:
    """What a share becomes, as a reader is shown it: “47%”; “no share” where there is no whole."""
    seen: dict[str, tuple[str, ...]] = {}
    for name, _ in part.axes + whole.axes:
        seen[name] = tuple(DECISIONS[name].options)
    seen = {name: seen[name] for name in DECISIONS if name in seen}
    pairs = [(part.at(reading), whole.at(reading)) for reading in combined(seen)]
    texts = [f"{a / b:.0%}" if b else "no share" for a, b in pairs]
    said = np.empty(len(texts), dtype="object")
    said[:] = texts
    axes = tuple((name, tuple(range(len(options)))) for name, options in seen.items())
    return small(axes, said.reshape([len(options) for options in seen.values()]))


def grid_of_verdicts(session: Session, verdict: Verdict) -> Grid:
    """Whether a claim holds."""
    options, fails = choices(session, verdict.claim.reads), set(verdict.fails)
    held = np.array([reading not in fails for reading in combined(options)])
    axes = axes_of(session, verdict.claim.reads, options)
    return small(axes, held.reshape([len(some) for some in options.values()]))
