"""Money as integer cents: reading, writing and percentages. One currency, EUR; never a float."""

import re
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import Final

_MACHINE: Final = re.compile(r"([0-9]{1,13})(?:\.([0-9]{2}))?")
_DUTCH: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]{1,2}))?")
_POINT_DECIMALS: Final = re.compile(r"([0-9]+)\.([0-9]{1,2})")
_SPACES: Final = re.compile(r"[\s\u00a0\u2009\u202f]")
_GROUPED_BY_SPACES: Final = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:,[0-9]{1,2})?")
_LARGEST_EUROS: Final = 13
"""Digits before the decimals: cents then fit in a 64-bit column."""


class AmountError(ValueError):
    """An amount that cannot be read; the message is a Dutch sentence for the person who typed it."""


class LimitKind(StrEnum):
    """Whether a limit is a floor or a roof."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"


def parse_cents(text: str) -> int:
    """Read the machine form, "326000" or "326000.00", as cents. Raises AmountError otherwise."""
    match = _MACHINE.fullmatch(text)
    if match is None:
        raise AmountError(
            f"'{text}' is geen bedrag. Schrijf enkel cijfers, met eventueel een punt en twee decimalen, "
            "zoals 326000 of 326000.00."
        )
    return int(match[1]) * 100 + int(match[2] or 0)


def parse_amount_nl(text: str) -> int:
    """Read what a person types ("1.234,56", "1 234,56", "€ 1234,5", "1234.56") as cents.

    A point before three digits groups thousands ("1.234" is 1234 euro); a single point before one or
    two digits at the end can only be decimals. A comma before three digits and the English form
    "1,234.56" are refused, because a wrong guess is a factor thousand. Raises AmountError.
    """
    bare = _without_spaces(text.strip().removeprefix("€").removesuffix("€").strip(), text)
    if bare == "":
        raise AmountError("Vul een bedrag in, zoals 1.234,56.")
    if bare.startswith(("-", "\u2212")):
        raise AmountError("Een bedrag kan hier niet negatief zijn. Vul een bedrag vanaf 0 in.")
    match = _DUTCH.fullmatch(bare) or _POINT_DECIMALS.fullmatch(bare)
    if match is None:
        raise AmountError(
            f"'{text.strip()}' is geen duidelijk bedrag. Schrijf een komma voor de centen en eventueel "
            "punten tussen de duizendtallen, zoals 1.234,56."
        )
    euros = match[1].replace(".", "")
    if len(euros.lstrip("0")) > _LARGEST_EUROS:
        raise AmountError(f"'{text.strip()}' is te groot. Kijk na of er geen cijfers te veel staan.")
    return int(euros) * 100 + int((match[2] or "0").ljust(2, "0"))


def format_cents(cents: int) -> str:
    """The machine form with two decimals: 32600000 gives "326000.00"."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    return f"{sign}{euros}.{rest:02d}"


def format_nl(cents: int) -> str:
    """The form for people: 32600000 gives "326.000,00"."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    return f"{sign}{euros:,}".replace(",", ".") + f",{rest:02d}"


def percent_nl(
    numerator: int,
    denominator: int,
    limit: Fraction | None = None,
    kind: LimitKind = LimitKind.MINIMUM,
) -> str:
    """A share as "20,42 %", rounded to the nearest hundredth of a percent.

    With a `limit` the text never contradicts the exact test: a share just below a minimum of 20 % shows
    19,99 % and one just above a maximum shows 20,01 %. A share of nothing is shown as "-".
    """
    if denominator == 0:
        return "-"
    exact = Fraction(numerator, denominator) * 10_000
    hundredths = floor(exact + Fraction(1, 2))
    if limit is not None:
        border = limit * 10_000
        if kind is LimitKind.MINIMUM and exact < border <= hundredths:
            hundredths = ceil(border) - 1
        if kind is LimitKind.MAXIMUM and exact > border >= hundredths:
            hundredths = floor(border) + 1
    sign = "-" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), 100)
    return f"{sign}{whole},{rest:02d} %"


def _without_spaces(bare: str, text: str) -> str:
    """Drop spaces that group thousands; any other space makes an amount unclear."""
    spaced = _SPACES.sub(" ", bare)
    if " " in spaced and _GROUPED_BY_SPACES.fullmatch(spaced) is None:
        raise AmountError(f"'{text.strip()}' is geen duidelijk bedrag: kijk de spaties na. Schrijf het als 1.234,56.")
    return spaced.replace(" ", "")
