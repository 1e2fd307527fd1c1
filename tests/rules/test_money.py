"""Amounts as people and machines write them; percentages that never contradict the rule."""

from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from wijkcontract.rules.money import (
    AmountError,
    LimitKind,
    format_cents,
    format_nl,
    parse_amount_nl,
    parse_cents,
    percent_nl,
)

FIFTH = Fraction(1, 5)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1.234,56", 123_456),
        ("1234,56", 123_456),
        ("1 234,56", 123_456),
        ("1\u202f234\u00a0567", 123_456_700),
        ("€ 1.234,5", 123_450),
        ("1234.56", 123_456),
        ("1.23", 123),
        ("1.234", 123_400),
        ("1.234.567", 123_456_700),
        ("326000", 32_600_000),
        ("0", 0),
    ],
)
def test_an_amount_typed_by_a_person(text: str, cents: int) -> None:
    assert parse_amount_nl(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "1,234",
        "1,234.56",
        "1.2345",
        "12.34.567",
        "1.234.56",
        "-5",
        "1e3",
        "1 2",
        "10 00,00",
        "1,2,3",
        "9" * 20,
    ],
)
def test_an_unclear_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        parse_amount_nl(text)


@pytest.mark.parametrize("text", ["", "1,00", "1.0", "1.000", "-1", "+1", " 1", "1\n", "١", "1e2", "9" * 5000])
def test_the_machine_form_is_strict(text: str) -> None:
    with pytest.raises(AmountError):
        parse_cents(text)


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_what_is_written_reads_back(cents: int) -> None:
    assert parse_cents(format_cents(cents)) == cents
    assert parse_amount_nl(format_nl(cents)) == cents


def test_forms() -> None:
    assert (format_cents(32_600_000), format_nl(32_600_000), format_nl(-5)) == ("326000.00", "326.000,00", "-0,05")
    assert percent_nl(8_750_000, 42_850_000, FIFTH) == "20,42 %"
    assert percent_nl(1, 0) == "-"


@given(st.integers(0, 10**11), st.integers(1, 10**11), st.sampled_from(LimitKind))
def test_a_shown_percentage_never_contradicts_the_exact_test(part: int, whole: int, kind: LimitKind) -> None:
    shown = Fraction(percent_nl(part, whole, FIFTH, kind).removesuffix(" %").replace(",", ".")) / 100
    if kind is LimitKind.MINIMUM:
        assert (shown >= FIFTH) == (part * 5 >= whole)
    else:
        assert (shown <= FIFTH) == (part * 5 <= whole)


def test_one_cent_from_the_border_is_visible() -> None:
    assert percent_nl(8_149_999, 40_750_000, FIFTH) == "19,99 %"
    assert percent_nl(8_150_000, 40_750_000, FIFTH) == "20,00 %"
    assert percent_nl(6_520_001, 32_600_000, FIFTH, LimitKind.MAXIMUM) == "20,01 %"
