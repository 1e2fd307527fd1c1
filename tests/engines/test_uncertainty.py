"""Doubt about ranks: certain where all choices agree, the same for the same seed (R2)."""

from __future__ import annotations

import numpy as np
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from wijkcontract.engines import index_definition
from wijkcontract.engines.ranking import Floats
from wijkcontract.engines.uncertainty import Uncertainty, choice_label, uncertainty
from wijkcontract.engines.vulnerability import IndexResult, Units, compute

DOMAINS = ("work_income", "housing", "education_language", "living_together", "health")
SIZE = 200
TWO_DOMAINS = """
code = "proef"
version = "1"
label = "Proef"
[file]
id = "id"
[scoring]
indicators = "none"
domains = "percentile"
aggregation = "arithmetic"
drop_constant = false
[[domains]]
code = "one"
label = "Een"
weight = {one}
[[domains.indicators]]
code = "a"
direction = "high"
[[domains]]
code = "other"
label = "Ander"
weight = {other}
[[domains.indicators]]
code = "b"
direction = "low"
"""


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


def test_every_choice_that_is_measured_has_words_for_people() -> None:
    definition = index_definition.load("vlaamse-wijk")
    _, doubt = invented(agreeing=False)
    words = {choice: choice_label(definition, choice) for choice in doubt.sensitivity}
    assert words["weights"] == "andere gewichten"
    assert words["without_housing"] == "zonder Wonen"
    assert len(set(words.values())) == len(words)
    assert not any("_" in label for label in words.values())


def test_a_table_without_scores_has_no_certainty() -> None:
    index = index_definition.load("vlaamse-wijk")
    for size in (0, 3):
        columns = {name: np.full(size, np.nan) for name in index.needed_columns()}
        doubt = uncertainty(index, compute(index, Units(columns, np.zeros(size, dtype=np.int64))), draws=5)
        assert doubt.certainty.shape == (size,)
        assert np.isnan(doubt.certainty).all()


@given(
    arrays(np.float64, st.tuples(st.integers(1, 25), st.just(2)), elements=st.integers(0, 5).map(float)),
    st.floats(0.001, 0.999),
    st.integers(0, 99),
)
def test_every_choice_is_between_none_and_all_and_equal_units_get_the_same(
    figures: Floats, weight: float, seed: int
) -> None:
    index = index_definition.read(TWO_DOMAINS.format(one=weight, other=1 - weight))
    columns = {"a": np.tile(figures[:, 0], 2), "b": np.tile(figures[:, 1], 2)}
    result = compute(index, Units(columns))
    doubt = uncertainty(index, result, draws=8, seed=seed)
    size = len(figures)
    for values in (doubt.certainty, doubt.rank_low, doubt.rank_high):
        assert np.array_equal(values[:size], values[size:], equal_nan=True)
    scored = ~np.isnan(result.index.score)
    assert np.all((doubt.certainty[scored] >= 0) & (doubt.certainty[scored] <= 1))
    assert np.all((doubt.rank_low[scored] >= 1) & (doubt.rank_high[scored] <= 2 * size))
