"""Ballots, codes, agreement, and a class's own reading."""

import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import Reading
from analysis.ballots import Question, questions
from analysis.classroom import (
    agreeing,
    agreement,
    alpha,
    annotators,
    code_of,
    in_comparison,
    interval,
    judged,
    majority,
    mulberry32,
    reading_of,
    shares,
    tally,
    verdict_of,
)
from analysis.codes import (
    PRIME,
    REST,
    SIGNS,
    Ballot,
    decode,
    encode,
    length,
    read_ballots,
)
from analysis.errors import AskError
from analysis.figures.speakers import who_speaks_chart

ASKED = [
    Question("a", "speaker", "s1", "", {"x": "X", "y": "Y", "unknown": "?"}, "x"),
    Question("b", "speaker", "s2", "", {"x": "X", "y": "Y", "unknown": "?"}, "y"),
    Question(
        "until", "until", "s1", "", {"s1": "1", "s2": "2", "other": "-", "unknown": "?"}, "s2"
    ),
]


def ballots(asked, number, seed=1):
    draw = random.Random(seed)
    return [
        Ballot(n + 1, {q.id: draw.choice(list(q.answers)) for q in asked if draw.random() < 0.9})
        for n in range(number)
    ]


# What is asked ------------------------------------------------------------------------------------


def test_the_doubtful_sentences_are_asked_and_the_four_mentions_of_order(session):
    # s4 the order of people's democracy · s5 to destroy the order … · s97 If order is restored by
    # force · s116 Order must be restored
    asked = questions(session)
    assert [q.id for q in asked if q.kind == "speaker"] == list(session.doubts.sentence)
    senses = [(q.sentence, q.edition) for q in asked if q.kind == "sense"]
    assert senses == [
        ("s4", "political order"),
        ("s5", "political order"),
        ("s97", "public order"),
        ("s116", "public order"),
    ]
    assert [q.edition for q in asked if q.kind == "until"] == ["s97"]  # the last before Münnich
    # s52 “sent back telegrams”: he was told
    assert {q.sentence: q.edition for q in asked if q.kind == "knows"}["s47"] == "told"


def test_what_a_session_lacks_is_not_asked(second):
    kinds = {q.kind for q in questions(second, {"until": "none", "sense": "none", "knows": ["q"]})}
    assert kinds <= {"speaker"}


# Codes --------------------------------------------------------------------------------------------


def test_a_code_worked_out_by_hand():
    # sheet 2; x is 1 of 3, y is 2 of 3, the third, of 4, is left out: ((2·4 + 1)·4 + 2)·5 + 0 = 190;
    # 190 · 1021 + 7 = 193997 = 5·32³ + 29·32² + 14·32 + 13; 1024 · 80 · 1021 has six signs
    assert length(ASKED) == 6
    assert encode(ASKED, Ballot(2, {"a": "x", "b": "y"})) == "005X-ED"
    assert decode(ASKED, "oo5x ed") == Ballot(2, {"a": "x", "b": "y"})


def test_every_ballot_comes_back_from_its_code(session):
    asked = questions(session)
    for ballot in ballots(asked, 50):
        assert decode(asked, encode(asked, ballot)) == ballot


@given(st.integers(0, 1023), st.integers(0, 5), st.sampled_from(SIGNS), st.data())
def test_one_sign_mistaken_or_two_swapped_is_always_seen(sheet, at, sign, data):
    ballot = Ballot(sheet, {"a": data.draw(st.sampled_from(["x", "y"]))})
    signs = list(encode(ASKED, ballot).replace("-", ""))
    other = [*signs[:at], sign, *signs[at + 1 :]]
    swapped = [*signs[:at], *reversed(signs[at : at + 2]), *signs[at + 2 :]]
    for wrong in (other, swapped):
        if wrong != signs:
            with pytest.raises(AskError, match="wrong, or two are swapped"):
                decode(ASKED, "".join(wrong))


@pytest.mark.parametrize(
    ("code", "says"),
    [("004Q-H", "has 6 signs, not 5"), ("004Q-H!", "“!” is no sign"), ("", "6 signs, not 0")],
)
def test_what_is_no_code_says_why(code, says):
    with pytest.raises(AskError, match=says):
        decode(ASKED, code)


def test_a_code_of_a_sheet_that_there_is_not_is_spoilt():
    number, signs = 1024 * 80 * PRIME + REST, ""
    while number:
        number, sign = divmod(number, 32)
        signs = SIGNS[sign] + signs
    with pytest.raises(AskError):
        decode(ASKED, signs.rjust(6, "0"))


def test_a_class_of_25_with_spoilt_doubled_and_empty_codes_loses_nothing(session):
    asked = questions(session)
    codes = [encode(asked, ballot) for ballot in ballots(asked, 25)]
    spoilt = [codes[3][:-1] + ("0" if codes[3][-1] != "0" else "1"), "hello", codes[4][:-2]]
    lines = [*codes, *spoilt, codes[7], encode(asked, Ballot(99, {})), ""]
    read = read_ballots(asked, lines)
    assert read.ballots == ballots(asked, 25)
    assert [at for at, *_ in read.spoilt] == [26, 27, 28]
    assert read.doubled == [(29, 8)] and read.empty == [30]
    assert repr(read).splitlines() == [
        "30 lines: 25 counted, 3 spoilt, 1 repeated, 1 empty.",
        f"Line 26: “{spoilt[0]}” is spoilt: a sign is wrong, or two are swapped.",
        f"Line 27: “hello” is spoilt: a code has {length(asked)} signs, not 5.",
        f"Line 28: “{spoilt[2]}” is spoilt: a code has {length(asked)} signs, not {length(asked) - 2}.",
        "Line 29 repeats line 8; it is counted once.",
        "Line 30 is a ballot without a judgement.",
    ]
    assert read_ballots(asked, "\n".join([*lines, "  "])) == read
    named = [
        f"[30.11.26, 09:12:44] Anna K.: {codes[0]}",
        f"2. {codes[1].lower()}.",
        f"“{codes[2]}”",
    ]
    named += [f"Ben\t{codes[3].replace('-', ' – ')}", f"my code is {codes[4].replace('-', '')}"]
    assert read_ballots(asked, named).ballots == read.ballots[:5]
    two, ours = f"{codes[0]} {codes[1]}", code_of(asked, {"s1": "kadar"})
    spoilt_too = [why for *_, why in read_ballots(asked, [two, ours, f"Eva: {spoilt[0]}"]).spoilt]
    assert spoilt_too == [
        "two codes stand in it; give each a line of its own",
        "it is the code of a class's reading, not of a ballot",
        "a sign is wrong, or two are swapped",
    ]
    well = read_ballots(asked, ["", codes[0], " ", codes[1]])
    assert str(well) == "3 lines: 2 counted, 1 empty.\nLine 3 is blank."
    assert str(read_ballots(asked, codes)) == "25 lines: all counted."
    assert str(read_ballots(asked, codes[0])) == "1 line: counted."
    assert str(read_ballots(asked, "x")).startswith("1 line: 1 spoilt.\n")
    assert str(read_ballots(asked, "")) == "No line yet."


def test_all_that_is_asked_of_a_page(third):
    """s5 may be Crane's and s7 the clerk's; of the ropes of s5 and s6 only the first is new; who
    told of q2 is open."""
    asked = questions(third, {"until": "sp1", "sense": "rope", "knows": ["o1", "q1", "q2"]})
    speakers = {
        "pole": "Pole", "crane": "Crane", "clerk": "the note-taker", "table": "somebody at the table",
        "unknown": "can’t be known",
    }  # fmt: skip
    ends = {f"s{n}": f"his, to s{n}" for n in range(1, 6)} | {"s6": "his, to the end (s6)"}
    ends |= {"other": "somebody else’s", "unknown": "can’t be known"}
    senses = {"a rope": "a rope", "a new rope": "a new rope", "unknown": "can’t be known"}
    knows = {
        "present": "he was there", "told": "he was told", "concludes": "he concludes it",
        "unknown": "it can’t be known",
    }  # fmt: skip
    s2 = "The crew is afraid of Crane: he will sink the ferry."
    assert asked == [
        Question("s5", "speaker", "s5", "a new rope,", speakers, "pole"),
        Question("s7", "speaker", "s7", "I saw it at noon, for ten minutes.", speakers, "crane"),
        Question("until", "until", "s1", "", ends, "s6"),
        Question("knows-o1", "knows", "s2", s2, knows, "told"),
        Question(
            "knows-q2", "knows", "s3", "Crane answered that the Heron is sound.", knows, "unknown"
        ),
        Question("rope-1", "sense", "s5", "a new rope,", senses, "a new rope"),
        Question("rope-2", "sense", "s6", "a rope for the ferry in Eastbank.", senses, "a rope"),
    ]
    assert [list(q.answers) for q in asked[:1]] == [list(speakers)]
    assert not questions(third, {"until": "sp2", "sense": "ferry"})[2:]  # labelled; of one sense


def test_a_code_carries_a_class_s_reading_and_gives_it_back():
    code = code_of(ASKED, {"a": "x", "b": "unknown"}, "s2")
    assert code == encode(ASKED, Ballot(0, {"a": "x", "b": "unknown", "until": "s2"}))
    assert reading_of(ASKED, code) == ({"a": "x", "b": "unknown"}, "s2")
    nowhere = encode(ASKED, Ballot(0, {"b": "y", "until": "unknown"}))
    assert reading_of(ASKED, nowhere) == ({"b": "y"}, "unknown")
    others = encode(ASKED, Ballot(0, {"b": "y", "until": "other"}))  # whose, no answer says
    assert reading_of(ASKED, others) == ({"b": "y"}, "unknown")
    assert code_of(ASKED, {"b": "y"}) == encode(ASKED, Ballot(0, {"b": "y"}))
    with pytest.raises(AskError, match="a has no answer “z”; it has x, y, unknown"):
        code_of(ASKED, {"a": "z"})


# Agreement ----------------------------------------------------------------------------------------


def units(*coders):
    """How many coders gave each value to each unit, from a string of values for each coder."""
    values = sorted(set("".join(coders)) - {"*"})
    return np.array([[unit.count(v) for v in values] for unit in map("".join, zip(*coders))])


#: Krippendorff (2011), example C: four observers, twelve units, missing data.
KRIPPENDORFF = units("12332141 2***".replace(" ", ""), "123322412 5*3".replace(" ", ""),
                     "*33323422 51*".replace(" ", ""), "123324412 51*".replace(" ", ""))  # fmt: skip


def test_alpha_is_that_of_published_examples():
    assert alpha(KRIPPENDORFF) == pytest.approx(0.743, abs=0.0005)
    # the example that the package's own page and the article on alpha give: three coders
    three = units("*****34121133*3", "1*213343*******", "**21344*21133*4")
    assert alpha(three) == pytest.approx(0.691, abs=0.0005)


def test_agreement_by_hand():
    # two units, three judgements each: x x x and x x y. Pairs: 6 of 6 and 2 of 6 ordered ones.
    # each unit weighs its judgements: (3·1 + 3·1/3) / 6 = 2/3
    counted = np.array([[3, 0], [2, 1]])
    assert agreeing(counted) == pytest.approx(2 / 3)
    # expected: 5 x and 1 y of 6: 1 − (5·4 + 0) / 30 = 1/3 disagree; alpha = 1 − (1/3) / (1/3) = 0
    assert alpha(counted) == pytest.approx(0)
    assert alpha(np.array([[3, 0], [2, 0]])) is None  # one and the same answer


def test_the_interval_holds_the_value_and_is_the_same_each_time():
    low, high = interval(KRIPPENDORFF)
    assert low < alpha(KRIPPENDORFF) < high and interval(KRIPPENDORFF) == (low, high)


def by_hand(units):
    """Alpha for nominal data from its formula: of n judgements in questions that have two or more,
    observed and expected disagreement of pairs."""
    paired = [unit for unit in units if sum(unit) > 1]
    n, totals = sum(map(sum, paired)), [sum(column) for column in zip(*paired)]
    expected = sum(a * (n - a) for a in totals) / (n - 1) if n > 1 else 0
    observed = sum(sum(a * (sum(unit) - a) for a in unit) / (sum(unit) - 1) for unit in paired)
    return 1 - observed / expected if expected else None


def test_the_interval_is_that_of_a_thousand_samples_drawn_one_by_one():
    rows, draw = KRIPPENDORFF.tolist(), mulberry32(1956)
    assert by_hand(rows) == pytest.approx(alpha(KRIPPENDORFF))
    found = []
    for _ in range(1000):
        found.append(by_hand([rows[int(next(draw) * len(rows))] for _ in rows]))
    found = sorted(one for one in found if one is not None)
    ends = []
    for share in (0.025, 0.975):  # between two of them, in proportion
        place = share * (len(found) - 1)
        below, above = found[int(place)], found[int(place) + 1]
        ends.append(below + (above - below) * (place - int(place)))
    assert interval(KRIPPENDORFF) == pytest.approx(tuple(ends))
    assert interval(np.array([[3, 0], [2, 0]])) == (None, None)  # all agree on one answer


def test_the_numbers_drawn_are_those_of_the_page():
    draw = mulberry32(1956)
    # by the generator as it is published for JavaScript
    assert [next(draw) for _ in range(4)] == [
        0.2817292360123247, 0.22757261921651661, 0.08854201156646013, 0.19420787901617587,
    ]  # fmt: skip
    numbers = [next(draw) for _ in range(1000)]
    assert 0.45 < np.mean(numbers) < 0.55 and min(numbers) >= 0 and max(numbers) < 1


def test_with_few_judgements_no_coefficient_is_given(session):
    asked = questions(session)
    few = agreement(asked, tally(asked, ballots(asked, 2)))
    assert {a.kind for a in few} == {"speaker", "sense", "knows"}
    assert all(a.alpha is None and a.agree is None for a in few)
    many = agreement(asked, tally(asked, ballots(asked, 25)))
    assert all(a.alpha is not None and a.low <= a.alpha <= a.high for a in many)


def test_the_edition_s_annotators_judged_the_same_and_disagreed_too(session):
    """Of six, one gives s78 “About the future.” to the note-taker; of three, one finds that it can't
    be known how the speaker has the speech in Pecs (s34). All give s1 “An assessment.” to the
    note-taker, where the edition keeps it in the speech and marks it as doubted.

    Pairs that agree in whose the 17 sentences are: all but those of s78, where 5·4 of 6·5 ordered
    pairs do: (16 + 2/3) / 17.
    """
    asked = questions(session)
    counted = annotators(asked)
    assert counted["s78"] == {"kadar": 5, "malin": 1} and counted["s1"] == {"malin": 6}
    assert counted["knows-q4"] == {"told": 2, "unknown": 1} and counted["until"] == {"s97": 6}
    assert all(counted[q.id].total() in (3, 6) for q in asked)
    speaker, *others = agreement(asked, counted)
    assert speaker.agree == pytest.approx((16 + 2 / 3) / 17)
    assert {a.kind for a in others if a.alpha is None} == {"sense", "knows"}  # fewer than fifty


def test_an_annotator_s_answer_that_there_is_not_is_told():
    assert annotators(ASKED, {"a": ["x", "x"], "z": ["x"]})["a"] == {"x": 2}
    assert annotators(ASKED, {})["b"] == {}
    with pytest.raises(AskError, match="b has no answer “z”; it has x, y, unknown"):
        annotators(ASKED, {"b": ["x", "z"]})


# The class's reading ------------------------------------------------------------------------------


def test_a_majority_is_more_than_half():
    assert majority(Counter(x=2, y=1)) == "x"
    assert majority(Counter(x=2, y=2)) is None and majority(Counter()) is None


def test_what_a_class_finds(session):
    given_ = [Ballot(n, {"a": "x", "b": who, "until": end}) for n, (who, end) in enumerate(
        [("y", "s1"), ("y", "s2"), ("x", "s2"), ("unknown", "unknown")])]  # fmt: skip
    counted = tally(ASKED, given_)
    speakers, until = verdict_of(ASKED, counted)
    assert speakers == {"a": "x", "b": "unknown"}
    assert until == "s2"  # of s1, s2, s2 the middle one
    half = [Ballot(n, {"until": end}) for n, end in enumerate(["s1", "unknown"], 1)]
    assert verdict_of(ASKED, tally(ASKED, half)) == ({}, "unknown")  # not more than half
    ends = ["s1", "s1", "other", "unknown"]  # these two together keep it from being his
    third = [Ballot(n, {"until": end}) for n, end in enumerate(ends)]
    assert verdict_of(ASKED, tally(ASKED, third)) == ({}, "unknown")
    assert verdict_of(ASKED, tally(ASKED, third[:3])) == ({}, "s1")
    assert verdict_of(ASKED, tally(ASKED, [Ballot(1, {"a": "x"})])) == ({"a": "x"}, None)
    table = shares(ASKED, counted)
    assert list(table) == ["question", "kind", "sentence", "answer", "count", "share", "edition"]
    assert table.loc[table.question == "b", "share"].tolist() == [0.25, 0.5, 0.25]


def test_sentences_given_to_others_count_for_them(session):
    # s38 “2 questions:” has two words; s99 “…” is Münnich's, and given to nobody
    words = session.words.groupby("sentence").size()
    other = judged(session, {"s38": "munnich", "s99": "unknown"})
    table = in_comparison(session, ("class", other)).set_index("speaker")
    assert words["s38"] == 2
    assert table.loc["kadar"].tolist() == [1106, 1104]
    assert table.loc["munnich"].tolist() == [98, 98 + 2 - words["s99"]]
    assert table.loc["none"].tolist() == [0, words["s99"]]


def test_an_end_of_the_opening_leaves_what_follows_to_nobody(session):
    # with s97 the opening ends anyway; with s84 the words of s85 to s97 are nobody's
    after = session.words[session.words.sentence.isin([f"s{n}" for n in range(85, 98)])]
    table = in_comparison(session, ("class", judged(session, until="s84"))).set_index("speaker")
    assert table.loc["none", "class"] == len(after)
    whole = in_comparison(session, ("class", judged(session, until="s97"))).set_index("speaker")
    assert whole["the edition"].equals(whole["class"])
    # Kádár keeps the seven words of s109, which have his label
    none = in_comparison(session, ("class", judged(session, until="unknown"))).set_index("speaker")
    assert none["class"].to_dict() == {"kadar": 7, "munnich": 98, "bata": 88, "none": 1099}


def test_the_class_goes_into_the_chart_of_who_speaks_which_then_has_no_links(session):
    other = judged(session, until="s84")
    chart = who_speaks_chart(other)
    words = in_comparison(session, ("class", other)).set_index("speaker")["class"]
    assert f"Kádár {words['kadar']:,}" in chart.alt
    assert "evidence" not in chart.table.frame and "evidence:" not in chart.svg()
    assert "evidence:" in who_speaks_chart(session).svg()
    assert who_speaks_chart(other, reading=Reading(opening="nobody")).table.frame is not None


@pytest.mark.parametrize(
    ("speakers", "until", "says"),
    [({"s999": "kadar"}, None, "s999"), ({"s38": "kadr"}, None, "kadar"), ({}, "n1.1", "n1.1")],
)
def test_a_sentence_or_a_speaker_that_there_is_not_is_told(session, speakers, until, says):
    with pytest.raises(AskError, match=says):
        judged(session, speakers, until)
