"""Giving a role to someone of an organisation, and inviting somebody by mail."""

from __future__ import annotations

import uuid
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


class InviteForm(GrantForm):
    """Who is invited, and as what. The page chooses the id, so that a second click invites once."""

    new_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, data: Any = None, *, roles: Iterable[Role]) -> None:  # noqa: ANN401 - Django's own type
        super().__init__(data, roles=roles)
        self.fields[
            "email"
        ].help_text = "Naar dit adres gaat de uitnodiging, en hiermee meldt deze persoon zich later aan."
