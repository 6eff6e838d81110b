"""Exercises: the edition knows the answer, and whoever is wrong is shown the sentences, not it.

The exercises stand in ``data/exercises.toml``; ``exercise(session, "nagy", 3)`` checks an answer.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from types import EllipsisType

from analysis.errors import unknown
from analysis.evidence import Evidence
from analysis.page import Page
from analysis.session import DATA, Session

Answer = int | str | list[str] | EllipsisType


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


@cache
def read_exercises(path: Path = DATA / "exercises.toml") -> dict[str, Exercise]:
    """The exercises by name."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: Exercise(
            e["kind"], Evidence.parse(e["answer"]), Evidence.parse(e["read"]), e["right"]
        )
        for name, e in entries.items()
    }


def exercise(session: Session, name: str, answer: Answer) -> Page:
    """What is said to an answer: a number, ``"s12"``, or several sentences, ``"s12, s14"``.

    Three dots are no answer yet.  Raises :class:`analysis.errors.AskError` for an exercise that
    there is not.
    """
    exercises = read_exercises()
    if name not in exercises:
        raise unknown("exercise", name, list(exercises))
    found = exercises[name]
    given, right = given_as(answer), found.solution(session)
    if not given:
        how = "a number" if found.kind == "number" else 'a sentence, as in "s12", or several'
        return verdict_page(
            "Not answered yet.", f"Put {how} in the place of the dots and run again."
        )
    if sorted(given) == sorted(right):
        return verdict_page(f"Yes: {', '.join(given)}.", found.right)
    rows = session.sentences.set_index("sentence").text
    lines = dict.fromkeys(found.read.rows(session).sentence)
    told = "".join(
        f'<li><a href="sentence:{one}">{one}</a> {escape(rows[one])}</li>' for one in lines
    )
    head = verdict_page(
        f"Not yet: {', '.join(given)}.", "Read these sentences, and answer again."
    ).text
    return Page(f"{head}<ul>{told}</ul>", "Not yet")


def given_as(answer: Answer) -> list[str]:
    """An answer as words: none while it is three dots."""
    if answer is ...:
        return []
    text = " ".join(answer) if isinstance(answer, list) else str(answer)
    return list(dict.fromkeys(re.findall(r"[\w.]+", text.lower())))


def verdict_page(verdict: str, more: str) -> Page:
    """A verdict and what else there is to say."""
    return Page(f"<p><b>{escape(verdict)}</b> {escape(more)}</p>", verdict)
