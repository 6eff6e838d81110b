"""The exercises of *Ask your own question*: their answers come from the edition alone."""

import json
import re

import pytest
from paths import TOP

from analysis.errors import AskError
from analysis.exercises import exercise, read_exercises
from analysis.tei import EditionError

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
    numbers = [int(one.removeprefix("s")) for one in right]
    for answer in (", ".join(right), " ".join(right).upper(), right, right[::-1], numbers):
        assert exercise(session, name, answer).name.startswith("Yes")
    if name == "nagy":
        assert exercise(session, name, 4).name == "Yes: 4."


@pytest.mark.parametrize(("name", "right"), FOUND.items())
def test_a_wrong_answer_is_shown_more_sentences_than_the_answer_has(session, name, right):
    wrong = "1" if name == "nagy" else "s1"
    text = exercise(session, name, wrong).text
    shown = re.findall(r'href="sentence:(\w+)"', text)
    assert text.startswith(f"<p><b>Not yet: {wrong}.</b>") and len(shown) > len(
        set(shown) & set(right)
    )
    assert set(shown) >= {one for one in right if one.startswith("s")}
    assert read_exercises()[name].right not in text


def test_a_part_of_the_answer_is_told_that_more_is_missing_and_with_a_wrong_one_is_not(session):
    assert "Not yet: s10, s13.</b> What you give is right, and more is missing. Read" in (
        exercise(session, "we", "s10, s13").text
    )
    for wrong in ("s10, s12", "s1", "s10, s13, s34, s35"):
        assert "missing" not in exercise(session, "we", wrong).text


def test_the_answer_with_more_beside_it_is_told_that_it_is_among_what_is_given(session):
    """s45 is the answer; s55 tells that the government is nervous, and of no cause."""
    assert (
        "Not yet: s45, s55.</b> What is asked for is among these, and something else, too. Read"
        in (exercise(session, "fear", "s45, s55").text)
    )
    assert "among" not in exercise(session, "fear", "s31, s55").text


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("nagy", "4 times"),
        ("nagy", "4."),
        ("fear", "Sentence 45"),
        ("fear", "S45."),
        ("we", "s10, s13 and s34"),
        ("we", "sentences 10, 13, 34."),
    ],
)
def test_an_answer_as_one_writes_it_in_words_is_understood(session, name, answer):
    assert exercise(session, name, answer).name.startswith("Yes: ")


def test_sentences_given_one_by_one_are_told_how_to_be_given_together(session):
    with pytest.raises(AskError, match=r'in one pair of quotation marks: "s10, s13"$'):
        exercise(session, "we", "s10", "s13")


RIGHT = {"kind": "number", "answer": "words", "read": "sentences", "right": "Yes."}


@pytest.mark.parametrize(
    "entry, says",
    [
        (RIGHT | {"kind": "words"}, "of the kind number or sentences, and has kind, answer, read, right"),
        (RIGHT | {"more": "words"}, "of the kind number or sentences"),
        (RIGHT | {"right": 3}, "of the kind number or sentences"),
        (dict(list(RIGHT.items())[:3]), "of the kind number or sentences"),
        (RIGHT | {"read": "sentence"}, "no table of evidence is “sentence”"),
        (RIGHT | {"answer": "words norm"}, "after the table come conditions"),
    ],
)  # fmt: skip
def test_an_exercise_that_is_none_is_named_with_its_line(tmp_path, entry, says):
    path = tmp_path / "exercises.toml"
    lines = (f"{name} = {json.dumps(value)}" for name, value in entry.items())
    path.write_text("\n".join(["# One.", "[one]", *lines]), encoding="utf-8")
    with pytest.raises(EditionError) as error:
        read_exercises(path)
    assert str(error.value).startswith(f"{path}:2: [one]: ") and says in str(error.value)


def test_what_cannot_be_an_answer_is_told_with_what_can_be(session):
    assert exercise(session, "nagy", "four").text == (
        "<p><b>No number is “four”.</b> Put a number, as in 12, in its place and run again.</p>"
    )
    for answer, amiss in (("s999", "s999"), ("s45 or s46", "or"), (999, "s999")):
        text = exercise(session, "fear", answer).text
        assert text.startswith(f"<p><b>No sentence is “{amiss}”.</b> Put a sentence, as in")
        assert "sentence:" not in text  # nothing is given away


def test_a_comma_too_few_is_told_with_how_to_call(session):
    with pytest.raises(AskError, match=r"needs answer: exercise\(session, name, answer\)"):
        exercise(session, "fears45")


def test_dots_are_no_answer_and_an_unknown_exercise_is_an_error(session):
    assert exercise(session, "un", ...).name == "Not answered yet."
    with pytest.raises(AskError, match="no exercise is “nagi”; the nearest: nagy"):
        exercise(session, "nagi", 1)


def test_the_chapter_asks_each_exercise_once_and_answers_none():
    cells = json.loads((TOP / "chapters/ask.ipynb").read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    assert re.findall(r'exercise\(session, "(\w+)", (.*)\)', code) == [(n, "...") for n in FOUND]


def test_what_is_said_to_an_answer_word_for_word(session):
    """s71 “… decided to issue an appeal to the UN.” s72 “… they'll withdraw the question …”"""
    here = "in the place of the dots and run again.</p>"
    wait = "<p><b>Not answered yet.</b> Put"
    assert exercise(session, "nagy", ...).text == f"{wait} a number, as in 12, {here}"
    assert exercise(session, "un", ...).text == (
        f"{wait} a sentence, as in &quot;s12&quot;, or several {here}"
    )
    assert exercise(session, "un", "S72").text == (
        "<p><b>Yes: s72.</b> What was asked for could be taken back: so, at least, the speaker tells "
        "his hosts.</p>"
    )
    wrong = exercise(session, "un", ["s1", "s2"])
    assert wrong.name == "Not yet" and wrong.text == (
        "<p><b>Not yet: s1, s2.</b> Read these sentences, and answer again.</p><ul>"
        '<li><a href="sentence:s71">s71</a> When Andropov left, they took their step about '
        "neutrality and decided to issue an appeal to the UN.</li>"
        '<li><a href="sentence:s72">s72</a> If these are just maneuvers, they&#x27;ll withdraw the '
        "question from the UN.</li></ul>"
    )
