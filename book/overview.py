"""The numbers on the page of all lists: families and senses, names, speakers, certainty."""

from collections.abc import Iterator
from typing import Any

from analysis.evidence import count
from analysis.session import Session
from analysis.wording import KIND_TITLES, value_in_words
from book.evidence.source import Counts

#: Below families and names: title, table, the column that is counted by, what else chooses rows.
OTHERS: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("Kinds of place", "mentions", "type", {"kind": "place"}),
    ("Words of each speaker", "words", "speaker", {}),
    ("Sentences of each speaker", "sentences", "speaker", {}),
    ("Mentions of families, by speaker", "terms", "speaker", {}),
    ("Certainty: sentences, by how they have their speaker", "sentences", "standing", {}),
    ("Certainty: words, by how they have their speaker", "words", "standing", {}),
    ("Doubted sentences, by certainty", "doubts", "certainty", {}),
    ("Other people’s words, by whose they are", "reported", "source", {}),
    ("Abbreviations", "abbreviations", "abbreviation", {}),
)
NOTES = {"layer": "notes"}


def groups(session: Session) -> Iterator[tuple[str, str, str, str, dict[str, str]]]:
    """Each group of numbers: the heading it is part of, title, table, column, what chooses rows."""
    families = "Families of terms"
    yield "", families, "terms", "family", {}
    yield "", f"{families} in the translator’s notes", "terms", "family", NOTES
    for family in session.lexicon.families.values():
        if family.senses:
            where = {"layer": "all", "family": family.name}
            yield "Senses, in all layers", f"Senses of {family.name}", "terms", "sense", where
    yield "", "Written in full and cut short", "terms", "written", {}
    for there, layer in (("session", {}), ("translator’s notes", NOTES)):
        for kind, title in KIND_TITLES.items():
            yield "", f"{title} named in the {there}", "mentions", "entity", {"kind": kind} | layer
    for title, table, by, chosen in OTHERS:
        yield "", title, table, by, chosen


def overview_of(session: Session) -> list[Counts]:
    """Every group of numbers that is not empty."""
    found = []
    for part, title, table, by, where in groups(session):
        conditions: dict[str, Any] = dict(where)
        rows = count(session, table, by, **conditions)
        if len(rows):
            labels = [value_in_words(session, by, value) for value in rows[by]]
            numbers = tuple(zip(labels, map(int, rows["count"]), rows.evidence))
            found.append(Counts(title, numbers, part))
    return found
