"""Writing calls: making one from a programme, setting its terms, launching and extending it (R15)."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.calls import notices, policy, queries, terms
from wijkcontract.calls.models import Announcement, Call, Criterion, Extension
from wijkcontract.rules import clock, programme, window
from wijkcontract.rules.lifecycle import CALL, NotAllowed, advance
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.periods import day_nl
from wijkcontract.rules.verdicts import Fault, Invalid, NotVisible, require

HIGHEST_WEIGHT: Final = 1000
DEFAULT_CHANNELS: Final = ("Website van het agentschap", "Nieuwsbrief aan de lokale besturen")


@dataclass(frozen=True)
class CriterionInput:
    """A criterion as typed. An empty `code` is a new one."""

    name: str
    weight: int
    guidance: str = ""
    code: str = ""


@operation
def create_call(*, actor: Actor, programme_name: str, title: str) -> Call:
    """Make a draft call with a copy of a shipped programme: its limits, budget, ceiling and criteria.

    Raises Invalid for an empty title or an unknown programme.
    """
    require(policy.may_create_call(actor))
    faults = _title_faults(title)
    if programme_name not in programme.names():
        faults.append(Fault("programme_name", "Kies een programma uit de lijst."))
    if faults:
        raise Invalid(faults)
    chosen = programme.load(programme_name)
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
    record(actor, "calls.created", call, title=call.title, programme=programme_name)
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
) -> Call:
    """Set the dates and the money of a draft call; its terms follow, so that every rule reads one place.

    The window may still be wrong in a draft: the launch refuses it. Raises Invalid with all faults, NotAllowed
    once the call is launched.
    """
    call = _draft(actor, call_id, "wijzigen")
    faults = [
        *_title_faults(title),
        *_date_faults(published_on, last_day, term_start, term_end),
        *_money_faults(call, budget_cents, ceiling_cents),
    ]
    if faults:
        raise Invalid(faults)
    call.title, call.summary = title.strip(), summary.strip()
    call.published_on, call.last_day = published_on, last_day
    call.term_start, call.term_end = term_start, term_end
    call.budget_cents, call.ceiling_cents = budget_cents, ceiling_cents
    call.terms = terms.with_money(call.terms, budget_cents=budget_cents, ceiling_cents=ceiling_cents)
    call.save()
    record(
        actor,
        "calls.saved",
        call,
        title=call.title,
        published_on=_iso(published_on),
        last_day=_iso(last_day),
        term=[_iso(term_start), _iso(term_end)],
        budget_cents=budget_cents,
        ceiling_cents=ceiling_cents,
    )
    return _refreshed(call)


@operation
def save_criteria(*, actor: Actor, call_id: uuid.UUID | str, criteria: Sequence[CriterionInput]) -> list[Criterion]:
    """Replace the criteria of a draft call: known codes are changed, new ones added, absent ones removed.

    Raises Invalid with a fault per criterion (`criteria-<index>-<field>`).
    """
    call = _draft(actor, call_id, "wijzigen")
    faults = _criteria_faults(criteria)
    if faults:
        raise Invalid(faults)
    known = {criterion.code: criterion for criterion in call.criteria.all()}
    highest = call.programme.scoring.highest
    kept: list[Criterion] = []
    for position, typed in enumerate(criteria):
        taken = set(known) | {one.code for one in kept}
        criterion = known.get(typed.code) or Criterion(call=call, code=_code(typed.name, taken), max_points=highest)
        criterion.position, criterion.weight = position, typed.weight
        criterion.name, criterion.guidance = typed.name.strip(), typed.guidance.strip()
        kept.append(criterion)
    call.criteria.exclude(code__in=[criterion.code for criterion in kept]).delete()
    for criterion in kept:
        criterion.save()
    call.terms = terms.with_criteria(call.terms, kept)
    call.save(update_fields=["terms"])
    record(actor, "calls.criteria_saved", call, weights={one.code: one.weight for one in kept})
    return kept


@operation
def launch(*, actor: Actor, call_id: uuid.UUID | str, channels: Sequence[str] = DEFAULT_CHANNELS) -> Call:
    """Make a call public from its day of publication and tell the Inspectorate of Finance (R15, remark 9).

    `channels` are those through which the agency tells the local authorities; they are logged. Raises Invalid
    with everything that stops the launch, NotAllowed when it is launched already.
    """
    call = _locked(actor, call_id)
    require(policy.may_manage_call(actor, call))
    state = advance(CALL, call.state, "launched")
    faults = queries.launch_faults(call)
    if faults:
        raise Invalid(faults)
    call.state, call.launched_at = state, clock.now()
    call.save(update_fields=["state", "launched_at"])
    told = [channel.strip()[:60] for channel in channels if channel.strip()]
    notices.tell_of_launch(call, told)
    record(
        actor,
        "calls.launched",
        call,
        title=call.title,
        published_on=_iso(call.published_on),
        last_day=_iso(call.last_day),
        budget_cents=call.budget_cents,
        ceiling_cents=call.ceiling_cents,
        channels=told,
    )
    return call


@operation
def extend(*, actor: Actor, call_id: uuid.UUID | str, new_last_day: date, reason: str) -> Extension:
    """Give a running call a later last day, with the reason, within the maximum of its programme (R15).

    Raises Invalid with all faults; also when the last day has passed, because submitted proposals are then open.
    """
    call = _locked(actor, call_id)
    require(policy.may_manage_call(actor, call))
    advance(CALL, call.state, "extended")
    published_on, last_day = queries.window_of(call)
    if call.is_closed:
        raise Invalid.because(
            f"De oproep sloot op {day_nl(last_day)}. Verlengen kan alleen zolang ze open is.", "new_last_day"
        )
    months = call.programme.limits.window_months_max
    findings = window.extension_findings(published_on, last_day, new_last_day, reason, months)
    if findings:
        fields = ["new_last_day"] * len(findings) if reason.strip() else ["reason", *["new_last_day"] * len(findings)]
        raise Invalid([Fault(field, finding) for field, finding in zip(fields, findings, strict=False)])
    extension = Extension.objects.create(
        call=call,
        from_day=last_day,
        to_day=new_last_day,
        reason=reason.strip(),
        extended_at=clock.now(),
        extended_by=actor.name,
    )
    call.last_day = new_last_day
    call.save(update_fields=["last_day"])
    notices.tell_of_extension(call, call.extensions.count(), extension.reason)
    record(
        actor,
        "calls.extended",
        call,
        from_day=_iso(extension.from_day),
        to_day=_iso(new_last_day),
        reason=extension.reason,
    )
    return extension


@operation
def announce(*, actor: Actor, call_id: uuid.UUID | str, audience: str, channel: str) -> Announcement:
    """Log that an audience was told of a launched call through a channel outside the product (R15)."""
    call = _locked(actor, call_id)
    require(policy.may_manage_call(actor, call))
    faults = []
    if queries.is_draft(call):
        faults.append(Fault("", "Deze oproep is nog niet gelanceerd. Maak ze pas daarna bekend."))
    if not audience.strip():
        faults.append(Fault("audience", "Vul in wie u op de hoogte bracht."))
    if not channel.strip():
        faults.append(Fault("channel", "Vul in langs welk kanaal."))
    if faults:
        raise Invalid(faults)
    announcement = notices.log(call, audience.strip()[:200], channel.strip()[:60])
    record(actor, "calls.announced", call, audience=announcement.audience, channel=announcement.channel)
    return announcement


def _locked(actor: Actor, call_id: uuid.UUID | str) -> Call:
    """The call, locked until the end of the transaction. Raises NotVisible."""
    call = queries.visible_calls(actor).select_for_update().filter(pk=call_id).first()
    if call is None:
        raise NotVisible
    return call


def _draft(actor: Actor, call_id: uuid.UUID | str, verb: str) -> Call:
    call = _locked(actor, call_id)
    require(policy.may_manage_call(actor, call))
    if not queries.is_draft(call):
        label = CALL.states[call.state].label
        raise NotAllowed(f"{CALL.noun} met de status '{label}' kunt u niet {verb}.")
    return call


def _refreshed(call: Call) -> Call:
    """The call without the programme that it read from its earlier terms."""
    call.__dict__.pop("programme", None)
    return call


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
            Fault("ceiling", f"Het programma laat hoogstens {format_nl(roof)} EUR subsidie per contract toe (R14).")
        )
    if 0 < budget_cents < ceiling_cents:
        faults.append(Fault("ceiling", "De hoogste subsidie per contract is hoger dan het budget van de oproep."))
    return faults


def _criteria_faults(criteria: Sequence[CriterionInput]) -> list[Fault]:
    if not criteria:
        return [Fault("", "Geef minstens één criterium met een gewicht.")]
    faults: list[Fault] = []
    names: set[str] = set()
    for index, one in enumerate(criteria):
        name = one.name.strip().casefold()
        if not name:
            faults.append(Fault(f"criteria-{index}-name", f"Geef criterium {index + 1} een naam."))
        elif name in names:
            faults.append(Fault(f"criteria-{index}-name", f"'{one.name.strip()}' staat twee keer in de lijst."))
        names.add(name)
        if not 0 < one.weight <= HIGHEST_WEIGHT:
            faults.append(
                Fault(f"criteria-{index}-weight", f"Het gewicht is een geheel getal van 1 tot {HIGHEST_WEIGHT}.")
            )
    return faults


def _code(name: str, taken: set[str]) -> str:
    """A code for a new criterion, unique in its call: "Eigen kracht" gives "eigen_kracht"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:36] or "criterium"
    return next(
        code for code in (base, *(f"{base}_{number}" for number in range(2, len(taken) + 3))) if code not in taken
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
