"""A programme as a beginner would write it, and where it parts from the edition.

:mod:`analysis.naive` reads the transcript as one string, cuts sentences and words with NLTK's
tokenizers as they come, takes what stands before a colon at the start of a line for a speaker, and
looks for names and terms as strings.  :func:`differences` sets each of its finds beside the
edition's and keeps, row by row, those that differ.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from analysis.evidence import Evidence
from analysis.measures import head_word
from analysis.naive import LABEL, cut_sentences, cut_words, find_speakers, find_string
from analysis.schema import Column, declare, words
from analysis.session import Session
from analysis.tables import frame_of, register

#: A place where the two part: result, difference, what it is about, start, end.
Difference = tuple[str, str, str, int, int]
#: What the programme looks for, and how what it finds can differ from the edition.
RESULTS = ("sentences", "words", "speakers", "terms", "places", "people")
SIGNS = {"'": "an apostrophe", ".": "the dot of an abbreviation", "-": "a hyphen"}
LOST = (*SIGNS.values(), "a figure", "a dash", "another sign beside it")
DIFFERENCES = (
    "cut inside a sentence",
    "run together with the one before",
    *(f"lost to {sign}" for sign in LOST),
    "a label taken for a word",
    "a label that is none",
    "a speech that is not found",
    "found inside another word or name",
    "found in the archive's record or in a note",
    "cut short, and not found",
    "in another form, and not found",
    "found where the ground is not named",
    "spelled otherwise, and not found",
    "meant, and not found",
    "two people taken for one",
)


def finds(session: Session) -> pd.DataFrame:
    """The words that the programme finds, each with whom it takes for their speaker: ``label form
    layer sentence speech start end``.
    """
    text, home = session.edition.transcript, Home(session)
    words, rows = cut_words(text), []
    for label, begin, end in find_speakers(text):
        rows += [(label, text[a:b], *home.of(a, b), a, b) for a, b in words if begin <= a < end]
    return frame_of("finds", rows)


def words_by_speaker(session: Session) -> pd.DataFrame:
    """Whom the programme takes for a speaker, and how many words it gives him: ``label real count
    evidence``.

    ``real`` says whether the label is one, by the edition.
    """
    labels, found = set(session.speeches.label.dropna()), session.finds.label.value_counts()
    heard = dict.fromkeys(label for label, *_ in find_speakers(session.edition.transcript))
    return pd.DataFrame(
        [
            (
                label,
                label in labels,
                int(found.get(label, 0)),
                Evidence.of("finds", label=label, layer="all").address if label in found else "",
            )
            for label in heard
        ],
        columns=["label", "real", "count", "evidence"],
    )


# Where it parts from the edition -----------------------------------------------------------------


def differences(session: Session) -> pd.DataFrame:
    """Every place where the programme finds something else than the edition: ``result difference
    about layer sentence speech form start end``.
    """
    text, home = session.edition.transcript, Home(session)
    parts = (
        sentences_that_differ,
        words_that_differ,
        labels_that_differ,
        terms_that_differ,
        places_that_differ,
        people_that_differ,
    )
    rows = [
        (*row[:3], *home.of(*row[3:]), text[slice(*row[3:])].strip(), *row[3:])
        for part in parts
        for row in part(session, text)
    ]
    return frame_of("differences", rows)


class Home:
    """Where a place of the transcript belongs: layer, sentence, speech."""

    def __init__(self, session: Session):
        self.rows = list(session.sentences.sort_values("start").itertuples())
        self.starts = [row.start for row in self.rows]

    def of(self, start: int, end: int) -> tuple[str, str, str]:
        """Of the sentence that it stands in, or else of the one that follows it (a label stands
        before its speech).
        """
        at = max(bisect.bisect_right(self.starts, start) - 1, 0)
        if self.rows[at].end <= start and at + 1 < len(self.rows):
            at += 1
        return self.rows[at].layer, self.rows[at].sentence, self.rows[at].speech


def sentences_that_differ(session: Session, text: str) -> Iterator[Difference]:
    """Cuts inside a sentence, and sentences that are run together with the one before."""
    cuts = [start for start, _ in cut_sentences(text)]
    before = -1
    for row in session.sentences.sort_values("start").itertuples():
        for cut in cuts[bisect.bisect_right(cuts, row.start) : bisect.bisect_left(cuts, row.end)]:
            yield (
                "sentences",
                "cut inside a sentence",
                "",
                cut,
                end_of_word(text, cut),
            )
        if not any(before < cut <= row.start for cut in cuts):
            end = end_of_word(text, row.start)
            yield "sentences", "run together with the one before", "", row.start, end
        before = row.end - 1


def end_of_word(text: str, start: int) -> int:
    """Where what begins at or behind a place, up to the next blank, ends."""
    found = re.compile(r"\S+").search(text, start)
    return found.end() if found else len(text)


def words_that_differ(session: Session, text: str) -> Iterator[Difference]:
    """Words that are lost or cut, and what is counted as a word and is none."""
    found, words = set(cut_words(text)), session.words
    for row in words.itertuples():
        if (row.start, row.end) not in found:
            beside = text[max(row.start - 1, 0) : row.start], text[row.end : row.end + 1]
            yield (
                "words",
                f"lost to {loss(row.form, *beside)}",
                "",
                row.start,
                row.end,
            )
    covered = bytearray(len(text))
    for row in words.itertuples():
        covered[row.start : row.end] = b"\1" * (row.end - row.start)
    for start, end in sorted(found):
        if not any(covered[start:end]):
            yield "words", "a label taken for a word", "", start, end


def loss(form: str, before: str, after: str) -> str:
    """What it is that keeps a word from being all letters, or from standing alone."""
    inside = next((name for sign, name in SIGNS.items() if sign in form), None)
    return inside or (
        "a figure"
        if not form.isalpha()
        else "a dash"
        if "—" in (before, after)
        else "another sign beside it"
    )


def labels_that_differ(session: Session, text: str) -> Iterator[Difference]:
    """Labels that are none, and speeches that are not found."""
    labels, found = set(session.speeches.label.dropna()), list(LABEL.finditer(text))
    for match in found:
        if match[1] not in labels:
            yield "speakers", "a label that is none", match[1], *match.span(1)
    heard = {match[1] for match in found}
    for row in session.speeches.itertuples():
        if row.label not in heard:
            first = session.sentences[session.sentences.speech == row.speech].iloc[0]
            yield (
                "speakers",
                "a speech that is not found",
                "",
                row.start,
                max(first.end, row.start + 1),
            )


def terms_that_differ(session: Session, text: str) -> Iterator[Difference]:
    """For each family its first word, as a string: finds inside longer words or in other layers,
    and mentions not found.
    """
    for name, family in session.lexicon.families.items():
        finds = find_string(text, head_word(name, family.words))
        mentions = session.terms[session.terms.family == name]
        for start, end in finds:
            home = mentions[(mentions.start <= start) & (mentions.end >= end)]
            if home.empty:
                yield "terms", "found inside another word or name", name, start, end
            elif home.layer.iloc[0] != "session":
                yield "terms", "found in the archive's record or in a note", name, start, end
        for row in mentions[mentions.layer == "session"].itertuples():
            if not any(row.start <= start and end <= row.end for start, end in finds):
                how = (
                    "cut short, and not found"
                    if row.written == "abbreviated"
                    else "in another form, and not found"
                )
                yield "terms", how, name, row.start, row.end


def places_that_differ(session: Session, text: str) -> Iterator[Difference]:
    """For each place its name, as a string: finds inside other words, and references not found."""
    mentions = session.mentions[session.mentions.kind == "place"]
    for place in session.places.itertuples():
        finds, here = find_string(text, place.name), mentions[mentions.entity == place.place]
        for start, end in finds:
            named = here[(here.type == "toponym") & (here.start == start) & (here.end == end)]
            if named.empty:
                yield "places", "found where the ground is not named", place.name, start, end
        for row in here[here.layer == "session"].itertuples():
            if not any(row.start <= start < row.end for start, _ in finds):
                how = (
                    "spelled otherwise, and not found"
                    if row.type == "toponym"
                    else "meant, and not found"
                )
                yield "places", how, place.name, row.start, row.end


def people_that_differ(session: Session, text: str) -> Iterator[Difference]:
    """Men who share a surname and are counted as one."""
    namesakes: dict[str, set[str]] = defaultdict(set)
    for person in session.people.itertuples():
        namesakes[person.name.split()[-1]].add(person.person)
    for surname, people in namesakes.items():
        if len(people) > 1:
            for row in session.mentions[session.mentions.entity.isin(people)].itertuples():
                yield "people", "two people taken for one", surname, row.start, row.end


def against_the_edition(session: Session) -> pd.DataFrame:
    """``result difference count evidence``: how many differences of each kind there are, in all
    layers.
    """
    rows = (
        session.differences.groupby(["result", "difference"], sort=False)
        .size()
        .rename("count")
        .reset_index()
    )
    rows["evidence"] = [
        Evidence.of("differences", result=r, difference=d, layer="all").address
        for r, d in zip(rows.result, rows.difference)
    ]
    return rows


register(
    declare(
        "differences",
        "A place where the programme finds something else than the edition.",
        "result difference about layer sentence speech form start end",
        Column("result", "what is looked for", values=RESULTS),
        Column("difference", "how the two differ", values=DIFFERENCES),
        words("about", "the label, family, place or surname that it is about"),
    ),
    differences,
)
register(
    declare(
        "finds",
        "A word that the programme finds, with whom it takes for its speaker.",
        "label form layer sentence speech start end",
        words("label", "whom the programme takes for the speaker"),
    ),
    finds,
)
