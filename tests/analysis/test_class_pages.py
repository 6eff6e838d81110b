"""The two pages of the workshop: what they ask, and what they know of the session."""

import json

from lxml import html

from analysis.workshop import ballot, classroom


def told(page):
    """The page, and what it gives its script."""
    root = html.fromstring(page.text)
    (data,) = root.xpath("descendant-or-self::*/@data-questions")
    return root, json.loads(data)


CODE = {
    "signs": "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
    "prime": 1021,
    "rest": 7,
    "sheets": 1024,
}


def test_a_ballot_of_a_small_edition_asks_of_its_one_doubt(second):
    """s11 “Let it be written down.” may be Marten's; a voice without a name gives no answer."""
    root, data = told(ballot(second))
    speakers = ["marten", "holt", "sayer", "weir-elder", "weir-younger", "holt-sayer"]
    assert data == {"code": CODE, "questions": [["s11", [*speakers, "clerk", "table", "unknown"]]]}
    assert "Let it be written down." in root.text_content()
    assert "Whose words are these, whoever is named in them?" in root.text_content()
    assert "How does the speaker know" not in root.text_content()


def test_a_ballot_does_not_say_what_the_edition_has_judged(session):
    root, data = told(ballot(session))
    assert set(data) == {"code", "questions"}
    assert "edition" not in root.text_content()


def test_the_page_of_a_class_knows_the_sentences_and_the_edition_s_answers(second):
    _, data = told(classroom(second))
    assert data["code"] == CODE and data["nobody"] == ["clerk", "table", "unknown"]
    assert data["resampled"] == [1000, 1956] and data["least"] >= 2
    kind, sentence, answers, edition, _ = data["about"]["s11"]
    assert (kind, sentence, edition) == ("speaker", "s11", "sayer")
    assert answers == [
        *("Marten", "Holt", "Amos Sayer", "Anna Weir (weir-elder)", "Anna Weir (weir-younger)"),
        *("Edith Holt and Amos Sayer", "the note-taker", "somebody at the table"),
        "can’t be known",
    ]
    assert {who: name for who, (name, _) in data["speakers"].items()} == dict(
        zip(["marten", "holt", "sayer", "weir-elder", "weir-younger", "holt-sayer"], answers)
    )
    assert len({colour for _, colour in data["speakers"].values()}) == 6
    # “The water rose again in the night.” · “If it rises four more, the lower fields are lost.” is
    # Sayer's by inference · “And who pays the people of Wick?” is nobody's
    sentences = {name: rest for name, *rest in data["sentences"]}
    assert sentences["s1"] == [7, "marten", False] and sentences["s10"] == [10, "sayer", True]
    assert sentences["s20"] == [7, None, False] and next(iter(sentences)) == "s1"
    assert len(sentences) == 20
