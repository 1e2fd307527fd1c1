"""The forms of a section's own fields, and the forms around a proposal: beginning one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms

from wijkcontract.accounts.formfields import Helped
from wijkcontract.calls.models import Call
from wijkcontract.proposals.forms.fields import DraftForm, day, long_text, set_choices, text, version_shown, whole
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.parts import BLOCKS
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.periods import day_nl
from wijkcontract.rules.programme import Question
from wijkcontract.rules.sectors import sectors_fault


class AnswersForm(DraftForm):
    """The texts of one section. A text that is too long is kept and named by the findings, never cut off."""

    version = version_shown()

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            self.fields[question.code] = forms.CharField(
                label=question.label,
                required=False,
                help_text=_help(question),
                widget=forms.Textarea(attrs={"rows": 6, "data-most": question.max_chars}),
            )

    def answers(self) -> dict[str, str]:
        return {question.code: self.cleaned_data[question.code] for question in self.questions}


def _help(question: Question) -> str:
    """What the question asks, and how long the answer may be: "Hoogstens 1.800 tekens."."""
    return f"{question.help} Hoogstens {format(question.max_chars, ',').replace(',', '.')} tekens."


class BasicsForm(DraftForm):
    """The title and the neighbourhood."""

    version = version_shown()
    title = text("Titel van het voorstel", required=True)
    neighbourhood = text("Naam van de wijk")
    sectors = forms.CharField(
        label="Statistische sectoren",
        required=False,
        help_text="De codes van de sectoren die samen de wijk zijn, gescheiden door komma's. Bijvoorbeeld 42006A20-.",
    )
    inhabitants = whole("Aantal inwoners van de wijk")

    def clean_sectors(self) -> str:
        typed: str = self.cleaned_data["sectors"]
        if fault := sectors_fault(typed):
            raise forms.ValidationError(fault)
        return typed


class TermForm(DraftForm):
    """When the contract would run."""

    version = version_shown()
    term_start = day("Begin van het contract")
    term_end = day("Einde van het contract")


class TargetGroupsForm(DraftForm):
    """The groups that the participation process reaches."""

    version = version_shown()
    target_groups = long_text("Welke groepen bereikt het proces?", "Een groep per regel.", rows=3)


BLOCK_FORMS: Final[Mapping[str, tuple[str, type[DraftForm]]]] = {
    "wijk": ("De wijk", BasicsForm),
    "looptijd": ("Looptijd", TermForm),
    "groepen": ("Doelgroepen", TargetGroupsForm),
}
"""The title and the form of each block of fields on the proposal itself (`parts.BLOCKS`)."""


def block_forms(section: str) -> list[tuple[str, str, type[DraftForm]]]:
    """The blocks of a section: code, title, form."""
    return [(code, *BLOCK_FORMS[code]) for code, (place, _) in BLOCKS.items() if place == section]


class StartForm(forms.Form):
    """Begin a proposal: which call, a first title, and an earlier proposal to begin from; the last only when there is one."""

    call = forms.ChoiceField(label="Oproep", widget=forms.RadioSelect)
    title = text("Titel", required=True, help_text="U kunt de titel later nog veranderen.")

    source = forms.ChoiceField(
        label="Begin vanaf een eerder voorstel",
        required=False,
        help_text=(
            "Teksten en onderdelen komen mee. Elk engagement staat weer op 'Gevraagd'. "
            "Besluiten, documenten en vastgelegde cijfers komen niet mee."
        ),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's
        calls: Iterable[Call],
        earlier: Iterable[Proposal] = (),
        **kwargs: Any,  # noqa: ANN401 - Django's
    ) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self.fields["call"], [(str(call.pk), _described(call)) for call in calls])
        known = [(str(one.pk), f"{one.title} ({one.call.title}, {one.get_state_display().lower()})") for one in earlier]
        if known:
            set_choices(self.fields["source"], [("", "Nee, begin met een leeg voorstel"), *known])
        else:
            del self.fields["source"]


def _described(call: Call) -> Helped:
    """A call with what one must know before choosing it: until when, and how much at most."""
    ceiling = format_nl(call.programme.limits.subsidy_ceiling)
    until = f"Indienen kan tot en met {day_nl(call.last_day)}. " if call.last_day else ""
    return Helped(call.title, f"{until}De subsidie is hoogstens {ceiling} euro.")
