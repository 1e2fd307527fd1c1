"""Named people for the pages of every audience: the submitter, a colleague, someone of another municipality, and a stranger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from web.town import Town, person
from wijkcontract.accounts.models import Organisation, OrganisationKind, Person
from wijkcontract.accounts.roles import Role


@pytest.fixture
def town(db: None) -> Town:
    home = Organisation.objects.create(name="Lindeveld", kind=OrganisationKind.MUNICIPALITY, nis="99001")
    elsewhere = Organisation.objects.create(name="Oudenmeers", kind=OrganisationKind.MUNICIPALITY, nis="99002")
    return Town(
        home=home,
        elsewhere=elsewhere,
        saar=person("Saar", home, Role.SUBMITTER, demo=True),
        eli=person("Eli", home, Role.EDITOR, demo=True),
        noor=person("Noor", elsewhere, Role.SUBMITTER),
        wout=person("Wout", None),
    )


@pytest.fixture
def as_(client: Client) -> Callable[[Person], Client]:
    """A browser in which this person is logged in."""

    def log_in(who: Person) -> Client:
        client.force_login(who)
        return client

    return log_in
