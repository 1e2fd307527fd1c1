"""Every address is in the table, and answers as the table says, for everyone (threats.md rows 4, 13 and 17)."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from access.addresses import Address, addresses
from access.routes import ALL, LOGGED_IN, ROUTES, Route
from people import organisation, person
from wijkcontract.accounts.models import Organisation, OrganisationKind, Person
from wijkcontract.accounts.roles import DESCRIPTIONS, Role
from wijkcontract.config.middleware import ReadOnlyGet, WriteDuringGet

READ, SENT_ON, BAD_REQUEST, FORBIDDEN, NOT_FOUND, NOT_ALLOWED = 200, 302, 400, 403, 404, 405
KIND_OF_AUDIENCE = {
    "agency": OrganisationKind.AGENCY,
    "juror": OrganisationKind.EXPERT,
    "applicant": OrganisationKind.MUNICIPALITY,
}


def listed() -> list[tuple[Address, Route]]:
    return [(address, ROUTES[address.name]) for address in addresses() if address.name in ROUTES]


def someone(role: Role) -> Person:
    kind = KIND_OF_AUDIENCE.get(DESCRIPTIONS[role].audience, OrganisationKind.PARTNER)
    return person(role.label, organisation(kind, f"Huis van {role.label}"), role)


def client_of(role: Role | None) -> Client:
    client = Client(raise_request_exception=False)
    if role is not None:
        client.force_login(someone(role))
    return client


def reads(route: Route, role: Role) -> bool:
    return route.readers in (ALL, LOGGED_IN) or role in route.readers


def test_every_address_is_in_the_table() -> None:
    assert sorted({address.name for address in addresses()} - set(ROUTES)) == []


def test_every_row_of_the_table_is_an_address() -> None:
    assert sorted(set(ROUTES) - {address.name for address in addresses()}) == []


def test_the_table_and_the_guard_of_the_view_name_the_same_audience() -> None:
    wrong = []
    for address, route in listed():
        guarded = set(getattr(address.view, "audiences", ()))
        readers = route.readers if isinstance(route.readers, frozenset) else frozenset()
        if guarded != {DESCRIPTIONS[role].audience for role in readers}:
            wrong.append(f"{address.name}: the view admits {sorted(guarded)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_a_stranger_gets_what_is_public_and_is_asked_to_log_in_for_the_rest() -> None:
    client, wrong = client_of(None), []
    for address, route in listed():
        response = client.get(address.path)
        if route.methods.isdisjoint({"GET"}):
            expected = response.status_code == NOT_ALLOWED
        elif route.readers != ALL:
            to_login = response.status_code == SENT_ON and response.headers["Location"].startswith("/aanmelden/")
            expected = to_login or response.status_code == NOT_FOUND
        else:
            expected = response.status_code == (NOT_FOUND if address.converters else READ)
        if not expected:
            wrong.append(f"{address.name}: {response.status_code}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_each_role_reads_what_the_table_gives_it_and_nothing_else(role: Role) -> None:
    client, wrong = client_of(role), []
    for address, route in listed():
        status = client.get(address.path).status_code
        if route.methods.isdisjoint({"GET"}):
            expected = {NOT_ALLOWED}
        elif address.converters:
            expected = {NOT_FOUND, FORBIDDEN}
        else:
            expected = {READ, SENT_ON} if reads(route, role) else {NOT_FOUND, FORBIDDEN}
        if status not in expected:
            wrong.append(f"{address.name}: {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_a_post_without_the_token_of_its_form_is_refused() -> None:
    client, wrong = Client(enforce_csrf_checks=True, raise_request_exception=False), []
    client.force_login(someone(Role.AGENCY_MANAGER))
    for address, route in listed():
        if "POST" in route.methods and (status := client.post(address.path).status_code) != FORBIDDEN:
            wrong.append(f"{address.name}: {status}")
    assert not wrong, "\n".join(wrong)


def _write(request: HttpRequest) -> HttpResponse:
    organisation(OrganisationKind.PARTNER, "Nieuw")
    return HttpResponse()


@pytest.mark.django_db
def test_a_get_that_writes_is_a_fault_and_writes_nothing() -> None:
    with pytest.raises(WriteDuringGet):
        ReadOnlyGet(_write)(RequestFactory().get("/"))
    assert not Organisation.objects.filter(name="Nieuw").exists()


@pytest.mark.django_db
def test_a_post_may_write() -> None:
    ReadOnlyGet(_write)(RequestFactory().post("/"))
    assert Organisation.objects.filter(name="Nieuw").exists()


@pytest.mark.django_db
def test_a_null_character_in_an_address_is_refused_and_never_reaches_the_database() -> None:
    client = Client(raise_request_exception=False)
    for path in ("/lessen/?tekst=%00", "/contracten/?tekst=a%00b"):
        response = client.get(path)
        assert response.status_code == BAD_REQUEST
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_every_answer_forbids_script_and_style_of_others() -> None:
    for path in ("/", "/bestaat-niet/"):
        policy = Client().get(path).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
