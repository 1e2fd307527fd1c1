"""Delineation: the contiguous set of areas where vulnerability comes together, within bounds on its inhabitants (R2)."""

from wijkcontract.engines.delineation.answers import (
    ALIKE,
    Delineation,
    alternatives,
    delineate,
    stability,
    suggest,
    why_nothing,
)
from wijkcontract.engines.delineation.comparison import NO_LABEL, Compared, best_circle, compare_division
from wijkcontract.engines.delineation.problem import Areas, Distinct, Problem, Verdict, evaluate, is_connected, shared

__all__ = [
    "ALIKE", "NO_LABEL", "Areas", "Compared", "Delineation", "Distinct", "Problem", "Verdict", "alternatives", "best_circle",
    "compare_division", "delineate", "evaluate", "is_connected", "shared", "stability", "suggest", "why_nothing",
]  # fmt: skip
