"""Charges on payment credits, pro rata per budget year by the term of the subsidy (R21, remark 8).

Cumulative rounding on integers: `running(k) = (2*A*D_k + T) // (2*T)` and a year's charge is the
difference of two running totals, with A cents, T days of the term and D_k days until the end of year k.
The charges always sum to the amount and no year is negative.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from wijkcontract.rules.periods import last_day_of_month


class Convention(StrEnum):
    """How the days of a term are counted; a field of the commitment."""

    ACTUAL_DAYS = "actual_days"
    MONTHS = "months"


class AmendmentMethod(StrEnum):
    """How an amended subsidy is charged over the years that are still open."""

    CATCH_UP = "catch_up"
    PROSPECTIVE = "prospective"


def days(convention: Convention, start: date, end: date) -> int:
    """The days from `start` up to and including `end`; by months a year has twelve months of 30."""
    if convention is Convention.ACTUAL_DAYS:
        return (end - start).days + 1
    return 360 * (end.year - start.year) + 30 * (end.month - start.month) + _day_of_30(end) - _day_of_30(start) + 1


def charges_by_year(amount_cents: int, start: date, end: date, convention: Convention) -> dict[int, int]:
    """The charge of every budget year of the term, in cents; the sum is the amount.

    Raises ValueError when the amount is negative or the term ends before it begins.
    """
    _check(amount_cents, start, end)
    charges: dict[int, int] = {}
    charged = 0
    for year in range(start.year, end.year + 1):
        running = _running(amount_cents, start, end, convention, date(year, 12, 31))
        charges[year] = running - charged
        charged = running
    return charges


def beyond_limit(amount_cents: int, start: date, end: date, convention: Convention, last_month: date | None) -> int:
    """The cents of the term after the last month in which VEK may be charged (R22).

    `last_month` is any day of that month; None means that the funding source sets no limit. For 800,000
    EUR from 2022-10-01 to 2026-09-30 and July 2026 this is 33,401.78 EUR.
    """
    _check(amount_cents, start, end)
    if last_month is None:
        return 0
    return amount_cents - _running(amount_cents, start, end, convention, last_day_of_month(last_month))


def amend(
    closed: Mapping[int, int],
    amount_cents: int,
    start: date,
    end: date,
    convention: Convention,
    first_open_year: int,
    method: AmendmentMethod,
) -> dict[int, int]:
    """The charges of the open years after an amendment to a new amount and a new end.

    `closed` holds the cents charged in closed years, which never change. `CATCH_UP` brings the running
    total of the first open year to what the new term asks; `PROSPECTIVE` spreads what remains over the
    days still to come. When the new amount is below what is already charged, the whole difference is a
    clawback in the first open year (a clawback is booked in the year of its decision). Closed plus open
    is always the new amount. Raises ValueError for a closed year that is not before `first_open_year`.
    """
    _check(amount_cents, start, end)
    if any(year >= first_open_year for year in closed):
        raise ValueError("Een afgesloten jaar moet voor het eerste open jaar liggen.")
    charged = sum(closed.values())
    if amount_cents < charged or end.year < first_open_year:
        return {first_open_year: amount_cents - charged}
    if method is AmendmentMethod.PROSPECTIVE:
        begin = max(start, date(first_open_year, 1, 1))
        return charges_by_year(amount_cents - charged, begin, end, convention)
    charges: dict[int, int] = {}
    for year in range(max(first_open_year, start.year), end.year + 1):
        running = max(charged, _running(amount_cents, start, end, convention, date(year, 12, 31)))
        charges[year] = running - charged
        charged = running
    return charges


def _running(amount_cents: int, start: date, end: date, convention: Convention, until: date) -> int:
    """What is charged from the start up to and including `until`, rounded half up to the cent."""
    if until < start:
        return 0
    if until >= end:
        return amount_cents
    term = days(convention, start, end)
    return (2 * amount_cents * days(convention, start, until) + term) // (2 * term)


def _day_of_30(day: date) -> int:
    return 30 if day == last_day_of_month(day) else min(day.day, 30)


def _check(amount_cents: int, start: date, end: date) -> None:
    if amount_cents < 0:
        raise ValueError("Een subsidiebedrag kan niet negatief zijn.")
    if end < start:
        raise ValueError("De looptijd eindigt voor ze begint. Kijk de begindatum en de einddatum na.")
