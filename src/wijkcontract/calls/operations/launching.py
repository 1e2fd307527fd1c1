"""Launching a call, extending it, and logging who was told of it (R15)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Final

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.calls import notices, policy, queries, steps
from wijkcontract.calls.models import Announcement, Call, Extension
from wijkcontract.rules import clock, window
from wijkcontract.rules.lifecycle import CALL, advance
from wijkcontract.rules.verdicts import Fault, Invalid, require

DEFAULT_CHANNELS: Final = ("Website van het agentschap", "Nieuwsbrief aan de lokale besturen")


@operation
def launch(*, actor: Actor, call_id: uuid.UUID | str, channels: Sequence[str] = DEFAULT_CHANNELS) -> Call:
    """Make a call public from its day of publication and tell the Inspectorate of Finance (R15, remark 9).

    `channels` are those through which the agency tells the local authorities; they are logged. Raises Invalid
    with everything that stops the launch, NotAllowed when it is launched already.
    """
    call = steps.locked(actor, call_id)
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
        published_on=steps.iso(call.published_on),
        last_day=steps.iso(call.last_day),
        budget_cents=call.budget_cents,
        ceiling_cents=call.ceiling_cents,
        channels=told,
    )
    return call


@operation
def extend(*, actor: Actor, call_id: uuid.UUID | str, new_last_day: date, reason: str) -> Extension:
    """Give a running call a later last day, with the reason, within the maximum of its programme (R15).

    Raises Invalid with all faults; also when the last day has passed, because submitted proposals are then open, and when
    the longest period is in use already.
    """
    call = steps.locked(actor, call_id)
    require(policy.may_manage_call(actor, call))
    advance(CALL, call.state, "extended")
    published_on, last_day = queries.window_of(call)
    if why_not := queries.why_not_extended(call):
        raise Invalid.because(why_not, "new_last_day")
    months = call.programme.limits.window_months_max
    findings = window.extension_findings(published_on, last_day, new_last_day, reason, months)
    if findings:
        fields = ["new_last_day"] * len(findings) if reason.strip() else ["reason", *["new_last_day"] * len(findings)]
        raise Invalid([Fault(field, finding) for field, finding in zip(fields, findings, strict=False)])
    if fault := queries.term_fault(call, new_last_day):
        raise Invalid.because(fault, "new_last_day")
    extension = Extension.objects.create(
        call=call,
        from_day=last_day,
        to_day=new_last_day,
        reason=reason.strip(),
        extended_at=clock.now(),
        extended_by=actor.name,
    )
    call.last_day = new_last_day
    call.extension_reason = extension.reason
    call.save(update_fields=["last_day", "extension_reason"])
    notices.tell_of_extension(call, call.extensions.count(), extension.reason)
    record(
        actor,
        "calls.extended",
        call,
        from_day=steps.iso(extension.from_day),
        to_day=steps.iso(new_last_day),
        reason=extension.reason,
    )
    return extension


@operation
def announce(*, actor: Actor, call_id: uuid.UUID | str, audience: str, channel: str) -> Announcement:
    """Log that an audience was told of a launched call through a channel outside the product (R15)."""
    call = steps.locked(actor, call_id)
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
