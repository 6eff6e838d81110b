"""The works that are rested on outside the document, and how each is labelled: author and year."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pybtex.database import Entry, parse_file


@cache
def read_works(path: Path) -> dict[str, Entry]:
    """The works of a BibTeX file, by their keys."""
    return dict(parse_file(path).entries)


def label_of(entry: Entry) -> str:
    """A label such as “Malin, 3 November 1956”, from an entry's first persons and its year."""
    persons = entry.persons.get("author") or entry.persons["editor"]
    names = [" ".join(p.last_names).strip("{}") for p in persons]
    return f"{' and '.join(names)}, {entry.fields['year']}"
