"""Results and claims under every reading, against what one can work out by hand."""

import math

import pytest
from conftest import TOP

from analysis import DECISIONS, EditionError, Reading, readings_of
from analysis.claims import FORMS, ranges, read_claims, under_every_reading, verdict, what_moves_it
from analysis.evidence import Evidence
from analysis.readings import Answer, decide, touching


@pytest.fixture(scope="module")
def book():
    return read_claims(TOP / "data/claims.toml")


def test_the_readings_of_a_share_of_words_are_the_product_of_five_decisions(session, book):
    results, _ = book
    # what a word is, whether the apparatus counts, reported words, doubts, the opening
    assert [d.name for d in touching(results["kadar-words"].reads)] == [
        "words",
        "apparatus",
        "reported",
        "doubts",
        "opening",
    ]
    assert len(under_every_reading(session, results["kadar-words"])) == 4 * 2 * 3 * 3 * 3


def test_the_number_of_readings_is_always_the_product(session, book):
    for thing in (*book[0].values(), *book[1].values()):
        readings = readings_of(thing.reads)
        assert (
            len(readings)
            == len(set(readings))
            == math.prod(len(d.answers) for d in touching(thing.reads))
        )


def test_the_first_row_is_the_edition_s_own_and_single_switches_stand_in_the_table(session, book):
    for result in book[0].values():
        table = under_every_reading(session, result)
        assert table.value[0] == result.value(session)
        for move in what_moves_it(session, result).itertuples():
            others = [d.name for d in touching(result.reads) if d.name != move.decision]
            alone = table[
                (table[move.decision] == move.answer)
                & (table[others] == [DECISIONS[o].default for o in others]).all(axis=1)
            ]
            assert list(alone.value) == [move.value]
            assert Evidence.parse(move.evidence).count(session) == move.count


def test_kadar_speaks_most_just_where_the_opening_is_his(session, book):
    found = verdict(session, book[1]["kadar-most"])
    assert all(dict(r.answers).get("opening", "inferred") == "inferred" for r in found.holds)
    assert all(dict(r.answers).get("opening", "inferred") != "inferred" for r in found.fails)


def test_neutrality_loses_its_one_speaker_when_doubts_are_set_aside(session, book):
    # s39 “the gov't's decision about neutrality,” is an item of the list, doubted with low certainty
    assert Reading(doubts="low aside") in verdict(session, book[1]["neutrality-kadar"]).fails


def test_without_expansions_the_counterrevolution_is_rarer_than_neutrality(session, book):
    # written out: s6, s7, s9 twice, s86; neutrality: s12, s39, s41, s63, s71, s73
    as_written = Reading(abbreviations="as written").of(session)
    assert (
        book[0]["counterrevolution"].value(as_written) == 5
        and book[0]["neutrality"].value(as_written) == 6
    )
    assert (
        Reading(abbreviations="as written")
        in verdict(session, book[1]["counterrevolution-neutrality"]).fails
    )


def test_a_range_holds_every_reading_s_count(session):
    rows = Evidence.parse("words")
    spans, readings = ranges(session, rows, "speaker")
    assert readings == len(readings_of({"words", "words.speech", "speeches.speaker"}))
    for reading in readings_of({"words", "words.speech", "speeches.speaker"})[::7]:
        for speaker, (low, high) in spans.items():
            assert (
                low
                <= Evidence.of("words", speaker=speaker, **dict(reading.answers)).count(session)
                <= high
            )


def test_a_decision_that_does_not_touch_a_choice_of_rows_changes_nothing_in_it(session):
    choices = [
        Evidence.parse(text)
        for text in (
            "words",
            "words speaker=kadar",
            "words standing=doubted",
            "sentences speaker=bata",
            "terms family=order",
            "terms speaker=kadar",
            "terms written=full",
            "mentions kind=place",
            "mentions kind=person speaker=kadar",
            "speeches",
            "speeches speaker=kadar",
        )
    ]
    checked = 0
    for rows in choices:
        for decision in DECISIONS.values():
            if not decision.touches(rows.reads):
                for answer in decision.answers:
                    assert Evidence(
                        rows.table, rows.where, Reading(**{decision.name: answer})
                    ).count(session) == rows.count(session)
                    checked += 1
    assert checked > 50


def test_a_decision_is_added_by_one_definition(session, monkeypatch):
    monkeypatch.setattr("analysis.readings.DECISIONS", DECISIONS)
    monkeypatch.setitem(DECISIONS, "questions", None)  # taken out again at the end
    decide(
        "questions",
        "Do questions count?",
        kept=Answer("they do"),
        left_out=Answer(
            "they do not",
            {"sentences": lambda frame, old, new: frame[~frame.text.str.endswith("?")]},
        ),
    )
    # s41, s49, s91, s94 and s99 end in a question mark
    assert (
        Evidence.parse("sentences questions=left_out").count(session)
        == Evidence.parse("sentences").count(session) - 5
    )
    assert {dict(r.answers).get("questions", "kept") for r in readings_of({"sentences"})} == {
        "kept",
        "left out",
    }
    assert readings_of({"words"}) == [
        r for r in readings_of({"words"}) if "questions" not in dict(r.answers)
    ]


def test_a_claim_that_does_not_hold_in_the_edition_is_an_error(session, tmp_path):
    file = tmp_path / "claims.toml"
    file.write_text(
        '[claims.bata]\nsays = "Bata speaks most."\nmost = "words"\nby = "speaker"\nis = "bata"\n',
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="Bata speaks most"):
        verdict(session, read_claims(file)[1]["bata"])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[claims.x]\nsays = "x"\n', "one of: most"),
        ('[claims.x]\nsays = "x"\nmost = "words"\n', "by and is"),
        ('[results.x]\nsays = "x"\npart = "wurds"\n', "wurds"),
        ('[results.x]\nsays = "x"\npart = "words opening=nobody"\n', "reading"),
        ("[claim.x]\n", "neither"),
        ("[results.x\n", "not a file of claims"),
    ],
)
def test_a_bad_file_of_claims_is_told_with_its_place(tmp_path, text, says):
    file = tmp_path / "claims.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(EditionError, match=says) as error:
        read_claims(file)
    assert "claims.toml" in str(error.value)


def test_every_form_of_a_claim_is_used_in_the_book(book):
    text = (TOP / "data/claims.toml").read_text(encoding="utf-8")
    assert all(f"\n{form} = " in text for form in FORMS)
