"""The start page for everyone: what this is, what one can do now, and what happens with the money (R27)."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from wijkcontract.calls.queries import open_calls
from wijkcontract.contracts.queries import public_contracts
from wijkcontract.knowledge.queries import public_lessons
from wijkcontract.web.http import ActorRequest, page


@require_safe
def home(request: ActorRequest) -> HttpResponse:
    """Open calls first, then the contracts and their money."""
    contracts = public_contracts(request.actor)
    context = {
        "calls": list(open_calls(request.actor)),
        "contracts": contracts,
        "newest": sorted(contracts, key=lambda one: one.decided_on, reverse=True)[:4],
        "subsidy_cents": sum(one.subsidy_cents for one in contracts),
        "paid_cents": sum(one.paid_cents for one in contracts),
        "lessons": list(public_lessons(3)),
    }
    return page(request, "public/home.html", context)
