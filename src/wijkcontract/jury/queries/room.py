"""The jury itself: who sits in it, for which call, who was invited."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Mandate, OrganisationKind
from wijkcontract.accounts.queries import in_force
from wijkcontract.accounts.roles import Role
from wijkcontract.calls.models import Call
from wijkcontract.calls.queries import visible_calls
from wijkcontract.files.models import StoredFile
from wijkcontract.files.queries import files_of
from wijkcontract.jury import policy
from wijkcontract.jury.models import Invitation, Juror, JurorKind, Jury
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.queries import visible_proposals
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import NotVisible

CANDIDATES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """Someone who holds the role that a seat asks, at the organisation for which the seat would be."""

    person_id: uuid.UUID
    name: str
    organisation: str


def juries(actor: Actor) -> QuerySet[Jury]:
    """The juries that exist for this actor, the last appointed first."""
    return Jury.objects.filter(policy.visible(actor)).select_related("call").order_by("-appointed_on", "pk")


def get_jury(actor: Actor, jury_id: uuid.UUID | str) -> Jury:
    """One jury. Raises NotVisible when it does not exist for this actor."""
    jury = juries(actor).filter(pk=jury_id).first()
    if jury is None:
        raise NotVisible
    return jury


def jury_of_call(actor: Actor, call_id: uuid.UUID | str) -> Jury | None:
    """The jury of a call, when there is one that this actor may see."""
    return juries(actor).filter(call_id=call_id).first()


def calls_without_jury(actor: Actor) -> QuerySet[Call]:
    """Launched calls that still need a jury."""
    return visible_calls(actor).exclude(launched_at=None).exclude(pk__in=Jury.objects.values("call_id"))


def waiting_proposals(actor: Actor, jury: Jury) -> int:
    """How many admissible proposals of the call wait for the jury, as far as this actor may know them."""
    return visible_proposals(actor).filter(call_id=jury.call_id, state=ProposalState.ADMISSIBLE).count()


def seat_of(actor: Actor, jury: Jury) -> Juror | None:
    """The actor's own seat in this jury, in the organisation and role of now."""
    return Juror.objects.filter(policy.seats(actor), jury=jury).first()


def seats_of(actor: Actor) -> QuerySet[Juror]:
    """Every seat that the actor holds now, the newest jury first."""
    seats = Juror.objects.filter(policy.seats(actor)).select_related("jury__call", "organisation")
    return seats.order_by("-jury__appointed_on", "pk")


def members(actor: Actor, jury: Jury) -> QuerySet[Juror]:
    """Who sits in the jury: first who votes, the chair in front. Nobody for who may not know (access.md)."""
    if not policy.reads_composition(actor, seat_of(actor, jury)):
        return Juror.objects.none()
    return members_of(jury)


def members_of(jury: Jury) -> QuerySet[Juror]:
    """The same, for a caller who was allowed to read the composition."""
    return jury.jurors.select_related("person", "organisation").order_by("-kind", "-is_chair", "person__name", "pk")


def invitations(actor: Actor, jury: Jury) -> QuerySet[Invitation]:
    """The invitations of ministers and their replies (R17)."""
    if not policy.reads_composition(actor, seat_of(actor, jury)):
        return Invitation.objects.none()
    return jury.invitations.all()


def candidates(actor: Actor, jury: Jury, kind: str, text: str = "") -> list[Candidate]:
    """Who may take a seat of this kind and has none yet, found by name of person or organisation; at most fifty."""
    role = policy.ROLE_OF_KIND.get(JurorKind(kind)) if kind in JurorKind.values else None
    if role is None or not policy.may_change_members(actor, jury):
        return []
    held = eligible(role).exclude(person_id__in=jury.jurors.values("person_id"))
    for word in text.split():
        held = held.filter(person__name__icontains=word) | held.filter(organisation__name__icontains=word)
    rows = held.select_related("person", "organisation").order_by("person__name", "organisation__name", "pk")
    return [Candidate(one.person_id, one.person.name, one.organisation.name) for one in rows[:CANDIDATES_SHOWN]]


def eligible(role: Role) -> QuerySet[Mandate]:
    """Mandates of today that give a right to a seat; who handles the dossiers at the agency does not sit in the jury."""
    today = in_force(clock.today())
    handlers = Mandate.objects.filter(today, role__in=(Role.AGENCY_MANAGER, Role.AGENCY_FINANCE)).values("person_id")
    held = Mandate.objects.filter(today, role=role, person__is_active=True).exclude(person_id__in=handlers)
    return held.filter(organisation__kind=OrganisationKind.FLEMISH_BODY) if role is Role.BODY_MEMBER else held


def appointment_files(jury: Jury) -> QuerySet[StoredFile]:
    """The appointment document of a jury that the caller was allowed to fetch."""
    return files_of(Jury._meta.label_lower, [jury.pk])


def may_read_appointment(actor: Actor, jury_id: str) -> bool:
    """The appointment document is read by who reads the composition (access.md, 'attachment')."""
    jury = juries(actor).filter(pk=jury_id).first()
    return jury is not None and policy.reads_composition(actor, seat_of(actor, jury))
