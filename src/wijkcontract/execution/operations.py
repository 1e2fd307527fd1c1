"""Every write of rounds and progress reports (R24): the agency opens and decides, the municipality reports and certifies."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.queries import people_with_role
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.operations import operation, record
from wijkcontract.contracts.models import Contract, ContractState
from wijkcontract.execution import checks
from wijkcontract.execution.models import (
    Light,
    Measurement,
    MeasureProgress,
    ProgressReport,
    ReportState,
    Round,
    RoundState,
    Spending,
)
from wijkcontract.execution.policy import may_certify, may_decide, may_manage_rounds, may_write
from wijkcontract.execution.queries import get_report, get_round
from wijkcontract.outbox.operations import queue_mail
from wijkcontract.rules import clock, lifecycle
from wijkcontract.rules.periods import day_nl
from wijkcontract.rules.verdicts import Fault, Invalid, require

WRITABLE = (ReportState.DRAFT, ReportState.RETURNED)


@dataclass(frozen=True)
class MeasureLine:
    """The light and the text of one measure of the contract; an empty light means not chosen yet."""

    measure_id: uuid.UUID
    light: str = ""
    text: str = ""


@dataclass(frozen=True)
class MeasurementLine:
    """A measured value of one target of the contract; an empty value means not measured."""

    target_id: uuid.UUID
    value: Decimal | None = None
    measured_on: dt.date | None = None
    source: str = ""


class Overtaken(Exception):
    """A colleague saved in the meantime: carries what stands now, so that the page can show both versions."""

    def __init__(self, current: ProgressReport) -> None:
        super().__init__("Een collega bewaarde dit verslag in de tussentijd.")
        self.current = current


@operation
def create_round(*, actor: Actor, title: str, moment: dt.date, due_on: dt.date) -> Round:
    """Prepare a round about the state on `moment`, to be handed in on `due_on` at the latest."""
    require(may_manage_rounds(actor))
    faults = []
    if not title.strip():
        faults.append(Fault("title", "Geef de ronde een naam, zoals “Ronde 1 van 2023”."))
    if due_on < moment:
        faults.append(Fault("due_on", "De uiterste dag komt na de dag waarvan de stand gerapporteerd wordt."))
    if Round.objects.filter(moment=moment, title=title.strip()).exists():
        faults.append(Fault("title", "Er is al een ronde met deze naam en deze dag."))
    if faults:
        raise Invalid(faults)
    made = Round.objects.create(title=title.strip(), moment=moment, due_on=due_on)
    record(
        actor, "execution.round_created", made, title=made.title, moment=moment.isoformat(), due_on=due_on.isoformat()
    )
    return made


@operation
def open_round(*, actor: Actor, round_id: uuid.UUID | str) -> Round:
    """Open a round: every signed contract that runs on its moment gets a report to fill in, and its people get mail."""
    opened = get_round(actor, round_id)
    require(may_manage_rounds(actor))
    opened = Round.objects.select_for_update().get(pk=opened.pk)
    state = _move(lifecycle.ROUND, opened.state, "opened")
    contracts = list(
        Contract.objects.filter(state=ContractState.SIGNED, term_start__lte=opened.moment, term_end__gte=opened.moment)
        .select_related("call", "local_authority")
        .prefetch_related("measures", "targets")
    )
    if not contracts:
        raise Invalid.because(f"Op {day_nl(opened.moment)} loopt geen enkel ondertekend contract. Kijk de datum na.")
    for contract in contracts:
        _prepare_report(opened, contract)
    opened.state, opened.opened_at = state, clock.now()
    opened.save(update_fields=["state", "opened_at"])
    record(actor, "execution.round_opened", opened, contracts=[contract.number for contract in contracts])
    return opened


@operation
def close_round(*, actor: Actor, round_id: uuid.UUID | str) -> Round:
    """Close an open round; a report that was not accepted stays out. Refused while a report waits for a decision."""
    closed = get_round(actor, round_id)
    require(may_manage_rounds(actor))
    closed = Round.objects.select_for_update().get(pk=closed.pk)
    state = _move(lifecycle.ROUND, closed.state, "closed")
    waiting = list(closed.reports.filter(state=ReportState.SUBMITTED).values_list("contract__number", flat=True))
    if waiting:
        raise Invalid.because(f"Deze verslagen wachten nog op een beslissing: {', '.join(waiting)}.")
    left_out = list(closed.reports.exclude(state=ReportState.ACCEPTED).values_list("contract__number", flat=True))
    closed.state = state
    closed.save(update_fields=["state"])
    record(actor, "execution.round_closed", closed, without_report=left_out)
    return closed


@operation
def save_report(
    *,
    actor: Actor,
    report_id: uuid.UUID | str,
    version: int,
    light: str,
    cause: str,
    summary: str,
    measures: Sequence[MeasureLine],
    measurements: Sequence[MeasurementLine],
    spending: Mapping[str, int],
) -> ProgressReport:
    """Keep the work on a report; it may be incomplete. `spending` is cents per cost category, cumulative to the moment.

    Raises Overtaken when `version` is not the one that stands: nothing is written and the caller shows both.
    """
    report = get_report(actor, report_id)
    require(may_write(actor, report))
    locked = ProgressReport.objects.select_for_update().get(pk=report.pk)
    _require_open(locked, report.round)
    if locked.version != version:
        raise Overtaken(report)
    faults = _faults_of_content(report, light, cause, measures, measurements, spending)
    if faults:
        raise Invalid(faults)
    _write_lines(report, measures, measurements, spending)
    locked.light, locked.cause, locked.summary = light, cause.strip(), summary.strip()
    locked.version += 1
    locked.save(update_fields=["light", "cause", "summary", "version"])
    record(actor, "execution.report_saved", locked, version=locked.version, light=light)
    return locked


@operation
def certify(*, actor: Actor, report_id: uuid.UUID | str, version: int | None = None) -> ProgressReport:
    """Sign that figures and spending are right and hand the report in. `version` is the one the certifier read, if known."""
    report = get_report(actor, report_id)
    require(may_certify(actor, report))
    locked = ProgressReport.objects.select_for_update().get(pk=report.pk)
    _require_open(locked, report.round)
    if version is not None and version != locked.version:
        raise Invalid.because("Een collega veranderde het verslag terwijl u las. Lees de nieuwe stand en bevestig dan.")
    state = _move(lifecycle.PROGRESS_REPORT, locked.state, "certified")
    faults = checks.missing_for_certification(report, clock.today())
    if faults:
        raise Invalid(faults)
    locked.state, locked.submitted_at, locked.certified_by_name = state, clock.now(), actor.name
    locked.save(update_fields=["state", "submitted_at", "certified_by_name"])
    record(actor, "execution.report_certified", locked, version=locked.version, flags=checks.flags(report))
    return locked


@operation
def accept(*, actor: Actor, report_id: uuid.UUID | str) -> ProgressReport:
    """The agency accepts a certified report: from then on its measurements are public."""
    report = _to_decide(actor, report_id, "accepted")
    report.return_reason = ""
    report.save(update_fields=["state", "decided_at", "decided_by_name", "return_reason"])
    record(actor, "execution.report_accepted", report, version=report.version)
    _tell(
        report,
        "report_accepted",
        "Uw verslag is aanvaard",
        "Het agentschap aanvaardde uw verslag. U hoeft niets te doen.",
    )
    return report


@operation
def return_report(*, actor: Actor, report_id: uuid.UUID | str, reason: str) -> ProgressReport:
    """The agency sends a certified report back, with what must change; the municipality can write again."""
    report = _to_decide(actor, report_id, "returned")
    if not reason.strip():
        raise Invalid.because("Zeg wat de gemeente moet aanpassen.", "reason")
    report.return_reason = reason.strip()
    report.save(update_fields=["state", "decided_at", "decided_by_name", "return_reason"])
    record(actor, "execution.report_returned", report, version=report.version, reason=report.return_reason)
    _tell(
        report,
        "report_returned",
        "Pas uw verslag aan",
        f"Het agentschap stuurde uw verslag terug:\n\n{report.return_reason}",
    )
    return report


def _prepare_report(opened: Round, contract: Contract) -> None:
    """An empty report with a line per measure, target and eligible cost category, and mail to who must fill it in."""
    report = ProgressReport.objects.create(round=opened, contract=contract, light="")
    MeasureProgress.objects.bulk_create(
        [MeasureProgress(report=report, measure=measure, light="") for measure in contract.measures.all()]
    )
    Measurement.objects.bulk_create([Measurement(report=report, target=target) for target in contract.targets.all()])
    Spending.objects.bulk_create(
        [Spending(report=report, category=one.code) for one in contract.call.programme.cost_categories if one.eligible]
    )
    _tell(
        report,
        "round_opened",
        f"Vul uw verslag in: {opened.title}",
        f"De ronde “{opened.title}” is open. Meld de stand op {day_nl(opened.moment)} voor het contract "
        f"“{contract.title}”.\nEen certificeerder van uw bestuur dient het verslag in, ten laatste op {day_nl(opened.due_on)}.",
    )


def _tell(report: ProgressReport, kind: str, subject: str, body: str) -> None:
    """Mail to the editors and certifiers of the local authority, once per version and person."""
    authority = report.contract.local_authority_id
    people = {
        person.pk: person for role in (Role.EDITOR, Role.CERTIFIER) for person in people_with_role(role, authority)
    }
    for person in people.values():
        key = f"execution.{kind}:{report.pk}:{report.version}:{person.pk}"
        queue_mail(key=key, kind=f"execution.{kind}", recipient=person.email, subject=subject, body=body, about=report)


def _to_decide(actor: Actor, report_id: uuid.UUID | str, event: str) -> ProgressReport:
    """A certified report that the actor may decide on, locked and moved by `event` but not yet saved."""
    found = get_report(actor, report_id)
    require(may_decide(actor))
    report = ProgressReport.objects.select_for_update().get(pk=found.pk)
    report.state = _move(lifecycle.PROGRESS_REPORT, report.state, event)
    report.decided_at, report.decided_by_name = clock.now(), actor.name
    return report


def _move(table: lifecycle.StateTable, state: str, event: str) -> str:
    """The next state; an impossible step is a fault beside what was typed, so that nothing is lost."""
    try:
        return lifecycle.advance(table, state, event)
    except lifecycle.NotAllowed as refusal:
        raise Invalid.because(refusal.reason) from None


def _require_open(report: ProgressReport, in_round: Round) -> None:
    if report.state not in WRITABLE:
        raise Invalid.because(f"Dit verslag is {report.get_state_display().lower()} en verandert niet meer.")
    if in_round.state != RoundState.OPEN:
        raise Invalid.because("De ronde is afgesloten. Vraag het agentschap wat u nog kan doen.")


def _faults_of_content(
    report: ProgressReport,
    light: str,
    cause: str,
    measures: Sequence[MeasureLine],
    measurements: Sequence[MeasurementLine],
    spending: Mapping[str, int],
) -> list[Fault]:
    """Everything wrong with what was typed; lines of another contract are refused as a whole."""
    strange = (
        {line.measure_id for line in measures} - {one.measure_id for one in report.measures.all()}
        or {line.target_id for line in measurements} - {one.target_id for one in report.measurements.all()}
        or set(spending) - {one.category for one in report.spending.all()}
    )
    if strange:
        return [Fault("", "Dit verslag kent een van deze regels niet. Laad de pagina opnieuw.")]
    faults = [] if not light or light in Light.values else [Fault("light", "Kies een licht uit de lijst.")]
    faults += checks.cause_faults(light, cause) if light in Light.values else []
    for line in measures:
        if line.light and line.light not in Light.values:
            faults.append(Fault(f"measure_{line.measure_id.hex}_light", "Kies een licht uit de lijst."))
    for one in measurements:
        where = f"target_{one.target_id.hex}_on"
        faults += checks.day_faults(where, one.measured_on, report.round.moment, clock.today())
    faults += [Fault(f"spent_{code}", "Een uitgave is niet negatief.") for code, cents in spending.items() if cents < 0]
    return faults


def _write_lines(
    report: ProgressReport,
    measures: Sequence[MeasureLine],
    measurements: Sequence[MeasurementLine],
    spending: Mapping[str, int],
) -> None:
    for line in measures:
        report.measures.filter(measure_id=line.measure_id).update(light=line.light, text=line.text.strip())
    for one in measurements:
        report.measurements.filter(target_id=one.target_id).update(
            value=one.value, measured_on=one.measured_on, source=one.source.strip()
        )
    for code, cents in spending.items():
        report.spending.filter(category=code).update(amount_cents=cents)
