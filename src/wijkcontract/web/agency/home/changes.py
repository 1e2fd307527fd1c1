"""What changed: the newest events of the log about objects that the actor may see, as sentences.

The log is open to the programme manager and the auditor, and its part about money to finance (access.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.models import Event
from wijkcontract.audit.queries import latest
from wijkcontract.calls.queries import visible_calls
from wijkcontract.proposals.queries import visible_proposals

SHOWN = 8
RECENT = 50
"""Only the objects that changed last are asked for, so that the page costs the same with a thousand."""

SENTENCES: Mapping[str, str] = {
    "calls.created": "Oproep gemaakt",
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
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened: what, to which object, by whom."""

    sentence: str
    subject: str
    url: str
    at: datetime
    who: str


def changes_for(actor: Actor) -> list[Change]:
    """The newest changes, newest first."""
    if not actor.has(Role.AGENCY_MANAGER, Role.AUDITOR):
        return []
    calls = dict(visible_calls(actor).order_by("-created_at").values_list("pk", "title")[:RECENT])
    proposals = dict(visible_proposals(actor).order_by("-changed_at").values_list("pk", "title")[:RECENT])
    events = [
        *((event, calls, "agency:call") for event in latest("calls.call", calls, SHOWN)),
        *((event, proposals, "agency:proposal") for event in latest("proposals.proposal", proposals, SHOWN)),
    ]
    newest = sorted(events, key=lambda one: -one[0].pk)[:SHOWN]
    return [_change(event, names, page) for event, names, page in newest if event.verb in SENTENCES]


def _change(event: Event, names: Mapping[object, str], page: str) -> Change:
    by_text = {str(key): name for key, name in names.items()}
    return Change(
        sentence=SENTENCES[event.verb],
        subject=by_text[event.subject_id],
        url=reverse(page, args=[event.subject_id]),
        at=event.at,
        who=event.actor_name,
    )
