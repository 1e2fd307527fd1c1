"""Ranks and deciles with a declared rule for ties and for quantiles, and the four normalisations built on them (R2).

Everywhere a high value is vulnerable, and rank 1 and decile 1 are the most vulnerable. NaN is no figure: it gets no rank,
and the number of ranked units leaves it out.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Ties(StrEnum):
    """Which rank equal values share: the smallest, the largest or the mean of the ranks that they take together."""

    SMALLEST = "smallest"
    LARGEST = "largest"
    MEAN = "mean"


class Quantiles(StrEnum):
    """How a quantile is read between two observations: the types of Hyndman & Fan 1996 (The American Statistician 50)."""

    TYPE6 = "type6"
    TYPE7 = "type7"
    TYPE8 = "type8"


class Closed(StrEnum):
    """Which class holds a value that lies exactly on a border: the class that ends there (right) or that begins there."""

    RIGHT = "right"
    LEFT = "left"


class Normalisation(StrEnum):
    """How figures of different kinds come on one scale."""

    NONE = "none"
    """As they are; the direction is still turned, so that high is vulnerable."""
    RANK_EXPONENTIAL = "rank_exponential"
    """0 to 100 from the rank, stretched at the vulnerable end so that one domain cannot make up for another."""
    Z = "z"
    """Distance from the mean in standard deviations, each unit counting once."""
    MIN_MAX = "min_max"
    """0 to 100 between the lowest and the highest value."""
    PERCENTILE = "percentile"
    """100 x the share of units that is as vulnerable or less."""


_METHODS: Final[dict[Quantiles, Literal["weibull", "linear", "median_unbiased"]]] = {
    Quantiles.TYPE6: "weibull",
    Quantiles.TYPE7: "linear",
    Quantiles.TYPE8: "median_unbiased",
}


def quantiles(values: Floats, probabilities: Floats | float, rule: Quantiles = Quantiles.TYPE7) -> Floats:
    """Quantiles of the values that are there; NaN when none is."""
    known = values[~np.isnan(values)]
    if not len(known):
        return np.full(np.shape(probabilities), np.nan)
    return np.asarray(np.quantile(known, probabilities, method=_METHODS[rule]), dtype=np.float64)


def ranks(values: Floats, ties: Ties = Ties.SMALLEST) -> Floats:
    """Rank 1 for the highest value; NaN stays NaN."""
    return ranks_and_deciles(values, ties)[0]


def ranks_and_deciles(
    values: Floats,
    ties: Ties = Ties.SMALLEST,
    rule: Quantiles = Quantiles.TYPE7,
    closed: Closed = Closed.RIGHT,
) -> tuple[Floats, Floats]:
    """Rank 1 for the highest value, and the tenth that each rank falls in by the quantiles of all ranks; NaN stays NaN."""
    rank, decile = np.full(values.shape, np.nan), np.full(values.shape, np.nan)
    known = np.flatnonzero(~np.isnan(values))
    if not len(known):
        return rank, decile
    order = known[np.argsort(-values[known])]  # equal values share one rank: their order among themselves is nothing
    ordered = values[order]
    begins = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    lengths = np.diff(np.append(begins, len(ordered)))
    first, last = begins + 1.0, begins + lengths.astype(np.float64)
    shared = np.repeat({Ties.SMALLEST: first, Ties.LARGEST: last, Ties.MEAN: (first + last) / 2}[ties], lengths)
    borders = quantiles(shared, np.arange(1, 10) / 10, rule)
    ends = np.searchsorted(shared, borders, side="right" if closed is Closed.RIGHT else "left")
    rank[order] = shared
    decile[order] = np.repeat(np.arange(1.0, 11.0), np.diff(ends, prepend=0, append=len(shared)))
    return rank, decile


def winsorise(values: Floats, lower: float, upper: float, rule: Quantiles = Quantiles.TYPE7) -> tuple[Floats, int]:
    """Pull values outside the two quantiles (0..1) back to them; also how many were pulled."""
    if lower <= 0 and upper >= 1:
        return values, 0
    low, high = quantiles(values, np.array([lower, upper]), rule)
    outside = int(np.count_nonzero((values < low) | (values > high)))
    return np.clip(values, low, high), outside


def normalise(values: Floats, method: Normalisation, ranked: Floats | None = None, scale: float = 23.0) -> Floats:
    """Put values on the scale of the method. A constant column has no spread: z and min-max give NaN for it.

    `ranked` holds their ranks when the caller has them; otherwise equal values share the smallest.

    Rank-exponential: -scale ln(1 - R (1 - exp(-100 / scale))) with R = (N - rank + 1) / N, as in the English indices of
    deprivation (Noble et al. 2006, Environment and Planning A 38) and the Belgian one (Otavova et al. 2023).
    """
    if method is Normalisation.NONE:
        return values
    known: Floats = values[~np.isnan(values)]
    if not len(known):
        return values
    if method is Normalisation.Z:
        spread = float(known.std())
        return (values - float(known.mean())) / (spread if spread > 0 else float("nan"))
    if method is Normalisation.MIN_MAX:
        low, high = float(known.min()), float(known.max())
        return 100.0 * (values - low) / (high - low if high > low else float("nan"))
    share: Floats = (len(known) - (ranks(values) if ranked is None else ranked) + 1) / len(known)
    if method is Normalisation.PERCENTILE:
        return 100.0 * share
    return np.asarray(-scale * np.log(1.0 - share * (1.0 - np.exp(-100.0 / scale))), dtype=np.float64)
