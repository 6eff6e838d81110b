"""What the charts share in words: titles that follow from their tables, lists, shares, captions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analysis.chart import Chart
from analysis.errors import unknown
from analysis.evidence import Evidence
from analysis.measures import speakers
from analysis.page import Table
from analysis.readings import Reading
from analysis.session import Session
from analysis.vocabulary import TODO, vocabulary
from analysis.wording import joined, surname_of

MEANS = {
    "labelled": "labelled by name",
    "inferred": "inferred",
    "doubted": "may be doubted",
    "unattributed": "nobody named",
    "none": "outside the speeches",
}


def named(name: str, standing: str) -> str:
    """A name, and how sure it is: “Kádár, inferred”; “nobody named” says enough."""
    return name if standing == "unattributed" else f"{name}, {MEANS[standing]}"


#: Stands for the smallest speakers, where there are too many to tell apart.
OTHERS = "others"
MOST = 8  # speakers that a chart can tell apart
#: What a caption says of marks that look so, for each way of being sure.
SURENESS = {
    "inferred": "Hatched: the speaker is inferred.",
    "doubted": "Pale, dotted outline: in a sentence whose speaker may be doubted.",
}


def count_of(number: int, one: str, several: str = "") -> str:
    """“1 word”, “1,200 words”."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def ranked(totals: pd.Series) -> list[tuple[int, list[str]]]:
    """Names by their totals, the largest first; those of one total together."""
    order = totals.sort_values(ascending=False, kind="stable")
    return [(int(n), list(group.index)) for n, group in order.groupby(order, sort=False)]


def capital(text: str) -> str:
    """Text that begins with a capital."""
    return text[:1].upper() + text[1:]


def in_words(table: pd.DataFrame, column: str) -> str:
    """“archive 133, heading 48, …”."""
    return ", ".join(f"{a} {n:,}" for a, n in zip(table[column], table["count"]))


#: What the thin lines below the bars are.
RANGE = (
    " Thin line below a bar: from the lowest to the highest number that comes out when what the "
    "editors decided is decided otherwise."
)


def looks_in(
    table: pd.DataFrame, says: Mapping[str, str] = SURENESS
) -> tuple[tuple[str, bool], ...]:
    """What to say of the looks of marks, for a chart's ``looks``: the standings that a table has,
    and whether a row of each counts something."""
    counted = set(table.standing[table["count"] > 0])
    there = set(table.standing)
    return tuple((text, s in counted) for s, text in says.items() if s in there)


def range_said(spans: Iterable[tuple[int, int]]) -> str:
    """What the thin lines below the bars are, where any is drawn."""
    return RANGE if any(low != high for low, high in spans) else ""


def most_mentioned(totals: pd.Series, chosen: bool = False) -> str:
    """Which families are mentioned most, as a sentence that says ties as ties; ``chosen``: of
    those that somebody has asked for, and there may be more."""
    (top, first), *rest = ranked(totals)
    each = count_of(top, "mention")
    if len(totals) == 1 and chosen:
        return f"{capital(first[0])} is mentioned {count_of(top, 'time')}"
    if len(totals) == 1:
        return f"{capital(first[0])} is the only family that is mentioned: {each}"
    if not rest:
        which = "These" if chosen else "All"
        return f"{which} families are mentioned as often as each other: {each} each"
    if len(first) > 1:
        return f"{capital(joined(first, most=4))} are spoken of most: {each} each"
    return f"{capital(first[0])} is spoken of most, then {joined(rest[0][1], most=4)}"


def under(reading: Reading) -> str:
    """How a caption names the reading."""
    return "as the edition reads it" if not reading.options else f"read otherwise ({reading})"


def labels_of(session: Session, table: pd.DataFrame) -> dict[str, str]:
    """A name for each speaker of a table; of the smallest together, how many they are."""
    names = {speaker: surname_of(session, speaker) for speaker in table.speaker}
    if OTHERS in names:
        few = len(set(speakers(session))) - len(set(names) - {OTHERS, "none"})
        names[OTHERS] = f"{few} others"
    return names


def readable(table: pd.DataFrame, most: int = MOST) -> pd.DataFrame:
    """The table with the smallest speakers put together where there are more than a chart can
    show."""
    totals = table[table.speaker != "none"].groupby("speaker", sort=False)["count"].sum()
    if len(totals) <= most:
        return table
    small = set(totals.sort_values(ascending=False, kind="stable").index[most - 1 :])
    others = table[table.speaker.isin(small)]
    by = [c for c in ("family", "entity", "name", "standing") if c in table]
    rows = []
    for _, group in others.groupby(by, sort=False):
        row = group.iloc[0].copy()
        row["speaker"], row["count"] = OTHERS, group["count"].sum()
        row["evidence"] = address_of_all(group.evidence, group.speaker)
        rows.append(row)
    return pd.concat([table[~table.speaker.isin(small)], pd.DataFrame(rows)], ignore_index=True)


def address_of_all(addresses: Iterable[str], speakers: Iterable[str]) -> str:
    """The address of what several speakers' addresses count together."""
    one = Evidence.parse(next(iter(addresses)))
    where = {**dict(one.where), "speaker": tuple(dict.fromkeys(speakers))}
    return replace(one, where=tuple(sorted(where.items()))).address


def shown_table(table: pd.DataFrame, *columns: str) -> Table:
    """The columns of a table that a reader is shown, the count last, with its evidence; rows of 0
    are those that other readings have."""
    asks = ["asks"] if "asks" in table else []
    shown = table[[*columns, "count", "evidence", *asks]].reset_index(drop=True)
    return Table(shown[shown["count"] > 0], otherwise=shown[shown["count"] == 0])


def nothing(says: str, why: str, table: pd.DataFrame | None = None) -> Chart:
    """A sentence instead of a picture, where there is nothing to draw."""
    return Chart(
        says, why, says, Table(pd.DataFrame() if table is None else table), None, (0, 0), {}
    )


def of_choice(what: str, given: object, there_is: Iterable[str]) -> None:
    """Raise an :class:`analysis.errors.AskError` for a choice that there is not, with those there
    are."""
    known = list(there_is)
    if given not in known:
        raise unknown(what, str(given), known)


def of_families(session: Session, table: pd.DataFrame, families: Sequence[str]) -> pd.DataFrame:
    """The rows of the families that are asked for (none: all); an error for one that there is
    not."""
    asked = [families] if isinstance(families, str) else list(families)
    for family in asked:
        known = vocabulary(session, "terms", "family")
        if family not in {*known, *table.family}:
            raise unknown("family of terms", str(family), known, TODO["family"])
    return table[table.family.isin(asked)].reset_index(drop=True) if asked else table
