"""Every measure: rows worked out by hand on named sentences, and under every kind of reading what a
row
counts is what its evidence lists."""

import re

import pandas as pd
import pytest

from analysis import AskError, Reading, measures
from analysis.evidence import Evidence

MEASURES = {
    "how much text": measures.how_much_text,
    "who speaks": measures.who_speaks,
    "course": measures.course,
    "who is listed": measures.who_is_listed,
    "term counts": measures.term_counts,
    "per thousand": measures.per_thousand,
    "plain search": measures.plain_search,
    "places": lambda s, reading: measures.place_counts(s, by="type", reading=reading),
    "named places": measures.named_places,
    "collocations": measures.collocations,
    "dispersion": measures.dispersion,
    "keyness": lambda s, reading: measures.keyness(s, speaker=a_speaker(s), reading=reading),
}
READINGS = [
    Reading(),
    Reading(opening="nobody", doubts="low aside"),
    Reading(words="hyphens split", abbreviations="as written"),
    Reading(apparatus="counted", senses="apart"),
    Reading(places="with adjectives", reported="all aside"),
]


def a_speaker(session):
    return measures.speakers(session)[1]


@pytest.mark.parametrize("edition", ["session", "second"])
@pytest.mark.parametrize("reading", READINGS, ids=str)
@pytest.mark.parametrize("name", MEASURES)
def test_a_row_counts_what_its_evidence_lists(request, name, reading, edition):
    session = request.getfixturevalue(edition)
    table = MEASURES[name](session, reading=reading)
    assert len(table) or (edition, name) == ("second", "collocations")
    assert (table.columns.is_unique and table["count"].dtype == "int64") or not len(table)
    for row in table.to_dict("records"):
        evidence = Evidence.parse(row["evidence"])
        assert evidence.count(session) == row["count"]
        assert evidence.reading == reading


def test_how_much_text_by_layer(session):
    table = measures.how_much_text(session).set_index("layer")
    assert list(table.index) == ["archive", "heading", "session", "notes"]
    assert table["count"]["session"] == 1292 == (session.words.layer == "session").sum()
    assert table.sentences["session"] == 117  # s1 to s117
    assert table["count"].sum() == len(session.words)
    assert table.sentences.sum() == len(session.sentences)


def test_a_document_without_notes_or_archive_has_two_layers(second):
    table = measures.how_much_text(second).set_index("layer")
    # h1 “Minutes of the Dam Committee of Lower Ashby, 4 March 1911” 11 words; h2 has 15
    assert table["count"].to_dict() == {"heading": 26, "session": 146}
    assert table.sentences.to_dict() == {"heading": 2, "session": 20}


def test_who_speaks_adds_up_and_shares_are_of_all(second):
    table = measures.who_speaks(second)
    assert table["count"].sum() == 146 and table.share.sum() == pytest.approx(1)
    sayer = table[table.speaker == "sayer"].set_index("standing")
    # s8 to s10: 9 + 4 + 10 words, inferred; s11 “Let it be written down.” 5, doubted
    assert sayer["count"].to_dict() == {"inferred": 23, "doubted": 5}
    assert sayer.share["doubted"] == 5 / 146
    voice = table[table.speaker == "none"]
    assert list(zip(voice.standing, voice["count"])) == [("unattributed", 7)]


@pytest.mark.parametrize(("unit", "total"), [("words", 146), ("sentences", 20), ("speeches", 7)])
def test_units_of_speech(second, unit, total):
    assert measures.who_speaks(second, unit=unit)["count"].sum() == total


def test_another_unit_is_an_error_that_lists_the_units(session):
    with pytest.raises(AskError, match="words, sentences, speeches"):
        measures.who_speaks(session, unit="terms")


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_the_course_adds_up_to_the_session(session, reading):
    table = measures.course(session, reading=reading)
    assert table["count"].sum() == Evidence.of("words", reading=reading).count(session)
    assert list(table["first"]) == [sum(table["count"][:i]) for i in range(len(table))]


def test_the_course_begins_with_an_assessment(session):
    table = measures.course(session)
    # s1 “An assessment.” · s2 “The intelligentsia is taking the lead; …”
    assert list(table.sentence[:2]) == ["s1", "s2"]
    assert list(table["count"][:1]) == [2] and list(table["first"][:2]) == [0, 2]
    assert list(table.standing[:2]) == ["doubted", "inferred"]
    assert table.evidence[0] == "evidence:words?sentence=s1"
    other = measures.course(session, reading=Reading(opening="nobody"))
    assert other.evidence[0] == (
        "evidence:words?sentence=s1&speaker=none&standing=unattributed&under.opening=nobody"
    )


def test_who_is_listed_as_taking_part(session):
    table = measures.who_is_listed(session).set_index("person")
    assert len(table) == 11 and (table["count"] == 0).sum() == 8
    assert table.loc["kadar", ["speeches", "count"]].tolist() == [2, 1106]
    other = measures.who_is_listed(session, reading=Reading(opening="nobody")).set_index("person")
    assert other.loc["kadar", ["speeches", "count"]].tolist() == [1, 7]


def test_terms_by_speaker_and_otherwise(second):
    # water: s1 (Marten), s8 (Sayer), s19 (the pair) · wall: s2, s3, s4, s7, s16 · committee: s16,
    # cut short
    by_speaker = measures.term_counts(second)
    assert by_speaker[by_speaker.family == "water"].speaker.tolist() == [
        "marten",
        "sayer",
        "holt-sayer",
    ]
    written = measures.term_counts(second, by="written")
    found = dict(zip(zip(written.family, written.written), written["count"]))
    assert found[("wall", "full")] == 5 and found[("committee", "abbreviated")] == 1
    heading = measures.term_counts(second, layer="heading")
    # h1 “Minutes of the Dam Committee of Lower Ashby”
    assert heading[["family", "speaker", "count"]].to_numpy().tolist() == [["committee", "none", 1]]


def test_mentions_per_thousand_words(second):
    table = measures.per_thousand(second).set_index(["family", "speaker"])
    # Holt: 29 words, “The wall is sound.” (s4) and “no new wall” (s7)
    assert table.loc[("wall", "holt"), ["count", "words"]].tolist() == [2, 29]
    assert table.rate[("wall", "holt")] == pytest.approx(2000 / 29)


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_every_mention_stands_at_its_place_in_the_session(session, reading):
    table = measures.along_the_session(session, reading=reading)
    words = Evidence.of("words", reading=reading).rows(session)
    assert table["at"].between(0, len(words) - 1).all() and table["at"].is_monotonic_increasing
    assert len(table) == Evidence.of("terms", reading=reading).count(session)


def test_the_first_mentions_stand_where_one_can_count_them(second):
    table = measures.along_the_session(second)
    # “The water rose again …”: water is the second word, rose the third
    assert table.loc[:1, ["family", "at", "sentence"]].to_numpy().tolist() == [
        ["water", 1, "s1"],
        ["rise", 2, "s1"],
    ]
    assert table.evidence[0] == "evidence:terms?family=water&sentence=s1"


def test_a_plain_search_by_hand(session, second):
    table = measures.plain_search(session).set_index("family")
    # order: found in s4, s5, s101 and s115, and inside “border” in s47 and s52
    assert table.loc["order", ["word", "found", "count", "missed", "wrong"]].tolist() == [
        "order",
        6,
        4,
        0,
        2,
    ]
    other = measures.plain_search(second).set_index("family")
    # rise is found in “rises” (s10) alone; rose (s1, s9) and raised (s13) are missed
    assert other.loc["rise", ["word", "found", "count", "missed", "wrong"]].tolist() == [
        "rise",
        1,
        4,
        3,
        0,
    ]
    assert other.loc["committee", ["found", "count", "missed"]].tolist() == [0, 1, 1]
    everywhere = measures.plain_search(second, layer="all").set_index("family")
    assert everywhere.loc["committee", ["found", "count", "missed"]].tolist() == [1, 2, 1]


def test_the_head_word_is_the_family_s_name_or_its_first_word():
    assert measures.head_word("order", ("orders", "order")) == "order"
    assert measures.head_word("the order", ("orders", "order")) == "orders"


def test_places_are_told_apart_as_asked(second):
    table = measures.place_counts(second)
    # s5 Ashby (the lower) and the mill, which is no one place; s18, s19 and s20 Wick; s19 Ashby
    # (the upper)
    assert dict(zip(table.entity, table["count"])) == {
        "lower-ashby": 1,
        "none": 1,
        "wick": 3,
        "upper-ashby": 1,
    }
    by = measures.place_counts(second, by=["type", "speaker"])
    assert list(by.columns) == ["entity", "type", "speaker", "count", "evidence"]
    assert measures.place_counts(second, by="layer", layer="all").layer.unique().tolist() == [
        "heading",
        "session",
    ]


def test_named_places_have_their_coordinates(second):
    table = measures.named_places(second).set_index("place")
    assert table.loc["wick", ["name", "count", "layer", "latitude"]].tolist() == [
        "Wick",
        3,
        "session",
        52.2,
    ]


def test_collocations_by_hand(session):
    table = measures.collocations(session, least=2)
    rows = {(r.first, r.second): r for r in table.itertuples()}
    # s1 to s117 have “armed groups” three times: s2, s7 twice
    assert rows[("armed", "groups")].count == 3
    assert [
        s.split(".")[0]
        for s in Evidence.parse(rows[("armed", "groups")].evidence).conditions["word"]
    ] == [
        "s2",
        "s7",
        "s7",
    ]
    assert table.log_likelihood.is_monotonic_decreasing and table["count"].min() == 2
    assert min(map(len, [*table["first"], *table.second])) == 4
    assert measures.collocations(session)["count"].min() == 3


def test_the_words_of_a_collocation_under_another_rule_can_be_listed(session):
    from analysis.concordance import concordance

    evidence = "words word=s105.w2|s108.w9 under words=hyphens_split"
    assert len(concordance(session, evidence)) == 2


def test_keyness_by_hand(session):
    table = measures.keyness(session, speaker="bata").set_index("family")
    # Bata: 88 words, troops in s110, s111 (“Soviet and Hungarian troops”), s112 and s115
    row = table.loc["troops"]
    assert (row["count"], row.elsewhere) == (4, 14)
    assert row.expected_here == pytest.approx(18 * 88 / 1292)
    assert row.expected_elsewhere == pytest.approx(18 * 1204 / 1292)
    assert bool(row.enough) and row.log_ratio == pytest.approx(1.966, abs=0.001)
    assert row.low < row.log_ratio < row.high and row.g2 > 0
    few = table[~table.enough]
    assert len(few) and few[["g2", "log_ratio", "low", "high"]].isna().all(axis=None)
    assert (few.expected_here < 1).all() and (table[table.enough].expected_here >= 1).all()


def test_nobody_is_compared_with_nobody(session):
    assert measures.keyness(session, speaker="bulganin").empty
    with pytest.raises(AskError, match="the nearest: bata"):
        measures.keyness(session, speaker="batta")


def test_dispersion_by_hand(session, second):
    # nationalism stands in s84 and s85 only: too few for ten parts, and no figure is given
    table = measures.dispersion(session).set_index("family")
    assert table["deviation"].isna()["nationalism"] and 0 < table["deviation"]["government"] < 1
    # 146 words in two parts of 73, the second beginning in s10: wall 3, then 2 (s7 is before, s16
    # after)
    halves = measures.dispersion(second, parts=2).set_index("family")
    assert halves["count"].tolist() == sorted(halves["count"], reverse=True)
    assert halves.deviation["wall"] == pytest.approx(
        (abs(4 / 5 - 0.5) + abs(1 / 5 - 0.5)) / 2 / 0.5
    )
    assert pd.isna(halves.deviation["committee"])


@pytest.mark.parametrize("parts", [1, 0, 147])
def test_parts_that_there_cannot_be_are_told_in_words(second, parts):
    with pytest.raises(AskError, match="2 to 146"):
        measures.dispersion(second, parts=parts)
    assert len(measures.dispersion(second, parts=146)) == 4


@pytest.mark.parametrize("number", [2.5, "2", None, True, -1])
def test_what_is_no_whole_number_is_told_in_words(second, number):
    for ask in (
        lambda: measures.dispersion(second, parts=number),
        lambda: measures.collocations(second, least=number),
    ):
        with pytest.raises(AskError, match=re.escape(f"not {number!r}")):
            ask()


def test_a_column_that_there_is_not_is_told_in_words(session):
    with pytest.raises(AskError, match="no column of terms is “familie”; the nearest: family"):
        measures.term_counts(session, familie="order")
    with pytest.raises(AskError, match="no column of mentions is “colour”"):
        measures.place_counts(session, by="colour")
