"""Numbers as people read them in Dutch: points between thousands, a decimal comma. Money: `rules.money`."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

Number = int | float | Decimal | Fraction

MINUS: Final = "\u2212"


def as_shown(value: Number, decimals: int = 0) -> Fraction:
    """The value that a reader sees: rounded to so many decimals, half to even, exact for the number given."""
    return Fraction(round(Fraction(value) * 10**decimals), 10**decimals)


def number_nl(value: Number, decimals: int = 0) -> str:
    """A number for the screen: "1.461", "6,4", "−3"."""
    scaled = int(as_shown(value, decimals) * 10**decimals)
    whole, rest = divmod(abs(scaled), 10**decimals)
    text = f"{whole:,}".replace(",", ".") + (f",{rest:0{decimals}d}" if decimals else "")
    return MINUS + text if scaled < 0 else text


def characters_nl(count: int) -> str:
    """How long a text is: "1 teken", "6.000 tekens"."""
    return "1 teken" if count == 1 else f"{number_nl(count)} tekens"
