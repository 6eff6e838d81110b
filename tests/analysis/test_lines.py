"""The lines of a list under every reading: as many as its number, each at a place of the text."""

import pytest

from analysis.evidence import PLACED, Evidence
from analysis.lines import lines_of


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
