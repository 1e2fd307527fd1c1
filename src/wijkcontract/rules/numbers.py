"""Numbers as people read and write them in Dutch: points between thousands, a decimal comma. Money: `rules.money`."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

Number = int | float | Decimal | Fraction

MINUS: Final = "\u2212"
_SPACES: Final = re.compile(r"(?<=[0-9])[\s\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_DUTCH: Final = re.compile(r"(-?)([1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?")
_POINT_DECIMALS: Final = re.compile(r"(-?)([0-9]+)\.([0-9]+)")


class NumberError(ValueError):
    """A number that cannot be read; the message is a Dutch sentence for the person who typed it."""


def parse_number_nl(text: str) -> Decimal:
    """Read what a person types: "1.234,56", "1 234,56", "1234,56", "-3", "18.45".

    A point before three digits groups thousands ("21.300" is 21300), as in amounts; any other single point can only be decimals.
    Raises NumberError.
    """
    bare = _SPACES.sub(".", text.strip().replace(MINUS, "-"))
    match = _DUTCH.fullmatch(bare) or _POINT_DECIMALS.fullmatch(bare)
    if match is None:
        raise NumberError(
            f"'{text.strip()}' is geen duidelijk getal. Schrijf een komma voor de decimalen en eventueel punten tussen de "
            "duizendtallen, zoals 1.234,5."
        )
    return Decimal(f"{match[1]}{match[2].replace('.', '')}.{match[3] or '0'}")


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
