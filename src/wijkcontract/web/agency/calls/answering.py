"""The agency answers what applicants ask about a call: a queue, one answer, publishing several at once (R15)."""

from __future__ import annotations

import uuid

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wijkcontract.calls import forms, operations, queries
from wijkcontract.calls.models import CallQuestion
from wijkcontract.rules.verdicts import NotVisible
from wijkcontract.web.agency.calls.common import dossier, managed
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, full_address, page

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@for_audience("agency")
def call_answers(request: ActorRequest, call_id: uuid.UUID) -> HttpResponse:
    """What waits for an answer, what stands ready, what is published; the ticked answers go out together."""
    found = managed(request, call_id)
    form = django_forms.Form(request.POST or None)
    if request.method == "POST":
        chosen = _ids(request.POST.getlist("vraag"))
        with faults_on(form):
            published = operations.publish_answers(
                actor=request.actor,
                call_id=call_id,
                question_ids=chosen,
                address=full_address(request, "public:call_questions", call_id),
            )
            message = _told(len(published))
            return done(request, message, "agency:call_answers", call_id)
    waiting = list(queries.waiting_questions(request.actor, found).select_related("organisation"))
    context = {
        "call": found,
        "form": form,
        "dossier": dossier(found, "Vragen en antwoorden"),
        "open": [one for one in waiting if not (one.draft and one.wording)],
        "ready": [one for one in waiting if one.draft and one.wording],
        "published": queries.published_answers(found),
        "labels": {one.code: one.label for one in found.programme.sections},
    }
    return page(request, "agency/calls/answers.html", context)


@require_http_methods(FORM)
@for_audience("agency")
def call_answer(request: ActorRequest, call_id: uuid.UUID, question_id: uuid.UUID) -> HttpResponse:
    """One question: its answer before publication, or a correction after it."""
    found = managed(request, call_id)
    question = queries.get_question(request.actor, question_id)
    if question.call_id != found.pk:
        raise NotVisible
    versions = list(question.answers.all())
    latest = question.latest
    form = forms.AnswerForm(
        request.POST or None,
        rules=found.programme,
        published=latest is not None,
        initial=forms.AnswerForm.initial_of(question, latest),
    )
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            if latest is None:
                saved = operations.save_answer(actor=request.actor, question_id=question_id, **form.cleaned_data)
                if missing := _missing(saved):
                    messages.warning(request, f"Bewaard, maar nog niet klaar: {missing} is nog leeg.")
                    return redirect("agency:call_answers", call_id)
                message = "Antwoord bewaard. Publiceer het samen met de andere die klaar zijn."
            else:
                address = full_address(request, "public:call_questions", call_id)
                operations.correct_answer(
                    actor=request.actor, question_id=question_id, address=address, **form.cleaned_data
                )
                message = "De verbetering is gepubliceerd. Wie een voorstel schrijft, krijgt een mail."
            return done(request, message, "agency:call_answers", call_id)
    context = {
        "call": found,
        "question": question,
        "versions": versions,
        "form": form,
        "dossier": dossier(found, f"Vraag {question.number}" if question.number else "Vraag"),
    }
    return page(request, "agency/calls/answer.html", context)


def _missing(question: CallQuestion) -> str:
    """What a kept answer still needs before it can be published; empty when it is ready."""
    if not question.draft:
        return "het antwoord"
    return "" if question.wording else "de vraag zoals iedereen ze leest"


def _told(count: int) -> str:
    if not count:
        return "Er was niets nieuws om te publiceren."
    what = "1 antwoord is" if count == 1 else f"{count} antwoorden zijn"
    return f"{what} gepubliceerd. Wie een voorstel schrijft, krijgt één mail."


def _ids(typed: list[str]) -> list[uuid.UUID]:
    """The ids that are ids; anything else on a page was not put there by us."""
    found = []
    for one in typed:
        try:
            found.append(uuid.UUID(one))
        except ValueError:
            continue
    return found
