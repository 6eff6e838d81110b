"""Ballots: what students judge, each for himself, and the short codes that carry it.

Whose the doubtful sentences are, where the opening ends, which sense a word has, how a speaker
knows: what is asked stands in ``data/classroom.toml``, the sentences and answers in the edition.  A
phone writes the judgements as a code, which is read out; nobody's name is in it.  What comes of a
class's ballots is in :mod:`analysis.classroom`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from analysis.errors import AskError, listed
from analysis.files import read_toml
from analysis.options import inferred_speeches
from analysis.session import DATA, Session
from analysis.tei import EditionError
from analysis.voices import note_taker
from analysis.wording import surname_of

#: A code's signs, by Crockford's base 32: no letter can be taken for a digit.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TAKEN_FOR = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
#: A right code is of the form n · 1021 + 7.  The modulus is a prime above 32: whoever mistakes one
#: sign, or swaps two neighbours, never comes to another right code.
PRIME, REST = 1021, 7
SHEETS = 1024  # numbers that phones draw, so that two equal ballots are not taken for one
#: What the file of questions may have, and of which kind each is.
ASKED = {"until": str, "sense": str, "knows": list, "least": int, "later": dict}
TABLE, UNKNOWN = "table", "unknown"  # somebody at the table, nobody can know who
KINDS = {
    "speaker": "Whose words are these?",
    "until": "Where do the comments that are said to be his end? Choose the last sentence.",
    "sense": "Which sense has the word?",
    "knows": "How does the speaker know?",
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


@dataclass(frozen=True)
class Ballot:
    """One student's judgements: the number that the phone drew, and the answers by question."""

    sheet: int
    answers: Mapping[str, str]


@dataclass
class Ballots:
    """What a class has read out: the ballots, and the lines that are none, each kept and told."""

    ballots: list[Ballot] = field(default_factory=list)
    spoilt: list[tuple[int, str, str]] = field(default_factory=list)  # line, what stands there, why
    doubled: list[tuple[int, int]] = field(default_factory=list)  # line, the line that it repeats
    empty: list[int] = field(default_factory=list)  # lines of ballots without a judgement
    blank: list[int] = field(default_factory=list)  # lines between others in which nothing stands

    def summary(self) -> str:
        """What became of all lines, in one sentence: the parts add up to the lines."""
        parts = {
            "counted": len(self.ballots),
            "spoilt": len(self.spoilt),
            "repeated": len(self.doubled),
            "empty": len(self.empty) + len(self.blank),
        }
        lines = sum(parts.values())
        if not lines:
            return "No line yet."
        if lines == parts["counted"]:
            return "1 line: counted." if lines == 1 else f"{lines} lines: all counted."
        told = ", ".join(f"{many} {part}" for part, many in parts.items() if many)
        return f"{lines} line{'s' if lines > 1 else ''}: {told}."

    def __repr__(self) -> str:
        told = [(n, f": “{text}” is spoilt: {why}.") for n, text, why in self.spoilt]
        told += [(n, f" repeats line {first}; it is counted once.") for n, first in self.doubled]
        told += [(n, " is a ballot without a judgement.") for n in self.empty]
        told += [(n, " is blank.") for n in self.blank]
        return "\n".join([self.summary(), *(f"Line {n}{says}" for n, says in sorted(told))])


@cache
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


def questions(session: Session, asked: Mapping[str, Any] | None = None) -> list[Question]:
    """What is to be judged in a session, in the order in which it is asked.

    ``asked`` is as in ``data/classroom.toml``; what it names and the session lacks is left out.
    """
    asked = plan() if asked is None else asked
    return [
        *of_speakers(session),
        *of_end(session, asked.get("until", "")),
        *of_senses(session, asked.get("sense", "")),
        *of_knowledge(session, asked.get("knows", [])),
    ]


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
    """Where a speech without a label ends; of another there is nothing to ask."""
    if speech not in inferred_speeches(session):
        return []
    spoken = session.sentences[session.sentences.speech == speech]
    answers = {name: name for name in spoken.sentence} | {UNKNOWN: "can’t be known"}
    last = spoken.sentence.iloc[-1]
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


# Codes --------------------------------------------------------------------------------------------


def encode(asked: list[Question], ballot: Ballot) -> str:
    """A ballot as a code: each answer's place (0 for none) in mixed radix, with its check.

    Raises :class:`analysis.errors.AskError` for an answer that a question does not have.
    """
    number = ballot.sheet % SHEETS
    for question in asked:
        keys = ["", *question.answers]
        answer = ballot.answers.get(question.id, "")
        if answer not in keys:
            raise AskError(f"{question.id} has no answer “{answer}”; it has {', '.join(keys[1:])}")
        number = number * len(keys) + keys.index(answer)
    number = number * PRIME + REST
    signs = ""
    for _ in range(length(asked)):
        number, sign = divmod(number, len(SIGNS))
        signs = SIGNS[sign] + signs
    return "-".join(signs[at : at + 4] for at in range(0, len(signs), 4))


def decode(asked: list[Question], code: str) -> Ballot:
    """The ballot that a code carries; an :class:`analysis.errors.AskError` that says what is wrong
    with it."""
    signs = re.sub(r"[\s-]", "", code.upper()).translate(TAKEN_FOR)
    strange = sorted(set(signs) - set(SIGNS))
    if strange:
        raise AskError(f"“{strange[0]}” is no sign of a code")
    if len(signs) != length(asked):
        raise AskError(f"a code has {length(asked)} signs, not {len(signs)}")
    number = 0
    for sign in signs:
        number = number * len(SIGNS) + SIGNS.index(sign)
    number, rest = divmod(number, PRIME)
    if rest != REST:
        raise AskError("a sign is wrong, or two are swapped")
    answers: dict[str, str] = {}
    for question in reversed(asked):
        keys = ["", *question.answers]
        number, place = divmod(number, len(keys))
        if place:
            answers[question.id] = keys[place]
    if number >= SHEETS:
        raise AskError("a sign is wrong, or two are swapped")
    return Ballot(number, {q.id: answers[q.id] for q in asked if q.id in answers})


def length(asked: list[Question]) -> int:
    """How many signs a code has."""
    most = SHEETS
    for question in asked:
        most *= len(question.answers) + 1
    most, signs = most * PRIME, 0
    while most:
        most, signs = most // len(SIGNS), signs + 1
    return signs


def read_ballots(asked: list[Question], codes: str | Iterable[str]) -> Ballots:
    """The ballots of a class from its codes, one a line; what is no ballot is kept and told."""
    lines = codes.splitlines() if isinstance(codes, str) else list(codes)
    found = Ballots()
    written = [at for at, line in enumerate(lines, 1) if line.strip()]
    first: dict[tuple, int] = {}
    for at, line in enumerate(lines, 1):
        if not line.strip():
            if written and written[0] < at < written[-1]:
                found.blank.append(at)
            continue
        try:
            ballot = decode(asked, line)
        except AskError as error:
            found.spoilt.append((at, line.strip(), str(error)))
            continue
        key = (ballot.sheet, tuple(ballot.answers.items()))
        if key in first:
            found.doubled.append((at, first[key]))
            continue
        first[key] = at
        if ballot.answers:
            found.ballots.append(ballot)
        else:
            found.empty.append(at)
    return found
