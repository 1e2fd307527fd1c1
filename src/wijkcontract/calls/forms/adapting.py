"""What is typed while a call is built: its sections, its questions, its limits, and the answers to what people ask."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wijkcontract.accounts.formfields import WholeField
from wijkcontract.calls.models import Call, CallAnswer, CallQuestion
from wijkcontract.calls.operations import LimitsInput, QuestionInput, SectionInput
from wijkcontract.rules.call_terms import why_not_off
from wijkcontract.rules.programme import Programme, Question
from wijkcontract.rules.programme_phases import phase_of

SHARE = re.compile(r"(\d{1,3})(?:[,.](\d{1,2}))?\s*%?")


class ShareField(forms.Field):
    """A share typed as a percentage ("20" or "22,5") and cleaned to an exact fraction."""

    widget = forms.TextInput(attrs={"class": "input--s", "inputmode": "decimal"})

    def to_python(self, value: object) -> Fraction | None:
        if value in self.empty_values:
            return None
        if isinstance(value, Fraction):
            return value
        found = SHARE.fullmatch(str(value).strip())
        if found is None:
            raise ValidationError(f"'{value}' is geen percentage. Schrijf bijvoorbeeld 20 of 22,5.")
        share = Fraction(f"{found[1]}.{found[2] or 0}") / 100
        if share > 1:
            raise ValidationError("Een percentage is hoogstens 100.")
        return share

    def prepare_value(self, value: object) -> object:
        if not isinstance(value, Fraction):
            return value
        return f"{float(value * 100):.2f}".rstrip("0").rstrip(".").replace(".", ",")


def _whole(label: str) -> WholeField:
    return WholeField(label=label, min_value=1, max_value=120)


class SectionsForm(forms.Form):
    """Which sections the call asks, with what stands above each; one that must stay on has no box."""

    mark_optional = False

    def __init__(self, *args: Any, rules: Programme, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args, **kwargs)
        phase = phase_of(rules, rules.phase).sections if rules.phase else None
        self.sections = [one for one in rules.sections if phase is None or one.code in phase]
        self.fixed = {one.code: why for one in self.sections if one.enabled and (why := why_not_off(rules, one.code))}
        for one in self.sections:
            if one.code not in self.fixed:
                self.fields[f"on_{one.code}"] = forms.BooleanField(
                    label=f"Vraag het onderdeel '{one.label}'", required=False, initial=one.enabled
                )
            self.fields[f"help_{one.code}"] = forms.CharField(
                label=f"Uitleg boven '{one.label}'",
                required=False,
                initial=one.help,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def rows(self) -> list[tuple[str, forms.BoundField | None, str, forms.BoundField]]:
        """A row for each section: its name, its box, else why there is none, and its help."""
        return [
            (
                one.label,
                None if one.code in self.fixed else self[f"on_{one.code}"],
                self.fixed.get(one.code, ""),
                self[f"help_{one.code}"],
            )
            for one in self.sections
        ]

    def values(self) -> list[SectionInput]:
        """What `operations.save_sections` takes."""
        typed = self.cleaned_data
        return [
            SectionInput(one.code, typed.get(f"on_{one.code}", True), typed[f"help_{one.code}"])
            for one in self.sections
        ]


class QuestionForm(forms.Form):
    """One question of the form of a proposal."""

    mark_optional = False

    section = forms.ChoiceField(label="In welk onderdeel?")
    label = forms.CharField(label="De vraag", max_length=200)
    help = forms.CharField(
        label="Uitleg bij de vraag", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    max_chars = WholeField(label="Hoogstens hoeveel tekens?", initial=2400)
    required = forms.BooleanField(
        label="Verplicht", required=False, help_text="Zonder antwoord kan niemand het voorstel indienen."
    )

    def __init__(self, *args: Any, rules: Programme, old: Question | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        field = self.fields["section"]
        if old is not None:
            del self.fields["section"]
        elif isinstance(field, forms.ChoiceField):
            field.choices = [(one.code, one.label) for one in rules.sections if one.enabled]

    @staticmethod
    def initial_of(question: Question) -> dict[str, object]:
        """What the form shows of a question."""
        return {name: getattr(question, name) for name in ("label", "help", "max_chars", "required")}

    def value(self) -> QuestionInput:
        """What `operations.save_question` takes."""
        return QuestionInput(**self.cleaned_data)


class LimitsForm(forms.Form):
    """The limits of a call; each may be stricter than in the programme."""

    mark_optional = False

    own_contribution_min = ShareField(label="Eigen inbreng, minstens (%)")
    infrastructure_max = ShareField(label="Kleine infrastructuur, hoogstens (%)")
    term_months_max = _whole("Looptijd van een contract, hoogstens (maanden)")
    window_months_min = _whole("Indieningsperiode, minstens (maanden)")
    window_months_max = _whole("Indieningsperiode, hoogstens (maanden)")

    @classmethod
    def initial_of(cls, call: Call) -> dict[str, object]:
        """What the form shows of a call."""
        return {name: getattr(call.programme.limits, name) for name in cls.base_fields}

    def value(self) -> LimitsInput:
        """What `operations.save_limits` takes."""
        return LimitsInput(**self.cleaned_data)


def _sections_to_choose(rules: Programme) -> Iterable[tuple[str, str]]:
    return [("", "Over de oproep zelf"), *((one.code, one.label) for one in rules.sections if one.enabled)]


class AskForm(forms.Form):
    """A question to the agency."""

    mark_optional = False

    section = forms.ChoiceField(label="Waarover gaat uw vraag?", required=False)
    text = forms.CharField(
        label="Uw vraag",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Iedereen leest later de vraag en het antwoord, zonder uw naam en zonder uw bestuur.",
    )

    def __init__(self, *args: Any, rules: Programme, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args, **kwargs)
        field = self.fields["section"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(_sections_to_choose(rules))


class AnswerForm(AskForm):
    """The question as everybody will read it, and its answer; a published one asks a reason too."""

    section = forms.ChoiceField(label="Waarover gaat de vraag?", required=False)
    text = None  # type: ignore[assignment]  # takes the field of what was asked away
    wording = forms.CharField(
        label="De vraag, zoals iedereen ze leest",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Haal weg wat zegt wie de vraag stelde.",
    )
    answer = forms.CharField(
        label="Het antwoord", required=False, max_length=6000, widget=forms.Textarea(attrs={"rows": 8})
    )
    reason = forms.CharField(
        label="Waarom verbetert u het antwoord?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, published: bool, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args, **kwargs)
        del self.fields["section" if published else "reason"]

    @staticmethod
    def initial_of(question: CallQuestion, latest: CallAnswer | None) -> dict[str, object]:
        """What stands ready: the newest published text, else the draft, else what was asked."""
        if latest is not None:
            return {"wording": latest.wording, "answer": latest.text}
        wording = question.wording or question.asked
        return {"section": question.section, "wording": wording, "answer": question.draft}
