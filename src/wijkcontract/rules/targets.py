"""Measurable targets: what a target still lacks, and how far it has come (R11, R24)."""

from decimal import Decimal
from fractions import Fraction

from wijkcontract.rules.proposal_shape import Direction, Objective, Target


def missing_parts(target: Target) -> list[str]:
    """What a target lacks to be measurable, in Dutch words; empty when it is complete."""
    parts = {
        "een indicator": bool(target.indicator.strip()),
        "een eenheid": bool(target.unit.strip()),
        "een richting": target.direction is not None,
        "een nulmeting": target.baseline is not None,
        "de datum van de nulmeting": target.baseline_on is not None,
        "een streefwaarde": target.target is not None,
        "de datum van de streefwaarde": target.target_on is not None,
    }
    return [part for part, present in parts.items() if not present]


def is_measurable(objective: Objective) -> bool:
    """True when at least one target of the objective is complete."""
    return any(not missing_parts(target) for target in objective.targets)


def progress(baseline: Decimal | None, target: Decimal | None, actual: Decimal | None) -> Fraction | None:
    """How much of the way is done: `(actual - baseline) / (target - baseline)`, so 1 is the target.

    The direction follows from the two ends: from 18 down to 9, an actual of 13.5 is one half, and going
    the wrong way is negative. None when a value is missing or the target equals the baseline.
    """
    if baseline is None or target is None or actual is None or target == baseline:
        return None
    return (Fraction(actual) - Fraction(baseline)) / (Fraction(target) - Fraction(baseline))


def is_reached(direction: Direction, target: Decimal, actual: Decimal) -> bool:
    """True when the actual value is at the target or past it."""
    return actual >= target if direction is Direction.UP else actual <= target


def points_the_right_way(direction: Direction, baseline: Decimal, target: Decimal) -> bool:
    """False when the target lies on the wrong side of the baseline for its direction."""
    return target >= baseline if direction is Direction.UP else target <= baseline
