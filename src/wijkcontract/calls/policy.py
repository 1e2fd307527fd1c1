"""Who may read and change a call (access.md, rows 'call @draft' and 'call @open / closed')."""

from __future__ import annotations

from typing import Final

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.calls.models import Call
from wijkcontract.rules.verdicts import ALLOWED, Verdict, refuse

DRAFT_READERS: Final = (
    Role.AGENCY_MANAGER,
    Role.AGENCY_FINANCE,
    Role.CABINET,
    Role.INSPECTORATE,
    Role.AUDITOR,
)
WITHOUT_CALLS: Final = frozenset({Role.PARTNER, Role.OPERATOR})
"""A partner sees only its own pledge, an operator no content: inside the product neither has calls."""


def reads_drafts(actor: Actor) -> bool:
    """May the actor read a call before the day of its publication?"""
    return actor.has(*DRAFT_READERS)


def reads_published(actor: Actor) -> bool:
    """Everyone reads a published call, except who has nothing but a role without calls."""
    return not actor.roles or not actor.roles <= WITHOUT_CALLS


def may_create_call(actor: Actor) -> Verdict:
    """Only the agency manager makes a call (R15)."""
    if actor.has(Role.AGENCY_MANAGER):
        return ALLOWED
    return refuse("Alleen de programmabeheerder van het agentschap maakt oproepen.")


def may_ask(actor: Actor, call: Call) -> Verdict:
    """Who writes for a local authority asks, while the call takes questions."""
    if not actor.has(Role.EDITOR, Role.SUBMITTER) or not actor.organisation_id:
        return refuse("Alleen een bewerker of indiener van een lokaal bestuur stelt vragen over een oproep.")
    if not call.takes_questions:
        return refuse("Vragen stellen over deze oproep kan niet meer. De antwoorden blijven leesbaar.")
    return ALLOWED


def may_manage_call(actor: Actor, call: Call) -> Verdict:
    """Change, launch, extend or announce: the agency manager; others who see the call read it."""
    if actor.has(Role.AGENCY_MANAGER):
        return ALLOWED
    return refuse(f"Alleen de programmabeheerder van het agentschap wijzigt de oproep '{call.title}'. U mag ze lezen.")
