"""The level of a risk from its likelihood and impact, each from 1 to 5 (R9)."""

from enum import StrEnum


class RiskLevel(StrEnum):
    """Four levels; the word for people is in `label`, so that a colour never stands alone."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    VERY_HIGH = "very_high"

    @property
    def label(self) -> str:
        """The Dutch word."""
        return {"low": "laag", "moderate": "matig", "high": "hoog", "very_high": "zeer hoog"}[self.value]


def risk_level(likelihood: int, impact: int) -> RiskLevel:
    """The level of likelihood times impact: up to 4 low, up to 9 moderate, up to 15 high, above very high.

    Raises ValueError for a value outside 1 to 5.
    """
    if not (1 <= likelihood <= 5 and 1 <= impact <= 5):
        raise ValueError("Kans en impact gaan van 1 tot 5. Kies een waarde op die schaal.")
    product = likelihood * impact
    if product <= 4:
        return RiskLevel.LOW
    if product <= 9:
        return RiskLevel.MODERATE
    return RiskLevel.HIGH if product <= 15 else RiskLevel.VERY_HIGH
