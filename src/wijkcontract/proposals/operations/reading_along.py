"""Letting a partner from outside read one draft, and taking that back (R8, decision 0025)."""

from __future__ import annotations

import uuid

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.operations import invite, revoke_invitation
from wijkcontract.accounts.operations.invitations import LinkOf
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.operations import nothing_changed, operation, record
from wijkcontract.proposals import policy, queries, team_queries
from wijkcontract.proposals.models import Proposal, ReadGrant
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Invalid, NotVisible, require


@operation
def invite_reader(
    *,
    actor: Actor,
    proposal_id: uuid.UUID | str,
    new_id: uuid.UUID,
    email: str,
    name: str,
    partner_name: str,
    link_of: LinkOf,
) -> ReadGrant:
    """Invite a partner to read the draft as long as the call runs, also when that becomes longer.

    An open invitation of the same address is replaced. The same `new_id` again gives the first one back.
    Raises NotVisible, Refused, Invalid.
    """
    proposal = queries.get_own_proposal(actor, proposal_id)
    Proposal.objects.select_for_update().only("pk").get(pk=proposal.pk)
    require(policy.may_invite_reader(actor, proposal))
    known = ReadGrant.objects.filter(invitation=new_id).first()
    if known is not None:
        if known.proposal_id != proposal.pk:
            raise NotVisible
        nothing_changed()
        return known
    same = team_queries.read_grants(actor, proposal).filter(invitation__email=email.strip().lower(), ended_at=None)
    for earlier in same:
        if earlier.invitation.accepted_at is not None and (earlier.until is None or earlier.until >= clock.today()):
            raise Invalid.because(f"{earlier.invitation.name} leest dit ontwerp al mee.", "email")
        _end(actor, earlier)
    invitation = invite(
        actor=actor, organisation_id=proposal.applicant_id, new_id=new_id, email=email, name=name, role=Role.PARTNER,
        partner_name=partner_name, why=f"U kunt dan het ontwerp van '{proposal.title}' lezen.", link_of=link_of,
    )  # fmt: skip
    grant = ReadGrant.objects.create(proposal=proposal, invitation=invitation)
    record(actor, "proposals.reader_invited", proposal, invitation=str(invitation.pk))
    return grant


@operation
def end_reading(*, actor: Actor, proposal_id: uuid.UUID | str, grant_id: uuid.UUID | str) -> ReadGrant:
    """Take back that a partner reads the draft, or the invitation when it is still open. Twice changes nothing."""
    proposal = queries.get_own_proposal(actor, proposal_id)
    grant = team_queries.read_grants(actor, proposal).filter(pk=grant_id).first()
    if grant is None:
        raise NotVisible
    require(policy.may_end_reading(actor, proposal))
    if grant.ended_at is not None:
        nothing_changed()
        return grant
    _end(actor, grant)
    record(actor, "proposals.reading_ended", proposal, invitation=str(grant.invitation_id))
    return grant


def _end(actor: Actor, grant: ReadGrant) -> None:
    if grant.invitation.accepted_at is None:
        revoke_invitation(actor=actor, invitation_id=grant.invitation_id)
    grant.ended_at = clock.now()
    grant.save(update_fields=["ended_at"])
