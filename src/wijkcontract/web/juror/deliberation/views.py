"""The deliberation: the table, the lock of the chair, minutes and advice."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from wijkcontract.jury import forms, operations, policy, queries
from wijkcontract.rules.verdicts import Refused, require
from wijkcontract.web.components.parts import Link
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page
from wijkcontract.web.jury_pages import LOCKED, deliberation, jury_dossier, minutes_form

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@for_audience("juror")
def table(request: ActorRequest, jury_id: uuid.UUID) -> HttpResponse:
    """The locked points; while they are open the chair asks here to lock them (POST)."""
    jury = queries.get_jury(request.actor, jury_id)
    form = forms.LockForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.lock_scores(actor=request.actor, jury_id=jury_id, **form.cleaned_data)
            return done(
                request, "Gevraagd. Het agentschap bevestigt, dan zijn de punten vergrendeld.", "juror:table", jury_id
            )
    if jury.state not in LOCKED:
        seat = queries.seat_of(request.actor, jury)
        context = {
            "jury": jury,
            "form": form,
            "may_lock": policy.may_ask_lock(request.actor, seat, jury),
            "may_reopen": policy.may_reopen(request.actor, seat, jury),
            "dossier": jury_dossier(jury, "juror", f"Beraadslaging: {jury.call.title}"),
        }
        return page(request, "juror/deliberation/open.html", context)
    return page(request, "juror/deliberation/table.html", deliberation(request, jury, "juror"))


@require_POST
@for_audience("juror")
def reopen(request: ActorRequest, jury_id: uuid.UUID) -> HttpResponse:
    """The chair takes the question to lock back."""
    operations.reopen_scores(actor=request.actor, jury_id=jury_id)
    return done(request, "De punten zijn weer open.", "juror:table", jury_id)


@require_http_methods(FORM)
@for_audience("juror")
def minutes(request: ActorRequest, jury_id: uuid.UUID) -> HttpResponse:
    """The minutes of the whole meeting."""
    jury = queries.get_jury(request.actor, jury_id)
    require(policy.may_write_minutes(request.actor, queries.seat_of(request.actor, jury), jury))
    form = minutes_form(request, jury)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.save_minutes(actor=request.actor, jury_id=jury_id, **form.cleaned_data)
            return done(request, "Het verslag is bewaard.", "juror:table", jury_id)
    context = {
        "form": form,
        "dossier": jury_dossier(jury, "juror", "Verslag van de vergadering", _table(jury_id), Link("Verslag")),
        "title": "Verslag van de vergadering",
        "button": "Bewaar het verslag",
        "back": _table(jury_id).url,
    }
    return page(request, "juror/deliberation/form.html", context)


@require_http_methods(FORM)
@for_audience("juror")
def deliberate(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Minutes and draft advice of one proposal."""
    seat, way = queries.open_way(request.actor, proposal_id)
    require(policy.may_write_minutes(request.actor, seat, seat.jury))
    row = queries.deliberation_of(request.actor, seat.jury, proposal_id)
    if row is None:
        raise Refused("De beraadslaging begint als alle punten vergrendeld zijn.")
    form = forms.DeliberationForm(request.POST or None, initial=forms.DeliberationForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.save_deliberation(
                actor=request.actor, jury_id=seat.jury_id, proposal_id=proposal_id, **form.values()
            )
            return done(request, f"Bewaard: verslag bij {way.proposal.title}.", "juror:table", seat.jury_id)
    context = {
        "form": form,
        "dossier": jury_dossier(
            seat.jury,
            "juror",
            f"Verslag en advies: {way.proposal.title}",
            _table(seat.jury_id),
            Link(way.proposal.title),
        ),
        "title": f"Verslag en advies: {way.proposal.title}",
        "button": "Bewaar",
        "back": f"{_table(seat.jury_id).url}?voorstel={proposal_id}#nu",
    }
    return page(request, "juror/deliberation/form.html", context)


@require_POST
@for_audience("juror")
def advise(request: ActorRequest, jury_id: uuid.UUID) -> HttpResponse:
    """The chair gives the advice of the jury."""
    operations.give_advice(actor=request.actor, jury_id=jury_id)
    return done(request, "Het advies van de jury is gegeven.", "juror:table", jury_id)


def _table(jury_id: uuid.UUID) -> Link:
    return Link("Beraadslaging", reverse("juror:table", args=[jury_id]))
