"""The forms of the jury: what a person types, before an operation looks at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from wijkcontract.accounts.formfields import DayField, Helped
from wijkcontract.calls.models import Call, Criterion
from wijkcontract.jury.models import BodyEngagement, Feasibility, Juror, JurorKind, Reply
from wijkcontract.jury.queries import Candidate, DeliberationRow, OwnAssessment
from wijkcontract.proposals.models import Pledge, Proposal
from wijkcontract.rules.programme import Scoring

Data = Any
KIND_SENTENCES = {
    JurorKind.VOTING: "Externe deskundige. Geeft punten.",
    JurorKind.NON_VOTING: "Lid van een Vlaamse instantie. Geeft een standpunt, stemt niet.",
    JurorKind.OBSERVER: "Vertegenwoordiger van de minister. Volgt, stemt niet.",
}
YES_NO = (("yes", "Gunstig"), ("no", "Ongunstig"))


def _choices(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a choice field


class ComposeForm(forms.Form):
    """The appointment of a jury by the minister."""

    call_id = forms.ChoiceField(label="Oproep")
    appointed_on = DayField(label="Aangesteld op")
    appointment = forms.CharField(
        label="Ministerieel besluit", max_length=200, help_text="Nummer en datum van het besluit van de minister."
    )

    def __init__(self, data: Data = None, *, calls: Iterable[Call], initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        _choices(self, "call_id", [(str(call.pk), call.title) for call in calls])


class AppointmentForm(forms.Form):
    """The document of the appointment."""

    upload = forms.FileField(label="Document van de aanstelling", help_text="PDF of Word, ondertekend.")


class KindForm(forms.Form):
    """Search for someone to sit in the jury: first what kind of seat, then who."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label="Soort lid",
        choices=[(kind.value, Helped(str(kind.label), KIND_SENTENCES[kind])) for kind in JurorKind],
        widget=forms.RadioSelect,
    )
    q = forms.CharField(label="Naam of organisatie", required=False, max_length=100)


class MemberForm(forms.Form):
    """The seat of one person."""

    person_id = forms.ChoiceField(label="Persoon", widget=forms.RadioSelect)
    kind = forms.ChoiceField(choices=JurorKind.choices, widget=forms.HiddenInput(attrs={"id": False}))
    is_chair = forms.BooleanField(label="Voorzitter van de jury", required=False)

    def __init__(self, data: Data = None, *, candidates: Sequence[Candidate], kind: str = "") -> None:
        super().__init__(data, initial={"kind": kind})
        found = [(str(one.person_id), Helped(one.name, one.organisation)) for one in candidates]
        _choices(self, "person_id", found)


class StartForm(forms.Form):
    """The start of the assessment."""

    score_until = DayField(label="Punten geven tot en met", required=False)


class LockForm(forms.Form):
    """The chair asks to lock."""

    accept_missing = forms.BooleanField(
        label="Vergrendel ook als er nog verklaringen of punten ontbreken",
        required=False,
        help_text="Wat ontbreekt, telt niet mee. Het logboek houdt bij bij hoeveel voorstellen iets ontbrak.",
    )


class InvitationForm(forms.Form):
    """The invitation of a minister."""

    minister = forms.CharField(label="Minister", max_length=200, help_text="De functie, zoals 'minister van Wonen'.")
    invited_on = DayField(label="Uitgenodigd op")


class ReplyForm(forms.Form):
    """What the minister answered."""

    reply = forms.ChoiceField(label="Antwoord", choices=Reply.choices, widget=forms.RadioSelect)
    delegate = forms.CharField(label="Afgevaardigde", max_length=200, required=False)


class CallUpForm(forms.Form):
    """Call a member of a Flemish body to a proposal."""

    juror_id = forms.ChoiceField(label="Lid van een Vlaamse instantie")
    proposal_id = forms.ChoiceField(label="Voorstel")

    def __init__(self, data: Data = None, *, jurors: Iterable[Juror], proposals: Iterable[Proposal]) -> None:
        super().__init__(data)
        bodies = [(str(one.pk), f"{one.organisation.name}: {one.person.name}") for one in jurors]
        _choices(self, "juror_id", bodies)
        _choices(self, "proposal_id", [(str(one.pk), f"{one.applicant.name}: {one.title}") for one in proposals])


class ConflictForm(forms.Form):
    """The chair or the agency records, or lifts, a conflict of another juror."""

    juror_id = forms.ChoiceField(label="Lid")
    proposal_id = forms.ChoiceField(label="Voorstel")
    has_conflict = forms.ChoiceField(
        label="Wat",
        choices=(("yes", "Een belangenconflict melden"), ("no", "Een gemeld belangenconflict intrekken")),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Waarom", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Data = None, *, jurors: Iterable[Juror], proposals: Iterable[Proposal]) -> None:
        super().__init__(data)
        _choices(self, "juror_id", [(str(one.pk), one.person.name) for one in jurors])
        _choices(self, "proposal_id", [(str(one.pk), f"{one.applicant.name}: {one.title}") for one in proposals])


class DeclarationForm(forms.Form):
    """Does the juror have a conflict of interest on this proposal? A conflict asks a reason."""

    mark_optional = False

    has_conflict = forms.ChoiceField(
        label="Hebt u een belangenconflict?",
        choices=(
            ("no", Helped("Nee, geen conflict", "Het voorstel gaat voor u open.")),
            ("yes", Helped("Ja, een conflict", "Het voorstel sluit voor u. U ziet geen inhoud, punten of rang.")),
        ),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Reden bij een conflict",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bijvoorbeeld: u adviseerde deze stad. De voorzitter en het agentschap lezen dit.",
    )


class ScoreForm(forms.Form):
    """The points per criterion on the scale of the call, and the motivation. A draft may leave points open."""

    mark_optional = False
    motivation = forms.CharField(
        label="Motivering", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="De andere stemgerechtigde leden lezen dit na het vergrendelen.",
    )  # fmt: skip

    def __init__(self, data: Data = None, *, criteria: Sequence[Criterion], scale: Scoring, own: OwnAssessment) -> None:
        super().__init__(data, initial={"motivation": own.motivation})
        self.codes = [one.code for one in criteria]
        for one in criteria:
            highest = min(scale.highest, one.max_points)
            field = forms.TypedChoiceField(
                label=one.name,
                choices=[("", "–"), *((str(points), str(points)) for points in range(scale.lowest, highest + 1))],
                coerce=int,
                empty_value=None,
                required=False,
                help_text=f"{one.guidance} Gewicht {one.weight}.".strip(),
                initial=own.points.get(one.code, ""),
                widget=forms.Select(attrs={"class": "input--s"}),
            )
            self.fields[f"points_{one.code}"] = field
        self.order_fields([*(f"points_{code}" for code in self.codes), "motivation"])

    @property
    def points(self) -> dict[str, int | None]:
        """The points by code of the criterion; None where nothing was given."""
        return {code: self.cleaned_data[f"points_{code}"] for code in self.codes}


class NoteForm(forms.Form):
    """A juror's own notes."""

    mark_optional = False
    text = forms.CharField(
        label="Uw notities", required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Alleen u leest dit.",
    )  # fmt: skip


class PositionForm(forms.Form):
    """The position of a Flemish body."""

    mark_optional = False
    pledge_id = forms.ChoiceField(label="Waarover", required=False, widget=forms.RadioSelect)
    feasibility = forms.ChoiceField(label="Is het haalbaar?", choices=Feasibility.choices, widget=forms.RadioSelect)
    engagement = forms.ChoiceField(
        label="Wat zegt uw instantie toe?", choices=BodyEngagement.choices, widget=forms.RadioSelect
    )
    motivation = forms.CharField(label="Motivering", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, data: Data = None, *, pledges: Iterable[Pledge]) -> None:
        asked = [(str(one.pk), one.what) for one in pledges]
        super().__init__(data, initial={"pledge_id": asked[0][0] if asked else ""})
        _choices(self, "pledge_id", [*asked, ("", "Het voorstel in zijn geheel")])


class MinutesForm(forms.Form):
    """The minutes of the whole meeting."""

    deliberated_on = DayField(label="Dag van de beraadslaging")
    minutes = forms.CharField(
        label="Verslag van de vergadering", required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Elk lid leest dit. Schrijf wat over één voorstel gaat bij dat voorstel.",
    )  # fmt: skip


class DeliberationForm(forms.Form):
    """Minutes and draft advice of one proposal."""

    minutes = forms.CharField(
        label="Verslag bij dit voorstel", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 5})
    )
    motivation = forms.CharField(
        label="Motivering van de jury", required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 5})
    )
    is_favourable = forms.ChoiceField(
        label="Voorstel van advies", required=False, choices=YES_NO, widget=forms.RadioSelect
    )

    @staticmethod
    def initial_of(row: DeliberationRow) -> dict[str, str]:
        """What was kept before."""
        advice = {None: "", True: "yes", False: "no"}[row.is_favourable]
        return {"minutes": row.minutes, "motivation": row.motivation, "is_favourable": advice}

    def values(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        return {
            "minutes": data["minutes"],
            "motivation": data["motivation"],
            "is_favourable": {"yes": True, "no": False}.get(data["is_favourable"]),
        }
