"""The invented figures of the demo city: for each indicator counts drawn from the disadvantage of a sector."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wijkcontract.demo.city.plan import Numbers, Town
from wijkcontract.engines.intervals import share_interval
from wijkcontract.places.enums import Level, Missing
from wijkcontract.places.regions import REGION, province_of
from wijkcontract.places.tables import FigureTable, PopulationTable

YEARS = tuple(range(2018, 2025))
SURVEY_YEARS = (2018, 2021, 2024)
AGES = tuple(range(0, 100, 5))
PROVINCE_PEOPLE = 1_000_000
REGION_PEOPLE = 6_000_000


@dataclass(frozen=True)
class Recipe:
    """How an indicator is drawn: the share at no and at full disadvantage, its change a year, and what it is a share of.

    `part` is the size of the denominator as a part of the inhabitants.
    """

    indicator: str
    low: float
    high: float
    trend: float
    part: float


RECIPES = (
    Recipe("employment_rate", 0.82, 0.55, 0.004, 0.58),
    Recipe("jobseekers_share", 0.03, 0.16, -0.002, 0.61),
    Recipe("housing_quality", 0.04, 0.30, -0.003, 0.44),
    Recipe("low_education", 0.10, 0.42, -0.004, 0.52),
    Recipe("other_language", 0.05, 0.55, 0.008, 0.18),
    Recipe("poverty", 0.05, 0.33, 0.001, 1.0),
    Recipe("living_wage_recipients", 0.003, 0.045, 0.0005, 1.0),
    Recipe("crime_rate", 0.02, 0.085, -0.001, 1.0),
    Recipe("school_delay", 0.07, 0.30, -0.003, 0.19),
    Recipe("single_parent_households", 0.07, 0.19, 0.001, 0.44),
    Recipe("ageing_housing_stock", 0.35, 0.78, -0.006, 0.46),
    Recipe("demography", 0.24, 0.15, 0.003, 1.0),
    Recipe("health_risks", 0.16, 0.31, 0.001, 1.0),
)


def tables(towns: list[Town], seed: int) -> list[FigureTable]:
    """Every column of the demo city: the sectors of all towns, and given totals of their provinces and of Flanders."""
    random = np.random.default_rng(seed)
    codes = [code for town in towns for code in town.codes]
    people = np.concatenate([town.inhabitants for town in towns]).astype(np.float64)
    need = np.concatenate([town.deprivation for town in towns])
    area = np.array([shape.area for town in towns for shape in town.shapes]) / 1e6
    made: list[FigureTable] = []
    for recipe in RECIPES:
        for year in YEARS:
            made += _rate(random, recipe, year, codes, people, need)
            made += _above(recipe, year, towns)
    noise = random.normal(0, 0.06, len(codes))
    for year in YEARS:
        income = np.round((24_500 - 9_500 * need) * (1 + noise) * 1.025 ** (year - YEARS[-1]))
        made.append(_table("income", year, codes, people, value=income, denominator=people))
        green = np.round(people * (70 - 45 * need) * np.exp(noise))
        made.append(_table("green_open_space", year, codes, people, numerator=green, denominator=people))
        made.append(_table("population_density", year, codes, people, numerator=people, denominator=np.round(area, 3)))
    return made + [_survey(random, year, codes, people, need) for year in SURVEY_YEARS]


def population(towns: list[Town], year: int, seed: int) -> list[PopulationTable]:
    """Inhabitants by sex and age: younger where need is greater. A table for the sectors and one for their municipalities."""
    random = np.random.default_rng(seed)
    ages = np.array(AGES, dtype=np.float64)
    counts = []
    for town in towns:
        old = np.clip((82 - ages) / 30, 0.02, 1)[None, :]
        young = np.exp(-ages / 55)[None, :] * old
        need = town.deprivation[:, None]
        shape = (1 - need) * old + need * young * 1.6
        both = np.repeat(shape / shape.sum(axis=1, keepdims=True) / 2, 2, axis=1).reshape(len(need), -1, 2)
        counts.append(
            np.array([
                random.multinomial(people, chances.T.ravel() / chances.sum()).reshape(2, len(AGES))
                for people, chances in zip(town.inhabitants.tolist(), both, strict=True)
            ])
        )  # fmt: skip
    of_towns = np.array([each.sum(axis=0) for each in counts])
    codes = [code for town in towns for code in town.codes]
    return [
        PopulationTable(year, Level.SECTOR, codes, AGES, np.concatenate(counts)),
        PopulationTable(year, Level.MUNICIPALITY, [town.nis for town in towns], AGES, of_towns),
    ]


def _rate(
    random: np.random.Generator, recipe: Recipe, year: int, codes: list[str], people: Numbers, need: Numbers
) -> list[FigureTable]:
    """One indicator and year of all sectors; in a few the question went unanswered."""
    share = np.clip(recipe.low + (recipe.high - recipe.low) * need + recipe.trend * (year - YEARS[-1]), 0.001, 0.97)
    whole = np.round(people * recipe.part)
    part = random.binomial(whole.astype(np.int64), share).astype(np.float64)
    silent = random.random(len(codes)) < 0.01
    table = _table(recipe.indicator, year, codes, people, numerator=part, denominator=whole, silent=silent)
    return [table]


def _above(recipe: Recipe, year: int, towns: list[Town]) -> list[FigureTable]:
    """Totals of provinces and of Flanders, as a source would give them."""
    provinces = sorted({province_of(town.nis) for town in towns})
    share = recipe.low + (recipe.high - recipe.low) * 0.28 + recipe.trend * (year - YEARS[-1])
    shift = np.array([1 + 0.03 * (int(code[0]) % 3 - 1) for code in provinces])
    whole = np.full(len(provinces), round(PROVINCE_PEOPLE * recipe.part), dtype=np.float64)
    of_region = np.array([round(REGION_PEOPLE * recipe.part)], dtype=np.float64)
    return [
        FigureTable(
            recipe.indicator, year, level, codes, np.zeros(len(codes), np.uint8),
            numerator=np.round(wholes * share * factor), denominator=wholes,
        )
        for level, codes, wholes, factor in (
            (Level.PROVINCE, provinces, whole, shift),
            (Level.REGION, [REGION], of_region, np.ones(1)),
        )
    ]  # fmt: skip


def _survey(random: np.random.Generator, year: int, codes: list[str], people: Numbers, need: Numbers) -> FigureTable:
    """Satisfaction, asked of a few dozen residents a sector, with its 90 % interval in percent."""
    asked = np.minimum(np.round(people * 0.1), 60).astype(np.int64)
    content = random.binomial(asked, 0.86 - 0.38 * need).astype(np.float64)
    bounds = share_interval(content, asked.astype(np.float64))
    return _table(
        "satisfaction", year, codes, people, numerator=content, denominator=asked.astype(np.float64),
        lower=100 * bounds.lower, upper=100 * bounds.upper,
    )  # fmt: skip


def _table(
    indicator: str,
    year: int,
    codes: list[str],
    people: Numbers,
    *,
    value: Numbers | None = None,
    numerator: Numbers | None = None,
    denominator: Numbers | None = None,
    lower: Numbers | None = None,
    upper: Numbers | None = None,
    silent: NDArray[np.bool_] | None = None,
) -> FigureTable:
    missing = np.zeros(len(people), dtype=np.uint8)
    if silent is not None:
        missing[silent] = Missing.NO_ANSWER
    return FigureTable(indicator, year, Level.SECTOR, codes, missing, value, numerator, denominator, lower, upper)
