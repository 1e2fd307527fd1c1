"""What the agency must do now: one small function per room, each reading that room's queries for this actor.

A source answers with tasks only for the role that can do them; nobody is sent to a door that is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Count, Min
from django.urls import reverse

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.calls import policy as call_policy, queries as calls
from wijkcontract.calls.models import CallState
from wijkcontract.contracts.models import ContractState
from wijkcontract.contracts.queries import contracts
from wijkcontract.execution import queries as execution
from wijkcontract.execution.models import ReportState
from wijkcontract.proposals import clarification_queries, queries as proposals
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.rules import clock
from wijkcontract.rules.programme_phases import is_last_phase
from wijkcontract.web.components.formats import day, days_left
from wijkcontract.web.components.parts import Task
from wijkcontract.web.context import address

Source = Callable[[Actor], list[Task]]
URGENT_DAYS = 14


def calls_to_launch(actor: Actor) -> list[Task]:
    """Draft calls, with what stops their launch."""
    if not call_policy.may_create_call(actor):
        return []
    tasks = []
    for call in calls.visible_calls(actor).filter(state=CallState.DRAFT):
        faults = calls.launch_faults(call)
        tasks.append(
            Task(
                title=f"Lanceer de oproep '{call.title}'" if not faults else f"Werk de oproep '{call.title}' af",
                url=reverse("agency:call", args=[call.pk]),
                text=faults[0].message if faults else "Alles is ingevuld.",
                kind="flag" if faults else "",
                when=day(call.published_on) if call.published_on else "",
                note="publicatie" if call.published_on else "",
            )
        )
    return tasks


def calls_that_close(actor: Actor) -> list[Task]:
    """Open calls near their last day: the last chance to extend one."""
    if not call_policy.may_create_call(actor):
        return []
    today = clock.today()
    return [
        Task(
            title=f"'{call.title}' sluit binnenkort",
            url=reverse("agency:call", args=[call.pk]),
            text="Verlengen kan alleen zolang de oproep open is.",
            kind="wait",
            when=day(call.last_day),
            note=days_left(call.last_day, today),
        )
        for call in calls.open_calls(actor).defer("terms")
        if call.last_day and (call.last_day - today).days <= URGENT_DAYS
    ]


def questions_to_answer(actor: Actor) -> list[Task]:
    """What applicants asked and nobody answered yet, a line for each call."""
    waiting = calls.waiting_questions(actor).order_by()
    found = waiting.values("call_id", "call__title").annotate(count=Count("pk"), oldest=Min("asked_at"))
    return [
        Task(
            title=f"Beantwoord {'1 vraag' if row['count'] == 1 else str(row['count']) + ' vragen'}",
            url=reverse("agency:call_answers", args=[row["call_id"]]),
            text=row["call__title"],
            when=day(row["oldest"]),
            note="oudste vraag",
        )
        for row in found.order_by("oldest")
    ]


def proposals_to_check(actor: Actor) -> list[Task]:
    """Submitted proposals of closed calls: admissible or not?"""
    if not actor.has(Role.AGENCY_MANAGER):
        return []
    return [
        Task(
            title=f"Kijk na of {_proposals(count)} ontvankelijk {'is' if count == 1 else 'zijn'}",
            url=_list_of(call_id, ProposalState.SUBMITTED),
            text=title,
            icon="file",
        )
        for call_id, title, count in _per_call(actor, ProposalState.SUBMITTED)
    ]


def clarifications_to_follow(actor: Actor) -> list[Task]:
    """Questions about a proposal without an answer: late ones need a decision, for the jury waits (R16)."""
    return [
        Task(
            title=f"{one.proposal.applicant.name} antwoordde niet op tijd"
            if one.is_late
            else f"Antwoord van {one.proposal.applicant.name}",
            url=reverse("agency:clarification", args=[one.proposal_id, one.pk]),
            text=f"Verduidelijking over {one.label} van '{one.proposal.title}'.",
            kind="flag" if one.is_late else "wait",
            when=day(one.last_day),
            note="laatste dag",
        )
        for one in clarification_queries.clarifications_to_follow(actor)
    ]


def proposals_for_the_jury(actor: Actor) -> list[Task]:
    """Admissible proposals that wait for their jury."""
    if not actor.has(Role.AGENCY_MANAGER):
        return []
    return [
        Task(
            title=f"Bezorg {_proposals(count)} aan de jury",
            url=address("agency:juries") or _list_of(call_id, ProposalState.ADMISSIBLE),
            text=title,
            icon="people",
        )
        for call_id, title, count in _per_call(actor, ProposalState.ADMISSIBLE)
    ]


def decisions_to_record(actor: Actor) -> list[Task]:
    """Proposals with an advice, on which the deciding body decides (R18)."""
    if not actor.has(Role.AGENCY_MANAGER):
        return []
    return [
        Task(
            title=f"Leg de beslissing over {_proposals(count)} vast",
            url=_list_of(call_id, ProposalState.ADVISED),
            text=title,
        )
        for call_id, title, count in _per_call(actor, ProposalState.ADVISED)
    ]


def contracts_to_make(actor: Actor) -> list[Task]:
    """Grants without a contract, and contracts without all signatures (R20)."""
    if not actor.has(Role.AGENCY_MANAGER):
        return []
    made = [
        Task(
            title=f"Maak het contract met {decision.proposal.applicant.name}",
            url=reverse("agency:contract_make", args=[decision.proposal_id]),
            text=decision.proposal.title,
            icon="file",
            when=day(decision.decided_on),
            note="beslist",
        )
        for decision in contracts.decisions_to_contract(actor)
        if is_last_phase(decision.proposal.call.programme)
    ]
    return made + [
        Task(
            title=f"Volg de handtekeningen van {contract.local_authority.name} op",
            url=reverse("agency:contract", args=[contract.pk]),
            text="Het contract is nog niet door alle partijen ondertekend.",
            kind="wait",
        )
        for contract in contracts.visible_contracts(actor).filter(state=ContractState.DRAFT)
    ]


def contracts_to_commit(actor: Actor) -> list[Task]:
    """Signed contracts whose subsidy is not committed on a budget article (R22)."""
    if not actor.has(Role.AGENCY_FINANCE):
        return []
    return [
        Task(
            title=f"Leg de subsidie van {contract.local_authority.name} vast",
            url=reverse("agency:contract_money", args=[contract.pk]),
            text="Het contract is ondertekend.",
        )
        for contract in contracts.visible_contracts(actor).filter(state=ContractState.SIGNED, commitment=None)
    ]


def payments_to_confirm(actor: Actor) -> list[Task]:
    """Payments that a colleague asked: they need a second person."""
    if not actor.has(Role.AGENCY_FINANCE):
        return []
    return [
        Task(
            title=f"Bevestig de betaling aan {request.instalment.contract.local_authority.name}",
            url=reverse("agency:payment_confirm", args=[request.pk]),
            text=f"Gevraagd door {request.asked_by_name}. U bent de tweede persoon.",
            when=day(request.asked_at),
            note="gevraagd",
        )
        for request in contracts.waiting_payments(actor).exclude(asked_by_id=actor.person_id)
    ]


def reports_to_accept(actor: Actor) -> list[Task]:
    """Certified progress reports that wait for the agency (R24)."""
    if not actor.has(Role.AGENCY_MANAGER):
        return []
    waiting = execution.visible_reports(actor).filter(state=ReportState.SUBMITTED)
    return [
        Task(
            title=f"Bekijk het verslag van {report.contract.local_authority.name}",
            url=reverse("agency:report_review", args=[report.pk]),
            text=report.round.title,
            icon="file",
            when=day(report.submitted_at),
            note="ingediend",
        )
        for report in waiting.select_related("round", "contract__local_authority").order_by("submitted_at")
    ]


def _list_of(call_id: object, state: str) -> str:
    """The list of the proposals of a call in a state."""
    return f"{reverse('agency:proposals')}?oproep={call_id}&stand={state}"


def _per_call(actor: Actor, state: str) -> Sequence[tuple[object, str, int]]:
    """How many visible proposals are in a state, per call."""
    found = proposals.visible_proposals(actor).filter(state=state).order_by()
    return list(found.values_list("call_id", "call__title").annotate(count=Count("pk")).order_by("call__title"))


def _proposals(count: int) -> str:
    return "1 voorstel" if count == 1 else f"{count} voorstellen"


SOURCES: Sequence[Source] = (
    calls_to_launch,
    calls_that_close,
    questions_to_answer,
    proposals_to_check,
    clarifications_to_follow,
    proposals_for_the_jury,
    decisions_to_record,
    contracts_to_make,
    contracts_to_commit,
    payments_to_confirm,
    reports_to_accept,
)


def tasks_of(actor: Actor) -> list[Task]:
    """Everything that this actor must do now, in the order of the journey; what is blocked or late first."""
    tasks = [task for source in SOURCES for task in source(actor)]
    return sorted(tasks, key=lambda task: task.kind == "wait")
