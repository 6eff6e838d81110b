"""Charts of how sure a result is: what becomes of it under every combination of editorial
decisions."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from matplotlib.figure import Figure

from analysis.chart import Chart, chart
from analysis.claims import Result, under_every_reading, what_moves_it
from analysis.decisions import DECISIONS
from analysis.errors import AskError
from analysis.figures.drawing import PLAIN_INK, TONE_INKS, bare, rows_of, stripes, wrap
from analysis.figures.saying import capital, count_of, nothing
from analysis.page import Table
from analysis.readings import choices
from analysis.session import Session
from analysis.tallies import tallied

OWN, OTHER = TONE_INKS[0].colour, TONE_INKS[1].colour


def summary(session: Session, results: dict[str, Result]) -> pd.DataFrame:
    """A row a result: ``result says count evidence value lowest highest readings moved_by option
    then without_lowest without_highest``.

    ``moved_by`` is the decision that alone moves the result furthest, ``option`` the option that
    does it and ``then`` the value under it; the last two are the range that is left when that
    decision stays as the edition has it. The three are empty where nothing moves the result.
    """
    rows = []
    tallied(session, (choice for result in results.values() for choice in result.choices))
    for result in results.values():
        table, moves = under_every_reading(session, result), what_moves_it(session, result)
        own = table.value[0]
        moves = moves[moves.value != own]
        decision, option, then = (
            (moves.decision.iloc[0], moves.option.iloc[0], moves.value.iloc[0])
            if len(moves)
            else (None,) * 3
        )
        rest = table[table[decision] == DECISIONS[decision].default] if decision else table
        rows.append(
            (
                result.name,
                result.says,
                int(table["count"].iloc[0]),
                result.part.address,
                own,
                table.value.min(),
                table.value.max(),
                len(table),
                decision,
                option,
                then,
                rest.value.min(),
                rest.value.max(),
            )
        )
    return pd.DataFrame(
        rows,
        columns=[
            "result",
            "says",
            "count",
            "evidence",
            "value",
            "lowest",
            "highest",
            "readings",
            "moved_by",
            "option",
            "then",
            "without_lowest",
            "without_highest",
        ],
    )


@chart
def ranges_chart(session: Session, *, results: dict[str, Result]) -> Chart:
    """What becomes of each result under every reading?

    Lowest and highest, beside the edition's own number; ``results`` by name, as
    :func:`analysis.claims.read_claims` gives them.
    """
    table = summary(session, results)
    if table.empty:
        return nothing("There are no results to read otherwise", "No result was given.", table)
    own = table.value.where(table.value > 0)  # of nothing there is no share
    table = table.assign(low=table.lowest / own, high=table.highest / own)
    table = table.sort_values("low", kind="stable", ignore_index=True)
    says = [results[r.result].written for r in table.itertuples()]
    labels = [f"{r.says}: {write(r.value)}" for r, write in zip(table.itertuples(), says)]
    spans = [
        "always the same" if r.lowest == r.highest else f"{w(r.lowest)}–{w(r.highest)}"
        for r, w in zip(table.itertuples(), says)
    ]
    edge = 1.3  # of the scale; what goes beyond it is said, not drawn

    def draw(figure: Figure, narrow: bool) -> None:
        axes = figure.add_subplot()
        for y, (row, span) in enumerate(zip(table.itertuples(), spans)):
            high = min(row.high, edge) if pd.notna(row.high) else 1
            if pd.notna(row.low):
                (band,) = axes.plot(
                    [100 * row.low, 100 * high],
                    [y, y],
                    color=OWN,
                    linewidth=5,
                    solid_capstyle="butt",
                    alpha=0.45,
                )
                band.set_url(row.evidence)
                axes.scatter([100], [y], s=70, color=OWN, zorder=3).set_urls([row.evidence])
            axes.annotate(
                span,
                (100 * max(high, 1), y),
                xytext=(9, 0),
                textcoords="offset points",
                va="center",
                fontsize=12,
            )
            if narrow:  # no room for labels at the side
                axes.text(0, y - 0.28, labels[y], fontsize=12, va="bottom")
        axes.axvline(100, color=PLAIN_INK.colour, linewidth=0.8, linestyle=":", zorder=0)
        rows_of(axes, [] if narrow else labels)
        axes.set_ylim(len(table) - 0.5, -0.9 if narrow else -0.6)
        axes.set_xlim(-3, 150 if narrow else 142)
        axes.set_xticks([0, 50, 100])
        axes.set_xlabel(
            "% of the edition's number" if narrow else "in per cent of the edition's number"
        )

    steady, fallen = (table.lowest == table.highest).sum(), (table.low < 0.5).sum()
    moved = [pd.notna(r.moved_by) for r in table.itertuples()]
    shown = pd.DataFrame(
        {
            "result": table.says,
            "count": table["count"],
            "edition": [w(v) for w, v in zip(says, table.value)],
            "lowest": [w(v) for w, v in zip(says, table.lowest)],
            "highest": [w(v) for w, v in zip(says, table.highest)],
            "readings": table.readings,
            "moved most by": [
                f"{r.moved_by}: {r.option}" if m else "nothing"
                for r, m in zip(table.itertuples(), moved)
            ],
            "then": [w(r.then) if m else "" for r, w, m in zip(table.itertuples(), says, moved)],
            "range without that": [
                f"{w(r.without_lowest)}–{w(r.without_highest)}" if m else ""
                for r, w, m in zip(table.itertuples(), says, moved)
            ],
            "evidence": table.evidence,
        }
    )
    fall = "falls" if 1 in (fallen, len(table)) else "fall"
    return Chart(
        f"{fallen} of {count_of(len(table), 'result')} {fall} to less than half under some "
        f"reading, {steady} never {'changes' if steady == 1 else 'change'}",
        "Each result of this book under every combination of the editorial decisions that can "
        "touch it. Point: the number as the edition has it. Band: from the lowest to the highest "
        "that any reading gives.",
        "Ranges: "
        + " ".join(
            f"{r.says}: {w(r.value)} in the edition, {w(r.lowest)} to {w(r.highest)} in "
            f"{count_of(r.readings, 'reading')}."
            for r, w in zip(table.itertuples(), says)
        ),
        Table(shown),
        draw,
        (90 + 34 * len(table), 110 + 46 * len(table)),
        {r.evidence: f"{r.says}: {r.count:,} counted in the edition" for r in table.itertuples()},
        always=True,
    )


@chart
def curve_chart(session: Session, *, result: Result) -> Chart:
    """One result under every reading, in order of size, with the options that make each reading
    below it.

    A specification curve (Simonsohn, Simmons and Nelson 2020), its first two steps: the readings
    are listed and drawn; no joint test is made of them.  Raises :class:`analysis.errors.AskError`
    for a result that no decision touches.
    """
    decisions = choices(session, result.reads)
    if not decisions:
        raise AskError(
            f"no decision touches “{result.says}”: it is "
            f"{result.written(result.value(session))} in "
            "every reading, and there is no curve to draw"
        )
    table, moves = under_every_reading(session, result), what_moves_it(session, result)
    order = table.sort_values(["value", *decisions], kind="stable")
    ranks = {index: rank for rank, index in enumerate(order.index)}
    own_option = {name: DECISIONS[name].default for name in decisions}
    rows = [
        (name, o, o == own_option[name]) for name, options in decisions.items() for o in options
    ]
    scale, own, write = 100 if result.whole else 1, table.value[0], result.written
    rings = [
        (ranks[index], scale * table.value[index], address)
        for index, address in one_changed(table, moves, own_option)
    ]

    def draw(figure: Figure, narrow: bool) -> None:
        upper, lower = figure.subplots(2, 1, height_ratios=(1, 1.5 if narrow else 1.2), sharex=True)
        upper.plot(
            range(len(order)), scale * order.value, color=OWN, linewidth=2.2, drawstyle="steps-mid"
        )
        for x, y, address in rings:
            upper.scatter(
                [x], [y], s=46, facecolor="none", edgecolors=OTHER, linewidths=1.8, zorder=3
            ).set_urls([address])
        point = upper.scatter([ranks[0]], [scale * own], s=90, color=OWN, zorder=4)
        point.set_urls([result.part.address])
        upper.set_ylabel("per cent" if result.whole else "count")
        upper.set_ylim(0, scale * order.value.max() * 1.12 + 0.001)
        for y, (decision, option, default) in enumerate(rows):
            at = [rank for rank, o in enumerate(order[decision]) if o == option]
            stripes(lower, at, y, OWN if default else OTHER, 6 if narrow else 8)
            if default:
                lower.axhline(y - 0.5, color=PLAIN_INK.colour, linewidth=0.5)
        labels = [f"{decision}: {option}" for decision, option, _ in rows]
        rows_of(lower, [wrap(label, 16) if narrow else label for label in labels])
        lower.tick_params(axis="y", labelsize=12)
        lower.set_ylim(len(rows) - 0.5, -0.5)
        lower.set_xticks([])
        lower.set_xlabel(f"{len(order)} readings, lowest to highest")
        bare(upper, "left")
        bare(lower, "bottom")
        upper.tick_params(axis="x", length=0)

    first = moves.iloc[0]
    rest = table[table[first.decision] == DECISIONS[first.decision].default].value
    shown = pd.DataFrame(
        [
            ("as the edition has it", "", *result.counts(session), own, result.part.address),
            *moves.itertuples(index=False),
        ],
        columns=moves.columns,
    )
    shown["value"] = [write(v) for v in shown.value]
    low, high = write(table.value.min()), write(table.value.max())
    stays = (
        f"stays between {write(rest.min())} and {write(rest.max())}"
        if rest.min() < rest.max()
        else f"is always {write(rest.min())}"
    )
    return Chart(
        f"{result.says}: {write(own)}"
        + (
            f", but from {low} to {high} in {len(table)} readings"
            if low != high
            else f" in each of {len(table)} readings"
        ),
        "Above: the result in each reading, from the lowest to the highest. Full point: the "
        "edition's own reading. Rings: one decision changed. Below: the options that make each "
        "reading; the darker ones are the edition's."
        + (
            f" “{capital(first.decision)}: {first.option}” alone moves the result "
            f"furthest; as long "
            f"as the edition's option stands there, the result {stays}."
            if low != high
            else ""
        ),
        f"A curve from {low} to {high}. With one decision changed: "
        + "; ".join(f"{m.decision}: {m.option} gives {write(m.value)}" for m in moves.itertuples())
        + ".",
        Table(shown),
        draw,
        (300 + 21 * len(rows), 300 + 36 * len(rows)),
        {
            result.part.address: f"{result.says}: {write(own)} as the edition has it",
            **{
                m.evidence: f"{m.decision}: {m.option}, {write(m.value)}"
                for m in moves.itertuples()
            },
        },
        always=True,
    )


def one_changed(
    table: pd.DataFrame, moves: pd.DataFrame, defaults: dict[str, str]
) -> Iterator[tuple[int, str]]:
    """The readings in which one decision alone is changed, each with the address of what it
    counts."""
    address = {(m.decision, m.option): m.evidence for m in moves.itertuples()}
    for index, row in table.iterrows():
        changed = [(name, row[name]) for name, default in defaults.items() if row[name] != default]
        if len(changed) == 1:
            yield index, address[changed[0]]
