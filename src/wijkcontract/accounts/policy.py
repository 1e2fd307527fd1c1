"""Who may manage mandates: the mandated submitter for the own organisation, the agency manager for any (access.md)."""

from __future__ import annotations

import uuid

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.rules.verdicts import ALLOWED, Verdict, refuse

LOCAL_ROLES = (Role.EDITOR, Role.SUBMITTER, Role.CERTIFIER)
INVITED_ROLES = (Role.EDITOR, Role.CERTIFIER)


def may_see_mandates(actor: Actor, organisation_id: uuid.UUID | str) -> Verdict:
    """Who works for an organisation is known to its own people and to the agency manager; to others it does not exist."""
    if actor.has(Role.AGENCY_MANAGER) or (actor.roles and actor.acts_for(organisation_id)):
        return ALLOWED
    return refuse("Alleen uw eigen bestuur ziet wie er meewerkt.")


def may_manage_mandates(actor: Actor, organisation_id: uuid.UUID | str) -> Verdict:
    if actor.has(Role.AGENCY_MANAGER):
        return ALLOWED
    if actor.has(Role.SUBMITTER) and actor.acts_for(organisation_id):
        return ALLOWED
    return refuse("Alleen de gemandateerde indiener van uw bestuur beheert wie meewerkt.")


def may_grant(actor: Actor, organisation_id: uuid.UUID | str, role: Role) -> Verdict:
    """A local authority hands out its own three roles; the agency hands out the others too."""
    if not actor.has(Role.AGENCY_MANAGER) and role not in LOCAL_ROLES:
        return refuse("Uw bestuur geeft alleen de rollen bewerker, indiener en certificeerder.")
    return may_manage_mandates(actor, organisation_id)


def may_invite(actor: Actor, organisation_id: uuid.UUID | str, role: Role) -> Verdict:
    """The mandated submitter invites who writes, who certifies, and partners who read along; never who submits."""
    if not (actor.has(Role.SUBMITTER) and actor.acts_for(organisation_id)):
        return refuse("Alleen de gemandateerde indiener van uw bestuur nodigt mensen uit.")
    if role not in (*INVITED_ROLES, Role.PARTNER):
        return refuse(
            "U nodigt bewerkers, certificeerders en partners uit. Andere rollen geeft u bij Mensen en rollen."
        )
    return ALLOWED
