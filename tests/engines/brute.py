"""The optimum of a small delineation by looking at every set of areas: slow, and too simple to be wrong."""

import numpy as np

from wijkcontract.engines.delineation import Problem, Verdict, evaluate


def optimum(problem: Problem) -> Verdict | None:
    """The best feasible set of at most 20 areas, without compactness; None when there is none."""
    people, gain = np.zeros(1), np.zeros(1)
    for area in range(problem.size):
        people = np.concatenate([people, people + problem.inhabitants[area]])
        gain = np.concatenate([gain, gain + problem.gain[area]])
    within = np.flatnonzero((people >= problem.low) & (people <= problem.high))
    for chosen in within[np.argsort(-gain[within], kind="stable")].tolist():
        verdict = evaluate(problem, [area for area in range(problem.size) if chosen >> area & 1])
        if verdict.feasible:
            return verdict
    return None
