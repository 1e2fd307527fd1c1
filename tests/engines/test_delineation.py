"""The best neighbourhood: connected, within bounds, and proven against a search through every set."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st

from engines.brute import optimum
from wijkcontract.engines.adjacency import adjacency
from wijkcontract.engines.delineation import (
    ALIKE,
    Problem,
    alternatives,
    delineate,
    evaluate,
    shared,
    stability,
    suggest,
)

WIDTH, HEIGHT = 4, 3
GRID = np.array([shapely.box(x, y, x + 1, y + 1) for x in range(WIDTH) for y in range(HEIGHT)])
GRID_BORDERS = adjacency(GRID)


def grid(people: list[int], scores: list[float], low: int = 1000, high: int = 3000, **more: object) -> Problem:
    values = np.array([np.nan if score is None else score for score in scores], dtype=float)
    return Problem(np.array(people), values, GRID_BORDERS, low, high, 50.0, **more)  # type: ignore[arg-type]


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """A grid of twelve with some areas empty, some without score, some forced, and with an exclave now and then."""
    size = WIDTH * HEIGHT
    people = draw(st.lists(st.sampled_from([0, 150, 400, 700, 1000, 1300, 2500]), min_size=size, max_size=size))
    scores = draw(st.lists(st.one_of(st.none(), st.floats(0, 100, allow_nan=False)), min_size=size, max_size=size))
    forced = draw(st.lists(st.integers(0, size - 1), max_size=3, unique=True))
    cut = draw(st.integers(0, len(forced)))
    problem = grid(people, scores, forced_in=tuple(sorted(forced[:cut])), forced_out=tuple(sorted(forced[cut:])))
    if draw(st.booleans()):
        borders = problem.adjacency
        loose = (borders.left != size - 1) & (borders.right != size - 1)
        apart = replace(borders, left=borders.left[loose], right=borders.right[loose], length=borders.length[loose])
        problem = replace(problem, adjacency=apart)
    return problem


@settings(deadline=None, max_examples=60)
@given(problems())
def test_the_answer_is_the_optimum_of_every_set(problem: Problem) -> None:
    best, found = optimum(problem), delineate(problem)
    if best is None:
        assert not found.areas
        assert found.reason
        return
    assert found.proven
    assert found.gap == 0
    assert evaluate(problem, found.areas).feasible
    assert found.objective == pytest.approx(best.objective, abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(problems())
def test_what_is_suggested_at_once_is_feasible_and_never_better_than_the_proof(problem: Problem) -> None:
    quick = suggest(problem)
    if quick.areas:
        assert evaluate(problem, quick.areas).feasible
        assert quick.objective <= delineate(problem).objective + 1e-6
        assert not quick.proven


PEOPLE = [700, 400, 1000, 150, 1300, 700, 400, 1000, 700, 150, 400, 1000]
SCORES = [60.0, 20, 80, 55, 70, 10, 90, 65, 30, 75, 52, 49]


def test_alternatives_come_best_first_and_differ_from_all_before() -> None:
    problem = grid(PEOPLE, SCORES)
    first = delineate(problem)
    found = [first, *alternatives(problem, first, 3)]
    assert len(found) == 4
    assert [one.objective for one in found] == sorted((one.objective for one in found), reverse=True)
    for place, later in enumerate(found):
        for earlier in found[:place]:
            assert shared(problem, later.areas, earlier.areas) <= ALIKE * later.inhabitants + 1e-6


def test_a_limit_on_the_surface_is_kept() -> None:
    wide = grid(PEOPLE, SCORES, low=100)
    narrow = grid(PEOPLE, SCORES, low=100, max_surface=2.0)
    assert len(delineate(wide).areas) > 2
    assert len(delineate(narrow).areas) <= 2


def test_compactness_trades_the_border_against_the_score() -> None:
    people, scores = [500] * 12, [90.0, 10, 10, 90, 10, 10, 90, 10, 10, 90, 10, 10]
    row = delineate(grid(people, scores, low=2000, high=2000))
    square = delineate(grid(people, scores, low=2000, high=2000, compactness=50_000_000.0))
    assert row.areas == (0, 3, 6, 9)
    assert square.proven
    blocks = [{x, x + 1, x + HEIGHT, x + HEIGHT + 1} for x in range(12)]
    assert set(square.areas) in blocks


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"low": 50_000, "high": 60_000}, "minder dan de ondergrens"),
        ({"forced_in": (0, 2, 4, 7), "low": 1, "high": 2000}, "meer dan de bovengrens"),
        ({"low": 160, "high": 390}, "geen aaneensluitend geheel"),
    ],
)
def test_when_nothing_fits_the_reason_says_what_to_change(changes: dict[str, object], words: str) -> None:
    answer = delineate(replace(grid(PEOPLE, SCORES), **changes))  # type: ignore[arg-type]
    assert answer.areas == ()
    assert words in answer.reason


def test_without_time_the_bound_is_honest() -> None:
    problem = grid(PEOPLE, SCORES)
    hurried, whole = delineate(problem, seconds=1e-9), delineate(problem)
    assert not hurried.proven or hurried.objective == pytest.approx(whole.objective)
    assert hurried.bound >= whole.objective - 1e-6


def test_an_area_is_stable_when_every_variant_wants_it() -> None:
    problem = grid(PEOPLE, SCORES)
    share = stability(problem, np.array([SCORES, SCORES]))
    assert set(np.flatnonzero(share == 1)) == set(suggest(problem).areas)
    assert set(share.tolist()) == {0.0, 1.0}


def test_parts_that_do_not_fit_together_are_refused() -> None:
    with pytest.raises(ValueError, match="same areas"):
        Problem(np.array([1]), np.array([1.0, 2.0]), GRID_BORDERS, 1, 2, 0.0)
    with pytest.raises(ValueError, match="both in and out"):
        grid(PEOPLE, SCORES, forced_in=(1,), forced_out=(1,))
