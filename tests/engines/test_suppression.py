"""Small numbers: nothing that is hidden can be worked out from what is published, by whoever tries (R2)."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings, strategies as st

from wijkcontract.engines.disclosure import possible_values, recoverable
from wijkcontract.engines.suppression import Floats, Integers, Suppression, group_totals, small, suppress

THRESHOLD = 5


def array(*numbers: float) -> Floats:
    return np.array(numbers, dtype=np.float64)


def groups(*numbers: int) -> Integers:
    return np.array(numbers, dtype=np.int64)


def naive(numerators: Floats, groupings: list[Integers]) -> Suppression:
    """Only the small cells and the small totals are hidden: what many portals publish."""
    totals = tuple(small(group_totals(numerators, one)) for one in groupings)
    return Suppression(small(numerators), np.zeros(len(numerators), dtype=bool), totals)


@st.composite
def tables(
    draw: st.DrawFn, sectors: int = 60, levels: int = 4, most: int = 30
) -> tuple[Floats, Floats, list[Integers]]:
    """Sectors with their numerators, denominators and overlapping groupings; some sectors fall outside a grouping."""
    size = draw(st.integers(1, sectors))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    numerators = rng.integers(0, most + 1, size).astype(np.float64)
    numerators[rng.random(size) < draw(st.floats(0, 0.8))] = rng.integers(1, THRESHOLD)
    denominators = numerators + rng.integers(0, 400, size)
    groupings = [np.zeros(size, dtype=np.int64)]
    for _ in range(draw(st.integers(0, levels - 1))):
        grouping = rng.integers(0, max(1, size // draw(st.integers(1, 6))), size)
        groupings.append(np.where(rng.random(size) < draw(st.floats(0, 0.4)), -1, grouping))
    return numerators, denominators, groupings


@settings(max_examples=300, deadline=None)
@given(tables())
def test_no_hidden_cell_and_no_hidden_total_follows_from_the_published_totals(
    table: tuple[Floats, Floats, list[Integers]],
) -> None:
    numerators, denominators, groupings = table
    published = suppress(numerators, denominators, groupings)
    assert not recoverable(published, groupings).anything
    assert published.hidden[small(numerators)].all()
    assert not published.hidden[numerators == 0].any(), "zero is shown"
    for grouping, closed in zip(groupings, published.totals, strict=True):
        assert closed[small(group_totals(numerators, grouping))].all()


def consistent_tables(
    numerators: Floats, denominators: Floats, groupings: list[Integers], published: Suppression
) -> list[tuple[int, ...]]:
    """Every table of whole numbers that agrees with all that is published, by trying them all.

    The reader here even knows which cells are small ones.
    """
    cells = np.flatnonzero(published.hidden)
    ranges = [
        range(1, int(min(THRESHOLD - 1, denominators[cell])) + 1)
        if published.primary[cell]
        else range(THRESHOLD, int(min(denominators[cell], numerators[cell] + 3)) + 1)
        for cell in cells
    ]
    found = []
    for values in itertools.product(*ranges):
        other = numerators.copy()
        other[cells] = values
        if all(agrees(numerators, other, *one) for one in zip(groupings, published.totals, strict=True)):
            found.append(values)
    return found


def agrees(truth: Floats, other: Floats, grouping: Integers, closed: np.ndarray) -> bool:
    """Shown totals are the same, and a hidden total is still of its kind: small or not."""
    mine, theirs = group_totals(truth, grouping), group_totals(other, grouping)
    return bool(np.where(closed, small(mine) == small(theirs), mine == theirs).all())


@settings(max_examples=200, deadline=None)
@given(tables(sectors=7, levels=3, most=12))
def test_whole_numbers_and_the_threshold_leave_every_hidden_cell_two_values(
    table: tuple[Floats, Floats, list[Integers]],
) -> None:
    numerators, denominators, groupings = table
    denominators = denominators + 20
    groupings = [one for one in groupings if not small(group_totals(numerators, one)).any()]
    published = suppress(numerators, denominators, groupings)
    options = consistent_tables(numerators, denominators, groupings, published)
    for column in range(int(published.hidden.sum())):
        assert len({values[column] for values in options}) > 1


def test_the_check_catches_a_table_where_only_small_cells_are_hidden() -> None:
    numerators = array(3, 20, 30, 0, 4, 2)
    groupings = [groups(0, 0, 0, 0, 0, 0), groups(0, 0, 0, 1, 1, 1)]
    found = recoverable(naive(numerators, groupings), groupings)
    assert found.sectors.tolist() == [True, False, False, False, False, False]
    assert not recoverable(suppress(numerators, numerators * 10, groupings), groupings).anything


def test_the_check_catches_what_only_two_crossing_groupings_give_away() -> None:
    numerators = array(1, 7, 8, 2)
    crossing = [groups(0, 0, 1, 1), groups(0, 1, 1, 0), groups(0, 1, 2, 0)]
    hidden = np.ones(4, dtype=bool)
    published = Suppression(hidden, ~hidden, tuple(np.zeros(one.max() + 1, dtype=bool) for one in crossing))
    assert recoverable(published, crossing).sectors.all()
    assert not recoverable(Suppression(hidden, ~hidden, published.totals[:2]), crossing[:2]).anything
    assert not recoverable(suppress(numerators, numerators + 50, crossing), crossing).anything


def test_the_check_catches_a_hidden_total_whose_sectors_are_shown() -> None:
    published = Suppression(np.zeros(2, dtype=bool), np.zeros(2, dtype=bool), (np.array([True]),))
    assert recoverable(published, [groups(0, 0)]).totals[0].tolist() == [True]


def test_the_check_catches_a_cell_that_the_threshold_narrows_to_one_value() -> None:
    numerators = array(4, 4, 50)
    published = naive(numerators, [groups(0, 0, 0)])
    lowest, highest = array(1, 1, 0), array(4, 4, 90)
    assert not recoverable(published, [groups(0, 0, 0)]).anything
    assert possible_values(0, numerators, published, [groups(0, 0, 0)], lowest, highest) == (4, 4)
    better = suppress(numerators, numerators + 30, [groups(0, 0, 0)])
    highest[2] = 80
    low, high = possible_values(0, numerators, better, [groups(0, 0, 0)], lowest, highest)
    assert low < high


def test_the_partner_is_the_smallest_sector_in_the_same_totals() -> None:
    published = suppress(array(2, 60, 9, 40), array(200, 800, 300, 300), [groups(0, 0, 0, 0)])
    assert published.secondary.tolist() == [False, False, True, False]
    assert not published.totals[0].any()


def test_a_neighbourhood_of_one_small_sector_hides_its_total_and_that_of_another() -> None:
    numerators, denominators = array(3, 10, 20, 30), array(100, 200, 300, 400)
    groupings = [groups(0, 0, 0, 0), groups(0, 1, 2, 2)]
    published = suppress(numerators, denominators, groupings)
    assert published.hidden.tolist() == [True, True, False, False]
    assert [one.tolist() for one in published.totals] == [[False], [True, True, False]]


def test_sectors_hidden_by_the_source_are_protected_without_knowing_them() -> None:
    numerators, totals = array(np.nan, 40, 30), [array(82)]
    mask = np.array([True, False, False])
    published = suppress(numerators, array(100, 90, 80), [groups(0, 0, 0)], totals=totals, hidden_by_source=mask)
    assert published.hidden.tolist() == [True, False, True]
    unknown = suppress(numerators, array(100, 90, 80), [groups(0, 0, 0)], hidden_by_source=mask)
    assert unknown.totals[0].tolist() == [True]


def test_a_missing_sector_is_no_hiding_place() -> None:
    published = suppress(array(2, np.nan, 30), array(50, 10, 80), [groups(0, 0, 0)])
    assert published.hidden.tolist() == [True, False, True]


def test_totals_that_do_not_cover_the_groups_are_refused() -> None:
    with pytest.raises(ValueError, match="grouping 0"):
        suppress(array(2, 30), array(50, 80), [groups(0, 1)], totals=[array(32)])


def test_extremes_have_an_answer() -> None:
    assert not suppress(array(), array(), []).hidden.any()
    assert suppress(array(2), array(10), [groups(0)]).totals[0].all()
    everything = suppress(array(1, 1, 1, 1), array(1, 1, 1, 1), [groups(0, 0, 0, 0)])
    assert everything.hidden.all()
    assert everything.totals[0].all()
    assert not suppress(array(0, 0), array(9, 9), [groups(0, 1)]).hidden.any()


def city(sectors: int, seed: int) -> tuple[Floats, Floats, list[Integers]]:
    """A city of sectors in neighbourhoods, quarters, and a second division across them; one sector in five is small."""
    rng = np.random.default_rng(seed)
    people = rng.integers(30, 2500, sectors).astype(np.float64)
    cases = rng.binomial(people.astype(np.int64), rng.beta(1, 40, sectors)).astype(np.float64)
    neighbourhood = np.arange(sectors) // 6
    return (
        cases,
        people,
        [neighbourhood * 0, neighbourhood, neighbourhood // 5, rng.integers(0, sectors // 25, sectors)],
    )


def test_nothing_follows_from_one_indicator_and_year_of_the_largest_city() -> None:
    cases, people, groupings = city(300, 1)
    published = suppress(cases, people, groupings)
    assert published.primary.sum() > 20
    assert not recoverable(published, groupings).anything


@pytest.mark.reference
def test_the_real_neighbourhoods_of_every_municipality_give_nothing_away(shared: Path) -> None:
    columns = ["gemeente2024", "deelgemeente2024", "ggw72024", "kern"]
    file = shared / "data" / "places" / "sectoren2024.parquet"
    table = pq.read_table(file, columns=[*columns, "inwoners_2024"]).to_pandas()
    rng = np.random.default_rng(11)
    hidden = 0
    for _, town in table[table["inwoners_2024"].fillna(0) > 0].groupby("gemeente2024"):
        groupings = [town[column].factorize()[0].astype(np.int64) for column in columns]
        people = town["inwoners_2024"].to_numpy(dtype=np.float64)
        for rate in (0.01, 0.1):
            cases = rng.binomial(people.astype(np.int64), rate * rng.beta(2, 2, len(people))).astype(np.float64)
            published = suppress(cases, people, groupings)
            assert not recoverable(published, groupings).anything
            hidden += int(published.primary.sum())
    assert hidden > 1000
