"""Periods, the submission window and the clock, around midnight, leap days and summer time (R15, R16)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from wijkcontract.rules import clock
from wijkcontract.rules.periods import (
    add_months,
    closes_at,
    fits_in_months,
    last_day_of_window,
    months_between,
    parse_day,
    parse_month,
)
from wijkcontract.rules.window import arrived_on_time, extension_findings, is_open, window_findings

PUBLISHED = date(2021, 3, 11)


def test_worked_periods() -> None:
    assert months_between(PUBLISHED, date(2021, 7, 10)) == 4
    assert months_between(PUBLISHED, date(2021, 7, 9)) == 3
    assert months_between(date(2022, 1, 1), date(2025, 12, 31)) == 48
    assert not fits_in_months(date(2022, 1, 1), date(2026, 1, 1), 48)
    assert add_months(date(2023, 10, 31), 4) == date(2024, 2, 29)
    assert last_day_of_window(date(2024, 2, 29), 12) == date(2025, 2, 27)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_a_window_of_n_months_counts_n_months(start: date, months: int) -> None:
    last = last_day_of_window(start, months)
    assert months_between(start, last) == months
    assert fits_in_months(start, last, months)
    assert not fits_in_months(start, last + timedelta(days=1), months)


def test_the_first_call_closed_at_midnight_in_brussels() -> None:
    assert closes_at(date(2021, 7, 10)) == datetime(2021, 7, 10, 22, 0, tzinfo=UTC)
    assert closes_at(date(2021, 12, 31)) == datetime(2021, 12, 31, 23, 0, tzinfo=UTC)
    assert arrived_on_time(datetime(2021, 7, 10, 21, 59, 59, 999_999, tzinfo=UTC), date(2021, 7, 10))
    assert not arrived_on_time(datetime(2021, 7, 10, 22, 0, tzinfo=UTC), date(2021, 7, 10))


@pytest.mark.parametrize("last_day", [date(2021, 3, 27), date(2021, 3, 28), date(2021, 10, 30), date(2021, 10, 31)])
def test_the_border_is_exact_when_the_hour_changes(last_day: date) -> None:
    border = closes_at(last_day).astimezone(UTC)
    assert arrived_on_time(border - timedelta(microseconds=1), last_day)
    assert not arrived_on_time(border, last_day)
    assert border.astimezone(clock.BRUSSELS).hour == 0


def test_a_window_opens_in_the_repeated_hour_of_october() -> None:
    opens = datetime(2021, 10, 31, 2, 30, tzinfo=clock.BRUSSELS, fold=1)
    earlier = datetime(2021, 10, 31, 2, 45, tzinfo=clock.BRUSSELS, fold=0)
    assert not is_open(opens, date(2021, 11, 30), earlier)
    assert is_open(opens, date(2021, 11, 30), opens)


def test_a_window_is_four_to_five_months() -> None:
    assert window_findings(PUBLISHED, date(2021, 7, 10), 4, 5) == []
    assert window_findings(PUBLISHED, date(2021, 8, 10), 4, 5) == []
    assert "10/07/2021 of later" in window_findings(PUBLISHED, date(2021, 7, 9), 4, 5)[0]
    assert "10/08/2021 of vroeger" in window_findings(PUBLISHED, date(2021, 8, 11), 4, 5)[0]


def test_an_extension_needs_a_reason_a_later_day_and_stays_within_the_maximum() -> None:
    last = date(2021, 7, 10)
    assert extension_findings(PUBLISHED, last, date(2021, 8, 10), "Verkiezingen", 5) == []
    assert len(extension_findings(PUBLISHED, last, date(2021, 8, 11), " ", 5)) == 2
    assert len(extension_findings(PUBLISHED, last, last, "Verkiezingen", 5)) == 1


def test_naive_moments_are_refused() -> None:
    naive = datetime(2021, 7, 10, 12, 0)  # noqa: DTZ001
    with pytest.raises(ValueError, match="tijdzone"):
        arrived_on_time(naive, date(2021, 7, 10))
    with pytest.raises(ValueError, match="tijdzone"):
        clock.freeze(naive)


def test_the_clock_freezes_ticks_on_and_is_released() -> None:
    moment = clock.parse_moment("2021-07-10T23:59:00")
    assert moment == datetime(2021, 7, 10, 21, 59, tzinfo=UTC)
    with clock.frozen(moment):
        assert (clock.now(), clock.today(), clock.is_set()) == (moment, date(2021, 7, 10), True)
    assert not clock.is_set()
    try:
        clock.start_at(moment)
        assert timedelta() <= clock.now() - moment < timedelta(seconds=5)
        assert clock.is_set()
    finally:
        clock.release()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize("text", ["", "gisteren", "2021-13-01", "10/07/2021"])
def test_a_moment_that_is_none_is_named_in_dutch(text: str) -> None:
    with pytest.raises(ValueError, match="geen geldig tijdstip"):
        clock.parse_moment(text)


@pytest.mark.parametrize("text", ["20220101", "2022-W01-1", "2022-02-30", "2022-1-1", ""])
def test_a_day_has_one_form(text: str) -> None:
    with pytest.raises(ValueError, match="geen datum"):
        parse_day(text)


def test_a_month_is_read_as_its_last_day() -> None:
    assert parse_month("2026-07") == date(2026, 7, 31)
    with pytest.raises(ValueError, match="geen maand"):
        parse_month("2026-13")


def test_a_term_at_the_end_of_the_calendar_does_not_fail() -> None:
    assert fits_in_months(date(9999, 1, 1), date(9999, 12, 30), 48)
