"""Reading what the people of one authority say to each other about a draft. For everyone else none of it exists (decision 0025)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, prefetch_related_objects

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.queries import people_of
from wijkcontract.accounts.roles import Role
from wijkcontract.proposals import policy
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.models import Comment, Proposal, ReadGrant, SectionWork
from wijkcontract.proposals.queries import get_own_proposal
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import NotVisible


@dataclass(frozen=True)
class Colleague:
    """Someone of the own authority who works on proposals: how to call and how to reach this person."""

    id: str
    name: str
    email: str
    roles: Sequence[Role]

    @property
    def writes(self) -> bool:
        return not set(self.roles).isdisjoint(policy.WRITERS)


def colleagues(actor: Actor) -> list[Colleague]:
    """The people of the own authority with a role in proposals, by name; the actor too. One query."""
    found: dict[str, Colleague] = {}
    for mandate in people_of(actor).filter(role__in=policy.LOCAL_ROLES):
        key, person = str(mandate.person_id), mandate.person
        before = found[key].roles if key in found else ()
        found[key] = Colleague(key, person.name, person.email, (*before, Role(mandate.role)))
    return list(found.values())


def section_work(actor: Actor, proposal: Proposal) -> dict[str, SectionWork]:
    """The work on each section that somebody spoke of, by its code; without a query for who may not know."""
    if not policy.may_see_comments(actor, proposal):
        return {}
    return {one.section: one for one in SectionWork.objects.filter(proposal=proposal)}


def threads(actor: Actor, proposal: Proposal, section: str) -> QuerySet[Comment]:
    """The comments of a section with their replies, the open ones first, the newest first."""
    if not policy.may_see_comments(actor, proposal):
        return Comment.objects.none()
    found = Comment.objects.filter(proposal=proposal, section=section, parent=None)
    newest_open = F("resolved_at").desc(nulls_first=True)
    return found.order_by(newest_open, "-id").prefetch_related("mentions", "replies__mentions")


def get_comment(actor: Actor, proposal_id: uuid.UUID | str, section: str, key: uuid.UUID | str) -> Comment:
    """One comment or reply with its proposal. Raises NotVisible for who is not of the authority."""
    proposal = get_own_proposal(actor, proposal_id)
    found = Comment.objects.filter(proposal=proposal, section=section, key=key).select_related("parent").first()
    if found is None:
        raise NotVisible
    found.proposal = proposal
    return found


def with_replies(comment: Comment) -> Comment:
    """A comment that the caller was allowed to fetch, with its replies and whom each of them told; three queries."""
    prefetch_related_objects([comment], "mentions", "replies__mentions")
    return comment


def in_thread(root: Comment) -> set[str]:
    """The ids of the people who wrote in the thread of a comment or have it as their task; one query."""
    written = Comment.objects.filter(Q(pk=root.pk) | Q(parent=root)).order_by().values_list("author_id", flat=True)
    return {*written, *filter(None, [root.assignee_id])}


def is_answered(comment: Comment) -> bool:
    """Did somebody write after this comment in its thread?"""
    if comment.parent_id is None:
        return comment.replies.exists()
    return Comment.objects.filter(parent_id=comment.parent_id, pk__gt=comment.pk).exists()


def tasks_assigned_to(actor: Actor) -> QuerySet[Comment]:
    """The open comments that were assigned to the actor, of proposals of which something can still become."""
    dead = Q(state__in=policy.FINISHED_STATES) | Q(state=ProposalState.DRAFT, call__last_day__lt=clock.today())
    alive = Proposal.objects.filter(policy.own(actor)).exclude(dead)
    found = Comment.objects.filter(
        assignee_id=actor.person_id, resolved_at=None, proposal__in=alive.order_by().values("pk")
    )
    return found.select_related("proposal")


def read_grants(actor: Actor, proposal: Proposal) -> QuerySet[ReadGrant]:
    """Who from outside was asked to read along, in order of asking; for the people of the authority only."""
    if not policy.may_see_comments(actor, proposal):
        return ReadGrant.objects.none()
    return proposal.read_grants.select_related("invitation")
