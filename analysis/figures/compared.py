"""A chart of one speaker beside all others."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.chart import Chart, chart
from analysis.figures.drawing import PLAIN_INK, TONE_INKS, rows_of
from analysis.figures.saying import count_of, nothing, of_choice, under
from analysis.measures import keyness, speakers
from analysis.page import Table
from analysis.readings import Reading
from analysis.session import Session
from analysis.statistics import LEAST_EXPECTED, LEAST_G2
from analysis.wording import joined, surname_of

EDGE = 4.2  # log ratios beyond this are drawn as arrows
COLOUR = TONE_INKS[0].colour


@chart
def compared_chart(session: Session, *, speaker: str, reading: Reading = Reading()) -> Chart:
    """Does a speaker speak of a family more, for his words, than everybody else?

    Only where the counts can tell.
    """
    of_choice("speaker", speaker, speakers(session))
    table, name = keyness(session, speaker=speaker, reading=reading), surname_of(session, speaker)
    told = table[table.enough.astype(bool)].reset_index(drop=True)
    if told.empty:
        return nothing(
            f"No family is mentioned often enough to compare {name} with the others",
            f"Of {count_of(len(table), 'family', 'families')} none has an expected count of "
            f"{LEAST_EXPECTED} on both sides, {under(reading)}.",
            table[["family", "count", "elsewhere", "evidence"]],
        )
    sure = told[told.g2 >= LEAST_G2]

    def draw(figure: Figure, narrow: bool) -> None:
        axes = figure.add_subplot()
        axes.axvline(0, color=PLAIN_INK.colour, linewidth=0.8, linestyle=":")
        for y, row in enumerate(told.itertuples()):
            interval(axes, y, row)
        rows_of(axes, [f"{r.family}: {r.count} and {r.elsewhere}" for r in told.itertuples()])
        axes.set_xlim(-EDGE - 0.4, EDGE + 0.4)
        axes.set_xticks([-3, -2, -1, 0, 1, 2, 3], ["⅛", "¼", "½", "1", "2", "4", "8"])
        axes.set_xlabel(
            "times as often"
            if narrow
            else f"how many times as often as the others, for the words spoken ({name} and the "
            "others)"
        )

    shown = table.rename(
        columns={
            "expected_here": "expected",
            "expected_elsewhere": "expected elsewhere",
            "log_ratio": "log ratio",
        }
    )
    few = list(table.family[~table.enough.astype(bool)])
    return Chart(
        f"Of {count_of(len(table), 'family', 'families')} {len(told)} "
        f"{'is' if len(told) == 1 else 'are'} mentioned often enough to compare {name} with the "
        "others, and "
        + (
            "no difference can be told from chance"
            if sure.empty
            else f"only {joined(sure.family, most=4)} can be told from chance"
            if len(sure) < len(told)
            else "each difference can be told from chance"
        ),
        f"Mentions by {name} and by all others, and how many times as often he mentions a family "
        f"for his words, with its exact 95% interval, {under(reading)}. Shown where both expected "
        f"counts are at least {LEAST_EXPECTED}; full points where G2 reaches {LEAST_G2}. An arrow: "
        "it goes on, since one side has no mention or the scale ends.",
        "Ratios: "
        + " ".join(
            f"{r.family}: {count_of(r.count, 'mention')} against {r.elsewhere}, G2 {r.g2:.1f}."
            for r in told.itertuples()
        )
        + (f" Too few to tell: {', '.join(few)}." if few else ""),
        Table(shown.drop(columns="enough")),
        draw,
        (110 + 34 * len(told), 110 + 38 * len(told)),
        {
            r.evidence: f"{r.family}: {r.count} by {name}, {r.elsewhere} by the others"
            for r in told.itertuples()
        },
    )


def interval(axes: Axes, y: int, row: pd.Series) -> None:
    """A log ratio with its interval; arrows where it goes on beyond the scale."""
    low, high = max(row.low, -EDGE), min(row.high, EDGE)
    axes.plot([low, high], [y, y], color=COLOUR, linewidth=2.2)
    for end, value, arrow in ((low, row.low, "<"), (high, row.high, ">")):
        mark = arrow if abs(value) > EDGE else "|"
        axes.plot([end], [y], marker=mark, color=COLOUR, markersize=9, markeredgewidth=2)
    # no mention on one side: the arrow alone, and a mark that leads on
    at = min(max(row.log_ratio, -EDGE), EDGE)
    axes.scatter(
        [at],
        [y],
        s=70,
        facecolor=COLOUR if row.g2 >= LEAST_G2 or abs(at) == EDGE else "none",
        edgecolors=COLOUR,
        linewidths=2,
        zorder=3,
        marker="o" if abs(at) < EDGE else ">" if at > 0 else "<",
    ).set_urls([row.evidence])
