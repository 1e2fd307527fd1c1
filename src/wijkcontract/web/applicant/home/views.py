"""The home of an applicant: what must I do now, who do I wait for, where does my proposal stand, what changed."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from wijkcontract.proposals import policy
from wijkcontract.rules import clock
from wijkcontract.web.applicant.home import focus as focuses
from wijkcontract.web.applicant.home.news import changes_in
from wijkcontract.web.applicant.home.tasks import tasks_of, waiting_for
from wijkcontract.web.applicant.home.team import SHOWN, team_of
from wijkcontract.web.http import ActorRequest, for_audience, page


@require_safe
@for_audience("applicant")
def home(request: ActorRequest) -> HttpResponse:
    """The overview of the own authority."""
    proposals = focuses.recent(request.actor)
    focus = focuses.choose(request.actor, proposals)
    team = team_of(request.actor)
    submitters = [one.name for one in team if one.submits]
    labels = {part.code: part.label for part in focus.proposal.call.programme.sections} if focus else {}
    context = {
        "today": clock.today(),
        "focus": focus,
        "tasks": tasks_of(request.actor, focus, proposals),
        "waiting": waiting_for(focus, proposals, submitters),
        "way": focuses.way(focus) if focus else [],
        "may_start": policy.may_start(request.actor),
        "team": team[:SHOWN],
        "submitters": submitters,
        "changes": changes_in(proposals, labels),
    }
    return page(request, "applicant/home/home.html", context)
