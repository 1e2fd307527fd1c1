"""How certain a figure is: intervals of shares, rates and differences (R2). Two-sided, 90 % unless asked otherwise.

Sources: Wilson 1927, JASA 22 (shares; keeps its coverage near 0 and 1, Brown, Cai & DasGupta 2001); Garwood 1936,
Biometrika 28 (counts, exact); Zou & Donner 2008, Statistics in Medicine 27 (differences, from the two intervals).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import gammaincinv, ndtri

from wijkcontract.engines.suppression import Booleans, Floats

LEVEL: Final = 0.90


@dataclass(frozen=True, slots=True)
class Interval:
    """Lower and upper bounds, of the shape of the figures they belong to; NaN where there is no figure."""

    lower: Floats
    upper: Floats


def share_interval(cases: Floats, of: Floats, *, level: float = LEVEL, design_effect: float = 1.0) -> Interval:
    """Wilson's interval of the share `cases / of`, between 0 and 1.

    `design_effect` divides the number of people asked, for a survey that did not draw them simply at random. NaN
    where `of` is not above zero, or where the cases are not a part of it.
    """
    z = float(ndtri((1 + level) / 2))
    asked = np.where(of > 0, of, np.nan) / design_effect
    share = cases / np.where(of > 0, of, np.nan)
    share = np.where((share >= 0) & (share <= 1), share, np.nan)
    middle = (share + z * z / (2 * asked)) / (1 + z * z / asked)
    spread = z / (1 + z * z / asked) * np.sqrt(share * (1 - share) / asked + z * z / (4 * asked * asked))
    lower, upper = np.minimum(middle - spread, share), np.maximum(middle + spread, share)
    return Interval(np.clip(lower, 0.0, 1.0), np.clip(upper, 0.0, 1.0))


def rate_interval(cases: Floats, of: Floats, *, level: float = LEVEL) -> Interval:
    """Garwood's exact Poisson interval of the rate `cases / of`, for events that one person can have more than once.

    NaN where `of` is not above zero.
    """
    tail = (1 - level) / 2
    base = np.where(of > 0, of, np.nan)
    lower = np.where(cases > 0, gammaincinv(np.maximum(cases, 1e-300), tail), cases * 0.0)
    return Interval(lower / base, gammaincinv(cases + 1, 1 - tail) / base)


def difference_interval(one: Floats, of_one: Interval, other: Floats, of_other: Interval) -> Interval:
    """The interval of `one - other`, from the interval of each (method of variance estimates recovery).

    The two are taken as independent. A neighbourhood and its municipality share people, which makes their difference
    more certain than this says. A figure whose bounds are NaN counts as exact.
    """
    down = np.hypot(_below(one, of_one), _above(other, of_other))
    up = np.hypot(_above(one, of_one), _below(other, of_other))
    return Interval(one - other - down, one - other + up)


def _below(figure: Floats, bounds: Interval) -> Floats:
    return figure - np.where(np.isnan(bounds.lower), figure, bounds.lower)


def _above(figure: Floats, bounds: Interval) -> Floats:
    return np.where(np.isnan(bounds.upper), figure, bounds.upper) - figure


def is_certain(difference: Interval) -> Booleans:
    """Where a difference is not zero with the confidence of its interval; False where it is unknown."""
    return (difference.lower > 0) | (difference.upper < 0)
