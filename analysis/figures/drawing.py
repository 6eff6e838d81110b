"""What the charts share: colours, the look of what is sure and what is not, bars, keys."""

from __future__ import annotations

import pandas as pd
from matplotlib.patches import Rectangle

from analysis.colours import GREY, colours
from analysis.measures import STANDINGS
from analysis.wording import surname_of

#: How sure it is whose words they are: filled or not, hatch, outline.
LOOK = {
    "labelled": (True, None, "-"),
    "inferred": (False, "//", "-"),
    "doubted": (False, None, ":"),
    "unattributed": (False, None, "-"),
}
MEANS = {
    "labelled": "labelled by name",
    "inferred": "inferred",
    "doubted": "may be doubted",
    "unattributed": "nobody named",
}


def look(colour: str, standing: str) -> dict:
    """How a mark of this colour looks when it is this sure."""
    filled, hatch, line = LOOK[standing]
    return {
        "facecolor": colour if filled else "none",
        "edgecolor": colour,
        "linewidth": 1.5,
        "hatch": hatch,
        "linestyle": line,
    }


def bar(axes, x, y, width, height, colour, standing="labelled", link=None):
    """A bar that looks as sure as it is, and leads to what it counts."""
    patch = Rectangle((x, y), width, height, **look(colour, standing))
    if link:
        patch.set_url(link)
    axes.add_patch(patch)


def stacked(figure, narrow, rows, unit="words", ranges=None):
    """Horizontal bars: ``rows`` are (label, [(value, colour, standing, link)…]), the sum at each end.

    ``ranges`` gives the lowest and the highest sum of each row under any reading: a thin line below its bar.
    """
    axes = figure.add_subplot()
    longest = (
        max(
            [sum(value for value, *_ in row) for _, row in rows]
            + [high for _, high in ranges or []]
        )
        or 1
    )
    for y, (label, row) in enumerate(rows):
        x = 0
        for value, colour, standing, link in row:
            bar(axes, x, y - 0.36, value, 0.66, colour, standing, link)
            x += value
        axes.text(x + longest * 0.015, y - 0.03, f"{x:,}", va="center", fontsize=13)
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
    axes.set_ylim(len(rows) - 0.35, -0.6)
    axes.set_yticks(range(len(rows)), [label for label, _ in rows])
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(unit)
    axes.locator_params(axis="x", nbins=4 if narrow else 8, integer=True)
    axes.spines["left"].set_visible(False)
    return axes


def key(axes, entries, narrow, columns=None):
    """A key below the chart: (colour, standing, what it means)."""
    handles = [Rectangle((0, 0), 1, 1, label=text, **look(c, s)) for c, s, text in entries]
    axes.figure.legend(
        handles=handles,
        loc="outside lower center",
        ncols=columns or (1 if narrow else 4),
        fontsize=12,
        handlelength=1.4,
        columnspacing=1.2,
    )


def by_speaker(session, table):
    """The parts of a bar, speaker by speaker, the surest first: for :func:`stacked`."""
    tone = colours(session)
    order = sorted(
        table.itertuples(), key=lambda r: (list(tone).index(r.speaker), STANDINGS.index(r.standing))
    )
    return [(int(r.count), tone[r.speaker], r.standing, r.evidence) for r in order]


def speaker_key(axes, session, table, narrow):
    """A key to the speakers in a table, and to how sure they are."""
    tone = colours(session)
    key(
        axes,
        [(tone[s], "labelled", surname_of(session, s)) for s in tone if s in set(table.speaker)]
        + [(GREY, s, MEANS[s]) for s in STANDINGS if s in set(table.standing) - {"unattributed"}],
        narrow,
        2 if narrow else 3,
    )


def range_caption(readings: int) -> str:
    """What the thin lines below the bars are."""
    return f" Thin line below a bar: from the lowest to the highest number that any of {readings} readings gives."


def shown_table(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The columns of a table that a reader is shown, the count last, with its evidence."""
    return table[[*columns, "count", "evidence"]].reset_index(drop=True)


def in_words(table: pd.DataFrame, column: str) -> str:
    """“archive 133, heading 48, …”."""
    return ", ".join(f"{a} {n:,}" for a, n in zip(table[column], table["count"]))


def wrap(label: str, width: int = 14) -> str:
    """A label over two lines where it is long."""
    if len(label) <= width or " " not in label:
        return label
    words = label.split()
    half = min(
        range(1, len(words)), key=lambda i: abs(len(" ".join(words[:i])) - len(" ".join(words[i:])))
    )
    return " ".join(words[:half]) + "\n" + " ".join(words[half:])
