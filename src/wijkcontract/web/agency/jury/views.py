"""The agency's pages of a jury: composition and appointment, the start, progress, the lock, the advice."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkcontract.jury import forms, operations, policy, queries
from wijkcontract.rules.verdicts import require
from wijkcontract.web.components.parts import Link
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page, paginate
from wijkcontract.web.jury_pages import LOCKED, deliberation, jury_dossier, jury_link

FORM = ["GET", "HEAD", "POST"]


@require_safe
@for_audience("agency")
def juries(request: ActorRequest) -> HttpResponse:
    """Every jury, and the calls that still need one."""
    may_compose = policy.may_compose(request.actor)
    context = {
        "page": paginate(request, queries.juries(request.actor)),
        "may_compose": may_compose,
        "calls": list(queries.calls_without_jury(request.actor)) if may_compose else [],
    }
    return page(request, "agency/jury/list.html", context)


@require_http_methods(FORM)
@for_audience("agency")
def jury_new(request: ActorRequest) -> HttpResponse:
    """Compose the jury of a call."""
    require(policy.may_compose(request.actor))
    calls = queries.calls_without_jury(request.actor)
    asked = request.POST.get("call_id", "") or request.GET.get("oproep", "")
    if made := _existing(request, asked):
        messages.info(request, "Deze oproep heeft al een jury.")
        return redirect("agency:jury", made)
    form = forms.ComposeForm(request.POST or None, calls=calls, initial={"call_id": asked})
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            jury = operations.compose_jury(actor=request.actor, **form.cleaned_data)
            return done(request, "De jury is aangemaakt. Voeg nu de leden toe.", "agency:jury", jury.pk)
    return page(request, "agency/jury/new.html", {"form": form, "has_calls": calls.exists()})


@require_safe
@for_audience("agency")
def jury(request: ActorRequest, jury_id: uuid.UUID) -> HttpResponse:
    """One jury: who sits in it, how far it is, what the agency must do now."""
    found = queries.get_jury(request.actor, jury_id)
    actor = request.actor
    members = list(queries.members(actor, found))
    context = {
        "jury": found,
        "dossier": jury_dossier(found, "agency", f"Jury: {found.call.title}"),
        "members": members,
        "has_chair": any(one.is_chair for one in members),
        "invitations": list(queries.invitations(actor, found)),
        "files": list(queries.appointment_files(found)) if members or policy.may_compose(actor) else [],
        "progress": queries.progress(actor, found) if found.state == "scoring" else [],
        "conflicts": queries.conflicts_of(actor, found),
        "advices": queries.advices(actor, found) if found.state == "advised" else [],
        "waiting": queries.waiting_proposals(actor, found),
        "may_change": policy.may_change_members(actor, found),
        "may_confirm": policy.may_confirm_lock(actor, found),
        "may_manage": policy.may_compose(actor),
        "shows_table": found.state in LOCKED and actor.has(*policy.READS_VOTES),
    }
    return page(request, "agency/jury/detail.html", context)


@require_safe
@for_audience("agency")
def jury_table(request: ActorRequest, jury_id: uuid.UUID) -> HttpResponse:
    """The deliberation table, for who follows the jury."""
    found = queries.get_jury(request.actor, jury_id)
    return page(request, "agency/jury/table.html", deliberation(request, found, "agency"))


@require_http_methods(FORM)
@for_audience("agency")
def member_new(request: ActorRequest, jury_id: uuid.UUID) -> HttpResponse:
    """Find someone by kind of seat and name, and give the seat."""
    found = queries.get_jury(request.actor, jury_id)
    require(policy.may_change_members(request.actor, found))
    kind = request.POST.get("kind", "") or request.GET.get("kind", "voting")
    search = forms.KindForm({"kind": kind, "q": request.GET.get("q", "")})
    text = search.cleaned_data["q"] if search.is_valid() else ""
    candidates = queries.candidates(request.actor, found, kind, text)
    form = forms.MemberForm(request.POST or None, candidates=candidates, kind=kind)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.add_juror(actor=request.actor, jury_id=jury_id, **form.cleaned_data)
            return done(request, "Het lid zit in de jury.", "agency:jury", jury_id)
    context = {
        "jury": found,
        "search": search,
        "form": form,
        "candidates": candidates,
        "kind": kind,
        "dossier": jury_dossier(found, "agency", "Lid toevoegen", jury_link(found), Link("Lid toevoegen")),
    }
    return page(request, "agency/jury/member.html", context)


@require_POST
@for_audience("agency")
def member_remove(request: ActorRequest, jury_id: uuid.UUID, juror_id: uuid.UUID) -> HttpResponse:
    """Take a seat back."""
    operations.remove_juror(actor=request.actor, jury_id=jury_id, juror_id=juror_id)
    return done(request, "Het lid is uit de jury gehaald.", "agency:jury", jury_id)


def _existing(request: ActorRequest, call_id: str) -> uuid.UUID | None:
    """The jury that a call already has: a second click, or a stale page."""
    try:
        found = queries.jury_of_call(request.actor, uuid.UUID(call_id))
    except ValueError:
        return None
    return found.pk if found else None
