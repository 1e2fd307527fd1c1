"""Giving a role to someone of an organisation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from wijkcontract.accounts.formfields import Helped
from wijkcontract.accounts.roles import DESCRIPTIONS, Role


class GrantForm(forms.Form):
    """Who, and as what. The roles are those that the actor may give."""

    name = forms.CharField(label="Naam", max_length=200)
    email = forms.EmailField(
        label="E-mailadres", max_length=254, help_text="Het adres waarmee deze persoon zich aanmeldt."
    )
    role = forms.TypedChoiceField(label="Rol", widget=forms.RadioSelect, coerce=Role)

    def __init__(self, data: Any = None, *, roles: Iterable[Role]) -> None:  # noqa: ANN401 - Django's own type
        super().__init__(data)
        choices = [(role.value, Helped(str(role.label), DESCRIPTIONS[role].sentence)) for role in roles]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]  # a choice field
