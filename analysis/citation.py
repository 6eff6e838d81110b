"""How to cite the edition, and what is counted in it; all from its header."""

from __future__ import annotations

from collections.abc import Collection

from analysis.calls import for_readers
from analysis.evidence import Evidence
from analysis.readings import Reading
from analysis.session import Session


@for_readers
def citation(session: Session) -> str:
    """How to cite the edition, from its header; a sentence is cited by adding its number."""

    def note(path: str) -> str:
        return session.edition.note(f"teiHeader/fileDesc/{path}")

    (edition,) = session.edition.find("teiHeader/fileDesc/editionStmt/edition") or [None]
    number, date = (
        (edition.get("n"), edition.find("{*}date")) if edition is not None else (None, None)
    )
    parts = [
        note("titleStmt/title"),
        number and f"edition {number}",
        date is not None and date.get("when", "")[:4],
    ]
    printed = " ".join(
        filter(None, (note(".//bibl/title"), note(".//bibl/biblScope[@unit='issue']")))
    )
    pages = note(".//bibl/biblScope[@unit='page']")
    source = [
        note(".//msIdentifier/repository").partition(" (")[0],
        note(".//msIdentifier/idno[@type='shelfmark']"),
    ]
    return (
        ", ".join(part for part in parts if part)
        + ("; of " + ", ".join(name for name in source if name) if any(source) else "")
        + (f"; {printed}" if printed else "")
        + (f", pp. {pages}" if pages else "")
    )


def source_line(session: Session, reading: Reading) -> str:
    """The line under a chart that stands by itself: what it counts in, and under which reading."""
    title = session.edition.note("teiHeader/fileDesc/titleStmt/title")
    return f"Source: {title.rstrip('.')}; {read_as(reading)}."


def source_in_full(session: Session, reading: Reading, families: Collection[str] = ()) -> str:
    """The line under a chart in an essay: the edition as :func:`citation` has it, the reading, and
    of those of these families that a reader has asked for, their words."""
    own = [f for f in session.lexicon.families.values() if f.own and f.name in families]
    words = "".join(f" “{family.name}”: {', '.join(family.words)}." for family in own)
    return f"Source: {citation(session).rstrip('.')}; {read_as(reading)}.{words}"


def unmentioned(
    session: Session, asked: Collection[str], shown: Collection[str], reading: Reading
) -> str:
    """Which of the families that are asked for, and not shown, the session never mentions, each
    with its words; empty where there is none."""
    families = session.lexicon.families
    silent = [
        f"{name} ({', '.join(f'“{word}”' for word in families[name].words)})"
        for name in asked
        if name in families
        and name not in shown
        and not Evidence.of("terms", reading=reading, family=name).count(session)
    ]
    return "; ".join(silent)


def read_as(reading: Reading) -> str:
    """How a reading reads the document."""
    return "as the edition reads it" if not reading.options else f"read otherwise ({reading})"
