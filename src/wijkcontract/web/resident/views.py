"""The home of a resident."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from wijkcontract.web.http import ActorRequest, for_audience, page


@require_safe
@for_audience("resident")
def home(request: ActorRequest) -> HttpResponse:
    return page(request, "resident/home.html")
