"""The forms of the register of subsidies: one subsidy of the own authority, and a file of the agency."""

from __future__ import annotations

from typing import Any

from django import forms

from wijkcontract.accounts.formfields import DayField, MoneyField
from wijkcontract.proposals.forms.fields import text
from wijkcontract.proposals.models import RegisteredSubsidy

FIELDS = ("name", "provider", "reference", "covers", "amount_cents", "starts_on", "ends_on")


class RegisteredSubsidyForm(forms.Form):
    """A subsidy that the authority receives from another channel."""

    name = text("Naam van de subsidie", required=True)
    provider = text("Wie geeft ze?", required=True, help_text="Bijvoorbeeld: Sport Vlaanderen")
    reference = text("Nummer of referentie", required=True, max_length=100, help_text="Zoals in het subsidiebesluit.")
    covers = text(
        "Wat betaalt ze?", required=True, max_length=300, help_text="Noem de kosten zoals u ze in een begroting noemt."
    )
    amount_cents = MoneyField(label="Bedrag")
    starts_on = DayField(label="Van")
    ends_on = DayField(label="Tot en met")

    @classmethod
    def initial_of(cls, one: RegisteredSubsidy) -> dict[str, Any]:
        """What stands in the form of a subsidy that is there already."""
        return {name: getattr(one, name) for name in FIELDS}


class RegisterFileForm(forms.Form):
    """A CSV file of subsidies."""

    file = forms.FileField(label="CSV-bestand", help_text="Met puntkomma's, in UTF-8, van hoogstens 20 MB.")
