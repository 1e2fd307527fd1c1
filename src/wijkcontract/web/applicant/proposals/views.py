"""The list of an authority's proposals, beginning one, reading it back, submitting it, the receipt, and taking it back."""

from __future__ import annotations

import uuid

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from wijkcontract.calls.queries import open_calls
from wijkcontract.proposals import clarification_queries, operations, policy, queries, team_queries
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.forms import StartForm
from wijkcontract.proposals.sections import sections
from wijkcontract.rules.verdicts import NotVisible, require
from wijkcontract.web.applicant.proposals import presenters
from wijkcontract.web.clarification_pages import clarification_views, version_label
from wijkcontract.web.components import proposal_dossier
from wijkcontract.web.components.dossier_files import file_urls
from wijkcontract.web.components.formats import euro_unit
from wijkcontract.web.components.parts import Figure
from wijkcontract.web.http import ActorRequest, chosen_id, done, faults_on, for_audience, page, paginate
from wijkcontract.web.papers.receipt import frozen_name

EARLIER = 100
"""How many earlier proposals are offered to begin from, the last changed first."""


@require_safe
@for_audience("applicant")
def proposals(request: ActorRequest) -> HttpResponse:
    """The proposals of the own authority."""
    context = {
        "page": paginate(request, queries.visible_proposals(request.actor)),
        "may_start": policy.may_start(request.actor),
        "has_open_call": open_calls(request.actor).exists(),
    }
    return page(request, "applicant/proposals/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def proposal_new(request: ActorRequest) -> HttpResponse:
    """Begin a proposal for one of the open calls."""
    require(policy.may_start(request.actor))
    calls = list(open_calls(request.actor))
    initial = {"call": request.GET.get("oproep") or (str(calls[0].pk) if len(calls) == 1 else "")}
    earlier = queries.own_proposals(request.actor)[:EARLIER]
    new_id = chosen_id(request)
    form = StartForm(request.POST or None, calls=calls, earlier=earlier, initial=initial)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            asked = {"call_id": form.cleaned_data["call"], "title": form.cleaned_data["title"], "new_id": new_id}
            if source := form.cleaned_data.get("source"):
                made = operations.reuse_proposal(actor=request.actor, source_id=source, **asked)
            else:
                made = operations.start_proposal(actor=request.actor, **asked)
            if queries.reuse_of(made):
                return done(request, "Uw voorstel is begonnen.", "applicant:proposal_reused", made.pk)
            first = sections(made.call.programme)[0]
            return done(request, "Uw voorstel is begonnen.", "applicant:section", made.pk, first.code)
    return page(request, "applicant/proposals/new.html", {"form": form, "calls": calls, "new_id": new_id})


@require_safe
@for_audience("applicant")
def proposal_reused(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """What came along from an earlier proposal, and what did not and why."""
    found = queries.get_own_proposal(request.actor, proposal_id)
    reuse = queries.reuse_of(found)
    if reuse is None:
        raise NotVisible
    context = {
        "proposal": found,
        "reuse": reuse,
        "left_out": reuse.left_out.all(),
        "dossier": presenters.dossier(found, "Wat niet meekwam"),
        "first": sections(found.call.programme)[0],
    }
    return page(request, "applicant/proposals/reused.html", context)


@require_safe
@for_audience("applicant")
def proposal(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """A draft opens at its first section, a submitted proposal at its receipt."""
    found = queries.get_proposal(request.actor, proposal_id)
    if found.state == ProposalState.DRAFT:
        return redirect("applicant:section", found.pk, sections(found.call.programme)[0].code)
    return redirect("applicant:receipt", found.pk)


@require_safe
@for_audience("applicant")
def proposal_check(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """The whole proposal as the jury will read it, with everything that blocks or will be noticed."""
    found = queries.get_proposal(request.actor, proposal_id)
    state = presenters.state_of(request.actor, found, look_for_bytes=True)
    context = {
        "proposal": found,
        "dossier": presenters.dossier(found, "Nalezen en indienen"),
        "steps": presenters.steps(
            state,
            sections(found.call.programme),
            "nalezen",
            works=team_queries.section_work(request.actor, found),
        ),
        "todos": state.todos(),
        "blocks": state.blocks,
        "flags": state.flags,
        "view": proposal_dossier.build(
            state.document, found.call.programme, state.found, file_urls=file_urls(state.document)
        ),
        "reuse": queries.reuse_of(found) if policy.may_see_comments(request.actor, found) else None,
        "may_edit": policy.may_edit(request.actor, found),
        "reads_along": policy.only_reads_along(request.actor, found),
        "may_submit": policy.may_submit(request.actor, found),
    }
    return page(request, "applicant/proposals/check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def proposal_submit(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """What submitting means, and the button that does it. Only the mandated submitter finds the button."""
    found = queries.get_proposal(request.actor, proposal_id)
    require(policy.may_submit(request.actor, found))
    form = django_forms.Form(request.POST or None)
    if request.method == "POST":
        with faults_on(form):
            operations.submit(actor=request.actor, proposal_id=found.pk, arrival=request.arrival)
            return redirect("applicant:receipt", found.pk)
    if found.state != ProposalState.DRAFT:
        return redirect("applicant:receipt", found.pk)
    state = presenters.state_of(request.actor, found, look_for_bytes=True)
    context = {
        "proposal": found,
        "dossier": presenters.dossier(found, "Indienen"),
        "form": form,
        "blocks": state.blocks,
        "flags": state.flags,
        "figures": [
            Figure("Gevraagde subsidie", euro_unit(found.subsidy_cents)),
            Figure("Begrote kostprijs", euro_unit(found.cost_cents)),
            Figure("Oproep", found.call.title),
        ],
    }
    return page(request, "applicant/proposals/submit.html", context)


@require_safe
@for_audience("applicant")
def receipt(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """The receipt of the last submission: when it arrived, what was frozen, and how anyone can verify it."""
    found = queries.get_own_proposal(request.actor, proposal_id)
    submission = queries.latest_submission(found)
    if submission is None:
        raise NotVisible
    document = queries.frozen_document(submission)
    asked = clarification_queries.clarifications(request.actor, found)
    context = {
        "proposal": found,
        "clarifications": clarification_views(asked, found.call.programme),
        "version": version_label(submission, asked, found.call.programme),
        "submission": submission,
        "dossier": presenters.dossier(found, "Ontvangstbewijs"),
        "may_withdraw": policy.may_withdraw(request.actor, found),
        "is_current": found.state != ProposalState.DRAFT,
        "view": proposal_dossier.build(document, found.call.programme, file_urls=file_urls(document)),
    }
    return page(request, "applicant/proposals/receipt.html", context)


@require_safe
@for_audience("applicant")
def frozen(request: ActorRequest, proposal_id: uuid.UUID, number: int) -> HttpResponse:
    """The frozen bytes themselves, exactly as they were hashed."""
    submission = queries.get_submission(request.actor, proposal_id, number)
    answer = HttpResponse(submission.content.encode(), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{frozen_name(submission)}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def proposal_withdraw(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """What taking back means, and the button that does it."""
    found = queries.get_proposal(request.actor, proposal_id)
    require(policy.may_withdraw(request.actor, found, request.arrival.at))
    if request.method == "POST":
        operations.withdraw(actor=request.actor, proposal_id=found.pk, arrival=request.arrival)
        return done(request, "Uw voorstel is ingetrokken en weer een ontwerp.", "applicant:proposal_check", found.pk)
    context = {"proposal": found, "dossier": presenters.dossier(found, "Intrekken")}
    return page(request, "applicant/proposals/withdraw.html", context)
