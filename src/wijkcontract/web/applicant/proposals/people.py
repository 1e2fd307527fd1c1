"""Who takes part in a proposal: the own people, and the partners from outside who read the draft."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from wijkcontract.proposals import operations, policy, queries, team_queries
from wijkcontract.proposals.forms import ReaderForm
from wijkcontract.proposals.models import Proposal, ReadGrant
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import require
from wijkcontract.web.applicant.proposals import presenters
from wijkcontract.web.components.formats import day
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, full_address, page


@dataclass(frozen=True)
class Reader:
    """A partner who was asked to read along, and how that stands."""

    grant: ReadGrant
    light: str
    word: str
    may_end: bool


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def proposal_people(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Who takes part; the mandated submitter lets partners read along."""
    proposal = queries.get_own_proposal(request.actor, proposal_id)
    verdict = policy.may_invite_reader(request.actor, proposal)
    form = ReaderForm(request.POST or None)
    if request.method == "POST":
        require(verdict)
        if form.is_valid():
            with faults_on(form):
                operations.invite_reader(
                    actor=request.actor,
                    proposal_id=proposal.pk,
                    link_of=lambda token: full_address(request, "account:invitation", token),
                    **form.cleaned_data,
                )
                said = f"{form.cleaned_data['name']} krijgt een mail met een link."
                return done(request, said, "applicant:proposal_people", proposal.pk)
    may_end = bool(policy.may_end_reading(request.actor, proposal))
    context = {
        "proposal": proposal,
        "dossier": presenters.dossier(proposal, "Wie doet mee"),
        "people": team_queries.colleagues(request.actor),
        "readers": [
            _reader(proposal, one, may_end=may_end) for one in team_queries.read_grants(request.actor, proposal)
        ],
        "form": form,
        "verdict": verdict,
    }
    return page(request, "applicant/proposals/people.html", context)


def _reader(proposal: Proposal, grant: ReadGrant, *, may_end: bool) -> Reader:
    invitation = grant.invitation
    if grant.ended_at is not None:
        return Reader(grant, "end", f"Ingetrokken op {day(grant.ended_at)}", may_end=False)
    if invitation.accepted_at is None:
        if invitation.expires_at <= clock.now():
            return Reader(grant, "none", "Link verlopen, nodig opnieuw uit", may_end)
        return Reader(grant, "busy", f"Uitgenodigd, link geldig tot {day(invitation.expires_at)}", may_end)
    last_day = grant.last_day
    if proposal.state != "draft" or (last_day and last_day < clock.today()):
        return Reader(grant, "end", "Leest niet meer mee: geen open ontwerp", may_end=False)
    return Reader(grant, "ok", f"Leest mee{f' tot en met {day(last_day)}' if last_day else ''}", may_end)


@require_POST
@for_audience("applicant")
def reading_end(request: ActorRequest, proposal_id: uuid.UUID, grant_id: uuid.UUID) -> HttpResponse:
    """Take back that somebody reads along."""
    grant = operations.end_reading(actor=request.actor, proposal_id=proposal_id, grant_id=grant_id)
    said = f"{grant.invitation.name} leest niet meer mee."
    return done(request, said, "applicant:proposal_people", proposal_id)
