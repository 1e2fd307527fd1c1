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

import highspy
import numpy as np
from numpy.typing import NDArray

from wijkcontract.engines.delineation.problem import Problem, Verdict, component, evaluate, reach

EXACT = 1e-7
"""Two objectives closer than this are the same: the least that inhabitants x score can differ is far larger."""


_NONE = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)
"""Every variable is bounded, so "unbounded or infeasible" can only be the latter."""


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
        self.solver = highspy.Highs()
        self._configure()
        self._columns()
        self._limits()
        self._borders()
        self._neighbours()

    def _configure(self) -> None:
        for name, value in (
            ("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-9), ("random_seed", 1),
        ):  # fmt: skip
            self.solver.setOptionValue(name, value)
        self.solver.changeObjectiveSense(highspy.ObjSense.kMaximize)

    def _columns(self) -> None:
        forced = {self.root, *self.problem.forced_in}
        for index, area in enumerate(self.areas):
            self.solver.addVar(1.0 if area in forced else 0.0, 1.0)
            self.solver.changeColIntegrality(index, highspy.HighsVarType.kInteger)
            self.solver.changeColCost(index, self._worth(area))

    def _worth(self, area: int) -> float:
        cost = 0.0
        if self.problem.compactness and self.problem.perimeter is not None:
            cost = self.problem.compactness * float(self.problem.perimeter[area]) / 1000
        return float(self.problem.gain[area]) - cost

    def _row(self, low: float, high: float, terms: dict[int, float]) -> None:
        columns = np.fromiter(terms, dtype=np.int32, count=len(terms))
        values = np.fromiter(terms.values(), dtype=np.float64, count=len(terms))
        self.solver.addRow(low, high, len(terms), columns, values)

    def _limits(self) -> None:
        problem, infinity = self.problem, self.solver.getInfinity()
        people = {self.column[area]: float(problem.inhabitants[area]) for area in self.areas}
        self._row(problem.low, problem.high, people)
        if problem.max_surface is not None and problem.surface is not None:
            surface = {self.column[area]: float(problem.surface[area]) for area in self.areas}
            self._row(-infinity, problem.max_surface, surface)
        for one in problem.distinct:
            inside = set(one.areas)
            terms = {
                self.column[area]: float(problem.inhabitants[area]) * ((area in inside) - one.share)
                for area in self.areas
            }
            self._row(-infinity, 1e-6, terms)

    def _borders(self) -> None:
        """A variable for every inner border: it pays back what two neighbours count twice, and only when both are in."""
        if not self.problem.compactness:
            return
        infinity = self.solver.getInfinity()
        for (left, right), length in self.problem.border.items():
            if left not in self.inside or right not in self.inside:
                continue
            self.solver.addVar(0.0, 1.0)
            column = self.solver.getNumCol() - 1
            self.solver.changeColCost(column, 2 * self.problem.compactness * length / 1000)
            for area in (left, right):
                self._row(-infinity, 0.0, {column: 1.0, self.column[area]: -1.0})

    def _neighbours(self) -> None:
        """Whoever is in, and is not the root, has a neighbour that is in."""
        for area in self.areas:
            if area != self.root:
                self._needs([area], self.problem.neighbours[area] & self.inside)

    def _needs(self, areas: Iterable[int], separator: Iterable[int]) -> None:
        terms = {self.column[one]: 1.0 for one in separator}
        for area in areas:
            self._row(0.0, self.solver.getInfinity(), {**terms, self.column[area]: -1.0})

    def solve(self, best: Verdict | None, until: float) -> _Solved:
        """The best answer with this root, if it beats `best`; not finished when the time is over."""
        if best is not None:
            worth = {index: self._cost(index) for index in range(self.solver.getNumCol())}
            self._row(best.objective + EXACT, self.solver.getInfinity(), worth)
        bound = self.bound
        while (left := until - time.monotonic()) > 0:
            self.solver.setOptionValue("time_limit", left + self.solver.getRunTime())
            self.solver.run()
            status = self.solver.getModelStatus()
            if status in _NONE:
                return _Solved(None, -np.inf, True)
            if status != highspy.HighsModelStatus.kOptimal:
                return _Solved(None, min(bound, self.solver.getInfo().mip_dual_bound), False)
            bound = min(bound, self.solver.getInfo().objective_function_value)
            chosen = self._chosen()
            if self._separate(chosen):
                continue
            return _Solved(evaluate(self.problem, chosen), bound, True)
        return _Solved(None, bound, False)

    def _cost(self, column: int) -> float:
        return float(self.solver.getLp().col_cost_[column])

    def _chosen(self) -> set[int]:
        values = self.solver.getSolution().col_value
        return {area for index, area in enumerate(self.areas) if values[index] > 0.5}

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
