"""Presence: who is listed, heard, quoted, spoken of, feared, or named by others than the speakers.

As in :mod:`analysis.measures`, everything after the session is named, and every ``count`` has the
address of what it counts in ``evidence``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pandas as pd

from analysis.calls import for_readers
from analysis.errors import unknown
from analysis.evidence import Evidence, count
from analysis.readings import Reading
from analysis.session import Session
from analysis.tallies import Choice, possible, tallied

#: The ways of being there, from the room itself to what others have written about it.
WAYS = ("listed", "heard", "quoted", "wishes", "spoken of", "feared", "outside")
#: Who can be there, each with the register that holds them and its key.
REGISTERS = {"person": ("people", "person"), "organisation": ("organisations", "organisation")}
#: Where in the order of a table somebody belongs, by the ways in which he is there.
GROUPS = ("heard", "spoken of, not listed", "listed, not heard", "named outside the session only")
#: Layers in which somebody can be named who is neither listed nor named in the session.
OUTSIDE = ("heading", "notes", "archive")
COLUMNS = ["who", "way", "speaker", "standing", "layer", "count", "evidence"]


@for_readers
def presence(
    session: Session, *, kind: str = "person", reading: Reading = Reading(), all_there: bool = False
) -> pd.DataFrame:
    """``who way speaker standing layer count evidence``: in which ways each is there, and how much.

    ``kind`` is ``person`` or ``organisation``; ``who`` its id, or ``none`` for a voice without a
    name.  The ways (``count`` in brackets): *listed* as taking part (1); *heard* (words); *quoted*,
    with a clause or words that are said to be his (passages); *wishes*: demands, aims, wishes,
    fears and topics that are told of him (passages); *spoken of* by name (mentions); *feared*:
    named in the fear of somebody else (fears); *outside*: neither listed nor named in the session,
    but in another ``layer`` (mentions).  ``speaker`` says who is heard, quotes or speaks of him,
    ``standing`` how sure that is; both are empty where nobody speaks.

    With ``all_there`` come the rows (``count`` 0) that only other readings have, and a column
    ``most``: the highest sum that somebody has in a way under any reading.
    """
    if kind not in REGISTERS:
        raise unknown("kind of presence", kind, list(REGISTERS))
    frames = [
        on_the_list(session, kind, reading),
        told_by(session, "heard", "words", "speaker", reading),
        told_by(session, "quoted", "reported", "source", reading),
        told_by(session, "wishes", "demands", "source", reading),
        told_by(session, "spoken of", "mentions", "entity", reading, kind=kind),
        feared(session, kind=kind, reading=reading),
        elsewhere(session, kind, reading),
    ]
    table = pd.concat([f.astype({"count": "int64"}) for f in frames])
    if all_there:
        table["most"] = table["most"].fillna(table["count"]).astype("int64")
    else:
        table = table[table["count"] > 0]
    columns = [*COLUMNS, *(["most"] if all_there else [])]
    table = table.reindex(columns=columns).fillna({"speaker": "", "standing": "", "layer": ""})
    known = {*known_to(session, kind), *(["none"] if kind == "person" else [])}
    return table[table.who.isin(known)].reset_index(drop=True)


def known_to(session: Session, kind: str) -> list[str]:
    """The ids of a register, in its order."""
    name, key = REGISTERS[kind]
    return list(session.table(name)[key])


def on_the_list(session: Session, kind: str, reading: Reading) -> pd.DataFrame:
    """Who is listed as taking part; no body is."""
    people = session.people
    there = people.person[people.taking_part] if kind == "person" else []
    rows = [Evidence.of("people", person=p, taking_part="True", reading=reading) for p in there]
    return framed([(p, e.count(session), e.address) for p, e in zip(there, rows)], "listed")


def told_by(
    session: Session, way: str, table: str, of: str, reading: Reading, **where: str
) -> pd.DataFrame:
    """Rows of a table by whom they are of, whose speech they stand in, and how sure that is."""
    names = list(dict.fromkeys([of, "speaker", "standing"]))
    found = count(session, table, names, reading=reading, **where)
    rows = Evidence.checked(table, where, reading)
    found, spans = possible(session, found, rows, names)
    return found.assign(way=way, who=found[of], most=[spans[who][1] for who in found[of]])


@for_readers
def feared(session: Session, *, kind: str = "person", reading: Reading = Reading()) -> pd.DataFrame:
    """``who fears speaker standing count evidence``: whom a fear names, and whose fear it is.

    A fear is a passage of the table ``demands``; whom it is of, the names inside it say.
    """
    fears = Evidence.of("demands", kind="fear", reading=reading).rows(session)
    named = Evidence.of("mentions", kind=kind, reading=reading).rows(session)
    pairs = [
        (name.entity, fear.source, fear.speaker, fear.standing, fear.demand)
        for fear in fears.itertuples()
        for name in named.itertuples()
        if fear.start <= name.start and name.end <= fear.end
    ]
    columns = ["who", "fears", "speaker", "standing", "demand"]
    frame = pd.DataFrame(pairs, columns=columns).astype("str").fillna("none")
    ids = frame.groupby(["who", "fears"], sort=False).demand.unique()
    fears_of = [Evidence.of("demands", demand=some, reading=reading) for some in ids]
    by = ("speaker", "standing")
    tallied(session, [Choice(replace(rows, reading=Reading()), by) for rows in fears_of])
    found = [
        possible(
            session, count(session, "demands", by, reading=reading, demand=some), rows, by
        ).table.assign(who=who, fears=whose, most=len(some))
        for ((who, whose), some), rows in zip(ids.items(), fears_of)
    ]
    empty = pd.DataFrame(columns=[*columns[:4], "count", "evidence", "most"])
    return pd.concat([empty, *found], ignore_index=True).assign(way="feared")


def elsewhere(session: Session, kind: str, reading: Reading) -> pd.DataFrame:
    """Mentions, layer by layer, of those who are neither listed nor named in the session."""
    people = session.people
    said = set(count(session, "mentions", "entity", kind=kind, reading=reading).entity)
    taken = said | set(people.person[people.taking_part])

    def found() -> Iterator[tuple]:
        for layer in OUTSIDE:
            table = count(session, "mentions", "entity", kind=kind, layer=layer, reading=reading)
            for row in table.itertuples():
                if row.entity not in taken:
                    yield row.entity, row.count, row.evidence, layer

    frame = pd.DataFrame(found(), columns=["who", "count", "evidence", "layer"])
    return frame.assign(way="outside")


def framed(rows: list[tuple], way: str) -> pd.DataFrame:
    """Rows of who, count and evidence as a frame."""
    return pd.DataFrame(rows, columns=["who", "count", "evidence"]).assign(way=way)


def grouped(session: Session, table: pd.DataFrame, kind: str = "person") -> dict[str, list[str]]:
    """Who belongs to which of :data:`GROUPS`, the most heard or most spoken of first; the voices
    without a name last, under ``nobody named``."""
    sums = table.groupby(["who", "way"])["count"].sum().unstack(fill_value=0)
    sums = sums.reindex(columns=list(WAYS), fill_value=0)
    order = [who for who in known_to(session, kind) if who in sums.index]
    sums = sums.loc[order]
    heard, named, there = sums["heard"] > 0, sums["spoken of"] > 0, sums["listed"] > 0
    marks = {
        GROUPS[0]: (heard, "heard"),
        GROUPS[1]: (~heard & ~there & (sums["outside"] == 0), "spoken of"),
        GROUPS[2]: (~heard & there, "spoken of"),
        GROUPS[3]: (~heard & ~named & (sums["outside"] > 0), "outside"),
    }
    found = {
        group: list(sums[which].sort_values(by, ascending=False, kind="stable").index)
        for group, (which, by) in marks.items()
    }
    if "none" in set(table.who):
        found["nobody named"] = ["none"]
    return {group: who for group, who in found.items() if who}


@for_readers
def names_by_hand(
    session: Session, *, families: Iterable[str] = (), reading: Reading = Reading()
) -> pd.DataFrame:
    """``family layer speaker standing count evidence``: whose word each term is, layer by layer.

    A word that stands in what others say is not the speaker's (``speaker`` is ``none``), and a
    second sense of a family is a family of its own, unless the reading says otherwise;
    ``families``: these only.  Outside the session ``speaker`` and ``standing`` are empty.
    """
    senses = Reading(**{"senses": "apart", **dict(reading.options)})
    apart = Reading(**{"reported": "all aside", **dict(senses.options)})
    by = ["family", "speaker", "standing"]
    frames = [count(session, "terms", by, reading=apart).assign(layer="session")]
    for layer in OUTSIDE:
        table = count(session, "terms", "family", layer=layer, reading=senses)
        frames.append(table.assign(layer=layer, speaker="", standing=""))
    table = pd.concat(frames)
    if wanted := list(families):
        table = table[table.family.isin(wanted)]
    return table[["family", "layer", "speaker", "standing", "count", "evidence"]].reset_index(
        drop=True
    )
