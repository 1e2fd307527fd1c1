"""Reading rounds, progress reports and accepted measurements. Fetching is authorising (access.md)."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Count, Model, Q, QuerySet

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Person
from wijkcontract.accounts.queries import people_with_role
from wijkcontract.accounts.roles import Role
from wijkcontract.contracts.models import ContractPledge
from wijkcontract.execution.models import Measurement, ProgressReport, ReportState, Round, RoundState
from wijkcontract.execution.policy import LOCAL_ROLES, READERS_OF_ACCEPTED, READERS_OF_ROUNDS, READERS_OF_SUBMITTED
from wijkcontract.rules import targets
from wijkcontract.rules.verdicts import NotVisible

HANDED_IN = (ReportState.SUBMITTED, ReportState.ACCEPTED)
NOTHING = Q(pk__in=[])
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Delivery:
    """Where one contract stands in a round, without anything of what the report says."""

    report_id: uuid.UUID
    contract_id: uuid.UUID
    number: str
    municipality: str
    neighbourhood: str
    state: ReportState
    readable: bool
    """True when the actor may open the report itself."""


def visible_rounds(actor: Actor) -> QuerySet[Round]:
    """All rounds for the agency and who reads along; for a local authority or a body those it takes part in."""
    if actor.has(*READERS_OF_ROUNDS):
        return Round.objects.all()
    reports = ProgressReport.objects.filter(_own(actor))
    return Round.objects.filter(pk__in=reports.values("round_id")).exclude(state=RoundState.DRAFT)


def get_round(actor: Actor, round_id: uuid.UUID | str) -> Round:
    """The round, or NotVisible."""
    found = _by_id(visible_rounds(actor), round_id)
    if found is None:
        raise NotVisible
    return found


def rounds_with_counts(actor: Actor) -> QuerySet[Round]:
    """Rounds with how many reports are expected (`expected`), handed in (`handed_in`) and accepted (`accepted`)."""
    return (
        visible_rounds(actor)
        .annotate(
            expected=Count("reports"),
            handed_in=Count("reports", filter=Q(reports__state__in=HANDED_IN)),
            accepted=Count("reports", filter=Q(reports__state=ReportState.ACCEPTED)),
        )
        .order_by("-moment", "-due_on")
    )  # a grouped query leaves the order of the model out


def visible_reports(actor: Actor) -> QuerySet[ProgressReport]:
    """Own reports in any state; the agency sees what was handed in, cabinet and Inspectorate what was accepted."""
    allowed = _own(actor)
    if actor.has(Role.BODY_MEMBER):
        allowed &= Q(state__in=HANDED_IN)
    if actor.has(*READERS_OF_SUBMITTED):
        allowed |= Q(state__in=HANDED_IN)
    if actor.has(*READERS_OF_ACCEPTED):
        allowed |= Q(state=ReportState.ACCEPTED)
    return ProgressReport.objects.filter(allowed).select_related(
        "round", "contract", "contract__local_authority", "contract__call"
    )


def get_report(actor: Actor, report_id: uuid.UUID | str) -> ProgressReport:
    """The report with its measures, measurements and spending, or NotVisible."""
    found = _by_id(
        visible_reports(actor).prefetch_related("measures__measure", "measurements__target", "spending"), report_id
    )
    if found is None:
        raise NotVisible
    return found


def deliveries(actor: Actor, in_round: Round) -> list[Delivery]:
    """Per contract of a round that the actor fetched: handed in or not. Local authorities see only their own line."""
    reports = ProgressReport.objects.filter(round=in_round).select_related("contract", "contract__local_authority")
    if not actor.has(*READERS_OF_ROUNDS):
        reports = reports.filter(_own(actor))
    readable = set(visible_reports(actor).filter(round=in_round).values_list("pk", flat=True))
    return [
        Delivery(
            report.pk, report.contract_id, report.contract.number, report.contract.local_authority.name,
            report.contract.neighbourhood, ReportState(report.state), report.pk in readable,
        )
        for report in reports
    ]  # fmt: skip


def people_who_certify(report: ProgressReport) -> QuerySet[Person]:
    """The people of the local authority that may certify this report: shown to a colleague who may not."""
    return people_with_role(Role.CERTIFIER, report.contract.local_authority_id)


def latest_accepted(contract_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Measurement]:
    """The newest accepted measurement of every target of these contracts, by target id. Accepted ones are public (R27)."""
    rows = (
        Measurement.objects.filter(
            report__contract_id__in=contract_ids, report__state=ReportState.ACCEPTED, value__isnull=False
        )
        .select_related("report__round")
        .order_by("target_id", "report__round__moment", "measured_on")
    )
    return {row.target_id: row for row in rows}


def progress_of(measurement: Measurement) -> Fraction | None:
    """How much of the way to its target a measurement is: 1 is the target, below 0 is the wrong way (R11)."""
    target = measurement.target
    return targets.progress(target.baseline, target.target, measurement.value)


def shown(report: ProgressReport) -> dict[str, Any]:
    """What a page of a fetched report draws: `targets` (measurement, progress), `spending` (label, cents), `spent` (cents)."""
    labels = {one.code: one.label for one in report.contract.call.programme.cost_categories}
    lines = [(labels.get(one.category, one.category), one.amount_cents) for one in report.spending.all()]
    return {
        "targets": [(one, progress_of(one)) for one in report.measurements.all()],
        "spending": lines,
        "spent": sum(cents for _, cents in lines),
    }


def _own(actor: Actor) -> Q:
    """Reports of the own local authority, or of contracts in which the own Flemish body pledged something."""
    if not actor.organisation_id:
        return NOTHING
    if actor.has(*LOCAL_ROLES):
        return Q(contract__local_authority_id=actor.organisation_id)
    if actor.has(Role.BODY_MEMBER):
        pledged = ContractPledge.objects.filter(body=uuid.UUID(actor.organisation_id))
        return Q(contract_id__in=pledged.values("contract_id"))
    return NOTHING


def _by_id(rows: QuerySet[Row], pk: uuid.UUID | str) -> Row | None:
    try:
        return rows.filter(pk=pk).first()
    except (ValidationError, ValueError):
        return None
