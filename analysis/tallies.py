"""Counts of a choice of rows under every reading: counts are kept, never tables.

Decisions that make other rows (what is a word, what is a place) are carried out on the tables.  All
others only say whose the rows are; for them rows that no option tells apart are put together first
and counted as one row with a weight, so that the cost grows with the text and not with the
readings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.columns import column, sources
from analysis.decisions import DECISIONS
from analysis.evidence import Evidence
from analysis.options import SPOKEN
from analysis.readings import Reading, choices, walked
from analysis.session import Session

Options = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Choice:
    """Rows of a table, counted by the values of a column (all together where there is none)."""

    rows: Evidence
    by: str | None = None

    @property
    def reads(self) -> frozenset[str]:
        """The tables and ``table.column``s that it is counted from."""
        return self.rows.reads | (sources(self.rows.table, self.by) if self.by else set())

    def tally(self, session: Session, weights: np.ndarray | None = None) -> Counter:
        """How many rows have each value, in a session that has been read as it is to be read.

        ``weights`` says how many rows each row of the table stands for.
        """
        chosen = self.rows.chosen(session)
        counts = np.ones(len(chosen), dtype="int64") if weights is None else weights
        if not self.by:
            return Counter({"": int(counts[chosen].sum())})
        values = column(session, self.rows.table, self.by)[chosen]
        codes, names = pd.factorize(values)
        sums = np.bincount(codes, counts[chosen], minlength=len(names)).astype("int64")
        return Counter({name: int(n) for name, n in zip(names, sums)})


def tallies(session: Session, choice: Choice, options: Options) -> dict[Reading, Counter]:
    """The tally of a choice under every combination of these options."""
    table, found = choice.rows.table, {}
    owners = {n: o for n, o in options.items() if DECISIONS[n].owners and table in SPOKEN}
    others = {n: o for n, o in options.items() if n not in owners}
    for made, read in walked(session, others):
        weights = None
        if owners:
            read, weights = together(read, choice, owners)
        for owned, last in walked(read, owners):
            found[Reading(**made, **owned)] = choice.tally(last, weights)
    return found


def together(session: Session, choice: Choice, owners: Options) -> tuple[Session, np.ndarray]:
    """The session with one row for all that these decisions cannot tell apart, and how many each
    stands for.
    """
    table = choice.rows.table
    frame = session.table(table)
    columns = {"speech", *choice.rows.looked_for, *([choice.by] if choice.by else [])}
    keys = [column(session, table, name) for name in sorted(columns)]
    for name, options in owners.items():
        for option in (DECISIONS[name].options[o] for o in options):
            if option.apart:
                keys.append(np.asarray(option.apart(frame, session.base)))
    code = np.zeros(len(frame), dtype="int64")
    for key in keys:
        ids, values = pd.factorize(key)
        code = pd.factorize(code * (len(values) + 1) + ids)[0]
    _, first, weights = np.unique(code, return_index=True, return_counts=True)
    few = frame.iloc[first].reset_index(drop=True)
    return session.changed({table: lambda frame, old, new: few}), weights


def every_tally(session: Session, *choices_: Choice) -> dict[Reading, tuple[Counter, ...]]:
    """The tallies of choices under every reading that can change one, the edition's first."""
    options = choices(session, frozenset().union(*(choice.reads for choice in choices_)))
    counted = [tallies(session, choice, options) for choice in choices_]
    return {reading: tuple(each[reading] for each in counted) for reading in counted[0]}


def ranges(session: Session, rows: Evidence, *, by: str) -> tuple[dict[str, tuple[int, int]], int]:
    """The lowest and the highest count of each value of a column under any reading, and how many
    readings that is.
    """
    counted = [tally for (tally,) in every_tally(session, Choice(rows, by)).values()]
    found = dict.fromkeys(value for tally in counted for value in tally)
    spans = {v: (min(t[v] for t in counted), max(t[v] for t in counted)) for v in found}
    return spans, len(counted)
