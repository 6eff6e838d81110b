"""Each decision's options, against counts made by hand on named sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import DECISIONS, AskError, Reading, readings_of
from analysis.decisions import decide
from analysis.evidence import Evidence
from analysis.options import Option
from analysis.readings import choices, combined


def count(session, text):
    return Evidence.parse(text).count(session)


@st.composite
def readings(draw):
    names = draw(st.permutations(list(DECISIONS)))
    options = {name: draw(st.sampled_from(list(DECISIONS[name].options))) for name in names}
    return {name: options[name] for name in names[: draw(st.integers(0, len(names)))]}


# -- a reading -------------------------------------------------------------------------------------


def test_the_edition_s_own_options_change_nothing(session):
    defaults = Reading(**{name: decision.default for name, decision in DECISIONS.items()})
    assert defaults == Reading() and defaults.of(session) is session
    assert str(defaults) == "the edition's own reading" and defaults.short == ""


@given(readings())
def test_the_order_in_which_options_are_named_makes_no_difference(options):
    reading = Reading(**options)
    assert reading == Reading(**dict(reversed(options.items())))
    assert [name for name, _ in reading.options] == [
        n for n in DECISIONS if options.get(n, DECISIONS[n].default) != DECISIONS[n].default
    ]


@given(readings())
def test_the_short_form_is_read_as_it_was_written(options):
    reading = Reading(**options)
    assert Reading.parse(reading.short) == reading


def test_an_underscore_does_for_a_blank():
    assert Reading(doubts="all_aside") == Reading(doubts="all aside")
    assert str(Reading(doubts="all_aside", opening="nobody")) == (
        "doubts: all aside; opening: nobody"
    )


def test_an_option_or_decision_that_there_is_not_is_told_with_the_nearest():
    with pytest.raises(AskError, match="no option of “opening” is “nobdy”; the nearest: nobody."):
        Reading(opening="nobdy")
    with pytest.raises(AskError, match="no decision is “openings”; the nearest: opening."):
        Reading(openings="nobody")


@pytest.mark.parametrize("text", ["opening", "opening=nobody opening=inferred", "nobody ="])
def test_what_is_no_reading_is_told_so(text):
    with pytest.raises(AskError, match="reading|decision"):
        Reading.parse(text)


def test_a_reading_is_made_once(session):
    assert Reading(opening="nobody").of(session) is Reading(opening="nobody").of(session)


def test_every_decision_says_what_it_asks_and_what_a_claim_rests_on():
    for name, decision in DECISIONS.items():
        assert decision.name == name and decision.question.endswith("?")
        assert decision.about and decision.about[0].islower() and decision.about[-1].isalpha()
        assert decision.default == next(iter(decision.options))
        assert not decision.options[decision.default].changes
        assert all(option.says for option in decision.options.values())


# -- each option, by hand --------------------------------------------------------------------------


def test_without_the_inference_only_the_labelled_speech_is_kadar_s(session):
    # “a concrete request: preserve the party cadres.” is seven words
    assert count(session, "words speaker=kadar under opening=nobody") == 7
    nobody = count(session, "words speaker=none under opening=nobody")
    assert nobody == count(session, "words speech=sp1") == 1099


def test_only_confirmed_sentences_stay_under_that_option(session):
    confirmed = set(session.confirmations.sentence)
    rows = Evidence.parse("sentences speaker=kadar under opening=confirmed").rows(session)
    assert set(rows.sentence) == confirmed | {"s109"}


def test_low_doubts_are_the_list_of_two_questions(session):
    gone = count(session, "sentences speaker=kadar") - count(
        session, "sentences speaker=kadar under doubts=low_aside"
    )
    assert gone == 3  # s38 “2 questions:”, s39, s40


def test_all_doubts_are_every_sentence_of_that_table(session):
    low = {"s38", "s39", "s40"}
    aside = set(session.sentences.sentence[session.sentences.layer == "session"]) - set(
        Evidence.parse("sentences speaker=kadar|munnich|bata under doubts=all_aside")
        .rows(session)
        .sentence
    )
    assert aside == set(session.doubts.sentence) > low


def test_what_a_hyphen_or_an_apostrophe_splits(session):
    # s80 “two-three months” · s39 “the gov't's decision about neutrality,”
    assert (
        count(session, "words sentence=s80 under words=hyphens_split")
        == count(session, "words sentence=s80") + 1
    )
    assert (
        count(session, "words sentence=s39 under words=apostrophes_split")
        == count(session, "words sentence=s39") + 2
    )


def test_white_space_keeps_together_what_a_dash_parts(session):
    # s7 “… inside these groups—armed groups of a counterrevolutionary nature have emerged.”
    parted, kept = (
        Evidence.parse(f"words sentence=s7{under}").rows(session).form
        for under in ("", " under words=white_space")
    )
    assert "groups—armed" in set(kept) and len(kept) == len(parted) - 1


def test_the_apparatus_adds_labels_numbers_and_the_heading(session):
    # labels: Munnich · Cde. Kadar · Cde. Bata; list numbers: 1) and 2)
    more = count(session, "words under apparatus=counted") - count(session, "words")
    assert more == 1 + 2 + 2 + 2 + count(session, "words layer=heading")
    assert count(session, "words layer=heading under apparatus=counted") == 0


def test_as_written_gov_t_is_no_government(session):
    assert count(session, "terms family=government under abbreviations=as_written") == count(
        session, "terms family=government written=full"
    )


@pytest.mark.parametrize("words", ["apostrophes split", "hyphens split", "white space"])
def test_a_sense_is_that_of_a_word_as_the_rule_cuts_it(session, words):
    """“groups,” of a8 ends behind its comma where white space alone parts words."""
    read = Reading(words=words).of(session)
    found = set(zip(read.terms.family, read.terms.start, read.terms.end))
    assert (
        len(read.senses)
        and set(zip(read.senses.family, read.senses.start, read.senses.end)) <= found
    )


def test_senses_apart_leave_a_family_its_main_sense(session):
    # s4 and s5 “the order of people's democracy”; s101 and s115 “order restored”
    assert count(session, "terms family=order") == 4
    apart = Evidence.parse("terms family=order under senses=apart").rows(session)
    other = Evidence.of(
        "terms", family="order (political order)", reading=Reading(senses="apart")
    ).rows(session)
    assert set(apart.sentence) | set(other.sentence) == set(
        Evidence.parse("terms family=order").rows(session).sentence
    )
    assert list(other.sentence) == ["s4", "s5"]


def test_the_kinds_of_place_are_kept_step_by_step(session):
    kept = {"named": ["toponym"]}
    kept["with_adjectives"] = [*kept["named"], "adjective", "demonym"]
    kept["with_institutions"] = [*kept["with_adjectives"], "institution"]
    for option, types in kept.items():
        assert count(session, f"mentions kind=place under places={option}") == sum(
            count(session, f"mentions kind=place type={t}") for t in types
        )
        # people and bodies stay
        assert count(session, f"mentions kind=person under places={option}") == count(
            session, "mentions kind=person"
        )


def test_words_given_as_somebody_s_own_are_three_passages(session):
    # s10 we'll starve in the process, but the troops must be withdrawn · s13 we will go back to
    # work ·
    # s34 we are creating a Smallholders party, but we can't struggle on the basis of the old
    # program
    gone = count(session, "words speaker=kadar") - count(
        session, "words speaker=kadar under reported=direct_aside"
    )
    assert gone == 11 + 6 + 17


@pytest.mark.parametrize(
    ("option", "tables"),
    [
        ("clauses_aside", ["reported"]),
        ("all_aside", ["reported", "demands"]),
        ("with_framing", ["reported", "demands", "framing"]),
    ],
)
def test_what_is_set_aside_are_the_words_inside_the_passages(session, option, tables):
    spans = [(r.start, r.end) for name in tables for r in session.table(name).itertuples()]
    words = session.words
    inside = sum(
        any(a <= start and end <= b for a, b in spans) for start, end in zip(words.start, words.end)
    )
    kept = Evidence.parse(f"words speaker=kadar|munnich|bata under reported={option}")
    assert inside and kept.count(session) == count(session, "words") - inside


def test_set_aside_words_stay_in_the_session_and_are_nobody_s(session):
    everything = count(session, "words")
    for reading in readings_of(session, Evidence.parse("words speaker=kadar").reads):
        options = dict(reading.options)
        if "words" not in options and "apparatus" not in options:
            assert Evidence.of("words", reading=reading).count(session) == everything


def test_speeches_stay_speeches_and_reported_words_go_with_their_sentence(session):
    assert count(session, "speeches under doubts=all_aside") == 4
    # of the sentences that a note gives to him s67 and s70 report: the cabinet declared that …,
    # they told Andropov that …
    assert count(session, "reported speaker=kadar under opening=confirmed") == 2


def test_the_tables_of_one_reading_agree(session):
    nobody = Reading(opening="nobody").of(session)
    kadar = nobody.people.set_index("person").loc["kadar"]
    own = nobody.speeches.query("speaker == 'kadar'")
    assert (kadar.speeches, kadar.words) == (1, 7) == (len(own), own.words.sum())


def test_a_reading_of_a_reading_is_not_mistaken_for_the_session(session):
    with pytest.raises(AskError, match="reading already"):
        Evidence.parse("words").count(Reading(opening="nobody").of(session))


# -- which readings there are ----------------------------------------------------------------------


def test_an_option_that_changes_nothing_in_a_session_is_left_out(session, second):
    reads = Evidence.parse("words speaker=kadar").reads
    assert choices(session, reads) == {
        "words": ("edition", "apostrophes split", "hyphens split", "white space"),
        "apparatus": ("left out", "counted"),
        "reported": ("kept", "direct aside", "clauses aside", "all aside", "with framing"),
        "doubts": ("kept", "low aside", "all aside"),
        "opening": ("inferred", "confirmed", "nobody"),
    }
    # the second edition has no apostrophe or hyphen in a word, one doubt, of medium certainty, one
    # reported passage, given as somebody's own words, and no sentence that a note confirms
    assert choices(second, reads) == {
        "apparatus": ("left out", "counted"),
        "reported": ("kept", "direct aside"),
        "doubts": ("kept", "all aside"),
        "opening": ("inferred", "confirmed", "nobody"),
    }


def test_a_session_with_nothing_to_decide_has_one_reading(copy):
    from analysis import read_session

    text = copy.path.read_text(encoding="utf-8")
    _head, stand, rest = text.partition("<certainty")
    assert stand and rest
    lines = [line for line in text.splitlines() if "<certainty" not in line]
    copy.path.write_text("\n".join(lines), encoding="utf-8")
    session = read_session(copy.path)
    asked = choices(session, Evidence.parse("sentences speaker=kadar").reads)
    assert "doubts" not in asked and "opening" not in asked


def test_every_combination_is_there_once_the_edition_s_own_first():
    found = combined({"doubts": ("kept", "low aside"), "opening": ("inferred", "nobody")})
    assert found == [
        Reading(),
        Reading(opening="nobody"),
        Reading(doubts="low aside"),
        Reading(doubts="low aside", opening="nobody"),
    ]
    assert combined({}) == [Reading()]


def test_a_decision_is_added_by_one_definition(session, monkeypatch):
    monkeypatch.setitem(DECISIONS, "questions", None)  # taken out again at the end
    decide(
        "questions",
        "Do questions count?",
        "whether questions count",
        kept=Option("they do"),
        left_out=Option(
            "they do not",
            {"sentences": lambda frame, old, new: frame[~frame.text.str.endswith("?")]},
        ),
    )
    # s41, s49, s91, s94 and s99 end in a question mark
    assert count(session, "sentences under questions=left_out") == count(session, "sentences") - 5
    assert choices(session, {"sentences"})["questions"] == ("kept", "left out")
    assert "questions" not in choices(session, {"words"})


def test_a_voice_stands_where_its_passage_stands(session):
    # a voice has no place of its own; all of Kádár's are voices of what others said or demanded
    assert count(session, "voices speaker=kadar") > 0
    assert count(session, "voices speaker=kadar under reported=all_aside") == 0
    direct = session.reported.reported[
        session.reported.direct & (session.reported.speaker == "kadar")
    ]
    assert count(session, "voices speaker=kadar under reported=direct_aside") == (
        count(session, "voices speaker=kadar") - len(direct)
    )
