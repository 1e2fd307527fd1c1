"""The whole answer: the proposal, its proof, the alternatives, and how certain each area is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from wijkcontract.engines.delineation.problem import Areas, Distinct, Floats, Problem, Verdict
from wijkcontract.engines.delineation.proof import prove
from wijkcontract.engines.delineation.search import propose

ALIKE = 0.8
"""The largest share of its inhabitants that an alternative has in common with an earlier answer."""


@dataclass(frozen=True)
class Delineation:
    """One answer. `areas` is empty when there is none, and `reason` then says why. A bound of the objective is given as found:
    `gap` 0 means that no other set is better."""

    areas: Areas
    inhabitants: int
    objective: float
    bound: float
    proven: bool
    seconds: float
    reason: str = ""

    @property
    def gap(self) -> float:
        """How much better an answer could still be, in the unit of the objective."""
        return 0.0 if self.proven else self.bound - self.objective


def delineate(problem: Problem, seconds: float = 10.0) -> Delineation:
    """The best set: a local search first, then the proof, within `seconds`."""
    begin = time.monotonic()
    start = propose(problem, seconds=min(1.0, seconds / 4))
    proof = prove(problem, start, seconds=max(0.0, seconds - (time.monotonic() - begin)))
    return _answer(problem, proof.best, proof.bound, proof.proven, time.monotonic() - begin)


def suggest(problem: Problem, seconds: float = 1.0) -> Delineation:
    """The instant answer alone; its bound is not known."""
    begin = time.monotonic()
    best = propose(problem, seconds)
    return _answer(problem, best, np.inf if best else -np.inf, False, time.monotonic() - begin)


def alternatives(problem: Problem, first: Delineation, count: int, seconds: float = 10.0) -> Iterator[Delineation]:
    """Up to `count` further answers, the best first; each differs from all earlier ones (`ALIKE`). `seconds` is for each."""
    known = [Distinct(first.areas, ALIKE)]
    for _ in range(count):
        found = delineate(replace(problem, distinct=(*problem.distinct, *known)), seconds)
        if not found.areas:
            return
        yield found
        known.append(Distinct(found.areas, ALIKE))


def stability(problem: Problem, draws: Floats, seconds: float = 10.0) -> Floats:
    """For each area the share of `draws` in whose proposed set it lies; `draws` are scores of shape (draws, areas).

    The local search answers each draw, with the same threshold; draws that do not fit in the time are left out of the share.
    """
    until, counts, played = time.monotonic() + seconds, np.zeros(problem.size), 0
    for scores in draws:
        found = propose(replace(problem, score=np.where(np.isnan(problem.score), np.nan, scores)), seconds=0.5)
        counts[list(found.areas) if found else []] += 1
        played += 1
        if time.monotonic() > until:
            break
    return counts / max(1, played)


def _answer(problem: Problem, best: Verdict | None, bound: float, proven: bool, seconds: float) -> Delineation:
    if best is None:
        return Delineation((), 0, 0.0, bound, False, seconds, why_nothing(problem, bound))
    return Delineation(best.areas, best.inhabitants, best.objective, bound, proven, seconds)


def why_nothing(problem: Problem, bound: float = -np.inf) -> str:
    """Why no set fits, in a Dutch sentence that says what to change."""
    open_areas = np.ones(problem.size, dtype=bool)
    open_areas[list(problem.forced_out)] = False
    total = int(problem.inhabitants[open_areas].sum())
    if not problem.size:
        return "Er zijn geen gebieden om uit te kiezen."
    if total < problem.low:
        return f"Alle gebieden samen tellen {total} inwoners, minder dan de ondergrens van {problem.low}."
    if (forced := int(problem.inhabitants[list(problem.forced_in)].sum())) > problem.high:
        return f"De verplichte gebieden tellen samen {forced} inwoners, meer dan de bovengrens van {problem.high}."
    if bound > -np.inf:
        return "Binnen de tijd is geen passend geheel gevonden, en niet bewezen dat er geen bestaat. Geef meer tijd."
    if problem.distinct:
        return "Er is geen ander aaneensluitend geheel dat genoeg verschilt van de vorige."
    return (
        f"Er is geen aaneensluitend geheel met {problem.low} tot {problem.high} inwoners"
        f"{' binnen de grens van de oppervlakte' if problem.max_surface is not None else ''}. Verruim de grenzen."
    )
