"""Classes of a map hold every area once, whatever the values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from wijkcontract.engines.classes import MOST, Method, classify

VALUES = st.lists(st.floats(-1e6, 1e6) | st.just(float("nan")), max_size=60)


@given(VALUES, st.sampled_from(list(Method)), st.lists(st.floats(-1e6, 1e6), max_size=MOST - 1))
def test_every_area_is_in_one_class_between_its_borders_or_counted_as_missing(
    values: list[float], method: Method, own: list[float]
) -> None:
    cut = classify(np.array(values, dtype=np.float64), method, own)
    assert sum(cut.counts) + cut.missing == len(values)
    assert len(cut.counts) == len(cut.borders) + 1 <= MOST
    edges = (-np.inf, *cut.borders, np.inf)
    for value, number in zip(values, cut.classes.tolist(), strict=True):
        assert number == 0 if np.isnan(value) else edges[number - 1] <= value < edges[number]


def test_quantiles_put_as_many_areas_in_each_class_and_keep_equal_values_together() -> None:
    assert classify(np.arange(100.0), Method.QUANTILES).counts == (20, 20, 20, 20, 20)
    assert classify(np.array([1.0] * 8 + [2.0, 3.0]), Method.QUANTILES).counts[0] == 8
    assert classify(np.full(7, 3.0), Method.QUANTILES).counts == (7,)


def test_deviations_lie_around_the_mean() -> None:
    cut = classify(np.array([0.0, 10.0]), Method.DEVIATIONS)
    assert cut.borders == (-2.5, 2.5, 7.5, 12.5)
    assert cut.counts == (0, 1, 0, 1, 0)


def test_own_borders_are_refused_when_they_are_too_many_or_no_numbers() -> None:
    with pytest.raises(ValueError, match="at most 4"):
        classify(np.zeros(3), Method.OWN, (1, 2, 3, 4, 5))
    with pytest.raises(ValueError, match="at most 4"):
        classify(np.zeros(3), Method.OWN, (float("nan"),))
