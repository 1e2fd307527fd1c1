"""Who reads the files that the jury keeps, or is given to read (access.md, 'attachment')."""

from __future__ import annotations

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import ActorLike
from wijkcontract.jury.queries import doors, room
from wijkcontract.proposals.queries import may_read_decision_file


def reads_decision_file(actor: ActorLike, decision_id: str) -> bool:
    """The document of a local decision: who reads the proposal, or the juror for whom it is open."""
    if not isinstance(actor, Actor):
        return False
    return may_read_decision_file(actor, decision_id) or doors.may_read_decision_file(actor, decision_id)


def reads_appointment(actor: ActorLike, jury_id: str) -> bool:
    """The appointment of the jury: who reads the composition."""
    return isinstance(actor, Actor) and room.may_read_appointment(actor, jury_id)
