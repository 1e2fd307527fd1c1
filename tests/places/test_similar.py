"""Existing neighbourhoods that look like the own area: nearest first, with what differs, from published figures only (R2)."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from pytest_django import DjangoAssertNumQueries

from people import actor, municipality
from places.test_narrative import line
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.places.arrays import Figures, pack
from wijkcontract.places.enums import DatasetKind, Level
from wijkcontract.places.models import (
    Areas,
    Dataset,
    Division,
    DivisionSector,
    FigureColumn,
    Indicator,
    Sector,
    Vintage,
)
from wijkcontract.places.queries import Profile, SectorMap
from wijkcontract.places.queries.similar import similar_divisions

pytestmark = pytest.mark.django_db
TOWN = "Oudenmeers"
CODES = ("W1", "W2", "W3", "W4")
FIGURES = {"work": (10.0, 12.0, 30.0, 10.0), "green": (50.0, 50.0, 50.0, 90.0)}


@pytest.fixture
def editor() -> Actor:
    return actor("Els Editor", municipality(TOWN), Role.EDITOR)


@pytest.fixture
def town() -> SectorMap:
    """Four neighbourhoods with two indicators; one figure of W3 is hidden. The sector S1 lies in W1."""
    place = municipality(TOWN)
    vintage = Vintage.objects.create(code="demo", label="Voorbeeld", first_year=2020, source="", licence="")
    for code in CODES:
        Division.objects.create(edition="1", vintage=vintage, code=code, name=f"Wijk {code}", municipality=place)
    sector = Sector.objects.create(vintage=vintage, code="S1", name="Linde", nis="", municipality=place)
    DivisionSector.objects.create(division=Division.objects.get(code="W1"), sector=sector)
    areas = Areas.objects.create(vintage=vintage, level=Level.DIVISION, municipality=place, codes=list(CODES))
    dataset = Dataset.objects.create(
        number=1, kind=DatasetKind.FIGURES, label="", source="", licence="", file_name="", sha256="", rows_read=4,
        imported_by_id="", imported_by_name="", imported_at=dt.datetime(2021, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    for code, values in FIGURES.items():
        indicator = Indicator.objects.create(code=code, label=code.capitalize(), unit="%", factor=100)
        blank = Figures.of(np.array(values), np.array(values), np.array(values), np.zeros(4, dtype=np.uint8))
        FigureColumn.objects.create(
            areas=areas, indicator=indicator, year=2018, dataset=dataset, value=pack(blank.value),
            missing=blank.missing.tobytes(), hidden=bytes([0, 0, int(code == "green"), 0]),
        )  # fmt: skip
    empty = np.zeros(0)
    return SectorMap(
        vintage=vintage, municipality_id=place.pk, nis="", ids=empty.astype(np.int64), codes=(), names=(),
        inhabitants=empty, area_m2=empty, unlocated=empty.astype(bool), outlines=empty.astype(object),
    )  # fmt: skip


def profile_of(*codes: str) -> Profile:
    """The own area: 10 % on work, 50 % on green."""
    work, green = (Indicator.objects.get(code=code) for code in ("work", "green"))
    return Profile(codes, 100, 1.0, (line(work, [10], [100]), line(green, [50], [100])))


def test_the_nearest_comes_first_and_the_difference_is_explained(editor: Actor, town: SectorMap) -> None:
    found = similar_divisions(editor, town, profile_of())
    assert [one.code for one in found] == ["W1", "W2", "W4", "W3"]
    assert (found[0].name, found[0].municipality, found[0].distance) == ("Wijk W1", TOWN, 0)
    assert found[0].differences == ()
    (work,) = found[1].differences
    assert (work.line.indicator.code, work.value) == ("work", 12.0)
    assert work.deviations > 0


def test_a_hidden_figure_plays_no_part(editor: Actor, town: SectorMap) -> None:
    last = similar_divisions(editor, town, profile_of())[-1]
    assert [one.line.indicator.code for one in last.differences] == ["work"]


def test_the_neighbourhood_of_the_area_itself_is_left_out(editor: Actor, town: SectorMap) -> None:
    assert [one.code for one in similar_divisions(editor, town, profile_of("S1"))] == ["W2", "W4", "W3"]


def test_nothing_to_compare_is_an_empty_answer(editor: Actor, town: SectorMap) -> None:
    assert similar_divisions(editor, town, Profile((), 0, 0.0, ())) == ()
    FigureColumn.objects.all().delete()
    assert similar_divisions(editor, town, profile_of()) == ()


def test_it_takes_four_queries(
    editor: Actor, town: SectorMap, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = profile_of("S1")
    with django_assert_num_queries(4):
        similar_divisions(editor, town, found)
