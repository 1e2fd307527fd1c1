"""The fields of a draft's forms, and what every form of a draft shares: almost nothing is required."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final

from django import forms
from django.core.validators import URLValidator

from wijkcontract.accounts.formfields import DayField, NumberField, WholeField

NOTHING_CHOSEN: Final = ("", "Kies...")
ONE_TO_FIVE: Final = (
    NOTHING_CHOSEN,
    ("1", "1, heel klein"),
    ("2", "2, klein"),
    ("3", "3, gemiddeld"),
    ("4", "4, groot"),
    ("5", "5, heel groot"),
)


class DraftForm(forms.Form):
    """A form of a draft: what is optional is not marked, because nearly everything is."""

    mark_optional = False
    use_required_attribute = False


class LinkField(forms.URLField):
    """The address of a page on the web, as the one document keeps it (`rules.codec.Link`)."""

    default_validators = [URLValidator(schemes=("http", "https"))]

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(required=False, assume_scheme="https", max_length=200, **options)


def text(label: str, *, required: bool = False, max_length: int = 200, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=max_length, help_text=help_text)


def long_text(label: str, help_text: str = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


def choice(label: str, choices: Iterable[tuple[str, str]] = (), *, required: bool = False, help_text: str = "") -> Any:  # noqa: ANN401 - a form field
    return forms.ChoiceField(label=label, choices=[NOTHING_CHOSEN, *choices], required=required, help_text=help_text)


def boxes(label: str, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--2"}),
    )


def day(label: str) -> DayField:
    return DayField(label=label, required=False)


def decimal(label: str, *, required: bool = False) -> NumberField:
    return NumberField(label=label, required=required, max_digits=14, decimal_places=4)


def whole(label: str, *, required: bool = False, help_text: str = "", least: int = 0, most: int = 9_999_999) -> Any:  # noqa: ANN401 - a form field
    return WholeField(label=label, required=required, help_text=help_text, min_value=least, max_value=most)


def version_shown() -> forms.IntegerField:
    """The version that the page showed. Without an id, because a page holds several forms of one proposal."""
    return forms.IntegerField(widget=forms.HiddenInput(attrs={"id": False}))


def set_choices(field: forms.Field, choices: Iterable[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - links are declared as choices below
    field.choices = list(choices)


def keep_only(form: forms.Form, names: Collection[str]) -> None:
    """Leave these fields on a form: what somebody is typing now, and nothing else, is looked at."""
    for name in set(form.fields) - set(names):
        del form.fields[name]
