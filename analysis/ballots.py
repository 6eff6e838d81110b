"""Ballots: what students judge, each for himself.

Whose the doubtful sentences are, how far the opening is his, which sense a word has, how a speaker
knows: what is asked stands in ``data/classroom.toml``, the sentences and answers in the edition.
The codes in which phones write it are in :mod:`analysis.codes`, what comes of a class's ballots in
:mod:`analysis.classroom`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import AskError, listed
from analysis.files import read_once, read_toml
from analysis.options import inferred_speeches
from analysis.session import DATA, Session
from analysis.tei import EditionError
from analysis.voices import note_taker
from analysis.wording import surname_of

#: What the file of questions may have, and of which kind each is.
ASKED = {
    "until": str,
    "sense": str,
    "knows": list,
    "least": int,
    "later": dict,
    "annotators": dict,
}
TABLE, UNKNOWN = "table", "unknown"  # somebody at the table, nobody can know who
OTHER = "other"  # of a speech: it is somebody else's
#: Answers to how far a speech is his that give him nothing of it.
NOT_HIS = {OTHER: "somebody else’s", UNKNOWN: "can’t be known"}
KINDS = {
    "speaker": "Whose words are these, whoever is named in them?",
    "until": "A note gives the beginning of a speech to one man. How far is it his?",
    "knows": "How does the speaker know what he reports?",
    "sense": "Which sense has the word?",
}
KNOWS = {
    "present": "he was there",
    "told": "he was told",
    "concludes": "he concludes it",
    UNKNOWN: "it can’t be known",
}


@dataclass(frozen=True)
class Question:
    """Something to judge: its id, its kind, the sentence, what is asked, the answers (by key), the
    edition's own."""

    id: str
    kind: str
    sentence: str
    text: str
    answers: Mapping[str, str]
    edition: str


@read_once
def plan(path: Path = DATA / "classroom.toml") -> Mapping[str, Any]:
    """What is asked, as the file says.

    Raises :class:`analysis.tei.EditionError` where it is not as it should be.
    """
    asked = read_toml(path, "what a class is asked")
    wrong = [name for name, value in asked.items() if not isinstance(value, ASKED.get(name, ()))]
    if wrong or "least" not in asked:
        what = f"{', '.join(wrong)} of the wrong kind" if wrong else "least is missing"
        raise EditionError(what, path, todo=f"There may be: {listed(ASKED)}.")
    return asked


def kinds() -> dict[str, str]:
    """What is asked, by its kind; the word whose senses are asked for is named."""
    word = plan().get("sense")
    return KINDS | ({"sense": f"Which sense has the word “{word}”?"} if word else {})


def questions(session: Session, asked: Mapping[str, Any] | None = None) -> list[Question]:
    """What is to be judged in a session, in the order in which it is asked.

    ``asked`` is as in ``data/classroom.toml``; what it names and the session lacks is left out.
    """
    asked = plan() if asked is None else asked
    return [
        *of_speakers(session),
        *of_end(session, asked.get("until", "")),
        *of_knowledge(session, asked.get("knows", [])),
        *of_senses(session, asked.get("sense", "")),
    ]


def no_answer(question: Question, answer: str) -> AskError:
    """What is wrong with an answer that a question does not have."""
    there = ", ".join(question.answers)
    return AskError(f"{question.id} has no answer “{answer}”; it has {there}")


def of_speakers(session: Session) -> list[Question]:
    """A question for each sentence whose speaker may be doubted."""
    speakers = dict.fromkeys(session.speeches.speaker.dropna())
    answers = {who: surname_of(session, who) for who in speakers}
    says = ("the note-taker", "somebody at the table", "can’t be known")
    answers |= dict(zip(nobodies(session), says))
    whose = dict(zip(session.attributions.speech, session.attributions.speaker))
    text = text_of(session)
    return [
        Question(row.sentence, "speaker", row.sentence, text[row.sentence], answers, of_or(who))
        for row in session.doubts.itertuples()
        if (who := whose.get(row.speech)) is not None
    ]


def nobodies(session: Session) -> tuple[str, str, str]:
    """Answers that make a sentence no speaker's: the note-taker's id, the table, the unknown."""
    return note_taker(session) or "note-taker", TABLE, UNKNOWN


def of_or(who: object) -> str:
    """A speaker, or that he can't be known."""
    return who if isinstance(who, str) else UNKNOWN


def of_end(session: Session, speech: str) -> list[Question]:
    """How far a speech without a label is his to whom it is given, if at all; of another there is
    nothing to ask."""
    if speech not in inferred_speeches(session):
        return []
    spoken = session.sentences[session.sentences.speech == speech]
    last = spoken.sentence.iloc[-1]
    answers = {name: f"his, to {name}" for name in spoken.sentence}
    answers |= {last: f"his, to the end ({last})"} | NOT_HIS
    return [Question("until", "until", spoken.sentence.iloc[0], "", answers, last)]


def of_senses(session: Session, family: str) -> list[Question]:
    """Which sense each mention of a family has in the session."""
    known = session.lexicon.families.get(family)
    if known is None or len(known.senses) < 2:
        return []
    answers = {sense.name: sense.name for sense in known.senses} | {UNKNOWN: "can’t be known"}
    meant = {(row.family, row.start): row.sense for row in session.senses.itertuples()}
    terms = session.terms[(session.terms.family == family) & (session.terms.layer == "session")]
    text = text_of(session)
    return [
        Question(
            f"{family}-{n}", "sense", row.sentence, text[row.sentence], answers,
            meant.get((family, row.start), UNKNOWN),
        )
        for n, row in enumerate(terms.itertuples(), 1)
    ]  # fmt: skip


def of_knowledge(session: Session, passages: Iterable[str]) -> list[Question]:
    """How a speaker knows what he reports, for some passages."""
    rows = session.voices.set_index("passage") if len(session.voices) else session.voices
    text = text_of(session)
    return [
        Question(
            f"knows-{name}", "knows", row.sentence, text[row.sentence], KNOWS,
            UNKNOWN if row.knows == "open" else row.knows,
        )
        for name in passages
        if name in rows.index
        for row in [rows.loc[name]]
    ]  # fmt: skip


def text_of(session: Session) -> dict[str, str]:
    """The text of each sentence."""
    return dict(zip(session.sentences.sentence, session.sentences.text))
