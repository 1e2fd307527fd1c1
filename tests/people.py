"""Named people for the tests of every room: the owner, the colleague, the outsider, and those of the State."""

from __future__ import annotations

import datetime as dt

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Mandate, Organisation, OrganisationKind, Person
from wijkcontract.accounts.queries import actor_of
from wijkcontract.accounts.roles import Role

SINCE = dt.date(2020, 1, 1)


def organisation(kind: OrganisationKind, name: str, **codes: str) -> Organisation:
    """The organisation of this kind and name, made when it is not there."""
    return Organisation.objects.get_or_create(kind=kind, name=name, defaults=codes)[0]


def municipality(name: str, nis: str = "") -> Organisation:
    return organisation(OrganisationKind.MUNICIPALITY, name, nis=nis)


def person(name: str, place: Organisation, *roles: Role) -> Person:
    """Someone with a mandate for each role at one organisation."""
    made, _ = Person.objects.get_or_create(
        email=f"{name.lower().replace(' ', '.')}@{place.name.lower().replace(' ', '')}.example", defaults={"name": name}
    )
    for role in roles:
        Mandate.objects.get_or_create(person=made, organisation=place, role=role, defaults={"starts_on": SINCE})
    return made


def actor(name: str, place: Organisation, *roles: Role) -> Actor:
    """The actor of such a person."""
    return actor_of(person(name, place, *roles), str(place.pk))
