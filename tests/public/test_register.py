"""The public register: what everyone reads, and nothing of what is not public."""

from __future__ import annotations

import csv
import datetime as dt
from io import StringIO

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from execution import factories
from execution.pages import browser, text
from wijkcontract.accounts.actors import ANONYMOUS
from wijkcontract.calls.models import Call, CallState
from wijkcontract.contracts.models import Contract, ContractState
from wijkcontract.execution import operations
from wijkcontract.knowledge import operations as knowledge
from wijkcontract.participation import operations as participation
from wijkcontract.reporting import register
from wijkcontract.rules.money import format_nl

PAGES = (
    "public:home",
    "public:calls",
    "public:contracts",
    "public:lessons",
    "public:contracts_csv",
    "public:targets_csv",
)


def everything(*, also: list[str] | None = None) -> str:
    """All that an anonymous visitor can read."""
    client = browser(ANONYMOUS)
    pages = [reverse(name) for name in PAGES] + (also or [])
    return " ".join(client.get(address).content.decode() for address in pages)


def csv_rows(name: str) -> list[dict[str, str]]:
    body = browser(ANONYMOUS).get(reverse(name)).content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(body), delimiter=";"))


def test_a_contract_shows_objectives_measures_partners_and_money_per_year() -> None:
    contract = factories.contract()
    factories.money(contract)
    factories.opened_round()
    factories.accepted(contract)
    page = text(browser(ANONYMOUS).get(reverse("public:contract", args=[contract.pk])))
    for cents in (*factories.CHARGES.values(), 326_000_00, 97_800_00):
        assert format_nl(cents) in page
    for words in (
        "Werkzoekenden",
        "13,5",
        "50 %",
        "Buurtregisseur",
        "Extra capaciteit",
        "VR 2021 1012",
        "Woonmaatschappij Dender",
    ):
        assert words in page


def test_a_group_of_residents_is_never_named() -> None:
    contract = factories.contract()
    page = text(browser(ANONYMOUS).get(reverse("public:contract", args=[contract.pk])))
    assert "KANARIE-BEWONER" not in page
    assert "bewonersgroep" in page


def test_a_draft_contract_is_not_found() -> None:
    contract = factories.contract(state=ContractState.DRAFT, title="KANARIE-CONTRACT")
    assert browser(ANONYMOUS).get(reverse("public:contract", args=[contract.pk])).status_code == 404
    assert "KANARIE-CONTRACT" not in everything()


def test_a_draft_or_announced_call_is_not_found() -> None:
    call = factories.call("KANARIE-OPROEP")
    client = browser(ANONYMOUS)
    for state, published in ((CallState.DRAFT, dt.date(2021, 3, 11)), (CallState.LAUNCHED, dt.date(2023, 3, 2))):
        Call.objects.filter(pk=call.pk).update(state=state, published_on=published)
        assert client.get(reverse("public:call", args=[call.pk])).status_code == 404
        assert "KANARIE-OPROEP" not in everything()


def test_what_a_municipality_reports_is_public_only_after_it_is_accepted() -> None:
    contract = factories.contract()
    factories.opened_round()
    page = [reverse("public:contract", args=[contract.pk])]
    report = factories.certified(contract, summary="KANARIE-TEKST", cause="KANARIE-OORZAAK")
    assert "13,5" not in everything(also=page)
    operations.accept(actor=factories.manager(), report_id=report.pk)
    after = everything(also=page)
    assert "13,5" in after
    assert "KANARIE" not in after


def test_drafts_of_lessons_and_private_parts_of_moments_leak_nowhere() -> None:
    contract = factories.contract()
    saar = factories.editor()
    knowledge.create_lesson(actor=saar, title="KANARIE-LES", theme="housing", text="KANARIE")
    participation.record_moment(
        actor=saar,
        contract_id=contract.pk,
        title="Wijktafel",
        held_on=dt.date(2023, 2, 1),
        form="tafel",
        groups="KANARIE-GROEP",
    )
    shown = everything(also=[reverse("public:contract", args=[contract.pk])])
    assert "Wijktafel" in shown
    assert "KANARIE-LES" not in shown
    assert "KANARIE-GROEP" not in shown


def test_an_open_call_says_how_to_apply_with_the_limits_of_its_own_programme() -> None:
    call = factories.call("Oproep 2023")
    Call.objects.filter(pk=call.pk).update(published_on=dt.date(2023, 2, 1), last_day=dt.date(2023, 6, 30))
    page = text(browser(ANONYMOUS).get(reverse("public:call", args=[call.pk])))
    assert "minstens 20 %" in page
    assert "hoogstens 48 maanden" in page
    assert "Meld u aan namens uw bestuur" in page
    assert "Oproep 2023" in text(browser(ANONYMOUS).get(reverse("public:home")))


def test_a_closed_call_does_not_ask_to_apply() -> None:
    call = factories.call()
    assert "Deze oproep is afgesloten." in text(browser(ANONYMOUS).get(reverse("public:call", args=[call.pk])))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_looks_like_a_formula_gets_a_prefix(start: str) -> None:
    Contract.objects.filter(pk=factories.contract().pk).update(title=f"{start}HYPERLINK(1)")
    assert csv_rows("public:contracts_csv")[0]["titel"] == f"'{start}HYPERLINK(1)"


def test_the_downloads_hold_the_figures_of_the_register() -> None:
    contract = factories.contract()
    factories.money(contract)
    factories.opened_round()
    factories.accepted(contract)
    line = csv_rows("public:contracts_csv")[0]
    assert (line["gemeente"], line["subsidie_eur"], line["betaald_eur"]) == ("Dendermonde", "326000.00", "97800.00")
    target = csv_rows("public:targets_csv")[0]
    assert (target["nulmeting"], target["streefwaarde"], target["meting"]) == ("18", "9", "13.5")


def test_search_finds_by_municipality_and_says_when_nothing_is_found() -> None:
    factories.contract()
    client = browser(ANONYMOUS)
    assert "De Keur van Dendermonde" in text(client.get(reverse("public:contracts"), {"tekst": "dendermonde keur"}))
    assert "Niets gevonden" in text(client.get(reverse("public:contracts"), {"tekst": "molen"}))


def test_an_empty_register_is_a_readable_page() -> None:
    assert "Nog geen contracten" in text(browser(ANONYMOUS).get(reverse("public:contracts")))
    assert "Er is nu geen oproep open" in text(browser(ANONYMOUS).get(reverse("public:home")))


def test_whole_numbers_keep_their_zeros_in_the_download() -> None:
    assert list(register._plain(factories.Decimal("60.0000"), None)) == ["60", ""]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_as_many_queries_with_one_contract_as_with_three(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(count):
        factories.money(factories.contract("Dendermonde", f"WVC-{index}"))
    client = browser(ANONYMOUS)
    with django_assert_num_queries(4):
        client.get(reverse("public:contracts"))
