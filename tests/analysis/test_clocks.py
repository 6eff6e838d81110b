"""The limits of what is told, drawn closer by the order of the story: days of a month, by hand."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.clocks import chain, closer, story
from analysis.errors import AskError
from analysis.readings import Reading


def drawn(dates, *relations):
    """The first and last day of each date, from its own (0: open) and how they stand."""
    at = [None, *(f"1912-03-{day:02}T00:00:00" for day in range(1, 32))]
    rows = [(name, kind, at[first], at[last]) for name, (kind, first, last) in dates.items()]
    told = SimpleNamespace(
        dates=pd.DataFrame(rows, columns=["date", "kind", "earliest", "latest"]),
        relations=pd.DataFrame(relations, columns=["first", "relation", "second"]),
    )
    return {
        name: tuple(0 if pd.isna(end) else end.day for end in ends)
        for name, ends in closer(told).items()
    }


def within(first, last):
    return "within", first, last


@pytest.mark.parametrize(
    ("dates", "relations", "found"),
    [
        # what came before ends no later, what came after begins no earlier
        ({"a": within(2, 9), "b": within(1, 5)}, ["a before b"], {"a": (2, 5), "b": (2, 5)}),
        ({"a": within(3, 4), "b": within(1, 9)}, ["a before b"], {"a": (3, 4), "b": (3, 9)}),
        # the same has both limits, whichever is named first
        ({"a": within(2, 9), "b": within(1, 5)}, ["a same b"], {"a": (2, 5), "b": (2, 5)}),
        ({"a": within(2, 9), "b": within(1, 5)}, ["b same a"], {"a": (2, 5), "b": (2, 5)}),
        # an open end is closed, and draws nothing
        ({"a": within(0, 0), "b": within(4, 6)}, ["a before b"], {"a": (0, 6), "b": (4, 6)}),
        ({"a": within(4, 6), "b": within(0, 0)}, ["a before b"], {"a": (4, 6), "b": (4, 0)}),
        # along a chain, told in whatever order
        (
            {"a": within(1, 20), "b": within(1, 20), "c": within(1, 20), "d": within(1, 7)},
            ["a before b", "b before c", "c before d"],
            {"a": (1, 7), "b": (1, 7), "c": (1, 7), "d": (1, 7)},
        ),
        (
            {"a": within(9, 20), "b": within(1, 20), "c": within(1, 20)},
            ["b before c", "a before b"],
            {"a": (9, 20), "b": (9, 20), "c": (9, 20)},
        ),
        # up to a day that both have, and no further: what would contradict is left out
        ({"a": within(5, 9), "b": within(1, 5)}, ["a before b"], {"a": (5, 5), "b": (5, 5)}),
        ({"a": within(6, 9), "b": within(1, 5)}, ["a before b"], {"a": (6, 9), "b": (1, 5)}),
        ({"a": within(6, 9), "b": within(1, 5)}, ["a same b"], {"a": (6, 9), "b": (1, 5)}),
        # what lasts, what is perhaps the same, what contradicts, and what is no date: nothing
        ({"a": ("interval", 2, 9), "b": within(1, 5)}, ["a before b"], {"a": (2, 9), "b": (1, 5)}),
        ({"a": within(2, 9), "b": ("interval", 1, 5)}, ["a same b"], {"a": (2, 9), "b": (1, 5)}),
        ({"a": within(2, 9), "b": within(1, 5)}, ["a perhaps-same b"], {"a": (2, 9), "b": (1, 5)}),
        ({"a": within(2, 9), "b": within(1, 5)}, ["a contradicts b"], {"a": (2, 9), "b": (1, 5)}),
        ({"a": within(2, 9)}, ["a before u1", "s1 then s2"], {"a": (2, 9)}),
        ({"a": ("point", 3, 3), "b": within(0, 9)}, ["a before b"], {"a": (3, 3), "b": (3, 9)}),
    ],
)
def test_limits_are_drawn_closer(dates, relations, found):
    assert drawn(dates, *map(str.split, relations)) == found


def test_a_story_runs_from_the_first_to_the_last_that_is_joined(third):
    """s2 then s3, s5 because s1: of the ten sentences, s1 to s5."""
    assert story(third, first="s4") == ["s4", "s5"] and story(third, last="s2") == ["s1", "s2"]
    assert story(third, first="s9", last="s10") == ["s9", "s10"]
    for ends in ({"first": "n1.1"}, {"last": "s11"}):
        with pytest.raises(AskError, match=f"no sentence is “{next(iter(ends.values()))}”"):
            story(third, **ends)
    with pytest.raises(
        AskError, match="s5 stands after s2: a story runs from the first to the last"
    ):
        story(third, first="s5", last="s2")
    part = chain(third, first="s2", last="s4", reading=Reading(opening="nobody"))
    assert part.fillna("").values.tolist() == [
        [
            "then",
            "s2",
            "s3",
            "",
            2,
            "evidence:sentences?sentence=s2&sentence=s3&under.opening=nobody",
        ]
    ]
    assert part.index.tolist() == [0] and chain(third, first="s4", last="s10").empty


def test_a_session_in_which_nothing_is_joined_has_no_story_unless_both_ends_are_named(second):
    assert story(second) == story(second, first="s2") == story(second, last="s2") == []
    assert story(second, first="s1", last="s2") == ["s1", "s2"]
