"""A round from its opening to its closing, by the people who may, and the others who may not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from execution import factories
from wijkcontract.accounts.actors import ANONYMOUS
from wijkcontract.audit.models import Event
from wijkcontract.contracts.models import ContractState
from wijkcontract.execution import checks, operations, queries
from wijkcontract.execution.models import ProgressReport, ReportState, Round, RoundState
from wijkcontract.execution.operations import MeasureLine, MeasurementLine, Overtaken
from wijkcontract.outbox.models import Message
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused


def faults(caught: pytest.ExceptionInfo[Invalid]) -> set[str]:
    return {fault.where for fault in caught.value.faults}


def test_opening_makes_a_report_with_a_line_per_measure_target_and_eligible_category() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.report_of(contract)
    assert (report.measures.count(), report.measurements.count()) == (2, 2)
    assert [one.category for one in report.spending.all()] == ["research", "operation", "staff", "infrastructure"]


def test_opening_leaves_out_contracts_that_are_not_signed_or_do_not_run_on_the_moment() -> None:
    running = factories.contract()
    factories.contract("Gent", "WVC-2", state=ContractState.DRAFT)
    factories.contract("Aalst", "WVC-3", term_start=dt.date(2023, 3, 1))
    factories.opened_round()
    assert [one.contract_id for one in ProgressReport.objects.all()] == [running.pk]


def test_opening_mails_every_editor_and_certifier_once() -> None:
    factories.contract()
    saar, eli = factories.editor(), factories.certifier()
    factories.opened_round()
    assert Message.objects.filter(kind="execution.round_opened").count() == len({saar.person_id, eli.person_id})


def test_opening_twice_is_refused_in_words() -> None:
    factories.contract()
    opened = factories.opened_round()
    with pytest.raises(Invalid, match="kunt u niet openen"):
        operations.open_round(actor=factories.manager(), round_id=opened.pk)


def test_a_round_without_any_running_contract_does_not_open() -> None:
    made = operations.create_round(
        actor=factories.manager(), title="Leeg", moment=dt.date(2030, 1, 1), due_on=dt.date(2030, 2, 1)
    )
    with pytest.raises(Invalid, match="geen enkel ondertekend contract"):
        operations.open_round(actor=factories.manager(), round_id=made.pk)


def test_only_the_programme_manager_makes_a_round() -> None:
    with pytest.raises(Refused, match="programmabeheerder"):
        operations.create_round(actor=factories.finance(), title="x", moment=factories.MOMENT, due_on=factories.DUE)


def test_a_round_that_ends_before_its_moment_tells_all_faults_at_once() -> None:
    with pytest.raises(Invalid) as caught:
        operations.create_round(actor=factories.manager(), title=" ", moment=factories.DUE, due_on=factories.MOMENT)
    assert faults(caught) == {"title", "due_on"}


def test_a_draft_round_does_not_exist_for_a_municipality() -> None:
    factories.contract()
    made = operations.create_round(actor=factories.manager(), title="x", moment=factories.MOMENT, due_on=factories.DUE)
    with pytest.raises(NotVisible):
        queries.get_round(factories.editor(), made.pk)


def test_a_report_does_not_exist_for_another_municipality() -> None:
    contract = factories.contract()
    factories.contract("Gent", "WVC-2")
    factories.opened_round()
    report = factories.report_of(contract)
    for stranger in (factories.editor("Gent"), ANONYMOUS, factories.manager(), factories.cabinet()):
        with pytest.raises(NotVisible):
            queries.get_report(stranger, report.pk)


def test_the_agency_reads_a_report_when_it_is_certified_and_the_cabinet_when_it_is_accepted() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.certified(contract)
    assert queries.get_report(factories.finance(), report.pk) == report
    with pytest.raises(NotVisible):
        queries.get_report(factories.cabinet(), report.pk)
    operations.accept(actor=factories.manager(), report_id=report.pk)
    assert queries.get_report(factories.cabinet(), report.pk) == report


def test_a_certifier_reads_but_does_not_write() -> None:
    contract = factories.contract()
    factories.opened_round()
    with pytest.raises(Refused, match="bewerker"):
        operations.save_report(actor=factories.certifier(), **factories.filled(factories.report_of(contract)))


def test_an_editor_does_not_certify() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.report_of(contract)
    operations.save_report(actor=factories.editor(), **factories.filled(report))
    with pytest.raises(Refused, match="certificeerder"):
        operations.certify(actor=factories.editor(), report_id=report.pk)


def test_partial_work_is_kept() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.report_of(contract)
    operations.save_report(
        actor=factories.editor(), report_id=report.pk, version=0, light="", cause="", summary="half",
        measures=[], measurements=[], spending={},
    )  # fmt: skip
    assert factories.report_of(contract).summary == "half"


@pytest.mark.parametrize("light", ["attention", "action"])
def test_a_light_that_asks_attention_needs_a_cause(light: str) -> None:
    contract = factories.contract()
    factories.opened_round()
    with pytest.raises(Invalid) as caught:
        operations.save_report(
            actor=factories.editor(), **factories.filled(factories.report_of(contract), light=light, cause=" ")
        )
    assert faults(caught) == {"cause"}


def test_a_stale_version_writes_nothing_and_carries_what_stands() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.report_of(contract)
    operations.save_report(actor=factories.editor(), **factories.filled(report, summary="eerst"))
    with pytest.raises(Overtaken) as caught:
        operations.save_report(actor=factories.editor(), **factories.filled(report, summary="laatst"))
    assert caught.value.current.summary == "eerst"
    assert factories.report_of(contract).summary == "eerst"


def test_lines_of_another_contract_are_refused() -> None:
    contract, other = factories.contract(), factories.contract("Gent", "WVC-2")
    factories.opened_round()
    strange = [MeasureLine(other.measures.all()[0].pk, "on_track")]
    with pytest.raises(Invalid, match="kent een van deze regels niet"):
        operations.save_report(
            actor=factories.editor(), **factories.filled(factories.report_of(contract), measures=strange)
        )


@pytest.mark.parametrize(
    ("on", "says"), [(dt.date(2023, 3, 2), "toekomst"), (dt.date(2023, 3, 1), "ten laatste op 28/02/2023")]
)
def test_a_measurement_lies_neither_in_the_future_nor_after_the_moment(on: dt.date, says: str) -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.report_of(contract)
    line = [MeasurementLine(report.measurements.all()[0].target_id, Decimal(1), on, "bron")]
    with pytest.raises(Invalid, match=says):
        operations.save_report(actor=factories.editor(), **factories.filled(report, measurements=line))


def test_certifying_an_empty_report_names_every_gap_at_once() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.report_of(contract)
    with pytest.raises(Invalid) as caught:
        operations.certify(actor=factories.certifier(), report_id=report.pk)
    lights = {f"measure_{one.measure_id.hex}_light" for one in report.measures.all()}
    assert faults(caught) == {"light", "summary", "measurements"} | lights


def test_certifying_a_version_that_a_colleague_changed_meanwhile_is_refused() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.report_of(contract)
    operations.save_report(actor=factories.editor(), **factories.filled(report))
    with pytest.raises(Invalid, match="terwijl u las"):
        operations.certify(actor=factories.certifier(), report_id=report.pk, version=0)


def test_a_certified_report_changes_no_more() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.certified(contract)
    with pytest.raises(Invalid, match="verandert niet meer"):
        operations.save_report(actor=factories.editor(), **factories.filled(report))
    with pytest.raises(Invalid, match="verandert niet meer"):
        operations.certify(actor=factories.certifier(), report_id=report.pk)


def test_spending_above_the_budgeted_cost_is_flagged_but_does_not_block() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.certified(contract, spending={"staff": 407_500_01})
    assert any("hoger dan de begrote kostprijs" in flag for flag in checks.flags(report))


def test_a_returned_report_is_written_and_certified_again() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.certified(contract)
    operations.return_report(actor=factories.manager(), report_id=report.pk, reason="De bron ontbreekt.")
    again = factories.report_of(contract)
    assert (again.state, again.return_reason) == (ReportState.RETURNED, "De bron ontbreekt.")
    operations.save_report(actor=factories.editor(), **factories.filled(again))
    assert operations.certify(actor=factories.certifier(), report_id=report.pk).state == ReportState.SUBMITTED


def test_returning_needs_a_reason() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.certified(contract)
    with pytest.raises(Invalid) as caught:
        operations.return_report(actor=factories.manager(), report_id=report.pk, reason=" ")
    assert faults(caught) == {"reason"}


def test_accepting_twice_is_refused_in_words() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.accepted(contract)
    with pytest.raises(Invalid, match="kunt u niet aanvaarden"):
        operations.accept(actor=factories.manager(), report_id=report.pk)


def test_finance_reads_but_does_not_accept() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.certified(contract)
    with pytest.raises(Refused, match="programmabeheerder"):
        operations.accept(actor=factories.finance(), report_id=report.pk)


def test_a_round_does_not_close_while_a_report_waits() -> None:
    contract = factories.contract()
    opened = factories.opened_round()
    report = factories.certified(contract)
    with pytest.raises(Invalid, match=contract.number):
        operations.close_round(actor=factories.manager(), round_id=opened.pk)
    operations.accept(actor=factories.manager(), report_id=report.pk)
    operations.close_round(actor=factories.manager(), round_id=opened.pk)
    assert Round.objects.get().state == RoundState.CLOSED


def test_a_closed_round_takes_no_more_reports() -> None:
    contract = factories.contract()
    opened = factories.opened_round()
    operations.close_round(actor=factories.manager(), round_id=opened.pk)
    with pytest.raises(Invalid, match="afgesloten"):
        operations.save_report(actor=factories.editor(), **factories.filled(factories.report_of(contract)))


def test_only_accepted_measurements_are_given_to_the_public_and_the_newest_wins() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.certified(contract)
    assert queries.latest_accepted([contract.pk]) == {}
    operations.accept(actor=factories.manager(), report_id=report.pk)
    assert [one.value for one in queries.latest_accepted([contract.pk]).values()] == [Decimal("13.5")]


def test_the_way_to_a_target_that_goes_down_is_a_share_of_the_whole_way() -> None:
    contract = factories.contract()
    factories.opened_round()
    report = factories.certified(contract)
    assert queries.progress_of(report.measurements.order_by("target__position")[0]) == Decimal("0.5")


def test_the_log_tells_the_whole_way_of_a_report() -> None:
    contract = factories.contract()
    factories.opened_round()
    factories.accepted(contract)
    verbs = list(Event.objects.order_by("id").values_list("verb", flat=True))
    assert [verb.removeprefix("execution.") for verb in verbs] == [
        "round_created", "round_opened", "report_saved", "report_certified", "report_accepted",
    ]  # fmt: skip


def test_the_clock_of_the_product_stamps_the_certificate() -> None:
    contract = factories.contract()
    factories.opened_round()
    assert factories.certified(contract).submitted_at == clock.now()


def test_rounds_stand_newest_first_whatever_the_order_in_which_they_were_made() -> None:
    for year in (2023, 2025, 2022):
        Round.objects.create(title=str(year), moment=dt.date(year, 10, 31), due_on=dt.date(year, 11, 29))

    assert [one.title for one in queries.rounds_with_counts(factories.manager())] == ["2025", "2023", "2022"]
