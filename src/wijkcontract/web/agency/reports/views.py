"""The agency's pages of the report to the ministers: the list, the preview of a round, one issued report in all its forms (R23)."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from wijkcontract.execution.models import Light
from wijkcontract.knowledge import operations as knowledge
from wijkcontract.knowledge.policy import may_publish
from wijkcontract.knowledge.queries import find_lessons, themes
from wijkcontract.reporting import exporters, forms, operations, policy, queries
from wijkcontract.reporting.models import RelanceReport
from wijkcontract.reporting.relance import Content
from wijkcontract.web.components.formats import euro
from wijkcontract.web.components.parts import Dossier, Figure, Link
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page, paginate

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORST_FIRST = (
    Light.ACTION, Light.ATTENTION, Light.STOPPED, Light.NOT_STARTED, Light.STARTED, Light.ON_TRACK, Light.REALISED,
)  # fmt: skip


@require_safe
@for_audience("agency")
def reports(request: ActorRequest) -> HttpResponse:
    """Issued reports, and the rounds for which one can be prepared."""
    context = {
        "page": paginate(request, queries.visible_issued(request.actor)),
        "rounds": list(queries.rounds_to_report(request.actor)[:6]),
    }
    return page(request, "agency/reports/list.html", context)


@for_audience("agency")
def report_preview(request: ActorRequest, round_id: uuid.UUID) -> HttpResponse:
    """The report of a round as it would be issued now; the programme manager issues it."""
    preview = queries.get_preview(request.actor, round_id)
    form = forms.IssueForm(
        preview.missing, request.POST if request.method == "POST" else None, initial={"number": preview.number}
    )
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            issued = operations.issue_report(
                actor=request.actor,
                round_id=round_id,
                missing=form.cleaned_data["missing"],
                number=form.cleaned_data["number"],
            )
            return done(request, f"Uitgave {issued.number} is bevroren en uitgebracht.", "agency:report", issued.pk)
    context = _shown(preview.content) | {
        "dossier": _dossier(f"Relancerapport: {preview.round.title}", "draft", "Voorbeeld, niet uitgebracht"),
        "round": preview.round,
        "missing": preview.missing,
        "form": form,
        "may_issue": policy.may_issue(request.actor),
    }
    return page(request, "agency/reports/detail.html", context)


@require_safe
@for_audience("agency")
def report(request: ActorRequest, report_id: uuid.UUID) -> HttpResponse:
    """An issued report, drawn from its frozen content alone."""
    issued = queries.get_issued(request.actor, report_id)
    context = _shown(json.loads(issued.content)) | {
        "dossier": _dossier(issued.title, "issued", f"Uitgave {issued.number}, bevroren"),
        "issued": issued,
    }
    return page(request, "agency/reports/detail.html", context)


@require_safe
@for_audience("agency")
def report_xlsx(request: ActorRequest, report_id: uuid.UUID) -> HttpResponse:
    """The issued report as Excel."""
    issued = queries.get_issued(request.actor, report_id)
    return _download(issued, exporters.excel(json.loads(issued.content), issued.sha256), EXCEL, "xlsx")


@require_safe
@for_audience("agency")
def report_pdf(request: ActorRequest, report_id: uuid.UUID) -> HttpResponse:
    """The issued report as PDF/UA."""
    issued = queries.get_issued(request.actor, report_id)
    return _download(issued, exporters.pdf(json.loads(issued.content), issued.sha256), "application/pdf", "pdf")


@require_safe
@for_audience("agency")
def report_json(request: ActorRequest, report_id: uuid.UUID) -> HttpResponse:
    """The frozen content itself, byte for byte as it was hashed."""
    issued = queries.get_issued(request.actor, report_id)
    return _download(issued, issued.content.encode(), "application/json", "json")


@require_safe
@for_audience("agency")
def lessons(request: ActorRequest) -> HttpResponse:
    """Lessons of local authorities: the programme manager makes shared ones public (R26)."""
    context = {
        "page": paginate(request, find_lessons(request.actor, text=request.GET.get("tekst", ""))),
        "text": request.GET.get("tekst", ""),
        "themes": themes(),
        "may_publish": may_publish(request.actor),
    }
    return page(request, "agency/lessons/list.html", context)


@require_POST
@for_audience("agency")
def lesson_publish(request: ActorRequest, lesson_id: uuid.UUID) -> HttpResponse:
    """Make a shared lesson public."""
    lesson = knowledge.publish_lesson(actor=request.actor, lesson_id=lesson_id)
    return done(request, f"“{lesson.title}” is nu openbaar.", "agency:lessons")


def _shown(content: Content) -> dict[str, Any]:
    """What the page draws of a content, frozen or live: contracts with the worst light first."""
    totals = content["totals"]
    order = {light.value: rank for rank, light in enumerate(WORST_FIRST)}
    contracts = sorted(
        content["contracts"], key=lambda one: (order[one["report"]["light"]] if one["report"] else -1, one["number"])
    )
    return {
        "content": content,
        "contracts": contracts,
        "lights": [(light.value, str(light.label), totals["lights"][light.value]) for light in WORST_FIRST],
        "years": [year["year"] for year in totals["years"]],
        "charges": [
            (one, _charges(one, content), _charged(one["money"]["years"]))
            for one in content["contracts"]
            if one["money"]["years"]
        ],
        "all_charges": _charged(totals["years"]),
        "figures": [
            Figure("Vastgelegd (VAK)", euro(totals["committed_cents"]), "EUR"),
            Figure("Aangerekend (VEK)", euro(totals["posted_cents"]), "EUR, geboekt"),
            Figure("Nog aan te rekenen", euro(totals["forecast_cents"]), "EUR, prognose"),
            Figure("Betaald", euro(totals["paid_cents"]), "EUR"),
        ],
        "moment": content["round"]["moment"],
    }


def _charges(contract: Content, content: Content) -> list[Content | None]:
    """The charge of a contract for every year of the report, None where there is none."""
    own = {year["year"]: year for year in contract["money"]["years"]}
    return [own.get(year["year"]) for year in content["totals"]["years"]]


def _charged(years: list[Content]) -> int:
    return sum(year["charge_cents"] for year in years)


def _dossier(title: str, state: str, state_label: str) -> Dossier:
    return Dossier(
        title=title,
        crumbs=[Link("Rapporten", reverse("agency:reports")), Link(title)],
        state=state,
        state_label=state_label,
    )


def _download(issued: RelanceReport, body: bytes, media_type: str, extension: str) -> HttpResponse:
    name = slugify(f"relancerapport {issued.moment} uitgave {issued.number}")
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response
