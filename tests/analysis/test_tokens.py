"""Words of named sentences, with their norms and places, under each rule."""

import pytest

from analysis.tokens import abbreviations_in, tokens_of

S22 = "Nagy's policy has counterrev. aspects to it."


def element(session, sentence):
    (found,) = session.edition.root.xpath("//*[@xml:id=$sentence]", sentence=sentence)
    return found


def words(session, sentence, rule="edition"):
    return list(tokens_of(session.edition, element(session, sentence), rule))


def test_the_words_of_a_sentence_with_their_norms_and_places(session):
    found = words(session, "s22")
    norms = ["nagy's", "policy", "has", "counterrevolutionary", "aspects", "to", "it"]
    assert [norm for *_, norm in found] == norms
    assert [form for _, _, form, _ in found] == S22[:-1].split()
    begin = found[0][0]
    assert [(a - begin, b - begin) for a, b, *_ in found] == [
        *((0, 6), (7, 13), (14, 17), (18, 29), (30, 37), (38, 40), (41, 43))
    ]
    assert session.edition.text[begin : begin + len(S22)] == S22


@pytest.mark.parametrize(
    ("rule", "first"),
    {"edition": "Nagy's", "white space": "Nagy's", "apostrophes split": "Nagy"}.items(),
)
def test_another_rule_parts_them_otherwise(session, rule, first):
    assert words(session, "s22", rule)[0][2] == first
    assert words(session, "s22", rule)[-1][2] == ("it." if rule == "white space" else "it")


def test_the_dot_that_ends_an_abbreviation_and_a_sentence_is_the_word_s(session):
    # s30 The coalition parties don't want counterrev.
    assert words(session, "s30")[-1][2:] == ("counterrev.", "counterrevolution")


def test_an_abbreviation_has_its_expansion(session):
    (found,) = abbreviations_in(element(session, "s22"))
    assert (found[0].text, found[1]) == ("counterrev.", "counterrevolutionary")
