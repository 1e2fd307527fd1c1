"""Taking in figures and population, and keeping the indicator library (R2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.places.arrays import Figures
from wijkcontract.places.datasets import known, register, repeated, vintage_of
from wijkcontract.places.enums import Aggregation, DatasetKind, Level, Missing
from wijkcontract.places.layout import add_areas, towns_of_today
from wijkcontract.places.models import Areas, Dataset, FigureColumn, Indicator, PopulationColumn, Vintage
from wijkcontract.places.policy import may_import
from wijkcontract.places.publication import column_of, keep_columns, publish, value_of
from wijkcontract.places.rounding import round_to_five
from wijkcontract.places.tables import FigureTable, FileFacts, Kept, PopulationTable
from wijkcontract.rules.verdicts import Fault, Invalid, require

LOCAL_LEVELS = (Level.SECTOR, Level.DIVISION)


@operation
def keep_indicator(*, actor: Actor, code: str, fields: Mapping[str, object]) -> Indicator:
    """Add an indicator to the library, or change what the library says of it. `fields` are those of `models.Indicator`."""
    require(may_import(actor))
    indicator, made = Indicator.objects.update_or_create(code=code, defaults=dict(fields))
    record(actor, "places.indicator_added" if made else "places.indicator_changed", indicator, code=code)
    return indicator


@operation
def store_figures(*, actor: Actor, facts: FileFacts, vintage_code: str, tables: Sequence[FigureTable]) -> Kept:
    """Write figures in the place of those of the same indicator, year and area; decide anew what is hidden.

    Raises Invalid (every fault at once) when the vintage or an indicator is unknown, or arrays do not fit their codes.
    """
    before = known(actor, DatasetKind.FIGURES, facts)
    if before is not None:
        return repeated(actor, before)
    vintage = vintage_of(vintage_code)
    library = _library(tables)
    dataset = register(actor, DatasetKind.FIGURES, facts)
    kept, unknown = Kept(dataset.number), set[str]()
    lists = _lists(vintage)
    columns: list[FigureColumn] = []
    for table in tables:
        unknown |= _columns_of(vintage, library[table.indicator], table, lists, dataset, columns)
    stored = FigureColumn.objects.filter(areas__vintage=vintage, is_derived=False, indicator__in=library.values())
    there = set(stored.values_list("areas", "indicator", "year"))
    kept.changed = sum((one.areas_id, one.indicator_id, one.year) in there for one in columns)
    kept.made, kept.unknown = len(columns) - kept.changed, sorted(unknown)
    keep_columns(columns)
    touched = sorted({(table.indicator, table.year) for table in tables})
    publish(vintage, [(library[code], year) for code, year in touched], dataset)
    record(
        actor, "places.figures_imported", dataset,
        vintage=vintage.code, indicators=sorted(library), columns=len(tables), refused=len(facts.refused),
    )  # fmt: skip
    return kept


@operation
def store_population(*, actor: Actor, facts: FileFacts, vintage_code: str, tables: Sequence[PopulationTable]) -> Kept:
    """Write inhabitants by sex and age. Counts of sectors and divisions are rounded to 5 before they are stored."""
    before = known(actor, DatasetKind.POPULATION, facts)
    if before is not None:
        return repeated(actor, before)
    vintage = vintage_of(vintage_code)
    dataset = register(actor, DatasetKind.POPULATION, facts)
    kept, unknown = Kept(dataset.number), set[str]()
    lists = _lists(vintage)
    for table in tables:
        counts = round_to_five(table) if table.level in LOCAL_LEVELS else table.counts
        row = {code: number for number, code in enumerate(table.codes)}
        for areas in _lists_for(vintage, table.level, table.codes, lists):
            rows = np.array([row.pop(code, -1) for code in areas.codes], dtype=np.intp)
            if (rows < 0).all():
                continue
            laid = np.concatenate([counts, np.zeros((1, *counts.shape[1:]), dtype=counts.dtype)])[rows]
            _, made = PopulationColumn.objects.update_or_create(
                areas=areas, year=table.year,
                defaults={"dataset": dataset, "ages": list(table.ages), "counts": laid.astype("<i4").tobytes()},
            )  # fmt: skip
            kept.made, kept.changed = kept.made + made, kept.changed + (not made)
        unknown |= row.keys()
    kept.unknown = sorted(unknown)
    record(actor, "places.population_imported", dataset, vintage=vintage.code, refused=len(facts.refused))
    return kept


def _columns_of(
    vintage: Vintage,
    indicator: Indicator,
    table: FigureTable,
    lists: Mapping[Level, list[Areas]],
    dataset: Dataset,
    columns: list[FigureColumn],
) -> set[str]:
    """Lay one table out over the lists of its level, added to `columns`; returns the codes that no list has."""
    figures, codes = _complete(indicator, table), list(table.codes)
    if table.level == Level.MUNICIPALITY:
        figures, codes = _merged(indicator, figures, codes)
    row = {code: number for number, code in enumerate(codes)}
    for areas in _lists_for(vintage, table.level, codes, lists):
        rows = np.array([row.pop(code, -1) for code in areas.codes], dtype=np.intp)
        if (rows >= 0).any():
            columns.append(column_of(areas, indicator, table.year, dataset, _laid(figures, rows)))
    return set(row)


def _complete(indicator: Indicator, table: FigureTable) -> Figures:
    """All arrays of a table: what follows from the others is computed, what is absent is NaN and has its code."""
    blank = np.full(len(table.codes), np.nan)
    numerator, denominator, value = (
        blank if one is None else np.asarray(one, dtype=np.float64)
        for one in (table.numerator, table.denominator, table.value)
    )
    if table.numerator is None and indicator.aggregation == Aggregation.SUM:
        numerator = value
    elif table.numerator is None and indicator.aggregation in (Aggregation.RATE, Aggregation.MEAN):
        numerator = value * denominator / indicator.factor
    if table.value is None:
        value = value_of(indicator, numerator, denominator)
    absent = (np.asarray(table.missing) != 0) | np.isnan(value)
    missing = np.where(absent & (np.asarray(table.missing) == 0), Missing.EMPTY, table.missing).astype(np.uint8)
    lower, upper = (blank if one is None else np.asarray(one, dtype=np.float64) for one in (table.lower, table.upper))
    value, numerator, denominator, lower, upper = (
        np.where(absent, np.nan, one) for one in (value, numerator, denominator, lower, upper)
    )
    return Figures(value, numerator, denominator, lower, upper, missing, np.zeros(len(blank), dtype=np.uint8))


def _merged(indicator: Indicator, figures: Figures, codes: list[str]) -> tuple[Figures, list[str]]:
    """Figures of former municipalities added to those of their successor; a figure that cannot be added is left out."""
    towns = towns_of_today(codes)
    today = [towns[code].nis if code in towns else code for code in codes]
    if len(set(today)) == len(today):
        return figures, today
    names, group = np.unique(np.array(today), return_inverse=True)
    parts = np.bincount(group)
    above, below = (np.full(len(names), np.nan) for _ in range(2))
    for target, source in ((above, figures.numerator), (below, figures.denominator)):
        target[:] = np.bincount(group, weights=source, minlength=len(names))  # NaN of a part makes the whole NaN
    first = np.array([today.index(name) for name in names.tolist()], dtype=np.intp)
    alone = figures.take(first)
    value = np.where(parts == 1, alone.value, value_of(indicator, above, below))
    if indicator.aggregation == Aggregation.MEDIAN:
        value = np.where(parts == 1, alone.value, np.nan)
    missing = np.where(np.isnan(value), np.where(alone.missing == 0, Missing.EMPTY, alone.missing), 0).astype(np.uint8)
    return Figures.of(value, above, below, missing), names.tolist()


def _laid(figures: Figures, rows: NDArray[np.intp]) -> Figures:
    """The figures in the order of a list of areas; an area that the table does not name (row -1) is empty."""
    laid, absent = figures.take(rows), rows < 0
    for numbers in (laid.value, laid.numerator, laid.denominator, laid.lower, laid.upper):
        numbers[absent] = np.nan
    laid.missing[absent] = Missing.EMPTY
    return laid


def _lists(vintage: Vintage) -> dict[Level, list[Areas]]:
    found: dict[Level, list[Areas]] = {level: [] for level in LOCAL_LEVELS}
    for areas in Areas.objects.filter(vintage=vintage, level__in=LOCAL_LEVELS):
        found[Level(areas.level)].append(areas)
    return found


def _lists_for(vintage: Vintage, level: Level, codes: Sequence[str], lists: Mapping[Level, list[Areas]]) -> list[Areas]:
    return lists[level] if level in LOCAL_LEVELS else [add_areas(vintage, level, codes)]


def _library(tables: Sequence[FigureTable]) -> dict[str, Indicator]:
    """The indicators of the tables. Raises Invalid for one that is unknown, or arrays of another length than the codes."""
    codes = {table.indicator for table in tables}
    found = {one.code: one for one in Indicator.objects.filter(code__in=codes)}
    faults = [
        Fault("indicator", f"De indicator '{code}' staat niet in de bibliotheek. Voeg hem eerst toe.")
        for code in sorted(codes - found.keys())
    ]
    for table in tables:
        arrays = (table.value, table.numerator, table.denominator, table.lower, table.upper, table.missing)
        if any(one is not None and len(one) != len(table.codes) for one in arrays):
            faults.append(Fault(table.indicator, f"{table.indicator} {table.year}: niet elke rij heeft een cijfer."))
        if len(set(table.codes)) != len(table.codes):
            faults.append(Fault(table.indicator, f"{table.indicator} {table.year}: een gebied staat er meer dan eens."))
    if faults:
        raise Invalid(faults)
    return found
