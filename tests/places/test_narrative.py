"""The profile read aloud: margins where people are counted, doubt where the margin is wide, what is missing (R2)."""

from __future__ import annotations

import numpy as np
import pytest

from wijkcontract.places.enums import Aggregation
from wijkcontract.places.models import Indicator
from wijkcontract.places.queries.narrative import margins, narrative
from wijkcontract.places.queries.profile import ProfileLine, Steady

JOBSEEKERS = Indicator(
    code="jobseekers_share", label="Aandeel werkzoekenden", unit="% van 18 tot 64 jaar", factor=100, decimals=1
)
GREEN = Indicator(code="green_open_space", label="Groen", unit="m² per inwoner", factor=1, decimals=0)
INCOME = Indicator(code="income", label="Inkomen", unit="EUR", factor=1, aggregation=Aggregation.MEDIAN)


def line(
    indicator: Indicator,
    numerators: list[float],
    denominators: list[float],
    *,
    above: float = np.nan,
    missing: int = 0,
    additive: bool = True,
    steady: float = 1.0,
) -> ProfileLine:
    """A line over the years 2018, 2019, ... with the same figure of the municipality and the region every year."""
    top, below = np.array(numerators, dtype=np.float64), np.array(denominators, dtype=np.float64)
    size = len(numerators)
    return ProfileLine(
        indicator=indicator,
        years=tuple(range(2018, 2018 + size)),
        value=indicator.factor * top / below,
        numerator=top,
        denominator=below,
        sectors_missing=np.full(size, missing),
        inhabitants_missing=np.full(size, 100.0 * missing),
        coverage=np.full(size, 1 - missing / 10),
        steady=Steady(indicator.factor * top / below, top, below, steady),
        additive=additive,
        municipality=np.full(size, above),
        province=np.full(size, np.nan),
        region=np.full(size, above),
        source="verzonnen",
        licence="",
        data_version=1,
        is_example=True,
    )


def read(one: ProfileLine) -> list[str]:
    said = narrative(one, area="de wijk", municipality="Oudenmeers", sectors=10, inhabitants=1000)
    return [sentence.replace("\u00a0", " ") for sentence in said]


def test_a_share_is_told_with_its_margin_beside_the_municipality_and_over_the_years() -> None:
    assert read(line(JOBSEEKERS, [242, 296], [2000, 2000], above=8.1)) == [
        "In de wijk zoekt 14,8 % van de mensen van 18 tot 64 jaar werk.",
        "Met 90 % zekerheid ligt het cijfer tussen 13,5 en 16,2 %.",
        "Dat is bijna dubbel zoveel als in Oudenmeers (8,1 %) en in Vlaanderen (8,1 %).",
        "Van 2018 tot 2019 steeg het van 12,1 naar 14,8 %.",
    ]


def test_few_people_leave_a_wide_margin_and_no_conclusion() -> None:
    said = read(line(JOBSEEKERS, [4, 6], [40, 40], above=12))
    assert said[2].startswith("Het verschil met Oudenmeers (12,0 %) en Vlaanderen (12,0 %) valt binnen de marge")
    assert said[-1].endswith("Dat verschil valt binnen de marge: het kan toeval zijn.")


def test_what_does_not_count_people_has_no_margin() -> None:
    green = line(GREEN, [30_000], [1000], above=60)
    assert np.isnan(margins(green).lower).all()
    assert read(green)[1] == "Dat is ongeveer half zoveel als in Oudenmeers (60 m²) en in Vlaanderen (60 m²)."


def test_the_newest_year_with_a_figure_is_told_and_what_it_leaves_out() -> None:
    said = read(line(JOBSEEKERS, [200, np.nan], [1000, 1000], missing=2))
    assert said[0].startswith("In de wijk zoekt 20,0 %")
    assert said[-1].endswith("Daar wonen 200 mensen. Het cijfer gaat over 80 % van de inwoners van de wijk.")


def test_years_are_compared_over_the_same_sectors_or_not_at_all() -> None:
    partly = read(line(JOBSEEKERS, [150, 200], [2000, 2000], missing=1, steady=0.899))
    assert partly[2] == (
        "Van 2018 tot 2019 steeg het van 7,5 naar 10,0 %, in de sectoren met een cijfer voor alle jaren "
        "(89 % van de inwoners)."
    )
    assert not any("2019" in one for one in read(line(JOBSEEKERS, [150, 200], [2000, 2000], steady=0.6)))


def test_a_figure_that_leaves_out_many_inhabitants_is_not_laid_beside_others() -> None:
    said = read(line(JOBSEEKERS, [200], [1000], above=8.1, missing=3))
    assert said[-1] == "Er ontbreken te veel inwoners om dit te vergelijken met Oudenmeers en Vlaanderen."
    assert not any(sentence.startswith("Dat is") for sentence in said)


@pytest.mark.parametrize(("additive", "words"), [(True, "is er geen cijfer."), (False, "niet optelbaar")])
def test_no_figure_is_told_with_its_reason(additive: bool, words: str) -> None:
    (only,) = read(line(INCOME, [np.nan], [1], additive=additive))
    assert words in only
