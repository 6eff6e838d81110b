"""Data that others can use: one folder that describes itself, of any edition.

It holds the edition with all that it points to, the tables, and what other programmes read: places
as Linked Places, the register, the evidence of each claim as Web Annotations
(:mod:`analysis.opendata.linked`), results and claims under every reading, and an RO-Crate that
describes all of it (:mod:`analysis.opendata.crate`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis.backwards import stated
from analysis.claims import under_every_reading, verdict
from analysis.decisions import DECISIONS
from analysis.edition import linked_file
from analysis.export import tables_of
from analysis.opendata.crate import CRATE, about, crate, encoded
from analysis.opendata.linked import claims_as_annotations, places, register, written
from analysis.session import Session
from analysis.tallies import tallied
from analysis.writing import pack, write_folder

#: What is taken along from beside the edition, where it is there: files and folders.
BESIDE = ("README.md", "claims.toml", "context", "geography", "schema")
LEFT_OUT = {"__pycache__", ".py"}


def write_data(session: Session, folder: str | Path) -> list[Path]:
    """Write the folder, whole or not at all, and the same as one zip beside it; returns the files.

    Raises :class:`analysis.tei.EditionError` where the folder holds anything else or cannot be
    written; it then stays as it was.
    """
    folder = Path(folder)
    files = write_folder(folder, files_of(session))
    pack(folder, folder.with_name(f"{folder.name}.zip"))
    return files


def files_of(session: Session) -> dict[str, str | bytes]:
    """The files of the folder, by their paths in it."""
    files: dict[str, str | bytes] = {
        **{name: path.read_bytes() for name, path in copied(session)},
        **{f"tables/{name}": text for name, text in tables_of(session).items()},
        "places.geojson": written(places(session)),
        "register.jsonld": written(register(session)),
    }
    if any(stated(session)):
        files |= {
            "claims.jsonld": written(claims_as_annotations(session)),
            "readings/results.csv": results_under_readings(session).to_csv(index=False),
            "readings/claims.csv": claims_under_readings(session).to_csv(index=False),
            "readings/datapackage.json": written(describe_readings(session)),
        }
    files = dict(sorted(files.items()))
    return {CRATE: written(crate(session, files)), **files}


def all_files(session: Session) -> dict[str, str | bytes]:
    """The same, made once for a session and kept."""
    return session.once("open data", lambda: files_of(session))


def copied(session: Session) -> Iterator[tuple[str, Path]]:
    """The files that are taken along as they are: (path in the folder, path)."""
    home, root = Path(session.edition.path).parent, session.edition.root
    linked = [linked_file(root, kind, session.edition.path) for kind in ("transcript", "lexicon")]
    beside = [home / name for name in BESIDE]
    for top in (Path(session.edition.path), *filter(None, linked), *beside):
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and not LEFT_OUT & {path.suffix, *path.parts}:
                yield path.relative_to(home).as_posix(), path


def contents(session: Session) -> pd.DataFrame:
    """What the folder holds: ``path what size`` (in bytes), a row for each file."""
    files = all_files(session)
    rows = [(name, about(session, name)[0], len(encoded(text))) for name, text in files.items()]
    return pd.DataFrame(rows, columns=["path", "what", "size"])


# Under every reading ------------------------------------------------------------------------------


def results_under_readings(session: Session) -> pd.DataFrame:
    """Each result under each reading that can change it, the edition's own first:
    ``result reading count of value``.

    ``reading`` is empty for the edition's own, else “opening=nobody doubts=all_aside”; ``of`` is
    empty where the result is no share.
    """
    results, rows = stated(session)[0], []
    tallied(session, (choice for result in results.values() for choice in result.choices))
    for result in results.values():
        for row in under_every_reading(session, result).to_dict("records"):
            chosen = [
                f"{name}={str(row[name]).replace(' ', '_')}"
                for name in row
                if name in DECISIONS and row[name] != DECISIONS[str(name)].default
            ]
            numbers = (row["count"], row["of"], round(row["value"], 6))
            rows.append((result.name, " ".join(chosen), *numbers))
    columns = ["result", "reading", "count", "of", "value"]
    return pd.DataFrame(rows, columns=columns).astype({"of": "Int64"})


def claims_under_readings(session: Session) -> pd.DataFrame:
    """Each claim under each reading that can change it: ``claim reading holds``."""
    rows = []
    for claim in stated(session)[1].values():
        told = verdict(session, claim)
        rows += [(claim.name, reading.short, True) for reading in told.holds]
        rows += [(claim.name, reading.short, False) for reading in told.fails]
    return pd.DataFrame(rows, columns=["claim", "reading", "holds"])


#: The columns of the files of results and claims: type and meaning.
COLUMNS = {
    "result": ("string", "name of the result, as in claims.toml"),
    "claim": ("string", "name of the claim, as in claims.toml"),
    "reading": ("string", "the decisions taken otherwise, as decision=option; empty for none"),
    "count": ("integer", "the number, or the part of which it is the share"),
    "of": ("integer", "the whole that it is a share of; empty where it is no share"),
    "value": ("number", "the number or the share"),
    "holds": ("boolean", "whether the claim is true under the reading"),
}


def describe_readings(session: Session) -> dict:
    """The Frictionless description of the files of results and claims."""
    files = {
        "results": ("result", "reading", "count", "of", "value"),
        "claims": ("claim", "reading", "holds"),
    }
    resources = [
        {
            "name": name,
            "path": f"{name}.csv",
            "profile": "tabular-data-resource",
            "description": about(session, f"readings/{name}.csv")[0],
            "schema": {
                "fields": [
                    {"name": one, "type": COLUMNS[one][0], "description": COLUMNS[one][1]}
                    | ({"trueValues": ["True"], "falseValues": ["False"]} if one == "holds" else {})
                    for one in columns
                ]
            },
        }
        for name, columns in files.items()
    ]
    return {
        "name": f"{session.edition.path.stem}-readings",
        "title": f"{session.title}: results and claims under every reading",
        "profile": "tabular-data-package",
        "resources": resources,
    }
