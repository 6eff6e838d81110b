"""Charts of the families of terms: how often, by whom, how written, how else they would be
found."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure

from analysis.chart import Chart, chart
from analysis.errors import whole_number
from analysis.evidence import Evidence, count
from analysis.figures.drawing import (
    TONE_INKS,
    Part,
    by_speaker,
    inks,
    key,
    longest,
    rows_of,
    rules,
    shapes,
    speaker_key,
    stacked,
    whole_numbers,
    wrap,
)
from analysis.figures.saying import (
    count_of,
    labels_of,
    looks_in,
    most_mentioned,
    named,
    nothing,
    of_families,
    range_said,
    ranked,
    readable,
    shown_table,
    under,
)
from analysis.measures import per_thousand, plain_search, term_counts
from analysis.page import Table
from analysis.readings import Reading
from analysis.session import Session
from analysis.tallies import possible
from analysis.wording import joined, surname_of


def by_size(table: pd.DataFrame) -> pd.Series:
    """How often each family is mentioned, the most frequent first."""
    totals = table.groupby("family", sort=False)["count"].sum()
    return totals.sort_values(ascending=False, kind="stable")


@chart
def families_chart(
    session: Session, *, families: Sequence[str] = (), reading: Reading = Reading()
) -> Chart:
    """Which families of terms are used most, and by whom?  ``families``: these only."""
    by, rows_of_all = ["family", "speaker", "standing"], Evidence.of("terms", reading=reading)
    counts = count(session, "terms", by, reading=reading)
    every, spans = possible(session, counts, rows_of_all, by)
    every = of_families(session, every, families)
    table = every[every["count"] > 0]
    if table.empty:
        return nothing(
            "No family of terms is mentioned", f"No mention is found, {under(reading)}.", table
        )
    totals, drawn = by_size(table), readable(every)
    drawn = drawn[drawn.family.isin(totals.index)]  # what is none as yet stands in the table alone
    rows = [(family, by_speaker(session, drawn[drawn.family == family])) for family in totals.index]
    names, thin = labels_of(session, drawn), [spans.get(f, (0, 0)) for f in totals.index]

    def draw(figure: Figure, narrow: bool) -> None:
        speaker_key(stacked(figure, narrow, rows, "mentions", thin), session, drawn, narrow)

    shown = every.assign(name=[surname_of(session, s) for s in every.speaker])
    return Chart(
        most_mentioned(totals, bool(families)),
        f"Mentions of each family of terms in the session, by speaker, {under(reading)}."
        + range_said(thin),
        f"Bars, mentions in all: {', '.join(f'{f} {n:,}' for f, n in totals.items())}.",
        shown_table(shown, "family", "name", "standing"),
        draw,
        (100 + 27 * len(rows), 150 + 30 * len(rows)),
        {
            r.evidence: f"{r.family}, {named(names[r.speaker], r.standing)}: {r.count}"
            for r in drawn.itertuples()
        },
        plain="Mentions of each family of terms",
        looks=looks_in(drawn),
    )


@chart
def rates_chart(
    session: Session,
    *,
    families: Sequence[str] = (),
    least: int = 5,
    reading: Reading = Reading(),
) -> Chart:
    """What does each speaker speak of, for the length of his speech?

    Rates on fewer than ``least`` mentions are drawn open.  ``families``: these only.
    """
    whole_number("least", least, 1)
    table = of_families(session, per_thousand(session, reading=reading), families)
    if table.empty:
        return nothing("No family of terms is mentioned", "There are no rates to compare.", table)
    order, ink, shape = list(by_size(table).index), inks(session), shapes(session)
    words = table.drop_duplicates("speaker").set_index("speaker").words
    names = {speaker: surname_of(session, speaker) for speaker in words.index}

    def draw(figure: Figure, narrow: bool) -> None:
        axes = figure.add_subplot()
        rules(axes, range(len(order)), TONE_INKS[-1].colour)
        for y, family in enumerate(order):
            for row in table[table.family == family].itertuples():
                colour = ink[row.speaker].colour
                axes.scatter(
                    [row.rate],
                    [y],
                    s=70,
                    marker=shape[row.speaker],
                    color=colour if row.count >= least else "none",
                    edgecolors=colour,
                    linewidths=1.8,
                ).set_urls([row.evidence])
        rows_of(axes, [wrap(f) if narrow else f for f in order])
        axes.set_xlim(0, table.rate.max() * 1.06)
        axes.set_xlabel("mentions per 1,000 words")
        spoken = [(s, count_of(int(n), "word")) for s, n in words.items()]
        key(
            axes,
            [(ink[s], "labelled", f"{names[s]} ({n})") for s, n in spoken],
            narrow,
            (3, 1),
            [shape[s] for s, _ in spoken],
        )

    few = int((table["count"] < least).sum())
    return Chart(
        f"Of {count_of(len(table), 'rate')} {few:,} rest on fewer than {least} mentions, "
        "too few to compare"
        if few
        else f"Each of the {count_of(len(table), 'rate')} rests on "
        f"{count_of(least, 'mention')} at least",
        f"Mentions per 1,000 words of each speaker, {under(reading)}. Filled: {least} mentions or "
        "more. Open: fewer, so that one mention more or less moves the point far; compare no open "
        "points.",
        "Points by family and speaker: "
        + "; ".join(f"{r.family}, {names[r.speaker]} {r.rate:.0f}" for r in table.itertuples())
        + ".",
        shown_table(table.assign(name=table.speaker.map(names)), "family", "name", "rate"),
        draw,
        (110 + 27 * len(order), 120 + 30 * len(order) + 20 * len(words)),
        {
            r.evidence: f"{r.family}, {names[r.speaker]}: {r.count}, {r.rate:.1f} per 1,000 words"
            for r in table.itertuples()
        },
    )


@chart
def written_chart(
    session: Session, *, families: Sequence[str] = (), reading: Reading = Reading()
) -> Chart:
    """Which terms does the record write out, and which does it cut short?"""
    counts = term_counts(session, by="written", reading=reading)
    rows_of_all = Evidence.of("terms", reading=reading)
    every, spans = possible(session, counts, rows_of_all, ["family", "written"])
    every = of_families(session, every, families)
    every = every[every.family.isin(every.family[every.written == "abbreviated"])]
    cut = by_size(every[(every.written == "abbreviated") & (every["count"] > 0)])
    if cut.empty:
        return nothing(
            "No mention is abbreviated", "Every mention is written in full.", every.head(0)
        )
    table = every[every.family.isin(cut.index)]
    forms = Evidence.of("terms", written="abbreviated", family=list(cut.index)).rows(session)
    short = dict.fromkeys(forms.form.str.lower())
    ways = {"full": "labelled", "abbreviated": "unattributed"}
    rows = [
        (
            family,
            [
                Part(int(r.count), TONE_INKS[0], look, r.evidence)
                for way, look in ways.items()
                for r in every[(every.family == family) & (every.written == way)].itertuples()
            ],
        )
        for family in cut.index
    ]

    def draw(figure: Figure, narrow: bool) -> None:
        key(
            stacked(
                figure, narrow, rows, "mentions", longest=longest({f: spans[f] for f in cut.index})
            ),
            [
                (TONE_INKS[0], "labelled", "written in full"),
                (TONE_INKS[0], "unattributed", "abbreviated"),
            ],
            narrow,
            (2, 2),
        )

    top, first = ranked(cut)[0]
    whose = (
        f"{top} of them of {first[0]}"
        if len(first) == 1
        else f"{top} each of {joined(first, most=4)}"
    )
    return Chart(
        f"{count_of(int(cut.sum()), 'mention is', 'mentions are')} cut short"
        + (f", {whose}" if len(cut) > 1 else f", all of {first[0]}"),
        "Families with abbreviated mentions in the session: written in full, and cut short "
        f"({', '.join(short)}), {under(reading)}.",
        "Bars: "
        + "; ".join(f"{r.family}, {r.written}: {r.count}" for r in table.itertuples() if r.count)
        + ".",
        shown_table(every, "family", "written"),
        draw,
        (110 + 32 * len(rows), 130 + 34 * len(rows)),
        {r.evidence: f"{r.family}, {r.written}: {r.count}" for r in every.itertuples()},
        plain="Mentions written in full and cut short",
    )


@chart
def search_chart(
    session: Session, *, families: Sequence[str] = (), reading: Reading = Reading()
) -> Chart:
    """What would a plain search for the word have found instead?"""
    every = of_families(session, plain_search(session, reading=reading), families)
    table = every[(every.missed > 0) | (every.wrong > 0)]
    table = table.sort_values("missed", ascending=False, kind="stable", ignore_index=True)
    if table.empty:
        return nothing(
            "A plain search finds what the lexicon counts",
            "No family is found more or less often by a search for its plain word.",
            every,
        )

    def draw(figure: Figure, narrow: bool) -> None:
        axes = figure.add_subplot()
        counted, found = TONE_INKS[0].colour, TONE_INKS[1].colour
        for y, row in enumerate(table.itertuples()):
            axes.plot([row.found, row.count], [y, y], color=TONE_INKS[-1].colour, lw=2, zorder=1)
            axes.scatter([row.found], [y], s=70, color="none", edgecolors=found, lw=2, zorder=2)
            axes.scatter([row.count], [y], s=70, color=counted, zorder=3).set_urls([row.evidence])
        rows_of(axes, [wrap(f) if narrow else f for f in table.family])
        axes.set_xlim(left=-0.4)
        whole_numbers(axes, narrow)
        axes.set_xlabel("finds and mentions")
        key(
            axes,
            [
                (TONE_INKS[0], "labelled", "mentions, as the lexicon has them"),
                (TONE_INKS[1], "unattributed", "finds of a plain search"),
            ],
            narrow,
            (2, 1),
        )

    return Chart(
        f"A plain search misses {count_of(int(table.missed.sum()), 'mention')} and makes "
        f"{count_of(int(table.wrong.sum()), 'false find')}",
        "Families for which a search for the plain word, in the session as written and also inside "
        f"longer words, differs from the lexicon's count, {under(reading)}.",
        "Pairs of points: "
        + "; ".join(
            f"{r.family}: “{r.word}” is found {count_of(r.found, 'time')}, mentioned "
            f"{count_of(r.count, 'time')}"
            for r in table.itertuples()
        )
        + ".",
        Table(table),
        draw,
        (110 + 27 * len(table), 130 + 32 * len(table)),
        {r.evidence: f"{r.family}: {count_of(r.count, 'mention')}" for r in table.itertuples()},
    )
