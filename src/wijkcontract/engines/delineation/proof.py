"""The proven optimum, root by root (decision 0018).

Every answer has one area with the highest gain: its root. With the root fixed, only the areas that a connected set can hold
together with it count, none with a higher gain, and connectivity is a family of strong inequalities: whoever is in needs
somebody in every set of areas that separates it from the root (Fischetti et al. 2017, "Thinning out Steiner trees"). Roots
that cannot beat the best known answer are dropped by a bound that takes no solver. For the others HiGHS solves, the broken
inequalities are added, and it solves again.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from wijkcontract.engines.delineation.problem import ROUNDING, Problem, Verdict, component, evaluate, reach

EXACT = 1e-7
"""Two objectives closer than this are the same: the least that inhabitants x score can differ is far larger."""


_OPTIMAL, _NONE = 0, 2
"""How scipy.optimize.milp says that it ended."""


@dataclass(frozen=True)
class Proof:
    """The best answer found and the bound that no answer passes; proven when they meet."""

    best: Verdict | None
    bound: float

    @property
    def proven(self) -> bool:
        return self.best is not None and self.bound <= self.best.objective + EXACT


@dataclass(frozen=True)
class _Root:
    area: int
    bound: float
    reach: NDArray[np.int64]


def prove(problem: Problem, start: Verdict | None, seconds: float) -> Proof:
    """Search every root that may still hold a better answer than `start`; best first, until the time is over."""
    until = time.monotonic() + seconds
    best = start
    roots = _roots(problem, best)
    for index, root in enumerate(roots):
        if best is not None and root.bound <= best.objective + EXACT:
            return Proof(best, best.objective)
        solved = _Rooted(problem, root).solve(best, until)
        if solved.best is not None:
            best = solved.best
        if not solved.finished:
            open_bounds = [one.bound for one in roots[index + 1 :]] + [min(solved.bound, root.bound)]
            return Proof(best, max([*open_bounds, best.objective if best else -np.inf]))
    return Proof(best, best.objective if best else -np.inf)


def _roots(problem: Problem, best: Verdict | None) -> list[_Root]:
    """The roots that may hold an answer, the highest bound first."""
    allowed = np.ones(problem.size, dtype=bool)
    allowed[list(problem.forced_out)] = False
    if problem.forced_in:
        found = [_root(problem, problem.forced_in[0], allowed)]
    else:
        found = []
        for area in sorted(np.flatnonzero(allowed).tolist(), key=lambda one: (-problem.gain[one], one)):
            if problem.inhabitants[area] <= problem.high:
                found.append(_root(problem, area, allowed))
            allowed[area] = False
    floor = best.objective + EXACT if best else -np.inf
    return sorted((one for one in found if one.bound > floor), key=lambda one: (-one.bound, one.area))


def _root(problem: Problem, area: int, allowed: NDArray[np.bool_]) -> _Root:
    near = reach(problem, area, allowed)
    together = set(problem.forced_in) <= set(near.tolist())
    return _Root(area, _knapsack(problem, area, near) if together else -np.inf, near)


def _knapsack(problem: Problem, root: int, near: NDArray[np.int64]) -> float:
    """The most that inhabitants in [low, high] can bring when areas may be taken in part; -inf when there are too few."""
    others = near[near != root]
    people, gain = problem.inhabitants[others].astype(float), problem.gain[others]
    if problem.inhabitants[root] + people.sum() < problem.low:
        return -np.inf
    order = np.argsort(-gain / np.maximum(people, 1e-9), kind="stable")
    people, gain = people[order], gain[order]
    total = float(problem.gain[root])
    filled = float(problem.inhabitants[root])
    for size, worth in zip(people.tolist(), gain.tolist(), strict=True):
        room = (problem.high if worth > 0 else problem.low) - filled
        if room <= 0:
            break
        part = min(1.0, room / size) if size else 1.0
        total += worth * part
        filled += size * part
    return total


@dataclass(frozen=True)
class _Solved:
    best: Verdict | None
    bound: float
    finished: bool


class _Rooted:
    """The question with its root fixed, as an integer program over the areas within reach."""

    def __init__(self, problem: Problem, root: _Root) -> None:
        self.problem = problem
        self.areas = root.reach.tolist()
        self.column = {area: index for index, area in enumerate(self.areas)}
        self.root = root.area
        self.inside = set(self.areas)
        self.bound = root.bound
        self.worth = [self._worth(area) for area in self.areas]
        self.rows: list[tuple[float, float, dict[int, float]]] = []
        self._limits()
        self._borders()
        self._neighbours()

    def _worth(self, area: int) -> float:
        """The gain of an area less what its whole border costs; inner borders pay that back (`_borders`)."""
        cost = self.problem.compactness * float(self.problem.adjacency.perimeters[area]) / 1000
        return float(self.problem.gain[area]) - cost

    def _limits(self) -> None:
        problem = self.problem
        people = {self.column[area]: float(problem.inhabitants[area]) for area in self.areas}
        self.rows.append((problem.low, problem.high, people))
        if problem.max_surface is not None:
            surface = {self.column[area]: float(problem.adjacency.areas[area]) for area in self.areas}
            self.rows.append((-np.inf, problem.max_surface, surface))
        for one in problem.distinct:
            inside = set(one.areas)
            terms = {
                self.column[area]: float(problem.inhabitants[area]) * ((area in inside) - one.share)
                for area in self.areas
            }
            self.rows.append((-np.inf, ROUNDING, terms))

    def _borders(self) -> None:
        """A variable for every inner border: it pays back what two neighbours count twice, and only when both are in."""
        if not self.problem.compactness:
            return
        for (left, right), length in self.problem.border.items():
            if left not in self.inside or right not in self.inside:
                continue
            column = len(self.worth)
            self.worth.append(2 * self.problem.compactness * length / 1000)
            self.rows += [(-np.inf, 0.0, {column: 1.0, self.column[area]: -1.0}) for area in (left, right)]

    def _neighbours(self) -> None:
        """Whoever is in, and is not the root, has a neighbour that is in."""
        for area in self.areas:
            if area != self.root:
                self._needs([area], self.problem.neighbours[area] & self.inside)

    def _needs(self, areas: Iterable[int], separator: Iterable[int]) -> None:
        terms = {self.column[one]: 1.0 for one in separator}
        self.rows += [(0.0, np.inf, {**terms, self.column[area]: -1.0}) for area in areas]

    def solve(self, best: Verdict | None, until: float) -> _Solved:
        """The best answer with this root, if it beats `best`; not finished when the time is over."""
        if best is not None:
            self.rows.append((best.objective + EXACT, np.inf, dict(enumerate(self.worth))))
        bound = self.bound
        while (left := until - time.monotonic()) > 0:
            found = self._run(left)
            if found.status == _NONE:
                return _Solved(None, -np.inf, True)
            if found.status != _OPTIMAL:
                dual = found.mip_dual_bound
                return _Solved(None, bound if dual is None else min(bound, -dual), False)
            bound = min(bound, -found.fun)
            chosen = {area for area, value in zip(self.areas, found.x, strict=False) if value > 0.5}
            if self._separate(chosen):
                continue
            return _Solved(evaluate(self.problem, chosen), bound, True)
        return _Solved(None, bound, False)

    def _run(self, seconds: float) -> Any:  # noqa: ANN401 - scipy has no types
        """Solve what is known now with HiGHS; its answer may still fall apart."""
        forced = {self.column[area] for area in (self.root, *self.problem.forced_in)}
        whole = np.zeros(len(self.worth))
        whole[: len(self.areas)] = 1
        least = np.array([float(column in forced) for column in range(len(self.worth))])
        starts = np.cumsum([0, *(len(terms) for _, _, terms in self.rows)])
        columns = np.concatenate([np.fromiter(terms, dtype=np.int64) for _, _, terms in self.rows])
        values = np.concatenate([np.fromiter(terms.values(), dtype=np.float64) for _, _, terms in self.rows])
        matrix = sparse.csr_array((values, columns, starts), shape=(len(self.rows), len(self.worth)))
        low, high = np.array([row[0] for row in self.rows]), np.array([row[1] for row in self.rows])
        return milp(
            -np.array(self.worth),
            integrality=whole,
            bounds=Bounds(least, np.ones(len(self.worth))),
            constraints=LinearConstraint(matrix, low, high),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )

    def _separate(self, chosen: set[int]) -> bool:
        """Add what a choice that does not hang together breaks; False when it does hang together."""
        main = component(self.problem, self.root, chosen)
        rest = chosen - main
        if not rest:
            return False
        while rest:
            part = component(self.problem, next(iter(rest)), rest)
            rest -= part
            for separator in self._separators(main, part):
                self._needs(part, separator)
        return True

    def _separators(self, main: set[int], part: set[int]) -> Sequence[set[int]]:
        """Two small sets of areas between the root's part and another: one near each."""
        return self._between(main, part), self._between(part, main)

    def _between(self, start: set[int], goal: set[int]) -> set[int]:
        """The neighbours of `start` from which `goal` can be reached without passing another neighbour of `start`."""
        ring = {one for area in start for one in self.problem.neighbours[area] & self.inside} - start
        free = self.inside - ring - start
        beyond: set[int] = set()
        for area in goal:
            if area not in beyond:
                beyond |= component(self.problem, area, free)
        return {one for one in ring if self.problem.neighbours[one] & beyond}
