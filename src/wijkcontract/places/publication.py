"""What of an indicator and year may be published: totals summed from sectors, small numbers hidden (R2). Steps of an operation.

It is decided once, when figures come in, over all levels together and stored with the columns: two pages can then never
hide different cells of the same table. `engines.suppression` says which cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wijkcontract.engines.suppression import OUTSIDE, group_totals, small, suppress
from wijkcontract.places.arrays import Figures, Floats, pack, read
from wijkcontract.places.enums import Aggregation, Hidden, Level, Missing
from wijkcontract.places.layout import add_areas
from wijkcontract.places.models import (
    Areas,
    Dataset,
    DivisionSector,
    FigureColumn,
    Indicator,
    Sector,
    Vintage,
)
from wijkcontract.places.regions import REGION, province_of

Groups = NDArray[np.int64]


@dataclass(frozen=True)
class Cells:
    """The sectors of a vintage in one row, and for every level above them the number of the group of each."""

    codes: list[str]
    start: dict[int, int]
    """First cell of each list of areas (by key)."""
    inhabitants: Floats
    groups: dict[Level, Groups]
    group_codes: dict[Level, list[str]]


def cells_of(vintage: Vintage) -> Cells:
    """The sectors of a vintage and their groups; a sector of an unknown municipality is in no group."""
    known = {
        code: (people, nis, pk)
        for pk, code, people, nis in Sector.objects.filter(vintage=vintage).values_list(
            "pk", "code", "inhabitants", "municipality__nis"
        )
    }
    members = DivisionSector.objects.filter(division__vintage=vintage, share__gte=0.5)
    division = dict(members.values_list("sector_id", "division__code"))
    codes: list[str] = []
    start: dict[int, int] = {}
    for areas in Areas.objects.filter(vintage=vintage, level=Level.SECTOR).order_by("pk"):
        start[areas.pk] = len(codes)
        codes += areas.codes
    towns = [known[code][1] or "" for code in codes]
    provinces = [province_of(nis) for nis in towns]
    named = {
        Level.DIVISION: [division.get(known[code][2], "") for code in codes],
        Level.MUNICIPALITY: towns,
        Level.PROVINCE: provinces,
        Level.REGION: [REGION if one else "" for one in provinces],
    }
    people = [known[code][0] for code in codes]
    numbered = {level: _number(names) for level, names in named.items()}
    return Cells(
        codes=codes,
        start=start,
        inhabitants=np.array([np.nan if one is None else one for one in people], dtype=np.float64),
        groups={level: groups for level, (groups, _) in numbered.items()},
        group_codes={level: found for level, (_, found) in numbered.items()},
    )


def _number(names: list[str]) -> tuple[Groups, list[str]]:
    """Group numbers in the order of the sorted names; an empty name is outside every group."""
    found = sorted({name for name in names if name})
    row = {name: number for number, name in enumerate(found)}
    return np.array([row.get(name, OUTSIDE) for name in names], dtype=np.int64), found


def published_pairs(vintage: Vintage) -> list[tuple[Indicator, int]]:
    """Every indicator and year with figures of sectors: what is decided anew when the sectors or their groups change."""
    found = FigureColumn.objects.filter(areas__vintage=vintage, areas__level=Level.SECTOR).order_by("indicator", "year")
    library = Indicator.objects.in_bulk()
    return [(library[pk], year) for pk, year in found.values_list("indicator", "year").distinct()]


def publish(vintage: Vintage, pairs: Iterable[tuple[Indicator, int]], dataset: Dataset) -> None:
    """Sum what no source gave, and decide anew what is hidden, for these indicators and years."""
    wanted = list(pairs)
    if not wanted:
        return
    cells = cells_of(vintage)
    for indicator, year in wanted:
        columns = list(
            FigureColumn.objects.filter(areas__vintage=vintage, indicator=indicator, year=year).select_related("areas")
        )
        _publish_one(vintage, indicator, year, columns, cells, dataset)


def _publish_one(
    vintage: Vintage, indicator: Indicator, year: int, columns: list[FigureColumn], cells: Cells, dataset: Dataset
) -> None:
    sectors = [column for column in columns if column.areas.level == Level.SECTOR]
    given = {Level(one.areas.level): one for one in columns if one.areas.municipality_id is None and not one.is_derived}
    given.pop(Level.SECTOR, None)
    numerator, denominator, missing = _joined(sectors, cells)
    additive = indicator.aggregation in (Aggregation.SUM, Aggregation.RATE, Aggregation.MEAN)
    levels = [level for level in cells.groups if cells.group_codes[level]] if additive and sectors else []
    sums = {level: _sums(numerator, denominator, cells, level) for level in levels}
    totals = [_counted(indicator, *sums[level]) for level in levels]
    by_source = missing == Missing.HIDDEN_BY_SOURCE
    for place, level in enumerate(levels):
        lacking = group_totals(by_source.astype(np.float64), cells.groups[level], len(cells.group_codes[level])) > 0
        totals[place] = np.where(lacking, np.nan, totals[place])
        if level in given:
            totals[place] = _given(indicator, given[level], cells.group_codes[level])
    chosen = suppress(
        _counted(indicator, numerator, denominator),
        _wholes(indicator, numerator, denominator, cells.inhabitants),
        [cells.groups[level] for level in levels],
        threshold=indicator.threshold,
        totals=totals,
        hidden_by_source=by_source,
    )
    marks = np.where(chosen.primary & ~by_source, Hidden.PRIMARY, np.where(chosen.secondary, Hidden.SECONDARY, 0))
    for column in sectors:
        first = cells.start[column.areas_id]
        column.hidden = marks[first : first + len(column.areas.codes)].astype(np.uint8).tobytes()
    FigureColumn.objects.bulk_update(sectors, ["hidden"], batch_size=100)
    for place, level in enumerate(levels):
        hidden = dict(zip(cells.group_codes[level], chosen.totals[place].tolist(), strict=True))
        if level in given:
            _mark_given(indicator, given[level], hidden)
        else:
            _store_sums(vintage, indicator, year, level, sums[level], hidden, cells, dataset)
    for level, column in given.items():
        if level not in levels:
            _mark_given(indicator, column, {})


def _joined(sectors: list[FigureColumn], cells: Cells) -> tuple[Floats, Floats, NDArray[np.uint8]]:
    """Numerators, denominators and missing codes of all sectors in one row."""
    size = len(cells.codes)
    numerator, denominator = np.full(size, np.nan), np.full(size, np.nan)
    missing = np.full(size, Missing.EMPTY, dtype=np.uint8)
    for column in sectors:
        figures, first = read(column), cells.start[column.areas_id]
        span = slice(first, first + len(figures.value))
        numerator[span], denominator[span], missing[span] = figures.numerator, figures.denominator, figures.missing
    return numerator, denominator, missing


def _counted(indicator: Indicator, numerator: Floats, denominator: Floats) -> Floats:
    """The count of people that must not be small: the numerator, or for a mean or median those that it is the mean of."""
    return numerator if indicator.aggregation in (Aggregation.SUM, Aggregation.RATE) else denominator


def _wholes(indicator: Indicator, numerator: Floats, denominator: Floats, inhabitants: Floats) -> Floats:
    """The largest that a count can be: of a rate its denominator, else more than anyone knows."""
    if indicator.aggregation == Aggregation.RATE:
        return np.where(np.isnan(denominator), numerator, denominator)
    known = np.fmax(np.nan_to_num(inhabitants), np.nan_to_num(_counted(indicator, numerator, denominator)))
    return known + indicator.threshold


def _sums(numerator: Floats, denominator: Floats, cells: Cells, level: Level) -> tuple[Floats, Floats]:
    """Totals per group of the sectors that have a figure; NaN for a group without any."""
    groups, count = cells.groups[level], len(cells.group_codes[level])
    there = group_totals((~np.isnan(numerator)).astype(np.float64), groups, count) > 0
    of_figures = np.where(np.isnan(numerator), np.nan, denominator)
    above, below = group_totals(numerator, groups, count), group_totals(of_figures, groups, count)
    return np.where(there, above, np.nan), np.where(there, below, np.nan)


def _given(indicator: Indicator, column: FigureColumn, codes: list[str]) -> Floats:
    """Totals that a source gave, in the order of the groups; NaN where it gave none."""
    figures = read(column)
    counted = _counted(indicator, figures.numerator, figures.denominator)
    row = dict(zip(column.areas.codes, counted.tolist(), strict=True))
    return np.array([row.get(code, np.nan) for code in codes], dtype=np.float64)


def _mark_given(indicator: Indicator, column: FigureColumn, hidden: dict[str, bool]) -> None:
    """Hide the small totals of a source, and those that would give a sector away."""
    figures = read(column)
    tiny = small(_counted(indicator, figures.numerator, figures.denominator), indicator.threshold)
    away = np.array([hidden.get(code, False) for code in column.areas.codes], dtype=np.bool_)
    marks = np.where(tiny, Hidden.PRIMARY, np.where(away & (figures.missing == 0), Hidden.SECONDARY, 0))
    column.hidden = marks.astype(np.uint8).tobytes()
    column.save(update_fields=["hidden"])


def value_of(indicator: Indicator, numerator: Floats, denominator: Floats) -> Floats:
    """The value that numerator and denominator make by the indicator's rule; NaN where there is none."""
    if indicator.aggregation == Aggregation.SUM:
        return numerator
    share: Floats = np.divide(
        numerator, denominator, out=np.full(len(numerator), np.nan), where=np.nan_to_num(denominator) > 0
    )
    return indicator.factor * share


def _store_sums(
    vintage: Vintage,
    indicator: Indicator,
    year: int,
    level: Level,
    sums: tuple[Floats, Floats],
    hidden: dict[str, bool],
    cells: Cells,
    dataset: Dataset,
) -> None:
    """Keep the totals that the product summed itself, at the level's list (a division's: at the list of its municipality)."""
    row = {code: number for number, code in enumerate(cells.group_codes[level])}
    if level == Level.DIVISION:
        lists = list(Areas.objects.filter(vintage=vintage, level=level))
    else:
        lists = [add_areas(vintage, level, cells.group_codes[level])]
    for areas in lists:
        rows = np.array([row.get(code, -1) for code in areas.codes], dtype=np.intp)
        above, below = (np.append(one, np.nan)[rows] for one in sums)
        away = np.array([hidden.get(code, False) for code in areas.codes], dtype=np.bool_)
        blank = np.full(len(rows), np.nan)
        absent = np.where(np.isnan(above), Missing.EMPTY, 0).astype(np.uint8)
        marks = np.where(away & (absent == 0), Hidden.SECONDARY, 0).astype(np.uint8)
        figures = Figures(value_of(indicator, above, below), above, below, blank, blank, absent, marks)
        keep_column(areas, indicator, year, dataset, figures, is_derived=True)


def keep_column(
    areas: Areas, indicator: Indicator, year: int, dataset: Dataset, figures: Figures, *, is_derived: bool = False
) -> bool:
    """Write a column, new or in the place of what was there; returns whether it is new."""
    _, made = FigureColumn.objects.update_or_create(
        areas=areas,
        indicator=indicator,
        year=year,
        defaults={
            "dataset": dataset,
            "value": pack(figures.value),
            "numerator": pack(figures.numerator),
            "denominator": pack(figures.denominator),
            "lower": pack(figures.lower),
            "upper": pack(figures.upper),
            "missing": figures.missing.astype(np.uint8).tobytes(),
            "hidden": figures.hidden.astype(np.uint8).tobytes(),
            "is_derived": is_derived,
        },
    )
    return made
