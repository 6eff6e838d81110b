"""The cells of a matrix: columns side by side, a bar in each for each row, names beside them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from analysis.figures.drawing import PLAIN_INK, Part, bars
from analysis.following import at_end
from analysis.presence import WAYS


class Column(NamedTuple):
    """A column of the matrix: its way, where it begins, how wide it is, pixels for one counted."""

    way: str
    left: float
    width: float
    unit: float


def columns_of(table: pd.DataFrame, space: float, narrow: bool) -> Iterator[Column]:
    """The columns side by side, each as wide as any reading asks for: one unit for all that is
    counted in mentions and passages, another for words."""
    most = table.groupby("way")["most"].max()
    most = most.reindex([way for way in WAYS if way in most.index])
    least, number = (24, 13) if narrow else (52, 22)
    fixed = {"listed": least, "heard": space * (0.27 if narrow else 0.2)}
    others = {way: int(n) for way, n in most.items() if way not in fixed}
    free = space - sum(fixed[way] for way in fixed if way in most.index)
    unit = min(12.0, max(0.5, (free - number * len(others)) / max(sum(others.values()), 1)))
    widths = {way: max(n * unit + number, least) for way, n in others.items()}
    unit *= min(1.0, free / max(sum(widths.values()), 1))
    left = 0.0
    for way in most.index:
        if way in fixed:
            width = fixed[way]
            scale = (width - 44) / most[way] if way == "heard" else 12.0  # four figures beside
        else:
            width, scale = widths[way] * min(1.0, free / sum(widths.values())), unit
        yield Column(way, left, width, scale)
        left += width


def cell(axes: Axes, y: int, column: Column, parts: list[Part], more: bool) -> None:
    """A cell: its parts in a row, and how much they are together where it is more than one, or is
    ``more`` than one under another reading."""
    line = f"{y}-{column.way.replace(' ', '-')}"
    x = bars(axes, column.left + 4, y - 0.33, parts, line, column.unit)
    total = sum(part.value for part in parts)
    if parts and column.way != "listed" and (more or total > 1):
        says = axes.text(x + 3, y, f"{total:,}" if total > 1 else " ", va="center", fontsize=12)
        at_end(says, line, least=2)


def heading(axes: Axes, column: Column, text: str, narrow: bool) -> None:
    """What is counted in a column, over it."""
    if narrow:
        axes.text(
            column.left + 6, -0.75, text.replace("\n", " "), rotation=90, fontsize=12, va="bottom"
        )
    else:
        axes.text(column.left + 4, -0.75, text, fontsize=12, va="bottom", linespacing=1.15)
    axes.axvline(column.left, color=PLAIN_INK.colour, linewidth=0.4, zorder=0)


def fitted(name: str, narrow: bool) -> str:
    """A name over two lines at most, the rest cut off; 12 pixels is as small as text may be."""
    return textwrap.fill(name, 17 if narrow else 27, max_lines=2, placeholder="…")
