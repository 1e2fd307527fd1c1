"""Every Flemish municipality of at least twelve sectors: an answer within bounds, proven, and right where it can be counted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely

from engines.brute import optimum
from wijkcontract.engines.adjacency import adjacency
from wijkcontract.engines.delineation import Delineation, Problem, delineate, evaluate

pytestmark = pytest.mark.reference
PLACES = Path(__file__).parents[3] / "shared" / "data" / "places"
LEAST_SECTORS, COUNTABLE = 12, 18
SECONDS = 10.0
LOW, HIGH, QUANTILE = 2000, 6000, 0.8


def columns(name: str, *wanted: str) -> list[list[object]]:
    table = pq.read_table(PLACES / f"{name}.parquet", columns=list(wanted))
    return [table[one].to_pylist() for one in wanted]


@pytest.fixture(scope="module")
def municipalities() -> dict[str, Problem]:
    """The question for each municipality of 2024, with the scores of 2001."""
    codes, outlines, people = columns("sectoren2024_benaderd", "statsec2024", "geometry", "inwoners_2024")
    of = dict(zip(*columns("sectoren2024", "statsec2024", "gemeente2024"), strict=True))
    before = dict(zip(*columns("koppel_statsec2019_statsec2024", "statsec2024", "statsec2019"), strict=True))
    score = dict(zip(*columns("bimd_sector_2001", "statsec", "bimd_score"), strict=True))
    values = np.array([score.get(before.get(code, code), np.nan) for code in codes], dtype=float)
    threshold = float(np.quantile(np.array(list(score.values()), dtype=float), QUANTILE))
    inhabitants = np.array([int(one or 0) for one in people])  # type: ignore[call-overload]  # a count or nothing
    borders = adjacency(shapely.from_wkb(np.array(outlines, dtype=object)))
    town = np.array([str(of[code]) for code in codes])
    found = {}
    for one in np.unique(town).tolist():
        areas = np.flatnonzero(town == one)
        if len(areas) >= LEAST_SECTORS:
            found[one] = Problem(inhabitants[areas], values[areas], borders.among(areas), LOW, HIGH, threshold)
    return found


@pytest.fixture(scope="module")
def answers(municipalities: dict[str, Problem]) -> dict[str, Delineation]:
    return {town: delineate(problem, SECONDS) for town, problem in municipalities.items()}


def test_every_answer_hangs_together_within_bounds(
    municipalities: dict[str, Problem], answers: dict[str, Delineation]
) -> None:
    assert len(answers) > 250
    for town, answer in answers.items():
        verdict = evaluate(municipalities[town], answer.areas)
        assert verdict.feasible, town
        assert verdict.objective == pytest.approx(answer.objective)


def test_nearly_every_answer_is_proven_in_time(answers: dict[str, Delineation]) -> None:
    proven = [answer.proven and answer.gap == 0 for answer in answers.values()]
    assert sum(proven) >= 0.99 * len(proven)
    assert max(answer.seconds for answer in answers.values()) < SECONDS + 2


def test_the_small_ones_have_the_optimum_of_every_set(
    municipalities: dict[str, Problem], answers: dict[str, Delineation]
) -> None:
    small = {town: problem for town, problem in municipalities.items() if problem.size <= COUNTABLE}
    assert len(small) > 10
    for town, problem in small.items():
        best = optimum(problem)
        assert best is not None
        assert answers[town].proven
        assert answers[town].objective == pytest.approx(best.objective, abs=1e-6), town
