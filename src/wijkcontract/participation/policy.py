"""Who may record and read the moments of the participation process (access.md, row process record)."""

from __future__ import annotations

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.contracts.models import Contract
from wijkcontract.rules.verdicts import ALLOWED, Verdict, refuse

LOCAL_ROLES = (Role.EDITOR, Role.SUBMITTER, Role.CERTIFIER)
READERS_OF_ALL = (Role.AGENCY_MANAGER, Role.AUDITOR)


def may_record(actor: Actor, contract: Contract) -> Verdict:
    """Record a moment of a contract of the own local authority."""
    if actor.has(*LOCAL_ROLES) and actor.acts_for(contract.local_authority_id):
        return ALLOWED
    return refuse("Alleen uw eigen bestuur houdt bij welke momenten met bewoners er waren.")
