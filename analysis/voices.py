"""Voices within voices: who is quoted inside a speech, by which way, and how much of it is theirs.

Everything after the session is named, and every result has a column ``evidence``, the address of
what the row's ``count`` counts, as in :mod:`analysis.measures`.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.calls import for_readers
from analysis.decisions import DECISIONS
from analysis.errors import AskError, unknown
from analysis.evidence import Evidence, count
from analysis.readings import Reading
from analysis.session import Session
from analysis.tei import id_of, plain, pointed

#: Whose words the words of others are, from the reckoning that sets least aside to the one that
#: sets most aside: the options of the decision on reported words but the edition's own.
RECKONINGS = tuple(DECISIONS["reported"].options)[1:]
#: How directly somebody's words are given, the most direct first.
DIRECTNESS = ("own wording", "clause", "noun")


def note_taker(session: Session) -> str | None:
    """The id of the hand that noted the session; None where the edition names none."""
    return pointed(session.edition.find("text/body/div[@type='session']")[0].get("resp"))


def hands(session: Session) -> list[str]:
    """Ids of the hands between the room and the page: who noted, then who translated."""
    people = session.edition.find("teiHeader//titleStmt/respStmt")
    translated = [id_of(p) for p in people if plain(p[0]).startswith("translated")]
    return list(dict.fromkeys(h for h in [note_taker(session), *translated] if h))


def hand_name(session: Session, hand: str) -> str:
    """A hand as prose names it: “Malin”, where that is a name, else “the translator”."""
    people = session.edition.find("teiHeader//titleStmt/respStmt")
    names = {id_of(p): plain(p[1]) for p in people}
    return hand.capitalize() if hand.capitalize() in names[hand] else f"the {hand}"


@for_readers
def passages(session: Session, *, reading: Reading = Reading()) -> pd.DataFrame:
    """Each passage in somebody else's words: ``passage source said kind knows certainty way``
    ``sentence speech speaker text count evidence``.

    ``said`` is one of :data:`DIRECTNESS`, ``kind`` a word for it (quotation, clause, demand …),
    ``knows`` is empty where the edition does not say how the speaker knows, and ``way`` the names
    of the steps between the source and the speaker, the first first. In the order of the text.
    """
    read = reading.of(session)
    clauses = read.reported.rename(columns={"reported": "passage"})
    clauses = clauses.assign(
        said=clauses.direct.map({True: "own wording", False: "clause"}),
        kind=clauses.direct.map({True: "quotation", False: "clause"}),
        evidence=[
            Evidence.of("reported", reported=p, reading=reading).address for p in clauses.passage
        ],
    )
    nouns = read.demands.rename(columns={"demand": "passage"}).assign(said="noun")
    nouns = nouns.assign(
        evidence=[Evidence.of("demands", demand=p, reading=reading).address for p in nouns.passage]
    )
    found = pd.concat([clauses, nouns]).sort_values("start", kind="stable")
    known = session.voices.set_index("passage")
    steps = session.channels.groupby("passage", sort=False).name.agg(tuple)
    found = found.assign(
        knows=found.passage.map(known.knows),
        certainty=found.passage.map(known.certainty),
        way=[steps.get(p, ()) for p in found.passage],
        count=1,
    )
    columns = "passage source said kind knows certainty way sentence speech speaker text"
    return found[[*columns.split(), "count", "evidence"]].reset_index(drop=True)


def reckoned(reading: Reading, reckoning: str) -> Reading:
    """A reading in which others' words are reckoned so.

    Raises :class:`analysis.errors.AskError` for one that decides on reported words itself.
    """
    if "reported" in dict(reading.options):
        raise AskError(
            "whose reported words are is what is asked here, so a reading cannot answer it: leave "
            "reported= out of it"
        )
    return Reading(**dict(reading.options), reported=reckoning)


@for_readers
def words_of_others(session: Session, *, reading: Reading = Reading()) -> pd.DataFrame:
    """Words of each speech that are somebody else's, under each reckoning: ``speech reckoning of
    count evidence share``.

    ``of`` are all words of the speech; ``share`` is 0 to 1. Speeches without such words have 0.
    Raises :class:`analysis.errors.AskError` for a reading that decides on reported words.
    """
    whole = count(session, "words", "speech", reading=reading)
    rows = []
    for reckoning in RECKONINGS:
        read = reckoned(reading, reckoning)
        there = count(session, "words", "speech", reading=read).set_index("speech")
        for speech, of in zip(whole.speech, whole["count"]):
            aside = f"{speech}-reported"
            found = there.loc[aside] if aside in there.index else None
            number = 0 if found is None else int(found["count"])
            rows.append((speech, reckoning, of, number, "" if found is None else found.evidence))
    table = pd.DataFrame(rows, columns=["speech", "reckoning", "of", "count", "evidence"])
    return table.assign(share=table["count"] / table.of)


@for_readers
def terms_of_others(
    session: Session, *, reckoning: str = "all aside", reading: Reading = Reading()
) -> pd.DataFrame:
    """Mentions of each family, the speakers' own and those in others' words: ``family whose count
    evidence``.

    ``whose`` is ``own`` or ``others``. Raises :class:`analysis.errors.AskError` for a reckoning
    that there is not, and for a reading that decides on reported words.
    """
    if reckoning not in RECKONINGS:
        raise unknown("reckoning", reckoning, RECKONINGS)
    read = reckoned(reading, reckoning)
    table = count(session, "terms", ["family", "speech"], reading=read)
    table["whose"] = ["others" if s.endswith("-reported") else "own" for s in table.speech]
    rows = []
    for (family, whose), group in table.groupby(["family", "whose"], sort=False):
        chosen = Evidence.of("terms", family=family, speech=group.speech, reading=read)
        rows.append((family, whose, int(group["count"].sum()), chosen.address))
    return pd.DataFrame(rows, columns=["family", "whose", "count", "evidence"])


# Ways, in order ---------------------------------------------------------------------------------


def in_lanes(table: pd.DataFrame) -> pd.DataFrame:
    """Passages so ordered that those of one source, and in it those of one way, stand together.

    The source with most passages comes first; after it the one that shares most of its ways with
    the one before, so that a step which serves several sources can be drawn as one.
    """
    sources = table.source.fillna("none")
    last = [way[-1] if way else "" for way in table.way]
    table = table.assign(source=sources, last=last)
    ways = {s: set(g["last"]) - {""} for s, g in table.groupby("source", sort=False)}
    left = list(sources.value_counts(sort=False).sort_values(ascending=False, kind="stable").index)
    order = left[:1]
    while len(order) < len(left):
        before = ways[order[-1]]
        rest = [s for s in left if s not in order]

        def shared(source: str, before: set = before) -> float:
            mine = table[table.source == source]
            return float(mine["last"].isin(before).mean())

        order.append(max(rest, key=shared))  # the first of the best
    pieces = []
    for at, source in enumerate(order):
        above = ways[order[at - 1]] if at else set()
        below = ways[order[at + 1]] if at + 1 < len(order) else set()
        mine = table[table.source == source]
        place = [0 if w in above else 2 if w in below and w else 1 for w in mine["last"]]
        firsts = {way: i for i, way in reversed(list(enumerate(mine.way)))}
        often = mine.speaker.fillna("none").map(table.speaker.fillna("none").value_counts())
        mine = mine.assign(place=place, often=often, first=[firsts[w] for w in mine.way])
        pieces.append(mine.sort_values(["place", "often", "first"], kind="stable"))
    lanes = pd.concat(pieces, ignore_index=True) if pieces else table
    return lanes.drop(columns=["place", "often", "first"], errors="ignore")


def stretches(values: Sequence[object]) -> list[tuple[int, int]]:
    """First and last place of each run of one value, where there is a value."""
    runs: list[tuple[int, int]] = []
    for at, value in enumerate(values):
        if value and at and values[at - 1] == value:
            runs[-1] = (runs[-1][0], at)
        elif value:
            runs.append((at, at))
    return runs
