"""The profile of a set of sectors: every indicator over the years beside municipality, province and Flanders (R2).

Only published figures go in, so nothing that the product hides can be computed from a profile. Pure apart from what it is
given: the figures come from `places.queries`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wijkcontract.engines import aggregation, intervals, profile
from wijkcontract.places.arrays import Floats
from wijkcontract.places.enums import Aggregation, Direction, Level
from wijkcontract.places.models import Indicator
from wijkcontract.places.queries import Published, SectorMap

RULES: Final = {
    Aggregation.SUM: aggregation.Aggregation.SUM,
    Aggregation.RATE: aggregation.Aggregation.RATE,
    Aggregation.MEAN: aggregation.Aggregation.WEIGHTED_MEAN,
    Aggregation.MEDIAN: aggregation.Aggregation.MEDIAN,
}
SIGNS: Final = {Direction.HIGH: 1.0, Direction.LOW: -1.0, Direction.NONE: 0.0}
PERCENT: Final = 100.0
References = Mapping[tuple[str, int, Level], Published]


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator. Arrays run over `years` (ascending) with NaN where there is no figure.

    `lower` and `upper` bound the figure of the neighbourhood with 90 % confidence. Distances are those of `year`, the newest
    year with a figure, in standard deviations between the sectors of the municipality; above zero is less favourable.
    """

    indicator: Indicator
    years: tuple[int, ...]
    own: Floats
    lower: Floats
    upper: Floats
    municipality: Floats
    province: Floats
    region: Floats
    year: int | None
    reason: str
    distance: float
    distance_low: float
    distance_high: float
    municipality_distance: float
    sectors_missing: int
    coverage: float
    source: str
    licence: str

    def at(self, figures: Floats) -> float | None:
        """The figure of the year shown."""
        if self.year is None:
            return None
        found = float(figures[self.years.index(self.year)])
        return None if np.isnan(found) else found


def lines_of(town: SectorMap, columns: Sequence[Published], references: References, codes: Sequence[str]) -> list[Line]:
    """The profile of the sectors `codes`, one line an indicator in library order; empty when there are no figures."""
    if not columns:
        return []
    indicators = list({one.indicator.code: one.indicator for one in columns}.values())
    years = tuple(sorted({one.year for one in columns}))
    place = {one.code: number for number, one in enumerate(indicators)}
    cells = _Cells.empty(len(indicators), len(years), len(town.codes))
    origin: dict[str, Published] = {}
    for column in columns:
        cells.put(town, column, place[column.indicator.code], years.index(column.year))
        origin[column.indicator.code] = column
    rows = town.rows_of(codes)
    own = cells.aggregate(indicators, rows, town.inhabitants)
    return [
        _line(one, number, years, own, cells, town, references, origin[one.code])
        for number, one in enumerate(indicators)
    ]


@dataclass(frozen=True, slots=True)
class _Cells:
    """Published figures, indicators x years x sectors of the municipality."""

    values: Floats
    numerators: Floats
    denominators: Floats

    @classmethod
    def empty(cls, *shape: int) -> _Cells:
        return cls(np.full(shape, np.nan), np.full(shape, np.nan), np.full(shape, np.nan))

    def put(self, town: SectorMap, column: Published, number: int, year: int) -> None:
        """Lay a column in its place; a figure that is a mean without a weight counts by inhabitants."""
        there = [(row, at) for at, code in enumerate(column.codes) if (row := town.rows.get(code)) is not None]
        rows, at = (np.array(one, dtype=np.intp) for one in zip(*there, strict=True)) if there else _NOWHERE
        figures = column.figures.take(at)
        above, below = figures.numerator, figures.denominator
        if column.indicator.aggregation == Aggregation.MEAN:
            below = np.where(np.isnan(below), town.inhabitants[rows], below)
            above = figures.value * below
        elif column.indicator.aggregation == Aggregation.SUM:
            above = np.where(np.isnan(above), figures.value, above)
        self.values[number, year, rows] = figures.value
        self.numerators[number, year, rows] = above
        self.denominators[number, year, rows] = below

    def aggregate(
        self, indicators: Sequence[Indicator], rows: NDArray[np.intp], inhabitants: Floats
    ) -> aggregation.Figures:
        """The figures of the area that these sectors form; weighted means have no factor, rates do."""
        return aggregation.aggregate(
            self.numerators[:, :, rows], self.denominators[:, :, rows], ~np.isnan(self.values[:, :, rows]),
            np.broadcast_to(inhabitants[rows], (self.values.shape[1], len(rows))),
            rules=[RULES[Aggregation(one.aggregation)] for one in indicators],
            per=np.array([one.factor if one.aggregation == Aggregation.RATE else 1.0 for one in indicators]),
        )  # fmt: skip


_NOWHERE: Final = (np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp))


def _line(
    indicator: Indicator, number: int, years: tuple[int, ...], own: aggregation.Figures, cells: _Cells, town: SectorMap,
    references: References, origin: Published,
) -> Line:  # fmt: skip
    values = own.values[number]
    margin = _margin(indicator, own.numerators[number], own.denominators[number])
    municipality, province, region = (
        _reference(references, indicator.code, years, level, town.nis)
        for level in (Level.MUNICIPALITY, Level.PROVINCE, Level.REGION)
    )
    with_figure = np.flatnonzero(~np.isnan(values))
    at = int(with_figure[-1]) if len(with_figure) else len(years) - 1
    spread = profile.spread(cells.values[number, [at]], np.nan_to_num(town.inhabitants))
    seen = np.array([values[at], margin.lower[at], margin.upper[at], municipality[at]])
    far = profile.standardised_distance(seen, region[at], spread, np.full(4, SIGNS[Direction(indicator.direction)]))
    return Line(
        indicator=indicator, years=years, own=values, lower=margin.lower, upper=margin.upper, municipality=municipality,
        province=province, region=region, year=years[at] if len(with_figure) else None, reason=own.reason(number, at),
        distance=float(far[0]), distance_low=float(np.fmin(far[1], far[2])), distance_high=float(np.fmax(far[1], far[2])),
        municipality_distance=float(far[3]), sectors_missing=int(own.sectors_missing[number, at]),
        coverage=float(own.coverage[number, at]), source=origin.source, licence=origin.licence,
    )  # fmt: skip


def _margin(indicator: Indicator, above: Floats, below: Floats) -> intervals.Interval:
    """90 % bounds of a share or of a rate, in the unit of the indicator; none for what is neither."""
    if indicator.aggregation != Aggregation.RATE:
        nothing = np.full(above.shape, np.nan)
        return intervals.Interval(nothing, nothing)
    make = intervals.share_interval if indicator.factor == PERCENT else intervals.rate_interval
    found = make(above, below)
    return intervals.Interval(found.lower * indicator.factor, found.upper * indicator.factor)


def _reference(references: References, code: str, years: Sequence[int], level: Level, nis: str) -> Floats:
    """The figures of the municipality, its province or the region over the years."""
    found = np.full(len(years), np.nan)
    for number, year in enumerate(years):
        column = references.get((code, year, level))
        if column is not None and (at := _place(column.codes, level, nis)) is not None:
            found[number] = column.figures.value[at]
    return found


def _place(codes: Sequence[str], level: Level, nis: str) -> int | None:
    """Where the area that holds the municipality stands: its own code, the province by its first digit, the one region."""
    if level is Level.MUNICIPALITY:
        return codes.index(nis) if nis in codes else None
    if len(codes) == 1:
        return 0
    return next((at for at, code in enumerate(codes) if code[:1] == nis[:1]), None)
