"""Building a draft call in the screen: its sections and questions, its limits, and how an applicant will see them (R15)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkcontract.calls import forms, operations, policy, queries
from wijkcontract.calls.models import Call
from wijkcontract.proposals.forms import FORMS, AnswersForm, block_forms
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.records import Kind
from wijkcontract.proposals.sections import section, sections
from wijkcontract.rules.call_terms import LIMITS, OWN_REQUIREMENT, is_fixed
from wijkcontract.rules.programme import Question
from wijkcontract.rules.verdicts import Invalid, NotVisible, require
from wijkcontract.web.agency.calls.common import dossier, launched_already, managed
from wijkcontract.web.components.parts import Step
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page

FORM = ["GET", "HEAD", "POST"]
STEPS: Mapping[str, Callable[..., object]] = {
    "hoger": partial(operations.move_question, up=True),
    "lager": partial(operations.move_question, up=False),
    "weg": operations.remove_question,
    "terug": operations.restore_question,
}
"""The buttons beside a question."""


@dataclass(frozen=True)
class QuestionRow:
    """A question of the form with what one may do with it."""

    question: Question
    is_own: bool
    may_go: bool
    is_first: bool
    is_last: bool


@require_http_methods(FORM)
@for_audience("agency")
def call_form(request: ActorRequest, call_id: uuid.UUID) -> HttpResponse:
    """The sections of a draft, each with its questions."""
    found = managed(request, call_id)
    if not queries.is_draft(found):
        return launched_already(request, found)
    form = forms.SectionsForm(request.POST or None, rules=found.programme)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.save_sections(actor=request.actor, call_id=call_id, sections=form.values())
            return done(request, "Onderdelen bewaard.", "agency:call_form", call_id)
    return _form_page(request, found, form)


def _form_page(request: ActorRequest, found: Call, form: forms.SectionsForm) -> HttpResponse:
    rules = found.programme
    left_out = queries.questions_left_out(found)
    context = {
        "call": found,
        "form": form,
        "dossier": dossier(found, "Vragenlijst"),
        "groups": [
            (one, _rows(found, one.code), [gone for gone in left_out if gone.section == one.code])
            for one in rules.sections
            if one.enabled
        ],
        "deviations": queries.deviations_of(found),
    }
    return page(request, "agency/calls/form.html", context)


def _rows(found: Call, code: str) -> list[QuestionRow]:
    asked = [one for one in found.programme.questions if one.section == code]
    return [
        QuestionRow(
            question=one,
            is_own=one.requirement == OWN_REQUIREMENT,
            may_go=not is_fixed(one),
            is_first=place == 0,
            is_last=place == len(asked) - 1,
        )
        for place, one in enumerate(asked)
    ]


@require_http_methods(FORM)
@for_audience("agency")
def call_question_new(request: ActorRequest, call_id: uuid.UUID) -> HttpResponse:
    """An own question of this call; `?onderdeel=` names its section."""
    return _question(request, call_id, "")


@require_http_methods(FORM)
@for_audience("agency")
def call_question(request: ActorRequest, call_id: uuid.UUID, code: str) -> HttpResponse:
    """The words, the length and the duty of one question."""
    return _question(request, call_id, code)


def _question(request: ActorRequest, call_id: uuid.UUID, code: str) -> HttpResponse:
    found = managed(request, call_id)
    if not queries.is_draft(found):
        return launched_already(request, found)
    old = next((one for one in found.programme.questions if one.code == code), None)
    if code and old is None:
        raise NotVisible
    initial = forms.QuestionForm.initial_of(old) if old else {"section": request.GET.get("onderdeel", "")}
    form = forms.QuestionForm(request.POST or None, rules=found.programme, old=old, initial=initial)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            saved = operations.save_question(actor=request.actor, call_id=call_id, code=code, typed=form.value())
            return done(request, f"Bewaard: '{saved.label}'.", "agency:call_form", call_id)
    context = {
        "call": found,
        "form": form,
        "old": old,
        "shipped": next((one for one in queries.programme_of(found).questions if one.code == code), None),
        "dossier": dossier(found, "Vraag" if old else "Nieuwe vraag"),
    }
    return page(request, "agency/calls/question.html", context)


@require_POST
@for_audience("agency")
def call_question_step(request: ActorRequest, call_id: uuid.UUID, code: str) -> HttpResponse:
    """One of the buttons beside a question: higher, lower, leave out, ask again."""
    found = managed(request, call_id)
    if not queries.is_draft(found):
        return launched_already(request, found)
    step = STEPS.get(request.POST.get("stap", ""))
    if step is None:
        raise NotVisible
    try:
        step(actor=request.actor, call_id=call_id, code=code)
    except Invalid as invalid:
        messages.error(request, str(invalid))
    return redirect(f"{reverse('agency:call_form', args=[call_id])}#vraag-{code}")


@require_http_methods(FORM)
@for_audience("agency")
def call_limits(request: ActorRequest, call_id: uuid.UUID) -> HttpResponse:
    """The limits of a draft beside those of its programme."""
    found = managed(request, call_id)
    if not queries.is_draft(found):
        return launched_already(request, found)
    form = forms.LimitsForm(request.POST or None, initial=forms.LimitsForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.save_limits(actor=request.actor, call_id=call_id, limits=form.value())
            return done(request, "Grenzen bewaard.", "agency:call", call_id)
    shipped = queries.programme_of(found)
    rows = [
        (limit.label, limit.text(shipped.limits), form[limit.code] if limit.code in form.fields else None, limit)
        for limit in LIMITS
    ]
    context = {
        "call": found,
        "form": form,
        "dossier": dossier(found, "Grenzen"),
        "programme": shipped,
        "rows": [(label, text, field, limit.text(found.programme.limits)) for label, text, field, limit in rows],
    }
    return page(request, "agency/calls/limits.html", context)


@require_safe
@for_audience("agency")
def call_preview(request: ActorRequest, call_id: uuid.UUID, code: str = "") -> HttpResponse:
    """One section of the form as an applicant will see it: the real fields, empty, and nothing is written."""
    found = queries.get_call(request.actor, call_id)
    require(policy.may_manage_call(request.actor, found))
    plans = sections(found.programme)
    plan = section(found.programme, code or plans[0].code)
    context = {
        "call": found,
        "plan": plan,
        "count": len(plans),
        "dossier": dossier(found, "Voorbeeld"),
        "steps": [
            Step(
                f"{one.number}. {one.label}",
                reverse("agency:call_preview_section", args=[found.pk, one.code]),
                current=one.code == plan.code,
            )
            for one in plans
        ],
        "blocks": [(title, _read_only(form(prefix=code))) for code, title, form in block_forms(plan.code)],
        "texts": _read_only(AnswersForm(prefix="teksten", questions=plan.questions)) if plan.questions else None,
        "kinds": [(kind, _record_form(request, found, kind)) for kind in plan.kinds],
        "previous": next((one for one in plans if one.number == plan.number - 1), None),
        "next": next((one for one in plans if one.number == plan.number + 1), None),
    }
    return page(request, "agency/calls/preview.html", context)


def _record_form(request: ActorRequest, found: Call, kind: Kind) -> django_forms.Form:
    """The empty form of a kind of record, for a proposal that is nowhere stored."""
    nobody = Proposal(call=found)
    return _read_only(FORMS[kind.code](prefix=kind.code, proposal=nobody, actor=request.actor))


def _read_only(form: django_forms.Form) -> django_forms.Form:
    """The form as it is shown; every id begins with its prefix, because a page holds several."""
    for field in form.fields.values():
        field.disabled = True
    return form
