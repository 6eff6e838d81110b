"""Charts of where in the session each family of terms comes up, and each of some bodies."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure

from analysis.chart import Chart, chart
from analysis.errors import whole_number
from analysis.evidence import Evidence, count
from analysis.figures.drawing import (
    inks,
    key,
    looks_of,
    rows_of,
    rules,
    speech_ends,
    whole_numbers,
    wrap,
)
from analysis.figures.saying import (
    capital,
    count_of,
    looks_in,
    named,
    nothing,
    of_choice,
    of_families,
    shown_table,
    under,
)
from analysis.following import while_counted
from analysis.measures import Values, along_the_session, course, speakers
from analysis.readings import Reading
from analysis.session import Session
from analysis.tallies import possible
from analysis.wording import joined, name_of, surname_of

#: How a mark looks, by how sure it is whose the mention is.
MARKS = {
    "labelled": "Thick marks: the speaker is labelled by name.",
    "inferred": "Thin marks: the speaker is inferred.",
    "doubted": "Broken marks: in a sentence whose speaker may be doubted.",
    "unattributed": "Thin grey marks: nobody is named.",
}


@chart
def along_chart(
    session: Session,
    *,
    families: Sequence[str] = (),
    least: int = 5,
    reading: Reading = Reading(),
) -> Chart:
    """Where in the session does each family of terms come up?

    The title compares the families with ``least`` mentions or more.  ``families``: these only.
    """
    whole_number("least", least, 1)
    table = of_families(session, along_the_session(session, reading=reading), families)
    if table.empty:
        return nothing("No family of terms is mentioned", f"Nothing is found, {under(reading)}.")
    stretches = stretch(table)
    total = Evidence.of("words", reading=reading).count(session)
    title = keeps_to(stretches[stretches["count"] >= least], least, total, bool(families))
    every = of_families(session, each_mention(session, "terms", "family", reading), families)
    return drawn_along(session, table, every, title, reading)


@chart
def bodies_along_chart(
    session: Session, *, bodies: Sequence[str], reading: Reading = Reading()
) -> Chart:
    """Where in the session do the speakers come to speak of these bodies, and whose are they?

    ``bodies`` are ids of organisations, or one.
    """
    asked = [bodies] if isinstance(bodies, str) else list(bodies)
    for body in asked:
        of_choice("body", body, session.organisations.organisation)
    silent = nothing("None of these bodies is spoken of", f"Nothing is found, {under(reading)}.")
    if not asked:
        return silent
    where = {"kind": "organisation", "entity": asked}
    table = along_the_session(session, table="mentions", by="entity", reading=reading, **where)
    if table.empty:
        return silent
    table = table.assign(family=[name_of(session, body) for body in table.family])
    every = each_mention(session, "mentions", "entity", reading, **where)
    every = every.assign(family=[name_of(session, body) for body in every.family])
    return drawn_along(session, table, every, by_whom(session, table), reading)


def each_mention(
    session: Session, table: str, by: str, reading: Reading, **where: Values
) -> pd.DataFrame:
    """Every mention in every way in which it may be somebody's: ``family sentence start speaker
    standing count asks at evidence``; its ``count`` is what ``asks`` counts, 0 for another
    reading's, and ``evidence`` are all of its sentence where that is as many, or 0."""
    names = [by, "sentence", "start", "speaker", "standing"]
    rows = Evidence.checked(table, where, reading)
    found = count(session, table, names, reading=reading, **where)
    every = possible(session, found, rows, names).table
    every = every[every.sentence != "none"].reset_index(drop=True)
    words = Evidence.of("words", reading=reading).rows(session)
    at = words.start.searchsorted(every.start.astype("int64"))
    evidence = []
    for row in every.itertuples():
        home = {**where, by: getattr(row, by), "sentence": row.sentence}
        whole = Evidence.checked(table, home, reading)
        alone = not row.count or whole.count(session) == row.count
        evidence.append(whole.address if alone else row.evidence)
    named = every.rename(columns={by: "family", "evidence": "asks"})
    return named.assign(at=at, evidence=evidence)


def by_whom(session: Session, table: pd.DataFrame) -> str:
    """How often each speaker speaks of each, as a sentence, the most frequent first."""
    table = table.fillna({"speaker": "none"})
    counts = table.groupby(["family", "speaker"], sort=False).size()
    order = table.family.value_counts(sort=False).sort_values(ascending=False, kind="stable")

    def whose(body: str) -> str:
        speakers = counts[body].sort_values(ascending=False, kind="stable")
        return joined(f"{surname_of(session, who)} {n}" for who, n in speakers.items())

    return capital("; ".join(f"{body}: {whose(body)}" for body in order.index))


def drawn_along(
    session: Session, table: pd.DataFrame, every: pd.DataFrame, title: str, reading: Reading
) -> Chart:
    """The chart of a table as :func:`analysis.measures.along_the_session` gives it, and of every
    mention as any reading has it."""
    order = list(table.family.value_counts(sort=False).sort_values(kind="stable").index[::-1])
    order.sort(key=lambda family: -int((table.family == family).sum()))
    every = every[every.family.isin(order)]
    every = every.assign(name=[surname_of(session, s) for s in every.speaker])
    ink, speeches = inks(session), course(session, reading=reading)
    total = int(speeches["count"].sum())
    changes = (speeches.speaker != speeches.speaker.shift()).cumsum()
    ends = speeches.groupby(changes)["first"].min().iloc[1:]

    def draw(figure: Figure, narrow: bool) -> None:
        axes = figure.add_subplot()
        rules(axes, range(len(order)))
        for y, family in enumerate(order):
            for row in every[every.family == family].itertuples():
                (line,) = axes.plot(
                    [row.at, row.at],
                    [y - 0.34, y + 0.34],
                    linewidth=3 if row.standing == "labelled" else 1.8,
                    color=ink[row.speaker].colour,
                    solid_capstyle="butt",
                    linestyle="-" if row.standing != "doubted" else (0, (0.8, 0.8)),
                )
                line.set_url(row.evidence)
                looks = looks_of(ink[row.speaker], row.standing)
                while_counted(line, row.asks, counted=row.count > 0, looks=looks)
        speech_ends(axes, ends)
        rows_of(axes, [wrap(f) if narrow else f for f in order])
        axes.set_xlim(0, total)
        whole_numbers(axes, narrow)
        axes.set_xlabel(
            "words from the beginning" if narrow else "words from the beginning of the session"
        )
        spoken = [s for s in [*speakers(session), "none"] if s in set(every.speaker)]
        key(axes, [(ink[s], "labelled", surname_of(session, s)) for s in spoken], narrow, (3, 2))

    stretches = stretch(table)
    return Chart(
        title,
        f"Every mention where it stands, from the first word of the session to the last, "
        f"{under(reading)}." + (" Dotted lines: another speech begins." if len(ends) else ""),
        "Marks along the session: "
        + "; ".join(
            f"{r.Index} {count_of(r.count, 'time')}, from word {r.first:,} to {r.last:,}"
            for r in stretches.loc[list(dict.fromkeys(table.family))].itertuples()
        )
        + ".",
        shown_table(every, "family", "sentence", "name", "standing"),
        draw,
        (110 + 26 * len(order), 140 + 30 * len(order)),
        {
            r.asks: f"{r.family} in sentence {r.sentence}, {named(r.name, r.standing)}"
            for r in every.itertuples()
        },
        plain="Every mention where it stands in the session",
        looks=looks_in(every, MARKS),
        but=("words", "apparatus"),  # then it stands at another word
    )


def stretch(table: pd.DataFrame) -> pd.DataFrame:
    """From which word (counted from 1) to which each family is mentioned: ``first last count
    length``."""
    found = table.groupby("family", sort=False)["at"].agg(["min", "max", "size"])
    found.columns = ["first", "last", "count"]
    return found.assign(
        first=found["first"] + 1, last=found["last"] + 1, length=found["last"] - found["first"]
    )


def keeps_to(stretches: pd.DataFrame, least: int, total: int, chosen: bool = False) -> str:
    """What the families with enough mentions do along the session, as far as the numbers bear
    it; ``chosen``: of those that somebody has asked for, and there may be more."""
    if stretches.empty:
        none = "None of these families" if chosen else "No family"
        return f"{none} has {count_of(least, 'mention')}, too few to say where it comes up"
    order = stretches.sort_values("length", kind="stable")
    short, long = order.iloc[0], order.iloc[-1]

    def where(row: pd.Series) -> str:
        return f"{row.name} from word {row['first']:,} to {row['last']:,}"

    if len(order) == 1 and chosen:
        first, last = f"{long['first']:,}", f"{long['last']:,}"
        return f"{capital(str(long.name))} comes up from word {first} to {last} of {total:,}"
    if len(order) == 1:
        return f"One family has {least} mentions or more: {where(long)} of {total:,}"
    if 3 * short["length"] < total and 3 * long["length"] > 2 * total:
        return f"Some families keep to a stretch, others run through: {where(short)}, {where(long)}"
    if 2 * short["length"] > total:
        return (
            f"Each {'of these families' if chosen else 'family'} with {least} mentions or more "
            f"runs through more than half of the session: even {where(short)} of {total:,}"
        )
    return (
        f"Of {'these' if chosen else 'the'} families with {least} mentions or more, "
        f"{where(short)} keeps closest together, {where(long)} reaches furthest, in {total:,} words"
    )
