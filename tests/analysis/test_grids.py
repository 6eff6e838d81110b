"""What a number or a verdict becomes, by reading: small grids by hand, large ones the slow way."""

import numpy as np
import pytest
from paths import TOP

from analysis.claims import verdict
from analysis.claims_file import read_claims
from analysis.evidence import Evidence
from analysis.grids import (
    Grid,
    grid_of_shares,
    grid_of_verdicts,
    grids_of_counts,
    small,
    spread,
)
from analysis.readings import readings_of
from analysis.tallies import place_of


def told(grid):
    """A grid as text: its axes, its values."""
    return grid.axes, grid.values.tolist()


def test_a_grid_keeps_what_it_says_and_no_more():
    """Three options of doubts, of which the first two come to the same; none of opening matters."""
    values = np.array([[5, 5, 5], [5, 5, 5], [3, 3, 3]])
    axes = (("doubts", (0, 1, 2)), ("opening", (0, 1, 2)))
    assert told(small(axes, values)) == ((("doubts", (0, 0, 1)),), [5, 3])
    assert told(small(axes, np.full((3, 3), 4))) == ((), 4)
    # places that come to the same already stay together: the last two options of opening
    axes = (("opening", (0, 1, 1)),)
    assert told(small(axes, np.array([7, 2]))) == ((("opening", (0, 1, 1)),), [7, 2])
    apart = np.array([[1, 2, 1], [3, 4, 3], [1, 2, 1]])
    axes = (("doubts", (0, 1, 2)), ("opening", (0, 1, 2)))
    assert told(small(axes, apart)) == (
        (("doubts", (0, 1, 0)), ("opening", (0, 1, 0))),
        [[1, 2], [3, 4]],
    )


def test_a_grid_is_spread_over_every_option_of_the_decisions_named():
    """In their order, whatever the order of its own axes."""
    grid = Grid((("opening", (0, 1, 1)), ("doubts", (0, 0, 1))), np.array([[1, 2], [3, 4]]))
    assert spread(grid, ["doubts", "opening"]).tolist() == [[1, 3, 3], [1, 3, 3], [2, 4, 4]]
    assert spread(grid, ["senses", "doubts", "opening"]).shape == (1, 3, 3)


def test_a_share_of_two_counts_that_rest_on_different_decisions():
    """3 of 6 is half, 1 of 6 a sixth; of nothing there is no share."""
    part = Grid((("opening", (0, 1, 1)),), np.array([3, 1]))
    whole = Grid((("doubts", (0, 0, 1)),), np.array([6, 0]))
    assert told(grid_of_shares(part, whole)) == (
        (("doubts", (0, 0, 1)), ("opening", (0, 1, 1))),
        [["50%", "17%"], ["no share", "no share"]],
    )
    alone = Grid((), np.array(2))
    assert told(grid_of_shares(alone, alone)) == ((), "100%")


@pytest.mark.parametrize(
    "text",
    ["words speaker=kadar", "terms family=order", "mentions kind=place entity=budapest", "notes"],
)
def test_a_grid_of_counts_is_what_each_reading_counts(session, text):
    evidence = Evidence.parse(text)
    grid = grids_of_counts(session, [evidence, evidence])[evidence]
    readings = readings_of(session, evidence.reads)
    assert len(readings) >= grid.values.size
    for reading in readings[:: max(1, len(readings) // 40)]:
        under = Evidence(evidence.table, evidence.where, reading)
        assert grid.values[place_of(reading, grid.axes)] == under.count(session)


def test_a_grid_of_verdicts_is_what_each_reading_says(session):
    claims = read_claims(TOP / "data/claims.toml")[1]
    for claim in claims.values():
        asked = verdict(session, claim)
        grid = grid_of_verdicts(session, asked)
        for readings, held in ((asked.holds, True), (asked.fails, False)):
            assert all(grid.values[place_of(r, grid.axes)] == held for r in readings)
