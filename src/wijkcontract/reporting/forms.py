"""The form that issues a report: each progress report that is missing is ticked by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wijkcontract.execution.models import ProgressReport


class IssueForm(forms.Form):
    """One box per report that is not accepted, and the number that the page promises."""

    mark_optional = False
    number = forms.IntegerField(widget=forms.HiddenInput, required=False, localize=False)
    missing = forms.MultipleChoiceField(
        label="Deze verslagen ontbreken in het rapport", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, absent: Sequence[ProgressReport], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        field = self.fields["missing"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [
                (one.contract.number, f"{one.contract.local_authority.name} ({one.contract.number})") for one in absent
            ]
