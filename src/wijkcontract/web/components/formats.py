"""How amounts, days, moments and numbers read on a Dutch screen. Pure functions; the template filters have the same names."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from wijkcontract.rules.clock import BRUSSELS
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.numbers import MINUS, number_nl
from wijkcontract.rules.periods import to_the_second_nl

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
NOTHING = "\u2013"


def euro(cents: int | None) -> str:
    """Cents as "326.000,00", with a real minus; nothing known is a dash."""
    if cents is None:
        return NOTHING
    return MINUS + format_nl(-cents) if cents < 0 else format_nl(cents)


def euro_unit(cents: int | None) -> str:
    """For running text: "326.000,00 EUR", kept on one line."""
    return NOTHING if cents is None else f"{euro(cents)}\u00a0EUR"


def day(value: dt.date | None) -> str:
    """For tables: "31/12/2025"."""
    local = _local(value)
    return NOTHING if local is None else f"{local.day:02d}/{local.month:02d}/{local.year}"


def day_long(value: dt.date | None) -> str:
    """For text: "31 december 2025"."""
    local = _local(value)
    return NOTHING if local is None else f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def day_full(value: dt.date | None) -> str:
    """For a heading: "dinsdag 22 juni 2021"."""
    local = _local(value)
    return NOTHING if local is None else f"{DAYS[local.weekday()]} {day_long(local)}"


def moment(value: dt.datetime | None) -> str:
    """For text, in Brussels time: "10 juli 2021 om 23.59 uur"."""
    local = _local(value)
    if not isinstance(local, dt.datetime):
        return day_long(local)
    return f"{day_long(local)} om {local.hour}.{local.minute:02d} uur"


def moment_exact(value: dt.datetime) -> str:
    """For proof of an arrival, in Brussels time: "10 juli 2021 om 23.59 uur en 7 seconden"."""
    return f"{day_long(value)} om {to_the_second_nl(value)}"


def moment_short(value: dt.datetime | None) -> str:
    """For tables, in Brussels time: "10/07/2021 23.59"."""
    local = _local(value)
    return f"{day(local)} {local.hour}.{local.minute:02d}" if isinstance(local, dt.datetime) else day(local)


def time(value: dt.datetime) -> str:
    """The time of the day in Brussels: "10.42"."""
    local = value.astimezone(BRUSSELS)
    return f"{local.hour}.{local.minute:02d}"


def percent(value: Fraction | Decimal | float | None, decimals: int = 0) -> str:
    """A share (0,2042) as "20 %", or with `decimals` 2 as "20,42 %". Shares held to a limit come ready-made in a Meter."""
    if value is None:
        return NOTHING
    return f"{number(Fraction(value) * 100, decimals)} %"


def number(value: int | Fraction | Decimal | float | None, decimals: int = 0) -> str:
    """A number with points between thousands and a decimal comma: "1.461", "6,4"."""
    return NOTHING if value is None else number_nl(value, decimals)


def figure(value: Decimal | str | None) -> str:
    """A measured value with the decimals that it has: "13,5", "1.461", a real minus; not measured is a dash."""
    if value is None:
        return NOTHING
    exact = Decimal(value).normalize()
    return number(exact, max(0, -int(exact.as_tuple().exponent)))


def iso_day(text: str | None) -> str:
    """A day of a frozen document, "2025-12-31", for tables."""
    return day(dt.date.fromisoformat(text) if text else None)


def size(octets: int) -> str:
    """The size of a file: "412 kB", "1,4 MB"."""
    return f"{number(max(1, round(octets / 1000)))} kB" if octets < 1_000_000 else f"{number(octets / 1e6, 1)} MB"


def days_left(until: dt.datetime | dt.date, today: dt.date) -> str:
    """How long there is still: "vandaag", "nog 1 dag", "nog 18 dagen", "voorbij"."""
    local = _local(until)
    count = ((local.date() if isinstance(local, dt.datetime) else local) - today).days if local else 0
    if count < 0:
        return "voorbij"
    return "vandaag" if count == 0 else f"nog {count} dag{'en' if count > 1 else ''}"


def _local(value: dt.date | None) -> dt.date | None:
    """A moment in Brussels time; a day as it is."""
    return value.astimezone(BRUSSELS) if isinstance(value, dt.datetime) else value
