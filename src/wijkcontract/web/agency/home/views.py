"""The home of the agency: what needs me, what changed, where things stand."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from wijkcontract.rules import clock
from wijkcontract.web.agency.home.changes import changes_for, reads_changes
from wijkcontract.web.agency.home.standing import stands_of
from wijkcontract.web.agency.home.tasks import tasks_of
from wijkcontract.web.http import ActorRequest, for_audience, page


@require_safe
@for_audience("agency")
def home(request: ActorRequest) -> HttpResponse:
    """The overview for the role of the reader."""
    tasks = tasks_of(request.actor)
    context = {
        "today": clock.today(),
        "tasks": [task for task in tasks if task.kind != "wait"],
        "waiting": [task for task in tasks if task.kind == "wait"],
        "reads_changes": reads_changes(request.actor),
        "changes": changes_for(request.actor),
        "stands": stands_of(request.actor),
    }
    return page(request, "agency/home/home.html", context)
