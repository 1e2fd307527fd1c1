"""Own areas: the sum of published cells only, what is missing named, and medians never summed (R2)."""

from __future__ import annotations

import numpy as np
from hypothesis import given, strategies as st

from wijkcontract.engines.aggregation import NO_FIGURES, NOT_ADDITIVE, Aggregation, Figures, aggregate
from wijkcontract.engines.suppression import Booleans, Floats, suppress


def one_year(
    numerators: list[float],
    denominators: list[float],
    published: list[bool],
    inhabitants: list[float],
    rule: Aggregation = Aggregation.RATE,
) -> Figures:
    """One indicator in percent, one year."""
    return aggregate(
        np.array([[numerators]], dtype=np.float64),
        np.array([[denominators]], dtype=np.float64),
        np.array([[published]], dtype=bool),
        np.array([inhabitants], dtype=np.float64),
        rules=[rule],
        per=np.array([100.0]),
    )


def test_a_rate_is_the_summed_numerator_over_the_summed_denominator_and_not_the_mean_of_rates() -> None:
    found = one_year([10, 90], [100, 100 * 9], [True, True], [150, 1000])
    assert found.values[0, 0] == 10.0
    assert (found.numerators[0, 0], found.denominators[0, 0]) == (100, 1000)
    assert (found.sectors_missing[0, 0], found.coverage[0, 0]) == (0, 1.0)


def test_what_is_hidden_or_missing_is_left_out_and_named() -> None:
    found = one_year([10, 3, np.nan], [100, 50, 70], [True, False, True], [150, 60, 90])
    assert found.values[0, 0] == 10.0
    assert found.sectors_missing[0, 0] == 2
    assert found.inhabitants_missing[0, 0] == 150
    assert found.coverage[0, 0] == 0.5


def test_a_median_is_never_summed() -> None:
    found = one_year([20_000, 30_000], [1, 1], [True, True], [100, 100], Aggregation.MEDIAN)
    assert np.isnan(found.values).all()
    assert found.reason(0, 0) == NOT_ADDITIVE


def test_an_area_without_any_published_figure_says_so() -> None:
    for found in (one_year([3], [50], [False], [60]), one_year([0], [0], [True], [0]), one_year([], [], [], [])):
        assert np.isnan(found.values[0, 0])
        assert found.reason(0, 0) == NO_FIGURES


def test_a_count_needs_no_denominator_and_a_mean_weighs() -> None:
    count = one_year([10, 20], [np.nan, np.nan], [True, True], [100, 100], Aggregation.SUM)
    assert (count.values[0, 0], count.reason(0, 0)) == (30, "")
    mean = one_year([20 * 3, 40 * 1], [3, 1], [True, True], [100, 100], Aggregation.WEIGHTED_MEAN)
    assert mean.values[0, 0] == 25.0 * 100


@given(st.integers(0, 2**32 - 1), st.integers(2, 40))
def test_two_areas_that_differ_by_one_hidden_sector_have_the_same_figures(seed: int, size: int) -> None:
    rng = np.random.default_rng(seed)
    numerators = rng.integers(0, 12, size).astype(np.float64)
    denominators = numerators + rng.integers(1, 90, size)
    numerators[0] = 3
    published: Booleans = ~suppress(numerators, denominators, [np.zeros(size, dtype=np.int64)]).hidden
    area = rng.random(size) < 0.6
    for hidden in np.flatnonzero(~published):
        with_it, without_it = area.copy(), area.copy()
        with_it[hidden], without_it[hidden] = True, False
        one, other = (cut(numerators, denominators, published, members) for members in (with_it, without_it))
        np.testing.assert_array_equal(one.values, other.values)
        np.testing.assert_array_equal(one.numerators, other.numerators)
        np.testing.assert_array_equal(one.denominators, other.denominators)


def cut(numerators: Floats, denominators: Floats, published: Booleans, members: Booleans) -> Figures:
    return aggregate(
        numerators[members][None, None],
        denominators[members][None, None],
        published[members][None, None],
        denominators[members][None],
        rules=[Aggregation.RATE],
        per=np.array([1000.0]),
    )


def test_many_indicators_and_years_at_once_equal_one_at_a_time() -> None:
    rng = np.random.default_rng(3)
    shape = (4, 3, 25)
    numerators = rng.integers(0, 50, shape).astype(np.float64)
    denominators = numerators + rng.integers(0, 300, shape)
    published = rng.random(shape) < 0.8
    inhabitants = rng.integers(0, 900, shape[1:]).astype(np.float64)
    rules, per = list(Aggregation), np.array([1.0, 100.0, 1.0, 1.0])
    whole = aggregate(numerators, denominators, published, inhabitants, rules=rules, per=per)
    for i in range(shape[0]):
        for y in range(shape[1]):
            part = aggregate(
                numerators[i : i + 1, y : y + 1],
                denominators[i : i + 1, y : y + 1],
                published[i : i + 1, y : y + 1],
                inhabitants[y : y + 1],
                rules=rules[i : i + 1],
                per=per[i : i + 1],
            )
            np.testing.assert_array_equal(whole.values[i, y], part.values[0, 0])
            np.testing.assert_array_equal(whole.coverage[i, y], part.coverage[0, 0])
