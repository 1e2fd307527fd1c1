"""Mandates: the submitter of a municipality decides who works for it; a mandate that ended gives nothing any more."""

from __future__ import annotations

import datetime as dt

import pytest

from people import SINCE, actor, municipality, organisation, person
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Mandate, Organisation, OrganisationKind
from wijkcontract.accounts.operations import end_mandate, grant_mandate
from wijkcontract.accounts.queries import actor_of
from wijkcontract.accounts.roles import DESCRIPTIONS, Role
from wijkcontract.audit.queries import history
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

pytestmark = pytest.mark.django_db
TODAY = clock.parse_moment("2022-05-01T10:00:00")


@pytest.fixture(autouse=True)
def _today(db: None, _clock_as_it_was: None) -> None:
    clock.freeze(TODAY)


@pytest.fixture
def city() -> Organisation:
    return municipality("Dendermonde", "42006")


@pytest.fixture
def owner(city: Organisation) -> Actor:
    return actor("Algemeen directeur", city, Role.SUBMITTER)


@pytest.fixture
def colleague(city: Organisation) -> Actor:
    return actor("Projectleider", city, Role.EDITOR)


@pytest.fixture
def outsider() -> Actor:
    return actor("Directeur elders", municipality("Beringen", "71004"), Role.SUBMITTER)


@pytest.fixture
def manager() -> Actor:
    return actor("Programmabeheerder", organisation(OrganisationKind.AGENCY, "Agentschap"), Role.AGENCY_MANAGER)


def grant(by: Actor, to: Organisation, role: Role = Role.EDITOR) -> Mandate:
    return grant_mandate(actor=by, organisation_id=to.pk, email=" Nieuw@Stad.example ", name="Nieuw", role=role)


def mandate_of(someone: Actor) -> Mandate:
    return Mandate.objects.get(person_id=someone.person_id)


def test_the_submitter_gives_a_role_from_today_and_the_log_says_so(owner: Actor, city: Organisation) -> None:
    mandate = grant(owner, city)
    assert (mandate.person.email, mandate.starts_on, mandate.ends_on) == ("nieuw@stad.example", TODAY.date(), None)
    assert history(city).get().verb == "accounts.mandate_granted"


def test_the_same_role_twice_is_said_at_the_field(owner: Actor, city: Organisation) -> None:
    grant(owner, city)
    with pytest.raises(Invalid, match="heeft deze rol al") as refused:
        grant(owner, city)
    assert refused.value.faults[0].where == "role"


def test_a_colleague_without_the_mandate_reads_why_not(colleague: Actor, city: Organisation) -> None:
    with pytest.raises(Refused, match="gemandateerde indiener"):
        grant(colleague, city)


def test_an_outsider_gives_no_role_elsewhere(outsider: Actor, city: Organisation) -> None:
    with pytest.raises(Refused, match="gemandateerde indiener"):
        grant(outsider, city)


@pytest.mark.parametrize("role", [role for role in Role if DESCRIPTIONS[role].audience != "applicant"])
def test_a_municipality_gives_no_role_of_the_state(owner: Actor, city: Organisation, role: Role) -> None:
    with pytest.raises(Refused, match="alleen de rollen bewerker, indiener en certificeerder"):
        grant(owner, city, role)


def test_the_manager_of_the_agency_gives_any_role_anywhere(manager: Actor, city: Organisation) -> None:
    assert grant(manager, city, Role.SUBMITTER).organisation == city


def test_a_role_that_ends_holds_until_yesterday(owner: Actor, colleague: Actor) -> None:
    end_mandate(actor=owner, mandate_id=mandate_of(colleague).pk)
    assert mandate_of(colleague).ends_on == dt.date(2022, 4, 30)
    assert actor_of(person("Projectleider", mandate_of(owner).organisation)).roles == frozenset()


def test_a_role_of_today_that_ends_never_was(owner: Actor, city: Organisation) -> None:
    mandate = grant(owner, city)
    end_mandate(actor=owner, mandate_id=mandate.pk)
    assert not Mandate.objects.filter(person__name="Nieuw").exists()
    assert [event.verb for event in history(city)] == ["accounts.mandate_ended", "accounts.mandate_granted"]


def test_a_colleague_sees_a_mandate_and_may_not_end_it(colleague: Actor, owner: Actor) -> None:
    with pytest.raises(Refused, match="gemandateerde indiener"):
        end_mandate(actor=colleague, mandate_id=mandate_of(owner).pk)


def test_for_an_outsider_a_mandate_does_not_exist(outsider: Actor, owner: Actor) -> None:
    with pytest.raises(NotVisible):
        end_mandate(actor=outsider, mandate_id=mandate_of(owner).pk)


def test_a_mandate_that_ended_cannot_end_again(owner: Actor, colleague: Actor) -> None:
    mandate = mandate_of(colleague)
    end_mandate(actor=owner, mandate_id=mandate.pk)
    with pytest.raises(NotVisible):
        end_mandate(actor=owner, mandate_id=mandate.pk)


@pytest.mark.parametrize("by", ["owner", "manager"])
def test_the_last_submitter_stays_whoever_asks(owner: Actor, by: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Invalid, match="laatste indiener"):
        end_mandate(actor=request.getfixturevalue(by), mandate_id=mandate_of(owner).pk)


def test_one_of_two_submitters_may_go(owner: Actor, city: Organisation) -> None:
    second = actor("Adjunct-directeur", city, Role.SUBMITTER)
    end_mandate(actor=owner, mandate_id=mandate_of(second).pk)
    assert mandate_of(second).ends_on is not None


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [
        (SINCE, None, True),
        (SINCE, dt.date(2022, 4, 30), False),
        (SINCE, dt.date(2022, 5, 1), True),
        (dt.date(2022, 5, 1), None, True),
        (dt.date(2022, 5, 2), None, False),
    ],
)
def test_a_mandate_holds_from_its_first_day_to_its_last(
    city: Organisation, starts: dt.date, ends: dt.date | None, holds: bool
) -> None:
    someone = person("Tijdelijk", city)
    Mandate.objects.create(person=someone, organisation=city, role=Role.EDITOR, starts_on=starts, ends_on=ends)
    assert actor_of(someone).has(Role.EDITOR) is holds


def test_someone_who_may_not_log_in_any_more_is_nobody(city: Organisation) -> None:
    someone = person("Vertrokken", city, Role.SUBMITTER)
    someone.is_active = False
    assert actor_of(someone).is_anonymous


def test_a_person_acts_for_one_organisation_at_a_time_with_the_roles_held_there(city: Organisation) -> None:
    other = municipality("Beringen", "71004")
    someone = person("Deeltijds", city, Role.EDITOR)
    Mandate.objects.create(person=someone, organisation=other, role=Role.CERTIFIER, starts_on=SINCE)
    here, there = actor_of(someone, str(city.pk)), actor_of(someone, str(other.pk))
    assert (here.roles, there.roles) == ({Role.EDITOR}, {Role.CERTIFIER})
    assert here.other_organisations
    assert not here.acts_for(other.pk)


def test_an_organisation_without_mandate_cannot_be_chosen(city: Organisation, outsider: Actor) -> None:
    someone = person("Projectleider", city, Role.EDITOR)
    assert actor_of(someone, outsider.organisation_id).acts_for(city.pk)
