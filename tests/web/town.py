"""Who is who in the tests of the pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from wijkcontract.accounts.models import Mandate, Organisation, Person
from wijkcontract.accounts.roles import Role


def person(name: str, organisation: Organisation | None, *roles: Role, demo: bool = False) -> Person:
    made = Person.objects.create(name=name, email=f"{name.lower()}@gemeente.example", is_demo=demo)
    for role in roles:
        assert organisation is not None
        Mandate.objects.create(person=made, organisation=organisation, role=role, starts_on=dt.date(2021, 1, 1))
    return made


@dataclass
class Town:
    """Lindeveld has Saar (submitter) and Eli (editor); Oudenmeers has Noor; Wout has no role."""

    home: Organisation
    elsewhere: Organisation
    saar: Person
    eli: Person
    noor: Person
    wout: Person
