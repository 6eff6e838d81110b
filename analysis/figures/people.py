"""A matrix of people or bodies: listed, heard, quoted, spoken of, feared, or named by others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.chart import NARROW, WIDE, Chart, chart
from analysis.errors import whole_number
from analysis.figures.cells import cell, columns_of, fitted, heading
from analysis.figures.drawing import (
    TONE_INKS,
    Ink,
    Part,
    by_speaker,
    inks,
    key,
    rules,
    standings_key,
)
from analysis.figures.places import short_names
from analysis.figures.saying import (
    MEANS,
    capital,
    count_of,
    labels_of,
    looks_in,
    nothing,
    of_choice,
    ranked,
    readable,
    shown_table,
    under,
)
from analysis.layers import LAYERS
from analysis.page import Table
from analysis.presence import GROUPS, REGISTERS, WAYS, grouped, presence
from analysis.readings import Reading
from analysis.session import Session
from analysis.wording import NOBODY, joined, name_of, surname_of

#: What each way is called over its column, and what is counted in it.
HEADS = {
    "listed": ("listed", "listed as taking part"),
    "heard": ("heard\n(words)", "words"),
    "quoted": ("quoted", "clauses or words quoted or reported"),
    "wishes": ("wishes\ntold", "demands, aims, wishes, fears and topics told of"),
    "spoken of": ("spoken\nof", "times spoken of by name"),
    "feared": ("feared", "fears that name"),
    "outside": ("elsewhere\nonly", "mentions elsewhere only"),
}
LAYER_INKS = {"heading": TONE_INKS[0], "notes": TONE_INKS[3], "archive": TONE_INKS[4]}
#: How a page names the groups of rows; of bodies none is listed, so none can be missed in a list.
TITLES = {
    "person": dict(zip(GROUPS, map(capital, GROUPS))),
    "organisation": {GROUPS[1]: "Spoken of in the session", GROUPS[3]: capital(GROUPS[3])},
}
ROWS = 22, 34  # pixels: a row whose name fits on a line, and one of two lines


@chart
def matrix_chart(
    session: Session, *, kind: str = "person", least: int = 1, reading: Reading = Reading()
) -> Chart:
    """Who is listed, who is heard, who is quoted, and of whom is there only talk?

    ``kind`` is ``person`` or ``organisation``; who has fewer than ``least`` rows behind all his
    marks stands in the table and not in the picture.
    """
    of_choice("kind of presence", kind, REGISTERS)
    whole_number("least", least, 1)
    every = presence(session, kind=kind, reading=reading, all_there=True)
    every = every.assign(name=[name_of(session, who) for who in every.who])
    found = every[every["count"] > 0]
    if found.empty:
        return nothing("Nobody is listed, heard or named", f"Nothing is found, {under(reading)}.")
    sums = found.groupby("who")["count"].sum()
    table = found[found.who.isin(sums.index[sums >= least])].reset_index(drop=True)
    if table.empty:
        return nothing(
            "Nobody is listed, heard or named often enough to be drawn",
            f"All have fewer than {least}, {under(reading)}.",
        )
    groups = grouped(session, table, kind)
    shown = every[every.who.isin([*table.who, "none"])].reset_index(drop=True)
    rows = list(in_rows(grouped(session, shown, kind), kind))
    drawn = few_speakers(shown)

    def draw(figure: Figure, narrow: bool) -> None:
        axes = figure.add_subplot()
        space = (NARROW - 112) if narrow else (WIDE - 165)
        columns = list(columns_of(drawn, space, narrow))
        rules(axes, [y for y, (who, _) in enumerate(rows) if who])
        for y, (who, title) in enumerate(rows):
            if not who:
                axes.text(0, y + 0.1, title, fontsize=12, style="italic", va="center")
                continue
            for column in columns:
                here = drawn[(drawn.who == who) & (drawn.way == column.way)]
                # of what is elsewhere only, the most is not known
                more = column.way == "outside" or max(here.most, default=0) > 1
                cell(axes, y, column, parts_of(session, here, column.way), more)
        for column in columns:
            heading(axes, column, HEADS[column.way][0], narrow)
        names = row_names(session, [w for w, _ in rows if w], kind, narrow)
        axes.set_yticks(range(len(rows)), [names.get(w, "") for w, _ in rows], linespacing=1.2)
        axes.tick_params(axis="y", length=0, labelsize=12)
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.set_xlim(0, space)
        axes.set_xticks([])
        axes.spines[["left", "bottom"]].set_visible(False)
        key(axes, keys(session, drawn), narrow, (4, 2))

    def row_height(narrow: bool) -> int:
        names = row_names(session, [w for w, _ in rows if w], kind, narrow)
        return ROWS[any("\n" in name for name in names.values())]

    left_out = found.who.nunique() - table.who.nunique()
    lines = len(rows)
    return Chart(
        title_of(session, found, grouped(session, found, kind), kind),
        caption_of(found, kind, least, left_out, reading),
        "A row each. " + " ".join(in_prose(session, groups, kind, table)),
        shown_rows(session, every),
        draw,
        (150 + row_height(False) * lines, 225 + row_height(True) * lines),
        {r.evidence: mark_name(session, r) for r in drawn.itertuples()},
        plain=f"{'People' if kind == 'person' else 'Bodies'} listed, heard, quoted and spoken of",
        looks=looks_in(drawn),
    )


def in_rows(groups: dict[str, list[str]], kind: str) -> Iterator[tuple[str, str]]:
    """The rows of the picture from the top: somebody's id, or the title of a group."""
    for group, members in groups.items():
        if group in GROUPS:
            yield "", TITLES[kind][group]
        else:
            yield "", ""
        yield from ((who, "") for who in members)


def few_speakers(table: pd.DataFrame) -> pd.DataFrame:
    """The table with the smallest speakers put together, where anybody speaks."""
    return table if table.speaker.nunique() < 9 else readable(table)


def parts_of(session: Session, here: pd.DataFrame, way: str) -> list[Part]:
    """The parts of a cell: by speaker and how sure he is, by layer, or plain."""
    if way == "listed":
        return [Part(1, LAYER_INKS["heading"], "elsewhere", r.evidence) for r in here.itertuples()]
    if way == "outside":
        return [
            Part(int(r.count), LAYER_INKS[r.layer], "elsewhere", r.evidence)
            for r in here.itertuples()
        ]
    return by_speaker(session, here)


def row_names(session: Session, who: list[str], kind: str, narrow: bool) -> dict[str, str]:
    """Names that fit beside the picture, in two lines at most: in a narrow one of people their
    surnames, as far as these tell them apart."""
    names = {w: name_of(session, w) for w in who}
    if narrow and kind == "person":
        last = {w: n.removesuffix(f" ({w})").split()[-1] for w, n in names.items() if w != "none"}
        often = Counter(last.values())
        names |= {w: name for w, name in last.items() if often[name] == 1}
    short = short_names(pd.Index(names.values()))
    return {w: fitted(short[name], narrow) for w, name in names.items()}


def keys(session: Session, table: pd.DataFrame) -> list[tuple[Ink, str, str]]:
    """The key: speakers, how sure they are, and the layers outside the session."""
    said = table[(table.speaker != "")]
    ink, names = inks(session), labels_of(session, said)
    spoken = [(ink[s], "labelled", names[s]) for s in ink if s in set(said.speaker) - {"none"}]
    layers = [
        (i, "elsewhere", LAYERS[layer].where)
        for layer, i in LAYER_INKS.items()
        if layer in set(table.layer) or (layer == "heading" and "listed" in set(table.way))
    ]
    return spoken + standings_key(said) + layers


# What it says -------------------------------------------------------------------------------------


def title_of(session: Session, table: pd.DataFrame, groups: dict[str, list[str]], kind: str) -> str:
    """Who is spoken of most and whether he is listed; of those listed, how many are neither heard
    nor named."""
    totals = table[table.way == "spoken of"].groupby("who", sort=False)["count"].sum()
    there, silent = set(table.who[table.way == "listed"]), groups.get(GROUPS[2], [])
    unnamed = [who for who in silent if who not in totals.index]
    if totals.empty:
        first = f"No {'person' if kind == 'person' else 'body'} is spoken of by name"
    else:
        (top, most), *rest = ranked(totals)
        names = joined((name_of(session, who) for who in most), most=4)
        first = f"Most spoken of: {names} ({top}{' each' if len(most) > 1 else ''})"
        if kind == "person":
            no = [who for who in most if who not in there]
            first += ", who " + ("is" if len(most) == 1 else "are")
            first += " not listed" if len(no) == len(most) else " listed"
            if 0 < len(no) < len(most):
                first = first.rpartition(", who ")[0]
        elif rest:
            each = " each" if len(rest[0][1]) > 1 else ""
            then = joined((name_of(session, who) for who in rest[0][1]), most=4)
            first += f", then {then} ({rest[0][0]}{each})"
    if not unnamed:
        return first
    are = "is" if len(unnamed) == 1 else "are"
    return f"{first}; of {len(there)} who are listed, {len(unnamed)} {are} neither heard nor named"


def caption_of(table: pd.DataFrame, kind: str, least: int, left_out: int, reading: Reading) -> str:
    """What was counted."""
    ways = "listed as taking part; heard, in words; " if kind == "person" else ""
    few = f" {left_out} with fewer than {least} are in the table only." if left_out else ""
    return (
        f"{'People' if kind == 'person' else 'Bodies'}, column by column: {ways}quoted, in clauses "
        "and words given as theirs inside a speech; what they are said to demand, aim at, wish, "
        "fear or talk of; spoken of, by name, in the session; feared by others; named elsewhere "
        f"only, outside the session, {under(reading)}. Colour: "
        f"who speaks.{few}"
    )


def in_prose(
    session: Session, groups: dict[str, list[str]], kind: str, table: pd.DataFrame
) -> Iterator[str]:
    """The picture in words, group by group; those of whom there is the same to say together."""
    sums = table.groupby(["who", "way"])["count"].sum()
    for group, members in groups.items():
        about: dict[str, list[str]] = {}
        for who in members:
            ways = [(way, int(sums[who, way])) for way in WAYS if (who, way) in sums.index]
            what = ", ".join("listed" if w == "listed" else how_much(w, n) for w, n in ways)
            about.setdefault(what, []).append(name_of(session, who))
        each = "; ".join(f"{joined(names)}: {what}" for what, names in about.items())
        yield f"{TITLES[kind].get(group, capital(group))}: {each}."


def how_much(way: str, number: int) -> str:
    """“spoken of 7 times”, “1,106 words”."""
    if way == "heard":
        return count_of(number, "word")
    if way == "wishes":
        return count_of(number, "wish told", "wishes told")
    often = {1: "once", 2: "twice"}.get(number, f"{number:,} times")
    return f"{'named' if way == 'outside' else way} {often}"


def mark_name(session: Session, r: Any) -> str:
    """What the mark of a row of the table is called."""
    where = f" {LAYERS[r.layer].where}" if r.layer else ""
    by = ""
    if r.speaker and r.way != "heard":
        by = " by nobody named" if r.speaker == "none" else f" by {name_of(session, r.speaker)}"
    sure = f", {MEANS[r.standing]}" if r.standing and r.speaker != "none" else ""
    who = name_of(session, r.who) if r.who != "none" else NOBODY
    return f"{who}, {HEADS[r.way][1]}{where}{by}{sure}: {r.count:,}"


def shown_rows(session: Session, table: pd.DataFrame) -> Table:
    """The table behind it: who, in which way, by whom or where, and how much."""

    def by(r: Any) -> str:
        if r.layer:
            return LAYERS[r.layer].where
        if not r.speaker:
            return LAYERS["heading"].where
        sure = f", {MEANS[r.standing]}" if r.speaker != "none" else ""
        return (surname_of(session, r.speaker) if r.speaker != "none" else NOBODY) + sure

    ways = [HEADS[way][0].replace("\n", " ") for way in table.way]
    named = table.assign(way=ways, by=[by(r) for r in table.itertuples()])
    return shown_table(named, "name", "way", "by")
