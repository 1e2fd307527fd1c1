"""The juror's way to a proposal: every door is open, closed by a conflict, or waits for the declaration."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from wijkcontract.accounts.actors import Actor
from wijkcontract.jury import policy
from wijkcontract.jury.models import CallUp, ConflictDeclaration, Juror, JurorKind, Jury
from wijkcontract.jury.policy import Standing
from wijkcontract.jury.queries.room import seats_of
from wijkcontract.proposals.attachments import proposal_of_frozen
from wijkcontract.proposals.models import Partner, Proposal
from wijkcontract.rules import clock
from wijkcontract.rules.conflicts import Declaration
from wijkcontract.rules.verdicts import NotVisible, Refused

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip


class Door(StrEnum):
    """How a proposal stands open for one juror."""

    DECLARE = "declare"
    CLOSED = "closed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Declared:
    """The newest declaration of a juror on a proposal."""

    has_conflict: bool
    reason: str
    at: datetime
    by_self: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One proposal of the jury as one juror finds it. `reason` says why a door is closed."""

    proposal: Proposal
    standing: Standing
    door: Door
    reason: str = ""


def proposals_of(jury: Jury) -> QuerySet[Proposal]:
    """The proposals that the jury got, by municipality."""
    found = Proposal.objects.filter(call_id=jury.call_id, state__in=policy.AT_THE_JURY)
    return found.select_related("applicant").order_by("applicant__name", "title", "pk")


def declarations(jury: Jury, **only: object) -> dict[tuple[uuid.UUID, uuid.UUID], Declared]:
    """The newest declaration by juror and proposal; a caller shows of it what the reader may know."""
    rows = ConflictDeclaration.objects.filter(juror__jury=jury, **only).order_by("id")
    fields = ("juror_id", "proposal_id", "has_conflict", "reason", "declared_at", "declared_by_id", "juror__person_id")
    return {
        (juror, proposal): Declared(has_conflict, reason, at, by == person)
        for juror, proposal, has_conflict, reason, at, by, person in rows.values_list(*fields)
    }


def closed_for(actor: Actor, jury: Jury) -> Mapping[uuid.UUID, Declared]:
    """The proposals on which this person has a conflict, whatever the role in which the person looks now."""
    if not actor.person_id:
        return {}
    own = declarations(jury, juror__person_id=actor.person_id)
    return {proposal_id: declared for (_, proposal_id), declared in own.items() if declared.has_conflict}


def called_to(juror: Juror, proposals: Iterable[Proposal] | QuerySet[Proposal]) -> set[uuid.UUID]:
    """To which of these proposals a member of a Flemish body is called: a pledge was asked of the body, or a call-up."""
    if juror.kind != JurorKind.NON_VOTING:
        return {proposal.pk for proposal in proposals}
    ids = [proposal.pk for proposal in proposals]
    asked = Partner.objects.filter(proposal__in=ids, body=juror.organisation_id, pledges__isnull=False)
    called = CallUp.objects.filter(juror=juror, proposal__in=ids)
    return {*asked.order_by().values_list("proposal_id", flat=True), *called.values_list("proposal_id", flat=True)}


def ways(juror: Juror, proposals: list[Proposal]) -> list[Way]:
    """Every proposal that exists for this juror, with its door. A body that is not called to one does not find it."""
    declared = {key[1]: one for key, one in declarations(juror.jury, juror__person_id=juror.person_id).items()}
    called = called_to(juror, proposals)
    return [_way(juror, one, declared.get(one.pk), one.pk in called) for one in proposals if one.pk in called]


def closed_sentence(declared: Declared) -> str:
    """Why a door is closed, for the juror."""
    on = declared.at.astimezone(clock.BRUSSELS)
    said = f"{on.day} {MONTHS[on.month - 1]}"
    if declared.by_self:
        return f"Gesloten voor u. U meldde op {said} een belangenconflict."
    return f"Gesloten voor u. Op {said} werd voor u een belangenconflict gemeld."


def _way(juror: Juror, proposal: Proposal, declared: Declared | None, is_called: bool) -> Way:
    standing = Standing.of(juror, declared.has_conflict if declared else None, is_called)
    if declared is not None and declared.has_conflict:
        return Way(proposal, standing, Door.CLOSED, closed_sentence(declared))
    if not policy.may_see_content(standing):
        return Way(proposal, standing, Door.DECLARE)
    return Way(proposal, standing, Door.OPEN)


def find_way(actor: Actor, proposal_id: uuid.UUID | str) -> tuple[Juror, Way]:
    """The actor's seat and the door of one proposal. Raises NotVisible when the proposal does not exist for this juror."""
    proposal = Proposal.objects.filter(pk=proposal_id, state__in=policy.AT_THE_JURY)
    found = proposal.select_related("call", "applicant").first()
    seat = seats_of(actor).filter(jury__call_id=found.call_id).first() if found else None
    if found is None or seat is None:
        raise NotVisible
    way = next(iter(ways(seat, [found])), None)
    if way is None:
        raise NotVisible
    return seat, way


def open_way(actor: Actor, proposal_id: uuid.UUID | str) -> tuple[Juror, Way]:
    """The same, through an open door only. Raises Refused with the reason when it is closed or not declared yet."""
    seat, way = find_way(actor, proposal_id)
    if way.door is Door.CLOSED:
        raise Refused(way.reason)
    if way.standing.declaration is Declaration.MISSING and way.door is Door.DECLARE:
        raise Refused(policy.NOT_DECLARED.reason)
    return seat, way


def may_read_attachment(actor: Actor, attachment_id: str) -> bool:
    """A file that was submitted is read by a juror for whom the proposal is open (access.md, 'attachment')."""
    proposal = proposal_of_frozen(attachment_id)
    if proposal is None:
        return False
    try:
        open_way(actor, proposal)
    except (NotVisible, Refused):
        return False
    return True
