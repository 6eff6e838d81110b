"""From an edition to the tables of its session, a function for each, by name in :data:`MAKERS`.

What a table holds is stated in :mod:`analysis.schema`; rows come in the order of the text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from sys import intern
from typing import TYPE_CHECKING

import pandas as pd

from analysis.edition import bare_text, marked, references, sentence_elements
from analysis.schema import DTYPES, TABLES, Table, declare
from analysis.tei import (
    Element,
    ancestor,
    closed_up,
    home_of,
    id_of,
    kind_of,
    layer_of,
    plain,
    pointed,
    sentence_of,
    speech_of,
)
from analysis.tokens import abbreviations_in, tokens, tokens_of

if TYPE_CHECKING:
    from analysis.session import Session

Maker = Callable[["Session"], pd.DataFrame]
MAKERS: dict[str, Maker] = {}


def frame_of(name: str, rows: Iterable[tuple]) -> pd.DataFrame:
    """Rows as the table of that name, each column of its type."""
    wanted = TABLES[name]
    frame = pd.DataFrame(list(rows), columns=wanted.given)[wanted.names]
    for column in wanted.columns:
        frame[column.name] = frame[column.name].astype(DTYPES[column.type])
    return frame


def makes(name: str) -> Callable[[Callable[[Session], Iterable[tuple]]], Maker]:
    """Let a function that gives the rows of a table be its maker."""

    def decorate(rows: Callable[[Session], Iterable[tuple]]) -> Maker:
        def make(session: Session) -> pd.DataFrame:
            return frame_of(name, rows(session))

        MAKERS[name] = make
        return make

    return decorate


def register(wanted: Table, maker: Maker) -> None:
    """Give every session a table that is no part of its data."""
    TABLES[wanted.name], MAKERS[wanted.name] = wanted, maker


# Sentences and words -----------------------------------------------------------------------------


@makes("sentences")
def sentences_of(session: Session) -> Iterator[tuple]:
    """A row for each sentence."""
    edition = session.edition
    for sentence in sentence_elements(edition):
        paragraph = id_of(ancestor(sentence, "p", "head", "item"))
        home = id_of(sentence), layer_of(sentence), speech_of(sentence), paragraph
        yield *home, *edition.place_of(sentence), closed_up(bare_text(edition, sentence))


def words_by(rule: str, apparatus: bool = False) -> Maker:
    """A maker of the words table under a rule, with labels and list numbers counted in or not."""

    def rows(session: Session) -> Iterator[tuple]:
        edition = session.edition
        elements = sentence_elements(edition)
        if apparatus:
            extra = [e for e in edition.root.iter("{*}speaker", "{*}label") if e in edition.spans]
            elements = sorted([*elements, *extra], key=lambda e: edition.spans[e])
        for element in elements:
            sentence, layer, speech = id_of(element), layer_of(element), speech_of(element)
            for number, (start, end, form, norm) in enumerate(tokens_of(edition, element, rule), 1):
                a, b = edition.place(start, end)
                word = f"{sentence or f'label{a}'}.w{number}"
                yield word, sentence, layer, speech, intern(form), intern(norm), a, b

    return lambda session: frame_of("words", rows(session))


MAKERS["words"] = words_by("edition")


@makes("abbreviations")
def abbreviations_of(session: Session) -> Iterator[tuple]:
    """A row for each abbreviation, those of labels among them."""
    edition = session.edition
    for short, expansion in abbreviations_in(edition.find("text")[0]):
        home = layer_of(short), id_of(sentence_of(short))
        yield plain(short), expansion, *home, *edition.place_of(short)


# Speeches, and whose they are --------------------------------------------------------------------


@makes("speeches")
def speeches_of(session: Session) -> Iterator[tuple]:
    """A row for each speech, labelled, inferred or unattributed."""
    edition = session.edition
    inferred = {
        pointed(certainty.get("target")): certainty
        for certainty in edition.find(".//standOff/certainty")
        if certainty.get("match") == "@who"
    }
    sentences, words = (Counter(session.table(t).speech) for t in ("sentences", "words"))
    for element in edition.root.iter("{*}sp", "{*}u"):
        name, label = id_of(element), element.find("{*}speaker")
        printed = None
        if label is not None:
            printed = closed_up(bare_text(edition, label)).rstrip(":—– ")
        if name in inferred:
            doubt = inferred[name]
            whose = "inferred", doubt.get("cert"), pointed(doubt.get("resp"))
        elif label is not None:
            whose = "labelled", "certain", pointed(element.get("resp"))
        else:
            whose = "unattributed", None, None
        counts = sentences[name], words[name]
        place = edition.place_of(element)
        yield name, pointed(element.get("who")), printed, *whose, *counts, *place


def speaker_by_speech(session: Session) -> dict[str, str]:
    """The speaker of each speech that has one."""
    frame = session.table("attributions")
    return session.once(
        "speaker by speech",
        lambda: {s: w for s, w in zip(frame.speech, frame.speaker) if isinstance(w, str)},
    )


def judgements(session: Session, *certainties: str) -> list[tuple[Element, Element]]:
    """(certainty, sentence) for what the edition says of single sentences, in their order."""
    elements = {id_of(e): e for e in sentence_elements(session.edition)}
    found = [
        (certainty, elements[pointed(pointer)])
        for certainty in session.edition.find(".//standOff/certainty")
        if (certainty.get("match") or "").startswith("ancestor::")
        and certainty.get("cert") in certainties
        for pointer in certainty.get("target", "").split()
    ]
    return sorted(found, key=lambda pair: session.edition.spans[pair[1]])


@makes("doubts")
def doubts_of(session: Session) -> Iterator[tuple]:
    """A row for each sentence whose attribution may be doubted."""
    for number, (doubt, sentence) in enumerate(judgements(session, "medium", "low"), 1):
        what = doubt.get("cert"), pointed(doubt.get("assertedValue"))
        why = pointed(doubt.get("resp")), plain(doubt)
        yield f"d{number}", id_of(sentence), speech_of(sentence), *what, *why


@makes("reported")
def reported_of(session: Session) -> Iterator[tuple]:
    """A row for each passage of somebody else's words; those that a note quotes were not said."""
    edition, speakers = session.edition, speaker_by_speech(session)
    for said in marked(edition, "said"):
        _, sentence, speech = home_of(said)
        if speech is not None:
            what = id_of(said), pointed(said.get("who")), said.get("direct") == "true"
            home = sentence, speech, speakers.get(speech)
            yield *what, *home, *edition.place_of(said), closed_up(bare_text(edition, said))


# What is named, and the families of terms --------------------------------------------------------


@makes("mentions")
def mentions_of(session: Session) -> Iterator[tuple]:
    """A row for each person, body, place or date referred to in a sentence."""
    edition = session.edition
    for mention, element in references(edition):
        kind, type_, entity = kind_of(element)
        form = closed_up(bare_text(edition, element))
        home = home_of(element)
        yield mention, kind, entity, type_, form, *home, *edition.place_of(element)


@makes("terms")
def terms_of(session: Session) -> Iterator[tuple]:
    """A row for each mention of a family of the lexicon in the session's words as they stand."""
    lexicon, speakers = session.lexicon, speaker_by_speech(session)
    names = ["form", "norm", "layer", "sentence", "speech", "start", "end"]
    words = session.table("words")
    for form, norm, *home, start, end in zip(*(words[name].to_numpy(object) for name in names)):
        for token in tokens(norm):
            for family in lexicon.families_of(token):
                written = "full" if token in tokens(form) else "abbreviated"
                yield family, form, written, *home, speakers.get(home[-1]), start, end


@makes("senses")
def senses_of(session: Session) -> Iterator[tuple]:
    """A row for each mention of a family with several senses: which of them it has."""
    words, lexicon = session.table("words"), session.lexicon
    norms: dict[str, dict[int, str]] = defaultdict(dict)  # of each sentence, by their start
    columns = (words[name].to_numpy(object) for name in ("sentence", "start", "norm"))
    for sentence, start, norm in zip(*columns):
        norms[sentence][start] = norm
    for row in session.table("terms").itertuples(index=False):
        if lexicon.has_senses(row.family):
            starts, forms = list(norms[row.sentence]), list(norms[row.sentence].values())
            sense = lexicon.sense_of(row.family, forms, starts.index(row.start))
            yield row.family, sense, row.sentence, row.start, row.end


# Notes and the register --------------------------------------------------------------------------


@makes("notes")
def notes_of(session: Session) -> Iterator[tuple]:
    """A row for each note of the translator."""
    edition = session.edition
    anchors = {
        pointed(ref.get("target")): id_of(sentence_of(ref))
        for ref in marked(edition, "ref")
        if ref.get("type") == "note"
    }
    words = Counter(session.table("words").sentence)
    for note in edition.find("text/back//note"):
        inside = list(note.iter("{*}s"))
        count = sum(words[id_of(sentence)] for sentence in inside)
        text = " ".join(closed_up(bare_text(edition, sentence)) for sentence in inside)
        yield id_of(note), anchors.get(id_of(note)), len(inside), count, text


def times_named(session: Session, kind: str) -> Counter:
    """How often each entity of a kind is mentioned, in all layers."""
    mentions = session.table("mentions")
    return Counter(mentions.entity[mentions.kind == kind])


@makes("people")
def people_of(session: Session) -> Iterator[tuple]:
    """A row for each person of the register."""
    often, spoken, speeches = times_named(session, "person"), defaultdict(list), session.speeches
    for speaker, words in zip(speeches.speaker, speeches.words):
        spoken[speaker].append(words)
    for entry in session.edition.root.iter("{*}person"):
        name, role = id_of(entry), entry.find("{*}note[@type='role']")
        present = ancestor(entry, "particDesc") is not None
        what = plain(entry.find("{*}persName")), present, plain(role) if role is not None else None
        yield name, *what, len(spoken[name]), sum(spoken[name]), often[name]


@makes("organisations")
def organisations_of(session: Session) -> Iterator[tuple]:
    """A row for each body of the register."""
    often = times_named(session, "organisation")
    for entry in session.edition.find(".//listOrg/org"):
        name, kind = plain(entry.find("{*}orgName")), entry.get("type")
        yield id_of(entry), name, kind, often[id_of(entry)]


@makes("places")
def places_of(session: Session) -> Iterator[tuple]:
    """A row for each place of the register, with degrees where it has a point."""
    often = times_named(session, "place")
    for entry in session.edition.find(".//listPlace/place"):
        geo = entry.find("{*}location/{*}geo")
        point = map(float, plain(geo).split()) if geo is not None else (None, None)
        ids = {number.get("type"): plain(number) for number in entry.findall("{*}idno")}
        name, kind = plain(entry.find("{*}placeName")), entry.get("type")
        known = ids.get("wikidata"), ids.get("geonames")
        yield id_of(entry), name, kind, *point, *known, often[id_of(entry)]


register(
    declare(
        "attributions",
        "Whose each speech of the edition is, whatever a reading counts in it.",
        "speech speaker attribution",
        key="speech",
    ),
    lambda session: session.table("speeches")[TABLES["attributions"].names],
)
