"""Two clocks: when what the session tells of happened, and how that stands to when it is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from analysis import edtf
from analysis.edition import bare_text, sentence_elements
from analysis.tables import makes
from analysis.tei import EditionError, Element, child, id_of, plain, pointed, speech_of, words_of

if TYPE_CHECKING:
    from analysis.session import Session


def events(session: Session, kind: str) -> list:
    """The events that are ``told`` in the session, or those of ``elsewhere``."""
    return session.edition.find(f".//standOff/listEvent[@type='{kind}']/event")


def when(event: Element) -> tuple:
    """The time of an event: EDTF, its kind, and the first and last second that it can be."""
    text = event.get("when-custom")
    return text, edtf.kind(text), *edtf.bounds(text)


def rests_on(event: Element, own: str | None = None) -> str | None:
    """What a date rests on, ids with blanks between; by itself on its own sentence."""
    return " ".join(pointed(p) or p for p in event.get("source", "").split()) or own


@makes("dates")
def dates_of(session: Session) -> Iterable[tuple]:
    """A row for each passage that the edition dates.

    Raises :class:`analysis.tei.EditionError` where one names no passage, or its sentence lacks it.
    """
    edition, rows = session.edition, []
    elements = {id_of(e): e for e in sentence_elements(edition)}
    for event in events(session, "told"):
        sentence, form = (
            pointed(event.get("corresp")),
            words_of(child(event, "note", "passage")) or "",
        )
        if sentence is None or not form:
            raise EditionError(
                "an event that is told names no passage",
                edition.path,
                event.sourceline,
                "Give it the sentence, corresp='#…', and its words, <note type='passage'>.",
            )
        element = elements[sentence]
        at = bare_text(edition, element).find(form)
        if at < 0:
            raise EditionError(
                f"{sentence} does not have “{form}”",
                edition.path,
                event.sourceline,
                "Quote the passage as the sentence has it.",
            )
        start = edition.spans[element][0] + at
        rows.append(
            (
                id_of(event),
                plain(child(event, "label")),
                *when(event),
                event.get("cert"),
                rests_on(event, sentence),
                sentence,
                speech_of(element),
                *edition.place(start, start + len(form)),
                form,
                words_of(child(event, "note", "reason")),
            )
        )
    return rows


@makes("elsewhere")
def elsewhere_of(session: Session) -> Iterable[tuple]:
    """A row for each time that another source gives."""
    return (
        (
            id_of(event),
            plain(child(event, "label")),
            *when(event),
            event.get("cert"),
            rests_on(event),
            words_of(child(event, "note", "reason")),
        )
        for event in events(session, "elsewhere")
    )


@makes("relations")
def relations_of(session: Session) -> Iterable[tuple]:
    """A row for each pair of dates, or of sentences, that the edition joins."""
    return (
        (
            relation.get("name"),
            pointed(relation.get("active")),
            pointed(relation.get("passive")),
            words_of(child(relation, "desc")),
        )
        for relation in session.edition.find(".//standOff/listRelation/relation")
    )
