"""The forms of what colleagues say to each other: a comment, a reply, a task, and who sees to a section."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from wijkcontract.accounts.formfields import DayField
from wijkcontract.proposals.forms.fields import NOTHING_CHOSEN, set_choices
from wijkcontract.proposals.models import WorkState
from wijkcontract.proposals.models.team import LONGEST_COMMENT
from wijkcontract.proposals.operations import Task
from wijkcontract.proposals.team_queries import Colleague


def _key() -> forms.UUIDField:
    """The id that the page chooses for what is written, so that a second click writes it once."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


def _tell() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Verwittig per mail",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--2"}),
        help_text="U kunt een collega ook in de tekst noemen, met @ en de naam of de functie.",
    )


def _text(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_COMMENT, widget=forms.Textarea(attrs={"rows": 4}))


class TaskForm(forms.Form):
    """Who does something about a comment, and by when."""

    assignee = forms.ChoiceField(label="Wie doet dit?", required=False)
    due_on = DayField(label="Tegen wanneer?", required=False)

    def __init__(self, *args: Any, people: Iterable[Colleague], **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        set_choices(self.fields["assignee"], [("", "Niemand in het bijzonder"), *_named(people)])

    def task(self) -> Task:
        return Task(self.cleaned_data["assignee"], self.cleaned_data["due_on"])


class CommentForm(TaskForm):
    """A new comment: what it is about, who is told, and whether it is a task. `subjects` are codes with their labels."""

    key = _key()
    text = _text("Uw opmerking")
    about = forms.ChoiceField(label="Waarover?", required=False)
    tell = _tell()
    field_order = ("key", "text", "about", "assignee", "due_on", "tell")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's
        people: Sequence[Colleague],
        me: str,
        subjects: Iterable[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401 - Django's
    ) -> None:
        super().__init__(*args, people=people, **kwargs)
        set_choices(self.fields["about"], [("", "Het hele onderdeel"), *subjects])
        _offer(self, people, me)


class ReplyForm(forms.Form):
    """A reply to a comment."""

    key = _key()
    text = _text("Uw antwoord")
    tell = _tell()

    def __init__(self, *args: Any, people: Iterable[Colleague], me: str, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        _offer(self, people, me)


class CommentTextForm(forms.Form):
    """The text of an own comment again."""

    text = _text("Uw opmerking")


class SectionWorkForm(forms.Form):
    """How far a section is and who sees to it."""

    state = forms.ChoiceField(label="Stand", choices=WorkState, widget=forms.RadioSelect)
    editor = forms.ChoiceField(label="Verantwoordelijk", required=False)
    mark_optional = False

    def __init__(self, *args: Any, people: Iterable[Colleague], **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        set_choices(self.fields["editor"], [NOTHING_CHOSEN, *_named(one for one in people if one.writes)])


def _named(people: Iterable[Colleague]) -> list[tuple[str, str]]:
    return [(one.id, one.name) for one in people]


def _offer(form: forms.Form, people: Iterable[Colleague], me: str) -> None:
    """Offer the others to be told; the field goes when one works alone."""
    others = _named(one for one in people if one.id != me)
    if others:
        set_choices(form.fields["tell"], others)
    else:
        del form.fields["tell"]


class ReaderForm(forms.Form):
    """A partner from outside who may read the draft."""

    new_id = _key()
    name = forms.CharField(label="Naam", max_length=200)
    partner_name = forms.CharField(label="Organisatie", max_length=200)
    email = forms.EmailField(label="E-mailadres", max_length=254, help_text="Naar dit adres gaat de uitnodiging.")
