"""Every measure, under the edition's reading and others: what a row counts is what its evidence lists."""

import pytest

from analysis import Reading, measures
from analysis.evidence import Evidence

MEASURES = {
    "how much text": measures.how_much_text,
    "who speaks": lambda s, reading: measures.who_speaks(s, reading=reading),
    "course": measures.course,
    "who is listed": measures.who_is_listed,
    "term counts": lambda s, reading: measures.term_counts(s, reading=reading),
    "per thousand": measures.per_thousand,
    "plain search": lambda s, reading: measures.plain_search(s, reading=reading),
    "places": lambda s, reading: measures.place_counts(s, "type", **dict(reading.answers)),
    "named places": measures.named_places,
    "collocations": lambda s, reading: measures.collocations(s, reading=reading),
    "dispersion": lambda s, reading: measures.dispersion(s, reading=reading),
    "compared": lambda s, reading: measures.compared(s, "munnich", reading=reading),
}
READINGS = [
    Reading(),
    Reading(opening="nobody", doubts="low aside"),
    Reading(words="hyphens split", abbreviations="as written"),
    Reading(apparatus="counted", senses="apart"),
    Reading(places="with adjectives", reported="all aside"),
]


@pytest.mark.parametrize("reading", READINGS, ids=str)
@pytest.mark.parametrize("name", MEASURES)
def test_a_row_counts_what_its_evidence_lists(session, name, reading):
    table = MEASURES[name](session, reading=reading)
    assert len(table)
    for row in table.to_dict("records"):
        assert Evidence.parse(row["evidence"]).count(session) == row["count"]


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_the_course_adds_up_to_the_session(session, reading):
    table = measures.course(session, reading)
    assert table["count"].sum() == Evidence.of("words", **dict(reading.answers)).count(session)
    assert list(table["first"]) == [sum(table["count"][:i]) for i in range(len(table))]


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_every_mention_stands_at_its_place_in_the_session(session, reading):
    table = measures.along_the_session(session, reading)
    words = Evidence.of("words", **dict(reading.answers)).rows(session)
    assert table["at"].between(0, len(words) - 1).all() and table["at"].is_monotonic_increasing
    assert len(table) == Evidence.of("terms", **dict(reading.answers)).count(session)


def test_dispersion_by_hand(session):
    # nationalism stands in s84 and s85 only: too few for ten parts, and no figure is given
    table = measures.dispersion(session).set_index("family")
    assert table["deviation"].isna()["nationalism"] and 0 < table["deviation"]["government"] < 1
