"""Charts of a naive programme beside the edition."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.chart import Chart, chart
from analysis.figures.drawing import (
    PLAIN_INK,
    TONE_INKS,
    Part,
    bar,
    key,
    rows_of,
    stacked,
    whole_numbers,
)
from analysis.figures.saying import count_of, nothing, shown_table
from analysis.measures import who_speaks
from analysis.programme import against_the_edition, words_by_speaker
from analysis.session import Session
from analysis.wording import surname_of


@chart
def programme_speakers_chart(session: Session) -> Chart:
    """Whom does the programme take for a speaker, and how many words does it give him?"""
    found = words_by_speaker(session)
    if found.empty:
        return nothing(
            "The programme hears no speaker",
            "Nothing in the transcript stands before a colon at the start of a line.",
            found,
        )
    looks = {
        True: (TONE_INKS[0], "labelled", "a speaker in the edition too"),
        False: (TONE_INKS[1], "unattributed", "no speaker"),
    }
    rows = [
        (r.label, [Part(r.count, *looks[bool(r.real)][:2], r.evidence)])
        for r in found.itertuples(index=False)
    ]

    def draw(figure: Figure, narrow: bool) -> None:
        there = [looks[real] for real in looks if real in set(found.real.astype(bool))]
        key(stacked(figure, narrow, rows, "words"), there, narrow, (2, 1))

    phantom = int((~found.real.astype(bool)).sum())
    edition = who_speaks(session).groupby("speaker", sort=False)["count"].sum()
    table = found.assign(speaker=found.real.map({True: "a speaker", False: "no speaker"}))
    return Chart(
        f"The programme hears {count_of(len(found), 'speaker')}"
        + (f"; {count_of(phantom, 'is another label', 'are other labels')}" if phantom else ""),
        "What stands before a colon at the start of a line, and the words up to the next such "
        "line. " + the_last(session, found),
        "Bars: "
        + "; ".join(f"{label} {n:,}" for label, n in zip(found.label, found["count"]))
        + ". In the edition: "
        + "; ".join(f"{surname_of(session, s)} {n:,}" for s, n in edition.items())
        + ".",
        shown_table(table, "label", "speaker"),
        draw,
        (100 + 36 * len(rows), 130 + 40 * len(rows)),
        {r.evidence: f"{r.label}: {count_of(r.count, 'word')}" for r in found.itertuples()},
    )


def the_last(session: Session, found: pd.DataFrame) -> str:
    """What the programme gives to the last speaker that it hears, beside what the edition gives
    him."""
    last = found.iloc[-1]
    given = f"the programme gives it {last['count']:,}, with all that follows to the next label"
    speeches = session.speeches[session.speeches.label == last.label]
    if speeches.empty:
        return f"“{last.label}” labels no speech of the edition; {given}."
    words = int(speeches.words.sum())
    if words == last["count"]:
        return f"“{last.label}” has {count_of(words, 'word')} in both."
    return (
        f"“{last.label}” has {count_of(words, 'word')} in the edition; {given} or to the end of "
        "the file, for nothing tells it where a speech ends."
    )


@chart
def differences_chart(session: Session) -> Chart:
    """Where does the programme part from the edition, and how often?"""
    table = against_the_edition(session)
    if table.empty:
        return nothing(
            "The programme and the edition agree",
            "No difference is found in the transcript.",
            table,
        )
    results = dict.fromkeys(table.result)
    ink = {result: TONE_INKS[i % len(TONE_INKS)] for i, result in enumerate(results)}
    labels = [f"{r.result}: {r.difference}" for r in table.itertuples()]

    def draw(figure: Figure, narrow: bool) -> None:
        axes = figure.add_subplot()
        for y, (row, label) in enumerate(zip(table.itertuples(), labels)):
            part = Part(int(row.count), ink[row.result], "labelled", row.evidence)
            low, high = (-0.02, 0.4) if narrow else (-0.36, 0.72)
            bar(axes, 0, y + low, part.value, high, part)
            beside = y + (0.18 if narrow else 0)
            axes.text(row.count + 0.8, beside, f"{row.count:,}", va="center", fontsize=12)
            if narrow:  # no room for labels at the side
                axes.text(0, y - 0.1, label, fontsize=12, va="bottom")
        rows_of(axes, [] if narrow else labels)
        axes.set_ylim(len(table) - 0.4, -0.7)
        axes.set_xlim(0, table["count"].max() * (1.25 if narrow else 1.12))
        whole_numbers(axes, narrow)
        axes.set_xlabel("differences")
        axes.axvline(0, color=PLAIN_INK.colour, linewidth=0.8)

    total = int(table["count"].sum())
    return Chart(
        f"The programme and the edition part in {count_of(total, 'place')}",
        "Differences between the programme and the edition in the whole transcript, by what they "
        "do to which result. Each bar leads to its places.",
        "Bars: "
        + "; ".join(f"{r.result}, {r.difference}: {r.count}" for r in table.itertuples())
        + ".",
        shown_table(table, "result", "difference"),
        draw,
        (90 + 28 * len(table), 110 + 42 * len(table)),
        {r.evidence: f"{r.result}, {r.difference}: {r.count}" for r in table.itertuples()},
    )
