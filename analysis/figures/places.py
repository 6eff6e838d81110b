"""Charts of the places that are named and meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pandas as pd
from matplotlib.figure import Figure

from analysis.chart import Chart, chart
from analysis.evidence import Evidence
from analysis.figures.drawing import TONE_INKS, Part, by_speaker, key, speaker_key, stacked, wrap
from analysis.figures.saying import (
    capital,
    count_of,
    labels_of,
    looks_in,
    named,
    nothing,
    of_choice,
    range_said,
    ranked,
    readable,
    shown_table,
    under,
)
from analysis.measures import place_counts
from analysis.readings import Reading
from analysis.schema import PLACE_TYPES
from analysis.session import Session
from analysis.tallies import possible
from analysis.wording import joined, name_of, surname_of

NOWHERE = "no single place"


@chart
def places_chart(session: Session, *, by: str = "type", reading: Reading = Reading()) -> Chart:
    """Which places are named, and which are only meant?

    ``by``: by ``type`` (the kind of reference) or by ``speaker``.
    """
    of_choice("way of telling references apart", by, ("type", "speaker"))
    columns = ["type"] if by == "type" else ["speaker", "standing"]
    every, spans = possible(
        session,
        place_counts(session, by=columns, reading=reading),
        Evidence.of("mentions", kind="place", reading=reading),
        ["entity", *columns],
    )
    every = every.assign(name=[place_name(session, e) for e in every.entity])
    table = every[every["count"] > 0]
    if table.empty:
        return nothing("No place is named or meant", f"Nothing is found, {under(reading)}.", table)
    sums = every.groupby("name", sort=False)["count"].sum()
    sums = sums.sort_values(ascending=False, kind="stable")
    totals = sums[sums > 0]
    drawn = every if by == "type" else readable(every)
    called = {t: t for t in PLACE_TYPES} if by == "type" else labels_of(session, drawn)
    ink = dict(zip(PLACE_TYPES, TONE_INKS))
    short = short_names(sums.index)
    rows = []
    for place in sums.index:
        here = drawn[drawn.name == place]
        parts = (
            by_speaker(session, here)
            if by == "speaker"
            else [
                Part(int(r.count), ink[t], "labelled", r.evidence)
                for t in PLACE_TYPES
                for r in here[here.type == t].itertuples()
            ]
        )
        rows.append((short[place], parts))
    entity = dict(zip(every.name, every.entity))

    thin = [spans.get(entity[place], (0, 0)) for place in sums.index]

    def draw(figure: Figure, narrow: bool) -> None:
        labelled = [(wrap(p, 15) if narrow else p, parts) for p, parts in rows]
        axes = stacked(figure, narrow, labelled, "references", thin)
        if by == "speaker":
            speaker_key(axes, session, drawn, narrow)
        else:
            kinds = [t for t in PLACE_TYPES if t in set(every.type)]
            key(axes, [(ink[t], "labelled", t) for t in kinds], narrow, (5, 2))

    def says(row: pd.Series) -> str:
        what = f"{row.name}, {called[getattr(row, by)]}"
        return named(what, row.standing) if by == "speaker" else what

    shown = every if by == "type" else every.assign(speaker=every.speaker.map(surname(session)))
    return Chart(
        on_the_ground(table) if by == "type" else referred_to(totals),
        f"References to places in the session, {under(reading)}, "
        + (
            "by kind: a toponym names a place as such; adjectives, demonyms, institutions and "
            "generic words only mean it."
            if by == "type"
            else "by speaker."
        )
        + range_said(thin),
        "Bars: "
        + "; ".join(f"{says(r)}: {r.count}" for r in drawn.itertuples(index=False) if r.count)
        + ".",
        shown_table(shown, "name", *columns),
        draw,
        (120 + 32 * len(rows), 170 + 38 * len(rows)),
        {r.evidence: f"{says(r)}: {r.count}" for r in drawn.itertuples(index=False)},
        plain="References to each place",
        looks=looks_in(drawn) if by == "speaker" else (),
    )


def surname(session: Session) -> Callable[[str], str]:
    """What a speaker is called."""
    return lambda speaker: surname_of(session, speaker)


def place_name(session: Session, entity: str) -> str:
    """A place's name; of none in particular, that."""
    return name_of(session, entity) if entity != "none" else NOWHERE


def short_names(names: pd.Index) -> dict[str, str]:
    """Names without what is in brackets, as long as that tells them apart."""
    often = Counter(name.split(" (")[0] for name in names)
    return {n: n.split(" (")[0] if often[n.split(" (")[0]] == 1 else n for n in names}


def on_the_ground(table: pd.DataFrame) -> str:
    """How many of the references name a place as such, as a sentence."""
    total = int(table["count"].sum())
    ground = int(table[table.type == "toponym"]["count"].sum())
    if ground == total:
        return f"All of {count_of(total, 'reference')} to places name a place as such"
    names = "names" if ground == 1 else "name"
    return (
        f"Of {count_of(total, 'reference')} to places, {ground or 'none'} {names} a place as such"
    )


def referred_to(totals: pd.Series) -> str:
    """Which places are referred to most, as a sentence that says ties as ties."""
    (top, first), *rest = ranked(totals)
    if len(totals) == 1:
        return f"{capital(first[0])} is the only place referred to: {count_of(top, 'time')}"
    if not rest:
        return f"All places are referred to as often as each other: {count_of(top, 'time')} each"
    said = [
        f"{joined(names, most=4)} ({times}{' each' if len(names) > 1 else ''})"
        for times, names in ((top, first), rest[0])
    ]
    return f"Referred to most: {', then '.join(said)}"
