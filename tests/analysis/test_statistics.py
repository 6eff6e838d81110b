"""Each formula against published values, and against what must hold whatever the counts."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics import (
    deviation_of_proportions,
    expected,
    log_likelihood,
    log_ratio,
    ratio_interval,
)

COUNT, SIZE = st.integers(0, 60), st.integers(100, 5000)


@pytest.mark.parametrize(
    ("a", "b", "c", "d", "published"),
    [
        (540, 7525, 116000, 5451382, 534.64),
        (29, 504, 116000, 5451382, 20.50),
        (431, 5892, 116000, 5451382, 437.88),
        (16, 650, 116000, 5451382, 0.32),
        (540, 0, 116000, 5451382, 4180.78),
        (7, 0, 10000, 100000, 33.57),
    ],
)
def test_log_likelihood_is_the_log_likelihood_wizard_s(a, b, c, d, published):
    # values of the UCREL log-likelihood calculator
    assert log_likelihood(a, b, c, d) == pytest.approx(published, abs=0.005)


def test_log_ratio_is_hardie_s():
    # “An informal introduction”: 0.0006 against 0.0002 is three times, equal rates are 0, twice is 1
    assert log_ratio(6, 2, 10000, 10000) == pytest.approx(math.log2(3))
    assert log_ratio(5, 10, 100, 200) == 0 and log_ratio(4, 2, 100, 100) == 1
    assert log_ratio(3, 0, 10, 10) == math.inf and log_ratio(0, 3, 10, 10) == -math.inf
    assert log_ratio(1, 1, 1, 1) == 0 and math.isnan(log_ratio(0, 0, 10, 10))


@pytest.mark.parametrize(
    ("a", "b", "c", "d", "low", "high"),
    [
        (
            2,
            9,
            17877,
            16660,
            0.02177406,
            1.00054910,
        ),  # Fay, “Testing the Ratio of Two Poisson Rates”, section 1
        (11, 21, 800, 3011, 0.858426, 4.277266),
    ],
)  # the example of R's poisson.test
def test_the_interval_is_the_exact_one(a, b, c, d, low, high):
    assert [2**end for end in ratio_interval(a, b, c, d)] == pytest.approx([low, high], rel=1e-5)


def test_deviation_of_proportions_is_gries_s():
    # Gries (2020): five parts of 9, 10, 10, 10 and 11 words, and how often b, i, q and x stand in each
    sizes = (9, 10, 10, 10, 11)
    for counts, plain, normalised in (
        ((2, 2, 2, 2, 2), 0.02, 0.024),
        ((1, 0, 0, 0, 0), 0.82, 1),
        ((0, 1, 0, 0, 0), 0.80, 0.976),
        ((0, 0, 0, 0, 1), 0.78, 0.951),
    ):
        assert deviation_of_proportions(counts, sizes) == pytest.approx(plain)
        assert deviation_of_proportions(counts, sizes, normalised=True) == pytest.approx(
            normalised, abs=0.0005
        )
    assert deviation_of_proportions((2, 1, 0), (1, 1, 1), normalised=True) == pytest.approx(
        0.5
    )  # Lijffijt and Gries (2012)


@given(COUNT, COUNT, SIZE, SIZE)
def test_what_must_hold_whatever_the_counts(a, b, c, d):
    assert sum(expected(a, b, c, d)) == pytest.approx(a + b)
    assert log_likelihood(a, b, c, d) == pytest.approx(log_likelihood(b, a, d, c), abs=1e-9)
    assert log_likelihood(a, b, c, d) >= -1e-9
    low, high = ratio_interval(a, b, c, d)
    assert low <= high
    if a and b:
        assert log_ratio(a, b, c, d) == pytest.approx(-log_ratio(b, a, d, c))
        assert low <= log_ratio(a, b, c, d) <= high


def test_equal_rates_are_no_evidence():
    assert log_likelihood(10, 20, 150, 300) == pytest.approx(0) == log_ratio(10, 20, 150, 300)


@pytest.mark.parametrize(
    "call",
    [
        lambda: log_likelihood(-1, 1, 10, 10),
        lambda: log_ratio(1, 1, 0, 10),
        lambda: deviation_of_proportions((0, 0), (5, 5)),
        lambda: deviation_of_proportions((1,), (5, 5)),
        lambda: deviation_of_proportions((1, 0), (5, 0)),
        lambda: deviation_of_proportions((), ()),
    ],
)
def test_what_cannot_be_counted_is_an_error(call):
    with pytest.raises(
        ValueError, match="^(counts must not be negative and bodies|as many counts as parts)"
    ):
        call()
