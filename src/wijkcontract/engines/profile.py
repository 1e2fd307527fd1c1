"""The profile of a neighbourhood beside others (R2): how far it lies, which ones look like it, its people, domains and years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from wijkcontract.engines.intervals import Interval, difference_interval, is_certain
from wijkcontract.engines.suppression import Booleans, Floats, Integers

WORST_FIFTH: Final = 0.8
FEWEST_SHARED: Final = 0.5
"""Two neighbourhoods are compared when they share at least this part of the weight of the indicators."""


def spread(values: Floats, weights: Floats) -> Floats:
    """The standard deviation of each indicator over all areas, weighted (usually by inhabitants).

    `values` is indicators x areas with NaN where missing, `weights` one per area. NaN for an indicator with fewer
    than two areas or no variation: nothing can be said about distances then.
    """
    known = ~np.isnan(values) & (weights > 0)
    heavy = np.where(known, weights, 0.0)
    total = heavy.sum(axis=1)
    total = np.where(total > 0, total, np.nan)
    filled = np.where(known, values, 0.0)
    mean = (filled * heavy).sum(axis=1) / total
    squares = (heavy * np.square(filled - mean[:, None])).sum(axis=1) / total
    scale = np.maximum(np.abs(filled).max(axis=1, initial=0.0), 1.0)
    varies = (known.sum(axis=1) > 1) & (np.sqrt(squares) > 1e-12 * scale)
    return np.asarray(np.where(varies, np.sqrt(squares), np.nan))


def standardised_distance(values: Floats, reference: Floats, spreads: Floats, signs: Floats) -> Floats:
    """How many standard deviations an area lies from the reference, positive when it is more vulnerable.

    `signs` per indicator: 1 when high is vulnerable, -1 when low is, 0 (or NaN) when neither: then the distance is NaN.
    """
    return np.asarray((values - reference) / spreads * np.where(signs == 0, np.nan, signs))


@dataclass(frozen=True, slots=True)
class Similar:
    """Areas that look like the target, nearest first."""

    areas: Integers
    """Positions among the candidates."""
    distances: Floats
    """Root of the weighted mean of squared standardised differences: 1 means one standard deviation apart on average."""
    differences: Floats
    """Areas x indicators: candidate minus target in standard deviations; NaN where one of the two is missing."""
    contributions: Floats
    """Areas x indicators: the part of the squared distance that comes from each indicator; rows sum to 1, or to 0 at distance 0."""

    def explains(self, row: int, count: int = 3) -> list[int]:
        """The indicators that make the most difference for one area, the largest first; those that make none are left out."""
        order = np.argsort(-self.contributions[row], kind="stable")[:count]
        return [int(one) for one in order if self.contributions[row, one] > 0]


def similar_areas(
    target: Floats, candidates: Floats, spreads: Floats, weights: Floats | None = None, *, count: int = 10
) -> Similar:
    """The candidates nearest to the target on the standardised indicators, with what makes the difference.

    `target` has one value per indicator, `candidates` is areas x indicators, NaN where missing. The caller leaves the
    target itself out of the candidates. A candidate that shares less than half of the weight of the target's
    indicators is left out; ties keep the order given.
    """
    weight = np.ones(len(target)) if weights is None else weights
    usable = ~np.isnan(target) & ~np.isnan(spreads) & (weight > 0)
    weight = np.where(usable, weight, 0.0)
    differences = np.where(usable, (candidates - target) / np.where(usable, spreads, 1.0), np.nan)
    heavy = np.where(np.isnan(differences), 0.0, weight)
    parts = heavy * np.square(np.nan_to_num(differences))
    shared = heavy.sum(axis=1)
    comparable = (shared > 0) & (shared >= FEWEST_SHARED * weight.sum())
    total = parts.sum(axis=1)
    distance = np.sqrt(np.divide(total, shared, out=np.full(len(total), np.inf), where=comparable))
    nearest = np.argsort(distance, kind="stable")[:count]
    nearest = nearest[comparable[nearest]]
    whole = total[nearest, None]
    contributions = np.divide(parts[nearest], whole, out=np.zeros((len(nearest), len(target))), where=whole > 0)
    return Similar(nearest, distance[nearest], differences[nearest], contributions)


@dataclass(frozen=True, slots=True)
class Pyramid:
    """Inhabitants by age group and sex, youngest group first, as parts of all inhabitants."""

    lowest_ages: tuple[int, ...]
    labels: tuple[str, ...]
    men: Integers
    women: Integers

    @property
    def total(self) -> int:
        """All inhabitants of the pyramid."""
        return int(self.men.sum() + self.women.sum())

    def shares(self) -> Floats:
        """Shape (2, groups), men first: the part of all inhabitants, 0 when there are none."""
        counts = np.stack([self.men, self.women]).astype(np.float64)
        return counts / self.total if self.total else counts


def pyramid(counts: Integers, ages: Sequence[int], edges: Sequence[int]) -> Pyramid:
    """Gather inhabitants (shape (2, ages), men first) into age groups.

    `ages` holds the lowest age of each group of the source and `edges` the lowest age of each group wanted, both
    ascending; the last group of each is open. Raises ValueError when a wanted group would cut a group of the source,
    or would leave out the youngest.
    """
    cuts = [edge for edge in edges if edge not in ages]
    if cuts or not edges or edges[0] != ages[0]:
        raise ValueError(f"the age groups cannot be made from the source: {cuts or edges}")
    gathered = np.add.reduceat(counts, np.searchsorted(ages, edges), axis=1)
    ends = [f"{low}-{high - 1}" if high - 1 > low else f"{low}" for low, high in pairwise(edges)]
    return Pyramid(tuple(edges), (*ends, f"{edges[-1]}+"), gathered[0], gathered[1])


def in_worst_fifth(scores: Floats, area: Floats) -> Booleans:
    """Per domain whether the area lies in the most vulnerable fifth.

    `scores` is domains x all areas (high = vulnerable, NaN where missing), `area` one score per domain. The border is
    the 80th percentile (type 7) and a score at the border counts only when it lies above the lowest score: where all
    areas are alike there is no worst fifth.
    """
    found = np.zeros(len(area), dtype=bool)
    for domain, row in enumerate(scores):
        known = row[~np.isnan(row)]
        if known.size:
            found[domain] = area[domain] >= np.quantile(known, WORST_FIFTH) and area[domain] > known.min()
    return found


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure over the years that can be compared with the newest one."""

    first_year: int
    last_year: int
    change: float
    """Newest minus oldest, in the unit of the figure."""
    per_year: float
    """Slope of the straight line through the years (least squares)."""
    certain: bool
    """Whether the change lies outside the margin; a change of figures without interval is taken as it is."""
    restarts_in: int | None
    """The year in which the series starts anew, when older figures are left out because they are not comparable."""


def trend(
    years: Sequence[int], values: Floats, series: Sequence[int], interval: Interval | None = None
) -> Trend | None:
    """The change over the unbroken end of a series; None when fewer than two years can be compared.

    `years` ascend; `series` names, per year, the series it belongs to (the vintage of the sectors, a definition):
    when that changes the series breaks. Years without a figure (NaN) are passed over.
    """
    known = [place for place in range(len(years)) if not np.isnan(values[place])]
    if not known:
        return None
    start = len(known) - 1
    while start > 0 and series[known[start - 1]] == series[known[-1]]:
        start -= 1
    used = known[start:]
    if len(used) < 2:
        return None
    chosen = np.asarray(values, dtype=np.float64)[used]
    when = np.asarray(years, dtype=np.float64)[used]
    first, last = used[0], used[-1]
    change = float(values[last] - values[first])
    return Trend(
        first_year=years[first],
        last_year=years[last],
        change=change,
        per_year=float(np.polynomial.polynomial.polyfit(when - when[0], chosen, 1)[1]),
        certain=change != 0 if interval is None else _changed(values, interval, first, last),
        restarts_in=years[first] if start > 0 else None,
    )


def _changed(values: Floats, interval: Interval, first: int, last: int) -> bool:
    """Whether the newest figure differs from the oldest by more than their margins."""
    ends = [Interval(interval.lower[[place]], interval.upper[[place]]) for place in (last, first)]
    return bool(is_certain(difference_interval(values[[last]], ends[0], values[[first]], ends[1]))[0])
