"""Charts of who speaks, and how much."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from analysis.chart import Chart, chart
from analysis.evidence import Evidence
from analysis.figures.drawing import (
    PLAIN_INK,
    TONE_INKS,
    Part,
    bar,
    bare,
    by_speaker,
    inks,
    key,
    speaker_key,
    stacked,
    standings_key,
)
from analysis.figures.saying import (
    MEANS,
    RANGE,
    capital,
    count_of,
    in_words,
    nothing,
    of_choice,
    percent,
    ranked,
    shown_table,
    under,
)
from analysis.measures import SPOKEN_UNITS, course, how_much_text, who_speaks
from analysis.page import Table
from analysis.readings import Reading
from analysis.session import Session
from analysis.tallies import ranges
from analysis.wording import joined, number_of, surname_of


@chart
def layers_chart(session: Session, *, reading: Reading = Reading()) -> Chart:
    """How much of the document is the record of the session, and how much is said about it?"""
    table = how_much_text(session, reading=reading)
    total = int(table["count"].sum())
    said = int(table["count"][table.layer == "session"].sum())
    ink = {"session": TONE_INKS[0]}
    rows = [
        (r.layer, [Part(r.count, ink.get(r.layer, PLAIN_INK), "labelled", r.evidence)])
        for r in table.itertuples(index=False)
    ]
    return Chart(
        f"Of {total:,} words, {said:,} record what was said",
        f"Words in each layer of the document, {under(reading)}.",
        f"Bars: {in_words(table, 'layer')} words. The record of the session is "
        f"{percent(said, total)} of the text.",
        Table(table),
        lambda figure, narrow: stacked(figure, narrow, rows),
        (90 + 35 * len(rows), 90 + 35 * len(rows)),
        {r.evidence: f"{r.layer}: {count_of(r.count, 'word')}" for r in table.itertuples()},
    )


@chart
def who_speaks_chart(
    session: Session, *, unit: str = "words", reading: Reading = Reading()
) -> Chart:
    """Who speaks, and how much?  ``unit`` is ``words``, ``sentences`` or ``speeches``."""
    of_choice("unit", unit, SPOKEN_UNITS)
    table = who_speaks(session, unit=unit, reading=reading)
    if table.empty:
        return nothing("Nobody speaks", f"No {unit} are recorded, {under(reading)}.", table)
    table = table.assign(name=[surname_of(session, s) for s in table.speaker])
    totals = table.groupby("speaker", sort=False)["count"].sum()
    totals = totals.sort_values(ascending=False, kind="stable")
    rows = [
        (surname_of(session, s), by_speaker(session, table[table.speaker == s]))
        for s in totals.index
    ]
    spans, _ = ranges(session, Evidence.of(unit), by="speaker")

    def draw(figure: Figure, narrow: bool) -> None:
        thin = [spans.get(s, (0, 0)) for s in totals.index]
        key(stacked(figure, narrow, rows, unit, thin), standings_key(table), narrow)

    used = table.standing.nunique()
    return Chart(
        most_said(session, table, totals, unit),
        f"{capital(unit)} of each speaker in the session, {under(reading)}. Solid: labelled by "
        "name. Hatched: the speaker is inferred. Dotted outline: in a sentence whose speaker may "
        "be doubted (inferred or not). Open: nobody is named." + RANGE,
        "Bars by speaker: "
        + "; ".join(f"{surname_of(session, s)} {n:,}" for s, n in totals.items())
        + f" {unit}. "
        + " ".join(
            f"{n:,} of them {MEANS[s]}."
            for s, n in table.groupby("standing", sort=False)["count"].sum().items()
        ),
        shown_table(table, "name", "standing"),
        draw,
        (130 + 45 * len(rows), 110 + 45 * len(rows) + 22 * used),
        {
            r.evidence: f"{r.name}: {number_of(r.count, unit)}, {MEANS[r.standing]}"
            for r in table.itertuples()
        },
    )


def most_said(session: Session, table: pd.DataFrame, totals: pd.Series, unit: str) -> str:
    """Who has most of what is said, as a sentence; several where several have as much."""
    whole, (top, first) = totals.sum(), ranked(totals)[0]
    if first == ["none"]:
        return f"{percent(top, whole)} of the {unit} have no named speaker"
    names = [surname_of(session, speaker) for speaker in first]
    each = number_of(top, unit)
    if len(totals) == 1:
        return f"{names[0]} alone speaks: {each}"
    if len(first) == len(totals):
        return f"Nobody has more than another: {each} for each of {joined(names)}"
    if len(first) > 1:
        whose = f"{joined(names, most=4)} have most of the {unit}"
        return f"{whose}, and as much as each other: {each} each"
    inferred = table[(table.speaker == first[0]) & (table.standing == "inferred")]["count"].sum()
    if_right = ", if the inference is right" if 2 * inferred > top else ""
    if unit == "speeches":
        return f"{names[0]} has {top:,} of the {whole:,} speeches{if_right}"
    return f"{names[0]} speaks {percent(top, whole)} of the {unit}{if_right}"


@chart
def course_chart(session: Session, *, reading: Reading = Reading()) -> Chart:
    """Who speaks after whom, from the first word to the last?"""
    table = course(session, reading=reading)
    if table.empty:
        return nothing("Nobody speaks", f"No words are recorded, {under(reading)}.", table)
    total, ink = int(table["count"].sum()), inks(session)
    width = [min(total, max(n, -(-total // 14))) for n in (300, 150)]  # of a line; 14 lines at most
    lines = [-(-total // w) for w in width]

    def draw(figure: Figure, narrow: bool) -> None:
        axes, wide = figure.add_subplot(), width[narrow]
        for row in table.itertuples():
            at, left = int(row.first), int(row.count)
            while left:
                line, x = divmod(at, wide)
                length = min(left, wide - x)
                piece = Part(length, ink[row.speaker], row.standing, row.evidence)
                bar(axes, x, line + 0.1, length, 0.8, piece)
                at, left = at + length, left - length
        axes.set_xlim(0, wide)
        axes.set_ylim(lines[narrow], 0)
        begins = [f"{i * wide + 1:,}" for i in range(lines[narrow])]
        axes.set_yticks([i + 0.5 for i in range(lines[narrow])], begins)
        axes.tick_params(axis="y", length=0)
        axes.set_xticks([])
        bare(axes, "left", "bottom")
        axes.set_ylabel("from word")
        speaker_key(axes, session, table, narrow)

    speeches = table[table.speaker != table.speaker.shift()]  # the first sentence of each
    begin = [(surname_of(session, r.speaker), int(r.first) + 1) for r in speeches.itertuples()]
    opening = table[(table.speaker != table.speaker.shift()).cumsum() == 1]
    names = table.assign(name=[surname_of(session, s) for s in table.speaker])
    return Chart(
        who_follows(begin, total, inferred="inferred" in set(opening.standing)),
        "The session from its first word to its last, each sentence as long as its words, line "
        f"below line, {under(reading)}. Colour: speaker. Hatched: inferred. Dotted outline: may be "
        "doubted.",
        f"A ribbon of {total:,} words. "
        + " ".join(f"{name} begins at word {n:,}." for name, n in begin),
        shown_table(names, "sentence", "name", "standing", "first"),
        draw,
        (110 + 32 * lines[False], 150 + 35 * lines[True]),
        {
            r.evidence: f"sentence {r.sentence}, {r.name}, {count_of(r.count, 'word')}, "
            f"{MEANS[r.standing]}"
            for r in names.itertuples()
        },
    )


def who_follows(begin: list[tuple[str, int]], total: int, inferred: bool = False) -> str:
    """Who begins and who comes then, as a sentence; ``begin`` has each speaker and his first
    word, and ``inferred`` says whether it is by inference that the first is who he is."""
    first, rest = begin[0][0], [name for name, _ in begin[1:]]
    if not rest:
        known = ", if the inference is right" if inferred else ""
        return f"The whole record is one speech: {first}, {count_of(total, 'word')}{known}"
    until, come = begin[1][1] - 1, "comes" if len(rest) == 1 else "come"
    most = f"fills the record up to word {until:,}" if 2 * until > total else "begins"
    known = ", if the inference is right," if inferred else ""
    return f"{capital(first)}{known} {most}; then {come} {joined(rest, most=4)}"
