"""What must hold of any edition: tables of the contract, words in their places, parts that add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.export import ledger
from analysis.tokens import WORD_RULES, tokens

CONTRACT = """
sentences: sentence layer speech paragraph start end text
words: word sentence layer speech form norm start end
speeches: speech speaker label attribution certainty responsible sentences words start end
doubts: doubt sentence speech certainty candidate responsible reason
mentions: mention kind entity type form layer sentence speech start end
terms: family form written layer sentence speech speaker start end
reported: reported source direct sentence speech speaker start end text
abbreviations: abbreviation expansion layer sentence start end
notes: note anchor sentences words text
people: person name taking_part role speeches words mentions
organisations: organisation name kind mentions
places: place name kind latitude longitude wikidata geonames mentions
"""


def test_every_character_is_of_one_class_and_they_add_up(edition):
    assert sum(ledger(edition).values()) == len(edition.edition.transcript)


def test_every_word_stands_where_it_says(edition):
    transcript = edition.edition.transcript
    assert all(transcript[w.start : w.end] == w.form for w in edition.words.itertuples())


def test_no_word_overlaps_another(edition):
    words = edition.words
    assert (words.start.to_numpy()[1:] >= words.end.to_numpy()[:-1]).all()


@pytest.mark.parametrize("line", CONTRACT.split("\n")[1:-1])
def test_tables_have_the_columns_of_the_contract(edition, line):
    name, columns = line.split(": ")
    assert list(getattr(edition, name)) == columns.split()


def test_layers_add_up_to_all_words_and_speeches_to_the_session(edition):
    by_layer = edition.words.groupby("layer").size()
    assert by_layer.sum() == len(edition.words)
    assert edition.speeches.words.sum() == by_layer["session"]


@given(st.text(alphabet="aZé5'’-./ ,—(", max_size=40))
def test_the_word_rule_is_what_it_says(text):
    """Against the obvious slow way: grow a run while what follows is inside it."""
    slow, i = [], 0
    while i < len(text):
        if text[i].isalnum():
            end = j = i
            while j < len(text) and (text[j].isalnum() or text[j] in "'’-./"):
                if text[j].isalnum():
                    end = j
                j += 1
            slow.append(text[i : end + 1])
            i = end + 1
        else:
            i += 1
    assert WORD_RULES["edition"].findall(text) == slow


def test_the_possessive_is_left_off_a_whole_word():
    assert tokens("government's") == ("government",)
    assert tokens("workers' party's") == ("workers", "party")
