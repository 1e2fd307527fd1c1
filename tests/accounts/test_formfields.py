"""The fields that every room uses: what people type, what is stored, what is shown again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from wijkcontract.accounts.formfields import NumberField, WholeField


def test_a_number_is_typed_as_people_write_it_and_shown_so_again() -> None:
    field = NumberField(max_digits=14, decimal_places=4)
    assert field.clean("21.300") == Decimal(21300)
    assert field.clean("1.461,5") == Decimal("1461.5")
    assert field.prepare_value(Decimal("1461.5000")) == "1461,5"
    assert NumberField(required=False).clean(" ") is None
    with pytest.raises(ValidationError, match="geen duidelijk getal"):
        field.clean("1,234.5")


def test_a_whole_number_takes_points_between_thousands_and_no_decimals() -> None:
    field = WholeField(min_value=1, max_value=9_999_999)
    assert (field.clean("1.250"), field.clean("1 250"), field.clean("1250")) == (1250, 1250, 1250)
    with pytest.raises(ValidationError, match="geen geheel getal"):
        field.clean("12,5")
    with pytest.raises(ValidationError):
        field.clean("0")
