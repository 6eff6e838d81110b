"""A chart of the way that each passage in others' words took to the page."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Polygon, Rectangle

from analysis.chart import NARROW, WIDE, Chart, chart
from analysis.colours import GREY
from analysis.evidence import Evidence
from analysis.figures.drawing import Ink, inks, look, sheet, strips, write
from analysis.figures.saying import capital, count_of, nothing, shown_table, under
from analysis.readings import Reading
from analysis.session import Session
from analysis.voices import hand_name, hands, in_lanes, passages, stretches
from analysis.wording import joined, name_of, surname_of

#: How the speaker knows, from the surest to what nobody can say, in words.
KNOWS = {
    "present": "he was there",
    "told": "he was told",
    "concludes": "he concludes it",
    "open": "not said",
}
LOOKS = {
    "present": ("labelled", None),
    "told": ("labelled", "||"),
    "concludes": ("inferred", None),
    "open": ("doubted", None),
}
THICK = {"own wording": 10, "clause": 7, "noun": 3.6}
SAID = {"own wording": "own wording", "clause": "clause", "noun": "noun or infinitive"}

AT = {"source": (168, 84), "sentence": (178, 90), "lane": (220, 122)}
SPANS = {
    "first": ((236, 306), (124, 188)),
    "second": ((330, 512), (190, 264)),
    "speaker": ((552, 576), (267, 283)),
}
HANDS = (((614, 638), (678, 702)), ((286, 302), (305, 321)))
LETTERS = {"source": (23, 11), "first": (10, 9), "second": (27, 10)}
LINE, LANE, BETWEEN, TOP, KEY = (13, 16), 14, 7, 30, (74, 150)


@chart
def voices_chart(session: Session, *, reading: Reading = Reading()) -> Chart:
    """Whose words stand inside the speeches, and by which way did they come to the page?"""
    lanes = in_lanes(passages(session, reading=reading))
    if lanes.empty:
        return nothing(
            "Nobody else's words stand inside a speech",
            f"The edition marks no reported words, demands, aims, wishes or fears, "
            f"{under(reading)}.",
        )
    lanes = lanes.assign(
        knows=lanes.knows.astype("object").fillna("open"),
        speaker=lanes.speaker.fillna("none"),
        first=[bare(way[-2]) if len(way) > 1 else "" for way in lanes.way],
        second=[bare(way[-1]) if way else "" for way in lanes.way],
    )
    named = {s: name_of(session, s) for s in lanes.source}
    heights = [0.0, 0.0]
    middles = []
    for narrow in (False, True):
        ys, heights[narrow] = placed(lanes, named, narrow)
        middles.append(ys)
    voices = {
        name: Evidence.of("voices", reading=reading, **{column: name}).address
        for column in ("source", "speaker")
        for name in lanes[column].unique()
    }

    def draw(figure: Figure, narrow: bool) -> None:
        width, height = (NARROW if narrow else WIDE), heights[narrow] + KEY[narrow]
        axes = sheet(figure, width, height)
        ys, ink = middles[narrow], inks(session)
        ways(axes, session, lanes, ys, ink, narrow)
        for first, last in stretches(list(lanes.source)):
            source = lanes.source[first]
            top, bottom = ys[first] - 5, ys[last] + 5
            right = AT["source"][narrow]
            box(axes, right, top, 4, bottom - top, voices[source], GREY)
            says = textwrap.fill(named[source], LETTERS["source"][narrow])
            write(axes, right - 5, (top + bottom) / 2, says, ha="right")
        funnel(axes, session, lanes, ys, voices, narrow)
        heads(axes, narrow)
        legend(axes, lanes, heights[narrow], narrow)

    by = lanes.groupby("knows", sort=False).size()
    order = [k for k in KNOWS if k in by.index]
    sources = lanes.source.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    table = lanes.assign(
        source=lanes.source.map(named),
        through=[", ".join(way) for way in lanes.way],
        knows=lanes.knows.map(KNOWS),
        speaker=[surname_of(session, s) for s in lanes.speaker],
        words=lanes.text,
    )
    return Chart(
        title(lanes),
        "Each lane is a passage in somebody else's words and leads to it: from whoever said, "
        "wanted or feared it, through what came between, to the speaker, and from him to the page, "
        f"{under(reading)}. A question mark: the source may be another. "
        + " ".join(f"{capital(KNOWS[k])}: {by[k]}." for k in order),
        f"Lanes, {len(lanes)} of them, from left to right, by whose words they are: "
        + ", ".join(f"{named[s]} {n}" for s, n in sources.items())
        + ". By how the speaker knows: "
        + ", ".join(f"{KNOWS[k]} {by[k]}" for k in order)
        + f". {through(lanes)} All end in {ends(session, lanes)}.",
        shown_table(table, "source", "sentence", "words", "kind", "through", "knows", "speaker"),
        draw,
        (round(heights[0] + KEY[0]), round(heights[1] + KEY[1])),
        {
            **{
                r.evidence: f"{r.sentence}: “{r.text}”, {named[r.source]}, "
                f"{' and '.join(r.way) or 'no way named'}, {KNOWS[r.knows]}"
                for r in lanes.itertuples()
            },
            **{
                address: f"{named.get(who, surname_of(session, who))}: all passages"
                for who, address in voices.items()
            },
        },
        but=("doubts", "opening"),  # its colours say who speaks
    )


def bare(step: str) -> str:
    """A step without what stands in brackets, for a drawing."""
    return re.sub(r"\s*\(.*?\)", "", step)


def title(lanes: pd.DataFrame) -> str:
    """How many passages the speakers themselves witnessed, and how many have no name."""
    total, there = len(lanes), int((lanes.knows == "present").sum())
    nobody = int((lanes.source == "none").sum())
    head = f"Of {count_of(total, 'passage')} in others’ words, "
    names = "names" if nobody == 1 else "name"
    return (
        head + f"the speaker was there for {there or 'none'}, as we read it; "
        f"{nobody or 'none'} {names} nobody"
    )


def through(lanes: pd.DataFrame) -> str:
    """What most of the passages with a way came through."""
    steps = lanes.second[lanes.second != ""].value_counts()
    if steps.empty:
        return "No passage has a way that is named."
    return f"{int(steps.sum())} have a way that is named, {steps.iloc[0]} of them {steps.index[0]}."


def ends(session: Session, lanes: pd.DataFrame) -> str:
    """Whom the lanes end in, and whose hands follow."""
    told = lanes.speaker.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    last = [f"{surname_of(session, s)} ({n})" for s, n in told.items()]
    after = [hand_name(session, hand) for hand in hands(session)]
    return ", ".join(last) + (f", and then {joined(after)}" if after else "")


def placed(lanes: pd.DataFrame, named: dict[str, str], narrow: bool) -> tuple[list[float], float]:
    """The middle of each lane, and where the last one ends: room for the words beside them."""
    pitch = [float(LANE)] * len(lanes)
    for column in ("source", "first", "second"):
        for first, last in stretches(list(lanes[column])):
            said = lanes[column][first]
            said = named.get(said, said) if column == "source" else said
            lines = len(textwrap.wrap(said, LETTERS[column][narrow]))
            need = (lines * LINE[narrow] + 3) / (last - first + 1)
            for at in range(first, last + 1):
                pitch[at] = max(pitch[at], need)
    ys, y = [], float(TOP)
    for at, height in enumerate(pitch):
        if at and lanes.source[at] != lanes.source[at - 1]:
            y += BETWEEN
        ys.append(y + height / 2)
        y += height
    return ys, y


# Drawing ----------------------------------------------------------------------------------------


def ways(
    axes: Axes,
    session: Session,
    lanes: pd.DataFrame,
    ys: Sequence[float],
    ink: dict[str, Ink],
    narrow: bool,
) -> None:
    """The lanes, each broken where a step is written, and the steps."""
    often = lanes.speaker.value_counts()
    for row, y in zip(lanes.itertuples(), ys):
        pieces, x = [], AT["lane"][narrow]
        for column in ("first", "second"):
            left, right = SPANS[column][narrow]
            if getattr(row, column):
                pieces.append((x, left))
                x = right
        if narrow and x == AT["lane"][1] and often[row.speaker] == 1:  # no room beside the bar
            left, right = SPANS["second"][1]
            pieces.append((x, left))
            write(axes, (left + right) / 2, y, surname_of(session, row.speaker))
            x = right
        pieces.append((x, SPANS["speaker"][narrow][0]))
        standing, pattern = LOOKS[row.knows]
        mark = PathPatch(
            strips(pieces, y, THICK[row.said]),
            **look(Ink(ink[row.speaker].colour, pattern), standing),
        )
        mark.set_url(row.evidence)
        axes.add_patch(mark)
        doubt = "?" if row.certainty in ("medium", "low") else ""
        write(axes, AT["sentence"][narrow], y, row.sentence + doubt, ha="left")
    for column in ("first", "second"):
        left, right = SPANS[column][narrow]
        for first, last in stretches(list(lanes[column])):
            says = textwrap.fill(lanes[column][first], LETTERS[column][narrow])
            write(axes, (left + right) / 2, (ys[first] + ys[last]) / 2, says)
            if last > first:
                for x in (left, right):
                    axes.plot([x, x], [ys[first] - 6, ys[last] + 6], color="black", linewidth=0.8)


def funnel(
    axes: Axes,
    session: Session,
    lanes: pd.DataFrame,
    ys: Sequence[float],
    voices: dict[str, str],
    narrow: bool,
) -> None:
    """The speakers, into whom every lane runs, and the hands after them, each narrower."""
    left, right = SPANS["speaker"][narrow]
    ink = inks(session)
    for first, last in stretches(list(lanes.speaker)):
        who = lanes.speaker[first]
        top, bottom = ys[first] - 6, ys[last] + 6
        box(axes, left, top, right - left, bottom - top, voices[who], ink[who].colour)
        if last > first:
            upright(axes, (left + right) / 2, (top + bottom) / 2, surname_of(session, who), "white")
        elif not narrow:
            write(axes, right + 3, (top + bottom) / 2, surname_of(session, who), ha="left")
    top, bottom, before = ys[0] - 6, ys[-1] + 6, right
    for (left, right), hand in zip(HANDS[narrow], hands(session)):
        inset = (bottom - top) / 6
        corners = [(before, top), (left, top + inset), (left, bottom - inset), (before, bottom)]
        axes.add_patch(Polygon(corners, facecolor=GREY, alpha=0.18, linewidth=0, zorder=0))
        top, bottom, before = top + inset, bottom - inset, right
        frame = Rectangle((left, top), right - left, bottom - top, facecolor="none")
        frame.set(edgecolor="black", linewidth=1)
        axes.add_patch(frame)
        upright(axes, (left + right) / 2, (top + bottom) / 2, hand_name(session, hand), "black")


def box(
    axes: Axes, x: float, y: float, width: float, height: float, link: str, colour: str
) -> None:
    """A filled bar that leads to what passes through it."""
    patch = Rectangle((x, y), width, height, facecolor=colour, linewidth=0)
    patch.set_url(link)
    axes.add_patch(patch)


def upright(axes: Axes, x: float, y: float, says: str, colour: str) -> None:
    """Words that stand on end."""
    write(axes, x, y, says, rotation=90, color=colour)


def heads(axes: Axes, narrow: bool) -> None:
    """What stands in each column."""
    places = [("Whose words", 2 if narrow else AT["source"][0] - 5, "left" if narrow else "right")]
    places += [("Through", SPANS["second" if not narrow else "first"][narrow][0], "left")]
    if not narrow:
        places += [("Told by", SPANS["speaker"][0][0] + 12, "center")]
    for says, x, ha in places:
        write(axes, x, 12, says, ha=ha, fontsize=12, weight="bold")


def legend(axes: Axes, lanes: pd.DataFrame, top: float, narrow: bool) -> None:
    """How the speaker knows, and how directly the words are given, as far as the lanes have it."""
    ways, given = (set(lanes[column]) for column in ("knows", "said"))
    knows = [(KNOWS[k], look(Ink(GREY, LOOKS[k][1]), LOOKS[k][0]), 9.0) for k in KNOWS if k in ways]
    said = [(SAID[s], look(Ink(GREY)), THICK[s]) for s in THICK if s in given]
    across, y = (2 if narrow else 4), top + 22
    step = (NARROW if narrow else WIDE) / across
    for entries in (knows, said):
        for number, (says, style, thick) in enumerate(entries):
            x = number % across * step + 4
            axes.add_patch(Rectangle((x, y - thick / 2), 26, thick, **style))
            write(axes, x + 32, y, says, ha="left")
            last = number == len(entries) - 1
            y += 24 if last or number % across == across - 1 else 0
