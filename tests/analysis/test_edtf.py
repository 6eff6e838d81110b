"""Times with their uncertainty: values by hand, and what is no time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import edtf

BY_HAND = {
    "1956": ("1956-01-01T00:00:00", "1956-12-31T23:59:59"),
    "1956-02": ("1956-02-01T00:00:00", "1956-02-29T23:59:59"),  # a leap year
    "1956-11-01?": ("1956-11-01T00:00:00", "1956-11-01T23:59:59"),
    "1956-11-01T12:00:00": ("1956-11-01T12:00:00", "1956-11-01T12:00:00"),
    "1956-11-01T12:00": ("1956-11-01T12:00:00", "1956-11-01T12:00:59"),
    "1956-10-30/1956-11-01": ("1956-10-30T00:00:00", "1956-11-01T23:59:59"),
    "../1956-11-02": (None, "1956-11-02T23:59:59"),
    "1956-11-02/..": ("1956-11-02T00:00:00", None),
    "[..1956-11-01]": (None, "1956-11-01T23:59:59"),
    "[1948..1956-11-02]": ("1948-01-01T00:00:00", "1956-11-02T23:59:59"),
}


@pytest.mark.parametrize("text", BY_HAND)
def test_the_limits_of_a_time(text):
    assert edtf.bounds(text) == BY_HAND[text]


@pytest.mark.parametrize(
    ("text", "words"),
    {
        "1956": "1956",
        "1956-11": "November 1956",
        "1956-11-02": "2 November 1956",
        "1956-11-01?": "perhaps 1 November 1956",
        "1956-11~": "about November 1956",
        "1956-11-02T14:45:00": "2 November 1956, 14:45",
        "1956-11-02T14:45": "2 November 1956, 14:45",  # a date in the text may leave out seconds
        "1956-10/1956-11": "October 1956 to November 1956",
        "../1956-11-02": "until 2 November 1956",
        "1956-11-02/..": "from 2 November 1956",
        "[..1956-11-01]": "at some time, until 1 November 1956",
        "[1948..1956-11-02]": "at some time, 1948 to 2 November 1956",
        "P3M": "3 months",
        "P1Y2M3DT4H5M": "1 year, 2 months, 3 days, 4 hours, 5 minutes",
        "PT10M": "10 minutes",
        "PT1M30S": "1 minute, 30 seconds",
        **{text: text for text in ("P1W", "P", "PT", "yesterday", "1956-13", "")},
    }.items(),
)
def test_a_time_in_words(text, words):
    assert edtf.in_words(text) == words


@pytest.mark.parametrize(
    ("text", "said"),
    {
        "1956-13": "'1956-13' is no time",
        "1956-11-31": "'1956-11-31' is no time",
        "yesterday": "'yesterday' is no time",
        "1956-11-02/1956-11-01": "it ends before it begins",
    }.items(),
)
def test_what_is_no_time_is_an_error(text, said):
    with pytest.raises(ValueError) as error:
        edtf.bounds(text)
    assert str(error.value) == said


def test_kinds_of_time():
    kinds = {"1956-11": "point", "1956-10-30/1956-11-01": "interval", "[..1956-11-01]": "within"}
    assert {text: edtf.kind(text) for text in kinds} == kinds


@given(st.lists(st.dates(), min_size=2, max_size=2).map(sorted))
def test_an_interval_has_the_limits_of_its_ends(dates):
    a, b = dates
    assert edtf.bounds(f"{a}/{b}") == (edtf.bounds(str(a))[0], edtf.bounds(str(b))[1])
