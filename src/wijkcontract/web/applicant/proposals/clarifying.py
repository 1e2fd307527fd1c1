"""The questions of the agency about a submitted proposal: reading them, preparing the answer, sending it (R16)."""

from __future__ import annotations

import uuid

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from wijkcontract.proposals import clarification_queries, operations, policy, queries
from wijkcontract.proposals.clarifying import answer_faults, clarified
from wijkcontract.proposals.models import Clarification
from wijkcontract.rules.verdicts import Fault, NotVisible, require
from wijkcontract.web.applicant.proposals import presenters
from wijkcontract.web.clarification_pages import clarification_view, clarification_views
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page
from wijkcontract.web.section_differences import section_differences

FORM = ["GET", "HEAD", "POST"]
UNREADABLE = 422


class AnswerForm(forms.Form):
    """The text of the answer, and which text it was written over."""

    mark_optional = False

    answer = forms.CharField(
        label="Antwoord",
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Het agentschap leest dit pas nadat de indiener het verstuurt.",
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


@require_safe
@for_audience("applicant")
def clarifications(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Every question about a proposal, with its answer."""
    found = queries.get_proposal(request.actor, proposal_id)
    asked = clarification_queries.clarifications(request.actor, found)
    context = {
        "proposal": found,
        "clarifications": clarification_views(asked, found.call.programme),
        "dossier": presenters.dossier(found, "Verduidelijkingen"),
    }
    return page(request, "applicant/proposals/clarifications.html", context)


@require_http_methods(FORM)
@for_audience("applicant")
def clarification(request: ActorRequest, proposal_id: uuid.UUID, clarification_id: uuid.UUID) -> HttpResponse:
    """One question; who writes prepares the answer here."""
    asked = clarification_queries.get_clarification(request.actor, clarification_id, proposal_id)
    initial = {"answer": asked.answer, "version": asked.answer_version}
    form = AnswerForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            with faults_on(form):
                operations.write_clarification_answer(
                    actor=request.actor, clarification_id=asked.pk, **form.cleaned_data
                )
                return done(request, "Uw antwoord is bewaard.", "applicant:clarification", asked.proposal_id, asked.pk)
            asked = clarification_queries.get_clarification(request.actor, clarification_id, proposal_id)
            typed = request.POST.copy()
            typed["version"] = str(asked.answer_version)
            form.data = typed
        status = UNREADABLE
    return _page(request, asked, "applicant/proposals/clarification.html", form, status)


@require_http_methods(FORM)
@for_audience("applicant")
def clarification_send(request: ActorRequest, proposal_id: uuid.UUID, clarification_id: uuid.UUID) -> HttpResponse:
    """What sending means, what changes, what still stops it, and the button that does it."""
    asked = clarification_queries.get_clarification(request.actor, clarification_id, proposal_id)
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        with faults_on(form):
            made = operations.send_clarification(
                actor=request.actor, clarification_id=asked.pk, arrival=request.arrival
            )
            message = f"Uw antwoord is verstuurd. Dit is nu versie {made.number}."
            return done(request, message, "applicant:clarification", asked.proposal_id, asked.pk)
    elif asked.after_id is not None:
        return redirect("applicant:clarification", asked.proposal_id, asked.pk)
    require(policy.may_send_answer(request.actor, asked, request.arrival.at))
    return _page(request, asked, "applicant/proposals/clarification_send.html", form)


def _page(
    request: ActorRequest, asked: Clarification, template: str, form: forms.Form, status: int = 200
) -> HttpResponse:
    programme = asked.proposal.call.programme
    context = {
        "proposal": asked.proposal,
        "asked": asked,
        "one": clarification_view(asked, programme),
        "form": form,
        "dossier": presenters.dossier(asked.proposal, f"Verduidelijking {asked.number}"),
        "may_write": policy.may_write_answer(request.actor, asked),
        "may_send": policy.may_send_answer(request.actor, asked, request.arrival.at),
        "changes": [],
        "faults": [],
    }
    if asked.is_open:
        context |= _prepared(request, asked)
    return page(request, template, context, status=status)


def _prepared(request: ActorRequest, asked: Clarification) -> dict[str, object]:
    """What the answer would change if it were sent now, and what stops it."""
    latest = queries.latest_submission(asked.proposal)
    if latest is None:
        raise NotVisible
    frozen = queries.frozen_document(latest)
    document = clarified(asked, frozen)
    faults: list[Fault] = answer_faults(asked, frozen, document, request.arrival.at.date())
    changes = section_differences(frozen, document, asked.proposal.call.programme, asked.section)
    return {"changes": changes, "faults": faults}
