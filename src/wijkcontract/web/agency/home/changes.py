"""What changed: the newest events of the log about objects that the actor may see, as sentences.

The log is open to the programme manager and the auditor, and its part about money to finance (access.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.models import Event
from wijkcontract.audit.queries import latest
from wijkcontract.calls.queries import visible_calls
from wijkcontract.contracts.queries.contracts import visible_contracts
from wijkcontract.proposals.queries import visible_proposals

M = TypeVar("M", bound=Model)
Names = Mapping[str, str]
SHOWN = 8
READ = 40
"""Of each kind; saves of drafts are read and left out."""

RECENT = 50
"""Only the objects that changed last are asked for, so that the page costs the same with a thousand."""

SENTENCES: Mapping[str, str] = {
    "calls.created": "Oproep gemaakt",
    "calls.duplicated": "Oproep gekopieerd",
    "calls.saved": "Gegevens van de oproep bewaard",
    "calls.criteria_saved": "Criteria bewaard",
    "calls.launched": "Oproep gelanceerd",
    "calls.extended": "Oproep verlengd",
    "calls.announced": "Oproep bekendgemaakt",
    "proposals.submitted": "Voorstel ingediend",
    "proposals.withdrawn": "Voorstel ingetrokken",
    "proposals.declared_admissible": "Voorstel ontvankelijk verklaard",
    "proposals.declared_inadmissible": "Voorstel onontvankelijk verklaard",
    "proposals.sent_to_jury": "Voorstel bij de jury",
    "proposals.advised": "Advies van de jury gegeven",
    "proposals.decided": "Beslissing genomen",
    "contracts.made": "Contract gemaakt",
    "contracts.signature_recorded": "Handtekening vastgelegd",
    "contracts.subsidy_committed": "Subsidie vastgelegd",
    "contracts.charge_posted": "Aanrekening geboekt",
    "contracts.payment_plan_made": "Betalingsplan gemaakt",
    "contracts.payment_asked": "Betaling gevraagd",
    "contracts.payment_returned": "Betaling teruggestuurd",
    "contracts.payment_confirmed": "Betaling bevestigd",
}
ICONS: Mapping[str, str] = {"agency:call": "info", "agency:proposal": "file", "agency:contract": "euro"}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened: what, to which object, by whom."""

    sentence: str
    subject: str
    url: str
    at: datetime
    who: str
    icon: str


def reads_changes(actor: Actor) -> bool:
    """Whether the log, or its part about money, is open to this reader at all."""
    return actor.has(Role.AGENCY_MANAGER, Role.AUDITOR, Role.AGENCY_FINANCE)


def changes_for(actor: Actor) -> list[Change]:
    """The newest changes, newest first; finance reads those of contracts."""
    found: list[tuple[Event, Names, str]] = []
    if actor.has(Role.AGENCY_MANAGER, Role.AUDITOR):
        found += _events("calls.call", visible_calls(actor).order_by("-created_at"), "agency:call")
        found += _events("proposals.proposal", visible_proposals(actor).order_by("-changed_at"), "agency:proposal")
    if reads_changes(actor):
        found += _events("contracts.contract", visible_contracts(actor).order_by("-created_at"), "agency:contract")
    told = [one for one in found if one[0].verb in SENTENCES]
    return [_change(*one) for one in sorted(told, key=lambda one: (one[0].at, one[0].pk), reverse=True)[:SHOWN]]


def _events(kind: str, visible: QuerySet[M], page: str) -> list[tuple[Event, Names, str]]:
    """The newest events of the newest visible objects of one kind, with their titles by id."""
    names = {str(pk): str(title) for pk, title in visible.values_list("pk", "title")[:RECENT]}
    return [(event, names, page) for event in latest(kind, names, READ)]


def _change(event: Event, names: Names, page: str) -> Change:
    return Change(
        sentence=SENTENCES[event.verb],
        subject=names[event.subject_id],
        url=reverse(page, args=[event.subject_id]),
        at=event.at,
        who=event.actor_name,
        icon=ICONS[page],
    )
