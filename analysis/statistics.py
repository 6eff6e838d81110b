"""Statistics that a short text can bear: pure functions of named counts, each with its source.

In a comparison ``a`` and ``b`` are the mentions in two bodies of text, ``c`` and ``d`` their words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

#: Where both expected counts are at least this, and G2 at least that, a difference may be told from
#: chance: Rayson, Berridge and Francis (2004), “Extending the Cochran rule”, for expected values of
#: 1 or more.
LEAST_EXPECTED, LEAST_G2 = 1, 15.13


def expected(a: int, b: int, c: int, d: int) -> tuple[float, float]:
    """How many mentions each body would have if both used the word alike: ``(E1, E2)``.

    Raises ``ValueError`` for a negative count or a body without words.
    """
    if min(a, b) < 0 or min(c, d) <= 0:
        raise ValueError(
            f"counts must not be negative and bodies not empty: {a} of {c}, {b} of {d}"
        )
    return c * (a + b) / (c + d), d * (a + b) / (c + d)


def log_likelihood(a: int, b: int, c: int, d: int) -> float:
    """The log-likelihood ratio G2 that the two bodies do not use a word alike; 0 or more.

    ``2 (a ln(a/E1) + b ln(b/E2))``, a term of a zero count being zero: Rayson and Garside (2000),
    “Comparing corpora using frequency profiling”, section 2; the form with two terms, not Dunning's
    (1993) with four.

    Note: it takes the words of a text for independent draws, which they are not (Lijffijt and
    others
    2016, “Significance testing of word frequencies in corpora”): it overstates the evidence.
    """
    e1, e2 = expected(a, b, c, d)
    return 2 * ((a * math.log(a / e1) if a else 0) + (b * math.log(b / e2) if b else 0))


def log_ratio(a: int, b: int, c: int, d: int) -> float:
    """The binary logarithm of the ratio of the two rates: 1 is twice as often, -1 half as often.

    Hardie (2014), “Log Ratio: an informal introduction”. Infinite where one count is zero, not a
    number where both are: nothing is put in for a zero.
    """
    expected(a, b, c, d)
    if not a or not b:
        return math.nan if not a and not b else math.inf if a else -math.inf
    return math.log2((a / c) / (b / d))


def ratio_interval(a: int, b: int, c: int, d: int, level: float = 0.95) -> tuple[float, float]:
    """An exact interval for the ratio of the two rates, on the scale of :func:`log_ratio`.

    Given ``a + b`` mentions in all, the share that falls to the first body is binomial: the limits
    are
    Clopper and Pearson's (1934) for that share, turned into a ratio, as R's ``poisson.test`` does
    it.
    """
    from scipy.special import betaincinv  # slow to load, and few charts need it

    expected(a, b, c, d)
    tail = (1 - level) / 2
    low = betaincinv(a, b + 1, tail) if a else 0.0
    high = betaincinv(a + 1, b, 1 - tail) if b else 1.0

    def on_scale(share: float) -> float:
        if share in (0, 1):
            return math.inf if share else -math.inf
        return math.log2(share / (1 - share) * d / c)

    return on_scale(low), on_scale(high)


def deviation_of_proportions(
    counts: Sequence[int], sizes: Sequence[int], normalised: bool = False
) -> float:
    """How unevenly a word is spread over the parts of a text: 0 evenly, towards 1 all in one part.

    Half the sum of the differences between each part's share of the mentions and its share of the
    words:
    Gries (2008). ``normalised`` divides by ``1 - smallest share``, so that all in the smallest part
    is 1: Lijffijt and Gries (2012). Raises ``ValueError`` for no mention or parts that do not
    match.
    """
    if len(counts) != len(sizes) or not sum(counts) or min(sizes, default=0) <= 0:
        raise ValueError("as many counts as parts, at least one mention, and no empty part")
    shares = [size / sum(sizes) for size in sizes]
    deviation = sum(abs(count / sum(counts) - share) for count, share in zip(counts, shares)) / 2
    return deviation / (1 - min(shares)) if normalised else deviation
