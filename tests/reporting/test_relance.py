"""The report to the ministers: complete, frozen, reproducible, the same in page, Excel and PDF."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from io import BytesIO
from typing import Any

import openpyxl
import pypdf
import pytest
from pytest_django import DjangoAssertNumQueries

from execution import factories
from people import actor, organisation
from wijkcontract.accounts.actors import ANONYMOUS, Actor
from wijkcontract.accounts.models import OrganisationKind
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.models import Event
from wijkcontract.contracts.models import Contract
from wijkcontract.execution import operations as execution
from wijkcontract.execution.models import ProgressReport, Round
from wijkcontract.reporting import exporters, operations, queries
from wijkcontract.reporting.exporters.glyphs import COVERED, printable
from wijkcontract.reporting.models import RelanceReport
from wijkcontract.reporting.relance import build_content
from wijkcontract.rules import clock
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused


def issued(**changes: object) -> tuple[RelanceReport, Contract]:
    """A report of one contract with money and an accepted progress report."""
    contract = factories.contract()
    factories.money(contract)
    opened = factories.opened_round()
    factories.accepted(contract, **changes)
    return operations.issue_report(actor=factories.manager(), round_id=opened.pk), contract


def numbers(value: object) -> list[object]:
    if isinstance(value, dict):
        return [one for part in value.values() for one in numbers(part)]
    if isinstance(value, list):
        return [one for part in value for one in numbers(part)]
    return [value]


def rows(book: bytes, sheet: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(BytesIO(book))[sheet].iter_rows(min_row=4, values_only=True))


def text_of(document: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(document)).pages))


def test_the_content_holds_the_money_the_light_and_the_measurement_of_every_contract() -> None:
    report, contract = issued()
    content = json.loads(report.content)
    one = content["contracts"][0]
    assert one["money"]["committed_cents"] == 326_000_00
    assert {year["year"]: year["charge_cents"] for year in one["money"]["years"]} == factories.CHARGES
    assert (one["money"]["posted_cents"], one["money"]["forecast_cents"]) == (81_444_22, 326_000_00 - 81_444_22)
    assert one["money"]["paid_cents"] == 97_800_00
    assert (one["report"]["light"], one["report"]["cause"]) == ("attention", "De regisseur vertrok.")
    assert [(t["actual"], t["progress_percent"]) for t in one["targets"]] == [("13.5", 50), (None, None)]
    assert one["milestones"] == [{"title": "De speelstraat is open", "due_on": "2023-01-15", "passed": True}]
    assert content["articles"][0]["description"] == "RELANCE BUDGET VV095 wijken"
    assert content["totals"]["committed_cents"] == contract.subsidy_cents


def test_the_content_holds_no_float() -> None:
    report, _ = issued()
    assert not [one for one in numbers(json.loads(report.content)) if isinstance(one, float)]


def test_the_hash_can_be_computed_again_from_the_content() -> None:
    report, _ = issued()
    report.refresh_from_db()
    assert hashlib.sha256(report.content.encode()).hexdigest() == report.sha256


def test_money_is_the_state_on_the_moment_of_the_round() -> None:
    contract = factories.contract()
    commitment = factories.money(contract, paid=False)
    factories.post(commitment, 2023, dt.date(2023, 3, 1))
    factories.pay(contract.instalments.get(), dt.date(2023, 3, 1))
    opened = factories.opened_round()
    money = queries.get_preview(factories.manager(), opened.pk).content["contracts"][0]["money"]
    assert (money["posted_cents"], money["paid_cents"]) == (81_444_22, 0)
    assert sum(year["charge_cents"] for year in money["years"]) == 326_000_00


def test_a_report_that_is_not_accepted_must_be_named_as_missing() -> None:
    contract = factories.contract()
    opened = factories.opened_round()
    factories.certified(contract, summary="KANARIE-VERSLAG")
    with pytest.raises(Invalid, match=r"WVC-2021-01 is niet aanvaard"):
        operations.issue_report(actor=factories.manager(), round_id=opened.pk)
    report = operations.issue_report(actor=factories.manager(), round_id=opened.pk, missing=[contract.number])
    assert [one["number"] for one in json.loads(report.content)["missing"]] == [contract.number]
    assert "KANARIE-VERSLAG" not in report.content


def test_issuing_again_makes_the_next_number_and_leaves_the_first() -> None:
    first, _ = issued()
    second = operations.issue_report(actor=factories.manager(), round_id=first.round_id)
    assert (first.number, second.number) == (1, 2)
    assert RelanceReport.objects.get(number=1).content == first.content
    assert Event.objects.filter(verb="reporting.report_issued").count() == 2


def test_issued_figures_stay_when_the_live_data_change() -> None:
    report, contract = issued()
    before = (
        exporters.excel(json.loads(report.content), report.sha256),
        exporters.pdf(json.loads(report.content), report.sha256),
    )
    Contract.objects.filter(pk=contract.pk).update(title="Anders", subsidy_cents=1)
    ProgressReport.objects.update(light="stopped", summary="anders")
    Round.objects.update(title="Anders")
    stored = queries.get_issued(factories.finance(), report.pk)
    after = (
        exporters.excel(json.loads(stored.content), stored.sha256),
        exporters.pdf(json.loads(stored.content), stored.sha256),
    )
    assert after == before


def test_excel_and_pdf_made_later_have_the_same_bytes() -> None:
    report, _ = issued()
    content = json.loads(report.content)
    first = exporters.excel(content, report.sha256), exporters.pdf(content, report.sha256)
    with clock.frozen(clock.parse_moment("2025-01-01T00:00:00")):
        assert (exporters.excel(content, report.sha256), exporters.pdf(content, report.sha256)) == first


def test_the_excel_has_every_figure_as_a_number() -> None:
    report, _ = issued()
    book = exporters.excel(json.loads(report.content), report.sha256)
    overview = rows(book, "overzicht")
    assert overview[0][11:] == (326000, 326000, 81444.22, 244555.78, 97800)
    assert overview[-1][11:] == overview[0][11:]
    charges = {(row[0], row[3]): row[4] for row in rows(book, "aanrekening per jaar")}
    for year, cents in factories.CHARGES.items():
        assert round(charges["WVC-2021-01", year] * 100) == cents
        assert round(charges["Totaal", year] * 100) == cents
    targets = rows(book, "doelstellingen")
    assert [one.date() if isinstance(one, dt.datetime) else one for one in targets[0][5:11]] == [
        18, dt.date(2021, 1, 1), 9, dt.date(2025, 12, 31), 13.5, dt.date(2023, 2, 20),
    ]  # fmt: skip
    assert ("WVC-2021-01", "Dendermonde", "Werking", 12345.67) in rows(book, "uitgaven")
    assert rows(book, "mijlpalen")[0][2] == "De speelstraat is open"


def test_the_pdf_has_the_same_figures_and_its_language_title_and_tags() -> None:
    report, _ = issued()
    document = exporters.pdf(json.loads(report.content), report.sha256)
    text = text_of(document)
    for cents in (*factories.CHARGES.values(), 326_000_00, 97_800_00, 326_000_00 - 81_444_22):
        assert format_nl(cents) in text
    assert report.sha256 in text
    assert "Aandacht nodig" in text
    catalogue = pypdf.PdfReader(BytesIO(document)).trailer["/Root"]
    assert catalogue["/Lang"].startswith("nl")
    assert catalogue["/MarkInfo"]["/Marked"]
    assert pypdf.PdfReader(BytesIO(document)).metadata["/Title"] == "Relancerapport: Ronde 1 van 2023"  # type: ignore[index]


def test_typed_markup_and_formulas_are_text_in_every_form() -> None:
    evil = '=1+1 #text(fill: red)[x] $a$ <b> @ref "'
    report, _ = issued(cause=evil)
    content = json.loads(report.content)
    assert evil in text_of(exporters.pdf(content, report.sha256))
    sheet = openpyxl.load_workbook(BytesIO(exporters.excel(content, report.sha256)))["overzicht"]
    assert (sheet["H4"].value, sheet["H4"].data_type) == (evil, "s")


def test_a_character_that_the_font_lacks_does_not_stop_the_pdf() -> None:
    report, _ = issued(summary="Ontmoeting \u4e2d\u6587 ≥ 5 \U0001f600 Šárka")
    assert "Ontmoeting ?? >= 5 ? Šárka" in text_of(exporters.pdf(json.loads(report.content), report.sha256))


def test_every_character_that_is_said_to_be_covered_is_drawn() -> None:
    every = "".join(chr(code) for first, last in COVERED for code in range(first, last + 1))
    report, _ = issued(summary="kort")
    content = json.loads(report.content)
    content["contracts"][0]["report"]["summary"] = every
    assert exporters.pdf(content, report.sha256)
    assert printable("e\u0301") == "é"


@pytest.mark.parametrize("role", [Role.AGENCY_FINANCE, Role.CABINET, Role.INSPECTORATE, Role.AUDITOR])
def test_who_only_reads_does_not_issue(role: Role) -> None:
    contract = factories.contract()
    opened = factories.opened_round()
    reader = actor("Lezer", organisation(OrganisationKind.CABINET, "Lezers"), role)
    expected = Refused if role is Role.AGENCY_FINANCE else NotVisible
    with pytest.raises(expected):
        operations.issue_report(actor=reader, round_id=opened.pk, missing=[contract.number])


@pytest.mark.parametrize("role", [Role.AGENCY_FINANCE, Role.CABINET, Role.INSPECTORATE, Role.AUDITOR])
def test_readers_of_the_state_open_an_issued_report(role: Role) -> None:
    report, _ = issued()
    reader = actor("Lezer", organisation(OrganisationKind.CABINET, "Lezers"), role)
    assert queries.get_issued(reader, report.pk).pk == report.pk


def _outsiders() -> list[Actor]:
    return [factories.editor(), actor("Joris", organisation(OrganisationKind.EXPERT, "X"), Role.JUROR), ANONYMOUS]


def test_an_issued_report_does_not_exist_for_others() -> None:
    report, _ = issued()
    for outsider in _outsiders():
        assert not queries.visible_issued(outsider).exists()
        with pytest.raises(NotVisible):
            queries.get_issued(outsider, report.pk)


def test_a_round_in_preparation_has_no_preview() -> None:
    made = execution.create_round(actor=factories.manager(), title="x", moment=factories.MOMENT, due_on=factories.DUE)
    with pytest.raises(NotVisible):
        queries.get_preview(factories.manager(), made.pk)


@pytest.mark.parametrize("places", [["Dendermonde"], ["Dendermonde", "Gent", "Aalst"]])
def test_the_content_costs_as_many_queries_for_one_contract_as_for_three(
    places: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for index, place in enumerate(places):
        factories.money(factories.contract(place, f"WVC-{index}"))
    opened = factories.opened_round()
    with django_assert_num_queries(13):
        build_content(opened)
