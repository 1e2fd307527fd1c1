"""What is typed about a call. Rules stand in the operations; these forms only read what a person wrote."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from wijkcontract.accounts.formfields import DayField, MoneyField
from wijkcontract.calls.models import Call, Criterion
from wijkcontract.calls.operations import DEFAULT_CHANNELS, HIGHEST_WEIGHT, CriterionInput
from wijkcontract.rules import programme
from wijkcontract.rules.verdicts import Fault

EXTRA_CRITERIA = 2


def programme_choices() -> list[tuple[str, str]]:
    """The shipped programmes by name and title, newest first; one with phases once for each phase ("name/phase")."""
    found = []
    for name in reversed(programme.names()):
        shipped = programme.load(name)
        if shipped.phases:
            found += [(f"{name}/{one.code}", f"{shipped.title}, {one.label}") for one in shipped.phases]
        else:
            found.append((name, shipped.title))
    return found


class NewCallForm(forms.Form):
    """The programme whose limits the call takes over, and a title."""

    programme_name = forms.ChoiceField(
        label="Programma", help_text="De oproep neemt alle grenzen, vragen en criteria van dit programma over."
    )
    title = forms.CharField(label="Titel van de oproep", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args, **kwargs)
        field = self.fields["programme_name"]
        if isinstance(field, forms.ChoiceField):
            field.choices = programme_choices()

    def values(self) -> dict[str, Any]:
        """What `operations.create_call` takes."""
        name, _, phase = self.cleaned_data["programme_name"].partition("/")
        return {"programme_name": name, "phase": phase, "title": self.cleaned_data["title"]}


class DuplicateForm(forms.Form):
    """The title of the copy."""

    title = forms.CharField(label="Titel van de nieuwe oproep", max_length=200)


class CallForm(forms.Form):
    """The dates and the money of a draft call; what is still empty stops the launch, not the draft."""

    mark_optional = False

    title = forms.CharField(label="Titel", max_length=200)
    summary = forms.CharField(
        label="Korte uitleg",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Staat bovenaan op de openbare pagina van de oproep.",
    )
    published_on = DayField(label="Dag van publicatie", required=False)
    last_day = DayField(label="Laatste indiendag", required=False, help_text="Indienen kan tot en met deze dag.")
    budget = MoneyField(label="Budget van de oproep")
    ceiling = MoneyField(label="Hoogste subsidie per contract")
    term_start = DayField(label="Eerste dag van een contract", required=False)
    term_end = DayField(label="Laatste dag van een contract", required=False)
    questions_until = DayField(
        label="Vragen stellen kan tot en met", required=False, help_text="Leeg: tot en met de laatste indiendag."
    )
    predecessor = forms.ChoiceField(
        label="Oproep van de vorige fase", required=False, help_text="Alleen wie daar geselecteerd is, dient hier in."
    )

    def __init__(self, *args: Any, predecessors: Iterable[Call] = (), **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        field = self.fields["predecessor"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Kies..."), *((str(one.pk), one.title) for one in predecessors)]

    @classmethod
    def initial_of(cls, call: Call) -> dict[str, object]:
        """What the form shows of a call."""
        names = ("title", "summary", "published_on", "last_day", "term_start", "term_end", "questions_until")
        return {name: getattr(call, name) for name in names} | {
            "budget": call.budget_cents,
            "ceiling": call.ceiling_cents,
            "predecessor": str(call.predecessor_id or ""),
        }

    def values(self) -> dict[str, Any]:
        """What `operations.save_call` takes."""
        typed = dict(self.cleaned_data)
        return typed | {
            "budget_cents": typed.pop("budget"),
            "ceiling_cents": typed.pop("ceiling"),
            "predecessor_id": typed.pop("predecessor") or None,
        }


class CriterionForm(forms.Form):
    """One row of the table of criteria; a row without name and weight is skipped."""

    code = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="Criterium", max_length=200, required=False)
    guidance = forms.CharField(
        label="Uitleg voor de jury", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    weight = forms.IntegerField(
        label="Gewicht",
        required=False,
        min_value=0,
        max_value=HIGHEST_WEIGHT,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
    )
    place = forms.IntegerField(
        label="Plaats",
        required=False,
        min_value=1,
        max_value=99,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 2}),
    )
    remove = forms.BooleanField(label="Verwijder", required=False)

    @property
    def is_skipped(self) -> bool:
        typed = self.cleaned_data
        return bool(typed.get("remove")) or not (typed.get("name") or typed.get("weight") or typed.get("code"))


class BaseCriterionFormSet(forms.BaseFormSet[CriterionForm]):
    """All criteria of a call, with empty rows to add some."""

    def kept(self) -> list[CriterionForm]:
        """The rows that count, by the place that was typed; a row without a place stays behind those before it."""
        kept = [form for form in self.forms if not form.is_skipped]
        return sorted(kept, key=lambda form: form.cleaned_data.get("place") or len(self.forms))

    def values(self) -> list[CriterionInput]:
        """What `operations.save_criteria` takes."""
        return [
            CriterionInput(
                name=form.cleaned_data["name"],
                weight=form.cleaned_data["weight"] or 0,
                guidance=form.cleaned_data["guidance"],
                code=form.cleaned_data["code"],
            )
            for form in self.kept()
        ]

    def show(self, faults: Iterable[Fault]) -> None:
        """Put the faults of the operation (`criteria-<index>-<field>`) back on the rows."""
        kept = self.kept()
        for fault in faults:
            _, _, place = fault.where.partition("-")
            index, _, field = place.partition("-")
            if field:
                kept[int(index)].add_error(field, fault.message)
            else:
                self.non_form_errors().append(fault.message)


_FormSet = forms.formset_factory(
    CriterionForm, formset=BaseCriterionFormSet, extra=EXTRA_CRITERIA, max_num=40, absolute_max=50
)


def criterion_formset(data: QueryDict | None, criteria: Iterable[Criterion]) -> BaseCriterionFormSet:
    """The table of criteria: as typed, or as the call has them."""
    formset = _FormSet(data, initial=criteria_initial(criteria), prefix="criteria")
    if not isinstance(formset, BaseCriterionFormSet):
        raise TypeError("formset_factory made another formset than asked")
    return formset


def criteria_initial(criteria: Iterable[Criterion]) -> list[dict[str, object]]:
    """What the table shows of the criteria of a call."""
    names = ("code", "name", "guidance", "weight")
    return [{name: getattr(one, name) for name in names} | {"place": place} for place, one in enumerate(criteria, 1)]


class LaunchForm(forms.Form):
    """The channels of the agency, a line each."""

    channels = forms.CharField(
        label="Kanalen van het agentschap",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        initial="\n".join(DEFAULT_CHANNELS),
        help_text="Waar maakt u de oproep bekend aan de lokale besturen? Eén kanaal per regel. We bewaren dit bij de oproep.",
    )

    def values(self) -> list[str]:
        return str(self.cleaned_data["channels"]).splitlines()


class ExtendForm(forms.Form):
    """A later last day and why."""

    mark_optional = False

    new_last_day = DayField(label="Nieuwe laatste indiendag")
    reason = forms.CharField(
        label="Reden",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De reden staat bij de oproep en in de melding aan de Inspectie van Financiën.",
    )


class AnnounceForm(forms.Form):
    """Who was told, and how; both are asked, and the operation says which is missing."""

    mark_optional = False

    audience = forms.CharField(label="Wie bracht u op de hoogte?", max_length=200, required=False)
    channel = forms.CharField(label="Langs welk kanaal?", max_length=60, required=False)
