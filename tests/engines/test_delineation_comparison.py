"""An answer beside existing neighbourhoods and the best circle: the same yardstick, and never better than the proof."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st

from wijkcontract.engines.adjacency import adjacency
from wijkcontract.engines.delineation import Problem, best_circle, compare_division, delineate, evaluate

WIDTH, HEIGHT = 4, 3
CELLS = [(x, y) for x in range(WIDTH) for y in range(HEIGHT)]
BORDERS = adjacency(np.array([shapely.box(x, y, x + 1, y + 1) for x, y in CELLS]))
CENTRES = np.array(CELLS, dtype=float) + 0.5
PEOPLE = [700, 400, 1000, 150, 1300, 700, 400, 1000, 700, 150, 400, 1000]
SCORES = [60.0, 20, 80, 55, 70, 10, 90, 65, 30, 75, 52, 49]


def grid(people: list[int], scores: list[float], low: int = 1000, high: int = 3000) -> Problem:
    return Problem(np.array(people), np.array(scores, dtype=float), BORDERS, low, high, 50.0)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from([0, 150, 400, 1000, 2500]), min_size=12, max_size=12),
    st.lists(st.floats(0, 100, allow_nan=False), min_size=12, max_size=12),
    st.lists(st.integers(-1, 4), min_size=12, max_size=12),
)
def test_nothing_that_fits_beats_the_proven_answer(people: list[int], scores: list[float], labels: list[int]) -> None:
    problem = grid(people, scores)
    answer = delineate(problem)
    circle = best_circle(problem, answer.areas, CENTRES)
    others = compare_division(problem, answer.areas, np.array(labels))
    assert {one.label for one in others} == set(labels) - {-1}
    for one in [*others, *([circle] if circle else [])]:
        assert 0 <= one.overlap <= 1
        if one.verdict.feasible:
            assert answer.proven
            assert one.verdict.objective <= answer.objective + 1e-6


def test_those_that_fit_come_first_and_the_answer_itself_overlaps_wholly() -> None:
    problem = grid(PEOPLE, SCORES)
    answer = delineate(problem).areas
    labels = np.zeros(12, dtype=np.int64)
    labels[list(answer)] = 7
    first, rest = compare_division(problem, answer, labels)
    assert (first.label, first.overlap, first.verdict.feasible) == (7, 1.0, True)
    assert (rest.label, rest.shared, rest.verdict.feasible) == (0, 0, False)


def test_the_best_circle_is_the_best_of_all_circles() -> None:
    problem = grid(PEOPLE, SCORES)
    found = best_circle(problem, (), CENTRES)
    objectives = []
    for middle in CENTRES:
        distance = np.hypot(*(CENTRES - middle).T)
        for radius in distance:
            verdict = evaluate(problem, np.flatnonzero(distance <= radius).tolist())
            objectives += [verdict.objective] if verdict.feasible else []
    assert found is not None
    assert found.verdict.objective == pytest.approx(max(objectives))


def test_without_a_circle_within_bounds_there_is_none() -> None:
    assert best_circle(replace(grid(PEOPLE, SCORES), low=1, high=2), (), CENTRES) is None


def test_labels_and_centres_of_other_areas_are_refused() -> None:
    problem = grid(PEOPLE, SCORES)
    with pytest.raises(ValueError, match="labels"):
        compare_division(problem, (), np.zeros(3, dtype=np.int64))
    with pytest.raises(ValueError, match="centres"):
        best_circle(problem, (), CENTRES[:3])
