"""The columns that are joined to a table, and what each is made from."""

import pytest

from analysis.columns import column, known_columns, placed, sources
from analysis.concordance import concordance
from analysis.evidence import PLACED, Evidence
from analysis.readings import Reading


@pytest.mark.parametrize("table", PLACED)
def test_a_column_alone_is_the_column_among_all(edition, table):
    whole = placed(edition, table)
    for name in known_columns(table):
        together = whole[name].astype("str").fillna("none")
        assert list(column(edition, table, name)) == list(together), name


#: What a number that is counted by a column depends on.
SOURCES = {
    ("words", "form"): "words.form",
    (
        "words",
        "speaker",
    ): "attributions.attribution attributions.speaker words.sentence words.speech",
    ("words", "paragraph"): "sentences sentences.paragraph words.sentence",
    ("terms", "speaker"): "terms.speaker",
    ("terms", "sense"): "senses senses.sense terms.family terms.start",
    (
        "terms",
        "standing",
    ): "attributions.attribution attributions.speaker terms.sentence terms.speech",
    ("notes", "sentence"): "notes.note",
    ("notes", "layer"): "notes.note sentences sentences.layer",
    ("notes", "speech"): "notes.note sentences sentences.speech",
    ("people", "sentence"): "mentions mentions.entity mentions.sentence people.person",
    ("relations", "layer"): (
        "dates dates.sentence relations.first relations.second sentences sentences.layer"
    ),
    ("speeches", "sentence"): "speeches.speech",
    ("speeches", "standing"): "attributions.attribution attributions.speaker speeches.speech",
    ("voices", "paragraph"): "sentences sentences.paragraph voices.sentence",
}


@pytest.mark.parametrize("table, name", SOURCES)
def test_what_a_column_is_made_from(table, name):
    assert sources(table, name) == set(SOURCES[table, name].split())


def test_what_is_said_of_a_passage_stands_where_the_passage_stands(session):
    """q1, of s10: “we'll starve in the process, but the troops must be withdrawn”; nobody named
    says it, in the opening."""
    places = {
        **session.reported.set_index("reported")[["start", "end"]].T,
        **session.demands.set_index("demand")[["start", "end"]].T,
    }
    for table in ("voices", "channels"):
        rows = placed(session, table)
        assert len(rows) > 10
        for row in rows.itertuples():
            assert (row.start, row.end) == tuple(places[row.passage])
    (line,) = concordance(session, "voices passage=q1").itertuples()
    assert (line.sentence, line.speaker) == ("s10", "kadar")
    assert line.keyword == "we'll starve in the process, but the troops must be withdrawn"
    assert line.left.endswith("withdrawal of troops: ") and line.right == "."


def test_voices_are_asked_for_by_sentence_speaker_and_standing(session):
    told = Evidence.of("voices", sentence="s10")
    assert set(told.rows(session).passage) == {"o9", "q1"}  # “the withdrawal of troops”, and q1
    assert told.sentences(session) == ["s10"]
    assert Evidence.of("voices", sentence="s10", speaker="kadar").count(session) == 2
    assert Evidence.of("voices", sentence="s10", speaker="bata").count(session) == 0
    assert Evidence.of("voices", sentence="s10", standing="inferred").count(session) == 2
    nobody = Evidence.of(
        "voices", sentence="s10", speaker="none", reading=Reading(opening="nobody")
    )
    assert nobody.count(session) == 2
    # the clause set aside takes with it what is said of it, and leaves what is said of the noun
    aside = Reading(reported="clauses aside")
    left = Evidence.of("voices", sentence="s10", speaker="kadar", reading=aside)
    assert set(left.rows(session).passage) == {"o9"}
