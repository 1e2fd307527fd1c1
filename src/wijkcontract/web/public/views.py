"""What everyone may read: the statements, and the gallery of components."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from wijkcontract.web.components import gallery as specimens
from wijkcontract.web.http import ActorRequest, page


@require_safe
def statement(request: ActorRequest, name: str) -> HttpResponse:
    """One of the statements that every government site has."""
    return page(request, f"statements/{name}.html")


@require_safe
def gallery(request: ActorRequest) -> HttpResponse:
    """Every component in every state, with the style sheets of the screens."""
    return page(request, "public/gallery.html", specimens.context())
