"""What the jury tells other rooms: who reads its files, and to whom a conflict closes a proposal (access.md)."""

from __future__ import annotations

from django.db.models import OuterRef, Q, Subquery

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import ActorLike
from wijkcontract.jury.models import ConflictDeclaration
from wijkcontract.jury.queries import doors, room
from wijkcontract.proposals.attachments import may_read_attachment


def reads_attachment(actor: ActorLike, attachment_id: str) -> bool:
    """A file of a proposal: who reads the proposal, or the juror for whom it is open."""
    if not isinstance(actor, Actor):
        return False
    return may_read_attachment(actor, attachment_id) or doors.may_read_attachment(actor, attachment_id)


def reads_appointment(actor: ActorLike, jury_id: str) -> bool:
    """The appointment of the jury: who reads the composition."""
    return isinstance(actor, Actor) and room.may_read_appointment(actor, jury_id)


def closed_by_conflict(actor: Actor) -> Q:
    """The proposals on which this person, as a juror, last declared a conflict: closed in every other role of the State too."""
    own = ConflictDeclaration.objects.filter(juror__person_id=actor.person_id)
    newer = own.filter(juror=OuterRef("juror"), proposal=OuterRef("proposal")).order_by("-pk")
    newest = own.filter(pk=Subquery(newer.values("pk")[:1]), has_conflict=True)
    return Q(pk__in=newest.order_by().values("proposal_id"))
