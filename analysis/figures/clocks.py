"""A chart of two clocks: the order in which things are told, and the time that they are told of."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.chart import Chart, chart
from analysis.clocks import beside, contradictions, dated
from analysis.figures.drawing import inks
from analysis.figures.field import Field, Scale, height_of
from analysis.figures.saying import count_of, nothing, shown_table, under
from analysis.readings import Reading
from analysis.session import Session
from analysis.tei import plain, pointed


@chart
def clocks_chart(session: Session, *, sources: bool = False, reading: Reading = Reading()) -> Chart:
    """When did it happen, and when is it told?

    ``sources=True`` lays over it what other sources say of the same things.
    """
    table = dated(session, reading=reading)
    if table.empty:
        return nothing(
            "No passage of the session is dated",
            f"The edition gives no times for what is told, {under(reading)}.",
        )
    rank = {date: number for number, date in enumerate(table.date)}
    clashes = contradictions(session, reading=reading)
    clashes = clashes[clashes["first"].isin(rank) & clashes["second"].isin(rank)]
    others = beside(session, reading=reading)
    others = others[others.passage.isin(rank)] if sources else others.iloc[:0]
    letters = {u: chr(65 + n) for n, u in enumerate(dict.fromkeys(others.date))}
    limits = [f[["earliest", "latest"]] for f in (table, others) if not f.empty]
    scale = Scale.of(pd.concat(limits))
    ends = table.sentence.map(session.sentences.set_index("sentence").speech)
    labels = [f"{row.sentence} {row.event}" for row in table.itertuples()]
    height = (height_of(labels, False), height_of(labels, True))

    def draw(figure: Figure, narrow: bool) -> None:
        field = Field(figure, height[narrow], scale, len(table), narrow)
        field.ground()
        for time in sorted({r.earliest for r in table.itertuples() if sharp(r)}):
            field.hour(time)
        ink = inks(session)
        for n, row in enumerate(table.itertuples()):
            who = row.speaker if isinstance(row.speaker, str) else "none"
            field.date(n, row, ink[who])
            field.label(n, labels[n])
            if n and ends.iloc[n] != ends.iloc[n - 1]:
                field.part(n)
        for n, row in enumerate(clashes.itertuples()):
            field.clash(rank[row.first], rank[row.second], n, row.evidence)
        taken: dict[str, int] = {}
        for row in others.itertuples():
            taken[row.passage] = taken.get(row.passage, 0) + 1
            field.other(rank[row.passage], row, letters[row.date], taken[row.passage])

    names = {u: work(session, s) for u, s in zip(others.date, others.source)}
    against = int((others.relation == "contradicts").sum())
    hours = sum(map(sharp, table.itertuples()))
    whens = pd.Series([span(r) for r in table.itertuples()]).value_counts()
    listed = [
        f"{letters[r.date]}: {r.event}, {span(r)} ({names[r.date]})"
        for r in others.drop_duplicates("date").itertuples()
    ]
    return Chart(
        f"{against or 'None'} of {count_of(len(others), 'comparison')} with other sources "
        f"{'is' if against < 2 else 'are'} hard to square with what is told"
        if sources
        else f"{count_of(len(table), 'passage')} can be dated, {hours or 'none'} of them to the "
        f"hour; {count_of(len(clashes), 'pair')} "
        f"{'is' if len(clashes) == 1 else 'are'} hard to fit together",
        f"The chart above, {under(reading)}, with the times of other sources beside the passages "
        "that they concern; a source may stand beside several. Hard to square: "
        + ("; ".join(against_in_words(others, table, letters)) or "none")
        + ". "
        + " ".join(f"{one}." for one in listed)
        if sources
        else "Each bar is a passage, in the order in which it is told, from the first to the last "
        f"moment at which it can have happened, {under(reading)}. A thin line: the day that it is "
        "given; the bar in it: the part of the day that is still possible (“evening” has no hour, "
        "and cuts no bar). Arrows: only before, or only after. Broad: something that lasts. "
        "Filled: a date of high certainty, hatched: medium, pale and dotted: low. Bows join what "
        "is hard to fit together. The more is told of a day, the more room it has; what lies "
        "between (⋮) is not to scale.",
        f"Bars, {len(table)} of them, in the order of telling, against time: "
        + ", ".join(f"{n} {when}" for when, n in whens.items())
        + ". Hard to fit together: "
        + ("; ".join(clash_in_words(r) for r in named(table, clashes)) or "none")
        + "."
        + "".join(f" {one}." for one in listed),
        shown_table(rows_of(table, others, letters, names), *SHOWN),
        draw,
        height,
        {
            **{
                r.evidence: f"hard to fit together, {clash_in_words(r)}"
                for r in named(table, clashes)
            },
            **{r.evidence: f"{r.sentence}: {r.event}, {span(r)}" for r in table.itertuples()},
        },
    )


SHOWN = ("sentence", "event", "when", "certainty", "source")


def rows_of(
    table: pd.DataFrame, others: pd.DataFrame, letters: dict[str, str], names: dict[str, str]
) -> pd.DataFrame:
    """The table behind the chart: the document's times, then those of other sources."""
    when = [span(r) for r in table.itertuples()]
    told = table.assign(when=when, source="this document")
    homes = dict(zip(table.date, table.sentence))
    more = others.drop_duplicates("date")
    more = pd.DataFrame(
        {
            "sentence": [homes[p] for p in more.passage],
            "event": [f"{letters[r.date]}: {r.event}" for r in more.itertuples()],
            "when": [span(r) for r in more.itertuples()],
            "certainty": "",
            "source": [names[d] for d in more.date],
            "count": 1,
            "evidence": more.evidence,
        }
    )
    return pd.concat([told[[*SHOWN, "count", "evidence"]], more], ignore_index=True)


def named(table: pd.DataFrame, clashes: pd.DataFrame) -> list:
    """Contradictions with the sentences in place of the dates."""
    homes = dict(zip(table.date, table.sentence))
    told = clashes.assign(first=clashes["first"].map(homes), second=clashes["second"].map(homes))
    return list(told.itertuples())


def sharp(row: Any) -> bool:
    """Whether a time is one moment."""
    return bool(row.earliest == row.latest)


def clash_in_words(row: Any) -> str:
    """Two sentences that do not go together, and why, where the edition says it."""
    why = f": {row.reason.rstrip('.')}" if isinstance(row.reason, str) else ""
    return f"{row.first} and {row.second}{why}"


def against_in_words(
    others: pd.DataFrame, table: pd.DataFrame, letters: dict[str, str]
) -> list[str]:
    """The times of other sources that do not go with what is told, and why, where that is said."""
    homes = dict(zip(table.date, table.sentence))
    against = others[others.relation == "contradicts"].itertuples()
    return [
        f"{letters[r.date]} and {homes[r.passage]}"
        + (f" ({r.reason.rstrip('.')})" if isinstance(r.reason, str) else "")
        for r in against
    ]


def span(row: Any) -> str:
    """A time in words: an hour, a day, from one to another, or only before or after."""

    def day(time: pd.Timestamp) -> str:
        return f"{time.day} {time:%B %Y}"

    first, last = row.earliest, row.latest
    if pd.isna(first):
        return "" if pd.isna(last) else f"until {day(last)}"
    if pd.isna(last):
        return f"from {day(first)}"
    if first == last:
        return f"{day(first)}, {first:%H:%M}"
    if first.date() == last.date():
        return day(first)
    if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
        return str(first.year)
    return f"{day(first)} to {day(last)}"


def work(session: Session, source: str) -> str:
    """What other source a time comes from, as the edition's list of works has it."""
    works = session.edition.root.iter("{*}bibl")
    known = {b.get("{http://www.w3.org/XML/1998/namespace}id"): plain(b) for b in works}
    first = pointed(source.split()[0]) or source.split()[0]
    return (known.get(first) or first).rstrip(".")
