"""Each decision's switch, against counts made by hand on named sentences."""

import pytest

from analysis import DECISIONS, Reading, readings_of
from analysis.evidence import Evidence


def count(session, text):
    return Evidence.parse(text).count(session)


def test_the_edition_s_own_answers_change_nothing(session):
    defaults = Reading(**{name: decision.default for name, decision in DECISIONS.items()})
    assert defaults == Reading() and defaults.of(session) is session


def test_without_the_inference_only_the_labelled_turn_is_kadar_s(session):
    # “a concrete request: preserve the party cadres.” is seven words
    assert count(session, "words speaker=kadar opening=nobody") == 7
    assert count(session, "words speaker=none opening=nobody") == count(session, "words speech=sp1")


def test_only_confirmed_sentences_stay_under_that_answer(session):
    confirmed = set(session.confirmations.sentence)
    rows = Evidence.parse("sentences speaker=kadar opening=confirmed").rows(session)
    assert set(rows.sentence) == confirmed | {"s109"}


def test_low_doubts_are_the_list_of_two_questions(session):
    gone = count(session, "sentences speaker=kadar") - count(
        session, "sentences speaker=kadar doubts=low_aside"
    )
    assert gone == 3  # s38 “2 questions:”, s39, s40


def test_what_a_hyphen_or_an_apostrophe_splits(session):
    # s80 “two-three months” · s39 “the gov't's decision about neutrality,”
    assert (
        count(session, "words sentence=s80 words=hyphens_split")
        == count(session, "words sentence=s80") + 1
    )
    assert (
        count(session, "words sentence=s39 words=apostrophes_split")
        == count(session, "words sentence=s39") + 2
    )


def test_as_written_gov_t_is_no_government(session):
    assert count(session, "terms family=government abbreviations=as_written") == count(
        session, "terms family=government written=full"
    )


def test_words_given_as_somebody_s_own_are_three_passages(session):
    # s10 we'll starve in the process, but the troops must be withdrawn · s13 we will go back to work ·
    # s34 we are creating a Smallholders party, but we can't struggle on the basis of the old program
    gone = count(session, "words speaker=kadar") - count(
        session, "words speaker=kadar reported=direct_aside"
    )
    assert gone == 11 + 6 + 17


def test_every_reading_keeps_every_word_of_the_session_under_one_word_rule(session):
    for reading in readings_of(["speeches"]):
        answers = dict(reading.answers)
        if "words" not in answers and "apparatus" not in answers:
            assert Evidence.of("words", **answers).count(session) == Evidence.of("words").count(
                session
            )


def test_a_value_that_there_is_not_is_an_error_and_no_zero(session):
    for text in (
        "terms family=neutralty",
        "words speaker=kadra",
        "evidence:terms?family=",
        "evidence:terms?familyneutrality",
        "terms family=neutrality family=troops",
    ):
        with pytest.raises(ValueError):
            count(session, text)
    assert (
        count(session, "terms family=neutrality speaker=bata") == 0
    )  # a man there is, who does not speak of it


def test_turns_stay_turns_and_reported_words_go_with_their_sentence(session):
    assert count(session, "speeches doubts=all_aside") == 4
    # of the sentences that a note gives to him s67 and s70 report: the cabinet declared that …, they told Andropov that …
    assert count(session, "reported speaker=kadar opening=confirmed") == 2


def test_a_reading_of_a_reading_is_not_mistaken_for_the_session(session):
    with pytest.raises(ValueError, match="reading already"):
        Evidence.parse("words").count(Reading(opening="nobody").of(session))


def test_the_tables_of_one_reading_agree(session):
    nobody = Reading(opening="nobody").of(session)
    kadar = nobody.people.set_index("person").loc["kadar"]
    assert (
        (kadar.speeches, kadar.words)
        == (1, 7)
        == (len(nobody.speeches.query("speaker == 'kadar'")), 7)
    )


def test_an_answer_that_there_is_not_is_an_error():
    with pytest.raises(ValueError, match="nobody"):
        Reading(opening="somebody")


def test_a_choice_that_cannot_be_made_is_an_error():
    with pytest.raises(ValueError, match="colour"):
        Evidence.parse("terms colour=red")
