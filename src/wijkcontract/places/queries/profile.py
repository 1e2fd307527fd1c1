"""The profile of a set of sectors: every indicator over the years, beside municipality, province and Flanders (R2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wijkcontract.accounts.actors import Actor
from wijkcontract.engines import aggregation
from wijkcontract.places.arrays import Bools, Floats
from wijkcontract.places.enums import Level
from wijkcontract.places.models import Indicator
from wijkcontract.places.queries.figures import Published, columns_of, reference_values
from wijkcontract.places.queries.geography import SectorMap


@dataclass(frozen=True, slots=True)
class Steady:
    """The figures of the sectors that have one in every year, for comparing years: else what is hidden makes a trend.

    Arrays have a number a year; `coverage` (0..1) is the share of the inhabitants in those sectors.
    """

    value: Floats
    numerator: Floats
    denominator: Floats
    coverage: float


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One indicator over `years`; every array has a number a year, NaN where there is no published figure.

    Only published cells are summed: `sectors_missing`, `inhabitants_missing` and `coverage` (0..1) say what is not in it.
    `additive` is false for a median: there is then no figure of the own area, only those of the levels above.
    """

    indicator: Indicator
    years: tuple[int, ...]
    value: Floats
    numerator: Floats
    denominator: Floats
    sectors_missing: NDArray[np.int64]
    inhabitants_missing: Floats
    coverage: Floats
    steady: Steady
    additive: bool
    municipality: Floats
    province: Floats
    region: Floats
    source: str
    licence: str
    data_version: int
    is_example: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """The chosen sectors (codes of the map, sorted), their inhabitants and area, and a line an indicator."""

    codes: tuple[str, ...]
    inhabitants: int
    area_m2: float
    lines: tuple[ProfileLine, ...]


def profile(actor: Actor, town: SectorMap, codes: Sequence[str]) -> Profile:
    """The profile of some sectors of a municipality; codes that the map does not have are left out. Six queries."""
    rows = town.rows_of(codes)
    references = reference_values(actor, town)
    people = np.nan_to_num(town.inhabitants[rows])
    by_indicator: dict[str, list[Published]] = {}
    for column in columns_of(actor, town):
        by_indicator.setdefault(column.indicator.code, []).append(column)
    lines = [_line(town, rows, people, columns, references) for columns in by_indicator.values()]
    return Profile(
        codes=tuple(town.codes[row] for row in rows),
        inhabitants=int(people.sum()),
        area_m2=float(np.nansum(town.area_m2[rows])),
        lines=tuple(lines),
    )


def _line(
    town: SectorMap,
    rows: NDArray[np.intp],
    people: Floats,
    columns: list[Published],
    references: dict[tuple[int, int, Level], float],
) -> ProfileLine:
    """One indicator: the sum over the chosen sectors for each year, and the levels above."""
    indicator, last = columns[0].indicator, columns[-1]
    numerators = np.array([[column.figures.numerator[rows] for column in columns]])
    denominators = np.array([[column.figures.denominator[rows] for column in columns]])
    shown = np.array([[column.figures.hidden[rows] == 0 for column in columns]]) & ~np.isnan(numerators)

    def summed(published: Bools) -> aggregation.Figures:
        return aggregation.aggregate(
            numerators,
            denominators,
            published,
            np.broadcast_to(people, numerators.shape[1:]),
            rules=[aggregation.Aggregation(indicator.aggregation)],
            per=np.array([indicator.factor]),
        )

    own = summed(shown)
    always = summed(shown & shown.all(axis=1, keepdims=True))
    municipality, province, region = (
        np.array([references.get((indicator.pk, column.year, level), np.nan) for column in columns])
        for level in (Level.MUNICIPALITY, Level.PROVINCE, Level.REGION)
    )
    return ProfileLine(
        indicator=indicator,
        years=tuple(column.year for column in columns),
        value=own.values[0],
        numerator=own.numerators[0],
        denominator=own.denominators[0],
        sectors_missing=own.sectors_missing[0],
        inhabitants_missing=own.inhabitants_missing[0],
        coverage=own.coverage[0],
        steady=Steady(always.values[0], always.numerators[0], always.denominators[0], float(always.coverage[0, 0])),
        additive=bool(own.additive[0]),
        municipality=municipality,
        province=province,
        region=region,
        source=last.source,
        licence=last.licence,
        data_version=max(column.data_version for column in columns),
        is_example=any(column.is_example for column in columns),
    )
