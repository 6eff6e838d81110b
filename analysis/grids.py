"""Many choices of rows, counted under every reading at once, and looked up by reading.

A :class:`Grid` holds what a number or a verdict becomes: an axis for each decision that changes it,
a place along the axis for each option.  Options that come to the same share a place, so that a grid
is as small as what it says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analysis.claims import Verdict
from analysis.decisions import DECISIONS
from analysis.evidence import Evidence
from analysis.readings import choices, combined, placed_options
from analysis.session import Session
from analysis.tallies import Axes, Choice, tallied
from analysis.wording import percent


@dataclass(frozen=True, eq=False)
class Grid:
    """Values by reading: an axis of ``values`` for each decision of ``axes``."""

    axes: Axes
    values: np.ndarray


def small(axes: Axes, values: np.ndarray) -> Grid:
    """A grid without what says nothing: axes along which nothing changes, places that are alike."""
    kept: list[tuple[str, tuple[int, ...]]] = []
    for name, places in axes:
        axis = len(kept)
        seen: dict[tuple, int] = {}
        parts = np.moveaxis(values, axis, 0).reshape(values.shape[axis], -1)
        alike = [seen.setdefault(tuple(part), len(seen)) for part in parts]
        values = np.take(values, [alike.index(place) for place in range(len(seen))], axis)
        if len(seen) == 1:
            values = values.squeeze(axis)
        else:
            kept.append((name, tuple(alike[place] for place in places)))
    return Grid(tuple(kept), values)


def grids_of_counts(session: Session, asked: Iterable[Evidence]) -> dict[Evidence, Grid]:
    """What each choice counts, under every combination of the decisions that can change it."""
    found = tallied(session, [Choice(evidence) for evidence in dict.fromkeys(asked)])
    return {choice.rows: small(t.axes, t.counts[""]) for choice, t in found.items()}


def grid_of_shares(part: Grid, whole: Grid) -> Grid:
    """What a share becomes, as a reader is shown it: “47%”; “no share” where there is no whole."""
    touched = dict(part.axes + whole.axes)
    names = [name for name in DECISIONS if name in touched]
    counts, of = np.broadcast_arrays(spread(part, names), spread(whole, names))
    said = [percent(int(a), int(b)) for a, b in zip(counts.flat, of.flat)]
    axes = tuple((name, tuple(range(len(DECISIONS[name].options)))) for name in names)
    return small(axes, np.array(said, dtype="object").reshape(counts.shape))


def spread(grid: Grid, names: list[str]) -> np.ndarray:
    """The values with an axis for each of these decisions, in their order, and along it a value for
    each option, or one for all where the decision changes nothing.
    """
    own = dict(grid.axes)
    values = grid.values
    for axis, places in enumerate(own.values()):
        values = values.take(places, axis)
    order = [name for name in names if name in own]
    values = values.transpose([list(own).index(name) for name in order])
    return values.reshape([len(DECISIONS[n].options) if n in own else 1 for n in names])


def grid_of_verdicts(session: Session, verdict: Verdict) -> Grid:
    """Whether a claim holds."""
    options, fails = choices(session, verdict.claim.reads), set(verdict.fails)
    held = np.array([reading not in fails for reading in combined(options)])
    reads = verdict.claim.reads
    axes = ((n, placed_options(session.base, DECISIONS[n], reads)) for n in options)
    return small(tuple(axes), held.reshape([len(some) for some in options.values()]))
