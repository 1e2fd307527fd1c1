"""Is a neighbourhood higher than chance: the scan statistic of Kulldorff (R2).

Kulldorff (1997), doi 10.1080/03610929708831995: of all candidate areas, how much likelier the cases are when the risk
inside is higher than outside (Poisson), and how often cases spread by chance give a maximum as high.

A neighbourhood that was chosen because its figures are high is no fair test of those same figures. Its p-value is
therefore against the highest of all candidates, never against its own chance figures; also then the candidates must be
all areas among which could have been chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import KDTree

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_AT_ONCE: Final = 64
"""Simulations per matrix product, so that memory stays small."""


class NoScan(ValueError):
    """The figures allow no scan; the message says why."""


@dataclass(frozen=True, slots=True)
class Scan:
    """Per candidate."""

    likelihood: Floats
    """Log of the likelihood ratio; 0 where the risk inside is not higher than outside."""
    relative_risk: Floats
    """Cases over expected cases inside, divided by the same outside; NaN where nobody lives on one side."""
    p: Floats
    """How often chance gives a maximum over all candidates at least as high."""


def circles(points: Floats, inhabitants: Floats, most: float) -> sparse.csr_array:
    """All circles around a point with at most `most` inhabitants, candidates x units; each ends at one more unit.

    `points` is units x 2. A unit that alone has more inhabitants is no candidate.
    """
    size = len(points)
    rows: list[Integers] = []
    tree = KDTree(points) if size else None
    for centre in range(size):
        near = _nearest(tree, points[centre], inhabitants, most)
        rows.extend(near[: last + 1] for last in range(near.size))
    starts = np.concatenate([[0], np.cumsum([row.size for row in rows], dtype=np.int64)])
    members = np.concatenate(rows) if rows else np.empty(0, dtype=np.int64)
    return sparse.csr_array((np.ones(members.size), members, starts), shape=(len(rows), size))


def scan(
    cases: Integers, population: Floats, candidates: sparse.csr_array, *, permutations: int = 999, seed: int = 0
) -> Scan:
    """Weigh candidates (candidates x units, 0 and 1) by cases among a population (or expected cases). Raises NoScan."""
    if candidates.shape[1] != cases.size or population.shape != cases.shape:
        raise NoScan(
            f"{cases.size} cases, {population.size} populations and candidates over {candidates.shape[1]} units"
        )
    if not (np.isfinite(population).all() and (population >= 0).all() and (cases >= 0).all()):
        raise NoScan("cases and population must be there and not be negative")
    total = int(cases.sum())
    if total == 0 or population.sum() == 0:
        raise NoScan("there are no cases or no population")
    expected = candidates @ population * (total / population.sum())
    inside = candidates @ cases.astype(np.float64)
    observed = _log_ratio(inside, expected, total)
    maxima = _maxima_of_chance(total, population, candidates, expected, permutations, seed)
    with np.errstate(divide="ignore", invalid="ignore"):
        risk = (inside / expected) / ((total - inside) / (total - expected))
    higher = permutations - np.searchsorted(maxima, observed * (1 - 1e-12), side="left")
    return Scan(observed, risk, (higher + 1) / (permutations + 1))


def _nearest(tree: KDTree | None, centre: Floats, inhabitants: Floats, most: float) -> Integers:
    """The units nearest to a centre, as many as together have at most `most` inhabitants, the nearest first."""
    if tree is None:
        return np.empty(0, dtype=np.int64)
    asked = min(32, tree.n)
    while True:
        near = np.atleast_1d(tree.query(centre, asked)[1]).astype(np.int64)
        fitting = int(np.searchsorted(np.cumsum(inhabitants[near]), most, side="right"))
        if fitting < asked or asked == tree.n:
            return near[:fitting]
        asked = min(2 * asked, tree.n)


def _log_ratio(inside: Floats, expected: Floats, total: int) -> Floats:
    """Log-likelihood ratio of a higher risk inside; 0 where it is not higher."""
    outside, rest = total - inside, total - expected
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(inside > 0, inside * np.log(inside / expected), 0.0)
        ratio += np.where(outside > 0, outside * np.log(outside / rest), 0.0)
    return np.where((inside > expected) & (rest > 0), ratio, 0.0)


def _maxima_of_chance(
    total: int, population: Floats, candidates: sparse.csr_array, expected: Floats, permutations: int, seed: int
) -> Floats:
    """The highest log-likelihood ratio of each simulation, ascending: the same cases, spread as the population is."""
    random = np.random.default_rng(seed)
    share = population / population.sum()
    maxima = np.zeros(permutations)
    for start in range(0, permutations, _AT_ONCE):
        stop = min(start + _AT_ONCE, permutations)
        spread = random.multinomial(total, share, size=stop - start).T.astype(np.float64)
        ratios = _log_ratio(candidates @ spread, expected[:, None], total)
        maxima[start:stop] = ratios.max(axis=0, initial=0.0)
    return np.sort(maxima)
