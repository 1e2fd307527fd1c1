"""Writing people and mandates."""

from __future__ import annotations

import datetime as dt
import uuid

from wijkcontract.accounts import policy
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Mandate, Organisation, Person
from wijkcontract.accounts.queries import get_organisation, in_force, is_last_submitter
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.operations import operation, record
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Invalid, NotVisible, require


@operation
def grant_mandate(*, actor: Actor, organisation_id: uuid.UUID | str, email: str, name: str, role: Role) -> Mandate:
    """Give a person a role for an organisation from today; a person unknown until now is added by mail address."""
    organisation = get_organisation(actor, organisation_id)
    require(policy.may_grant(actor, organisation.pk, role))
    person, _ = Person.objects.get_or_create(email=email.strip().lower(), defaults={"name": name.strip()})
    held = Mandate.objects.filter(in_force(clock.today()), person=person, organisation=organisation, role=role)
    if held.exists():
        raise Invalid.because(f"{person.name} heeft deze rol al.", "role")
    mandate = Mandate.objects.create(person=person, organisation=organisation, role=role, starts_on=clock.today())
    record(actor, "accounts.mandate_granted", organisation, person=str(person.pk), role=role.value)
    return mandate


@operation
def end_mandate(*, actor: Actor, mandate_id: int) -> Mandate:
    """Take a role back: it holds until yesterday. The last submitter of an organisation stays, so that it is not locked out."""
    mandate = Mandate.objects.filter(in_force(clock.today()), pk=mandate_id).select_related("organisation").first()
    if mandate is None or not policy.may_see_mandates(actor, mandate.organisation_id):
        raise NotVisible
    require(policy.may_manage_mandates(actor, mandate.organisation_id))
    # Locked, so that the last two cannot end each other's role at once.
    Organisation.objects.select_for_update().get(pk=mandate.organisation_id)
    if is_last_submitter(mandate):
        raise Invalid.because("Dit is de laatste indiener. Geef eerst iemand anders deze rol.")
    if mandate.starts_on == clock.today():
        record(actor, "accounts.mandate_ended", mandate.organisation, person=str(mandate.person_id), role=mandate.role)
        mandate.delete()
        return mandate
    mandate.ends_on = clock.today() - dt.timedelta(days=1)
    mandate.save(update_fields=["ends_on"])
    record(actor, "accounts.mandate_ended", mandate.organisation, person=str(mandate.person_id), role=mandate.role)
    return mandate
