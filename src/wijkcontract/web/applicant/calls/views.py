"""An applicant asks the agency something about a call, and follows what the own authority asked (R15)."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from wijkcontract.calls import forms, operations, policy, queries
from wijkcontract.web.http import ActorRequest, chosen_id, done, faults_on, for_audience, page


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def call_questions(request: ActorRequest, call_id: uuid.UUID) -> HttpResponse:
    """The own questions with their state, and a form for a new one while the call takes questions."""
    found = queries.get_call(request.actor, call_id)
    form = forms.AskForm(
        request.POST or None, rules=found.programme, initial={"section": request.GET.get("onderdeel", "")}
    )
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.ask_question(
                actor=request.actor, call_id=call_id, new_id=chosen_id(request), **form.cleaned_data
            )
            message = "Uw vraag is gesteld. U krijgt een mail zodra het antwoord er is."
            return done(request, message, "applicant:call_questions", call_id)
    context = {
        "call": found,
        "form": form,
        "new_id": chosen_id(request),
        "may_ask": policy.may_ask(request.actor, found),
        "own": queries.own_questions(request.actor, found).prefetch_related("answers"),
        "answers": queries.published_answers(found).count(),
        "labels": {one.code: one.label for one in found.programme.sections},
    }
    return page(request, "applicant/calls/questions.html", context)
