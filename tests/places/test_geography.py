"""Sectors come in as one whole, move their figures along when they change, and know their neighbours."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pytest_django import DjangoAssertNumQueries

import people
from places import towns
from wijkcontract.accounts.actors import ANONYMOUS, SYSTEM
from wijkcontract.demo import people as demo_people
from wijkcontract.demo.city import VINTAGE, load_city
from wijkcontract.places import operations, queries
from wijkcontract.places.enums import Level
from wijkcontract.places.models import Adjacency, Areas, Crosswalk, Sector, Vintage
from wijkcontract.places.rounding import round_to_five
from wijkcontract.places.tables import PopulationTable, VintageFacts
from wijkcontract.rules.verdicts import Invalid, NotVisible


def test_a_town_has_its_sectors_their_shapes_and_their_neighbours() -> None:
    towns.build()
    town = towns.gent(ANONYMOUS)
    assert list(town.codes) == towns.codes()
    assert town.nis == towns.WEST
    assert shapely.area(town.outlines).sum() == pytest.approx(12e6)
    borders = queries.borders(ANONYMOUS, town)
    assert len(borders.left) == 2 * 5 + 6, "a grid of two rows of six; the border with the other town does not count"
    assert (borders.left < borders.right).all()
    assert (borders.border_m == 1000).all()
    assert Adjacency.objects.count() == 2 * 11 + 12


def test_a_town_without_sectors_does_not_exist() -> None:
    towns.build()
    with pytest.raises(NotVisible):
        queries.sector_map(ANONYMOUS, people.municipality("Aalst", "41002").pk)
    with pytest.raises(NotVisible):
        queries.sector_map(ANONYMOUS, "geen nummer")


def test_figures_stay_with_their_sector_when_another_goes() -> None:
    towns.build()
    towns.count([float(number) for number in range(10, 34)])
    kept = towns.build(towns.sectors(without=["44021A03-"]), content="tweede")
    assert (kept.made, kept.changed + kept.unchanged, kept.removed) == (0, 23, 1)
    town = towns.gent(ANONYMOUS)
    cells = queries.figures_at(ANONYMOUS, town, "jobseekers_share", 2023)
    assert cells is not None
    assert cells.codes == town.codes
    assert cells.figures.numerator.tolist() == [10, 11, 12, *range(14, 22)]
    back = towns.build(content="derde")
    assert back.made == 1
    again = queries.figures_at(ANONYMOUS, towns.gent(ANONYMOUS), "jobseekers_share", 2023)
    assert again is not None
    assert np.isnan(again.figures.numerator[3])


def test_the_same_sectors_again_change_nothing() -> None:
    first = towns.build()
    assert towns.build().was_known
    assert towns.build(content="ander bestand").unchanged == 24
    assert Sector.objects.count() == 24
    assert first.made == 24


def test_a_code_that_is_there_twice_is_refused_and_nothing_is_kept() -> None:
    table = towns.sectors()
    table.codes[1] = table.codes[0]  # type: ignore[index]
    with pytest.raises(Invalid, match="meer dan één keer"):
        towns.build(table)
    assert not Vintage.objects.exists()


def test_a_merged_municipality_gives_its_sectors_to_its_successor() -> None:
    east = people.municipality("Deinze", towns.EAST)
    west = people.municipality("Gent", towns.WEST)
    east.successor = west
    east.save()
    towns.build()
    assert len(towns.gent(ANONYMOUS).codes) == 24
    assert Areas.objects.filter(level=Level.SECTOR).count() == 1


def test_weights_of_a_crosswalk_do_not_exceed_the_whole() -> None:
    towns.build()
    operations.store_sectors(
        actor=SYSTEM, facts=towns.facts("nieuw"), vintage=VintageFacts("2025", "Sectoren 2025", 2025),
        table=towns.sectors(),
    )  # fmt: skip
    code, other = towns.codes()[:2]
    with pytest.raises(Invalid, match=r"samen 1\.200"):
        operations.store_crosswalk(
            actor=SYSTEM, facts=towns.facts("fout"), old_code="2020", new_code="2025",
            rows=[(code, code, 0.6), (code, other, 0.6)],
        )  # fmt: skip
    kept = operations.store_crosswalk(
        actor=SYSTEM, facts=towns.facts("goed"), old_code="2020", new_code="2025",
        rows=[(code, code, 0.6), (code, other, 0.4), ("onbekend", code, 1.0)],
    )  # fmt: skip
    assert kept.unknown == ["onbekend"]
    assert Crosswalk.objects.count() == 2
    assert towns.gent(ANONYMOUS).vintage.code == "2025"


def test_ages_of_a_sector_are_rounded_the_same_way_each_time_and_keep_the_total_in_the_long_run() -> None:
    counts = np.random.default_rng(1).integers(0, 12, size=(400, 2, 20))
    table = PopulationTable(2024, Level.SECTOR, [str(number) for number in range(400)], range(20), counts)
    rounded = round_to_five(table)
    assert (rounded % 5 == 0).all()
    assert (np.abs(rounded - counts) < 5).all()
    assert np.array_equal(rounded, round_to_five(table))
    assert abs(rounded.sum() / counts.sum() - 1) < 0.01


def test_the_demo_city_is_marked_deterministic_and_holds_the_sectors_of_the_contracts(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    demo_people.organisations_and_people()
    assert load_city()
    assert not load_city()
    vintage = Vintage.objects.get(code=VINTAGE)
    assert vintage.is_example
    assert not vintage.is_official
    town = queries.sector_map(ANONYMOUS, people.municipality("Dendermonde").pk)
    chosen = ["42006A20-", "42006A212"]
    with django_assert_num_queries(6):
        profile = queries.profile(ANONYMOUS, town, chosen)
    assert profile.inhabitants == 2063
    assert len(profile.lines) == 17
    assert all(line.is_example for line in profile.lines)
    index = queries.index_of(ANONYMOUS, town)
    assert index is not None
    assert (index.decile[town.rows_of(chosen)] == 1).all()
    parts = shapely.union_all(queries.shapes(ANONYMOUS, town, chosen))
    assert parts.geom_type == "Polygon", "the two sectors adjoin"
    located = town.outlines[~town.unlocated]
    assert shapely.coverage_is_valid(located)
    assert len(queries.divisions(ANONYMOUS, town)) == 8
    ages = queries.pyramid(ANONYMOUS, town)
    assert ages is not None
    assert (ages.counts % 5 == 0).all()
