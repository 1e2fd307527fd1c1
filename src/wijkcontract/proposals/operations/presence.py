"""Who is on the pages of a draft now. A mark of half a minute: no content, no event, no history."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import nothing_changed, operation
from wijkcontract.proposals import queries
from wijkcontract.proposals.models import Presence, Proposal
from wijkcontract.rules import clock

FORGOTTEN: Final = dt.timedelta(minutes=10)


@operation
def be_present(*, actor: Actor, proposal_id: uuid.UUID | str, section: str, is_writing: bool) -> Proposal:
    """Say that the actor is in a section; marks that are long old go. Raises NotVisible. The log does not follow people."""
    proposal = queries.get_proposal(actor, proposal_id)
    now = clock.now()
    Presence.objects.filter(seen_at__lt=now - FORGOTTEN).delete()
    Presence.objects.bulk_create(
        [
            Presence(
                proposal=proposal, person_id=actor.person_id, person_name=actor.name, section=section,
                is_writing=is_writing, seen_at=now,
            )
        ],
        update_conflicts=True,
        unique_fields=["proposal", "person_id"],
        update_fields=["section", "is_writing", "seen_at", "person_name"],
    )  # fmt: skip
    nothing_changed()
    return proposal
