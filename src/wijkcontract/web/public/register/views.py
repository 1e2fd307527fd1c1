"""The public register: calls, contracts, lessons, and the downloads (R27). Nothing of a draft is read here."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from wijkcontract.accounts.actors import ANONYMOUS
from wijkcontract.calls import queries as call_queries
from wijkcontract.contracts.queries import public_contracts
from wijkcontract.knowledge.models import Visibility
from wijkcontract.knowledge.queries import find_lessons, themes
from wijkcontract.reporting import register
from wijkcontract.rules.programme_phases import phase_label
from wijkcontract.web.http import ActorRequest, page, paginate
from wijkcontract.web.papers.call_template import DECIDES, applicants_of, template_paper
from wijkcontract.web.papers.download import as_file


@require_safe
def calls(request: ActorRequest) -> HttpResponse:
    """Published calls, open ones first."""
    shown = sorted(call_queries.visible_calls(ANONYMOUS), key=lambda one: not one.is_open)
    return page(request, "public/register/calls.html", {"page": paginate(request, shown, per_page=20)})


@require_safe
def call(request: ActorRequest, call_id: uuid.UUID) -> HttpResponse:
    """One published call in plain words: when, how much, who, how it is judged, how to apply."""
    found = call_queries.get_call(ANONYMOUS, call_id)
    programme = found.programme
    context = {
        "call": found,
        "programme": programme,
        "phase_of_programme": phase_label(programme),
        "limits": programme.limits,
        "own_minimum": programme.limits.own_contribution_min,
        "infrastructure_maximum": programme.limits.infrastructure_max,
        "criteria": list(call_queries.criteria_of(found)),
        "decides": DECIDES[programme.deciding_body],
        "applicants": applicants_of(programme),
        "contracts": public_contracts(ANONYMOUS, call_id=found.pk),
        "answers": call_queries.published_answers(found).count(),
    }
    return page(request, "public/register/call.html", context)


@require_safe
def call_template(request: ActorRequest, call_id: uuid.UUID, kind: str) -> HttpResponse:
    """The template of a published call, to write in without an account (R15)."""
    found = call_queries.get_call(ANONYMOUS, call_id)
    return as_file(template_paper(found), kind, f"sjabloon {found.title}")


@require_safe
def call_questions(request: ActorRequest, call_id: uuid.UUID) -> HttpResponse:
    """The questions about a call with their answers, by words and by section; an earlier answer stays readable."""
    found = call_queries.get_call(ANONYMOUS, call_id)
    words, section = request.GET.get("tekst", "").strip(), request.GET.get("onderdeel", "")
    sections = [one for one in found.programme.sections if one.enabled]
    context = {
        "call": found,
        "page": paginate(request, call_queries.published_answers(found, words, section), per_page=30),
        "text": words,
        "section": section,
        "sections": sections,
        "labels": {one.code: one.label for one in sections},
    }
    return page(request, "public/register/questions.html", context)


@require_safe
def contracts(request: ActorRequest) -> HttpResponse:
    """Every signed contract, by number; by words of municipality, neighbourhood or title when asked."""
    text = request.GET.get("tekst", "").strip()
    words = text.casefold().split()
    every = public_contracts(ANONYMOUS)
    found: list[Any] = [
        one
        for one in every
        if all(word in f"{one.local_authority} {one.neighbourhood} {one.title}".casefold() for word in words)
    ]
    context = {
        "page": paginate(request, found, per_page=50),
        "text": text,
        "count": len(found),
        "subsidy_cents": sum(one.subsidy_cents for one in found),
        "paid_cents": sum(one.paid_cents for one in found),
    }
    return page(request, "public/register/contracts.html", context)


@require_safe
def contract(request: ActorRequest, contract_id: uuid.UUID) -> HttpResponse:
    """One signed contract: what it wants to reach, what is done, who takes part, what it costs."""
    entry = register.register_entry(ANONYMOUS, contract_id)
    context = {
        "entry": entry,
        "contract": entry.contract,
        "decided_by": DECIDES.get(entry.deciding_body, entry.deciding_body),
        "charged_cents": sum(one.charge_cents for one in entry.years),
    }
    return page(request, "public/register/contract.html", context)


@require_safe
def lessons(request: ActorRequest) -> HttpResponse:
    """Public lessons, by words when asked."""
    text = request.GET.get("tekst", "").strip()
    found = find_lessons(ANONYMOUS, text=text).filter(visibility=Visibility.PUBLIC)
    shown = paginate(request, found, per_page=20)
    return page(request, "public/register/lessons.html", {"page": shown, "text": text, "themes": themes()})


@require_safe
def contracts_csv(request: ActorRequest) -> HttpResponse:
    """The register of contracts as CSV."""
    return _csv(register.contracts_csv(ANONYMOUS), "contracten.csv")


@require_safe
def targets_csv(request: ActorRequest) -> HttpResponse:
    """The objectives and measurements of the contracts as CSV."""
    return _csv(register.targets_csv(ANONYMOUS), "doelstellingen.csv")


def _csv(text: str, name: str) -> HttpResponse:
    """UTF-8 with a byte order mark, so that a spreadsheet reads the accents."""
    response = HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
