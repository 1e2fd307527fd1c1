"""Where high values lie together: local Moran, Getis-Ord Gi and Gi*, and how easily chance would do the same (R2).

Anselin (1995), doi 10.1111/j.1538-4632.1995.tb00338.x; Ord and Getis (1995), doi 10.1111/j.1538-4632.1995.tb00912.x;
Benjamini and Hochberg (1995), doi 10.1111/j.2517-6161.1995.tb02031.x. The definitions are those of esda, so that an
analyst finds the same numbers there.

The pseudo p-value of a unit keeps its own value and draws those of its neighbours from all other units. All three
statistics rise with the mean of the neighbours, so that one set of draws serves them all. The draws are shared between
the units (as esda does). Since every neighbour of a unit counts as much, units with as many neighbours then face the same
means, sorted once; only where a draw hit the unit itself is it mended.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

PERMUTATIONS: Final = 999
_EQUAL: Final = 1e-12
"""Relative difference below which a drawn mean is the same as the observed one."""


class Quadrant(IntEnum):
    """A unit and its neighbours, against the mean; numbered as esda does. An island has none."""

    NONE = 0
    HIGH_HIGH = 1
    LOW_HIGH = 2
    LOW_LOW = 3
    HIGH_LOW = 4


class NoSpatialStatistic(ValueError):
    """The figures allow no statistic: missing, all the same, or of another size than the neighbours."""


@dataclass(frozen=True, slots=True)
class LocalMoran:
    """Per unit. `expected` and `variance` are those when the other values are shuffled (Sokal 1998, A7 and A8)."""

    statistic: Floats
    quadrants: NDArray[np.int8]
    expected: Floats
    variance: Floats
    p: Floats
    """One-sided pseudo p-value, in the direction that was found; NaN for an island."""


@dataclass(frozen=True, slots=True)
class GetisOrd:
    """Per unit: the share of all values that lies around it, its standard score, and its pseudo p-value (NaN for an island)."""

    statistic: Floats
    z: Floats
    p: Floats


def local_moran(
    neighbours: sparse.csr_array, values: Floats, *, permutations: int = PERMUTATIONS, seed: int = 0
) -> LocalMoran:
    """Local Moran with every neighbour of a unit counting as much. Raises NoSpatialStatistic."""
    _check(neighbours, values)
    size = values.size
    if size == 0:
        nothing = np.empty(0)
        return LocalMoran(nothing, np.empty(0, dtype=np.int8), nothing, nothing, nothing)
    weights, islands = _equal_shares(neighbours)
    z = (values - values.mean()) / values.std()
    around = weights @ z
    total, squares = weights.sum(axis=1), weights.power(2).sum(axis=1)
    variance = (
        z**2 * size / (size - 2) * (squares - total**2 / (size - 1)) * (1 - z**2 / (size - 1))
        if size > 2
        else z * np.nan
    )
    sides = np.where(z > 0, np.where(around > 0, Quadrant.HIGH_HIGH, Quadrant.HIGH_LOW), 0)
    sides = np.where(z <= 0, np.where(around > 0, Quadrant.LOW_HIGH, Quadrant.LOW_LOW), sides)
    return LocalMoran(
        statistic=(size - 1) / size * z * around,
        quadrants=np.where(islands, Quadrant.NONE, sides).astype(np.int8),
        expected=-(z**2) * total / (size - 1),
        variance=variance,
        p=_pseudo_p(weights, z, permutations, seed),
    )


def getis_ord(
    neighbours: sparse.csr_array, values: Floats, *, star: bool, permutations: int = PERMUTATIONS, seed: int = 0
) -> GetisOrd:
    """Gi* (`star`: the unit itself counts too) or Gi, with weights 0 and 1. Raises NoSpatialStatistic, also below zero."""
    _check(neighbours, values)
    if (values < 0).any():
        raise NoSpatialStatistic("a share of the total needs figures that are not negative")
    if values.size == 0:
        return GetisOrd(np.empty(0), np.empty(0), np.empty(0))
    weights = _binary(neighbours)
    others = weights + sparse.eye_array(values.size, format="csr") if star else weights
    own = values * (not star)
    number = values.size - (not star)
    everything = values.sum() - own
    mean = everything / number
    variance = ((values**2).sum() - own**2) / number - mean**2
    count = others.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = (others @ values) / everything
        spread = np.sqrt(count * (number - count) / (number - 1) / number**2 * variance / mean**2)
        z = (statistic - count / number) / spread
    return GetisOrd(statistic, z, _pseudo_p(weights, values, permutations, seed))


def false_discovery(p: Floats) -> Floats:
    """Benjamini-Hochberg: per unit the smallest share of false discoveries at which it is still a discovery; NaN stays NaN."""
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    steps = p[order] * known.size / np.arange(1, known.size + 1)
    adjusted = np.full(p.shape, np.nan)
    adjusted[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return adjusted


def _check(neighbours: sparse.csr_array, values: Floats) -> None:
    if values.ndim != 1 or neighbours.shape != (values.size, values.size):
        raise NoSpatialStatistic(f"{values.shape} values do not belong to neighbours of shape {neighbours.shape}")
    if not np.isfinite(values).all():
        raise NoSpatialStatistic(f"{(~np.isfinite(values)).sum()} units have no figure: leave them out first")
    if values.size and values.min() == values.max():
        raise NoSpatialStatistic("all units have the same figure")
    if neighbours.diagonal().any():
        raise NoSpatialStatistic("a unit is its own neighbour")


def _binary(neighbours: sparse.csr_array) -> sparse.csr_array:
    ones = sparse.csr_array(neighbours, dtype=np.float64, copy=True)
    ones.eliminate_zeros()
    ones.data[:] = 1.0
    return ones


def _equal_shares(neighbours: sparse.csr_array) -> tuple[sparse.csr_array, NDArray[np.bool_]]:
    """(weights that sum to 1 per unit, which units have no neighbour)."""
    weights = _binary(neighbours)
    counts = np.diff(weights.indptr)
    weights.data /= np.repeat(counts, counts)
    return weights, counts == 0


def _pseudo_p(weights: sparse.csr_array, values: Floats, permutations: int, seed: int) -> Floats:
    """Per unit how often chance gives neighbours at least as extreme; a tie counts against a finding on both sides."""
    counts = np.diff(weights.indptr)
    most = int(counts.max(initial=0))
    draws = _draws(values.size, most + 1, permutations, np.random.default_rng(seed))
    sums = np.cumsum(values[draws], axis=1)
    observed = np.divide(_binary(weights) @ values, counts, out=np.zeros(values.size), where=counts > 0)
    near = _EQUAL * np.abs(values).max(initial=0.0)
    low, high = observed - near, observed + near
    larger, smaller = np.zeros(values.size, dtype=np.int64), np.zeros(values.size, dtype=np.int64)
    for count in np.unique(counts[counts > 0]):
        units = np.flatnonzero(counts == count)
        chance = np.sort(sums[:, count - 1] / count)
        larger[units] = permutations - np.searchsorted(chance, low[units], side="left")
        smaller[units] = np.searchsorted(chance, high[units], side="right")
    # A draw that hit the unit itself is mended: the spare draw comes in its place.
    unit, time = _own_hits(draws[:, :most], counts)
    before = sums[time, counts[unit] - 1] / counts[unit]
    after = before + (values[draws[time, -1]] - values[unit]) / counts[unit]
    np.add.at(larger, unit, (after >= low[unit]).astype(np.int64) - (before >= low[unit]))
    np.add.at(smaller, unit, (after <= high[unit]).astype(np.int64) - (before <= high[unit]))
    return np.where(counts > 0, np.minimum((np.minimum(larger, smaller) + 1) / (permutations + 1), 1.0), np.nan)


def _draws(size: int, number: int, permutations: int, random: np.random.Generator) -> Integers:
    """`permutations` x `number` different units; all units when there are not that many."""
    number = min(number, size)
    if number**2 > size:
        return random.permuted(np.tile(np.arange(size), (permutations, 1)), axis=1)[:, :number]
    draws = random.integers(size, size=(permutations, number))
    again = np.arange(permutations)
    while again.size:
        ordered = np.sort(draws[again], axis=1)
        again = again[(ordered[:, 1:] == ordered[:, :-1]).any(axis=1)]
        draws[again] = random.integers(size, size=(again.size, number))
    return draws


def _own_hits(draws: Integers, counts: Integers) -> tuple[Integers, Integers]:
    """(unit, permutation) of every draw that gave a unit itself as its neighbour: at most once per permutation."""
    time, place = np.nonzero(np.arange(draws.shape[1]) < counts[draws])
    return draws[time, place], time
