"""What rests on a sentence: by hand, and the quick way against the slow one."""

import pytest
from paths import once

from analysis import AskError
from analysis.backwards import (
    feeding,
    left_out,
    marked,
    nothing_rests_on,
    resting_on,
    stated,
    without,
)
from analysis.claims import Result
from analysis.claims_file import chosen


@pytest.fixture(scope=once)
def stated_here(session):
    return stated(session)


def table(session, sentence):
    return {
        (row.kind, row.what): (row.rows, row.without)
        for row in resting_on(session, sentence).itertuples()
    }


# -- by hand -------------------------------------------------------------------------------


def test_what_the_edition_says_of_s51(session):
    """“Andropov said that these are railroad workers.”"""
    rests = table(session, "s51")
    assert rests["annotation", "names: Yuri Andropov"] == (1, "")
    assert rests["annotation", "words of: Yuri Andropov"] == (1, "")
    assert rests["annotation", "introduces other words: Andropov said that"] == (1, "")
    assert rests["result", "Words in the session"] == (7, "1,285")  # 1,292 less these seven
    assert rests["claim", "Kádár speaks most of the words."] == (7, "stands")
    assert not any("Government" in what for _, what in rests)


def test_munnich_leads_bata_by_ten_words_and_every_sentence_of_so_many_carries_the_claim(
    session, stated_here
):
    """Münnich has 98 words, Bata 88: a sentence of ten words or more makes up for it."""
    fallen = {
        one.sentence
        for one in left_out(session, {}, stated_here[1])
        if one.name == "munnich-bata" and not one.becomes
    }
    words = session.with_speaker("words").query("speaker == 'munnich'").sentence.value_counts()
    assert words.sum() == 98 and fallen == set(words[words >= 10].index)
    assert "s105" in fallen and "s103" not in fallen


def test_a_mention_more_or_less(session, stated_here):
    """Government leads the families by one: 19 mentions to 18 of troops."""
    of = session.terms.query("layer == 'session'").family.value_counts()
    assert list(of[:2].items()) == [("government", 19), ("troops", 18)]
    fallen = {
        o.sentence
        for o in left_out(session, {}, stated_here[1])
        if o.name == "government-most" and not o.becomes
    }
    assert "s117" in fallen  # “protect the government”, and no troops


def test_a_sentence_on_which_nothing_rests(session):
    """“Further such restraint couldn't be expected from even the most disciplined army.”"""
    assert "s114" in nothing_rests_on(session)
    assert marked(session, "s114").empty
    assert set(resting_on(session, "s114").kind) == {"result", "claim"}
    assert "s51" not in nothing_rests_on(session)


def test_a_sentence_that_there_is_not(session):
    with pytest.raises(AskError, match="s511"):
        resting_on(session, "s511")


# -- of any edition ------------------------------------------------------------------------


def test_without_a_sentence_nothing_of_it_is_left(edition):
    for name in list(edition.sentences.sentence)[::7]:
        less = without(edition, name)
        for table_ in feeding():
            assert name not in set(less.table(table_).sentence), table_
            assert len(less.table(table_)) == (edition.table(table_).sentence != name).sum()


def test_the_quick_way_is_the_slow_one(session, stated_here):
    """Every claim and result, asked of the session without the sentence."""
    results, claims = stated_here
    numbers = {(o.sentence, o.name): o.becomes for o in left_out(session, results, {})}
    verdicts = {(o.sentence, o.name): o.becomes for o in left_out(session, {}, claims)}
    for sentence in ("a8", "h2", "s3", "s30", "s67", "s73", "s102", "s103", "s117", "n12.4"):
        less = without(session, sentence)
        for name, result in results.items():
            quick = numbers.get((sentence, name), result.value(session))
            assert quick == result.value(less), (sentence, name)
        for name, claim in claims.items():
            assert verdicts.get((sentence, name), True) == claim.holds(less), (sentence, name)


def test_of_another_edition_too(second):
    words = {"all": Result("all", "Words", chosen("words layer=all"))}
    total = len(second.words)
    for one in left_out(second, words, {}):
        assert (
            one.becomes == total - one.rows == total - (second.words.sentence == one.sentence).sum()
        )
    assert stated(second) == ({}, {})
    assert set(resting_on(second, second.sentences.sentence[0]).kind) <= {"annotation"}
