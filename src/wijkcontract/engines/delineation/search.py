"""An instant answer: grow from every area, then improve by adding, dropping and swapping areas."""

from __future__ import annotations

import time
from collections.abc import Iterable

from wijkcontract.engines.delineation.problem import Areas, Problem, Verdict, component, evaluate

ROUNDS = 60
"""How many improvements a grown set may still take; each costs a look at its border."""


def propose(problem: Problem, seconds: float = 1.0) -> Verdict | None:
    """The best feasible set that a local search finds within the time; None when it finds none. Deterministic but for time."""
    until = time.monotonic() + seconds
    best: Verdict | None = None
    found: list[Verdict] = []
    for seed in _seeds(problem):
        grown = _grow(problem, seed)
        if grown is not None:
            found.append(grown)
        if time.monotonic() > until:
            break
    found.sort(key=lambda one: (-one.objective, one.areas))
    for start in _different(found):
        improved = _improve(problem, start, until)
        if best is None or improved.objective > best.objective:
            best = improved
        if time.monotonic() > until:
            break
    return best


def _seeds(problem: Problem) -> list[Areas]:
    """Where growing begins: at the forced areas together, else at every area, the most promising first."""
    if problem.forced_in:
        return [tuple(sorted(problem.forced_in))]
    out = set(problem.forced_out)
    order = sorted(range(problem.size), key=lambda one: (-problem.gain[one], one))
    return [(one,) for one in order if one not in out and problem.inhabitants[one] <= problem.high]


def _different(found: Iterable[Verdict], most: int = 8) -> list[Verdict]:
    """The best few that are not the same set."""
    kept: dict[Areas, Verdict] = {}
    for one in found:
        kept.setdefault(one.areas, one)
        if len(kept) == most:
            break
    return list(kept.values())


def _grow(problem: Problem, seed: Areas) -> Verdict | None:
    """Add the neighbour with the best gain per inhabitant until nothing fits; the best feasible set on the way."""
    inside = set(seed)
    if len(inside) > 1 and not _join(problem, inside):
        return None
    people = int(problem.inhabitants[list(inside)].sum())
    best: Verdict | None = None
    while people <= problem.high:
        if people >= problem.low:
            verdict = evaluate(problem, inside)
            if verdict.feasible and (best is None or verdict.objective > best.objective):
                best = verdict
        nearby = {one for area in inside for one in problem.neighbours[area]} - inside
        fitting = [one for one in nearby if people + problem.inhabitants[one] <= problem.high]
        if not fitting:
            break
        chosen = max(fitting, key=lambda one: (problem.gain[one] / max(1, int(problem.inhabitants[one])), -one))
        inside.add(chosen)
        people += int(problem.inhabitants[chosen])
    return best


def _join(problem: Problem, inside: set[int]) -> bool:
    """Connect forced areas by the paths with the fewest areas; False when they cannot meet."""
    everything = set(range(problem.size)) - set(problem.forced_out)
    while True:
        part = component(problem, min(inside), inside)
        if len(part) == len(inside):
            return True
        path = _path(problem, part, inside - part, everything)
        if not path:
            return False
        inside |= path


def _path(problem: Problem, start: set[int], goal: set[int], allowed: set[int]) -> set[int]:
    before: dict[int, int | None] = dict.fromkeys(start)
    edge = sorted(start)
    while edge:
        ahead: list[int] = []
        for area in edge:
            for one in sorted(problem.neighbours[area] & allowed):
                if one in before:
                    continue
                before[one] = area
                if one in goal:
                    return _back(before, one)
                ahead.append(one)
        edge = ahead
    return set()


def _back(before: dict[int, int | None], last: int) -> set[int]:
    path, at = set(), last
    while (previous := before[at]) is not None:
        path.add(at)
        at = previous
    return path


def _improve(problem: Problem, start: Verdict, until: float) -> Verdict:
    """Take the best of all single additions, removals and swaps until none is better."""
    best = start
    for _ in range(ROUNDS):
        if time.monotonic() > until:
            break
        inside = set(best.areas)
        nearby = {one for area in inside for one in problem.neighbours[area]} - inside
        moves = [inside | {one} for one in nearby]
        moves += [inside - {one} for one in inside]
        moves += [(inside - {gone}) | {come} for gone in inside for come in nearby]
        better = [
            verdict
            for verdict in (evaluate(problem, move) for move in moves if _may_fit(problem, move, best))
            if verdict.feasible and verdict.objective > best.objective + 1e-9
        ]
        if not better:
            break
        best = max(better, key=lambda one: (one.objective, one.areas))
    return best


def _may_fit(problem: Problem, move: set[int], best: Verdict) -> bool:
    """A quick look before the whole verdict: inhabitants in bounds and a better sum."""
    picked = list(move)
    people = problem.inhabitants[picked].sum()
    if not problem.low <= people <= problem.high:
        return False
    return bool(problem.compactness) or float(problem.gain[picked].sum()) > best.objective + 1e-9
