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
from wijkcontract.engines.delineation.problem import Areas, Distinct, Problem, Verdict, evaluate, is_connected, shared

__all__ = [
    "ALIKE", "Areas", "Delineation", "Distinct", "Problem", "Verdict", "alternatives", "delineate", "evaluate", "is_connected",
    "shared", "stability", "suggest", "why_nothing",
]  # fmt: skip
