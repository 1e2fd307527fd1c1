"""The evidence of an analysis as a file to download."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.text import slugify

from wijkcontract.accounts.actors import Actor
from wijkcontract.places.enums import AnalysisState
from wijkcontract.places.models import NeighbourhoodAnalysis
from wijkcontract.reporting.evidence import content_of, document
from wijkcontract.reporting.exporters.evidence import evidence_excel, evidence_pdf, evidence_word
from wijkcontract.rules.verdicts import NotVisible

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def document_of(actor: Actor, analysis: NeighbourhoodAnalysis, kind: str) -> HttpResponse:
    """The file; a kind that we do not make is not found."""
    if kind not in TYPES:
        raise NotVisible
    content, sha256 = content_of(actor, analysis)
    made = document(content, sha256, frozen=analysis.state == AnalysisState.FROZEN)
    body = (
        evidence_excel(content, made)
        if kind == "xlsx"
        else evidence_pdf(made)
        if kind == "pdf"
        else evidence_word(made)
    )
    name = f"wijkcijfers-{slugify(analysis.title)[:60] or 'wijk'}.{kind}"
    return HttpResponse(
        body, content_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
