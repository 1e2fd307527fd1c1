"""How pages name the parts of a proposal: M1, P2, D3, in the order of the document."""

from __future__ import annotations

from wijkcontract.rules.proposal_shape import Proposal


def measure_codes(document: Proposal) -> dict[str, str]:
    """M1, M2, ... by the id of a measure."""
    return {measure.id: f"M{index}" for index, measure in enumerate(document.measures, 1)}


def problem_codes(document: Proposal) -> dict[str, str]:
    """P1, P2, ... by the id of a problem."""
    return {problem.id: f"P{index}" for index, problem in enumerate(document.problems, 1)}


def objective_codes(document: Proposal) -> dict[str, str]:
    """D1, D2, ... by the id of an objective."""
    return {objective.id: f"D{index}" for index, objective in enumerate(document.objectives, 1)}
