"""Dendermonde writes a proposal for the call of 2021: the submitter, the editor, the certifier, and an outsider from Beringen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client

from drafting import written
from people import actor, municipality, organisation
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import OrganisationKind, Person
from wijkcontract.accounts.roles import Role
from wijkcontract.calls.models import Call, CallState
from wijkcontract.proposals import operations
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import clock, programme
from wijkcontract.rules.example_proposal import example

DURING = clock.parse_moment("2021-07-06T10:00:00")
AFTER = clock.parse_moment("2021-07-12T10:00:00")
As = Callable[[Actor], Client]


@dataclass(frozen=True)
class Town:
    """The people of the tests."""

    saar: Actor
    eli: Actor
    cas: Actor
    omar: Actor
    ada: Actor
    fien: Actor
    cabinet: Actor


@pytest.fixture
def as_() -> As:
    """A browser in which one of the people is logged in."""

    def browser(actor: Actor) -> Client:
        client = Client()
        client.force_login(Person.objects.get(pk=actor.person_id), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser


@pytest.fixture
def _a_new_connection_afterwards() -> Iterator[None]:
    yield
    connection.close()


@pytest.fixture
def committed(_a_new_connection_afterwards: None, transactional_db: None) -> Iterator[None]:
    """A database in which the test commits. What is append-only can be emptied only without triggers."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")


@pytest.fixture(autouse=True)
def _while_the_call_is_open() -> Iterator[None]:
    with clock.frozen(DURING):
        yield


@pytest.fixture
def town(db: None) -> Town:
    dendermonde = municipality("Dendermonde", "42006")
    agency = organisation(OrganisationKind.AGENCY, "Agentschap")
    organisation(OrganisationKind.FLEMISH_BODY, "Sport Vlaanderen")
    return Town(
        saar=actor("Saar", dendermonde, Role.SUBMITTER),
        eli=actor("Eli", dendermonde, Role.EDITOR),
        cas=actor("Cas", dendermonde, Role.CERTIFIER),
        omar=actor("Omar", municipality("Beringen", "71004"), Role.EDITOR, Role.SUBMITTER),
        ada=actor("Ada", agency, Role.AGENCY_MANAGER),
        fien=actor("Fien", agency, Role.AGENCY_FINANCE),
        cabinet=actor("Karel", organisation(OrganisationKind.CABINET, "Kabinet"), Role.CABINET),
    )


@pytest.fixture
def call(db: None) -> Call:
    """The call of 2021, open from 11 March until 10 July."""
    name = "wijkverbeteringscontract-2021"
    return Call.objects.create(
        title="Oproep 2021",
        programme_name=name,
        terms=programme.to_dict(programme.load(name)),
        state=CallState.LAUNCHED,
        published_on=dt.date(2021, 3, 11),
        last_day=dt.date(2021, 7, 10),
        budget_cents=4_000_000_00,
        ceiling_cents=800_000_00,
        created_at=DURING,
    )


@pytest.fixture
def draft(town: Town, call: Call) -> Proposal:
    """A draft that has only a title."""
    return operations.start_proposal(actor=town.eli, call_id=call.pk, title="De Bijloke leeft")


@pytest.fixture
def complete(town: Town, call: Call) -> Proposal:
    """The example proposal as a draft of Dendermonde, with the document of the college attached: nothing blocks it."""
    return written(town.eli, call, example())
