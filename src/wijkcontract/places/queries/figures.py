"""Reading figures: only what may be published leaves this module (R2, small numbers)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from wijkcontract.accounts.actors import Actor
from wijkcontract.places.arrays import Figures, read, unpack, unpack_marks
from wijkcontract.places.enums import Level
from wijkcontract.places.models import Areas, Dataset, FigureColumn, Indicator, PopulationColumn
from wijkcontract.places.policy import may_read_figures, readable_indicators
from wijkcontract.places.queries.geography import SectorMap
from wijkcontract.places.regions import REGION, province_of


@dataclass(frozen=True, slots=True)
class Published:
    """Published figures of one indicator and year: of the areas `codes`, with the source they come from."""

    indicator: Indicator
    year: int
    level: Level
    codes: tuple[str, ...]
    figures: Figures
    source: str
    licence: str
    data_version: int
    is_example: bool


@dataclass(frozen=True, slots=True)
class Pyramid:
    """Inhabitants by sex and age: `counts` has shape (areas, 2, ages), men first; sectors are rounded to 5."""

    year: int
    ages: tuple[int, ...]
    codes: tuple[str, ...]
    counts: NDArray[np.int32]
    source: str


def library(actor: Actor) -> QuerySet[Indicator]:
    """The indicators that this actor may see, in the order of the screen."""
    return Indicator.objects.filter(readable_indicators(actor))


def available(actor: Actor, town: SectorMap) -> dict[str, tuple[int, ...]]:
    """Code of an indicator to the years, oldest first, that sectors of the municipality have figures of; in library order."""
    years: dict[str, list[int]] = {}
    found = _columns(actor).filter(_of_town(town, Level.SECTOR))
    for code, year in found.order_by("indicator__position", "indicator__label", "year").values_list(
        "indicator__code", "year"
    ):
        years.setdefault(code, []).append(year)
    return {code: tuple(each) for code, each in years.items()}


def figures_at(
    actor: Actor, town: SectorMap, indicator: str, year: int, level: Level = Level.SECTOR
) -> Published | None:
    """The published figures of one indicator and year, for the sectors or divisions of a municipality; None without any."""
    column = _columns(actor).filter(_of_town(town, level), indicator__code=indicator, year=year).first()
    return _publish(column) if column else None


def columns_of(actor: Actor, town: SectorMap) -> list[Published]:
    """Every published column of the sectors of a municipality, by indicator in library order and year: four queries."""
    indicators = {one.pk: one for one in library(actor)}
    areas = Areas.objects.filter(vintage=town.vintage, level=Level.SECTOR, municipality_id=town.municipality_id).first()
    if areas is None:
        return []
    # The list of codes is read once: with each of a hundred columns it would cost more than all the figures.
    found = FigureColumn.objects.filter(areas=areas, indicator__in=indicators).order_by("year")
    imports = Dataset.objects.defer("refused").in_bulk({column.dataset_id for column in found})
    for column in found:
        column.areas, column.dataset = areas, imports[column.dataset_id]
        column.indicator = indicators[column.indicator_id]
    place = {pk: number for number, pk in enumerate(indicators)}
    return [_publish(column) for column in sorted(found, key=lambda column: place[column.indicator_id])]


def reference_values(actor: Actor, town: SectorMap) -> dict[tuple[int, int, Level], float]:
    """Published values of the municipality, its province and Flanders, by (key of the indicator, year, level): two queries."""
    codes = {Level.MUNICIPALITY: town.nis, Level.PROVINCE: province_of(town.nis), Level.REGION: REGION}
    lists = Areas.objects.filter(vintage=town.vintage, municipality=None, level__in=codes)
    rows = {
        areas.pk: (Level(areas.level), areas.codes.index(codes[Level(areas.level)]))
        for areas in lists
        if codes[Level(areas.level)] in areas.codes
    }
    found = FigureColumn.objects.filter(areas__in=rows, indicator__in=library(actor))
    values: dict[tuple[int, int, Level], float] = {}
    for areas_id, indicator_id, year, value, hidden in found.values_list(
        "areas_id", "indicator_id", "year", "value", "hidden"
    ):
        level, row = rows[areas_id]
        if len(value) and not unpack_marks(hidden)[row]:
            values[indicator_id, year, level] = float(unpack(value, row + 1)[row])
    return values


def pyramid(actor: Actor, town: SectorMap, level: Level = Level.SECTOR) -> Pyramid | None:
    """Inhabitants by sex and age of the sectors of a municipality (or of a higher level), of the newest year there is."""
    if not may_read_figures(actor):
        return None
    of_level = _of_town(town, level) if level in (Level.SECTOR, Level.DIVISION) else Q(
        areas__vintage=town.vintage, areas__level=level, areas__municipality=None
    )  # fmt: skip
    column = PopulationColumn.objects.filter(of_level).select_related("areas", "dataset").order_by("-year").first()
    if column is None:
        return None
    codes, ages = tuple(column.areas.codes), tuple(column.ages)
    counts = np.frombuffer(column.counts, dtype="<i4").reshape(len(codes), 2, len(ages))
    return Pyramid(column.year, ages, codes, counts, column.dataset.source)


def _columns(actor: Actor) -> QuerySet[FigureColumn]:
    seen = Indicator.objects.filter(readable_indicators(actor))
    return FigureColumn.objects.filter(indicator__in=seen).select_related("indicator", "areas", "dataset")


def _of_town(town: SectorMap, level: Level) -> Q:
    return Q(areas__vintage=town.vintage, areas__level=level, areas__municipality_id=town.municipality_id)


def _publish(column: FigureColumn) -> Published:
    return Published(
        indicator=column.indicator,
        year=column.year,
        level=Level(column.areas.level),
        codes=tuple(column.areas.codes),
        figures=read(column).published(),
        source=column.dataset.source,
        licence=column.dataset.licence,
        data_version=column.dataset.number,
        is_example=column.dataset.is_example,
    )
