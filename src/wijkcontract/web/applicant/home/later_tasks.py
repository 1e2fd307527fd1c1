"""What the rooms after the decision ask of a local authority: sign the contract, fill in a report, confirm its figures."""

from __future__ import annotations

from django.db.models import F
from django.urls import reverse

from wijkcontract.accounts.actors import Actor
from wijkcontract.contracts import policy as contract_policy
from wijkcontract.contracts.models import ContractState
from wijkcontract.contracts.queries import visible_contracts
from wijkcontract.execution import policy as report_policy
from wijkcontract.execution.models import ProgressReport, ReportState, RoundState
from wijkcontract.execution.queries import visible_reports
from wijkcontract.rules import clock
from wijkcontract.web.applicant.home.due import Due
from wijkcontract.web.components.formats import day, day_long, days_left
from wijkcontract.web.components.parts import Task


def reports_to_deliver(actor: Actor) -> list[Due]:
    """Reports of an open round: the editor fills them in, the certifier confirms them (R24)."""
    found = visible_reports(actor).filter(
        round__state=RoundState.OPEN, state__in=(ReportState.DRAFT, ReportState.RETURNED)
    )
    return [due for report in found if (due := _report(actor, report)) is not None]


def contracts_to_sign(actor: Actor) -> list[Due]:
    """Contracts that wait for the signature of the own authority (R20)."""
    found = (
        visible_contracts(actor)
        .filter(state=ContractState.DRAFT)
        .exclude(signatures__organisation_id=F("local_authority_id"))
    )
    return [
        Due(
            Task(
                title=f"Onderteken het contract '{contract.title}'",
                url=reverse("applicant:contract_sign", args=[contract.pk]),
                text="Het contract begint pas als beide partijen getekend hebben.",
                icon="pen",
            )
        )
        for contract in found
        if contract_policy.may_sign(actor, contract, contract.local_authority)
    ]


def _report(actor: Actor, report: ProgressReport) -> Due | None:
    due_on, today = report.round.due_on, clock.today()
    if report_policy.may_write(actor, report):
        verb = "Pas het verslag aan" if report.state == ReportState.RETURNED else "Vul het verslag in"
        url = reverse("applicant:progress", args=[report.pk])
    elif report_policy.may_certify(actor, report):
        verb, url = "Bevestig de cijfers", reverse("applicant:certify", args=[report.pk])
    else:
        return None
    task = Task(
        title=f"{verb}: {report.contract.title}",
        url=url,
        text=f"{report.round.title}. Indienen kan tot en met {day_long(due_on)}.",
        kind="block" if report.state == ReportState.RETURNED or due_on < today else "",
        icon="file",
        when=day(due_on),
        note=days_left(due_on, today),
    )
    return Due(task, due_on)
