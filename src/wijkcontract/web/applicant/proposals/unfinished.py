"""What somebody typed and what is not in the proposal yet, put back in its form with what is wrong, so that it can be finished."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

from django import forms
from django.http import QueryDict

from wijkcontract.proposals.models import UnfinishedInput
from wijkcontract.web.applicant.proposals import presenters

F = TypeVar("F", bound=forms.Form)


@dataclass(frozen=True)
class Unfinished:
    """When it was typed, and what is stored in the fields where a colleague was first."""

    at: datetime
    stored: Mapping[str, str] | None


def with_unfinished(
    form: F, bind: Callable[[QueryDict], F], row: UnfinishedInput, *, is_new: bool = False
) -> tuple[F, Unfinished]:
    """The same form with the unfinished input in its fields; only those fields show their faults."""
    data = QueryDict(mutable=True)
    for name, field in form.fields.items():
        data.setlist(name, raw_of(field, form.get_initial_for_field(field, name)))
    for name, left in row.fields.items():
        if name in form.fields:
            data.setlist(name, [str(one) for one in left["typed"]])
    bound = bind(data)
    for name in [name for name in bound.errors if name not in row.fields]:
        del bound.errors[name]
    overtaken = (
        [] if is_new else [name for name in bound.changed_data if name in row.fields and name not in bound.errors]
    )
    stored = {
        str(bound.fields[name].label): presenters.in_words(bound.fields[name], form.initial.get(name))
        for name in overtaken
    }
    return bound, Unfinished(row.at, stored or None)


def raw_of(field: forms.Field, value: object) -> list[str]:
    """A value as its field would send it."""
    if isinstance(field, forms.MultipleChoiceField):
        return [str(one) for one in cast("list[Any]", value or [])]
    if isinstance(field, forms.BooleanField):
        return ["on"] if value else []
    shown = field.widget.format_value(field.prepare_value(value))
    if isinstance(shown, list):
        shown = shown[0] if shown else ""
    return ["" if shown is None else str(shown)]
