"""The scan: an area that is really higher is found, chance is not, and a chosen neighbourhood gets no fair-weather p."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import sparse

from wijkcontract.engines.scan import NoScan, circles, scan


def points(side: int) -> NDArray[np.float64]:
    return np.column_stack(np.divmod(np.arange(side * side), side)).astype(float)


def test_a_block_with_twice_the_risk_is_found_and_its_likelihood_is_the_formula() -> None:
    where, population = points(10), np.full(100, 1_000.0)
    block = (where < 3).all(axis=1)
    cases = np.where(block, 100, 50)
    candidates = sparse.csr_array(np.vstack([circles(where, population, 12_000).toarray(), block]))
    found = scan(cases, population, candidates)
    inside, expected, total = 900, cases.sum() * 0.09, cases.sum()
    formula = inside * np.log(inside / expected) + (total - inside) * np.log((total - inside) / (total - expected))
    assert found.likelihood[-1] == pytest.approx(formula)
    assert found.likelihood.max() == pytest.approx(found.likelihood[-1]), (
        "the circle around the corner is the same area"
    )
    assert found.relative_risk[-1] == pytest.approx(2.0)
    assert found.p[-1] == 0.001


def test_the_highest_of_chance_is_rarely_called_significant() -> None:
    where, population = points(6), np.full(36, 500.0)
    candidates, random = circles(where, population, 9_000), np.random.default_rng(4)
    significant = sum(
        scan(random.multinomial(400, np.full(36, 1 / 36)), population, candidates, permutations=99).p.min() <= 0.05
        for _ in range(60)
    )
    assert significant <= 9, "5 % of 60 is 3; more than 9 has a chance below one in a thousand"


def test_no_units_no_cases_and_missing_figures_are_said() -> None:
    nothing = np.empty((0, 2))
    assert circles(nothing, np.empty(0), 10).shape == (0, 0)
    one = sparse.csr_array(np.ones((1, 1)))
    assert scan(np.array([3]), np.array([10.0]), one).p.tolist() == [1.0]
    with pytest.raises(NoScan, match="no cases"):
        scan(np.array([0]), np.array([10.0]), one)
    with pytest.raises(NoScan, match="must be there"):
        scan(np.array([1]), np.array([np.nan]), one)
