"""The submission window of a call: how long it may be, when it closes, how it may be extended (R15, R16).

The findings are Dutch sentences; an empty list means that nothing is wrong.
"""

from datetime import UTC, date, datetime

from wijkcontract.rules.periods import closes_at, day_nl, last_day_of_window


def window_findings(published_on: date, last_day: date, minimum_months: int, maximum_months: int) -> list[str]:
    """What is wrong with a window from publication up to and including its last day."""
    earliest = last_day_of_window(published_on, minimum_months)
    latest = last_day_of_window(published_on, maximum_months)
    if last_day < earliest:
        return [
            f"De oproep is te kort open: ze moet minstens {minimum_months} maanden openstaan. "
            f"Kies {day_nl(earliest)} of later als laatste indiendag."
        ]
    if last_day > latest:
        return [
            f"De oproep is te lang open: ze mag hoogstens {maximum_months} maanden openstaan. "
            f"Kies {day_nl(latest)} of vroeger als laatste indiendag."
        ]
    return []


def extension_findings(
    published_on: date, last_day: date, new_last_day: date, reason: str, maximum_months: int
) -> list[str]:
    """What is wrong with an extension: it needs a reason, a later day, and stays within the maximum."""
    findings: list[str] = []
    latest = last_day_of_window(published_on, maximum_months)
    if not reason.strip():
        findings.append("Een verlenging heeft een reden nodig. Schrijf waarom de oproep langer openstaat.")
    if new_last_day <= last_day:
        findings.append(f"De nieuwe laatste dag moet na {day_nl(last_day)} liggen. Een oproep kan niet korter worden.")
    if new_last_day > latest:
        findings.append(
            f"De oproep mag hoogstens {maximum_months} maanden na de publicatie openstaan. "
            f"Kies {day_nl(latest)} of vroeger."
        )
    return findings


def arrived_on_time(arrived_at: datetime, last_day: date) -> bool:
    """True when an aware moment of arrival lies before 00:00 in Brussels on the day after the last day.

    Raises ValueError for a moment without a time zone.
    """
    return _aware(arrived_at) < closes_at(last_day)


def is_open(opens_at: datetime, last_day: date, moment: datetime) -> bool:
    """True when the window is open at an aware moment."""
    return _aware(opens_at) <= _aware(moment) and arrived_on_time(moment, last_day)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("Een moment van indiening moet een tijdzone hebben.")
    return moment.astimezone(UTC)
