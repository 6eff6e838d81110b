"""From an edition to the tables of its session, a function for each; :data:`MAKERS` names them all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from analysis.edition import bare_text, sentence_elements
from analysis.schema import BESIDE, COLUMNS, COUNTS
from analysis.tei import (
    ancestor,
    closed_up,
    home_of,
    id_of,
    layer_of,
    named,
    plain,
    pointed,
    sentence_of,
    speech_of,
)
from analysis.tokens import abbreviations_in, tokens_of

if TYPE_CHECKING:
    from analysis.session import Session


def table(name: str, rows) -> pd.DataFrame:
    """Rows as the table of that name, with text as text and counts as whole numbers."""
    frame = pd.DataFrame(list(rows), columns={**COLUMNS, **BESIDE}[name])
    for column in frame:
        if column in COUNTS:
            frame[column] = frame[column].astype("int64")
        elif column in ("latitude", "longitude"):
            frame[column] = frame[column].astype("float64")
        elif column in ("direct", "taking_part"):
            frame[column] = frame[column].astype("bool")
        else:
            frame[column] = frame[column].astype("str")
    return frame


def words_by(rule: str, apparatus: bool = False) -> Callable:
    """A maker of the words table under a rule, with labels and list numbers counted in or not."""

    def make(session: Session) -> pd.DataFrame:
        edition, rows = session.edition, []
        elements = sentence_elements(edition)
        if apparatus:
            extra = [e for e in edition.root.iter("{*}speaker", "{*}label") if e in edition.spans]
            elements = sorted(elements + extra, key=lambda e: edition.spans[e])
        for element in elements:
            name, layer, speech = id_of(element) or "", layer_of(element), speech_of(element)
            home = name or None
            for number, (start, end, form, norm) in enumerate(tokens_of(edition, element, rule), 1):
                a, b = edition.place(start, end)
                rows.append(
                    (f"{name or f'label{a}'}.w{number}", home, layer, speech, form, norm, a, b)
                )
        return table("words", rows)

    return make


def terms_of(session: Session) -> pd.DataFrame:
    """The mentions of the lexicon's families in the session's words as they stand."""
    speakers = speaker_by_speech(session)
    rows = []
    for family, row, written in mentions_of_families(session):
        rows.append(
            (
                family,
                row.form,
                written,
                row.layer,
                row.sentence,
                row.speech,
                speakers.get(row.speech),
                row.start,
                row.end,
            )
        )
    return table("terms", rows)


def mentions_of_families(session: Session):
    """(family, row of words, written) for each mention, in the order of the text."""
    lexicon = session.lexicon
    for row in session.words.itertuples(index=False):
        for token in lexicon.tokens(row.norm):
            for family in lexicon.families_of(token):
                yield family, row, "full" if token in lexicon.tokens(row.form) else "abbreviated"


def senses_of(session: Session) -> pd.DataFrame:
    """For each mention of a family with more than one sense, which of them it has."""
    words, rows = session.words, []
    context: dict[str, dict[int, str]] = {}  # of each sentence, the words by their start
    for sentence, start, norm in zip(words.sentence, words.start, words.norm):
        context.setdefault(sentence, {})[start] = norm
    for row in session.terms.itertuples(index=False):
        if session.lexicon.has_senses(row.family):
            starts, norms = list(context[row.sentence]), list(context[row.sentence].values())
            sense = session.lexicon.sense_of(row.family, norms, starts.index(row.start))
            rows.append((row.family, sense, row.sentence, row.start, row.end))
    return table("senses", rows)


def speaker_by_speech(session: Session) -> dict[str, str]:
    frame = session.speeches
    return {s: w for s, w in zip(frame.speech, frame.speaker) if isinstance(w, str)}


def sentences(session: Session) -> pd.DataFrame:
    edition, rows = session.edition, []
    for element in sentence_elements(edition):
        paragraph = ancestor(element, "p", "head", "item")
        rows.append(
            (
                id_of(element),
                layer_of(element),
                speech_of(element),
                id_of(paragraph),
                *edition.place_of(element),
                closed_up(bare_text(edition, element)),
            )
        )
    return table("sentences", rows)


def speeches(session: Session) -> pd.DataFrame:
    edition = session.edition
    inferred = {
        pointed(c.get("target")): c
        for c in edition.find(".//standOff/certainty")
        if c.get("match") == "@who"
    }
    counted = {
        name: session_table.dropna(subset="speech").speech.value_counts()
        for name, session_table in (("sentences", session.sentences), ("words", session.words))
    }
    rows = []
    for element in edition.root.iter("{*}sp", "{*}u"):
        name, speaker, label = (
            id_of(element),
            pointed(element.get("who")),
            element.find("{*}speaker"),
        )
        doubt = inferred.get(name)
        if doubt is not None:
            attribution, sure, whose = "inferred", doubt.get("cert"), pointed(doubt.get("resp"))
        elif label is not None:
            attribution, sure, whose = "labelled", "certain", pointed(element.get("resp"))
        else:
            attribution, sure, whose = "unattributed", None, None
        printed = closed_up(bare_text(edition, label)).rstrip(":—– ") if label is not None else None
        rows.append(
            (
                name,
                speaker,
                printed,
                attribution,
                sure,
                whose,
                counted["sentences"].get(name, 0),
                counted["words"].get(name, 0),
                *edition.place_of(element),
            )
        )
    return table("speeches", rows)


def attributions(session: Session, *certainties: str):
    """(certainty element, sentence element) for what the edition says of single sentences, in their order."""
    elements = {id_of(e): e for e in sentence_elements(session.edition)}
    found = [
        (note, elements[pointed(pointer)])
        for note in session.edition.find(".//standOff/certainty")
        if note.get("match") != "@who" and note.get("cert") in certainties
        for pointer in note.get("target").split()
    ]
    return sorted(found, key=lambda pair: session.edition.spans[pair[1]])


def doubts(session: Session) -> pd.DataFrame:
    return table(
        "doubts",
        (
            (
                f"d{number}",
                id_of(sentence),
                speech_of(sentence),
                note.get("cert"),
                pointed(note.get("assertedValue")),
                pointed(note.get("resp")),
                plain(note),
            )
            for number, (note, sentence) in enumerate(attributions(session, "medium", "low"), 1)
        ),
    )


def confirmations(session: Session) -> pd.DataFrame:
    return table(
        "confirmations",
        (
            (
                id_of(sentence),
                speech_of(sentence),
                pointed(note.get("source")),
                pointed(note.get("resp")),
                plain(note),
            )
            for note, sentence in attributions(session, "high")
        ),
    )


def mentions(session: Session) -> pd.DataFrame:
    edition, rows = session.edition, []
    numbers: dict[str, int] = {}
    for element in edition.root.iter(
        "{*}persName", "{*}orgName", "{*}placeName", "{*}rs", "{*}date", "{*}time"
    ):
        if element not in edition.spans or sentence_of(element) is None:
            continue
        layer, sentence, speech = home_of(element)
        kind, kind_of_it, entity = kind_of(element)
        numbers[sentence] = numbers.get(sentence, 0) + 1
        rows.append(
            (
                f"{sentence}.m{numbers[sentence]}",
                kind,
                entity,
                kind_of_it,
                closed_up(bare_text(edition, element)),
                layer,
                sentence,
                speech,
                *edition.place_of(element),
            )
        )
    return table("mentions", rows)


def kind_of(element) -> tuple[str, str | None, str | None]:
    """Kind, type and entity of a reference to somebody, something, somewhere or some time."""
    if named(element, "date", "time"):
        dated = [
            element.get(a)
            for a in ("when", "from", "to", "notBefore", "notAfter")
            if element.get(a)
        ]
        if element.get("dur"):
            return "date", "duration", element.get("dur")
        return "date", "time" if named(element, "time") else "date", "/".join(dated) or None
    entity = pointed(element.get("ref"))
    if named(element, "persName"):
        return "person", None, entity
    if named(element, "orgName"):
        return "organisation", None, entity
    return "place", element.get("subtype", "toponym"), entity


def reported(session: Session) -> pd.DataFrame:
    edition, speakers, rows = session.edition, speaker_by_speech(session), []
    for element in edition.root.iter("{*}said"):
        _, sentence, speech = home_of(element)
        if speech is None:  # a note quotes somebody: not said in the session
            continue
        rows.append(
            (
                id_of(element),
                pointed(element.get("who")),
                element.get("direct") == "true",
                sentence,
                speech,
                speakers.get(speech),
                *edition.place_of(element),
                closed_up(bare_text(edition, element)),
            )
        )
    return table("reported", rows)


def abbreviations(session: Session) -> pd.DataFrame:
    edition, rows = session.edition, []
    for abbreviation, expansion in abbreviations_in(edition.find("text")[0]):
        rows.append(
            (
                plain(abbreviation),
                expansion,
                layer_of(abbreviation),
                id_of(sentence_of(abbreviation)),
                *edition.place_of(abbreviation),
            )
        )
    return table("abbreviations", rows)


def notes(session: Session) -> pd.DataFrame:
    edition = session.edition
    anchors = {
        pointed(ref.get("target")): id_of(sentence_of(ref))
        for ref in edition.root.iter("{*}ref")
        if ref.get("type") == "note" and ref in edition.spans
    }
    words = session.words.sentence.value_counts()
    rows = []
    for note in edition.find("text/back//note"):
        inside = [id_of(s) for s in note.iter("{*}s")]
        texts = [closed_up(bare_text(edition, s)) for s in note.iter("{*}s")]
        rows.append(
            (
                id_of(note),
                anchors.get(id_of(note)),
                len(inside),
                sum(words.get(s, 0) for s in inside),
                " ".join(texts),
            )
        )
    return table("notes", rows)


def counted(session: Session, kind: str) -> dict[str, int]:
    frame = session.mentions
    return frame[frame.kind == kind].entity.value_counts().to_dict()


def people(session: Session) -> pd.DataFrame:
    edition, rows = session.edition, []
    count, turns = counted(session, "person"), {}
    for speaker, words in zip(session.speeches.speaker, session.speeches.words):
        turns.setdefault(speaker, []).append(words)
    for entry in edition.root.iter("{*}person"):
        name, present = id_of(entry), ancestor(entry, "particDesc") is not None
        role, spoken = entry.find("{*}note[@type='role']"), turns.get(name, [])
        rows.append(
            (
                name,
                plain(entry.find("{*}persName")),
                present,
                plain(role) if role is not None else None,
                len(spoken),
                sum(spoken),
                count.get(name, 0),
            )
        )
    return table("people", rows)


def organisations(session: Session) -> pd.DataFrame:
    count = counted(session, "organisation")
    return table(
        "organisations",
        (
            (
                id_of(entry),
                plain(entry.find("{*}orgName")),
                entry.get("type"),
                count.get(id_of(entry), 0),
            )
            for entry in session.edition.find(".//listOrg/org")
        ),
    )


def places(session: Session) -> pd.DataFrame:
    count, rows = counted(session, "place"), []
    for entry in session.edition.find(".//listPlace/place"):
        geo, known = (
            entry.find("{*}location/{*}geo"),
            {i.get("type"): plain(i) for i in entry.findall("{*}idno")},
        )
        latitude, longitude = map(float, plain(geo).split()) if geo is not None else (None, None)
        rows.append(
            (
                id_of(entry),
                plain(entry.find("{*}placeName")),
                entry.get("type"),
                latitude,
                longitude,
                known.get("wikidata"),
                known.get("geonames"),
                count.get(id_of(entry), 0),
            )
        )
    return table("places", rows)


def turns(session: Session) -> pd.DataFrame:
    return session.table("speeches")[BESIDE["turns"]]


MAKERS: dict[str, Callable[[Session], pd.DataFrame]] = {
    "sentences": sentences,
    "words": words_by("edition"),
    "speeches": speeches,
    "doubts": doubts,
    "mentions": mentions,
    "terms": terms_of,
    "reported": reported,
    "abbreviations": abbreviations,
    "notes": notes,
    "people": people,
    "organisations": organisations,
    "places": places,
    "senses": senses_of,
    "confirmations": confirmations,
    "turns": turns,
}
