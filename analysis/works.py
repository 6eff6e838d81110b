"""The works that are rested on outside the document, and how each is labelled: author and year."""

from __future__ import annotations

from pathlib import Path

from pybtex.database import Entry, parse_string
from pybtex.exceptions import PybtexError

from analysis.files import read_once, read_text
from analysis.tei import EditionError


@read_once
def read_works(path: Path) -> dict[str, Entry]:
    """The works of a BibTeX file, by their keys.

    Raises :class:`analysis.tei.EditionError` where there is no such file, where it is no BibTeX,
    and where a work has nothing to be labelled by.
    """
    text = read_text(path, "a bibliography")
    try:
        works = dict(parse_string(text, "bibtex").entries)
    except PybtexError as error:
        raise EditionError(f"not BibTeX: {error}", path, todo="Mend the BibTeX.") from None
    for key, work in works.items():
        if not persons_of(work) or "year" not in work.fields:
            raise EditionError(
                f"the work {key!r} cannot be labelled", path, todo="Give it author or editor, year."
            )
    return works


def persons_of(entry: Entry) -> list:
    """Those whom an entry is labelled by: its authors, or else its editors."""
    return entry.persons.get("author") or entry.persons.get("editor") or []


def label_of(entry: Entry) -> str:
    """A label such as “Malin, 3 November 1956”, from an entry's first persons and its year."""
    names = [" ".join(p.last_names).strip("{}") for p in persons_of(entry)]
    return f"{' and '.join(names)}, {entry.fields['year']}"
