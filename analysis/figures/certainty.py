"""Charts of how sure a result is: what becomes of it under every combination of editorial decisions."""

from __future__ import annotations

import html

import pandas as pd

from analysis.chart import Chart, Page
from analysis.claims import Claim, Result, Verdict, under_every_reading, verdict, what_moves_it
from analysis.colours import GREY, TONES
from analysis.decisions import DECISIONS
from analysis.figures.drawing import wrap
from analysis.readings import choices
from analysis.session import Session


def summary(session: Session, results: dict[str, Result]) -> pd.DataFrame:
    """A row a result: ``result says count evidence value lowest highest readings moved_by answer then without_lowest
    without_highest``.

    ``moved_by`` is the decision that alone moves the result furthest, ``answer`` the answer that does
    it and ``then`` the value under it; the last two are the range that is left when that decision
    stays as the edition has it. The three are empty where nothing moves the result.
    """
    rows = []
    for result in results.values():
        table, moves = under_every_reading(session, result), what_moves_it(session, result)
        own = table.value[0]
        moves = moves[moves.value != own]
        decision, answer, then = (
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
                answer,
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
            "answer",
            "then",
            "without_lowest",
            "without_highest",
        ],
    )


def ranges_chart(session: Session, results: dict[str, Result]) -> Chart:
    """What becomes of each result under every reading? Lowest and highest, beside the edition's own number."""
    table = summary(session, results)
    table = table.assign(low=table.lowest / table.value, high=table.highest / table.value)
    table = table.sort_values("low", kind="stable", ignore_index=True)
    written = [results[r.result].written for r in table.itertuples()]

    def draw(figure, narrow):
        axes = figure.add_subplot()
        for y, (row, write) in enumerate(zip(table.itertuples(), written)):
            (band,) = axes.plot(
                [100 * row.low, 100 * row.high],
                [y, y],
                color=TONES[0],
                linewidth=5,
                solid_capstyle="butt",
                alpha=0.45,
            )
            band.set_url(row.evidence)
            axes.scatter([100], [y], s=70, color=TONES[0], zorder=3).set_urls([row.evidence])
            said = (
                f"{write(row.lowest)}–{write(row.highest)}"
                if row.lowest != row.highest
                else "always the same"
            )
            axes.annotate(
                said,
                (100 * max(row.high, 1), y),
                xytext=(9, 0),
                textcoords="offset points",
                va="center",
                fontsize=12,
            )
            if narrow:  # no room for labels at the side
                axes.text(0, y - 0.28, f"{row.says}: {write(row.value)}", fontsize=12, va="bottom")
        axes.axvline(100, color=GREY, linewidth=0.8, linestyle=":", zorder=0)
        labels = (
            []
            if narrow
            else [f"{r.says}: {w(r.value)}" for r, w in zip(table.itertuples(), written)]
        )
        axes.set_yticks(range(len(labels)), labels)
        axes.set_ylim(len(table) - 0.5, -0.9 if narrow else -0.6)
        axes.set_xlim(-3, 150 if narrow else 142)
        axes.set_xticks([0, 50, 100])
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel(
            "% of the edition's number" if narrow else "in per cent of the edition's number"
        )
        axes.spines["left"].set_visible(False)

    steady = table[table.lowest == table.highest]
    fallen = table[table.low < 0.5]
    shown = pd.DataFrame(
        {
            "result": table.says,
            "count": table["count"],
            "edition": [w(v) for w, v in zip(written, table.value)],
            "lowest": [w(v) for w, v in zip(written, table.lowest)],
            "highest": [w(v) for w, v in zip(written, table.highest)],
            "readings": table.readings,
            "moved most by": [
                f"{r.moved_by}: {r.answer}" if pd.notna(r.moved_by) else "nothing"
                for r in table.itertuples()
            ],
            "then": [
                w(r.then) if pd.notna(r.moved_by) else ""
                for r, w in zip(table.itertuples(), written)
            ],
            "range without that": [
                f"{w(r.without_lowest)}–{w(r.without_highest)}" if pd.notna(r.moved_by) else ""
                for r, w in zip(table.itertuples(), written)
            ],
            "evidence": table.evidence,
        }
    )
    return Chart(
        "ranges",
        f"{len(fallen)} of {len(table)} results fall to less than half under some reading, {len(steady)} never change",
        "Each result of this book under every combination of the editorial decisions that can touch it. Point: the number as the "
        "edition has it. Band: from the lowest to the highest that any reading gives.",
        "Ranges: "
        + " ".join(
            f"{r.says}: {w(r.value)} in the edition, {w(r.lowest)} to {w(r.highest)} in {r.readings} readings."
            for r, w in zip(table.itertuples(), written)
        ),
        shown,
        draw,
        (90 + 34 * len(table), 110 + 46 * len(table)),
        {r.evidence: f"{r.says}: {r.count:,} counted in the edition" for r in table.itertuples()},
    )


def curve_chart(session: Session, result: Result) -> Chart:
    """One result under every reading, in order of size, with the answers that make each reading below it.

    A specification curve (Simonsohn, Simmons and Nelson 2020), its first two steps: the readings are
    listed and drawn; no joint test is made of them.
    """
    table, moves, decisions = (
        under_every_reading(session, result),
        what_moves_it(session, result),
        choices(session, result.reads),
    )
    order = table.sort_values(["value", *decisions], kind="stable")
    ranks = {index: rank for rank, index in enumerate(order.index)}
    answers = [(DECISIONS[d], o) for d, options in decisions.items() for o in options]
    scale = 100 if result.whole else 1
    own = table.value[0]
    singles = [
        (
            index,
            moves.evidence[(moves.decision == changed[0]) & (moves.option == changed[1])].iloc[0],
        )
        for index, row in table.iterrows()
        for changed in [
            next(((d, row[d]) for d in decisions if row[d] != DECISIONS[d].default), None)
        ]
        if sum(row[d] != DECISIONS[d].default for d in decisions) == 1
    ]

    def draw(figure, narrow):
        upper, lower = figure.subplots(2, 1, height_ratios=(1, 1.5 if narrow else 1.2), sharex=True)
        upper.plot(
            range(len(order)),
            scale * order.value,
            color=TONES[0],
            linewidth=2.2,
            drawstyle="steps-mid",
        )
        for index, address in singles:
            upper.scatter(
                [ranks[index]],
                [scale * table.value[index]],
                s=46,
                facecolor="none",
                edgecolors=TONES[1],
                linewidths=1.8,
                zorder=3,
            ).set_urls([address])
        upper.scatter([ranks[0]], [scale * own], s=90, color=TONES[0], zorder=4).set_urls(
            [result.part.address]
        )
        upper.set_ylabel("per cent" if result.whole else "count")
        upper.set_ylim(min(0, scale * order.value.min()), scale * order.value.max() * 1.12 + 0.001)
        for y, (decision, answer) in enumerate(answers):
            at = [rank for rank, a in enumerate(order[decision.name]) if a == answer]
            xs = [x for rank in at for x in (rank - 0.4, rank + 0.4, float("nan"))]
            lower.plot(
                xs,
                [y, y, float("nan")] * len(at),
                color=TONES[0] if answer == decision.default else TONES[1],
                linewidth=6 if narrow else 8,
                solid_capstyle="butt",
            )
            if answer == decision.default:
                lower.axhline(y - 0.5, color=GREY, linewidth=0.5)
        labels = [f"{d.name}: {a}" for d, a in answers]
        lower.set_yticks(
            range(len(answers)),
            [wrap(label, 16) if narrow else label for label in labels],
            fontsize=12,
        )
        lower.set_ylim(len(answers) - 0.5, -0.5)
        lower.tick_params(axis="y", length=0)
        lower.set_xticks([])
        lower.set_xlabel(f"{len(order)} readings, lowest to highest")
        for axes in (upper, lower):
            axes.spines["left"].set_visible(False)
        lower.spines["bottom"].set_visible(False)
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
    shown["value"] = [result.written(v) for v in shown.value]
    return Chart(
        f"curve-{result.name}",
        f"{result.says}: {result.written(own)}, but from {result.written(table.value.min())} to {result.written(table.value.max())} "
        f"in {len(table)} readings",
        f"Above: the result in each reading, from the lowest to the highest. Full point: the edition's own reading. Rings: one decision "
        f"changed. Below: the answers that make each reading; the darker ones are the edition's. “{first.decision.capitalize()}: {first.option}” "
        f"alone moves the result furthest; as long as the edition's answer to it stands, the result "
        + (
            f"stays between {result.written(rest.min())} and {result.written(rest.max())}."
            if rest.min() < rest.max()
            else f"is always {result.written(rest.min())}."
        ),
        f"A curve that rises from {result.written(table.value.min())} to {result.written(table.value.max())}. With one decision changed: "
        + "; ".join(
            f"{m.decision}: {m.option} gives {result.written(m.value)}" for m in moves.itertuples()
        )
        + ".",
        shown,
        draw,
        (300 + 21 * len(answers), 300 + 36 * len(answers)),
        {
            result.part.address: f"{result.says}: {result.written(own)} as the edition has it",
            **{
                m.evidence: f"{m.decision}: {m.option}, {result.written(m.value)}"
                for m in moves.itertuples()
            },
        },
    )


def verdicts(session: Session, claims: dict[str, Claim]) -> Page:
    """Claims with the readings in which they hold and those in which they do not."""
    found = [verdict(session, claim) for claim in claims.values()]
    return Page(
        "".join(in_full(session, v) for v in found),
        "\n".join(
            f"{v.claim.says} Holds in {len(v.holds)} of {v.readings} readings." for v in found
        ),
    )


def in_full(session: Session, v: Verdict) -> str:
    """One claim: its sentence, a bar of its readings, and the readings in which it does not hold."""
    name, claim, why = f"claim-{v.claim.name}", v.claim, always_fails(session, v)
    held = 100 * len(v.holds) / v.readings
    fails = "".join(f"<li data-item>{html.escape(str(reading))}</li>" for reading in v.fails)
    return (
        f'<section class="verdict" id="{name}" aria-label="{html.escape(claim.says)}"><p class="claim">{html.escape(claim.says)} '
        f'<span>Counted: <a href="{html.escape(claim.evidence.address)}">{claim.evidence.count(session):,}</a></span></p>'
        f'<p><svg viewBox="0 0 100 8" style="width:10em;height:.8em" aria-hidden="true"><rect width="100" height="8" fill="none" '
        f'stroke="currentColor"/><rect width="{held:.1f}" height="8" fill="{TONES[0]}"/></svg> '
        f"Holds in {len(v.holds)} of {v.readings} readings"
        + (f"; never with {' or '.join(why)}" if why else "")
        + ".</p>"
        + (
            f'<details id="{name}-fails"><summary>Readings in which it does not hold: {len(v.fails)}</summary><ol class="readings">{fails}</ol></details>'
            if v.fails
            else ""
        )
        + "</section>"
    )


def always_fails(session: Session, v: Verdict) -> list[str]:
    """The single answers under which a claim never holds, whatever else is decided."""
    kept = {pair for reading in v.holds for pair in full_answers(session, reading, v)}
    return [
        f"“{name}: {answer}”"
        for name, answer in dict.fromkeys(
            p for reading in v.fails for p in full_answers(session, reading, v)
        )
        if (name, answer) not in kept
    ]


def full_answers(session, reading, v: Verdict):
    """All answers of a reading to the decisions that touch a claim, the edition's own among them."""
    given = dict(reading.options)
    return [(d, given.get(d, DECISIONS[d].default)) for d in choices(session, v.claim.reads)]


def decisions() -> Page:
    """The decisions, each with its question and its answers; the first answer is the edition's."""
    asked = "".join(
        f"<dt>{d.name}: {html.escape(d.question)}</dt><dd><ul>"
        + "".join(
            f"<li><b>{answer}</b>{' (the edition)' if answer == d.default else ''}: {html.escape(what.says)}</li>"
            for answer, what in d.options.items()
        )
        + "</ul></dd>"
        for d in DECISIONS.values()
    )
    return Page(
        f"<dl class='decisions'>{asked}</dl>",
        "\n".join(f"{d.name}: {d.question} {', '.join(d.options)}" for d in DECISIONS.values()),
    )
