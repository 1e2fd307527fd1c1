"""Locking the points takes two persons: the chair asks, the agency confirms (threats.md row 6)."""

from __future__ import annotations

import uuid

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.jury import policy
from wijkcontract.jury.models import Jury
from wijkcontract.jury.queries.doors import proposals_of
from wijkcontract.jury.queries.room import get_jury, seat_of
from wijkcontract.jury.queries.tally import tally
from wijkcontract.rules import clock
from wijkcontract.rules.lifecycle import JURY, advance
from wijkcontract.rules.verdicts import Invalid, require


@operation
def lock_scores(*, actor: Actor, jury_id: uuid.UUID | str, accept_missing: bool = False) -> Jury:
    """First the chair asks, then the agency manager confirms; only then the points are locked and can be read.

    Raises Invalid while points are missing, unless the chair accepts that; what is missing is then recorded.
    """
    jury = locked_jury(actor, jury_id)
    if policy.may_compose(actor):
        require(policy.may_confirm_lock(actor, jury))
        return _confirm(actor, jury)
    require(policy.may_ask_lock(actor, seat_of(actor, jury), jury))
    if jury.lock_asked_at is not None:
        record(actor, "jury.lock_asked_again", jury)
        return jury
    missing = _missing(jury)
    if missing and not accept_missing:
        noun = "voorstel" if missing == 1 else "voorstellen"
        raise Invalid.because(
            f"Bij {missing} {noun} ontbreken nog verklaringen of punten. Vergrendel toch, of wacht.", "accept_missing"
        )
    jury.lock_asked_at, jury.lock_asked_by_id = clock.now(), uuid.UUID(actor.person_id)
    jury.save(update_fields=["lock_asked_at", "lock_asked_by"])
    record(actor, "jury.lock_asked", jury, incomplete=missing)
    return jury


@operation
def reopen_scores(*, actor: Actor, jury_id: uuid.UUID | str) -> Jury:
    """Take the question to lock back, before the agency confirmed it."""
    jury = locked_jury(actor, jury_id)
    require(policy.may_reopen(actor, seat_of(actor, jury), jury))
    jury.lock_asked_at = jury.lock_asked_by = None
    jury.save(update_fields=["lock_asked_at", "lock_asked_by"])
    record(actor, "jury.scores_reopened", jury)
    return jury


def locked_jury(actor: Actor, jury_id: uuid.UUID | str) -> Jury:
    """A visible jury, its row held for this transaction."""
    visible = get_jury(actor, jury_id)
    return Jury.objects.select_for_update(of=("self",)).select_related("call").get(pk=visible.pk)


def _confirm(actor: Actor, jury: Jury) -> Jury:
    jury.state = advance(JURY, jury.state, "scores_locked")
    jury.locked_at, jury.locked_by_id = clock.now(), uuid.UUID(actor.person_id)
    jury.save(update_fields=["state", "locked_at", "locked_by"])
    record(actor, "jury.scores_locked", jury, asked_by=str(jury.lock_asked_by_id))
    return jury


def _missing(jury: Jury) -> int:
    """On how many proposals a voting juror without a conflict still owes a declaration or a point."""
    counted = tally(jury)
    return sum(counted.missing(proposal_id) > 0 for proposal_id in proposals_of(jury).values_list("pk", flat=True))
