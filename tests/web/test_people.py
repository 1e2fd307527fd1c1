"""People and mandates of the own organisation: Saar submits, Eli is her colleague, Noor is of another municipality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from web.town import Town
from wijkcontract.accounts.models import Mandate, Organisation, Person
from wijkcontract.accounts.roles import Role
from wijkcontract.rules import clock

As = Callable[[Person], Client]
URL = "/organisatie/mensen/"
LIEN = {"name": "Lien", "email": "lien@gemeente.example", "role": "editor"}


def mandate_of(person: Person) -> Mandate:
    return Mandate.objects.get(person=person)


def test_submitter_sees_her_people_with_the_sentence_of_each_role(as_: As, town: Town) -> None:
    page = as_(town.saar).get(URL).content.decode()
    assert "Eli" in page
    assert "maar dient niets in" in page
    assert "Noor" not in page


def test_submitter_gives_a_role(as_: As, town: Town) -> None:
    answer = as_(town.saar).post(URL, LIEN, follow=True)
    assert "Lien heeft nu de rol Bewerker." in answer.content.decode()
    assert Mandate.objects.filter(person__name="Lien", organisation=town.home, role=Role.EDITOR).exists()


def test_role_that_someone_has_already_is_said_at_the_field(as_: As, town: Town) -> None:
    page = as_(town.saar).post(URL, LIEN | {"email": "eli@gemeente.example"}).content.decode()
    assert "Eli heeft deze rol al." in page
    assert 'value="Lien"' in page


@pytest.mark.parametrize("role", ["agency_manager", "auditor", "juror"])
def test_municipality_gives_only_its_own_roles(as_: As, town: Town, role: str) -> None:
    as_(town.saar).post(URL, LIEN | {"role": role})
    assert not Mandate.objects.filter(person__name="Lien").exists()


def test_colleague_reads_the_list_and_why_he_cannot_change_it(as_: As, town: Town) -> None:
    page = as_(town.eli).get(URL).content.decode()
    assert "Saar" in page
    assert "Alleen de gemandateerde indiener" in page
    assert "Geef deze rol" not in page
    assert "Beëindig" not in page


def test_colleague_who_posts_is_refused_with_the_reason(as_: As, town: Town) -> None:
    answer = as_(town.eli).post(URL, LIEN)
    assert answer.status_code == 403
    assert "Alleen de gemandateerde indiener" in answer.content.decode()
    assert not Mandate.objects.filter(person__name="Lien").exists()


def test_colleague_cannot_end_a_role(as_: As, town: Town) -> None:
    assert as_(town.eli).post(f"{URL}{mandate_of(town.saar).pk}/beeindigen/").status_code == 403


def test_submitter_ends_a_role_after_a_question(as_: As, town: Town) -> None:
    address = f"{URL}{mandate_of(town.eli).pk}/beeindigen/"
    browser = as_(town.saar)
    assert "Rol beëindigen?" in browser.get(address).content.decode()
    browser.post(address)
    assert mandate_of(town.eli).ends_on == clock.today() - dt.timedelta(days=1)


def test_last_submitter_stays(as_: As, town: Town) -> None:
    address, browser = f"{URL}{mandate_of(town.saar).pk}/beeindigen/", as_(town.saar)
    asked = browser.get(address).content.decode()
    assert "Saar is de laatste indiener van Lindeveld." in asked
    assert "Beëindig deze rol" not in asked
    assert f'href="{URL}"' in asked
    answer = browser.post(address)
    assert answer.status_code == 422
    assert "Dit is de laatste indiener" in answer.content.decode()
    assert "wat u typte" not in answer.content.decode()


def test_outsider_finds_no_mandate_of_another_municipality(as_: As, town: Town) -> None:
    address = f"{URL}{mandate_of(town.eli).pk}/beeindigen/"
    assert as_(town.noor).get(address).status_code == 404
    assert as_(town.noor).post(address).status_code == 404
    assert mandate_of(town.eli).ends_on is None


def test_person_without_organisation_finds_no_list(as_: As, town: Town) -> None:
    assert as_(town.wout).get(URL).status_code == 404


def test_list_costs_the_same_with_more_people(
    as_: As, town: Town, django_assert_num_queries: Callable[[int], object]
) -> None:
    browser = as_(town.saar)
    for number in range(20):
        who = Person.objects.create(name=f"P{number}", email=f"p{number}@gemeente.example")
        Mandate.objects.create(person=who, organisation=town.home, role=Role.EDITOR, starts_on=dt.date(2021, 1, 1))
    with django_assert_num_queries(4):  # type: ignore[attr-defined]  # session, person, mandates, list
        browser.get(URL)


def test_person_of_two_organisations_chooses_one(as_: As, town: Town) -> None:
    Mandate.objects.create(
        person=town.saar, organisation=town.elsewhere, role=Role.EDITOR, starts_on=dt.date(2021, 1, 1)
    )
    browser = as_(town.saar)
    assert "Oudenmeers" in browser.get("/organisatie/kiezen/").content.decode()
    browser.post("/organisatie/kiezen/", {"organisatie": str(town.elsewhere.pk)})
    assert "Wie werkt voor Oudenmeers" in browser.get(URL).content.decode()


def test_nobody_chooses_an_organisation_that_is_not_his(as_: As, town: Town) -> None:
    stranger = Organisation.objects.create(name="Elders", kind="municipality")
    answer = as_(town.saar).post("/organisatie/kiezen/", {"organisatie": str(stranger.pk)})
    assert answer.status_code == 404
    assert "organisation_id" not in answer.client.session
