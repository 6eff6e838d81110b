"""Tables of what the edition says about the text: others' words put as nouns, voices, what the
notes do, a second witness, certainties; they stand beside those of :mod:`analysis.tables`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from analysis.edition import bare_text, references
from analysis.schema import DEMANDS
from analysis.tables import judgements, makes, speaker_by_speech
from analysis.tei import (
    Element,
    child,
    closed_up,
    home_of,
    id_of,
    local,
    plain,
    pointed,
    sentence_of,
    speech_of,
    words_of,
)
from analysis.tokens import tokens

if TYPE_CHECKING:
    from analysis.session import Session


def segments(session: Session, *kinds: str) -> list:
    """The passages of these kinds, in the order of the text."""
    return [e for e in session.edition.root.iter("{*}seg") if e.get("type") in kinds]


def voice_notes(session: Session) -> dict:
    """What is said of the voice of each passage, by the passage's id."""
    found = session.edition.find
    return session.once(
        "annotations",
        lambda: {
            pointed(a.get("target")): a for a in found(".//standOff/listAnnotation/annotation")
        },
    )


def passage(session: Session, element: Element) -> tuple:
    """Sentence, speech, speaker, start, end and text of a passage."""
    _, sentence, speech = home_of(element)
    edition = session.edition
    return (
        sentence,
        speech,
        speaker_by_speech(session).get(speech or ""),
        *edition.place_of(element),
        closed_up(bare_text(edition, element)),
    )


def source_of(session: Session, element: Element) -> str | None:
    """Whose words a passage gives: its own ``who``, or what its annotation points to."""
    annotation = voice_notes(session).get(id_of(element) or "")
    pointer = child(annotation, "ptr", "source") if annotation is not None else None
    return pointed(element.get("who") or (pointer.get("target") if pointer is not None else None))


@makes("demands")
def demands_of(session: Session) -> Iterable[tuple]:
    """A row for each demand and the like in others' words."""
    return (
        (id_of(e), e.get("type"), source_of(session, e), *passage(session, e))
        for e in segments(session, *DEMANDS)
    )


@makes("framing")
def framing_of(session: Session) -> Iterable[tuple]:
    """A row for each stretch of the speaker's words that introduces others'."""
    return (
        (id_of(e), pointed(e.get("corresp")), *passage(session, e))
        for e in segments(session, "framing")
    )


def annotated(session: Session) -> list[tuple]:
    """(passage, its annotation) for every passage in others' words that has one, in their order."""
    found = voice_notes(session)
    passages = session.edition.root.iter("{*}said", "{*}seg")
    return [(e, found[id_of(e)]) for e in passages if id_of(e) in found]


@makes("voices")
def voices_of(session: Session) -> Iterable[tuple]:
    """A row for each passage in others' words: how the speaker comes by it."""
    return (
        (
            id_of(e),
            source_of(session, e),
            (pointed(note.get("ana")) or "").removeprefix("knows-"),
            e.get("cert") or note.get("cert"),
            *passage(session, e)[:3],
            plain(child(note, "note", "reason")),
        )
        for e, note in annotated(session)
    )


@makes("channels")
def channels_of(session: Session) -> Iterable[tuple]:
    """A row for each step from a source to the speaker."""
    return (
        (id_of(e), number, pointed(step.get("target")), plain(step), *home_of(e)[1:])
        for e, note in annotated(session)
        for number, step in enumerate(note.findall("{*}note[@type='step']"), 1)
    )


@makes("note_functions")
def note_functions_of(session: Session) -> Iterable[tuple]:
    """A row for each thing that a sentence of a note does."""
    edition, rows = session.edition, []
    for note in edition.find("text/back//note"):
        for sentence in note.iter("{*}s"):
            rows += [
                (
                    id_of(note),
                    id_of(sentence),
                    (pointed(function) or "").removeprefix("to-"),
                    *edition.place_of(sentence),
                )
                for function in sentence.get("ana", "").split()
            ]
    return rows


@makes("reaches")
def reaches_of(session: Session) -> Iterable[tuple]:
    """A row for each sentence that a note speaks of, once a note."""
    rows: list = []
    whole = session.sentences.groupby("speech", sort=False).sentence.agg(list)
    speeches = dict(zip(session.sentences.sentence, session.sentences.speech))
    for note in session.edition.find("text/back//note"):
        reached: dict = {}
        for pointer in note.get("corresp", "").split():
            for sentence in whole.get(pointed(pointer), [pointed(pointer)]):
                named = pointed(pointer) == sentence
                reached[sentence] = reached.get(sentence, False) or named
        rows += [
            (id_of(note), sentence, speeches[sentence], "sentence" if named else "speech")
            for sentence, named in reached.items()
        ]
    return rows


@makes("hindsight")
def hindsight_of(session: Session) -> Iterable[tuple]:
    """A row for each stretch of a note that nobody in the room could know."""
    edition = session.edition
    return (
        (
            id_of(e),
            e.get("type").removeprefix("later-"),
            id_of(next(e.iterancestors("{*}note"))),
            id_of(sentence_of(e)),
            *edition.place_of(e),
            closed_up(bare_text(edition, e)),
        )
        for e in segments(session, "later-event", "later-record", "later-reading")
    )


def other_readings(session: Session) -> list[tuple]:
    """(app, the text, the other witness's reading, a gloss of it) for each variant."""
    found = []
    for app in session.edition.find(".//standOff/listApp/app"):
        reading = app.find("{*}rdg")
        found.append(
            (
                app,
                words_of(child(app, "lem")),
                " ".join((reading.text or "").split()) or None,
                words_of(child(reading, "gloss")),
            )
        )
    return found


@makes("variants")
def variants_of(session: Session) -> Iterable[tuple]:
    """A row for each place where the other witness differs."""
    return (
        (
            id_of(app),
            app.get("type"),
            pointed(app.get("from")),
            pointed(app.find("{*}rdg").get("wit")),
            text,
            other,
            gloss,
            plain(child(app, "note")),
        )
        for app, text, other, gloss in other_readings(session)
    )


@makes("variant_terms")
def variant_terms_of(session: Session) -> Iterable[tuple]:
    """A row for each family that a variant changes, in the text and in the gloss."""

    def families(text: str | None) -> Counter:
        found = (session.lexicon.families_of(token) for token in tokens(text or ""))
        return Counter(family for families in found for family in families)

    rows = []
    for app, text, _, gloss in other_readings(session):
        here, there = families(text), families(gloss)
        for family in session.lexicon.families:
            if gloss and here[family] != there[family]:
                rows.append(
                    (
                        id_of(app),
                        pointed(app.get("from")),
                        family,
                        here[family],
                        there[family],
                        there[family] - here[family],
                    )
                )
    return rows


@makes("certainties")
def certainties_of(session: Session) -> Iterable[tuple]:
    """A row for each certainty that is not about who speaks."""
    edition = session.edition
    rows: list[tuple] = []
    kinds = {"date": "date", "time": "date", "said": "source", "expan": "expansion"}
    mentions = {element: mention for mention, element in references(edition)}
    for element in edition.find("text//*[@cert]"):
        about, home = kinds.get(local(element), "entity"), id_of(sentence_of(element))
        if about == "source":
            item = id_of(element)
        elif about == "expansion":
            item = plain(child(element.getparent(), "abbr"))
        else:
            item = mentions.get(element)
        if item:  # a name in a label is no mention
            rows.append((item, about, element.get("cert"), None, home, None))
    homes = {id_of(e): id_of(sentence_of(e)) for e in edition.root.iter("{*}said")}
    for note in edition.find(".//standOff/certainty"):
        asked = {"self::said/@who": "source", "@direct": "direct"}.get(note.get("match", ""))
        if note.get("locus") == "name":
            asked = "reported"
        if asked is None:
            continue  # whose a speech or a sentence is: the tables doubts and confirmations
        candidate = (note.get("assertedValue") or "").removeprefix("#") or None
        for target in map(pointed, note.get("target").split()):
            home = homes.get(target, target)
            rows.append((target, asked, note.get("cert"), candidate, home, plain(note)))
    return rows


@makes("confirmations")
def confirmations_of(session: Session) -> Iterator[tuple]:
    """A row for each sentence that a note gives to the speaker."""
    for word, sentence in judgements(session, "high"):
        why = pointed(word.get("source")), pointed(word.get("resp")), plain(word)
        yield id_of(sentence), speech_of(sentence), *why
