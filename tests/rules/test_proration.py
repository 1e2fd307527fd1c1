"""The worked examples of the money rules, to the cent, and what must hold for every term (R21, R22)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from wijkcontract.rules.proration import AmendmentMethod, Convention, amend, beyond_limit, charges_by_year, days

ACTUAL, MONTHS = Convention.ACTUAL_DAYS, Convention.MONTHS
FIRST = (32_600_000, date(2022, 1, 1), date(2025, 12, 31))
SECOND = (80_000_000, date(2022, 4, 15), date(2026, 4, 14))


@pytest.mark.parametrize(
    ("case", "convention", "expected"),
    [
        (FIRST, ACTUAL, [8_144_422, 8_144_421, 8_166_735, 8_144_422]),
        (SECOND, ACTUAL, [14_291_581, 19_986_311, 20_041_068, 19_986_310, 5_694_730]),
        (FIRST, MONTHS, [8_150_000] * 4),
        (SECOND, MONTHS, [14_222_222, 20_000_000, 20_000_000, 20_000_000, 5_777_778]),
    ],
)
def test_worked_examples(case: tuple[int, date, date], convention: Convention, expected: list[int]) -> None:
    assert charges_by_year(*case, convention) == dict(zip(range(2022, 2027), expected, strict=False))


def test_a_term_past_july_2026_leaves_money_that_cannot_be_charged() -> None:
    july = date(2026, 7, 1)
    assert beyond_limit(80_000_000, date(2022, 10, 1), date(2026, 9, 30), ACTUAL, july) == 3_340_178
    assert beyond_limit(80_000_000, date(2022, 8, 1), date(2026, 7, 31), ACTUAL, july) == 0
    assert beyond_limit(80_000_000, date(2022, 8, 2), date(2026, 8, 1), ACTUAL, july) > 0
    assert beyond_limit(80_000_000, date(2026, 8, 1), date(2027, 7, 31), ACTUAL, july) == 80_000_000
    assert beyond_limit(80_000_000, date(2022, 10, 1), date(2026, 9, 30), ACTUAL, None) == 0


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (AmendmentMethod.CATCH_UP, {2024: 3_735_518, 2025: 6_668_696, 2026: 3_306_943}),
        (AmendmentMethod.PROSPECTIVE, {2024: 5_502_504, 2025: 5_487_469, 2026: 2_721_184}),
    ],
)
def test_worked_amendment(method: AmendmentMethod, expected: dict[int, int]) -> None:
    closed = {2022: 8_144_422, 2023: 8_144_421}
    changed = amend(closed, 30_000_000, date(2022, 1, 1), date(2026, 6, 30), ACTUAL, 2024, method)
    assert changed == expected


def test_an_amendment_below_what_is_charged_is_a_clawback_in_the_year_of_the_decision() -> None:
    closed = {2022: 8_144_422, 2023: 8_144_421}
    for method in AmendmentMethod:
        assert amend(closed, 10_000_000, date(2022, 1, 1), date(2025, 12, 31), ACTUAL, 2024, method) == {
            2024: 10_000_000 - 16_288_843
        }


def test_a_last_day_of_february_counts_as_day_30_by_months() -> None:
    assert days(MONTHS, date(2022, 2, 1), date(2022, 2, 28)) == 30
    assert days(MONTHS, date(2024, 2, 1), date(2024, 2, 28)) == 28
    assert days(MONTHS, date(2022, 1, 31), date(2022, 1, 31)) == 1
    assert days(MONTHS, date(2022, 1, 1), date(2025, 12, 31)) == 1440


def test_a_term_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="eindigt voor ze begint"):
        charges_by_year(100, date(2022, 1, 2), date(2022, 1, 1), ACTUAL)


amounts = st.integers(min_value=0, max_value=10**12)
starts = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1))
lengths = st.integers(min_value=0, max_value=4000)
conventions = st.sampled_from(Convention)


@given(amounts, starts, lengths, conventions)
def test_the_charges_sum_to_the_amount_and_no_year_is_negative(
    amount: int, start: date, length: int, convention: Convention
) -> None:
    end = start + timedelta(days=length)
    charges = charges_by_year(amount, start, end, convention)
    assert sum(charges.values()) == amount
    assert min(charges.values()) >= 0
    assert list(charges) == list(range(start.year, end.year + 1))


@given(amounts, amounts, starts, lengths, lengths, conventions, st.sampled_from(AmendmentMethod), st.integers(0, 6))
def test_closed_plus_amended_is_the_new_amount(
    amount: int,
    new_amount: int,
    start: date,
    length: int,
    new_length: int,
    convention: Convention,
    method: AmendmentMethod,
    open_after: int,
) -> None:
    charges = charges_by_year(amount, start, start + timedelta(days=length), convention)
    first_open = start.year + open_after
    closed = {year: cents for year, cents in charges.items() if year < first_open}
    end = start + timedelta(days=new_length)
    changed = amend(closed, new_amount, start, end, convention, first_open, method)
    assert sum(closed.values()) + sum(changed.values()) == new_amount
    assert new_amount < sum(closed.values()) or min(changed.values()) >= 0
