"""The neighbourhoods of the proposals that stand open for a juror, side by side."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wijkcontract.jury.queries import evidence_for_juror
from wijkcontract.web.components.parts import Dossier, Link
from wijkcontract.web.http import ActorRequest, for_audience, page
from wijkcontract.web.neighbourhood.comparing import compare


@require_safe
@for_audience("juror")
def neighbourhoods(request: ActorRequest) -> HttpResponse:
    """Only what is behind an open door: a conflict of interest closes the figures with the proposal."""
    crumbs = (Link("Voorstellen", reverse("juror:proposals")), Link("Wijken"))
    context = {
        "dossier_bar": Dossier("De wijken naast elkaar", crumbs=crumbs),
        "comparison": compare(evidence_for_juror(request.actor)),
    }
    return page(request, "juror/neighbourhoods/compare.html", context)
