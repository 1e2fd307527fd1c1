"""The pages of rounds, for the agency and for the municipality."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from execution import factories
from execution.pages import browser, text
from wijkcontract.execution import operations
from wijkcontract.execution.models import ProgressReport, ReportState, Round, RoundState


def posted(report: ProgressReport, **changes: str) -> dict[str, str]:
    """What the browser sends for a complete report."""
    first = report.measurements.order_by("target__position")[0]
    data = {"version": str(report.version), "light": "on_track", "cause": "", "summary": "Alles loopt."}
    for one in report.measures.all():
        data |= {f"measure_{one.measure_id.hex}_light": "on_track", f"measure_{one.measure_id.hex}_text": "loopt"}
    name = f"target_{first.target_id.hex}"
    data |= {f"{name}_value": "13,5", f"{name}_on": "20/02/2023", f"{name}_source": "VDAB", "spent_staff": "60.000,00"}
    return data | changes


def test_the_programme_manager_makes_and_opens_a_round() -> None:
    factories.contract()
    client = browser(factories.manager())
    answer = client.post(
        reverse("agency:round_new"), {"title": "Ronde 1", "moment": "28/02/2023", "due_on": "15/03/2023"}, follow=True
    )
    assert "De ronde staat klaar" in text(answer)
    made = Round.objects.get()
    answer = client.post(reverse("agency:round_open", args=[made.pk]), follow=True)
    assert "De ronde is open voor 1 contract." in text(answer)
    assert "WVC-2021-01" in text(answer)


def test_a_faulty_round_keeps_what_was_typed() -> None:
    answer = browser(factories.manager()).post(
        reverse("agency:round_new"), {"title": "Mijn ronde", "moment": "30/02/2023", "due_on": "15/03/2023"}
    )
    assert "bestaat niet" in text(answer)
    assert 'value="Mijn ronde"' in answer.content.decode()


def test_finance_sees_the_rounds_without_the_button() -> None:
    client = browser(factories.finance())
    assert "Maak een ronde" not in text(client.get(reverse("agency:rounds")))
    assert client.get(reverse("agency:round_new")).status_code == 403


def test_a_municipality_does_not_find_the_pages_of_the_agency() -> None:
    factories.contract()
    opened = factories.opened_round()
    assert browser(factories.editor()).get(reverse("agency:round", args=[opened.pk])).status_code == 404


def test_the_editor_saves_a_report_with_dutch_figures() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.report_of(contract)
    address = reverse("applicant:progress", args=[report.pk])
    answer = browser(factories.editor()).post(address, posted(report), follow=True)
    assert "Alles bewaard om 10.00 uur." in text(answer)
    report.refresh_from_db()
    assert report.spending.get(category="staff").amount_cents == 60_000_00
    assert "13,5" in answer.content.decode()


def test_a_fault_in_a_report_keeps_every_typed_text() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.report_of(contract)
    answer = browser(factories.editor()).post(
        reverse("applicant:progress", args=[report.pk]),
        posted(report, light="action", spent_staff="veel", summary="MIJN TEKST"),
    )
    assert answer.status_code == 422
    assert "MIJN TEKST" in text(answer)
    assert 'value="veel"' in answer.content.decode()


def test_a_missing_cause_stands_at_its_field() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.report_of(contract)
    answer = browser(factories.editor()).post(
        reverse("applicant:progress", args=[report.pk]), posted(report, light="action")
    )
    assert 'href="#id_cause"' in answer.content.decode()


def test_two_editors_both_find_their_text_back() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.report_of(contract)
    client, address = browser(factories.editor()), reverse("applicant:progress", args=[report.pk])
    client.post(address, posted(report, summary="VAN DE COLLEGA"))
    answer = client.post(address, posted(report, summary="VAN MIJ"))
    assert answer.status_code == 409
    assert "VAN DE COLLEGA" in text(answer)
    assert "VAN MIJ" in text(answer)
    again = client.post(address, posted(report, summary="VAN MIJ", version="1"), follow=True)
    assert "Alles bewaard" in text(again)


def test_a_colleague_without_the_role_sees_who_can_certify() -> None:
    contract = factories.contract()
    factories.opened_round()
    factories.certifier()
    report = factories.report_of(contract)
    answer = browser(factories.editor()).get(reverse("applicant:certify", args=[report.pk]))
    assert "Alleen een certificeerder van uw bestuur" in text(answer)
    assert "Eli" in text(answer)
    assert "Bevestig en dien in" not in text(answer)


def test_a_colleague_without_the_role_who_posts_gets_the_reason() -> None:
    contract = factories.contract()
    factories.opened_round()
    answer = browser(factories.editor()).post(reverse("applicant:certify", args=[factories.report_of(contract).pk]))
    assert answer.status_code == 403
    assert "certificeerder" in text(answer)


def test_the_certifier_hands_the_report_in() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.report_of(contract)
    operations.save_report(actor=factories.editor(), **factories.filled(report))
    client = browser(factories.certifier())
    page = client.get(reverse("applicant:certify", args=[report.pk]))
    assert "U bevestigt dat de metingen en de uitgaven kloppen" in text(page)
    answer = client.post(reverse("applicant:certify", args=[report.pk]), {"version": "1"}, follow=True)
    assert "ingediend bij het agentschap" in text(answer)
    assert factories.report_of(contract).state == ReportState.SUBMITTED


def test_certifying_an_empty_report_lists_every_gap() -> None:
    contract = factories.contract()
    factories.opened_round()
    answer = browser(factories.certifier()).post(reverse("applicant:certify", args=[factories.report_of(contract).pk]))
    assert answer.status_code == 422
    assert "U kunt nog niet indienen: 5 punten" in text(answer)


def test_the_agency_accepts_or_returns_on_the_review_page() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.certified(contract)
    client = browser(factories.manager())
    review = reverse("agency:report_review", args=[report.pk])
    assert "13,5" in text(client.get(review))
    assert "Kijk dit na: 1 punt" in text(client.post(review, {"reason": "  "}))
    answer = client.post(reverse("agency:report_accept", args=[report.pk]), follow=True)
    assert "Het verslag is aanvaard" in text(answer)
    twice = client.post(reverse("agency:report_accept", args=[report.pk]))
    assert twice.status_code == 422
    assert "kunt u niet aanvaarden" in text(twice)


def test_returning_shows_the_reason_to_the_municipality() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.certified(contract)
    browser(factories.manager()).post(
        reverse("agency:report_review", args=[report.pk]), {"reason": "De bron ontbreekt."}
    )
    answer = browser(factories.editor()).get(reverse("applicant:progress", args=[report.pk]))
    assert "De bron ontbreekt." in text(answer)


def test_a_report_of_another_municipality_is_not_found() -> None:
    contract = factories.contract()
    factories.contract("Gent", "WVC-2")
    factories.opened_round()
    report = factories.report_of(contract)
    client = browser(factories.editor("Gent"))
    for name in ("applicant:progress", "applicant:certify"):
        assert client.get(reverse(name, args=[report.pk])).status_code == 404
        assert client.post(reverse(name, args=[report.pk])).status_code == 404
    assert "Dendermonde" not in text(client.get(reverse("applicant:rounds")))


def test_the_agency_does_not_open_a_report_in_the_making() -> None:
    contract = factories.contract()
    opened = factories.opened_round()
    report = factories.report_of(contract)
    operations.save_report(actor=factories.editor(), **factories.filled(report, summary="KANARIE"))
    client = browser(factories.manager())
    assert client.get(reverse("agency:report_review", args=[report.pk])).status_code == 404
    assert "KANARIE" not in text(client.get(reverse("agency:round", args=[opened.pk])))


def test_closing_a_round_by_button() -> None:
    factories.contract()
    opened = factories.opened_round()
    browser(factories.manager()).post(reverse("agency:round_close", args=[opened.pk]))
    assert Round.objects.get().state == RoundState.CLOSED


@pytest.mark.parametrize("places", [["Dendermonde"], ["Dendermonde", "Gent", "Aalst"]])
def test_a_round_costs_as_many_queries_with_one_report_as_with_three(
    places: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for index, place in enumerate(places):
        factories.contract(place, f"WVC-{index}")
    opened = factories.opened_round()
    client = browser(factories.manager())
    with django_assert_num_queries(6):
        client.get(reverse("agency:round", args=[opened.pk]))
    with django_assert_num_queries(4):
        client.get(reverse("agency:rounds"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_reports_costs_as_many_queries_with_one_as_with_three(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(count):
        factories.contract("Dendermonde", f"WVC-{index}")
    factories.opened_round()
    client = browser(factories.editor())
    with django_assert_num_queries(4):
        client.get(reverse("applicant:rounds"))


def test_the_overview_sends_the_editor_to_the_report_and_the_certifier_to_the_figures() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.report_of(contract)
    home = reverse("applicant:home")
    assert reverse("applicant:progress", args=[report.pk]) in browser(factories.editor()).get(home).content.decode()
    assert reverse("applicant:certify", args=[report.pk]) in browser(factories.certifier()).get(home).content.decode()


def test_the_overview_forgets_a_report_that_was_handed_in() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.certified(contract)
    shown = browser(factories.editor()).get(reverse("applicant:home")).content.decode()
    assert reverse("applicant:progress", args=[report.pk]) not in shown
