"""The short codes in which a phone writes what a student has judged, and a class's lines of them.

What is asked is in :mod:`analysis.ballots`, what comes of a class's ballots in
:mod:`analysis.classroom`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from analysis.ballots import Question, no_answer
from analysis.errors import AskError

#: A code's signs, by Crockford's base 32: no letter can be taken for a digit.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TAKEN_FOR = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
#: A right code is of the form n · 1021 + 7.  The modulus is a prime above 32: whoever mistakes one
#: sign, or swaps two neighbours, never comes to another right code.
PRIME, REST = 1021, 7
SHEETS = 1024  # numbers that phones draw, from 1, so that two equal ballots count as two


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


def encode(asked: list[Question], ballot: Ballot) -> str:
    """A ballot as a code: each answer's place (0 for none) in mixed radix, with its check.

    Raises :class:`analysis.errors.AskError` for an answer that a question does not have.
    """
    number = ballot.sheet % SHEETS
    for question in asked:
        keys = ["", *question.answers]
        answer = ballot.answers.get(question.id, "")
        if answer not in keys:
            raise no_answer(question, answer)
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


def found_in(asked: list[Question], line: str) -> Ballot:
    """The ballot whose code stands in a line, whatever stands around it: a name, a number, the
    time of a message.  Raises :class:`analysis.errors.AskError` where there is none or more."""
    parts, right, why = re.findall(r"[^\W_]+", line), [], ""
    for first in range(len(parts)):
        for last in range(first + 1, len(parts) + 1):
            if len("".join(parts[first:last])) == length(asked):
                try:
                    right.append(decode(asked, "".join(parts[first:last])))
                except AskError as error:
                    why = str(error)
    if len(right) > 1:
        raise AskError("two codes stand in it; give each a line of its own")
    if right and not right[0].sheet:
        raise AskError("it is the code of a class's reading, not of a ballot")
    if right:
        return right[0]
    if why:
        raise AskError(why)
    return decode(asked, line)


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
            ballot = found_in(asked, line)
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
