"""Reading people, organisations and mandates."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from wijkcontract.accounts import policy
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Invitation, Mandate, Organisation, OrganisationKind, Person
from wijkcontract.accounts.roles import Role
from wijkcontract.rules import clock
from wijkcontract.rules.tokens import token_sha256
from wijkcontract.rules.verdicts import NotVisible

AGENCY_OVO = "OVO001835"


def in_force(on: dt.date) -> Q:
    """Mandates that hold on a day."""
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))


def actor_of(person: Person, organisation_id: str = "") -> Actor:
    """The actor of a logged-in person: for the chosen organisation, else for the first one; without mandate, no roles."""
    if not person.is_active:
        return Actor()
    mandates = list(person.mandates.filter(in_force(clock.today())).select_related("organisation"))
    chosen = [m for m in mandates if str(m.organisation_id) == organisation_id] or mandates
    if not chosen:
        return Actor(person_id=str(person.pk), name=person.name)
    organisation = chosen[0].organisation
    return Actor(
        person_id=str(person.pk),
        name=person.name,
        organisation_id=str(organisation.pk),
        organisation_name=organisation.name,
        organisation_kind=organisation.kind,
        roles=frozenset(Role(m.role) for m in chosen if m.organisation_id == organisation.pk),
        other_organisations=len({m.organisation_id for m in mandates}) > 1,
    )


def get_organisation(actor: Actor, organisation_id: uuid.UUID | str) -> Organisation:
    """Any organisation: names and codes of organisations are public (R4)."""
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise NotVisible
    return organisation


def municipalities(actor: Actor, on: dt.date | None = None) -> QuerySet[Organisation]:
    """The municipalities that exist on a day (today by default), by name."""
    day = on or clock.today()
    return Organisation.objects.filter(
        Q(active_from=None) | Q(active_from__lte=day), Q(active_until=None) | Q(active_until__gte=day),
        kind=OrganisationKind.MUNICIPALITY,
    )  # fmt: skip


def flemish_bodies(actor: Actor) -> QuerySet[Organisation]:
    """Flemish bodies whose position or pledge can be asked (R12, R17)."""
    return Organisation.objects.filter(kind=OrganisationKind.FLEMISH_BODY)


def organisation_of_kind(kind: OrganisationKind) -> Organisation | None:
    """The first organisation of a kind of which there is normally one (the Inspectorate, the agency)."""
    return Organisation.objects.filter(kind=kind).first()


def people_of(actor: Actor) -> QuerySet[Mandate]:
    """The people of the actor's own organisation and their mandates that hold today."""
    if not actor.organisation_id:
        return Mandate.objects.none()
    return (
        Mandate.objects.filter(in_force(clock.today()), organisation_id=actor.organisation_id)
        .select_related("person", "organisation")
        .order_by("person__name", "role")
    )


def is_last_submitter(mandate: Mandate) -> bool:
    """Is this the only mandate of today to submit for its organisation? It stays, so that nobody is locked out."""
    if mandate.role != Role.SUBMITTER:
        return False
    others = Mandate.objects.filter(
        in_force(clock.today()), organisation_id=mandate.organisation_id, role=Role.SUBMITTER
    ).exclude(pk=mandate.pk)
    return not others.exists()


def writers_of(organisation_ids: Iterable[uuid.UUID], roles: Iterable[Role]) -> QuerySet[Person]:
    """People who hold one of these roles today for one of these organisations, each once."""
    held = Mandate.objects.filter(
        in_force(clock.today()), role__in=list(roles), organisation_id__in=list(organisation_ids)
    )
    return Person.objects.filter(pk__in=held.values("person_id"), is_active=True)


def people_with_role(role: Role, organisation_id: uuid.UUID | str | None = None) -> QuerySet[Person]:
    """People who hold a role today, for one organisation or for any: to compose a jury, to send a notice."""
    held = Mandate.objects.filter(in_force(clock.today()), role=role)
    if organisation_id is not None:
        held = held.filter(organisation_id=organisation_id)
    return Person.objects.filter(pk__in=held.values("person_id"), is_active=True)


class InvitationClosed(Exception):
    """The link was right once: the invitation was accepted, taken back, or is too old."""

    def __init__(self, invitation: Invitation) -> None:
        super().__init__(str(invitation.pk))
        self.was_accepted = invitation.accepted_at is not None


def open_invitation(token: str) -> Invitation:
    """The invitation behind a link, for whoever holds it. Raises NotVisible without, InvitationClosed when it is over."""
    found = Invitation.objects.filter(token_hash=token_sha256(token)).select_related("organisation").first()
    if found is None:
        raise NotVisible
    if found.accepted_at or found.revoked_at or found.expires_at <= clock.now():
        raise InvitationClosed(found)
    return found


def invitations_of(actor: Actor) -> QuerySet[Invitation]:
    """The invitations of the own organisation, the newest first, for who may see who works there."""
    if not actor.organisation_id or not policy.may_see_mandates(actor, actor.organisation_id):
        return Invitation.objects.none()
    return Invitation.objects.filter(organisation_id=actor.organisation_id).select_related("person")


def get_invitation(actor: Actor, invitation_id: uuid.UUID | str) -> Invitation:
    """One invitation of the own organisation. Raises NotVisible."""
    found = invitations_of(actor).filter(pk=invitation_id).select_related("organisation").first()
    if found is None:
        raise NotVisible
    return found


def organisation_names(organisation_ids: Collection[uuid.UUID | str]) -> dict[str, str]:
    """The names of these organisations by their id as a text; a name is public."""
    found = Organisation.objects.filter(pk__in=organisation_ids).values_list("pk", "name")
    return {str(pk): name for pk, name in found}
