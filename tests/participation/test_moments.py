"""Moments with residents: recorded by the own authority, public in part."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from execution import factories
from execution.pages import browser, text
from wijkcontract.accounts.actors import ANONYMOUS
from wijkcontract.contracts.models import Contract, ContractState
from wijkcontract.participation import operations, queries
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused


def moment(of: Contract, **changes: object) -> None:
    values: dict[str, Any] = {
        "title": "Wijktafel",
        "held_on": dt.date(2023, 2, 1),
        "form": "coproductie",
        "groups": "KANARIE-GROEP",
        "residents": 777,
        "decided": "Meer banken",
    }
    operations.record_moment(actor=factories.editor(), contract_id=of.pk, **(values | changes))


def test_the_public_reads_what_was_decided_but_not_who_came() -> None:
    contract = factories.contract()
    moment(contract)
    shown = queries.public_moments(ANONYMOUS, contract.pk)
    assert [(one.title, one.decided) for one in shown] == [("Wijktafel", "Meer banken")]
    assert "KANARIE" not in repr(shown)
    assert "777" not in repr(shown)


def test_a_moment_of_a_draft_contract_is_refused() -> None:
    contract = factories.contract(state=ContractState.DRAFT)
    with pytest.raises(Invalid, match="niet in uitvoering"):
        moment(contract)


def test_every_fault_of_a_moment_is_told_at_once() -> None:
    contract = factories.contract()
    with pytest.raises(Invalid) as caught:
        moment(contract, title="", form=" ", held_on=dt.date(2023, 3, 2))
    assert {fault.where for fault in caught.value.faults} == {"title", "form", "held_on"}


def test_the_same_moment_is_recorded_once() -> None:
    contract = factories.contract()
    moment(contract)
    with pytest.raises(Invalid, match="al in de lijst"):
        moment(contract)


def test_another_municipality_finds_neither_contract_nor_moment() -> None:
    contract = factories.contract()
    moment(contract)
    outsider = factories.editor("Gent")
    with pytest.raises(NotVisible):
        operations.record_moment(
            actor=outsider, contract_id=contract.pk, title="x", held_on=dt.date(2023, 1, 1), form="x"
        )
    assert not queries.visible_moments(outsider).exists()


def test_the_agency_reads_but_does_not_record() -> None:
    contract = factories.contract()
    moment(contract)
    assert queries.visible_moments(factories.manager()).count() == 1
    with pytest.raises(Refused):
        operations.record_moment(
            actor=factories.manager(), contract_id=contract.pk, title="x", held_on=dt.date(2023, 1, 1), form="x"
        )


def test_the_form_records_a_moment_and_keeps_a_faulty_one() -> None:
    contract = factories.contract()
    client, address = browser(factories.editor()), reverse("applicant:moment_new")
    data = {"contract": str(contract.pk), "title": "Buurtfeest", "held_on": "1/4/2023", "form": "feest"}
    kept = client.post(address, data)
    assert 'value="Buurtfeest"' in kept.content.decode()
    assert "moet nog komen" in text(kept)
    done = client.post(address, data | {"held_on": "1/2/2023"}, follow=True)
    assert "Buurtfeest" in text(done)


def test_without_a_contract_the_page_says_so() -> None:
    assert "Uw bestuur heeft er nog geen" in text(browser(factories.editor()).get(reverse("applicant:participation")))
