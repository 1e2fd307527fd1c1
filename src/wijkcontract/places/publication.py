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
from wijkcontract.places.arrays import Bools, Figures, Floats, pack, read
from wijkcontract.places.enums import Aggregation, Hidden, Level, Missing
from wijkcontract.places.layout import add_areas, municipalities_of_today
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
BATCH = 500


@dataclass(frozen=True)
class Cells:
    """The sectors of a vintage in one row, and for every level above them the number of the group of each."""

    codes: list[str]
    start: dict[int, int]
    """First cell of each list of areas (by key)."""
    inhabitants: Floats
    groups: dict[Level, Groups]
    group_codes: dict[Level, list[str]]
    lists: dict[Level, list[Areas]]
    """Where the totals of a level are kept."""
    complete: dict[Level, Bools]
    """Groups of which every municipality of today has sectors here: only those are summed. Divisions and towns always are."""


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
    lists: dict[Level, list[Areas]] = {
        level: [add_areas(vintage, level, found)]
        for level, (_, found) in numbered.items()
        if found and level != Level.DIVISION
    }
    lists[Level.DIVISION] = list(Areas.objects.filter(vintage=vintage, level=Level.DIVISION))
    return Cells(
        codes=codes,
        start=start,
        inhabitants=np.array([np.nan if one is None else one for one in people], dtype=np.float64),
        groups={level: groups for level, (groups, _) in numbered.items()},
        group_codes={level: found for level, (_, found) in numbered.items()},
        lists=lists,
        complete={level: _complete(level, found, set(towns)) for level, (_, found) in numbered.items()},
    )


def _complete(level: Level, codes: list[str], towns: set[str]) -> Bools:
    """Which groups have sectors of all their municipalities of today."""
    if level not in (Level.PROVINCE, Level.REGION):
        return np.ones(len(codes), dtype=np.bool_)
    absent = {province_of(nis) for nis in municipalities_of_today() if nis not in towns} - {""}
    return np.array([not absent if code == REGION else code not in absent for code in codes], dtype=np.bool_)


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
        found = FigureColumn.objects.filter(areas__vintage=vintage, indicator=indicator, year=year)
        _publish_one(indicator, year, list(found.select_related("areas")), cells, dataset)


def _publish_one(indicator: Indicator, year: int, columns: list[FigureColumn], cells: Cells, dataset: Dataset) -> None:
    """Set the marks of every column of one indicator and year, and write the totals that no source gave."""
    sectors = [column for column in columns if column.areas.level == Level.SECTOR]
    given = {
        Level(one.areas.level): one
        for one in columns
        if one.areas.level != Level.SECTOR and one.areas.municipality_id is None and not one.is_derived
    }
    numerator, denominator, missing = _joined(sectors, cells)
    levels = _summed_levels(indicator, cells) if sectors else []
    sums = {level: _sums(numerator, denominator, cells, level) for level in levels}
    by_source = missing == Missing.HIDDEN_BY_SOURCE
    totals = [
        _given(indicator, given[level], cells.group_codes[level])
        if level in given
        else _known(_counted(indicator, *sums[level]), by_source, cells, level)
        for level in levels
    ]
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
    changed, summed = [*sectors, *given.values()], list[FigureColumn]()
    away = {
        level: dict(zip(cells.group_codes[level], total.tolist(), strict=True))
        for level, total in zip(levels, chosen.totals, strict=True)
    }
    for level, column in given.items():
        column.hidden = _marks_of_given(indicator, column, away.get(level, {}))
    for level in levels:
        if level not in given:
            summed += _sum_columns(indicator, year, level, sums[level], away[level], cells, dataset)
    FigureColumn.objects.bulk_update(changed, ["hidden"], batch_size=BATCH)
    keep_columns(summed)


def _summed_levels(indicator: Indicator, cells: Cells) -> list[Level]:
    """The levels above the sector that have totals of this indicator; none when its figures are not added up."""
    if indicator.aggregation == Aggregation.MEDIAN:
        return []
    return [level for level in cells.groups if cells.group_codes[level]]


def _known(totals: Floats, by_source: Bools, cells: Cells, level: Level) -> Floats:
    """Totals of the product itself: unknown where the source keeps a part to itself."""
    kept = group_totals(by_source.astype(np.float64), cells.groups[level], len(cells.group_codes[level])) > 0
    return np.where(kept, np.nan, totals)


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
    """Totals per group of the sectors that have a figure; NaN for a group without any, or without all its municipalities."""
    groups, count = cells.groups[level], len(cells.group_codes[level])
    there = group_totals((~np.isnan(numerator)).astype(np.float64), groups, count) > 0
    there &= cells.complete[level]
    of_figures = np.where(np.isnan(numerator), np.nan, denominator)
    above, below = group_totals(numerator, groups, count), group_totals(of_figures, groups, count)
    return np.where(there, above, np.nan), np.where(there, below, np.nan)


def _given(indicator: Indicator, column: FigureColumn, codes: list[str]) -> Floats:
    """Totals that a source gave, in the order of the groups; NaN where it gave none."""
    figures = read(column)
    counted = _counted(indicator, figures.numerator, figures.denominator)
    row = dict(zip(column.areas.codes, counted.tolist(), strict=True))
    return np.array([row.get(code, np.nan) for code in codes], dtype=np.float64)


def _marks_of_given(indicator: Indicator, column: FigureColumn, away: dict[str, bool]) -> bytes:
    """Hide the small totals of a source, and those that would give a sector away."""
    figures = read(column)
    tiny = small(_counted(indicator, figures.numerator, figures.denominator), indicator.threshold)
    telling = np.array([away.get(code, False) for code in column.areas.codes], dtype=np.bool_)
    marks = np.where(tiny, Hidden.PRIMARY, np.where(telling & (figures.missing == 0), Hidden.SECONDARY, 0))
    return marks.astype(np.uint8).tobytes()


def value_of(indicator: Indicator, numerator: Floats, denominator: Floats) -> Floats:
    """The value that numerator and denominator make by the indicator's rule; NaN where there is none."""
    if indicator.aggregation == Aggregation.SUM:
        return numerator
    share: Floats = np.divide(
        numerator, denominator, out=np.full(len(numerator), np.nan), where=np.nan_to_num(denominator) > 0
    )
    return indicator.factor * share


def _sum_columns(
    indicator: Indicator,
    year: int,
    level: Level,
    sums: tuple[Floats, Floats],
    away: dict[str, bool],
    cells: Cells,
    dataset: Dataset,
) -> list[FigureColumn]:
    """The totals that the product summed itself, as columns of the lists of their level."""
    row = {code: number for number, code in enumerate(cells.group_codes[level])}
    columns = []
    for areas in cells.lists[level]:
        rows = np.array([row.get(code, -1) for code in areas.codes], dtype=np.intp)
        above, below = (np.append(one, np.nan)[rows] for one in sums)
        telling = np.array([away.get(code, False) for code in areas.codes], dtype=np.bool_)
        missing = np.where(np.isnan(above), Missing.EMPTY, 0).astype(np.uint8)
        figures = Figures.of(value_of(indicator, above, below), above, below, missing)
        figures.hidden[:] = np.where(telling & (missing == 0), Hidden.SECONDARY, 0)
        columns.append(column_of(areas, indicator, year, dataset, figures, is_derived=True))
    return columns


def column_of(
    areas: Areas, indicator: Indicator, year: int, dataset: Dataset, figures: Figures, *, is_derived: bool = False
) -> FigureColumn:
    """A column of figures, not yet written."""
    return FigureColumn(
        areas=areas,
        indicator=indicator,
        year=year,
        dataset=dataset,
        value=pack(figures.value),
        numerator=pack(figures.numerator),
        denominator=pack(figures.denominator),
        lower=pack(figures.lower),
        upper=pack(figures.upper),
        missing=figures.missing.astype(np.uint8).tobytes(),
        hidden=figures.hidden.astype(np.uint8).tobytes(),
        is_derived=is_derived,
    )


def keep_columns(columns: list[FigureColumn]) -> None:
    """Write columns, each new or in the place of what was there."""
    FigureColumn.objects.bulk_create(
        columns,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["areas", "indicator", "year"],
        update_fields=[
            "dataset", "value", "numerator", "denominator", "lower", "upper", "missing", "hidden", "is_derived",
        ],
    )  # fmt: skip
