"""Inviting people by a link in a mail: a colleague of the own authority, or a partner who reads along (decision 0025).

The link holds 256 bits that nothing on this side remembers; only their hash is stored. It works once, for fourteen days, and
until it is taken back. Opening it shows what is asked; a button accepts.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Final

from wijkcontract.accounts import policy
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Invitation, Mandate, Organisation, OrganisationKind, Person
from wijkcontract.accounts.queries import (
    InvitationClosed,
    get_invitation,
    get_organisation,
    in_force,
    open_invitation,
)
from wijkcontract.accounts.roles import DESCRIPTIONS, Role
from wijkcontract.audit.operations import nothing_changed, operation, record
from wijkcontract.outbox.operations import queue_mail
from wijkcontract.rules import clock
from wijkcontract.rules.periods import day_nl
from wijkcontract.rules.tokens import new_token, token_sha256
from wijkcontract.rules.verdicts import Fault, Invalid, NotVisible, require

__all__ = ["InvitationClosed", "accept_invitation", "invite", "revoke_invitation"]

HOLDS: Final = dt.timedelta(days=14)
LinkOf = Callable[[str], str]
"""Makes the address of a token; only who answers a request knows the name of the site."""


@operation
def invite(
    *,
    actor: Actor,
    organisation_id: uuid.UUID | str,
    new_id: uuid.UUID,
    email: str,
    name: str,
    role: Role,
    partner_name: str = "",
    why: str = "",
    link_of: LinkOf,
) -> Invitation:
    """Invite somebody by mail. An open invitation of the same address and role is taken back: the newest link works.

    The same `new_id` again gives the first invitation back and mails nothing. The answer is the same whether or not the address is
    known here. `why` is a sentence for the mail. Raises NotVisible, Refused, Invalid.
    """
    organisation = get_organisation(actor, organisation_id)
    require(policy.may_invite(actor, organisation.pk, role))
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    known = Invitation.objects.filter(pk=new_id).first()
    if known is not None:
        if known.organisation_id != organisation.pk:
            raise NotVisible
        nothing_changed()
        return known
    if faults := _faults(email, name, role, partner_name):
        raise Invalid(faults)
    now, token = clock.now(), new_token()
    invitation = Invitation(
        id=new_id, organisation=organisation, email=email.strip().lower(), name=name.strip(), role=role,
        partner_name=partner_name.strip(), token_hash=token_sha256(token), sent_at=now, expires_at=now + HOLDS,
        invited_by_id=actor.person_id, invited_by_name=actor.name,
    )  # fmt: skip
    if role != Role.PARTNER:
        same = Invitation.objects.filter(organisation=organisation, email=invitation.email, role=role)
        same.filter(accepted_at=None, revoked_at=None).update(revoked_at=now)
    invitation.save()
    _mail(invitation, why, link_of(token))
    record(actor, "accounts.invited", organisation, invitation=str(invitation.pk), role=role.value)
    return invitation


def _faults(email: str, name: str, role: Role, partner_name: str) -> list[Fault]:
    faults = []
    if not name.strip():
        faults.append(Fault("name", "Schrijf de naam van wie u uitnodigt."))
    if "@" not in email:
        faults.append(Fault("email", "Schrijf een geldig e-mailadres."))
    if role == Role.PARTNER and not partner_name.strip():
        faults.append(Fault("partner_name", "Schrijf voor welke organisatie deze persoon meeleest."))
    return faults


def _mail(invitation: Invitation, why: str, link: str) -> None:
    """The one mail that holds the link."""
    place = invitation.organisation.name
    last_day = day_nl(clock.day_of(invitation.expires_at))
    queue_mail(
        key=f"invitation:{invitation.pk}",
        kind="invitation",
        recipient=invitation.email,
        subject=f"{place} nodigt u uit op wijkcontract",
        body=(
            f"Dag {invitation.name}\n\n"
            f"{invitation.invited_by_name} nodigt u uit namens {place}. {why}\n"
            f"Uw rol: {Role(invitation.role).label}. {DESCRIPTIONS[Role(invitation.role)].sentence}\n\n"
            f"Open de link en aanvaard. Dat kan tot en met {last_day}, een keer.\n{link}\n\n"
            "Kent u deze persoon niet? Doe dan niets.\n"
        ),
        is_secret=True,
    )


@operation
def accept_invitation(*, actor: Actor, token: str) -> Invitation:
    """Accept with the button: makes the person when the address is new here, and the mandate. Works once.

    A partner acts for an organisation of its own, because a name that somebody typed does not prove that two are the same.
    Raises NotVisible for a link that never was, InvitationClosed for one that no longer works.
    """
    Invitation.objects.select_for_update().get(pk=open_invitation(token).pk)
    invitation = open_invitation(token)
    inviter_is_demo = Person.objects.filter(pk=invitation.invited_by_id, is_demo=True).exists()
    person, _ = Person.objects.get_or_create(
        email=invitation.email, defaults={"name": invitation.name, "is_demo": inviter_is_demo}
    )
    organisation = _partner_of(person, invitation) if invitation.role == Role.PARTNER else invitation.organisation
    held = Mandate.objects.filter(
        in_force(clock.today()), person=person, organisation=organisation, role=invitation.role
    )
    if not held.exists():
        Mandate.objects.create(person=person, organisation=organisation, role=invitation.role, starts_on=clock.today())
    invitation.person, invitation.accepted_at = person, clock.now()
    invitation.save(update_fields=["person", "accepted_at"])
    record(
        actor, "accounts.invitation_accepted", invitation.organisation, invitation=str(invitation.pk),
        person=str(person.pk), role=invitation.role,
    )  # fmt: skip
    return invitation


def _partner_of(person: Person, invitation: Invitation) -> Organisation:
    """The organisation that a partner acts for: the one of that name that this person acts for already, else one of its own."""
    own = Organisation.objects.filter(
        kind=OrganisationKind.PARTNER,
        name=invitation.partner_name,
        mandates__in=person.mandates.filter(role=Role.PARTNER),
    ).first()
    return own or Organisation.objects.create(kind=OrganisationKind.PARTNER, name=invitation.partner_name)


@operation
def revoke_invitation(*, actor: Actor, invitation_id: uuid.UUID | str) -> Invitation:
    """Take an invitation back; the link no longer works. One that was accepted stays: its role is ended among the people."""
    invitation = get_invitation(actor, invitation_id)
    require(policy.may_manage_mandates(actor, invitation.organisation_id))
    if invitation.accepted_at is not None:
        raise Invalid.because(f"{invitation.name} aanvaardde al. Beëindig de rol bij Mensen en rollen.")
    if invitation.revoked_at is not None:
        nothing_changed()
        return invitation
    invitation.revoked_at = clock.now()
    invitation.save(update_fields=["revoked_at"])
    record(actor, "accounts.invitation_revoked", invitation.organisation, invitation=str(invitation.pk))
    return invitation
