"""Who reads and issues the report to the ministers (access.md, row report to the ministers)."""

from __future__ import annotations

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.rules.verdicts import ALLOWED, Verdict, refuse

READERS_OF_ISSUED = (Role.AGENCY_MANAGER, Role.AGENCY_FINANCE, Role.CABINET, Role.INSPECTORATE, Role.AUDITOR)
READERS_OF_DRAFT = (Role.AGENCY_MANAGER, Role.AGENCY_FINANCE)


def reads_issued(actor: Actor) -> bool:
    return actor.has(*READERS_OF_ISSUED)


def reads_draft(actor: Actor) -> bool:
    """A report that is not issued yet is work of the agency alone."""
    return actor.has(*READERS_OF_DRAFT)


def may_issue(actor: Actor) -> Verdict:
    if actor.has(Role.AGENCY_MANAGER):
        return ALLOWED
    return refuse("Alleen de programmabeheerder van het agentschap brengt het rapport uit.")
