"""What the charts share in drawing: the look of what is sure and what is not, bars, axes, keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.path import Path

from analysis.colours import GREY, TONE_PATTERNS, TONES, colours, patterns
from analysis.figures.saying import MEANS, OTHERS, labels_of
from analysis.following import alone, at_end, in_key, in_line, looks_counted
from analysis.schema import STANDINGS
from analysis.session import Session

#: How sure it is whose words they are: how strongly filled, hatch, outline.
LOOK = {
    "labelled": (1.0, "", "-"),
    "inferred": (0.0, "//", "-"),
    "doubted": (0.3, "", ":"),
    "unattributed": (0.0, "", "-"),
    "none": (0.0, "", "-"),  # outside the speeches: a heading, if the reading counts it
    "elsewhere": (1.0, "", "-"),  # in another layer, where nobody speaks
}
ORDER = tuple(LOOK)
SHAPES = "os^DvPX<>"  # of points, one for each speaker in turn


class Ink(NamedTuple):
    """A colour, and a pattern where the colour alone would not do."""

    colour: str
    pattern: str | None = None


class Part(NamedTuple):
    """A part of a bar: how much, in which ink, how sure, and what it leads to."""

    value: int
    ink: Ink
    standing: str
    link: str


TONE_INKS = tuple(map(Ink, TONES, TONE_PATTERNS))
PLAIN_INK = Ink(GREY)
BLACK = Ink("black")  # the page's own colour, in a page


def inks(session: Session) -> dict[str, Ink]:
    """The ink of each speaker, of nobody, and of the smallest speakers put together."""
    pattern = patterns(session)
    known = {speaker: Ink(colour, pattern[speaker]) for speaker, colour in colours(session).items()}
    return {**known, OTHERS: Ink(GREY, "++")}


def shapes(session: Session) -> dict[str, str]:
    """The shape of each speaker's points."""
    return {speaker: SHAPES[i % len(SHAPES)] for i, speaker in enumerate(inks(session))}


def look(ink: Ink, standing: str = "labelled") -> dict:
    """How a mark in this ink looks when it is this sure."""
    filled, hatch, line = LOOK[standing]
    if filled == 1 and ink.pattern:
        return {
            "facecolor": ink.colour,
            "edgecolor": "white",
            "hatch": ink.pattern,
            "linewidth": 0,
        }
    return {
        "facecolor": (ink.colour, filled) if filled else "none",
        "edgecolor": ink.colour,
        "linewidth": 1.5,
        "hatch": (hatch + (ink.pattern or "")[:1] if hatch else "") or None,
        "linestyle": line,
    }


def looks_of(ink: Ink, standing: str) -> tuple[str, str]:
    """What a key may tell of a mark: the name of its ink, and how sure it is."""
    return f"{ink.colour.lstrip('#')}{ink.pattern or ''}", standing


def bar(axes: Axes, x: float, y: float, width: float, height: float, part: Part) -> Rectangle:
    """A bar that looks as sure as it is, and leads to what it counts."""
    patch = Rectangle((x, y), width, height, **look(part.ink, part.standing))
    patch.set_url(part.link)
    axes.add_patch(patch)
    return patch


def bars(
    axes: Axes, x: float, y: float, parts: Iterable[Part], line: object, unit: float = 1
) -> float:
    """The parts of a line of bars, one behind the other; ``unit`` is the length of one counted.
    Returns where the last ends."""
    for part in (part for part in parts if part.value or part.link):
        patch = bar(axes, x, y, part.value * unit, 0.66, part)
        in_line(patch, line, unit, part.value > 0, looks=looks_of(part.ink, part.standing))
        x += part.value * unit
    return x


def stacked(
    figure: Figure,
    narrow: bool,
    rows: Sequence[tuple[str, Sequence[Part]]],
    unit: str = "words",
    ranges: Sequence[tuple[int, int]] = (),
    longest: int = 1,
) -> Axes:
    """Horizontal bars, one for each row of a label and its parts, the sum at each end.

    ``ranges`` gives the lowest and the highest sum of each row under any reading: a thin line below
    its bar.  The scale holds these, and ``longest``.
    """
    axes = figure.add_subplot()
    sums = [sum(part.value for part in parts) for _, parts in rows]
    longest = max([*sums, *(high for _, high in ranges), longest])
    for y, ((_, parts), total) in enumerate(zip(rows, sums)):
        bars(axes, 0, y - 0.36, parts, y)
        says = axes.text(total + longest * 0.015, y - 0.03, f"{total:,}", va="center", fontsize=13)
        at_end(says, y)
        if ranges and ranges[y][0] != ranges[y][1]:
            axes.plot(
                ranges[y],
                [y + 0.44] * 2,
                color=GREY,
                linewidth=1.6,
                marker="|",
                markersize=5,
                markeredgewidth=1.6,
            )
    axes.set_xlim(0, longest * (1.17 if narrow else 1.09))
    rows_of(axes, [wrap(label) if narrow else label for label, _ in rows])
    axes.set_ylim(len(rows) - 0.35, -0.6)
    axes.set_xlabel(unit)
    whole_numbers(axes, narrow)
    return axes


def longest(spans: Mapping[str, tuple[int, int]]) -> int:
    """The highest of several ranges."""
    return max((high for _, high in spans.values()), default=1)


def rows_of(axes: Axes, labels: Sequence[str]) -> None:
    """A label at each row, from the top, and no line beside them."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def whole_numbers(axes: Axes, narrow: bool, most: int = 8) -> None:
    """A few ticks with whole numbers, since half a word is none; written as in the text."""
    axes.locator_params(axis="x", nbins=4 if narrow else most, integer=True)
    axes.xaxis.set_major_formatter("{x:,.0f}")


def bare(axes: Axes, *sides: str) -> None:
    """Axes without these lines."""
    axes.spines[list(sides)].set_visible(False)


def rules(axes: Axes, rows: Iterable[float], colour: str = GREY) -> None:
    """A thin line behind all else in each of these rows, right across; all of them as one path."""
    places = [(x, y) for y in rows for x in (0, 1, float("nan"))]
    across = axes.get_yaxis_transform(which="grid")
    axes.add_artist(Line2D(*zip(*places), color=colour, linewidth=0.4, zorder=0, transform=across))


def speech_ends(axes: Axes, ends: Iterable[int]) -> None:
    """A dotted line wherever another speech begins."""
    for at in ends:
        axes.axvline(at, color=GREY, linewidth=0.8, linestyle=":")


def key(
    axes: Axes,
    entries: Sequence[tuple[Ink, str, str]],
    narrow: bool,
    columns: tuple[int, int] = (4, 1),
    shape: Sequence[str] = (),
) -> None:
    """A key below the chart, an entry for each ink, standing and meaning; ``columns`` wide and
    narrow.

    Of marks that follow a reading, drawn before it, it tells those that are counted; last, hidden,
    the others, where a page can come to show them.  An entry in black, or in an ink that another
    has too, is for all marks that are as sure as it.
    """
    drawn = looks_counted(axes.figure)
    often = Counter(ink for ink, _, _ in entries)
    looks = [looks_of(i, s)[i == BLACK or often[i] > 1] for i, s, _ in entries]
    if drawn:
        told = sorted(zip(entries, looks), key=lambda entry: not drawn.get(entry[1]))
        told = [(e, one) for e, one in told if drawn.get(one) or not alone(axes.figure)]
        entries, looks = [e for e, _ in told], [one for _, one in told]
    if shape:
        handles: list[Artist] = [
            Line2D([], [], marker=s, color=ink.colour, linestyle="", markersize=8, label=text)
            for (ink, _, text), s in zip(entries, shape)
        ]
    else:
        handles = [
            Rectangle((0, 0), 1, 1, label=text, **look(ink, standing))
            for ink, standing, text in entries
        ]
    legend = axes.figure.legend(
        handles=handles,
        loc="outside lower center",
        ncols=columns[narrow],
        fontsize=12,
        handlelength=1.4,
        columnspacing=1.2,
    )
    if drawn and not alone(axes.figure):
        in_key(legend, looks, [look for look, counted in drawn.items() if counted])


def standings_key(table: pd.DataFrame, but: str = "") -> list[tuple[Ink, str, str]]:
    """Entries of a key to how sure it is whose words they are, as far as the table needs them."""
    return [(BLACK, s, MEANS[s]) for s in STANDINGS if s in set(table.standing) - {but}]


def speaker_key(axes: Axes, session: Session, table: pd.DataFrame, narrow: bool) -> None:
    """A key to the speakers in a table, and to how sure they are."""
    ink, names = inks(session), labels_of(session, table)
    looks = {"none": "unattributed"}
    spoken = [(ink[s], looks.get(s, "labelled"), names[s]) for s in ink if s in set(table.speaker)]
    key(axes, spoken + standings_key(table, but="unattributed"), narrow, (3, 2))


def by_speaker(session: Session, table: pd.DataFrame) -> list[Part]:
    """The parts of a bar, speaker by speaker, the surest first."""
    ink = inks(session)
    place = {speaker: number for number, speaker in enumerate(ink)}
    order = sorted(table.itertuples(), key=lambda r: (place[r.speaker], ORDER.index(r.standing)))
    return [Part(int(r.count), ink[r.speaker], r.standing, r.evidence) for r in order]


def wrap(label: str, width: int = 14) -> str:
    """A label over two lines where it is long."""
    words = label.split()
    if len(label) <= width or len(words) < 2:
        return label
    halves = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    best = min(range(len(halves)), key=lambda i: abs(len(halves[i][0]) - len(halves[i][1])))
    return "\n".join(halves[best])


def stripes(axes: Axes, ranks: list[int], y: int, colour: str, width: int) -> None:
    """A stroke at each of these ranks, in one line of the drawing."""
    xs = [x for rank in ranks for x in (rank - 0.4, rank + 0.4, float("nan"))]
    ys = [y, y, float("nan")] * len(ranks)
    axes.plot(xs, ys, color=colour, linewidth=width, solid_capstyle="butt")


def sheet(figure: Figure, width: float, height: float) -> Axes:
    """An empty sheet to draw on freely, in pixels from its upper left corner."""
    axes = figure.add_subplot()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return axes


def write(axes: Axes, x: float, y: float, says: str, **style: Any) -> None:
    """Words on a sheet, which leave it as large as it is."""
    style = {"ha": "center", "va": "center", "fontsize": 12, "linespacing": 1.1, **style}
    axes.text(x, y, says, **style).set_in_layout(False)


def strips(pieces: Sequence[tuple[float, float]], y: float, thick: float) -> Path:
    """Rectangles in a row, as one path."""
    corners, codes = [], []
    for left, right in pieces:
        top, bottom = y - thick / 2, y + thick / 2
        corners += [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        codes += [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY]
    return Path(corners, codes)
