"""The pages of the report to the ministers."""

from __future__ import annotations

import hashlib
from io import BytesIO

import openpyxl
import pypdf
import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from execution import factories
from execution.pages import browser, text
from wijkcontract.contracts.models import Contract
from wijkcontract.execution.models import ProgressReport
from wijkcontract.reporting import operations, queries
from wijkcontract.reporting.models import RelanceReport
from wijkcontract.rules.money import format_nl


def issued() -> RelanceReport:
    contract = factories.contract()
    factories.money(contract)
    opened = factories.opened_round()
    factories.accepted(contract)
    return operations.issue_report(actor=factories.manager(), round_id=opened.pk)


def test_the_preview_shows_live_figures_and_issues_them() -> None:
    contract = factories.contract()
    factories.money(contract)
    opened = factories.opened_round()
    factories.accepted(contract)
    client = browser(factories.manager())
    address = reverse("agency:report_preview", args=[opened.pk])
    page = client.get(address)
    for cents in factories.CHARGES.values():
        assert format_nl(cents) in text(page)
    assert "Aandacht nodig" in text(page)
    answer = client.post(address, follow=True)
    assert "Uitgave 1 is bevroren en uitgebracht." in text(answer)
    assert RelanceReport.objects.get().sha256 in text(answer)


def test_a_municipality_reads_its_own_figures_of_an_issued_report_and_no_others() -> None:
    contract, other = factories.contract(), factories.contract("Gent", "WVC-2")
    factories.money(contract)
    opened = factories.opened_round()
    factories.accepted(contract)
    operations.issue_report(actor=factories.manager(), round_id=opened.pk, missing=["WVC-2"])
    address = reverse("applicant:progress", args=[factories.report_of(contract).pk])
    shown = text(browser(factories.editor()).get(address))
    assert "In het rapport aan de ministers" in shown
    assert "97.800,00" in shown
    assert "Gent" not in shown
    assert queries.own_figures(factories.editor(), factories.report_of(other)) == []


def test_a_double_click_issues_once() -> None:
    contract = factories.contract()
    opened = factories.opened_round()
    client, address = browser(factories.manager()), reverse("agency:report_preview", args=[opened.pk])
    for _ in range(2):
        answer = client.post(address, {"missing": [contract.number], "number": "1"})
    assert "Uitgave 1 is intussen uitgebracht" in text(answer)
    assert RelanceReport.objects.count() == 1


def test_a_missing_report_must_be_ticked_before_issuing() -> None:
    contract = factories.contract()
    opened = factories.opened_round()
    client, address = browser(factories.manager()), reverse("agency:report_preview", args=[opened.pk])
    assert "is niet aanvaard" in text(client.post(address))
    assert "Uitgave 1" in text(client.post(address, {"missing": [contract.number]}, follow=True))


def test_page_excel_pdf_and_json_come_from_the_frozen_content() -> None:
    report = issued()
    Contract.objects.update(subsidy_cents=1)
    ProgressReport.objects.update(light="stopped", cause="KANARIE")
    client = browser(factories.cabinet())
    page = text(client.get(reverse("agency:report", args=[report.pk])))
    assert "Aandacht nodig" in page
    assert "KANARIE" not in page
    book = client.get(reverse("agency:report_xlsx", args=[report.pk]))
    assert openpyxl.load_workbook(BytesIO(book.content))["overzicht"]["L4"].value == 326000
    document = client.get(reverse("agency:report_pdf", args=[report.pk]))
    assert document["Content-Disposition"] == 'attachment; filename="relancerapport-2023-02-28-uitgave-1.pdf"'
    assert "81.444,22" in "".join(one.extract_text() for one in pypdf.PdfReader(BytesIO(document.content)).pages)
    frozen = client.get(reverse("agency:report_json", args=[report.pk])).content
    assert hashlib.sha256(frozen).hexdigest() == report.sha256


def test_finance_sees_the_preview_without_the_button() -> None:
    factories.contract()
    opened = factories.opened_round()
    client, address = browser(factories.finance()), reverse("agency:report_preview", args=[opened.pk])
    assert "Breng het rapport uit" not in text(client.get(address))
    assert client.post(address).status_code == 403


def test_the_cabinet_does_not_find_a_preview() -> None:
    factories.contract()
    opened = factories.opened_round()
    assert browser(factories.cabinet()).get(reverse("agency:report_preview", args=[opened.pk])).status_code == 404


@pytest.mark.parametrize("name", ["agency:report", "agency:report_xlsx", "agency:report_pdf", "agency:report_json"])
def test_a_municipality_does_not_find_the_report(name: str) -> None:
    report = issued()
    assert browser(factories.editor()).get(reverse(name, args=[report.pk])).status_code == 404


@pytest.mark.parametrize("issues", [1, 3])
def test_the_list_costs_as_many_queries_with_one_issue_as_with_three(
    issues: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    report = issued()
    for _ in range(issues - 1):
        operations.issue_report(actor=factories.manager(), round_id=report.round_id)
    client = browser(factories.manager())
    with django_assert_num_queries(5):
        client.get(reverse("agency:reports"))
