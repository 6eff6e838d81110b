"""The field of a chart of two clocks: a scale of time, and the marks on it.

The order of telling runs down and time across, so that each passage keeps its words.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path

from analysis.chart import NARROW, WIDE
from analysis.colours import GREY
from analysis.figures.drawing import TONES, Ink, look, sheet, write

#: How a date looks by its certainty, in the standings of the book.
LOOKS = {"high": "labelled", "medium": "inferred", "low": "doubted"}
OTHER = TONES[1]
CLASH = TONES[2]
DAY = pd.Timedelta(days=1)
GAP = 0.55  # how wide a stretch is in which nothing is dated more closely, to a day's 1
HEAD, LINE = 44.0, 13.0  # pixels: what stands above the first passage, a line of words
#: Wide and narrow: how many letters a line of a label has, and where time begins and ends.
LETTERS, TIMES = (48, 24), ((340.0, 668.0), (170.0, 292.0))


@dataclass(frozen=True)
class Scale:
    """Time as a drawing has room for it: a day is a band, more where more is told of it; what lies
    between is a short one."""

    bands: tuple[tuple[pd.Timestamp, pd.Timestamp, float], ...]

    @classmethod
    def of(cls, times: pd.DataFrame) -> Scale:
        """The scale for dates with ``earliest`` and ``latest``."""
        firsts, lasts = times.earliest.dropna().dt.floor("D"), days_end(times.latest)
        points = sorted({*firsts, *lasts})
        if (
            len(points) == 1
        ):  # all that is known is when it began, or had ended: the day beside that
            points.append(points[0] + DAY if len(firsts) else points[0] - DAY)
            points.sort()
        bands = []
        for start, end in pairwise(points):
            inside = int(((times.earliest >= start) & (days_end(times.latest) <= end)).sum())
            wide = 1 + inside / 7 if end - start <= DAY else GAP
            bands.append((pd.Timestamp(start), pd.Timestamp(end), wide))
        return cls(tuple(bands))

    @property
    def width(self) -> float:
        """The width of all bands."""
        return sum(wide for *_, wide in self.bands)

    def at(self, time: pd.Timestamp) -> float:
        """Where a time stands."""
        x = 0.0
        for start, end, wide in self.bands:
            if time < end:
                return x + wide * max((time - start) / (end - start), 0.0)
            x += wide
        return x

    def marks(self) -> list[tuple[float, float, str]]:
        """Where each band begins and ends, and what it is called."""
        marks, x = [], 0.0
        for start, end, wide in self.bands:
            name = "⋮"
            if end - start <= DAY:
                name = f"{start.day} {start:%b}"
            elif (start.day, start.month, end.day, end.month, end.year - start.year) == (
                *(1, 1, 1, 1),
                1,
            ):
                name = str(start.year)
            marks.append((x, x + wide, name))
            x += wide
        return marks


def days_end(times: pd.Series) -> pd.Series:
    """The end of the day of each time."""
    return times.dropna().dt.floor("D") + DAY


def in_lines(says: str, narrow: bool) -> list[str]:
    """The words of a passage, in lines that there is room for."""
    return textwrap.wrap(says, LETTERS[narrow])


def height_of(labels: Iterable[str], narrow: bool) -> int:
    """How high a field is in which each of these labels is whole."""
    lines = [len(in_lines(says, narrow)) for says in labels]
    # the most that one stands above another, from middle to middle
    above = max((a + b) / 2 for a, b in pairwise([*lines, 1]))
    return round(HEAD + 8 + (LINE * above + 3) * len(lines))


class Field:
    """The field of the drawing, with a row for each passage."""

    def __init__(self, figure: Figure, height: float, scale: Scale, many: int, narrow: bool):
        self.axes: Axes = sheet(figure, NARROW if narrow else WIDE, height)
        self.scale, self.narrow, self.many = scale, narrow, many
        self.time0, self.time1 = TIMES[narrow]
        self.step = (height - HEAD - 8) / many

    def point(self, order: float, time: float) -> tuple[float, float]:
        """A place on the sheet: ``order`` in rows, ``time`` in pixels."""
        return time, HEAD + order * self.step

    def at(self, time: float) -> float:
        """A place on the scale, in pixels along it."""
        return self.time0 + (self.time1 - self.time0) * time / self.scale.width

    def box(self, order: float, wide: float, first: float, last: float) -> Rectangle:
        """A bar over ``wide`` rows round the middle of one, from one time to another."""
        corner = self.point(order + 0.5 - wide / 2, first)
        return Rectangle(corner, last - first, wide * self.step)

    def line(self, points: list[tuple[float, float]], **style: Any) -> None:
        """A line through places of order and time."""
        xs, ys = zip(*(self.point(*p) for p in points))
        self.axes.plot(xs, ys, **style)

    def ground(self) -> None:
        """The bands of time with their names, every other one shaded."""
        said = -99.0
        for number, (first, last, name) in enumerate(self.scale.marks()):
            a, b = self.at(first), self.at(last)
            if name != "⋮":
                patch = self.box((self.many - 1) / 2, self.many, a, b)
                patch.set(facecolor=GREY, alpha=0.10 if number % 2 else 0.20, linewidth=0, zorder=0)
                self.axes.add_patch(patch)
            middle = (a + b) / 2
            if not self.narrow:
                style = {"rotation": 90} if b - a < 24 else {}  # a year beside a year
                write(self.axes, middle, 16, name.replace(" ", "\n"), **style)
            elif name != "⋮" and middle - said > 17:  # room for it
                said = middle
                write(self.axes, middle, 22, name, rotation=90 if b - a < 44 else 0)

    def hour(self, time: pd.Timestamp) -> None:
        """A dotted line at an hour that is told."""
        at = self.at(self.scale.at(time))
        style = {"color": GREY, "linewidth": 0.9, "linestyle": ":"}
        self.line([(0, at), (self.many, at)], **style)
        if not self.narrow:
            write(self.axes, at, HEAD - 7, f"{time:%H:%M}")

    def part(self, order: int) -> None:
        """A dotted line where another speech begins."""
        style = {"color": GREY, "linewidth": 0.8, "linestyle": ":"}
        self.line([(order, self.time0), (order, self.time1)], **style)

    def date(self, order: int, row: Any, ink: Ink) -> None:
        """A passage: its own limits, what the story leaves of them, and arrows at open ends."""
        style = look(Ink(ink.colour), LOOKS.get(row.certainty, "doubted"))
        wide = 0.86 if row.kind == "interval" else 0.5
        first, last = self.ends(row.earliest, row.latest)
        after, before = self.ends(row.after, row.before)
        if (first, last) != (after, before):
            middle = order + 0.5
            self.line([(middle, first), (middle, last)], color=ink.colour, linewidth=0.9)
        if before - after < 3:
            after, before = after - 3.5, before + 3.5
            wide = 0.8
        if pd.isna(row.earliest) or pd.isna(row.latest):
            mark: Patch = self.pointed(order, wide, after, before, pd.isna(row.earliest))
        else:
            mark = self.box(order, wide, after, before)
        mark.set(**style)
        mark.set_url(row.evidence)
        self.axes.add_patch(mark)

    def ends(self, first: pd.Timestamp, last: pd.Timestamp) -> tuple[float, float]:
        """Two times on the scale; an open end reaches as far as an arrow is long."""
        room = 26.0 if self.narrow else 38.0
        if pd.isna(first) and pd.isna(last):
            return self.time0, self.time1
        if pd.isna(first):
            end = self.at(self.scale.at(last))
            return max(end - room, self.time0), end
        start = self.at(self.scale.at(first))
        return start, start + room if pd.isna(last) else self.at(self.scale.at(last))

    def pointed(self, order: int, wide: float, first: float, last: float, back: bool) -> Polygon:
        """A bar with a point at its open end."""
        left, right = order + 0.5 - wide / 2, order + 0.5 + wide / 2
        tip, base = (first, last) if back else (last, first)
        shoulder = tip + (8 if back else -8)
        corners = [
            *((left, base), (left, shoulder), (left - 0.2, shoulder), (order + 0.5, tip)),
            *((right + 0.2, shoulder), (right, shoulder), (right, base)),
        ]
        return Polygon([self.point(*corner) for corner in corners])

    def label(self, order: int, says: str) -> None:
        """What is told, whole, before the row."""
        x, y = self.point(order + 0.5, self.time0 - 6)
        write(self.axes, x, y, "\n".join(in_lines(says, self.narrow)), ha="right")

    def clash(self, one: int, other: int, number: int, link: str) -> None:
        """A bow between two passages that do not go together."""
        low, high = sorted((one + 0.5, other + 0.5))
        base = self.time1 + 4
        reach = base + (26 if self.narrow else 44) * min(1.0, 0.35 + (high - low) / 20)
        corners = [(low, base), (low, reach), (high, reach), (high, base)]
        path = [self.point(*corner) for corner in corners]
        back = [self.point(o, t - 2.2) for o, t in reversed(corners)]
        codes = [Path.MOVETO, *[Path.CURVE4] * 3]
        thick = Path(
            [*path, *back, path[0]], [*codes, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
        )
        mark = PathPatch(thick, facecolor=CLASH, linewidth=0)
        mark.set_url(link)
        self.axes.add_patch(mark)

    def other(self, order: int, row: Any, letter: str, number: int) -> None:
        """A time from another source, with its letter, beside the bar of the passage."""
        first, last = self.ends(row.earliest, row.latest)
        place = order + 0.45
        if last - first < 3:
            first, last = first - 4, last + 4
        mark = self.box(place, 0.34, first, last)
        mark.set(facecolor=OTHER, edgecolor="black", linewidth=0.8, zorder=4)
        mark.set_url(row.evidence)
        self.axes.add_patch(mark)
        x, y = self.point(place + 0.5, first - 7 if number == 1 else last + 8)
        write(self.axes, x, y, letter, weight="bold", zorder=5)
