"""Charts of who speaks, and how much."""

from __future__ import annotations

from analysis.chart import Chart
from analysis.colours import GREY, TONES, colours
from analysis.evidence import Evidence
from analysis.figures.drawing import MEANS, bar, in_words, key, range_caption, shown_table, stacked
from analysis.measures import STANDINGS, course, how_much_text, speakers, who_speaks
from analysis.readings import Reading
from analysis.session import Session
from analysis.tallies import ranges
from analysis.wording import surname_of


def layers_chart(session: Session) -> Chart:
    """How much of the document is the record of the session, and how much is said about it?"""
    table = how_much_text(session)
    total, said = table["count"].sum(), table.set_index("layer")["count"]["session"]
    rows = [
        (r.layer, [(r.count, TONES[0] if r.layer == "session" else GREY, "labelled", r.evidence)])
        for r in table.itertuples(index=False)
    ]
    return Chart(
        "layers",
        f"Of {total:,} words, {said:,} record what was said",
        "Words in each layer of the document.",
        f"Bars: {in_words(table, 'layer')} words. The record of the session is {said / total:.0%} of the text.",
        table,
        lambda figure, narrow: stacked(figure, narrow, rows),
        (230, 230),
        {r.evidence: f"{r.count:,} words in the layer {r.layer}" for r in table.itertuples()},
    )


def who_speaks_chart(session: Session, unit: str = "words", **answers: str) -> Chart:
    """Who speaks, and how much? Another answer to a decision, such as ``opening="nobody"``, redraws it."""
    reading = Reading(**answers)
    table = who_speaks(session, unit=unit, reading=reading)
    table = table.assign(name=[surname_of(session, s) for s in table.speaker])
    totals = table.groupby("speaker", sort=False)["count"].sum().sort_values(ascending=False)
    tone = colours(session)
    rows = []
    for speaker in totals.index:
        parts = (
            table[table.speaker == speaker]
            .set_index("standing")
            .reindex(STANDINGS)
            .dropna(subset="count")
        )
        rows.append(
            (
                surname_of(session, speaker),
                [
                    (int(r.count), tone[speaker], s, r.evidence)
                    for s, r in zip(parts.index, parts.itertuples())
                ],
            )
        )
    top, whole = totals.index[0], totals.sum()
    share, inferred = (
        f"{totals.iloc[0] / whole:.0%} of the {unit}",
        table[(table.speaker == top) & (table.standing == "inferred")]["count"].sum(),
    )
    title = (
        f"{share} have no named speaker"
        if top == "none"
        else (
            f"{surname_of(session, top)} speaks {share}"
            + (", if the inference is right" if 2 * inferred > totals.iloc[0] else "")
        )
    )
    used = [s for s in STANDINGS if s in set(table.standing)]
    spans, readings = ranges(session, Evidence.of(unit), by="speaker")

    def draw(figure, narrow):
        axes = stacked(
            figure, narrow, rows, unit, [spans.get(speaker, (0, 0)) for speaker in totals.index]
        )
        key(axes, [(GREY, s, MEANS[s]) for s in used], narrow)

    how = "as the edition reads it" if not reading.options else f"with another answer ({reading})"
    return Chart(
        f"who-speaks-{unit}" + "".join(f"-{n}-{a.replace(' ', '-')}" for n, a in reading.options),
        title,
        f"{unit.capitalize()} of each speaker in the session, {how}. Solid: labelled by name. Hatched: the speaker is "
        "inferred. Dotted outline: in a sentence whose speaker may be doubted (inferred or not). Open: nobody is named."
        + range_caption(readings),
        f"Bars by speaker: {'; '.join(f'{surname_of(session, s)} {n:,}' for s, n in totals.items())} {unit}. "
        + " ".join(
            f"{n:,} of them {MEANS[s]}."
            for s, n in table.groupby("standing", sort=False)["count"].sum().items()
        ),
        shown_table(table, "name", "standing"),
        draw,
        (90 + 45 * len(rows) + 40, 110 + 45 * len(rows) + 22 * len(used)),
        {
            r.evidence: f"{r.name}: {r.count:,} {unit}, {MEANS[r.standing]}"
            for r in table.itertuples()
        },
    )


def course_chart(session: Session) -> Chart:
    """How does the session run? Every sentence drawn to scale, in the order of the record."""
    table = course(session)
    total, tone = int(table["count"].sum()), colours(session)

    def draw(figure, narrow):
        width = 150 if narrow else 300
        axes = figure.add_subplot()
        lines = -(-total // width)
        for row in table.itertuples():
            at, left = row.first, row.count
            while left:
                line, x = divmod(at, width)
                part = min(left, width - x)
                bar(axes, x, line + 0.1, part, 0.8, tone[row.speaker], row.standing, row.evidence)
                at, left = at + part, left - part
        axes.set_xlim(0, width)
        axes.set_ylim(lines, 0)
        axes.set_yticks(
            [i + 0.5 for i in range(lines)], [f"{i * width + 1:,}" for i in range(lines)]
        )
        axes.tick_params(axis="y", length=0)
        axes.set_xticks([])
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.set_ylabel("from word")
        names = [(tone[s], "labelled", surname_of(session, s)) for s in speakers(session)]
        key(
            axes,
            names + [(GREY, s, MEANS[s]) for s in STANDINGS if s in set(table.standing)],
            narrow,
            2 if narrow else 6,
        )

    turns = table[table.speaker != table.speaker.shift()]  # the first sentence of each turn
    begin = [(surname_of(session, row.speaker), int(row.first) + 1) for row in turns.itertuples()]
    return Chart(
        "course",
        f"{begin[0][0]} fills the record up to word {begin[1][1] - 1:,}; then come {', '.join(name for name, _ in begin[1:])}",
        "The session from its first word to its last, each sentence as long as its words, line below line. Colour: "
        "speaker. Hatched: inferred. Dotted outline: may be doubted.",
        f"A ribbon of {total:,} words. "
        + " ".join(f"{name} begins at word {n:,}." for name, n in begin),
        shown_table(
            table.assign(name=[surname_of(session, s) for s in table.speaker]),
            "sentence",
            "name",
            "standing",
            "first",
        ),
        draw,
        (270, 470),
        {
            r.evidence: f"sentence {r.sentence}, {surname_of(session, r.speaker)}, {r.count} words"
            for r in table.itertuples()
        },
    )
