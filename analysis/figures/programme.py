"""Charts of a naive programme beside the edition."""

from __future__ import annotations

from matplotlib.patches import Rectangle

from analysis.chart import Chart
from analysis.colours import GREY, TONES
from analysis.figures.drawing import key, shown_table, stacked, wrap
from analysis.measures import who_speaks
from analysis.programme import against_the_edition, words_by_speaker
from analysis.session import Session
from analysis.wording import surname_of


def programme_speakers_chart(session: Session) -> Chart:
    """Whom does the programme take for a speaker, and how many words does it give him?"""
    found = words_by_speaker(session)
    edition = who_speaks(session).groupby("speaker", sort=False)["count"].sum()
    table = found.assign(speaker=["a speaker" if real else "no speaker" for real in found.real])
    rows = [
        (
            row.label,
            [
                (
                    row.count,
                    TONES[0] if row.real else TONES[1],
                    "labelled" if row.real else "unattributed",
                    row.evidence,
                )
            ],
        )
        for row in found.itertuples(index=False)
    ]
    phantom = found[~found.real]
    last, speech = found[found.real].iloc[-1], session.speeches.iloc[-1]

    def draw(figure, narrow):
        axes = stacked(
            figure,
            narrow,
            [(wrap(label) if narrow else label, parts) for label, parts in rows],
            "words",
        )
        key(
            axes,
            [
                (TONES[0], "labelled", "a speaker in the edition too"),
                (TONES[1], "unattributed", "no speaker"),
            ],
            narrow,
            1 if narrow else 2,
        )

    return Chart(
        "programme-speakers",
        f"The programme hears {len(found)} speakers, {len(phantom)} of whom are none",
        f"What stands before a colon at the start of a line, and the words up to the next such line. “{last.label}” has {speech.words:,} words in the "
        f"edition; the programme gives it {last['count']:,}, with all that follows to the end of the file, for nothing tells it where a turn ends.",
        "Bars: "
        + "; ".join(f"{label} {n:,}" for label, n in zip(found.label, found["count"]))
        + ". In the edition: "
        + "; ".join(f"{surname_of(session, s)} {n:,}" for s, n in edition.items())
        + ".",
        shown_table(table, "label", "speaker"),
        draw,
        (100 + 36 * len(rows), 130 + 40 * len(rows)),
        {
            address: f"{label}: {n:,} words"
            for address, label, n in zip(found.evidence, found.label, found["count"])
        },
    )


def differences_chart(session: Session) -> Chart:
    """Where does the programme part from the edition, and how often?"""
    table = against_the_edition(session)
    results = list(dict.fromkeys(table.result))
    tone = dict(zip(results, (TONES * 2)[: len(results)]))

    def draw(figure, narrow):
        axes = figure.add_subplot()
        for y, row in enumerate(table.itertuples()):
            patch = Rectangle(
                (0, y - (0.02 if narrow else 0.36)),
                row.count,
                0.4 if narrow else 0.72,
                facecolor=tone[row.result],
                edgecolor=tone[row.result],
            )
            patch.set_url(row.evidence)
            axes.add_patch(patch)
            axes.text(
                row.count + 0.8,
                y + (0.18 if narrow else 0),
                str(row.count),
                va="center",
                fontsize=12,
            )
            if narrow:
                axes.text(0, y - 0.1, f"{row.result}: {row.difference}", fontsize=12, va="bottom")
        axes.set_yticks(
            range(0 if narrow else len(table)),
            [] if narrow else [f"{r.result}: {r.difference}" for r in table.itertuples()],
        )
        axes.set_ylim(len(table) - 0.4, -0.7)
        axes.set_xlim(0, table["count"].max() * (1.25 if narrow else 1.12))
        axes.tick_params(axis="y", length=0)
        axes.locator_params(axis="x", nbins=4, integer=True)
        axes.set_xlabel("differences")
        axes.spines["left"].set_visible(False)
        axes.axvline(0, color=GREY, linewidth=0.8)

    return Chart(
        "differences",
        f"The programme and the edition part in {table['count'].sum():,} places",
        "Differences between the programme and the edition in the whole transcript, by what they do to which result. Each bar leads to its places.",
        "Bars: "
        + "; ".join(f"{r.result}, {r.difference}: {r.count}" for r in table.itertuples())
        + ".",
        shown_table(table, "result", "difference"),
        draw,
        (90 + 28 * len(table), 110 + 42 * len(table)),
        {r.evidence: f"{r.result}, {r.difference}: {r.count}" for r in table.itertuples()},
    )
