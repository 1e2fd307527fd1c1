"""The agency's pages of calls: the list, one call, its data and criteria, the launch, an extension (R15)."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wijkcontract.calls import forms, operations, policy, queries
from wijkcontract.calls.models import Call
from wijkcontract.rules.programme_phases import phase_before
from wijkcontract.rules.verdicts import Invalid, require
from wijkcontract.web.agency.calls.common import dossier, launched_already, managed
from wijkcontract.web.agency.calls.limits import limit_rows
from wijkcontract.web.agency.proposals.listing import counts_for
from wijkcontract.web.components.formats import day
from wijkcontract.web.components.parts import Happening, Todo
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page, paginate
from wijkcontract.web.papers.call_template import template_paper
from wijkcontract.web.papers.download import as_file

FORM = ["GET", "HEAD", "POST"]


@require_safe
@for_audience("agency")
def calls(request: ActorRequest) -> HttpResponse:
    """Every call that the reader may see, newest first, with how many proposals it has."""
    shown = paginate(request, queries.visible_calls(request.actor).defer("terms", "summary"))
    counted = counts_for(request.actor)
    context = {
        "page": shown,
        "rows": [(one, counted.get(one.pk, 0) if counted is not None else None) for one in shown.items],
        "shows_counts": counted is not None,
        "may_create": policy.may_create_call(request.actor),
    }
    return page(request, "agency/calls/list.html", context)


@require_http_methods(FORM)
@for_audience("agency")
def call_new(request: ActorRequest) -> HttpResponse:
    """Make a draft from a shipped programme."""
    require(policy.may_create_call(request.actor))
    form = forms.NewCallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            made = operations.create_call(actor=request.actor, **form.values())
            return done(request, "De oproep staat klaar als ontwerp. Vul nu de datums in.", "agency:call_edit", made.pk)
    return page(request, "agency/calls/new.html", {"form": form})


@require_safe
@for_audience("agency")
def call(request: ActorRequest, call_id: uuid.UUID) -> HttpResponse:
    """One call: dates and window, limits, criteria, questions, who was told."""
    found = queries.get_call(request.actor, call_id)
    criteria = list(queries.criteria_of(found))
    counted = counts_for(request.actor)
    context = {
        "call": found,
        "dossier": dossier(found),
        "programme": found.programme,
        "limits": limit_rows(found.programme),
        "criteria": criteria,
        "deviations": queries.deviations_of(found),
        "asked": found.asked.count() if found.launched_at else 0,
        "waiting": queries.waiting_questions(request.actor, found).count() if found.launched_at else 0,
        "total_weight": sum(one.weight for one in criteria),
        "window": queries.window_sentence(found),
        "window_ok": bool(found.last_day) and not queries.window_findings(found),
        "announcements": queries.announcements_of(found),
        "timeline": _timeline(found),
        "todo": _todo(found) if queries.is_draft(found) else [],
        "why_not_extended": queries.why_not_extended(found) if found.launched_at else "",
        "counted": counted.get(found.pk, 0) if counted is not None else None,
        "may_manage": policy.may_manage_call(request.actor, found),
    }
    return page(request, "agency/calls/detail.html", context)


@require_safe
@for_audience("agency")
def call_template(request: ActorRequest, call_id: uuid.UUID, kind: str) -> HttpResponse:
    """The template as applicants get it, for a call in the making too (R15)."""
    found = queries.get_call(request.actor, call_id)
    return as_file(template_paper(found), kind, f"sjabloon {found.title}")


@require_http_methods(FORM)
@for_audience("agency")
def call_edit(request: ActorRequest, call_id: uuid.UUID) -> HttpResponse:
    """Dates, budget and ceiling of a draft."""
    found = managed(request, call_id)
    if not queries.is_draft(found):
        return launched_already(request, found)
    before = list(queries.predecessors(request.actor, found))
    form = forms.CallForm(request.POST or None, initial=forms.CallForm.initial_of(found), predecessors=before)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            saved = operations.save_call(actor=request.actor, call_id=call_id, **form.values())
            return done(request, f"Bewaard. {queries.window_sentence(saved)}", "agency:call", call_id)
    context = {
        "call": found,
        "form": form,
        "has_phase_before": phase_before(found.programme) is not None,
        "dossier": dossier(found, "Gegevens"),
        "window": queries.window_sentence(found),
        "window_ok": bool(found.last_day) and not queries.window_findings(found),
        "limits": limit_rows(found.programme),
    }
    return page(request, "agency/calls/edit.html", context)


@require_http_methods(FORM)
@for_audience("agency")
def call_criteria(request: ActorRequest, call_id: uuid.UUID) -> HttpResponse:
    """The criteria of a draft with their weights, in one table."""
    found = managed(request, call_id)
    if not queries.is_draft(found):
        return launched_already(request, found)
    criteria = list(queries.criteria_of(found))
    formset = forms.criterion_formset(request.POST or None, criteria)
    if request.method == "POST" and formset.is_valid():
        try:
            saved = operations.save_criteria(actor=request.actor, call_id=call_id, criteria=formset.values())
        except Invalid as invalid:
            formset.show(invalid.faults)
        else:
            total = sum(one.weight for one in saved)
            message = f"Bewaard: {len(saved)} criteria, samen gewicht {total}."
            return done(request, message, "agency:call", call_id)
    context = {
        "call": found,
        "formset": formset,
        "dossier": dossier(found, "Criteria"),
        "total_weight": sum(one.weight for one in criteria),
        "scoring": found.programme.scoring,
    }
    return page(request, "agency/calls/criteria.html", context)


@require_http_methods(FORM)
@for_audience("agency")
def call_launch(request: ActorRequest, call_id: uuid.UUID) -> HttpResponse:
    """What the launch does, and the button that does it."""
    found = managed(request, call_id)
    if not queries.is_draft(found):
        return launched_already(request, found)
    form = forms.LaunchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.launch(actor=request.actor, call_id=call_id, channels=form.values())
            message = "De oproep is gelanceerd. De Inspectie van Financiën krijgt de oproep ter kennisgeving."
            return done(request, message, "agency:call", call_id)
    context = {
        "call": found,
        "form": form,
        "dossier": dossier(found, "Lanceren"),
        "todo": _todo(found),
        "window": queries.window_sentence(found),
    }
    return page(request, "agency/calls/launch.html", context)


@require_http_methods(FORM)
@for_audience("agency")
def call_extend(request: ActorRequest, call_id: uuid.UUID) -> HttpResponse:
    """A later last day, with the reason."""
    found = managed(request, call_id)
    if not found.launched_at:
        messages.info(request, "Deze oproep is nog niet gelanceerd. Wijzig de laatste indiendag in de gegevens.")
        return redirect("agency:call", found.pk)
    form = forms.ExtendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.extend(actor=request.actor, call_id=call_id, **form.cleaned_data)
            message = "De oproep is verlengd. De Inspectie van Financiën krijgt een melding."
            return done(request, message, "agency:call", call_id)
    context = {
        "call": found,
        "form": form,
        "dossier": dossier(found, "Verlengen"),
        "latest_day": queries.latest_last_day(found),
        "why_not": queries.why_not_extended(found),
    }
    return page(request, "agency/calls/extend.html", context)


@require_http_methods(FORM)
@for_audience("agency")
def call_announce(request: ActorRequest, call_id: uuid.UUID) -> HttpResponse:
    """Log who was told outside the product."""
    found = managed(request, call_id)
    form = forms.AnnounceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.announce(actor=request.actor, call_id=call_id, **form.cleaned_data)
            return done(request, "De bekendmaking staat bij de oproep.", "agency:call", call_id)
    context = {"call": found, "form": form, "dossier": dossier(found, "Bekendmaken")}
    return page(request, "agency/calls/announce.html", context)


@require_http_methods(FORM)
@for_audience("agency")
def call_duplicate(request: ActorRequest, call_id: uuid.UUID) -> HttpResponse:
    """A new draft with the same terms and criteria."""
    found = managed(request, call_id)
    form = forms.DuplicateForm(request.POST or None, initial={"title": f"{found.title[:190]} (kopie)"})
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            copy = operations.duplicate_call(actor=request.actor, call_id=call_id, **form.cleaned_data)
            return done(request, "De kopie staat klaar als ontwerp. Vul nu de datums in.", "agency:call_edit", copy.pk)
    context = {"call": found, "form": form, "dossier": dossier(found, "Kopie")}
    return page(request, "agency/calls/duplicate.html", context)


def _todo(found: Call) -> list[Todo]:
    """What stops the launch, each line a link to the page that repairs it."""
    return [Todo(fault.message, "block", _repair(found, fault.where)) for fault in queries.launch_faults(found)]


def _repair(found: Call, field: str) -> str:
    """Where a fault of the launch is repaired; nothing when no page of the call does."""
    if not field:
        return ""
    if field == "criteria":
        return reverse("agency:call_criteria", args=[found.pk])
    return f"{reverse('agency:call_edit', args=[found.pk])}#id_{field}"


def _timeline(found: Call) -> list[Happening]:
    """From draft to the last day; oldest first."""
    phase = found.phase
    stops = [
        Happening("Ontwerp gemaakt", found.created_at),
        Happening("Gelanceerd", found.launched_at or "", state="done" if found.launched_at else ""),
        Happening("Publicatie", found.published_on or "nog geen dag", state="done" if found.is_public else ""),
    ]
    stops += [
        Happening(f"Verlengd tot en met {day(one.to_day)}", one.extended_at, one.reason)
        for one in queries.extensions_of(found)
    ]
    closing = "here" if phase == "open" else "done" if phase == "closed" else ""
    stops.append(Happening("Laatste indiendag", found.last_day or "nog geen dag", state=closing))
    return stops
