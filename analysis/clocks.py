"""Two clocks: when a thing is told, and when it happened; and what is told as cause or as sequence.

Everything after the session is named; ``evidence`` is the address of what a row counts, as in
:mod:`analysis.measures`.
"""

from __future__ import annotations

import pandas as pd

from analysis.calls import for_readers
from analysis.errors import AskError, unknown
from analysis.evidence import Evidence
from analysis.readings import Reading
from analysis.session import Session

#: What joins two sentences of a story, the stronger first.
LINKS = ("because", "then")


@for_readers
def dated(session: Session, *, reading: Reading = Reading()) -> pd.DataFrame:
    """Each dated passage, in the order of telling: ``date event at kind earliest latest after
    before certainty sentence speaker text count evidence``.

    ``at`` is the number of the sentence in the session, from 1; ``earliest`` and ``latest`` are
    times, empty where that end is open; ``after`` and ``before`` are the same, drawn closer by what
    the edition says came before what (:func:`closer`).  Only passages of the session count.
    """
    chosen = Evidence.of("dates", reading=reading)
    rows = chosen.rows(session).reset_index(drop=True)
    told = session.sentences[session.sentences.layer == "session"].sentence
    at = {sentence: number for number, sentence in enumerate(told, 1)}
    limits = closer(session)
    rows = rows.assign(
        at=rows.sentence.map(at).astype("int64"),
        earliest=pd.to_datetime(rows.earliest),
        latest=pd.to_datetime(rows.latest),
        after=[limits[d][0] for d in rows.date],
        before=[limits[d][1] for d in rows.date],
        count=1,
        evidence=[Evidence.of("dates", date=d, reading=reading).address for d in rows.date],
    )
    columns = "date event at kind earliest latest after before certainty sentence speaker text"
    return rows[[*columns.split(), "count", "evidence"]].sort_values(
        "at", kind="stable", ignore_index=True
    )


def closer(session: Session) -> dict[str, tuple[pd.Timestamp, pd.Timestamp]]:
    """The first and the last moment of each date, drawn closer by the order of the story.

    What came before something cannot be later than its last moment, what came after not earlier
    than its first, and what is the same has both.  Only ``before`` and ``same`` are used: what is
    perhaps the same, or contradicts, draws nothing closer.  A limit that would contradict the
    date's own is left out.  Dates that last are left as they are, and draw nothing.
    """
    dates = session.dates
    limits = {
        r.date: [pd.to_datetime(r.earliest), pd.to_datetime(r.latest)] for r in dates.itertuples()
    }
    once = set(dates.date[dates.kind != "interval"])
    known = session.relations
    pairs = [
        (r.relation, r.first, r.second)
        for r in known[known.relation.isin(["before", "same"])].itertuples()
        if r.first in once and r.second in once
    ]

    def tighten(date: str, end: int, limit: pd.Timestamp) -> bool:
        first, last = limits[date]
        if pd.isna(limit) or (end == 0 and limit > last) or (end == 1 and limit < first):
            return False
        mine = limits[date][end]
        if pd.isna(mine) or (limit > mine if end == 0 else limit < mine):
            limits[date][end] = limit
            return True
        return False

    changed = True
    while changed:
        changed = False
        for relation, first, second in pairs:
            changed |= tighten(second, 0, limits[first][0])
            changed |= tighten(first, 1, limits[second][1])
            if relation == "same":
                changed |= tighten(first, 0, limits[second][0])
                changed |= tighten(second, 1, limits[first][1])
    return {date: (first, last) for date, (first, last) in limits.items()}


@for_readers
def contradictions(session: Session, *, reading: Reading = Reading()) -> pd.DataFrame:
    """Pairs of dated passages that do not go together: ``first second reason evidence``."""
    told = set(session.dates.date)
    rows = session.relations.query("relation == 'contradicts'")
    rows = rows[rows["first"].isin(told) & rows["second"].isin(told)].reset_index(drop=True)
    pairs = zip(rows["first"], rows["second"])
    return rows[["first", "second", "reason"]].assign(
        evidence=[Evidence.of("dates", date=pair, reading=reading).address for pair in pairs]
    )


@for_readers
def beside(session: Session, *, reading: Reading = Reading()) -> pd.DataFrame:
    """What other sources say, each beside a passage: ``date event kind earliest latest source
    relation passage reason evidence``.

    ``relation`` is how the one stands to the other, ``passage`` the dated passage, which is what
    ``evidence`` leads to. A time that the edition sets beside no passage is left out.
    """
    told, rows = set(session.dates.date), []
    others = {r.date: r for r in session.elsewhere.itertuples()}
    for r in session.relations.itertuples():
        pair = (
            [d for d in (r.first, r.second) if d in others],
            [d for d in (r.first, r.second) if d in told],
        )
        if all(pair):
            other, passage = others[pair[0][0]], pair[1][0]
            rows.append(
                (
                    *(other.date, other.event, other.kind),
                    *(pd.to_datetime(other.earliest), pd.to_datetime(other.latest)),
                    *(other.source, r.relation, passage, r.reason),
                    Evidence.of("dates", date=passage, reading=reading).address,
                )
            )
    columns = "date event kind earliest latest source relation passage reason evidence"
    return pd.DataFrame(rows, columns=columns.split())


@for_readers
def chain(
    session: Session,
    *,
    first: str | None = None,
    last: str | None = None,
    reading: Reading = Reading(),
) -> pd.DataFrame:
    """How the sentences of a story are joined: ``link first second reason count evidence``.

    A row for each link between sentences from ``first`` to ``last`` (all that are joined, where
    neither is given), ``because`` or ``then``; one within a sentence has it twice.  The evidence
    is the sentences. Raises :class:`analysis.errors.AskError` for a sentence that there is not.
    """
    inside = story(session, first=first, last=last)
    rows = session.relations[session.relations.relation.isin(LINKS)]
    rows = rows[rows["first"].isin(inside) & rows["second"].isin(inside)].reset_index(drop=True)
    pairs = [dict.fromkeys(pair) for pair in zip(rows["first"], rows["second"])]
    return rows.rename(columns={"relation": "link"}).assign(
        count=[len(pair) for pair in pairs],
        evidence=[
            Evidence.of("sentences", sentence=pair, reading=reading).address for pair in pairs
        ],
    )


@for_readers
def story(session: Session, *, first: str | None = None, last: str | None = None) -> list[str]:
    """The sentences from one to another; where none is named, from the first that is joined to
    the last.

    Raises :class:`analysis.errors.AskError` for a sentence that there is not, and where the first
    that is named stands after the last.
    """
    order = list(session.sentences[session.sentences.layer == "session"].sentence)
    for name in (first, last):
        if name is not None and name not in order:
            raise unknown("sentence", name, order)
    joined = session.relations[session.relations.relation.isin(LINKS)]
    places = [order.index(s) for s in [*joined["first"], *joined["second"]] if s in order]
    if not places and (first is None or last is None):
        return []
    start = min(places) if first is None else order.index(first)
    end = max(places) if last is None else order.index(last)
    if first and last and start > end:
        raise AskError(f"{first} stands after {last}: a story runs from the first to the last")
    return order[start : end + 1]
