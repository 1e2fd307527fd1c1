"""Reading the requests for clarification; what an actor may not see does not exist (access.md, "clarification asked")."""

from __future__ import annotations

import uuid

from django.db.models import Q, QuerySet

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.proposals import policy
from wijkcontract.proposals.models import Clarification, ClarificationState, Proposal
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import NotVisible


def visible_clarifications(actor: Actor) -> QuerySet[Clarification]:
    """The requests for clarification that exist for this actor, in the order of their proposal."""
    found = Clarification.objects.filter(policy.visible_clarifications(actor))
    return found.select_related("proposal__call", "proposal__applicant", "before", "after")


def clarifications(actor: Actor, proposal: Proposal) -> list[Clarification]:
    """Those about one proposal; empty for who may read the proposal and not the requests."""
    return list(visible_clarifications(actor).filter(proposal=proposal))


def clarifications_for_jury(proposal: Proposal) -> list[Clarification]:
    """The requests about a proposal whose door the jury room opened; the jury room decides for whom."""
    found = Clarification.objects.filter(proposal=proposal).select_related("before", "after")
    return list(found.exclude(state=ClarificationState.WITHDRAWN))


def unanswered(actor: Actor, proposal: Proposal, section: str) -> Clarification | None:
    """The question about a section that has no answer yet, open or late; no query for a draft."""
    if proposal.state not in policy.CLARIFIABLE:
        return None
    asked = visible_clarifications(actor).filter(proposal=proposal, section=section, state=ClarificationState.ASKED)
    return asked.first()


def clarifications_to_answer(actor: Actor) -> QuerySet[Clarification]:
    """The open questions to the actor's own authority, for who writes or sends the answer; the first to end first."""
    if not actor.has(*policy.WRITERS):
        return Clarification.objects.none()
    asked = visible_clarifications(actor).filter(Q(proposal__applicant_id=actor.organisation_id))
    asked = asked.filter(
        proposal__state__in=policy.CLARIFIABLE, state=ClarificationState.ASKED, last_day__gte=clock.today()
    )
    return asked.order_by("last_day", "number")


def clarifications_to_follow(actor: Actor) -> QuerySet[Clarification]:
    """The questions without an answer, for the agency manager; the first to end first."""
    if not actor.has(Role.AGENCY_MANAGER):
        return Clarification.objects.none()
    asked = visible_clarifications(actor).filter(proposal__state__in=policy.CLARIFIABLE, state=ClarificationState.ASKED)
    return asked.order_by("last_day", "number")


def get_clarification(
    actor: Actor, clarification_id: uuid.UUID | str, proposal_id: uuid.UUID | None = None
) -> Clarification:
    """One request, of this proposal when it is told. Raises NotVisible when it does not exist for this actor."""
    found = visible_clarifications(actor).filter(pk=clarification_id).first()
    if found is None or proposal_id not in (None, found.proposal_id):
        raise NotVisible
    return found
