"""What people type about decisions, contracts and their money. Operations judge it; a form only reads it."""

from __future__ import annotations

from typing import Any

from django import forms

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.formfields import DayField, MoneyField, NumberField
from wijkcontract.contracts.models import Convention, FundingKind, Outcome
from wijkcontract.contracts.queries import articles


class DecisionForm(forms.Form):
    """The decision on a proposal (R18)."""

    mark_optional = False  # amount and term are asked of a grant, not of a refusal; the operation says so

    outcome = forms.ChoiceField(label="Beslissing", choices=Outcome.choices, widget=forms.RadioSelect)
    decided_on = DayField(label="Datum van de beslissing")
    document = forms.CharField(
        label="Nummer van de beslissing", max_length=200, help_text="Bijvoorbeeld VR 2021 1712 DOC.1450/1"
    )
    proposed_by = forms.CharField(
        label="Op voorstel van", max_length=200, help_text="De minister die het voorstel deed, zonder naam"
    )
    amount = MoneyField(label="Toegekend bedrag", required=False, help_text="Alleen bij een goedkeuring")
    term_start = DayField(label="Begin van de looptijd", required=False)
    term_end = DayField(label="Einde van de looptijd", required=False)
    motivation = forms.CharField(
        label="Motivering",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=6000,
        help_text="Het bestuur leest dit in de brief.",
    )


class SignatureForm(forms.Form):
    """Who signed for a party, by function and never by name (R20)."""

    function = forms.CharField(
        label="Functie van wie ondertekent", max_length=200, help_text="Bijvoorbeeld burgemeester en algemeen directeur"
    )
    signed_on = DayField(label="Datum van ondertekening")


class ArticleForm(forms.Form):
    """A budget article (R22)."""

    code = forms.CharField(label="Code", max_length=40, help_text="Zoals in de begroting, bijvoorbeeld SJ0-1SGE2EA-WT")
    funding = forms.ChoiceField(label="Soort middelen", choices=FundingKind.choices, widget=forms.RadioSelect)
    description = forms.CharField(
        label="Omschrijving",
        max_length=200,
        help_text="Bij relancemiddelen: RELANCE BUDGET + projectnummer + omschrijving",
    )
    described_on = DayField(label="Datum van de omschrijving")
    entity = forms.CharField(label="Entiteit", max_length=60, required=False)
    basic_allocation = forms.CharField(label="Basisallocatie", max_length=60, required=False)
    esr_code = forms.CharField(label="ESR-code", max_length=20, required=False)


class AppropriationForm(forms.Form):
    """The two credits of one budget year."""

    year = forms.IntegerField(
        label="Begrotingsjaar",
        min_value=1990,
        max_value=2100,
        localize=False,
        widget=forms.TextInput(attrs={"class": "input--s", "inputmode": "numeric"}),
    )
    commitment_cents = MoneyField(label="VAK", help_text="Vastleggingskrediet van dit jaar")
    payment_cents = MoneyField(label="VEK", help_text="Vereffeningskrediet van dit jaar")


class PreviewForm(forms.Form):
    """What the schedule of charges follows from; asked with GET, nothing is written."""

    article = forms.ChoiceField(label="Begrotingsartikel")
    committed_on = DayField(label="Datum van de vastlegging")
    convention = forms.ChoiceField(
        label="Telling van de dagen",
        choices=Convention.choices,
        initial=Convention.ACTUAL_DAYS,
        widget=forms.RadioSelect,
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), f"{one.code} – {one.description}") for one in articles(actor)]
        self.fields["article"] = forms.ChoiceField(
            label="Begrotingsartikel", choices=[("", "Kies een artikel"), *choices]
        )
        self.order_fields(["article", "committed_on", "convention", "document"])


class CommitmentForm(PreviewForm):
    """The previewed commitment with its document."""

    document = forms.CharField(
        label="Nummer van het subsidiebesluit", max_length=200, help_text="Het besluit waaruit de vastlegging volgt"
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(actor, *args, **kwargs)
        for name in ("article", "committed_on", "convention"):
            self.fields[name].widget = forms.HiddenInput()


class ChargeForm(forms.Form):
    """The document behind a posted charge."""

    document = forms.CharField(
        label="Nummer van het stuk", max_length=200, help_text="Bijvoorbeeld het subsidiebesluit"
    )


class InstalmentForm(forms.Form):
    """One row of a payment plan."""

    label = forms.CharField(label="Schijf", max_length=100)
    percent = NumberField(label="Deel in %", max_digits=5, decimal_places=2, min_value=0)
    amount = MoneyField(label="Bedrag")
    condition = forms.CharField(label="Voorwaarde", max_length=200)
    due_on = DayField(label="Datum", help_text="")


InstalmentFormSet = forms.formset_factory(InstalmentForm, extra=1, max_num=12, validate_max=True, can_delete=True)


class PaymentForm(forms.Form):
    """The payment order."""

    document = forms.CharField(
        label="Nummer van de betalingsopdracht", max_length=200, help_text="Bijvoorbeeld BV-2022-031"
    )


class ConfirmForm(forms.Form):
    """The day on which the bank paid."""

    paid_on = DayField(label="Datum van de betaling")


class ReturnForm(forms.Form):
    """Why a payment goes back to who asked it."""

    reason = forms.CharField(label="Reden", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
