"""The agency's pages of proposals: the list over all calls, one submitted dossier, and whether it is admissible (R16)."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wijkcontract.calls.queries import visible_calls
from wijkcontract.proposals import clarification_queries, operations, policy, queries
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import clock, completeness
from wijkcontract.rules.verdicts import NotVisible, require
from wijkcontract.web.agency.proposals.following import next_step
from wijkcontract.web.agency.proposals.listing import (
    counts_for,
    filters_from,
    in_order,
    matching,
    sort_links,
    state_chips,
)
from wijkcontract.web.clarification_pages import clarification_views, version_label
from wijkcontract.web.components.dossier_files import file_urls
from wijkcontract.web.components.parts import Dossier, Link
from wijkcontract.web.components.proposal_dossier import build
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page, paginate
from wijkcontract.web.papers.download import as_file
from wijkcontract.web.papers.proposal import frozen_paper

WAITING_STATES = (ProposalState.SUBMITTED, ProposalState.INADMISSIBLE)
FORM = ["GET", "HEAD", "POST"]


class InadmissibleForm(forms.Form):
    """Why a proposal is not admissible; the applicant reads it."""

    reason = forms.CharField(
        label="Reden",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="De gemeente leest deze reden. Noem de voorwaarde en wat ontbreekt.",
    )


@require_safe
@for_audience("agency")
def proposals(request: ActorRequest) -> HttpResponse:
    """Proposals that the reader may read, over all calls; of an open call only how many there are."""
    filters = filters_from(request.GET)
    found = matching(queries.visible_proposals(request.actor), filters)
    calls = {call.pk: call for call in visible_calls(request.actor).defer("terms", "summary")}
    counted = counts_for(request.actor)
    shown = paginate(request, in_order(found, filters))
    context = {
        "page": shown,
        "rows": [(row, calls.get(row.call_id)) for row in shown.items],
        "calls": calls.values(),
        "waiting": [(call, (counted or {}).get(call.pk, 0)) for call in calls.values() if call.is_open],
        "shows_counts": counted is not None,
        "filters": filters,
        "chips": state_chips(found, filters),
        "sorts": sort_links(filters),
    }
    return page(request, "agency/proposals/list.html", context)


@require_safe
@for_audience("agency")
def proposal(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """One submitted proposal as it was frozen, with what the rules say about it."""
    found = queries.get_proposal(request.actor, proposal_id)
    submission = queries.latest_submission(found)
    if submission is None:
        raise NotVisible
    programme = found.call.programme
    document = queries.frozen_document(submission)
    visible = policy.readable_sections(request.actor, found)
    findings = completeness.check(document, programme, clock.day_of(submission.arrived_at))
    asked = clarification_queries.clarifications(request.actor, found)
    context = {
        "clarifications": clarification_views(asked, programme),
        "may_ask": policy.may_ask_clarification(request.actor, found),
        "version": version_label(submission, asked, programme),
        "proposal": found,
        "submission": submission,
        "dossier": _dossier(found),
        "view": build(document, programme, findings, only=visible, file_urls=file_urls(document)),
        "may_decide": policy.may_declare_admissible(request.actor, found),
        "waits": found.state in WAITING_STATES,
        "next_step": next_step(request.actor, found),
    }
    return page(request, "agency/proposals/detail.html", context)


@require_safe
@for_audience("agency")
def proposal_document(request: ActorRequest, proposal_id: uuid.UUID, kind: str) -> HttpResponse:
    """The submitted proposal as Word or PDF: what the page shows this reader, and no more."""
    found = queries.get_proposal(request.actor, proposal_id)
    submission = queries.latest_submission(found)
    if submission is None:
        raise NotVisible
    paper = frozen_paper(submission, found.call, policy.readable_sections(request.actor, found))
    return as_file(paper, kind, f"{found.title} versie {submission.number}")


@require_http_methods(FORM)
@for_audience("agency")
def proposal_admissible(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """What it means to declare a proposal admissible, and the button that does it."""
    found = _decidable(request, proposal_id)
    if found.state not in WAITING_STATES:
        return _decided_already(request, found)
    if request.method == "POST":
        operations.declare_admissible(actor=request.actor, proposal_id=proposal_id)
        return done(request, "Het voorstel is ontvankelijk.", "agency:proposal", proposal_id)
    context = {"proposal": found, "dossier": _dossier(found, "Ontvankelijk")}
    return page(request, "agency/proposals/admissible.html", context)


@require_http_methods(FORM)
@for_audience("agency")
def proposal_inadmissible(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Why a proposal is not admissible."""
    found = _decidable(request, proposal_id)
    if found.state != ProposalState.SUBMITTED:
        return _decided_already(request, found)
    form = InadmissibleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            reason = form.cleaned_data["reason"]
            operations.declare_inadmissible(actor=request.actor, proposal_id=proposal_id, reason=reason)
            return done(request, "Het voorstel is onontvankelijk.", "agency:proposal", proposal_id)
    context = {"proposal": found, "form": form, "dossier": _dossier(found, "Onontvankelijk")}
    return page(request, "agency/proposals/inadmissible.html", context)


def _decidable(request: ActorRequest, proposal_id: uuid.UUID) -> Proposal:
    """The proposal, for who may declare it admissible or not; others get the reason."""
    found = queries.get_proposal(request.actor, proposal_id)
    require(policy.may_declare_admissible(request.actor, found))
    return found


def _decided_already(request: ActorRequest, found: Proposal) -> HttpResponse:
    """A second click or a stale page: say how the proposal stands, change nothing."""
    messages.info(request, f"Dit voorstel heeft al de stand '{found.get_state_display()}'.")
    return redirect("agency:proposal", found.pk)


def _dossier(found: Proposal, here: str = "") -> Dossier:
    crumbs = [Link("Voorstellen", reverse("agency:proposals"))]
    if here:
        crumbs.append(Link(found.title, reverse("agency:proposal", args=[found.pk])))
    crumbs.append(Link(here or found.title))
    return Dossier(
        title=f"{here}: {found.title}" if here else found.title,
        crumbs=crumbs,
        state=found.state,
        state_label=str(found.get_state_display()),
        meta=f"{found.applicant.name}, {found.neighbourhood}" if found.neighbourhood else found.applicant.name,
    )
