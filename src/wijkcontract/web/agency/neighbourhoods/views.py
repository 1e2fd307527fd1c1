"""The neighbourhoods of a call side by side."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wijkcontract.calls.queries import get_call
from wijkcontract.proposals.queries import evidence_of_call
from wijkcontract.web.components.parts import Dossier, Link
from wijkcontract.web.http import ActorRequest, for_audience, page
from wijkcontract.web.neighbourhood.comparing import compare


@require_safe
@for_audience("agency")
def neighbourhoods(request: ActorRequest, call_id: uuid.UUID) -> HttpResponse:
    """What was frozen in the proposals of a call; nothing before the window has closed."""
    call = get_call(request.actor, call_id)
    crumbs = (
        Link("Oproepen", reverse("agency:calls")),
        Link(call.title, reverse("agency:call", args=[call.pk])),
        Link("Wijken"),
    )
    context = {
        "call": call,
        "dossier_bar": Dossier("De wijken van de oproep", crumbs=crumbs),
        "comparison": compare(evidence_of_call(request.actor, call.pk)),
    }
    return page(request, "agency/neighbourhoods/compare.html", context)
