"""Periods of whole months that count both their days.

11-03 to 10-07 is four months, 2022-01-01 to 2025-12-31 is 48 months. A period of n months ends on the
day before the same day n months later; a day that this later month lacks is its last day.
"""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Final

from wijkcontract.rules.clock import BRUSSELS

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH: Final = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_DAY_LENGTH: Final = timedelta(days=1)
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
"""The years in which a day that somebody gives may lie: outside them it is a slip, and a calendar has an end."""


def parse_day(text: str) -> date:
    """Read "2022-01-31" and nothing else. Raises ValueError with a Dutch sentence."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"'{text}' is geen datum. Schrijf jaar, maand en dag, zoals 2022-01-31.")


def year_fault(year: int) -> str:
    """Why a year that somebody gave cannot be meant, as a Dutch sentence; empty when it can."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    return f"Het jaar {year} kan niet. Schrijf een jaar van {FIRST_YEAR} tot en met {LAST_YEAR}."


def parse_month(text: str) -> date:
    """Read "2026-07" as the last day of that month. Raises ValueError with a Dutch sentence."""
    match = _MONTH.fullmatch(text)
    if match is None or match[1] == "0000":
        raise ValueError(f"'{text}' is geen maand. Schrijf jaar en maand, zoals 2026-07.")
    return last_day_of_month(date(int(match[1]), int(match[2]), 1))


def day_nl(day: date) -> str:
    """A date as people in Flanders write it: 31/12/2025."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def to_the_second_nl(moment: datetime) -> str:
    """The time of the day in Brussels where seconds matter, such as an arrival: "19.08 uur en 17 seconden"."""
    local = moment.astimezone(BRUSSELS)
    return f"{local:%H.%M} uur en {local.second} {'seconde' if local.second == 1 else 'seconden'}"


def last_day_of_month(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day `months` later; a day that the month lacks is its last day. Never past the year 9999."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day_of_window(start: date, months: int) -> date:
    """The last day of a period of `months` months that begins on `start`, both days counted."""
    return add_months(start, months) - _DAY_LENGTH


def months_between(start: date, end: date) -> int:
    """How many whole months lie in the period from `start` up to and including `end`; at least 0."""
    months = max(0, (end.year - start.year) * 12 + end.month - start.month + 1)
    while months > 0 and last_day_of_window(start, months) > end:
        months -= 1
    return months


def fits_in_months(start: date, end: date, months: int) -> bool:
    """True when the period from `start` up to and including `end` is no longer than `months` months."""
    return end <= last_day_of_window(start, months)


def closes_at(last_day: date) -> datetime:
    """The moment a window closes: 00:00 in Brussels on the day after its last day (R15, R16)."""
    return datetime.combine(last_day + _DAY_LENGTH, time(), tzinfo=BRUSSELS)
