"""The pages of lessons for local authorities: search, read, write, share (R26)."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from wijkcontract.knowledge import forms, operations, policy, queries
from wijkcontract.rules.verdicts import require
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page, paginate


@require_safe
@for_audience("applicant")
def lessons(request: ActorRequest) -> HttpResponse:
    """Own drafts, and what all local authorities share; by text, theme and instrument."""
    search = forms.LessonSearch(request.GET)
    asked = search.cleaned_data if search.is_valid() else {}
    found = queries.find_lessons(
        request.actor,
        text=asked.get("tekst", ""),
        theme=asked.get("thema", ""),
        instrument=asked.get("instrument", ""),
    )
    context = {
        "search": search,
        "asked": any(asked.values()),
        "page": paginate(request, found, per_page=20),
        "may_write": policy.may_write_lessons(request.actor),
        "themes": queries.themes(),
        "instruments": queries.instruments(),
    }
    return page(request, "applicant/knowledge/list.html", context)


@for_audience("applicant")
def lesson_new(request: ActorRequest) -> HttpResponse:
    """Write a lesson."""
    require(policy.may_write_lessons(request.actor))
    form = forms.LessonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            made = operations.create_lesson(actor=request.actor, **form.cleaned_data)
            return done(request, "Bewaard als ontwerp. Deel de les als ze klaar is.", "applicant:lesson", made.pk)
    return page(request, "applicant/knowledge/form.html", {"form": form})


@require_safe
@for_audience("applicant")
def lesson(request: ActorRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Read one lesson."""
    found = queries.get_lesson(request.actor, lesson_id)
    context = {
        "lesson": found,
        "may_change": policy.may_change(request.actor, found),
        "themes": queries.themes(),
        "instruments": queries.instruments(),
    }
    return page(request, "applicant/knowledge/detail.html", context)


@for_audience("applicant")
def lesson_edit(request: ActorRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Change an own draft."""
    found = queries.get_lesson(request.actor, lesson_id)
    require(policy.may_change(request.actor, found))
    names = ("title", "theme", "instrument", "text", "contact")
    form = forms.LessonForm(
        request.POST if request.method == "POST" else None, initial={name: getattr(found, name) for name in names}
    )
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.change_lesson(actor=request.actor, lesson_id=lesson_id, **form.cleaned_data)
            return done(request, "Bewaard.", "applicant:lesson", lesson_id)
    return page(request, "applicant/knowledge/form.html", {"form": form, "lesson": found})


@require_POST
@for_audience("applicant")
def lesson_share(request: ActorRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Share a draft with all local authorities."""
    operations.share_lesson(actor=request.actor, lesson_id=lesson_id)
    return done(request, "Alle lokale besturen lezen nu uw les. Dank u.", "applicant:lesson", lesson_id)
