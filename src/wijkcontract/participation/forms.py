"""The form of one moment with residents."""

from __future__ import annotations

from typing import Any

from django import forms

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.formfields import DayField, WholeField
from wijkcontract.contracts.models import ContractState
from wijkcontract.contracts.queries import visible_contracts


class MomentForm(forms.Form):
    contract = forms.ChoiceField(label="Contract")
    title = forms.CharField(
        label="Naam van het moment", max_length=200, help_text="Bijvoorbeeld: wijktafel over het plein"
    )
    held_on = DayField(label="Datum")
    form = forms.CharField(
        label="Vorm",
        max_length=100,
        help_text="Bijvoorbeeld: wijktafel, bevraging aan de deur, coproductie, burgerbudget",
    )
    groups = forms.CharField(
        label="Welke groepen bereikte u?",
        required=False,
        help_text="Eén groep per regel",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    residents = WholeField(label="Aantal bewoners", required=False, min_value=0)
    decided = forms.CharField(
        label="Wat is er met de bewoners beslist?",
        required=False,
        help_text="Dit staat ook op de openbare pagina van het contract.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args, **kwargs)
        running = visible_contracts(actor).filter(state=ContractState.SIGNED)
        field = self.fields["contract"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(one.pk), f"{one.title} ({one.number})") for one in running]
