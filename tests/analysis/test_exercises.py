"""The exercises of *Ask your own question*: their answers come from the edition alone."""

import json
import re

import pytest
from paths import TOP

from analysis.errors import AskError
from analysis.exercises import exercise, read_exercises

#: What a person finds who reads the sentences.
FOUND = {
    "nagy": ["4"],  # s2, s21, s22, s58; the Nagy of s31 is Ferenc
    "fear": ["s45"],  # "movements of Sov. troops, which alarmed the gov't and masses"
    "un": ["s72"],  # "they'll withdraw the question from the UN"
    "we": ["s10", "s13", "s34"],  # the strikers, those at the conference, Kovacs
    "troops": ["s112"],  # "I was a witness"
}


def test_every_exercise_has_the_answer_that_a_reader_finds(session):
    assert {name: e.solution(session) for name, e in read_exercises().items()} == FOUND


@pytest.mark.parametrize(("name", "right"), FOUND.items())
def test_a_right_answer_is_told_so_however_it_is_written(session, name, right):
    for answer in (", ".join(right), " ".join(right).upper(), right, right[::-1]):
        assert exercise(session, name, answer).name.startswith("Yes")
    if name == "nagy":
        assert exercise(session, name, 4).name == "Yes: 4."


@pytest.mark.parametrize(("name", "right"), FOUND.items())
def test_a_wrong_answer_is_shown_more_sentences_than_the_answer_has(session, name, right):
    text = exercise(session, name, "s1").text
    shown = re.findall(r'href="sentence:(\w+)"', text)
    assert text.startswith("<p><b>Not yet: s1.</b>") and len(shown) > len(set(shown) & set(right))
    assert set(shown) >= {one for one in right if one.startswith("s")}
    assert read_exercises()[name].right not in text


def test_dots_are_no_answer_and_an_unknown_exercise_is_an_error(session):
    assert exercise(session, "un", ...).name == "Not answered yet."
    with pytest.raises(AskError, match="no exercise is “nagi”; the nearest: nagy"):
        exercise(session, "nagi", 1)


def test_the_chapter_asks_each_exercise_once_and_answers_none():
    cells = json.loads((TOP / "chapters/ask.ipynb").read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    assert re.findall(r'exercise\(session, "(\w+)", (.*)\)', code) == [(n, "...") for n in FOUND]
