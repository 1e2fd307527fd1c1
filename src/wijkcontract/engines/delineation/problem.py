"""What is asked of a delineation, and the verdict on any choice of areas (R2).

Find the connected set of areas with inhabitants in [low, high] that maximises the sum of inhabitants x (score - threshold).
An area without a score adds its inhabitants and nothing to the objective.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from wijkcontract.engines.adjacency import Adjacency

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Areas = tuple[int, ...]
"""Areas by their place in the problem, in rising order."""

ROUNDING = 1e-6
"""Inhabitants are whole; a share of them may be off by this in floating point."""
SURFACE_ROUNDING = 1e-3
"""In square metres: what a sum of surfaces may be off by, in floating point and in the solver."""


@dataclass(frozen=True)
class Distinct:
    """The answer must share at most `share` of its inhabitants with these areas."""

    areas: Areas
    share: float


@dataclass(frozen=True)
class Problem:
    """One question. Arrays have shape (n,); `score` is NaN where it is missing, `max_surface` is in square metres.

    `compactness` is what a kilometre of outer border costs, in the unit of the objective.
    Raises ValueError when the parts do not fit together.
    """

    inhabitants: Integers
    score: Floats
    adjacency: Adjacency
    low: int
    high: int
    threshold: float
    forced_in: Areas = ()
    forced_out: Areas = ()
    max_surface: float | None = None
    compactness: float = 0.0
    distinct: tuple[Distinct, ...] = field(default=())

    def __post_init__(self) -> None:
        if not len(self.inhabitants) == len(self.score) == self.adjacency.size:
            raise ValueError("inhabitants, scores and adjacency must be of the same areas")
        if not 0 <= self.low <= self.high:
            raise ValueError("the inhabitants must lie between 0 and the upper bound")
        if (self.inhabitants < 0).any():
            raise ValueError("inhabitants are counts, not codes of missing values")
        if set(self.forced_in) & set(self.forced_out):
            raise ValueError("an area cannot be both in and out")

    @property
    def size(self) -> int:
        return len(self.inhabitants)

    @cached_property
    def gain(self) -> Floats:
        """What each area adds to the objective: inhabitants x (score - threshold), 0 without a score."""
        return np.where(np.isnan(self.score), 0.0, self.inhabitants * (self.score - self.threshold))

    @cached_property
    def neighbours(self) -> tuple[frozenset[int], ...]:
        """The neighbours of each area; an area that is forced out has none and is nobody's."""
        found: list[set[int]] = [set() for _ in range(self.size)]
        out = set(self.forced_out)
        for left, right in zip(self.adjacency.left.tolist(), self.adjacency.right.tolist(), strict=True):
            if left not in out and right not in out:
                found[left].add(right)
                found[right].add(left)
        return tuple(frozenset(one) for one in found)

    @cached_property
    def links(self) -> sparse.csr_array:
        """The matrix of shared borders, kept because every root asks for it."""
        return self.adjacency.matrix()

    @cached_property
    def border(self) -> dict[tuple[int, int], float]:
        """The length in metres that two areas share, by (lower, higher)."""
        keys = zip(self.adjacency.left.tolist(), self.adjacency.right.tolist(), strict=True)
        return dict(zip(keys, self.adjacency.length.tolist(), strict=True))


@dataclass(frozen=True)
class Verdict:
    """What a choice of areas comes to. `objective` counts the cost of the border when compactness is asked."""

    areas: Areas
    inhabitants: int
    objective: float
    connected: bool
    within_bounds: bool
    within_surface: bool
    keeps_forced: bool
    distinct: bool

    @property
    def feasible(self) -> bool:
        return self.connected and self.within_bounds and self.within_surface and self.keeps_forced and self.distinct


def evaluate(problem: Problem, chosen: Iterable[int]) -> Verdict:
    """The verdict on a choice that a person made or an engine found."""
    areas = tuple(sorted(set(chosen)))
    picked = list(areas)
    inhabitants = int(problem.inhabitants[picked].sum())
    surface = float(problem.adjacency.areas[picked].sum())
    return Verdict(
        areas=areas,
        inhabitants=inhabitants,
        objective=float(problem.gain[picked].sum()) - border_cost(problem, areas),
        connected=is_connected(problem, areas),
        within_bounds=problem.low <= inhabitants <= problem.high,
        within_surface=problem.max_surface is None or surface <= problem.max_surface + SURFACE_ROUNDING,
        keeps_forced=set(problem.forced_in) <= set(areas) and not set(problem.forced_out) & set(areas),
        distinct=all(
            shared(problem, areas, one.areas) <= one.share * inhabitants + ROUNDING for one in problem.distinct
        ),
    )


def shared(problem: Problem, areas: Iterable[int], others: Iterable[int]) -> int:
    """The inhabitants that two choices have in common."""
    return int(problem.inhabitants[sorted(set(areas) & set(others))].sum())


def border_cost(problem: Problem, areas: Areas) -> float:
    """What the outer border of a choice costs: compactness x kilometres; 0 when compactness is not asked."""
    if not problem.compactness:
        return 0.0
    inside = set(areas)
    inner = sum(length for (left, right), length in problem.border.items() if left in inside and right in inside)
    return problem.compactness * float(problem.adjacency.perimeters[list(areas)].sum() - 2 * inner) / 1000


def is_connected(problem: Problem, areas: Areas) -> bool:
    """Do these areas hang together? Nothing at all does not."""
    if not areas:
        return False
    return len(component(problem, areas[0], set(areas))) == len(areas)


def component(problem: Problem, start: int, inside: set[int]) -> set[int]:
    """The areas of `inside` that can be reached from `start` without leaving it."""
    seen, edge = {start}, [start]
    while edge:
        for one in problem.neighbours[edge.pop()]:
            if one in inside and one not in seen:
                seen.add(one)
                edge.append(one)
    return seen


def reach(problem: Problem, root: int, allowed: NDArray[np.bool_]) -> Integers:
    """The allowed areas that one connected set with at most `high` inhabitants can hold together with `root`.

    Shortest paths that count the inhabitants of every area passed, over allowed areas only.
    """
    matrix = problem.links
    heads = matrix.indices
    tails = np.repeat(np.arange(problem.size), np.diff(matrix.indptr))
    passable = allowed[heads] & allowed[tails]
    weights = np.where(passable, problem.inhabitants[heads] + 1e-6, np.inf)
    graph = sparse.csr_array((weights, heads, matrix.indptr), shape=matrix.shape)
    limit = problem.high - problem.inhabitants[root] + 0.5
    distance = csgraph.dijkstra(graph, indices=root, limit=max(limit, 0.0))
    return np.flatnonzero(np.isfinite(distance)).astype(np.int64)
