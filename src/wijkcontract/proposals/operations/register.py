"""Writing in the register of subsidies: a file of the agency, or one subsidy that an authority names itself (R14)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db.models import Q

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Organisation, OrganisationKind
from wijkcontract.accounts.queries import get_organisation
from wijkcontract.audit.operations import nothing_changed, operation, record
from wijkcontract.proposals.models import RegisteredSubsidy, Registrar
from wijkcontract.proposals.register.access import get_registered, may_change, may_import, may_register
from wijkcontract.proposals.register.comparing import Difference, compare
from wijkcontract.proposals.register.reading import SubsidyRow
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Fault, Invalid, NotVisible, require

FIELDS: Final = ("name", "provider", "reference", "covers", "amount_cents", "starts_on", "ends_on")


@operation
def import_subsidies(*, actor: Actor, name: str, rows: Sequence[SubsidyRow], refused: int = 0) -> Difference:
    """Add and change the subsidies of a file in the agency's part of the register; what the file lacks stays.

    A subsidy is known by authority, provider and reference, so the same file again changes nothing.
    """
    require(may_import(actor))
    agency = Organisation.objects.select_for_update().filter(kind=OrganisationKind.AGENCY).order_by("pk").first()
    found = compare(rows)
    if found.is_empty:
        nothing_changed()
        return found
    now = clock.now()
    RegisteredSubsidy.objects.bulk_create(
        [
            RegisteredSubsidy(
                beneficiary_id=row.beneficiary_id, registrar=Registrar.AGENCY, registered_at=now,
                registered_by_name=actor.name, **{field: getattr(row, field) for field in FIELDS},
            )
            for row in found.added
        ],
        batch_size=500,
    )  # fmt: skip
    for one, row in found.changed:
        for field in FIELDS:
            setattr(one, field, getattr(row, field))
        one.registered_at, one.registered_by_name = now, actor.name
    RegisteredSubsidy.objects.bulk_update(
        [one for one, _ in found.changed], [*FIELDS, "registered_at", "registered_by_name"], batch_size=100
    )
    record(
        actor, "proposals.subsidies_imported", agency or found.first_beneficiary(),
        file=name, added=len(found.added), changed=len(found.changed),
        unchanged=found.unchanged, refused=refused,
    )  # fmt: skip
    return found


@operation
def register_subsidy(
    *,
    actor: Actor,
    subsidy_id: uuid.UUID | str | None = None,
    new_id: uuid.UUID | None = None,
    name: str,
    provider: str,
    reference: str,
    covers: str,
    amount_cents: int,
    starts_on: dt.date,
    ends_on: dt.date,
) -> RegisteredSubsidy:
    """Add a subsidy of the own authority, or change one. `new_id` is chosen by the page, so that a second click adds no second.

    Raises NotVisible, Refused, and Invalid when the same subsidy is there already or its period ends before it begins.
    """
    values = {
        "name": name.strip(), "provider": provider.strip(), "reference": reference.strip(), "covers": covers.strip(),
        "amount_cents": amount_cents, "starts_on": starts_on, "ends_on": ends_on,
    }  # fmt: skip
    if subsidy_id is not None:
        one = get_registered(actor, subsidy_id)
        require(may_change(actor, one))
        Organisation.objects.select_for_update().get(pk=one.beneficiary_id)
    else:
        require(may_register(actor))
        Organisation.objects.select_for_update().get(pk=actor.organisation_id)
        one = _own(actor, new_id or uuid.uuid4())
    _check(one, values)
    for field, value in values.items():
        setattr(one, field, value)
    one.registered_at, one.registered_by_name = clock.now(), actor.name
    one.save()
    record(actor, "proposals.subsidy_registered", one, beneficiary=str(one.beneficiary_id), reference=one.reference)
    return one


def _own(actor: Actor, subsidy_id: uuid.UUID) -> RegisteredSubsidy:
    """A new subsidy of the own authority, or the one that a first click made. Raises NotVisible when the id is of another's."""
    known = RegisteredSubsidy.objects.filter(pk=subsidy_id).first()
    if known is None:
        beneficiary = get_organisation(actor, actor.organisation_id)
        return RegisteredSubsidy(id=subsidy_id, beneficiary=beneficiary, registrar=Registrar.AUTHORITY)
    if known.registrar != Registrar.AUTHORITY or not actor.acts_for(known.beneficiary_id):
        raise NotVisible
    return known


def _check(one: RegisteredSubsidy, values: Mapping[str, Any]) -> None:
    faults = []
    if values["ends_on"] < values["starts_on"]:
        faults.append(Fault("ends_on", "Het einde ligt voor het begin. Kijk beide dagen na."))
    same = Q(beneficiary=one.beneficiary_id, provider=values["provider"], reference=values["reference"])
    if RegisteredSubsidy.objects.filter(same, registrar=one.registrar).exclude(pk=one.pk).exists():
        faults.append(
            Fault("reference", "Deze subsidie van deze verstrekker staat al in het register. Kijk de referentie na.")
        )
    if faults:
        raise Invalid(faults)


@operation
def remove_registered_subsidy(*, actor: Actor, subsidy_id: uuid.UUID | str) -> None:
    """Take a subsidy out of the register. Drafts that named it keep their own words and lose the link."""
    one = get_registered(actor, subsidy_id)
    require(may_change(actor, one))
    record(
        actor, "proposals.subsidy_removed", one, beneficiary=str(one.beneficiary_id), name=one.name, provider=one.provider,
        reference=one.reference, amount_cents=one.amount_cents,
    )  # fmt: skip
    one.delete()
