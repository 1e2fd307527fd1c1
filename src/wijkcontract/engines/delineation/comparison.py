"""How an answer compares with neighbourhoods that exist, with any other division, and with the best circle (R2).

A division is one label per area: the existing neighbourhoods, or the regions of `engines.skater`. Every set is judged by the
same `evaluate` as an answer, so that a difference in objective is a difference in areas and in nothing else. What was chosen
on the figures is compared with what was not: a higher objective is expected, and is no test of significance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wijkcontract.engines.delineation.problem import Areas, Floats, Integers, Problem, Verdict, evaluate, shared

NO_LABEL = -1
"""The label of an area that is in no neighbourhood of a division."""


@dataclass(frozen=True)
class Compared:
    """One other set beside an answer. `feasible` of its verdict says whether it could have been asked for."""

    label: int
    verdict: Verdict
    shared: int
    """Inhabitants it has in common with the answer."""
    inhabitants_of_answer: int

    @property
    def overlap(self) -> float:
        """Shared inhabitants over those of either (Jaccard), 0 to 1; 0 when neither has any."""
        either = self.verdict.inhabitants + self.inhabitants_of_answer - self.shared
        return self.shared / either if either else 0.0


def compare_division(problem: Problem, answer: Areas, labels: Integers) -> list[Compared]:
    """Every neighbourhood of a division beside the answer: those that fit the question first, then the highest objective.

    `labels` has shape (n,), `NO_LABEL` for none. Raises ValueError when it is of other areas.
    """
    if len(labels) != problem.size:
        raise ValueError("labels must be of the same areas as the problem")
    found = [
        _beside(problem, answer, label, np.flatnonzero(labels == label).tolist())
        for label in np.unique(labels[labels != NO_LABEL]).tolist()
    ]
    return sorted(found, key=lambda one: (not one.verdict.feasible, -one.verdict.objective, one.label))


def best_circle(problem: Problem, answer: Areas, centres: Floats) -> Compared | None:
    """The best feasible set of areas whose centre lies in a circle around the centre of one of them; None when none fits.

    `centres` has shape (n, 2), in metres. The label is the area in the middle. Areas at the same distance come in together.
    Raises ValueError when the centres are of other areas.
    """
    if centres.shape != (problem.size, 2):
        raise ValueError("centres must be of the same areas as the problem")
    best: tuple[Verdict, int] | None = None
    for middle in range(problem.size):
        for verdict in _circles(problem, middle, centres):
            if best is None or verdict.objective > best[0].objective:
                best = verdict, middle
    return None if best is None else _beside(problem, answer, best[1], best[0].areas)


def _circles(problem: Problem, middle: int, centres: Floats) -> list[Verdict]:
    """The feasible circles around one area, the smallest first."""
    distance = np.hypot(*(centres - centres[middle]).T)
    order = np.argsort(distance, kind="stable")
    people = np.cumsum(problem.inhabitants[order])
    last_of_ring = np.append(np.diff(distance[order]) > 0, True)
    ends = np.flatnonzero(last_of_ring & (people >= problem.low) & (people <= problem.high))
    verdicts = (evaluate(problem, order[: end + 1].tolist()) for end in ends.tolist())
    return [one for one in verdicts if one.feasible]


def _beside(problem: Problem, answer: Areas, label: int, areas: list[int] | Areas) -> Compared:
    common = shared(problem, areas, answer)
    return Compared(label, evaluate(problem, areas), common, int(problem.inhabitants[list(answer)].sum()))
