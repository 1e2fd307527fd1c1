"""An applicant asks the agency something about a call, and follows what the own authority asked (R15)."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wijkcontract.calls import forms, operations, policy, queries
from wijkcontract.calls.models import Call
from wijkcontract.proposals import queries as proposals
from wijkcontract.rules.verdicts import NotVisible
from wijkcontract.web.applicant.proposals import presenters
from wijkcontract.web.components.parts import Dossier, Link
from wijkcontract.web.http import ActorRequest, chosen_id, faults_on, for_audience, page

HERE = "Vragen over de oproep"


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def call_questions(request: ActorRequest, call_id: uuid.UUID) -> HttpResponse:
    """The own questions with their state, and a form for a new one while the call takes questions.

    `?voorstel=` and `?onderdeel=` say from which section of a proposal one came: the bar leads back to it.
    """
    found = queries.get_call(request.actor, call_id)
    bar, back = _dossier(request, found)
    form = forms.AskForm(
        request.POST or None, rules=found.programme, initial={"section": request.GET.get("onderdeel", "")}
    )
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.ask_question(
                actor=request.actor, call_id=call_id, new_id=chosen_id(request), **form.cleaned_data
            )
            messages.success(request, "Uw vraag is gesteld. U krijgt een mail zodra het antwoord er is.")
            return redirect(request.get_full_path())
    context = {
        "call": found,
        "form": form,
        "dossier": bar,
        "back": back,
        "new_id": chosen_id(request),
        "may_ask": policy.may_ask(request.actor, found),
        "own": queries.own_questions(request.actor, found).prefetch_related("answers"),
        "answers": queries.published_answers(found).count(),
        "labels": {one.code: one.label for one in found.programme.sections},
    }
    return page(request, "applicant/calls/questions.html", context)


def _dossier(request: ActorRequest, found: Call) -> tuple[Dossier, Link | None]:
    """The bar above the page, and the section that one came from. Raises NotVisible for a proposal of another call."""
    asked = request.GET.get("voorstel", "")
    if not asked:
        crumbs = [Link("Voorstellen", reverse("applicant:proposals")), Link(HERE)]
        return Dossier(found.title, crumbs, found.phase, found.phase_label, heading=False), None
    proposal = proposals.get_proposal(request.actor, asked)
    if proposal.call_id != found.pk:
        raise NotVisible
    bar = presenters.dossier(proposal, HERE)
    code = request.GET.get("onderdeel", "")
    label = next((one.label for one in found.programme.sections if one.enabled and one.code == code), "")
    if not label:
        return bar, None
    back = Link(label, reverse("applicant:section", args=[proposal.pk, code]))
    return replace(bar, crumbs=[*bar.crumbs[:-1], back, bar.crumbs[-1]]), back
