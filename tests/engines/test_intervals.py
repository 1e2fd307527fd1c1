"""Intervals: equal to published values, honest near zero, and right about as often as they say (R2)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import stats

from wijkcontract.engines.intervals import Interval, difference_interval, is_certain, rate_interval, share_interval


def numbers(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def test_a_share_has_the_interval_of_wilson() -> None:
    for cases, of in ((0, 20), (3, 20), (20, 20), (148, 1000)):
        theirs = stats.binomtest(cases, of).proportion_ci(0.90, method="wilson")
        ours = share_interval(numbers(cases), numbers(of))
        assert (ours.lower[0], ours.upper[0]) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


def test_a_rate_has_the_exact_interval_of_garwood() -> None:
    for cases in (0, 1, 7, 250):
        lower = stats.chi2.ppf(0.05, 2 * cases) / 2 if cases else 0.0
        upper = stats.chi2.ppf(0.95, 2 * cases + 2) / 2
        ours = rate_interval(numbers(cases), numbers(1000))
        assert (ours.lower[0], ours.upper[0]) == pytest.approx((lower / 1000, upper / 1000), rel=1e-12)


@given(st.integers(0, 500), st.integers(1, 500), st.floats(1, 4))
def test_a_share_lies_inside_its_interval_and_a_poorer_sample_makes_it_wider(
    cases: int, others: int, effect: float
) -> None:
    count, of = numbers(cases), numbers(cases + others)
    simple, poorer = share_interval(count, of), share_interval(count, of, design_effect=effect)
    assert 0 <= simple.lower[0] <= cases / of[0] <= simple.upper[0] <= 1
    assert poorer.lower[0] <= simple.lower[0] + 1e-12
    assert simple.upper[0] <= poorer.upper[0] + 1e-12
    assert rate_interval(count, of).lower[0] <= cases / of[0] <= rate_interval(count, of).upper[0]


def test_nobody_asked_is_no_interval() -> None:
    for bounds in (share_interval(numbers(0), numbers(0)), rate_interval(numbers(0), numbers(0))):
        assert np.isnan([bounds.lower[0], bounds.upper[0]]).all()


def test_a_difference_without_intervals_is_exact_and_an_unknown_one_is_never_certain() -> None:
    nothing = Interval(numbers(np.nan, np.nan, np.nan), numbers(np.nan, np.nan, np.nan))
    found = difference_interval(numbers(5, 5, np.nan), nothing, numbers(3, 5, 3), nothing)
    assert found.lower[:2].tolist() == [2, 0]
    assert is_certain(found).tolist() == [True, False, False]


def test_equal_shares_are_called_different_in_about_one_sample_of_ten() -> None:
    rng = np.random.default_rng(5)
    of, draws, truth = np.full(4000, 300.0), 4000, 0.15
    one, other = (rng.binomial(300, truth, draws).astype(np.float64) for _ in range(2))
    found = difference_interval(one / of, share_interval(one, of), other / of, share_interval(other, of))
    assert 0.08 < is_certain(found).mean() < 0.12
