"""Form fields that every room uses: amounts, numbers and days as people here write them, and choices that explain themselves."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wijkcontract.rules.money import AmountError, format_nl, parse_amount_nl
from wijkcontract.rules.numbers import NumberError, parse_number_nl
from wijkcontract.rules.periods import year_fault

DAY = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class MoneyInput(forms.TextInput):
    """One text input for an amount; drawn with its unit."""

    kind = "money"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off"} | (attrs or {}))


class MoneyField(forms.Field):
    """An amount in euro, typed as "1.234,56" and cleaned to integer cents; None when left empty."""

    widget = MoneyInput

    def to_python(self, value: object) -> int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        try:
            return parse_amount_nl(str(value))
        except AmountError as fault:
            raise ValidationError(str(fault)) from None

    def prepare_value(self, value: object) -> object:
        return format_nl(value) if isinstance(value, int) else value

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class NumberField(forms.DecimalField):
    """A number, typed as "1.234,56" and cleaned to a Decimal; None when left empty."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(**({"widget": _number_input("input--m", "decimal")} | options))

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]  # the stubs take it for an int
        read: Any = super().to_python(_read_number(value))
        return None if read is None else Decimal(read)

    def prepare_value(self, value: object) -> object:
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


class WholeField(forms.IntegerField):
    """A whole number, typed as "1.234" or "1234" and cleaned to an int; None when left empty."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(**({"widget": _number_input("input--s", "numeric")} | options))

    def to_python(self, value: object) -> int | None:
        number = _read_number(value)
        if isinstance(number, Decimal) and number != int(number):
            raise ValidationError(f"'{str(value).strip()}' is geen geheel getal. Laat wat na de komma staat weg.")
        return super().to_python(int(number) if isinstance(number, Decimal) else number)


def _number_input(size: str, keys: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": size, "inputmode": keys, "autocomplete": "off"})


def _read_number(value: object) -> object:
    """A typed number as Decimal; what is empty or a number already as it is."""
    if not isinstance(value, str):
        return value
    if not value.strip():
        return ""
    try:
        return parse_number_nl(value)
    except NumberError as fault:
        raise ValidationError(str(fault)) from None


class DayInput(forms.TextInput):
    """One text input for a day."""

    kind = "day"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "input--day", "autocomplete": "off"} | (attrs or {}))


class DayField(forms.Field):
    """A day, typed as dd/mm/jjjj, in a year that can be meant, and cleaned to a date; None when left empty."""

    widget = DayInput
    default_help = "Bijvoorbeeld 31/12/2025"

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        options.setdefault("help_text", self.default_help)
        super().__init__(**options)

    def to_python(self, value: object) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value
        text = str(value).strip()
        if found := DAY.fullmatch(text):
            number, month, year = int(found[1]), int(found[2]), int(found[3])
        elif found := ISO_DAY.fullmatch(text):
            year, month, number = int(found[1]), int(found[2]), int(found[3])
        else:
            raise ValidationError(f"'{text}' is geen datum. Schrijf dag, maand en jaar, zoals 31/12/2025.")
        if wrong := year_fault(year):
            raise ValidationError(wrong)
        try:
            return dt.date(year, month, number)
        except ValueError:
            raise ValidationError(f"{text} bestaat niet. Kijk de dag en de maand na.") from None

    def prepare_value(self, value: object) -> object:
        return f"{value.day:02d}/{value.month:02d}/{value.year}" if isinstance(value, dt.date) else value

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class Helped(str):
    """The label of a choice, with a sentence of help under it: `(code, Helped("Bewerker", "Schrijft mee."))`."""

    help: str

    def __new__(cls, label: str, help: str) -> Helped:
        made = super().__new__(cls, label)
        made.help = help
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # Django copies the choices of every form
        return str(self), self.help
