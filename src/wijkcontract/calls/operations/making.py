"""Making a call from a programme or from another call, and setting its dates and money (R14, R15)."""

from __future__ import annotations

import uuid
from datetime import date

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.calls import policy, queries, steps, terms
from wijkcontract.calls.models import Call, Criterion
from wijkcontract.rules import clock, programme
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.programme_phases import for_phase
from wijkcontract.rules.verdicts import Fault, Invalid, require


@operation
def create_call(*, actor: Actor, programme_name: str, title: str, phase: str = "") -> Call:
    """Make a draft call with a copy of a shipped programme: its limits, budget, ceiling and criteria.

    A programme with phases gives a call for one of them. Raises Invalid for an empty title, an unknown programme or phase.
    """
    require(policy.may_create_call(actor))
    faults = _title_faults(title)
    if programme_name not in programme.names():
        faults.append(Fault("programme_name", "Kies een programma uit de lijst."))
    elif phase not in ([one.code for one in programme.load(programme_name).phases] or [""]):
        faults.append(Fault("programme_name", "Kies ook de fase van dit programma."))
    if faults:
        raise Invalid(faults)
    chosen = for_phase(programme.load(programme_name), phase)
    call = Call.objects.create(
        title=title.strip(),
        programme_name=programme_name,
        terms=programme.to_dict(chosen),
        budget_cents=chosen.limits.call_budget,
        ceiling_cents=chosen.limits.subsidy_ceiling,
        created_at=clock.now(),
    )
    Criterion.objects.bulk_create(
        Criterion(
            call=call,
            position=position,
            code=one.code,
            name=one.label,
            guidance=one.help,
            weight=one.weight,
            max_points=chosen.scoring.highest,
        )
        for position, one in enumerate(chosen.criteria)
    )
    record(actor, "calls.created", call, title=call.title, programme=programme_name, phase=phase)
    return call


@operation
def duplicate_call(*, actor: Actor, call_id: uuid.UUID | str, title: str) -> Call:
    """Make a new draft with the terms, the money and the criteria of a visible call, without its dates."""
    source = queries.get_call(actor, call_id)
    require(policy.may_create_call(actor))
    if faults := _title_faults(title):
        raise Invalid(faults)
    copy = Call.objects.create(
        title=title.strip(),
        summary=source.summary,
        programme_name=source.programme_name,
        terms=source.terms,
        budget_cents=source.budget_cents,
        ceiling_cents=source.ceiling_cents,
        created_at=clock.now(),
    )
    fields = ("position", "code", "name", "guidance", "weight", "max_points")
    rows = source.criteria.values(*fields)
    Criterion.objects.bulk_create(Criterion(call=copy, **row) for row in rows)
    record(actor, "calls.duplicated", copy, title=copy.title, source=str(source.pk))
    return copy


@operation
def save_call(
    *,
    actor: Actor,
    call_id: uuid.UUID | str,
    title: str,
    summary: str = "",
    published_on: date | None,
    last_day: date | None,
    budget_cents: int,
    ceiling_cents: int,
    term_start: date | None = None,
    term_end: date | None = None,
    questions_until: date | None = None,
    predecessor_id: uuid.UUID | str | None = None,
) -> Call:
    """Set the dates and the money of a draft call; its terms follow, so that every rule reads one place.

    The window may still be wrong in a draft: the launch refuses it. Raises Invalid with all faults, NotAllowed
    once the call is launched.
    """
    call = steps.draft(actor, call_id)
    faults = [
        *_title_faults(title),
        *_date_faults(published_on, last_day, term_start, term_end),
        *_money_faults(call, budget_cents, ceiling_cents),
    ]
    if questions_until and last_day and questions_until > last_day:
        faults.append(Fault("questions_until", "Vragen stellen kan tot en met de laatste indiendag, niet langer."))
    if predecessor_id and not queries.predecessors(actor, call).filter(pk=predecessor_id).exists():
        faults.append(Fault("predecessor", "Kies een gelanceerde oproep van de vorige fase."))
    if faults:
        raise Invalid(faults)
    call.title, call.summary = title.strip(), summary.strip()
    call.published_on, call.last_day = published_on, last_day
    call.term_start, call.term_end = term_start, term_end
    call.budget_cents, call.ceiling_cents = budget_cents, ceiling_cents
    call.questions_until, call.predecessor_id = (
        questions_until,
        uuid.UUID(str(predecessor_id)) if predecessor_id else None,
    )
    call.terms = terms.with_money(call.terms, budget_cents=budget_cents, ceiling_cents=ceiling_cents)
    call.save()
    record(
        actor,
        "calls.saved",
        call,
        title=call.title,
        published_on=steps.iso(published_on),
        last_day=steps.iso(last_day),
        term=[steps.iso(term_start), steps.iso(term_end)],
        budget_cents=budget_cents,
        ceiling_cents=ceiling_cents,
        questions_until=steps.iso(questions_until),
        predecessor=str(predecessor_id or ""),
    )
    return steps.refreshed(call)


def _title_faults(title: str) -> list[Fault]:
    if not title.strip():
        return [Fault("title", "Geef de oproep een titel.")]
    return [Fault("title", "Een titel telt hoogstens 200 tekens.")] if len(title.strip()) > 200 else []


def _date_faults(
    published_on: date | None, last_day: date | None, term_start: date | None, term_end: date | None
) -> list[Fault]:
    faults = []
    if published_on and last_day and last_day < published_on:
        faults.append(Fault("last_day", "De laatste indiendag ligt voor de dag van publicatie."))
    if term_start and term_end and term_end < term_start:
        faults.append(Fault("term_end", "De laatste dag van de looptijd ligt voor de eerste."))
    return faults


def _money_faults(call: Call, budget_cents: int, ceiling_cents: int) -> list[Fault]:
    faults = []
    roof = queries.programme_of(call).limits.subsidy_ceiling
    if budget_cents <= 0:
        faults.append(Fault("budget", "Het budget van de oproep moet hoger zijn dan 0 EUR."))
    if ceiling_cents <= 0:
        faults.append(Fault("ceiling", "De hoogste subsidie per contract moet hoger zijn dan 0 EUR."))
    if ceiling_cents > roof:
        faults.append(
            Fault("ceiling", f"Het programma laat hoogstens {format_nl(roof)} EUR subsidie per contract toe.")
        )
    if 0 < budget_cents < ceiling_cents:
        faults.append(Fault("ceiling", "De hoogste subsidie per contract is hoger dan het budget van de oproep."))
    return faults
