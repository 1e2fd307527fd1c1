"""Numbers as people type them: points between thousands, a comma for decimals, and never a guess of a factor thousand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from wijkcontract.rules.numbers import NumberError, number_nl, parse_number_nl


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1.234,56", "1234.56"), ("1 234,5", "1234.5"), ("21.300", "21300"), ("18.450,5", "18450.5"), ("18.45", "18.45"),
        ("0.125", "0.125"), ("-3", "-3"), ("−3,5", "-3.5"), (" 4350 ", "4350"), ("1.234.567", "1234567"), ("0,1234", "0.1234"),
    ],
)  # fmt: skip
def test_what_is_typed_is_read_as_meant(typed: str, number: str) -> None:
    assert parse_number_nl(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed", ["veel", "1,234.56", "12.34.56", "1.23,4", "1,2,3", "", "1e3", "٣", "--1", "21.300.5"]
)
def test_what_is_no_clear_number_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(NumberError, match=r"zoals 1\.234,5"):
        parse_number_nl(typed)


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_what_is_shown_can_be_typed_again(value: int, decimals: int) -> None:
    assert parse_number_nl(number_nl(Decimal(value) / 10**decimals, decimals)) == Decimal(value) / 10**decimals
