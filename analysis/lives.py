"""Who was who: office, way into the text and later life of each person, each with what was read.

The edition names the file in its header (``<ptr type="people" target="…"/>``): a table for each
person, as the head of ``data/context/people.toml`` says.  The register under the reading text and
the chapter on people draw on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from analysis.calls import for_readers
from analysis.edition import linked_file
from analysis.errors import AskError, listed, unknown
from analysis.files import line_of, read_toml
from analysis.page import Page, render
from analysis.session import Session
from analysis.tei import EditionError
from analysis.wording import name_of
from analysis.works import label_of, read_works

#: Where somebody is, in the order in which a page names them, each with its heading.
PLACES = {
    "host": "Hosts",
    "guest": "Guests",
    "note-taker": "Who took the notes",
    "spoken-of": "Spoken of in the session",
    "notes": "Only in the translator’s notes",
    "not-meant": "Not meant",
}
SENTENCE = re.compile(r"\b[ahsn]\d+(?:\.\d+)?\b")
BIBLIOGRAPHY = "references.bib"  # beside the file of people
NONE = "The edition names no file of people."
UNREAD = "No source was read."


@dataclass(frozen=True)
class Life:
    """One person: ``office`` on the day, how he ``came`` into the room or the text, what he
    ``became``, the keys of the ``sources``, and a ``doubt``; empty where no source was read.

    ``also`` marks somebody whom the register does not have; he has a ``name`` here.
    """

    place: str
    office: str
    came: str
    became: str
    sources: tuple[str, ...]
    doubt: str = ""
    name: str = ""
    also: bool = False

    @property
    def brief(self) -> str:
        """Who he was on the day, or how he came into the text: nothing that happened later."""
        return self.office or self.came

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What is said of him, part by part, each with its head; what was not read says so."""
        said = [("On the day", self.office), ("In the text", self.came), ("Later", self.became)]
        if not self.office and not self.became:
            return [said[1], ("Else", UNREAD)]
        if not self.office and self.place == "notes":
            del said[0]  # nobody spoke of him on the day
        return [(head, text or UNREAD) for head, text in said]


def read_lives(path: str | Path) -> dict[str, Life]:
    """The entries of a file, by id.

    Raises :class:`analysis.tei.EditionError` where the file or an entry is not as it should be.
    """
    path = Path(path)
    file = read_toml(path, "a file of people")
    return {person: life_of(person, entry, path) for person, entry in file.items()}


def life_of(person: str, entry: Any, path: Path) -> Life:
    """An entry of the file."""
    todo = f"Write [{person}] with place, office, came, became and sources."
    if not isinstance(entry, dict):
        raise EditionError(f"“{person}” is no table", path, todo=todo)
    texts = {name: value for name, value in entry.items() if name not in ("sources", "also")}
    sources = entry.get("sources", [])
    several = isinstance(sources, list) and all(isinstance(key, str) for key in sources)
    if not several or not all(isinstance(value, str) for value in texts.values()):
        raise EditionError(f"[{person}] has something that is no text", path, todo=todo)
    try:
        if set(entry) - {field.name for field in fields(Life)}:
            raise AskError(f"an entry has {listed(field.name for field in fields(Life))}")
        life = Life(**{**entry, "sources": tuple(sources)})
        if life.place not in PLACES:
            raise unknown("place of a person", life.place, PLACES)
    except (AskError, TypeError) as error:
        raise EditionError(f"[{person}]: {error}", path, todo=todo) from None
    return life


def lives(session: Session) -> dict[str, Life]:
    """The entries that the edition's header names, by id; none where it names no file.

    Raises :class:`analysis.tei.EditionError` as :func:`read_lives`, and where an entry has a source
    that the bibliography has not.
    """

    def read() -> dict[str, Life]:
        path = file_of_people(session)
        found = read_lives(path) if path else {}
        for person, life in found.items():
            unread = [key for key in life.sources if key not in works_of(session)]
            if path and unread:
                raise EditionError(
                    f"[{person}] has a source that the bibliography has not: {', '.join(unread)}",
                    path,
                    line_of(path, f"[{person}]"),
                    f"Name works of {BIBLIOGRAPHY}.",
                )
        return found

    return session.base.once("lives", read)


def works_of(session: Session) -> dict[str, str]:
    """The label of each work in the bibliography beside the file of people, by its key."""
    path = file_of_people(session)
    works = read_works(path.with_name(BIBLIOGRAPHY)) if path else {}
    return {key: label_of(work) for key, work in works.items()}


def file_of_people(session: Session) -> Path | None:
    """The file that the edition's header names, if it names one."""
    return linked_file(session.edition.root, "people", session.edition.path)


@for_readers
def who_was_who(session: Session, *places: str) -> Page:
    """The people of these places (all where none is named), a line for each, with its sources."""
    wanted = places or tuple(PLACES)
    for place in wanted:
        if place not in PLACES:
            raise unknown("place of a person", place, PLACES)
    lists = {
        PLACES[place]: [
            (person, life.name or name_of(session, person), as_html(session, life))
            for person, life in lives(session).items()
            if life.place == place
        ]
        for place in wanted
    }
    text = render("lives.html", lists=lists, heads=len(wanted) > 1)
    return Page(text if lives(session) else f"<p>{NONE}</p>", "who was who")


def as_html(session: Session, life: Life) -> Markup:
    """An entry as HTML: its parts, its doubt and its sources, sentences and works as links."""
    labels = works_of(session) if life.sources else {}
    said = " ".join(f"<b>{escape(head)}:</b> {linked(text)}" for head, text in life.parts)
    doubt = f" <i>{linked(life.doubt)}</i>" if life.doubt else ""
    works = "".join(f' <a href="work:{key}">[{escape(labels[key])}]</a>' for key in life.sources)
    return Markup(said + doubt + works)


def linked(text: str) -> Markup:
    """A text with its sentences as links."""
    whole = sentence_case(text).replace("'", "’")
    return Markup(SENTENCE.sub(r'<a href="sentence:\g<0>">\g<0></a>', str(escape(whole))))


def sentence_case(text: str) -> str:
    """Text that begins with a capital and ends with a full stop."""
    return text[:1].upper() + text[1:].rstrip(".") + "." if text else ""
