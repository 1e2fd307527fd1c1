"""What the agency must do now: one small function per room, each reading that room's queries for this actor.

A source answers with tasks only for the role that can do them; nobody is sent to a door that is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Count
from django.urls import reverse

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.calls import policy as call_policy
from wijkcontract.calls import queries as calls
from wijkcontract.calls.models import CallState
from wijkcontract.proposals import queries as proposals
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.rules import clock
from wijkcontract.web.components.formats import day, days_left
from wijkcontract.web.components.parts import Task

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


def proposals_to_check(actor: Actor) -> list[Task]:
    """Submitted proposals of closed calls: admissible or not?"""
    if not actor.has(Role.AGENCY_MANAGER):
        return []
    return [
        Task(
            title=f"Kijk na of {_proposals(count)} ontvankelijk {'is' if count == 1 else 'zijn'}",
            url=f"{reverse('agency:proposals')}?oproep={call_id}&stand={ProposalState.SUBMITTED}",
            text=title,
            icon="file",
        )
        for call_id, title, count in _per_call(actor, ProposalState.SUBMITTED)
    ]


def _per_call(actor: Actor, state: str) -> Sequence[tuple[object, str, int]]:
    """How many visible proposals are in a state, per call."""
    found = proposals.visible_proposals(actor).filter(state=state).order_by()
    return list(found.values_list("call_id", "call__title").annotate(count=Count("pk")).order_by("call__title"))


def _proposals(count: int) -> str:
    return "1 voorstel" if count == 1 else f"{count} voorstellen"


SOURCES: Sequence[Source] = (calls_to_launch, calls_that_close, proposals_to_check)


def tasks_of(actor: Actor) -> list[Task]:
    """Everything that this actor must do now, in the order of the journey; what is blocked or late first."""
    tasks = [task for source in SOURCES for task in source(actor)]
    return sorted(tasks, key=lambda task: task.kind == "wait")
