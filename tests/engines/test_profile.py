"""The profile of a neighbourhood: distances, neighbourhoods that look like it, people, domains and years (R2)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as arrays

from wijkcontract.engines.intervals import Interval
from wijkcontract.engines.profile import (
    in_worst_fifth,
    pyramid,
    similar_areas,
    spread,
    standardised_distance,
    trend,
)

NAN = np.nan
FIGURES = arrays.arrays(np.float64, (12, 4), elements=st.one_of(st.just(NAN), st.floats(-1e3, 1e3, width=32)))


def numbers(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def test_a_distance_is_positive_towards_the_vulnerable_side_and_absent_without_a_side() -> None:
    values, reference, spreads = numbers(14.8, 58.2, 20, 4), numbers(6.2, 74.7, 10, 4), numbers(4.3, 5.5, 5, NAN)
    found = standardised_distance(values, reference, spreads, numbers(1, -1, 0, 1))
    assert found[:2] == pytest.approx([2.0, 3.0])
    assert np.isnan(found[2:]).all()


def test_the_spread_weighs_by_inhabitants_and_refuses_what_does_not_vary() -> None:
    values = np.array([[1, 3, 3, NAN], [7, 7, 7, 7], [NAN, NAN, 4, NAN], [0.1 + 0.2, 0.3, 0.3, 0.3]])
    found = spread(values, numbers(2, 1, 1, 9))
    assert found[0] == 1.0
    assert np.isnan(found[1:]).all()


@given(FIGURES)
def test_the_nearest_come_first_and_the_explanation_sums_to_one(figures: np.ndarray) -> None:
    target, candidates = figures[0], figures[1:]
    found = similar_areas(target, candidates, spread(figures.T, np.ones(len(figures))), count=5)
    assert (np.diff(found.distances) >= 0).all()
    assert len(found.areas) <= 5
    sums = found.contributions.sum(axis=1)
    assert np.allclose(np.where(found.distances > 0, sums, 1.0), 1.0)
    for row in range(len(found.areas)):
        parts = [found.contributions[row, one] for one in found.explains(row)]
        assert parts == sorted(parts, reverse=True)


def test_the_indicator_that_makes_the_difference_is_named_and_little_in_common_is_left_out() -> None:
    target = numbers(10, 10, 10, NAN)
    candidates = np.array([[10, 14, 11, 5], [10, 10, 10, 99], [10, NAN, NAN, 5]])
    found = similar_areas(target, candidates, np.ones(4))
    assert found.areas.tolist() == [1, 0]
    assert found.distances[0] == 0
    assert found.explains(0) == []
    assert found.explains(1) == [1, 2]
    assert similar_areas(target, candidates[:0], np.ones(4)).areas.size == 0
    assert similar_areas(numbers(NAN, NAN, NAN, NAN), candidates, np.ones(4)).areas.size == 0


def test_a_pyramid_gathers_ages_and_loses_nobody() -> None:
    counts = np.arange(2 * 21, dtype=np.int64).reshape(2, 21)
    found = pyramid(counts, range(0, 105, 5), (0, 20, 65))
    assert found.labels == ("0-19", "20-64", "65+")
    assert found.total == counts.sum()
    assert found.men.tolist() == [6, 72, 132]
    assert found.shares().sum() == pytest.approx(1)
    assert pyramid(counts * 0, range(0, 105, 5), (0, 65)).shares().sum() == 0
    with pytest.raises(ValueError, match="18"):
        pyramid(counts, range(0, 105, 5), (0, 18, 65))


def test_domains_in_the_most_vulnerable_fifth_are_counted_against_all_areas() -> None:
    everywhere = np.array([np.arange(1, 101), np.full(100, 3.0), [NAN] * 100, np.arange(1, 101)])
    found = in_worst_fifth(everywhere, numbers(81, 3, 5, NAN))
    assert found.tolist() == [True, False, False, False]
    assert in_worst_fifth(everywhere[:1], numbers(80)).tolist() == [False]


def test_a_trend_stops_at_a_break_of_the_series() -> None:
    years, values = (2016, 2017, 2018, 2019, 2020), numbers(30, 31, 10, NAN, 14)
    found = trend(years, values, (1, 1, 2, 2, 2))
    assert found is not None
    assert (found.first_year, found.last_year, found.change, found.restarts_in) == (2018, 2020, 4, 2018)
    assert found.per_year == pytest.approx(2)
    assert trend(years, values, (1, 1, 1, 1, 2)) is None
    assert trend(years, values * NAN, (1, 1, 1, 1, 1)) is None
    whole = trend(years, values, (1, 1, 1, 1, 1))
    assert whole is not None
    assert whole.restarts_in is None


def test_a_change_inside_the_margin_is_not_certain() -> None:
    years, values = (2018, 2020), numbers(10, 12)
    for margin, certain in ((3.0, False), (0.5, True), (NAN, True)):
        found = trend(years, values, (1, 1), Interval(values - margin, values + margin))
        assert found is not None
        assert found.certain is certain
