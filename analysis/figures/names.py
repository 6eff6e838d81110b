"""A chart of the words for one thing, by the hand that uses them: speakers, those whom they quote,
heading, notes, archive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.chart import Chart, chart
from analysis.figures.drawing import Part, by_speaker, inks, key, stacked, standings_key, wrap
from analysis.figures.families import by_size
from analysis.figures.people import LAYER_INKS
from analysis.figures.saying import (
    MEANS,
    capital,
    count_of,
    labels_of,
    looks_in,
    nothing,
    of_families,
    ranked,
    readable,
    under,
)
from analysis.layers import LAYERS
from analysis.page import Table
from analysis.presence import names_by_hand
from analysis.readings import Reading
from analysis.session import Session
from analysis.wording import NOBODY, joined, surname_of

#: Whose a word is that stands in the words of others, or in a speech of nobody's.
OTHERS_WORDS = "others’ words, or nobody named"


@chart
def names_chart(
    session: Session, *, families: Sequence[str] = (), reading: Reading = Reading()
) -> Chart:
    """Who uses which of these words: each speaker, those who are quoted, heading, notes, archive?

    ``families``: these only, in their order; another sense of one is ``family (sense)``.
    """
    table = of_families(session, names_by_hand(session, reading=reading), families)
    if table.empty:
        return nothing("None of these words is used", f"Nothing is found, {under(reading)}.")
    order = [f for f in families if f in set(table.family)] or list(by_size(table).index)
    said = table[table.layer == "session"]
    drawn = readable(said) if len(said) else said
    names = labels_of(session, drawn) | {"none": OTHERS_WORDS}
    rows = []
    for family in order:
        parts = by_speaker(session, drawn[drawn.family == family])
        for layer, ink in LAYER_INKS.items():
            here = table[(table.family == family) & (table.layer == layer)]
            parts += [Part(int(r.count), ink, "elsewhere", r.evidence) for r in here.itertuples()]
        rows.append((family, parts))
    layers = [layer for layer in LAYER_INKS if layer in set(table.layer)]

    def draw(figure: Figure, narrow: bool) -> None:
        labelled = [(wrap(family, 15) if narrow else family, parts) for family, parts in rows]
        axes = stacked(figure, narrow, labelled, "mentions")
        ink = inks(session)
        spoken = [(ink[s], "labelled", names[s]) for s in ink if s in set(drawn.speaker) - {"none"}]
        nobody = (
            [(ink["none"], "unattributed", OTHERS_WORDS)] if "none" in set(said.speaker) else []
        )
        others = [(LAYER_INKS[layer], "elsewhere", LAYERS[layer].where) for layer in layers]
        sure = standings_key(said, but="unattributed")
        key(axes, spoken + sure + nobody + others, narrow, (3, 1))

    def whose(r: Any) -> str:
        return (
            LAYERS[r.layer].where
            if r.layer != "session"
            else (names.get(r.speaker) or surname_of(session, r.speaker))
            + (f", {MEANS[r.standing]}" if r.speaker != "none" else "")
        )

    entries = 1 + drawn.speaker.nunique() + said.standing.nunique() + len(layers)
    shown = table.assign(
        hand=[
            r.layer if r.layer != "session" else surname_of(session, r.speaker)
            for r in table.itertuples()
        ],
    ).replace({"hand": {NOBODY: OTHERS_WORDS}})
    return Chart(
        who_says_what(table),
        "Each word by the hand that uses it. In the session: the speaker’s own, and those that "
        f"stand in what others say or want, {under(reading)}. Names of bodies and other senses of "
        "a word are rows of their own.",
        "Bars: "
        + " ".join(
            f"{capital(family)}: "
            + ", ".join(f"{whose(r)} {r.count}" for r in table[table.family == family].itertuples())
            + "."
            for family in order
        ),
        Table(shown[["family", "hand", "standing", "count", "evidence"]].reset_index(drop=True)),
        draw,
        (150 + 32 * len(rows), 110 + 34 * len(rows) + 20 * entries),
        {
            r.evidence: f"{r.family}, {whose(r)}: {r.count}"
            for r in pd.concat([drawn, table[table.layer != "session"]]).itertuples()
        },
        looks=looks_in(said),
        but=("doubts", "opening"),  # its colours say whose each word is
    )


def who_says_what(table: pd.DataFrame) -> str:
    """Which word is used most in the session and in the notes, and which the notes alone have."""
    here, there = (
        table[table.layer == layer].groupby("family", sort=False)["count"].sum()
        for layer in ("session", "notes")
    )

    def most(totals: pd.Series) -> str:
        top, first = ranked(totals)[0]
        each = " each" if len(first) > 1 else ""
        return f"{joined(first, most=4)} ({count_of(top, 'mention')}{each})"

    parts = [
        f"{'most in the session' if totals is here else 'in the notes'}: {most(totals)}"
        for totals in (here, there)
        if len(totals)
    ]
    only = [family for family in there.index if family not in here.index]
    text = capital("; ".join(parts)) if parts else "Neither the session nor the notes use them"
    return f"{text}; in the notes only: {joined(only, most=4)}" if only and len(here) else text
