"""Figures come in once, are summed over published cells only, and hidden cells cannot be worked out from what is published."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from places import towns
from wijkcontract.accounts.actors import ANONYMOUS, SYSTEM
from wijkcontract.accounts.roles import Role
from wijkcontract.places import operations, queries
from wijkcontract.places.enums import Hidden, Level, Missing
from wijkcontract.places.models import Dataset, FigureColumn, Indicator
from wijkcontract.places.tables import FigureTable
from wijkcontract.rules.verdicts import Invalid, Refused

import people  # isort: skip

SMALL = [40, 3, 20, 30, 25, 18, 22, 31, 19, 27, 33, 21]
PLAIN = [20.0] * 12


def test_what_is_small_leaves_the_room_neither_as_value_nor_as_numerator() -> None:
    towns.build()
    towns.count([*SMALL, *PLAIN])
    found = queries.figures_at(ANONYMOUS, towns.gent(ANONYMOUS), "jobseekers_share", 2023)
    assert found is not None
    assert found.figures.hidden[1] == Hidden.PRIMARY
    assert np.count_nonzero(found.figures.hidden == Hidden.SECONDARY) >= 1
    away = found.figures.hidden != 0
    for numbers in (found.figures.value, found.figures.numerator, found.figures.denominator):
        assert np.isnan(numbers[away]).all()
        assert not np.isnan(numbers[~away]).any()
    assert found.figures.value[2] == pytest.approx(10.0)


def published_system(town: queries.SectorMap) -> tuple[list[tuple[np.ndarray, float]], np.ndarray]:
    """Every published number about the sectors of Gent as a row of a linear system: sectors, existing wijken, municipality."""
    size, rows = len(town.codes), []
    cells = queries.figures_at(ANONYMOUS, town, "jobseekers_share", 2023)
    assert cells is not None
    for row, number in enumerate(cells.figures.numerator):
        if not np.isnan(number):
            rows.append((np.eye(size)[row], float(number)))
    wijken = queries.figures_at(ANONYMOUS, town, "jobseekers_share", 2023, Level.DIVISION)
    members = {one.code: one.sectors for one in queries.divisions(ANONYMOUS, town)}
    if wijken is not None:
        for code, number in zip(wijken.codes, wijken.figures.numerator, strict=True):
            if not np.isnan(number):
                rows.append((np.isin(np.array(town.codes), members[code]).astype(float), float(number)))
    whole = queries.profile(ANONYMOUS, town, town.codes).lines[0]
    if not np.isnan(whole.municipality[0]):
        rows.append((np.ones(size), whole.municipality[0] / 100 * 200 * size))
    for start in range(0, size, 3):  # and what anyone may draw: own areas
        chosen = np.zeros(size)
        chosen[start : start + 5] = 1
        line = queries.profile(ANONYMOUS, town, [town.codes[row] for row in np.flatnonzero(chosen)]).lines[0]
        shown = chosen * (cells.figures.hidden == 0)
        if not np.isnan(line.numerator[0]):
            rows.append((shown, float(line.numerator[0])))
    return rows, cells.figures.hidden != 0


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 40), min_size=12, max_size=12))
def test_no_hidden_cell_follows_from_everything_that_is_published(numbers: list[int]) -> None:
    Dataset.objects.exists() or (towns.build(), towns.divide())
    towns.count([*numbers, *PLAIN])
    rows, hidden = published_system(towns.gent(ANONYMOUS))
    matrix = np.array([row for row, _ in rows])
    rank = np.linalg.matrix_rank(matrix)
    for cell in np.flatnonzero(hidden):
        with_cell = np.linalg.matrix_rank(np.vstack([matrix, np.eye(12)[cell]]))
        assert with_cell == rank + 1, f"sector {cell} of {numbers} can be computed"


def test_the_profile_sums_published_sectors_and_says_what_is_missing() -> None:
    towns.build()
    towns.count([*SMALL, *PLAIN])
    town = towns.gent(ANONYMOUS)
    cells = queries.figures_at(ANONYMOUS, town, "jobseekers_share", 2023)
    assert cells is not None
    line = queries.profile(ANONYMOUS, town, town.codes[:3]).lines[0]
    shown = cells.figures.hidden[:3] == 0
    assert line.numerator[0] == np.array(SMALL[:3])[shown].sum()
    assert line.denominator[0] == 200 * np.count_nonzero(shown)
    assert line.sectors_missing[0] == np.count_nonzero(~shown)
    assert line.inhabitants_missing[0] == 400 * np.count_nonzero(~shown)
    assert line.municipality[0] == pytest.approx(100 * sum(SMALL) / 2400)


def test_years_are_comparable_over_the_sectors_that_have_a_figure_in_all_of_them() -> None:
    towns.build()
    towns.count([*SMALL, *PLAIN], year=2022)
    towns.count([*PLAIN, *PLAIN], year=2023)
    town = towns.gent(ANONYMOUS)
    cells = queries.figures_at(ANONYMOUS, town, "jobseekers_share", 2022)
    assert cells is not None
    shown = cells.figures.hidden[:4] == 0
    line = queries.profile(ANONYMOUS, town, town.codes[:4]).lines[0]
    assert line.numerator.tolist() == [np.array(SMALL[:4])[shown].sum(), 80]
    assert line.steady.numerator.tolist() == [np.array(SMALL[:4])[shown].sum(), 20 * shown.sum()]
    assert line.steady.coverage == shown.mean()


def test_a_province_is_not_summed_from_a_part_of_its_municipalities() -> None:
    towns.build()
    people.municipality("Aalst", "41002")
    towns.count([*PLAIN, *PLAIN])
    line = queries.profile(ANONYMOUS, towns.gent(ANONYMOUS), towns.codes()[:2]).lines[0]
    assert line.municipality[0] == pytest.approx(10.0)
    assert np.isnan(line.province[0])
    assert np.isnan(line.region[0])


def test_a_median_is_never_summed() -> None:
    towns.build()
    table = FigureTable(
        "income", 2022, Level.SECTOR, towns.codes(), np.zeros(12, np.uint8),
        value=np.full(12, 21_000.0), denominator=np.array([400.0] * 11 + [3.0]),
    )  # fmt: skip
    operations.store_figures(actor=SYSTEM, facts=towns.facts("inkomen"), vintage_code="2020", tables=[table])
    town = towns.gent(ANONYMOUS)
    line = queries.profile(ANONYMOUS, town, town.codes[:4]).lines[0]
    assert not line.additive
    assert np.isnan(line.value).all()
    cells = queries.figures_at(ANONYMOUS, town, "income", 2022)
    assert cells is not None
    assert cells.figures.value[0] == 21_000
    assert np.isnan(cells.figures.value[11]), "a median of three people is hidden"


def test_why_a_figure_is_absent_stays_known() -> None:
    towns.build()
    marks = np.array([Missing.HIDDEN_BY_SOURCE, Missing.NO_ANSWER, *[0] * 10], dtype=np.uint8)
    table = FigureTable(
        "poverty", 2021, Level.SECTOR, towns.codes(), marks,
        numerator=np.array([0.0, 0.0, 0.0, *[50.0] * 9]), denominator=np.full(12, 400.0),
    )  # fmt: skip
    operations.store_figures(actor=SYSTEM, facts=towns.facts("armoede"), vintage_code="2020", tables=[table])
    cells = queries.figures_at(ANONYMOUS, towns.gent(ANONYMOUS), "poverty", 2021)
    assert cells is not None
    assert cells.figures.missing.tolist()[:3] == [Missing.HIDDEN_BY_SOURCE, Missing.NO_ANSWER, Missing.PRESENT]
    assert np.isnan(cells.figures.value[:2]).all()
    assert cells.figures.value[2] == 0, "a true zero is shown"


def test_the_same_file_again_changes_nothing_and_a_corrected_one_replaces() -> None:
    towns.build()
    first = towns.count([*PLAIN, *PLAIN])
    again = towns.count([*PLAIN, *PLAIN])
    assert again.was_known
    assert again.dataset_number == first.dataset_number
    corrected = towns.count([*SMALL, *PLAIN])
    assert (corrected.made, corrected.changed) == (0, 2)
    assert queries.data_version(ANONYMOUS) == first.dataset_number + 1
    assert FigureColumn.objects.filter(is_derived=False).count() == 2
    back = towns.count([*PLAIN, *PLAIN])
    assert not back.was_known, "the corrected file came in between"
    assert back.changed == 2


def test_sectors_that_a_file_does_not_know_are_named() -> None:
    towns.build()
    table = FigureTable(
        "poverty", 2021, Level.SECTOR, ["44021A00-", "11001X99-"], np.zeros(2, np.uint8),
        numerator=np.array([50.0, 60.0]), denominator=np.full(2, 400.0),
    )  # fmt: skip
    kept = operations.store_figures(actor=SYSTEM, facts=towns.facts("deel"), vintage_code="2020", tables=[table])
    assert kept.unknown == ["11001X99-"]


def test_every_fault_of_a_file_is_named_at_once_and_nothing_is_kept() -> None:
    towns.build()
    wrong = FigureTable("bestaat_niet", 2021, Level.SECTOR, ["a", "a"], np.zeros(1, np.uint8))
    with pytest.raises(Invalid) as refused:
        operations.store_figures(actor=SYSTEM, facts=towns.facts("fout"), vintage_code="2020", tables=[wrong])
    assert len(refused.value.faults) == 3
    assert Dataset.objects.count() == 1


def test_figures_of_merged_municipalities_are_those_of_the_successor() -> None:
    towns.build()
    west = people.municipality("Gent", towns.WEST)
    for nis, name in (("44001", "Oud"), ("44002", "Ouder")):
        old = people.municipality(name, nis)
        old.successor = west
        old.save()
    table = FigureTable(
        "crime_rate", 2015, Level.MUNICIPALITY, ["44001", "44002"], np.zeros(2, np.uint8),
        numerator=np.array([10.0, 50.0]), denominator=np.array([1000.0, 2000.0]),
    )  # fmt: skip
    operations.store_figures(actor=SYSTEM, facts=towns.facts("misdrijven"), vintage_code="2020", tables=[table])
    towns.count(PLAIN, indicator="crime_rate", year=2015, nis=(towns.WEST,))
    line = queries.profile(ANONYMOUS, towns.gent(ANONYMOUS), towns.codes()).lines[0]
    assert line.municipality[0] == pytest.approx(20.0)


def test_only_the_agency_and_the_operator_take_figures_in() -> None:
    towns.build()
    table = FigureTable("poverty", 2021, Level.SECTOR, [], np.zeros(0, np.uint8))
    with pytest.raises(Refused, match="programmabeheerder"):
        operations.store_figures(actor=towns.editor(), facts=towns.facts("x"), vintage_code="2020", tables=[table])


def test_a_visitor_sees_only_indicators_whose_licence_allows_it_and_the_operator_none() -> None:
    towns.build()
    towns.count([*PLAIN, *PLAIN])
    Indicator.objects.filter(code="jobseekers_share").update(is_public=False)
    assert queries.available(ANONYMOUS, towns.gent(ANONYMOUS)) == {}
    assert queries.available(towns.editor("Deinze"), towns.gent(ANONYMOUS)) == {"jobseekers_share": (2023,)}
    operator = people.actor("Beheerder", people.municipality("Gent"), Role.OPERATOR)
    assert not queries.library(operator).exists()
    assert queries.current_vintage(operator, people.municipality("Gent").pk) is None
