"""The demonstration: code that loads through the operations, twice without change, and whose facts are the published ones."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from wijkcontract.accounts.models import Organisation, OrganisationKind, Person
from wijkcontract.audit import invariants
from wijkcontract.audit.models import Event
from wijkcontract.calls.models import Call
from wijkcontract.contracts.models import Contract, Payment, PostedCharge
from wijkcontract.demo import facts, load, people
from wijkcontract.proposals.models import Proposal
from wijkcontract.reporting.models import RelanceReport


@pytest.mark.django_db
def test_the_demonstration_shows_every_step_and_loads_once() -> None:
    assert load.demonstration()
    states = sorted(Proposal.objects.values_list("applicant__name", "state"))
    assert states == [
        ("Beringen", "advised"),
        ("Beringen", "submitted"),
        ("Dendermonde", "decided"),
        ("Dendermonde", "draft"),
        ("Vilvoorde", "advised"),
        ("Vilvoorde", "draft"),
    ]
    assert [call.is_open for call in Call.objects.exclude(published_on=None)] == [True, False]
    assert [call.programme.phase for call in Call.objects.filter(published_on=None)] == ["candidature"]
    assert Contract.objects.get().subsidy_cents == 326_000_00
    assert list(PostedCharge.objects.values_list("amount_cents", flat=True)) == [8144422, 8144421, 8166735, 8144422]
    assert Payment.objects.count() == 3
    assert RelanceReport.objects.count() == 2
    assert invariants.run_all() == []
    events = Event.objects.count()
    assert not load.demonstration()
    assert Event.objects.count() == events


@pytest.mark.django_db
def test_people_of_the_demonstration_are_functions_and_marked() -> None:
    people.organisations_and_people()
    assert Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).count() == 285
    assert Organisation.objects.filter(kind=OrganisationKind.FLEMISH_BODY).count() >= 5
    assert Organisation.objects.get(kind=OrganisationKind.AGENCY).ovo == "OVO001835"
    assert not Person.objects.filter(is_demo=False).exists()
    assert all(person.email.endswith(".example") for person in Person.objects.all())


@pytest.mark.reference
@pytest.mark.parametrize(
    ("case", "name"),
    [
        (facts.DENDERMONDE, "dendermonde-bijloke"),
        (facts.BERINGEN, "beringen-mijn"),
        (facts.VILVOORDE, "vilvoorde-centrum"),
    ],
)
def test_the_facts_are_the_published_ones(case: facts.Case, name: str, shared: Path) -> None:
    published = json.loads((shared / "reference" / "cases" / f"{name}.json").read_text(encoding="utf-8"))
    municipality = published["municipality"]
    codes = (municipality["name"], municipality["nis"], municipality["kbo"], municipality["ovo"])
    assert (case.municipality, case.nis, case.kbo, case.ovo) == codes
    assert case.neighbourhood == published["neighbourhood"]["name"]
    assert list(case.problems) == published["problems"]
    measures = [
        {"title": one.title, "nature": one.nature, "instrument": one.instrument}
        | ({"flemish_pledge": one.flemish_pledge} if one.flemish_pledge else {})
        for one in case.measures
    ]
    assert measures == published["measures"]
    assert case.aim == published["aim"]
    granted = published["granted_eur"]
    assert case.granted_cents == (int(Decimal(granted) * 100) if granted else None)
    call = published["call"]
    assert (facts.CALL_PUBLISHED.isoformat(), facts.CALL_LAST_DAY.isoformat()) == (call["published"], call["deadline"])
    limits = (Decimal(call["budget_eur"]) * 100, Decimal(call["ceiling_eur"]) * 100)
    assert limits == (facts.CALL_BUDGET_CENTS, facts.CEILING_CENTS)
    assert (facts.TERM_START.isoformat(), facts.TERM_END.isoformat()) == (
        published["term"]["start"],
        published["term"]["end"],
    )
