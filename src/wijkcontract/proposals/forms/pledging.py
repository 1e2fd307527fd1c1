"""The form of a partner behind its link: an answer on each of its pledges, and who gives it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from wijkcontract.accounts.formfields import Helped
from wijkcontract.proposals import pledges
from wijkcontract.proposals.models import AnswerKind, Pledge
from wijkcontract.proposals.operations import Reply

ANSWERS: Final = (
    (AnswerKind.CONFIRMED.value, Helped("Ik bevestig", "Mijn organisatie doet wat hier staat.")),
    (AnswerKind.CHANGE_ASKED.value, Helped("Ik vraag een wijziging", "Schrijf hieronder wat anders moet.")),
    (AnswerKind.DECLINED.value, Helped("Ik weiger", "Mijn organisatie doet dit niet. Schrijf hieronder waarom.")),
)


class PledgeAnswersForm(forms.Form):
    """Nothing is required here: the operation says everything that lacks, at once. A word of the pledge cannot be typed."""

    mark_optional = False
    use_required_attribute = False
    signed_by = forms.CharField(label="Uw naam", required=False, max_length=200)
    function = forms.CharField(label="Uw functie", required=False, max_length=200)
    may_bind = forms.BooleanField(label="Ik mag mijn organisatie verbinden", required=False)

    def __init__(self, *args: Any, asked: Sequence[Pledge], **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        self.asked = asked
        own = self.fields
        self.fields = {}
        for pledge in asked:
            self.fields |= _fields_of(pledge)
        self.fields |= own

    def blocks(self) -> list[tuple[Pledge, str, list[forms.BoundField]]]:
        """Each pledge with its words, and the fields in which it is answered."""
        return [
            (one, pledges.sentence(pledges.words_of(one)), [self[f"{name}_{one.pk}"] for name in ("kind", "remark")])
            for one in self.asked
        ]

    def seals(self) -> list[tuple[str, str]]:
        """The name and value of the hidden fields that say which words the page shows: those of now, not those of before."""
        return [(f"words_{one.pk}", pledges.words_sha256(pledges.words_of(one))) for one in self.asked]

    def who(self) -> list[forms.BoundField]:
        """The fields that say who answers."""
        return [self[name] for name in ("signed_by", "function", "may_bind")]

    def replies(self) -> list[Reply]:
        """The answers as the operation takes them."""
        data = self.cleaned_data
        return [
            Reply(str(one.pk), data[f"kind_{one.pk}"], data[f"words_{one.pk}"], data[f"remark_{one.pk}"])
            for one in self.asked
        ]


def _fields_of(pledge: Pledge) -> dict[str, forms.Field]:
    return {
        f"kind_{pledge.pk}": forms.ChoiceField(
            label="Uw antwoord", required=False, choices=ANSWERS, widget=forms.RadioSelect
        ),
        f"remark_{pledge.pk}": forms.CharField(
            label="Opmerking", required=False, max_length=2000,
            help_text="Het bestuur leest dit. Bij 'Ik bevestig' mag dit leeg blijven.",
            widget=forms.Textarea(attrs={"rows": 3}),
        ),
        f"words_{pledge.pk}": forms.CharField(required=False, max_length=64, widget=forms.HiddenInput),
    }  # fmt: skip
