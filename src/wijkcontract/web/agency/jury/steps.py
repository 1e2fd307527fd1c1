"""The steps of the agency in a jury, each a form of its own: appointment, invitations, start, lock, conflicts, minutes."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from wijkcontract.jury import forms, operations, policy, queries
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused, Verdict, require
from wijkcontract.web.components.parts import Link
from wijkcontract.web.http import ActorRequest, apply_faults, done, for_audience, page
from wijkcontract.web.jury_pages import jury_dossier, jury_link, minutes_form

FORM = ["GET", "HEAD", "POST"]
Act = Callable[[dict[str, Any]], object]


@require_http_methods(FORM)
@for_audience("agency")
def appointment(request: ActorRequest, jury_id: uuid.UUID) -> HttpResponse:
    """The document of the appointment."""
    form = forms.AppointmentForm(request.POST or None, request.FILES or None)
    return _step(
        request, jury_id, form, policy.may_compose(request.actor),
        lambda data: operations.attach_appointment(actor=request.actor, jury_id=jury_id, upload=data["upload"]),
        "Document van de aanstelling", "Voeg toe", "Het document is toegevoegd.",
    )  # fmt: skip


@require_http_methods(FORM)
@for_audience("agency")
def invite(request: ActorRequest, jury_id: uuid.UUID) -> HttpResponse:
    """Record the invitation of a minister."""
    return _step(
        request, jury_id, forms.InvitationForm(request.POST or None), policy.may_compose(request.actor),
        lambda data: operations.invite_minister(actor=request.actor, jury_id=jury_id, **data),
        "Minister uitgenodigd", "Leg vast", "De uitnodiging is vastgelegd.",
    )  # fmt: skip


@require_http_methods(FORM)
@for_audience("agency")
def reply(request: ActorRequest, jury_id: uuid.UUID, invitation_id: int) -> HttpResponse:
    """Record what an invited minister answered."""
    jury = queries.get_jury(request.actor, jury_id)
    invitation = next((one for one in queries.invitations(request.actor, jury) if one.pk == invitation_id), None)
    if invitation is None:
        raise NotVisible
    form = forms.ReplyForm(
        request.POST or None, initial={"reply": invitation.reply, "delegate": invitation.delegate}
    )  # fmt: skip
    return _step(
        request, jury_id, form, policy.may_compose(request.actor),
        lambda data: operations.record_reply(
            actor=request.actor, jury_id=jury_id, invitation_id=invitation_id, **data
        ),
        f"Antwoord van {invitation.minister}", "Leg vast", "Het antwoord is vastgelegd.",
    )  # fmt: skip


@require_http_methods(FORM)
@for_audience("agency")
def start(request: ActorRequest, jury_id: uuid.UUID) -> HttpResponse:
    """Send the admissible proposals to the jury."""
    jury = queries.get_jury(request.actor, jury_id)
    waiting = queries.waiting_proposals(request.actor, jury)
    noun = "ontvankelijk voorstel gaat" if waiting == 1 else "ontvankelijke voorstellen gaan"
    return _step(
        request, jury_id,
        forms.StartForm(request.POST if request.method == "POST" else None, initial={"score_until": jury.score_until}),
        policy.may_compose(request.actor),
        lambda data: operations.start_scoring(actor=request.actor, jury_id=jury_id, **data),
        "Start de beoordeling", "Start", "De voorstellen zijn bij de jury.",
        f"{waiting} {noun} naar de jury. De leden krijgen bij het begin een bericht.",
    )  # fmt: skip


@require_http_methods(FORM)
@for_audience("agency")
def lock(request: ActorRequest, jury_id: uuid.UUID) -> HttpResponse:
    """Confirm the lock that the chair asked."""
    jury = queries.get_jury(request.actor, jury_id)
    return _step(
        request, jury_id, django_forms.Form(request.POST if request.method == "POST" else None),
        policy.may_confirm_lock(request.actor, jury),
        lambda _: operations.lock_scores(actor=request.actor, jury_id=jury_id),
        "Bevestig het vergrendelen", "Vergrendel de punten", "De punten zijn vergrendeld.",
        "Daarna geeft niemand nog punten, en lezen de stemgerechtigde leden elkaars punten. "
        "Dit kunt u niet ongedaan maken.",
    )  # fmt: skip


@require_POST
@for_audience("agency")
def reopen(request: ActorRequest, jury_id: uuid.UUID) -> HttpResponse:
    """Send the question to lock back."""
    operations.reopen_scores(actor=request.actor, jury_id=jury_id)
    return done(request, "De punten zijn weer open.", "agency:jury", jury_id)


@require_http_methods(FORM)
@for_audience("agency")
def conflict(request: ActorRequest, jury_id: uuid.UUID) -> HttpResponse:
    """Record or lift the conflict of a juror."""
    jury = queries.get_jury(request.actor, jury_id)
    require(policy.may_compose(request.actor))
    jurors = [one for one in queries.members(request.actor, jury) if one.kind != "observer"]
    form = forms.ConflictForm(
        request.POST or None, jurors=jurors, proposals=queries.open_proposals(request.actor, jury)
    )  # fmt: skip
    return _step(
        request, jury_id, form, policy.may_compose(request.actor),
        lambda data: operations.declare_conflict_for(
            actor=request.actor, jury_id=jury_id, juror_id=data["juror_id"], proposal_id=data["proposal_id"],
            has_conflict=data["has_conflict"] == "yes", reason=data["reason"],
        ),
        "Belangenconflict van een lid", "Leg vast", "De verklaring is vastgelegd.",
    )  # fmt: skip


@require_http_methods(FORM)
@for_audience("agency")
def call_up(request: ActorRequest, jury_id: uuid.UUID) -> HttpResponse:
    """Call a member of a Flemish body to a proposal."""
    jury = queries.get_jury(request.actor, jury_id)
    verdict = policy.may_call_up(request.actor, queries.seat_of(request.actor, jury), jury)
    require(verdict)
    jurors = [one for one in queries.members(request.actor, jury) if one.kind == "non_voting"]
    form = forms.CallUpForm(
        request.POST or None, jurors=jurors, proposals=queries.open_proposals(request.actor, jury)
    )  # fmt: skip
    return _step(
        request, jury_id, form, verdict,
        lambda data: operations.call_up(actor=request.actor, jury_id=jury_id, **data),
        "Roep een Vlaamse instantie op", "Roep op", "Het lid is opgeroepen en leest het voorstel na de verklaring.",
        "Een instantie aan wie een engagement werd gevraagd, is vanzelf opgeroepen.",
    )  # fmt: skip


@require_http_methods(FORM)
@for_audience("agency")
def minutes(request: ActorRequest, jury_id: uuid.UUID) -> HttpResponse:
    """The minutes of the whole meeting."""
    jury = queries.get_jury(request.actor, jury_id)
    verdict = policy.may_write_minutes(request.actor, queries.seat_of(request.actor, jury), jury)
    return _step(
        request, jury_id, minutes_form(request, jury), verdict,
        lambda data: operations.save_minutes(actor=request.actor, jury_id=jury_id, **data),
        "Verslag van de vergadering", "Bewaar het verslag", "Het verslag is bewaard.",
    )  # fmt: skip


@require_http_methods(FORM)
@for_audience("agency")
def deliberate(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Minutes and draft advice of one proposal: also of one that is closed to the chair."""
    jury = queries.jury_of_proposal(request.actor, proposal_id)
    row = queries.deliberation_of(request.actor, jury, proposal_id)
    verdict = policy.may_write_minutes(request.actor, queries.seat_of(request.actor, jury), jury)
    require(verdict)
    if row is None:
        raise Refused("U hebt een belangenconflict bij dit voorstel. Een collega maakt het verslag.")
    form = forms.DeliberationForm(request.POST or None, initial=forms.DeliberationForm.initial_of(row))
    return _step(
        request, jury.pk, form, verdict,
        lambda _: operations.save_deliberation(
            actor=request.actor, jury_id=jury.pk, proposal_id=proposal_id, **form.values()
        ),
        "Verslag en advies", "Bewaar", "Het verslag is bewaard.",
        back=f"{reverse('agency:jury_table', args=[jury.pk])}?voorstel={proposal_id}#nu",
    )  # fmt: skip


def _step(
    request: ActorRequest,
    jury_id: uuid.UUID,
    form: django_forms.Form,
    verdict: Verdict,
    act: Act,
    title: str,
    button: str,
    message: str,
    text: str = "",
    *,
    back: str = "",
) -> HttpResponse:
    """One form: show it, do what it asks, or show it again with every fault."""
    jury = queries.get_jury(request.actor, jury_id)
    require(verdict)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Invalid as invalid:
            apply_faults(form, invalid)
        else:
            return done(request, message, "agency:jury", jury_id)
    context = {
        "jury": jury,
        "form": form,
        "title": title,
        "button": button,
        "text": text,
        "back": back or reverse("agency:jury", args=[jury_id]),
        "dossier": jury_dossier(jury, "agency", title, jury_link(jury), Link(title)),
    }
    return page(request, "agency/jury/step.html", context)
