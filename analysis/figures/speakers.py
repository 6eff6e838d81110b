"""Charts of who speaks, and how much."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from analysis.chart import Chart, chart
from analysis.evidence import Evidence
from analysis.figures.drawing import (
    PLAIN_INK,
    TONE_INKS,
    Part,
    bare,
    by_speaker,
    inks,
    key,
    longest,
    look,
    looks_of,
    speaker_key,
    stacked,
    standings_key,
)
from analysis.figures.saying import (
    MEANS,
    SURENESS,
    capital,
    count_of,
    in_words,
    looks_in,
    named,
    nothing,
    of_choice,
    range_said,
    ranked,
    shown_table,
    under,
)
from analysis.following import in_line
from analysis.measures import SPOKEN_UNITS, course, how_much_text, who_speaks
from analysis.page import Table
from analysis.readings import Reading
from analysis.session import Session
from analysis.tallies import possible
from analysis.wording import joined, number_of, percent, surname_of

SOLID = {"labelled": "Solid: labelled by name."}
OPEN = {"unattributed": "Open: nobody is named."}


@chart
def layers_chart(session: Session, *, reading: Reading = Reading()) -> Chart:
    """How much of the document is the record of the session, and how much is said about it?"""
    table = how_much_text(session, reading=reading)
    rows_of_all = Evidence.of("words", layer="all", reading=reading)
    spans = possible(session, table, rows_of_all, "layer").spans
    total = int(table["count"].sum())
    said = int(table["count"][table.layer == "session"].sum())
    ink = {"session": TONE_INKS[0]}
    rows = [
        (r.layer, [Part(r.count, ink.get(r.layer, PLAIN_INK), "labelled", r.evidence)])
        for r in table.itertuples(index=False)
    ]
    return Chart(
        f"Of {total:,} words, {said:,} are notes of the session",
        f"Words in each layer of the document, {under(reading)}.",
        f"Bars: {in_words(table, 'layer')} words. The record of the session is "
        f"{percent(said, total)} of the text.",
        Table(table),
        lambda figure, narrow: stacked(figure, narrow, rows, longest=longest(spans)),
        (90 + 35 * len(rows), 90 + 35 * len(rows)),
        {r.evidence: f"{r.layer}, words: {r.count:,}" for r in table.itertuples()},
        plain="Words in each layer of the document",
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
    every, spans = possible(
        session, table, Evidence.of(unit, reading=reading), ["speaker", "standing"]
    )
    if unit != "speeches" and not reading.options:
        every = whoever(every, unit)
    every = every.assign(name=[surname_of(session, s) for s in every.speaker])
    sums = every.groupby("speaker", sort=False)["count"].sum()
    sums = sums.sort_values(ascending=False, kind="stable")
    totals = sums[sums > 0]
    rows = [
        (surname_of(session, s), by_speaker(session, every[every.speaker == s])) for s in sums.index
    ]

    thin = [spans.get(s, (0, 0)) for s in sums.index]

    def draw(figure: Figure, narrow: bool) -> None:
        key(stacked(figure, narrow, rows, unit, thin), standings_key(every), narrow)

    used = every.standing.nunique()
    return Chart(
        most_said(session, table, totals, unit),
        f"{capital(unit)} of each speaker in the session, {under(reading)}." + range_said(thin),
        "Bars by speaker: "
        + "; ".join(f"{surname_of(session, s)} {n:,}" for s, n in totals.items())
        + f" {unit}. "
        + " ".join(
            f"{n:,} of them {MEANS[s]}."
            for s, n in table.groupby("standing", sort=False)["count"].sum().items()
        ),
        shown_table(every, "name", "standing"),
        draw,
        (130 + 45 * len(rows), 110 + 45 * len(rows) + 22 * used),
        {
            r.evidence: f"{named(f'{r.name}, {unit}', r.standing)}: {r.count:,}"
            for r in every.itertuples()
        },
        plain=f"{capital(unit)} of each speaker",
        looks=looks_in(every, SOLID | SURENESS | OPEN),
        anyone=unit != "speeches",  # a class's reading makes other speeches
    )


def whoever(every: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Words or sentences by ``speaker`` and ``standing``, with rows of 0 for all that a class may
    give to a speaker: it is inferred then, and may be doubted."""
    there = set(zip(every.speaker, every.standing))
    new = [
        {**home, "count": 0, "evidence": Evidence.of(unit, **home).address}
        for speaker in dict.fromkeys(every.speaker)
        for standing in ("inferred", "doubted")
        if speaker != "none" and (speaker, standing) not in there
        for home in [{"speaker": speaker, "standing": standing}]
    ]
    return pd.concat([every, pd.DataFrame(new)], ignore_index=True) if new else every


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
    every, most = each_sentence(session, table, reading)
    total, ink = int(table["count"].sum()), inks(session)
    width = [min(total, max(n, -(-total // 14))) for n in (300, 150)]  # of a line; 14 lines at most
    lines = [-(-most // w) for w in width]

    def draw(figure: Figure, narrow: bool) -> None:
        axes, wide = figure.add_subplot(), width[narrow]
        for row in every.itertuples():
            shape = broken(int(row.first), int(row.count), wide)
            patch = PathPatch(shape, **look(ink[row.speaker], row.standing))
            patch.set_url(row.evidence)
            looks = looks_of(ink[row.speaker], row.standing)
            in_line(patch, 0, counted=row.count > 0, wrap=wide, asks=row.asks, looks=looks)
            axes.add_patch(patch)
        axes.set_xlim(0, wide)
        axes.set_ylim(lines[narrow], 0)
        begins = range(0, total, wide)  # below there is room for what other readings count
        axes.set_yticks([b / wide + 0.5 for b in begins], [f"{b + 1:,}" for b in begins])
        axes.tick_params(axis="y", length=0)
        axes.set_xticks([])
        bare(axes, "left", "bottom")
        axes.set_ylabel("from word")
        speaker_key(axes, session, every, narrow)

    speeches = table[table.speaker != table.speaker.shift()]  # the first sentence of each
    begin = [(surname_of(session, r.speaker), int(r.first) + 1) for r in speeches.itertuples()]
    opening = table[(table.speaker != table.speaker.shift()).cumsum() == 1]
    names = every.assign(name=[surname_of(session, s) for s in every.speaker])
    return Chart(
        who_follows(begin, total, inferred="inferred" in set(opening.standing)),
        "The session from its first word to its last, each sentence as long as its words, line "
        f"below line, {under(reading)}. Colour: speaker.",
        f"A ribbon of {total:,} words. "
        + " ".join(f"{name} begins at word {n:,}." for name, n in begin),
        shown_table(names, "sentence", "name", "standing", "first"),
        draw,
        (110 + 32 * lines[False], 150 + 35 * lines[True]),
        {
            r.asks: f"sentence {r.sentence}, {named(f'{r.name}, words', r.standing)}: {r.count}"
            for r in names.itertuples()
        },
        plain="Who speaks, from the first word to the last",
        looks=looks_in(every),
        but=("apparatus",),  # labels and headings stand in no sentence
    )


def each_sentence(
    session: Session, table: pd.DataFrame, reading: Reading
) -> tuple[pd.DataFrame, int]:
    """A table of :func:`analysis.measures.course`, each sentence in every way in which it may be
    somebody's: ``count`` is what ``asks`` counts, 0 for another reading's.  And how many words
    there are at most."""
    names = ["sentence", "speaker", "standing"]
    rows = Evidence.of("words", reading=reading)
    every, spans = possible(session, table, rows, names)
    keys = every[names].to_dict("records")
    asks = [Evidence.checked("words", key, reading).address for key in keys]
    place = {s: i for i, s in enumerate(session.sentences.sentence)}
    every = every.assign(asks=asks, place=[place.get(s, -1) for s in every.sentence])
    every = every[every.place >= 0].sort_values("place", kind="stable")
    first = every["count"].cumsum() - every["count"]
    home = {r.sentence: r.evidence for r in table.itertuples()}
    evidence = [home.get(s, e) for s, e in zip(every.sentence, every.evidence)]
    every = every.assign(first=first, evidence=evidence)
    return every.reset_index(drop=True), sum(high for _, high in spans.values())


def broken(first: int, length: int, wide: int) -> Path:
    """A piece of a ribbon that is broken into lines of this width, as one path."""
    pieces: list[Path] = []
    while length > 0 or not pieces:
        line, x = divmod(first, wide)
        part = min(length, wide - x)
        pieces.append(
            Path.unit_rectangle().transformed(Affine2D().scale(part, 0.8).translate(x, line + 0.1))
        )
        first, length = first + part, length - part
    return Path.make_compound_path(*pieces)


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
