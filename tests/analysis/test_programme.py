"""The naive programme's differences, against places that one can find by hand."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.errors import AskError
from analysis.evidence import Evidence
from analysis.naive import cut_sentences, find_string
from analysis.programme import (
    DIFFERENCES,
    RESULTS,
    against_the_edition,
    labels_that_differ,
    words_by_speaker,
)


def rows(session, difference, layer="all"):
    return Evidence.of("differences", difference=difference, layer=layer).rows(session)


def test_every_difference_stands_where_it_says(session):
    transcript = session.edition.transcript
    assert all(
        transcript[r.start : r.end].strip() == r.form for r in session.differences.itertuples()
    )


def test_the_differences_counted_are_the_differences_listed(session):
    table = against_the_edition(session)
    assert table["count"].sum() == len(session.differences)
    assert all(Evidence.parse(r.evidence).count(session) == r.count for r in table.itertuples())


def test_it_cuts_after_an_abbreviation_that_ends_no_sentence(session):
    cut = rows(session, "cut inside a sentence")
    assert "Were" in set(cut[cut.sentence == "s20"].form)  # the Soc.-Dems. Were given one spot
    assert "And" in set(
        cut[cut.sentence == "s83"].form
    )  # if the Soc.-Dems. And the Smallholders party


def test_each_cut_of_the_programme_is_a_start_of_the_edition_or_a_difference(session):
    starts = set(session.sentences.start) | set(rows(session, "cut inside a sentence").start)
    between = [s for s, _ in cut_sentences(session.edition.transcript) if s not in starts]
    inside = [
        s for s in between if any(r.start < s < r.end for r in session.sentences.itertuples())
    ]
    assert not inside


def test_an_order_is_found_in_the_border(session):
    found = rows(session, "found inside another word or name")
    assert list(found[found.about == "order"].sentence) == ["s47", "s52"]
    assert len(find_string("the border, in order", "order")) == 2


def test_gov_t_is_lost_to_its_apostrophe(session):
    assert (rows(session, "lost to an apostrophe", "session").form == "gov't").sum() == (
        session.words.form == "gov't"
    ).sum()


def test_the_opening_and_the_label_with_a_dash_are_not_found(session):
    assert list(rows(session, "a speech that is not found").sentence) == ["s1", "s109"]


def test_what_ends_in_a_colon_is_taken_for_a_speaker(session):
    labels = words_by_speaker(session)
    assert list(labels[labels.real].label) == ["Munnich", "Cde. Bata"]
    assert {"Summary", "Those Taking Part", "2 questions"} <= set(labels[~labels.real].label)


def test_a_label_that_stands_twice_is_one_speaker_and_a_false_one_is_false_twice():
    text = "Note: a\nWeir: one two\nHolt: three\nWeir: four\nNote: b\n"
    session = SimpleNamespace(
        edition=SimpleNamespace(transcript=text),
        speeches=pd.DataFrame({"label": ["Weir", "Holt", "Weir"]}),
        finds=pd.DataFrame({"label": ["Note", "Weir", "Weir", "Holt", "Weir", "Note"]}),
    )
    assert words_by_speaker(session)[["label", "real", "count"]].values.tolist() == [
        ["Note", False, 2],
        ["Weir", True, 3],
        ["Holt", True, 1],
    ]
    assert [row[3:] for row in labels_that_differ(session, text)] == [(0, 4), (45, 49)]


def test_a_letter_that_is_longer_when_small_moves_nothing():
    # “İ” in lower case is an i and a dot above it: two characters
    assert find_string("İ: the wall, the Wall", "Wall") == [(7, 11), (17, 21)]


def test_the_austrians_are_taken_for_austria(session):
    found = rows(session, "found where the ground is not named", "session")
    assert list(found[found.about == "Austria"].sentence) == ["s24"]


def test_summary_and_notes_are_counted_as_testimony(session):
    found = rows(session, "found in the archive's record or in a note")
    # a9 “decision to declare neutrality”; n5.1 and n8.3 “declaration of neutrality”
    assert list(found[found.about == "neutrality"].sentence) == ["a9", "n5.1", "n8.3"]
    assert "session" not in set(found.layer)


def test_namesakes_are_taken_for_one(session):
    found = rows(session, "two people taken for one", "session")
    assert list(found[found.about == "Kovács"].sentence) == ["s33", "s34", "s60"]


def test_every_difference_is_one_of_those_that_are_known(session, second):
    for edition in session, second:
        assert set(edition.differences.result) <= set(RESULTS)
        assert set(edition.differences.difference) <= set(DIFFERENCES)


def test_a_difference_that_there_is_not_is_an_error_and_one_without_rows_is_nought(session, second):
    with pytest.raises(AskError, match="a speech that is not found"):
        Evidence.parse("differences difference=a_turn_that_is_not_found").count(session)
    assert Evidence.parse("differences difference=two_people_taken_for_one").count(session) > 0
    unseen = set(DIFFERENCES) - set(second.differences.difference)
    assert unseen  # the second edition has not all of them
    assert all(
        Evidence.of("differences", difference=name, layer="all").count(second) == 0
        for name in unseen
    )


#: Every difference in the second edition: how, about what, and where, as “sentence: its words”.
IN_THE_SECOND = {
    ("cut inside a sentence", ""): "h2: Marten, | h2: Sayer, | s16: promised",
    ("run together with the one before", ""): "h2: Present:",
    ("lost to a figure", ""): "h1: 4 | h1: 1911",
    ("lost to the dot of an abbreviation", ""): "h2: Mr. | h2: Mr. | s16: comm.",
    ("a label taken for a word", ""): (
        "s1: Mr | s1: Marten | s4: Miss | s4: Holt | s12: Anna | s12: Weir | s12: the | s12: elder | "
        "s15: Anna | s15: Weir | s15: the | s15: younger | s18: Miss | s18: Holt | s18: and | "
        "s18: Mr | s18: Sayer | s20: A | s20: voice"
    ),
    ("a label that is none", "Present"): "h2: Present",
    ("a speech that is not found", ""): "s8: I measured the water at six and at noon.",
    ("in another form, and not found", "rise"): "s1: rose | s9: rose | s13: raised",
    ("found in the archive's record or in a note", "committee"): "h1: Committee",
    ("cut short, and not found", "committee"): "s16: comm.",
    # the Ashby of s5 is the lower, that of s19 the upper, that of the heading “Lower Ashby”
    ("found where the ground is not named", "Ashby"): (
        "h1: Ashby | s19: Ashby | h1: Ashby | s5: Ashby"
    ),
    ("two people taken for one", "Sayer"): "h2: Sayer",
    ("two people taken for one", "Weir"): "h2: Anna Weir the elder | h2: Anna Weir the younger",
}


def test_every_difference_in_a_small_edition(second):
    found = {}
    for row in second.differences.itertuples():
        about = row.about if isinstance(row.about, str) else ""
        found.setdefault((row.difference, about), []).append(f"{row.sentence}: {row.form.strip()}")
    assert {what: " | ".join(rows) for what, rows in found.items()} == IN_THE_SECOND
    layers = second.sentences.set_index("sentence")[["layer", "speech"]].astype("str")
    there = second.differences.set_index("sentence")[["layer", "speech"]].astype("str")
    assert there.equals(layers.loc[there.index])
