"""Doubt about ranks: certain where all choices agree, the same for the same seed (R2)."""

from __future__ import annotations

import numpy as np

from wijkcontract.engines import index_definition
from wijkcontract.engines.uncertainty import Uncertainty, uncertainty
from wijkcontract.engines.vulnerability import IndexResult, Units, compute

DOMAINS = ("work_income", "housing", "education_language", "living_together", "health")
SIZE = 200


def invented(*, agreeing: bool, hidden: float = 0.0) -> tuple[IndexResult, Uncertainty]:
    """The shipped index over generated figures; when agreeing, every indicator puts the units in the same order."""
    index = index_definition.load("vlaamse-wijk")
    random = np.random.default_rng(7)
    columns = {}
    for domain in index.domains:
        for one in domain.indicators:
            values = np.arange(SIZE, dtype=np.float64) if agreeing else random.normal(50, 10, SIZE)
            values = values if one.direction == "high" else -values
            columns[one.column] = np.where(random.random(SIZE) < hidden, np.nan, values)
    result = compute(index, Units(columns))
    return result, uncertainty(index, result, draws=200)


def test_when_all_figures_agree_no_choice_changes_a_rank() -> None:
    result, doubt = invented(agreeing=True)
    rank = result.index.rank
    # Winsorising makes the outermost units equal, so that they share a rank in every variant.
    assert np.array_equal(doubt.certainty, (rank <= 20).astype(float))
    assert np.array_equal(doubt.rank_low, rank)
    assert np.array_equal(doubt.rank_high, rank)
    assert set(doubt.sensitivity.values()) == {0.0}


def test_the_same_seed_gives_the_same_answer_and_intervals_hold_together() -> None:
    result, one = invented(agreeing=False, hidden=0.1)
    _, other = invented(agreeing=False, hidden=0.1)
    assert np.array_equal(one.certainty, other.certainty, equal_nan=True)
    scored = ~np.isnan(result.index.score)
    assert np.array_equal(np.isnan(one.certainty), ~scored)
    assert np.all(one.rank_low[scored] <= one.rank_high[scored])
    assert one.certainty[scored].sum() == np.floor(1 + 0.1 * (scored.sum() - 1))
    assert list(one.sensitivity.values()) == sorted(one.sensitivity.values(), reverse=True)
    assert {"weights", "normalisation", "aggregation"} | {f"without_{code}" for code in DOMAINS} == set(one.sensitivity)


def test_a_table_without_scores_has_no_certainty() -> None:
    index = index_definition.load("vlaamse-wijk")
    for size in (0, 3):
        columns = {name: np.full(size, np.nan) for name in index.needed_columns()}
        doubt = uncertainty(index, compute(index, Units(columns, np.zeros(size, dtype=np.int64))), draws=5)
        assert doubt.certainty.shape == (size,)
        assert np.isnan(doubt.certainty).all()
