"""Rates with small denominators, drawn to the rate of their municipality (R2).

Ten households with four in arrears are no better evidence of 40 % than of the rate of the municipality. The empirical
Bayes estimate of Marshall (1991, Applied Statistics 40) weighs the two by how much the sectors of the municipality really
differ and how much chance a denominator of that size leaves.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def shrink(numerators: Floats, denominators: Floats, groups: Integers) -> Floats:
    """The rate (numerator / denominator) of each unit, drawn to the rate of its group (numbers from 0).

    The answer lies between the unit's own rate and the rate of its group, and nearer to its own when the denominator is
    larger. NaN where numerator or denominator is missing or the denominator is not above 0.
    """
    used = ~np.isnan(numerators) & (denominators > 0)
    shrunk = np.full(numerators.shape, np.nan)
    if not used.any():
        return shrunk
    above, below, group = numerators[used], denominators[used], groups[used]
    size = int(group.max()) + 1
    totals = np.bincount(group, below, size)
    with np.errstate(invalid="ignore", divide="ignore"):  # a group without units is read by no unit
        mean = np.bincount(group, above, size) / totals
        raw = above / below
        spread = np.bincount(group, below * (raw - mean[group]) ** 2, size) / totals
        chance = mean * np.bincount(group, minlength=size) / totals  # the mean over the average denominator
    between = np.maximum(spread - chance, 0.0)[group]
    within = mean[group] / below
    together = between + within
    weight = np.divide(between, together, out=np.ones_like(together), where=together > 0)
    shrunk[used] = mean[group] + weight * (raw - mean[group])
    return shrunk
