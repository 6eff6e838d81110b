"""The lines of a list under every reading: as many as its number, each at a place of the text."""

import pytest

from analysis.columns import placed
from analysis.decisions import DECISIONS
from analysis.evidence import PLACED, Evidence
from analysis.lines import lines_of
from analysis.readings import Reading
from analysis.tallies import place_of


@pytest.mark.parametrize("table", PLACED)
def test_every_row_of_a_table_is_a_line_at_a_place(edition, table):
    evidence = Evidence.of(table)
    lines = lines_of(edition, [evidence])[evidence]
    now = sum(bool(grid.values.flat[0]) for grid in lines.counts)  # the edition's own reading
    assert now == evidence.count(edition)
    assert all(isinstance(end, int) for place in lines.places for end in place)


def test_a_relation_of_two_sentences_stands_where_the_second_stands(session):
    # beside relations of dates, which stand nowhere
    evidence = Evidence.of("relations", relation="then")
    lines = lines_of(session, [evidence])[evidence]
    homes = session.sentences.set_index("sentence")
    for sentence, place in zip(lines.sentences, lines.places):
        assert place == tuple(homes.loc[sentence, ["start", "end"]])


#: Every option of every decision by itself, and some together.
READINGS = [
    Reading(**options)
    for options in (
        {},
        *({n: o} for n, d in DECISIONS.items() for o in d.options if o != d.default),
        {"opening": "nobody", "reported": "all aside"},
        {"doubts": "all aside", "reported": "with framing", "apparatus": "counted"},
        {"senses": "apart", "abbreviations": "as written", "opening": "confirmed"},
    )
]
CHOICES = [
    *map(Evidence.of, PLACED),
    Evidence.of("terms", family=["ferry", "rope (a new rope)"]),
    Evidence.of("words", speaker="pole", standing=["doubted", "inferred"]),
    Evidence.of("mentions", speaker="none"),
]


def test_under_every_reading_a_list_holds_what_is_counted_and_knows_whose_it_is(third):
    """The slow way: the table read so, row by row."""
    found = lines_of(third, CHOICES)
    for reading in READINGS:
        for evidence in CHOICES:
            lines = found[evidence]
            marks = zip(lines.sentences, lines.places, lines.counts, lines.speakers)
            listed = [
                (sentence, place[0], whose.values[place_of(reading, whose.axes)])
                for sentence, place, counts, whose in marks
                if counts.values[place_of(reading, counts.axes)]
            ]
            rows = placed(reading.of(third), evidence.table)
            for name, any_of in evidence.looked_for.items():
                rows = rows[rows[name].fillna("none").isin(any_of)]
            rows = rows.fillna({"start": -1, "speaker": "none"})
            assert listed == list(zip(rows.sentence, rows.start, rows.speaker)), (
                evidence,
                reading,
            )
