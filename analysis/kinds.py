"""Kinds of rows: those that some decisions and columns cannot tell apart are counted as one.

Most decisions only say whose the rows are, and treat alike nearly all rows of a speech: so under
each combination of them a few kinds are looked at, and not the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.columns import Coded, coded, column
from analysis.decisions import DECISIONS
from analysis.readings import walked
from analysis.session import Session

Options = Mapping[str, tuple[str, ...]]
#: Columns that say whose the rows are.
OWNED = ("speech", "speaker", "standing")


def with_owners(
    session: Session, table: str, columns: Iterable[str], owners: Options
) -> dict[str, Coded]:
    """Columns of a table; those that say whose the rows are have a line of codes for each
    combination of ``owners``."""
    names = list(columns)
    codes: dict[str, list[np.ndarray]] = {name: [] for name in names if name in OWNED}
    number: dict[str, dict[Any, int]] = {name: {} for name in codes}
    for _, read in walked(session, owners) if codes else ():
        for name in codes:
            cells = coded(read, table, name)
            known = [number[name].setdefault(v, len(number[name])) for v in cells.values]
            codes[name].append(np.array(known)[cells.codes])
    return {
        n: Coded(np.array(codes[n]), np.array([*number[n]], object), number[n])
        if n in codes
        else coded(session, table, n)
        for n in names
    }


def told_apart_by(
    read: Session, table: str, columns: Iterable[str], owners: Options
) -> list[np.ndarray]:
    """What tells the rows of a table apart: these columns, and each option that picks some out."""
    apart = [DECISIONS[name].options[o].apart for name, options in owners.items() for o in options]
    keys = [column(read, table, name) for name in dict.fromkeys(["speech", *columns])]
    frame = read.table(table)
    return keys + [np.asarray(which(frame, read.base)) for which in apart if which]


def alike(keys: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The first row of each kind of rows that are alike in all of these, and each row's kind."""
    code = np.zeros(len(keys[0]), dtype="int64")
    for key in keys:
        ids, values = pd.factorize(key)
        code = pd.factorize(code * (len(values) + 1) + ids)[0]
    _, first, kinds = np.unique(code, return_index=True, return_inverse=True)
    return first, kinds
