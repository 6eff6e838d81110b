"""Exercises: the edition knows the answer, and whoever is wrong is shown the sentences, not it.

The exercises stand in ``data/exercises.toml``; ``exercise(session, "nagy", 3)`` checks an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import EllipsisType
from typing import Any

from analysis.calls import for_readers
from analysis.errors import AskError, listed, unknown
from analysis.evidence import Evidence
from analysis.files import line_of, read_once, read_toml
from analysis.page import Page
from analysis.session import DATA, Session
from analysis.tei import EditionError

#: What an answer is, by the kind of exercise.
HOW = {"number": "a number, as in 12,", "sentences": 'a sentence, as in "s12", or several'}
#: What people write beside their answer.
BESIDE = {"and", "sentence", "sentences", "times"}
Answer = int | str | Sequence[int | str] | EllipsisType


@dataclass(frozen=True)
class Exercise:
    """What to find, what to read after a wrong answer, what is said to a right one."""

    kind: str  # number or sentences
    answer: Evidence
    read: Evidence
    right: str

    def solution(self, session: Session) -> list[str]:
        """The right answer as a reader may give it: one number, or sentences in their order."""
        if self.kind == "number":
            return [str(self.answer.count(session))]
        return list(dict.fromkeys(self.answer.rows(session).sentence))


@read_once
def read_exercises(path: Path = DATA / "exercises.toml") -> dict[str, Exercise]:
    """The exercises by name.

    Raises :class:`analysis.tei.EditionError` where the file or an entry is not as it should be.
    """
    entries = read_toml(path, "a file of exercises")
    return {name: exercise_of(name, entry, path) for name, entry in entries.items()}


def exercise_of(name: str, entry: Any, path: Path) -> Exercise:
    """An entry of the file."""
    parts = ("kind", "answer", "read", "right")
    texts = isinstance(entry, dict) and all(isinstance(entry.get(part), str) for part in parts)
    try:
        if not texts or set(entry) - set(parts) or entry["kind"] not in HOW:
            raise AskError(
                f"an exercise is of the kind {' or '.join(HOW)}, and has {listed(parts)}"
            )
        answer, read = Evidence.parse(entry["answer"]), Evidence.parse(entry["read"])
        return Exercise(entry["kind"], answer, read, entry["right"])
    except AskError as error:
        head = f"[{name}]"
        raise EditionError(f"{head}: {error}", path, line_of(path, head)) from None


@for_readers
def exercise(session: Session, name: str, answer: Answer) -> Page:
    """What is said to an answer: a number, ``"s12"``, or several sentences, ``"s12, s14"``.

    Three dots are no answer yet, and something else than is asked for is none.  Raises
    :class:`analysis.errors.AskError` for an exercise that there is not.
    """
    exercises = read_exercises()
    if name not in exercises:
        raise unknown("exercise", str(name), list(exercises))
    found = exercises[name]
    given, right = given_as(answer, found.kind), found.solution(session)
    rows = session.sentences.set_index("sentence").text
    can_be = str.isdecimal if found.kind == "number" else rows.index.__contains__
    amiss = [one for one in given if not can_be(one)]
    if not given:
        how = f"Put {HOW[found.kind]} in the place of the dots and run again."
        return verdict_page("Not answered yet.", how)
    if amiss:
        how = f"Put {HOW[found.kind]} in its place and run again."
        return verdict_page(f"No {found.kind.removesuffix('s')} is “{amiss[0]}”.", how)
    if sorted(given) == sorted(right):
        return verdict_page(f"Yes: {', '.join(given)}.", found.right)
    lines = dict.fromkeys(found.read.rows(session).sentence)
    listed = "".join(
        f'<li><a href="sentence:{one}">{one}</a> {escape(rows[one])}</li>' for one in lines
    )
    some = ""
    if set(given) < set(right):
        some = "What you give is right, and more is missing. "
    elif set(given) > set(right):
        some = "What is asked for is among these, and something else, too. "
    head = verdict_page(
        f"Not yet: {', '.join(given)}.", f"{some}Read these sentences, and answer again."
    ).text
    return Page(f"{head}<ul>{listed}</ul>", "Not yet")


def given_as(answer: Answer, kind: str) -> list[str]:
    """An answer as words, without what people write beside it: none while it is three dots; 45 is
    the sentence s45."""
    if answer is ...:
        return []
    text = " ".join(map(str, answer)) if isinstance(answer, (list, tuple)) else str(answer)
    words = [word.strip(".") for word in re.findall(r"[\w.]+", text.lower())]
    found = (word for word in words if word and word not in BESIDE)
    whole = (f"s{one}" if kind == "sentences" and one.isdecimal() else one for one in found)
    return list(dict.fromkeys(whole))


def verdict_page(verdict: str, more: str) -> Page:
    """A verdict and what else there is to say."""
    return Page(f"<p><b>{escape(verdict)}</b> {escape(more)}</p>", verdict)
