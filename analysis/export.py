"""The tables as CSV files with a Frictionless data package, and the ledger of the transcript."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from analysis.alignment import markup_of
from analysis.edition import Edition
from analysis.layers import LAYERS
from analysis.schema import COLUMNS, TABLES, Column
from analysis.session import Session
from analysis.tei import TEI, EditionError, clipped
from analysis.tokens import WORD_RULES
from analysis.writing import write_folder

PACKAGE = "datapackage.json"


def write_tables(session: Session, folder: Path) -> list[Path]:
    """Write every table as CSV with a ``datapackage.json``; the folder is replaced as a whole.

    Returns the files. Raises :class:`analysis.tei.EditionError` when the folder holds the tables of
    another edition or anything else, or cannot be written; it then stays as it was.
    """
    refuse_another(session, Path(folder))
    return write_folder(Path(folder), tables_of(session))


def tables_of(session: Session) -> dict[str, str]:
    """Every table as CSV and their description, by the names of the files."""
    files = {
        f"{name}.csv": session.table(name).to_csv(index=False, lineterminator="\n")
        for name in COLUMNS
    }
    return {**files, PACKAGE: json.dumps(describe(session), ensure_ascii=False, indent=1) + "\n"}


def refuse_another(session: Session, folder: Path) -> None:
    """Raise where a folder holds the tables of another edition."""
    try:
        there = json.loads((folder / PACKAGE).read_bytes())["name"]
    except (OSError, RuntimeError, ValueError, KeyError, TypeError):  # no tables, or no whole ones
        return
    if there != session.edition.path.stem:
        raise EditionError(
            f"holds the tables of another edition, {clipped(str(there))}",
            folder,
            todo="Name another folder with --to.",
        )


def describe(session: Session) -> dict:
    """The Frictionless description of the tables."""
    title = session.edition.note("teiHeader/fileDesc/titleStmt/title")
    return {
        "name": session.edition.path.stem,
        "title": title,
        "profile": "tabular-data-package",
        "resources": [describe_table(name) for name in COLUMNS],
    }


def describe_table(name: str) -> dict:
    """The Frictionless description of one table."""
    table = TABLES[name]
    schema: dict = {"fields": [describe_column(column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = table.key
    foreign = [
        {
            "fields": column.name,
            "reference": {"resource": other, "fields": TABLES[other].key},
        }
        for column in table.columns
        for other in column.of
        if len(column.of) == 1 and other in COLUMNS and other != name
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def describe_column(column: Column) -> dict:
    """The Frictionless description of one column."""
    described: dict = {
        "name": column.name,
        "type": column.type,
        "description": column.meaning,
    }
    if column.values and column.type == "string":
        described["constraints"] = {"enum": list(column.values)}
    return described


def ledger(session: Session) -> Counter[str]:
    """How many characters of the transcript are what; the classes add up to all of them.

    ``word`` and ``word, uncounted`` (labels, list numbers and references to notes) are disjoint.
    """
    edition = session.edition
    what = ["white space" if c.isspace() else "punctuation" for c in edition.transcript]
    for i in markup_of(edition.transcript):
        what[i] = "transcription mark-up"
    for start, end in zip(session.words.start, session.words.end):
        what[start:end] = ["word"] * (end - start)
    for start, end in uncounted_words(edition):
        what[start:end] = ["word, uncounted"] * (end - start)
    return Counter(what)


def uncounted_words(edition: Edition) -> list[tuple[int, int]]:
    """Places of what looks like a word in labels, list numbers and references to notes."""
    found = []
    for element, (start, end) in edition.spans.items():
        reference = element.tag == TEI + "ref" and element.get("type") == "note"
        if reference or element.tag in (TEI + "speaker", TEI + "label"):
            for match in WORD_RULES["edition"].finditer(edition.text[start:end]):
                found.append(edition.place(start + match.start(), start + match.end()))
    return found


def report(session: Session) -> str:
    """The ledger, and the words of each layer and speech, as lines to print."""
    classes, words = ledger(session), session.words
    lines = [
        f"{session.edition.path}: valid, every pointer lands, the text is the transcript's.",
        "",
        f"Characters of the transcript: {len(session.edition.transcript):,}",
    ]
    both = classes["word"] + classes["word, uncounted"]
    rows = [
        ("word", both),
        ("  in a sentence", classes["word"]),
        ("  label, list number or reference", classes["word, uncounted"]),
        *((c, classes[c]) for c in ("punctuation", "white space", "transcription mark-up")),
    ]
    lines += [f"  {name:<36}{count:>7,}" for name, count in rows]
    lines += [f"  {'sum':<36}{sum(classes.values()):>7,}", "", f"Words: {len(words):,}"]
    lines += [f"  {layer:<36}{(words.layer == layer).sum():>7,}" for layer in LAYERS]
    lines += ["", "Words of each speech:"]
    for row in session.speeches.itertuples():
        speaker = row.speaker if isinstance(row.speaker, str) else "nobody named"
        lines.append(f"  {f'{row.speech}  {speaker} ({row.attribution})':<36}{row.words:>7,}")
    return "\n".join(lines)
