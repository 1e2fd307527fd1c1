"""Telling others of a call (R15): the notice to the Inspectorate (remark 9), the register, the channels of the agency."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time

from wijkcontract.accounts.models import Organisation, OrganisationKind, Person
from wijkcontract.accounts.queries import organisation_of_kind
from wijkcontract.calls.models import Announcement, Call, CallAnswer
from wijkcontract.calls.queries import inspectorate_addresses, window_of
from wijkcontract.outbox.operations import queue_mail
from wijkcontract.rules import clock
from wijkcontract.rules.clock import BRUSSELS
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.periods import day_nl

MAIL = "E-mail"
REGISTER = "Openbaar register"
LOCAL_AUTHORITIES = "Lokale besturen"
WRITERS = "Wie een voorstel schrijft of indiende"
ASKERS = "Wie een vraag stelde die beantwoord is"

Writers = Callable[[Call], Iterable[tuple[str, str]]]
_writers: list[Writers] = []


def register_writers(of_call: Writers) -> None:
    """A room tells, at start, who writes for a call: the id and the mail address of each person (the proposals)."""
    _writers.append(of_call)


def tell_of_launch(call: Call, channels: Iterable[str]) -> None:
    """Queue the notice and log who is told of the launch. Call inside the operation."""
    _tell_inspectorate(
        call,
        key=f"calls.launched:{call.pk}",
        kind="call_launched",
        subject=f"Ter kennisgeving: oproep '{call.title}'",
        body=_launch_notice(call),
    )
    opening = datetime.combine(window_of(call)[0], time(), tzinfo=BRUSSELS)
    log(call, "Iedereen", REGISTER, told_at=max(clock.now(), opening))
    for channel in channels:
        log(call, LOCAL_AUTHORITIES, channel)


def tell_of_extension(call: Call, number: int, reason: str) -> None:
    """Queue the notice and log who is told of the `number`th extension. Call inside the operation."""
    day = day_nl(window_of(call)[1])
    _tell_inspectorate(
        call,
        key=f"calls.extended:{call.pk}:{number}",
        kind="call_extended",
        subject=f"Ter kennisgeving: oproep '{call.title}' verlengd tot en met {day}",
        body=(
            f"De oproep '{call.title}' is verlengd. Indienen kan tot en met {day}.\n\nReden: {reason}\n\n"
            "Agentschap Binnenlands Bestuur\n"
        ),
    )
    _tell_writers(
        call,
        key=f"calls.extended:{call.pk}:{number}",
        kind="call_extended",
        subject=f"Verlengd tot en met {day}: '{call.title}'",
        body=(
            f"U krijgt meer tijd voor uw voorstel voor de oproep '{call.title}'. Indienen kan tot en met {day}.\n\n"
            f"Reden: {reason}\n\nWat u al indiende, blijft ingediend. U kunt het tot dan intrekken en wijzigen.\n"
        ),
    )
    log(call, "Iedereen", f"{REGISTER}, verlenging tot en met {day}"[:60])


def tell_of_answers(call: Call, answers: Sequence[CallAnswer], address: str) -> None:
    """One mail to each who writes for the call or asked one of these, with the answers of one publication and the address of all.

    Call inside the operation.
    """
    first = answers[0]
    texts = [f"Vraag {one.question.number}. {one.wording}\n\nAntwoord: {one.text}\n" for one in answers]
    corrected = first.version > 1
    if corrected:
        texts.append(f"Dit antwoord is verbeterd. Reden: {first.reason}\n")
    what = "Verbeterd antwoord" if corrected else "Nieuw antwoord" if len(answers) == 1 else "Nieuwe antwoorden"
    _tell_writers(
        call,
        key=f"calls.answered:{call.pk}:{first.question.number}:{first.version}",
        kind="call_answered",
        subject=f"{what} over '{call.title}'",
        body="\n".join([*texts, f"Alle vragen en antwoorden staan op de openbare pagina van de oproep:\n{address}\n"]),
        askers=_askers(answers),
    )


def _askers(answers: Sequence[CallAnswer]) -> dict[str, str]:
    """Who asked: the id and the mail address of each person who still comes here."""
    asked_by = {one.question.asked_by_id for one in answers if one.question.asked_by_id}
    return {str(one.pk): one.email for one in Person.objects.filter(pk__in=asked_by, is_active=True)}


def _tell_writers(
    call: Call, *, key: str, kind: str, subject: str, body: str, askers: Mapping[str, str] | None = None
) -> None:
    """Queue one mail for each person whom a room named as a writer of this call, and for each of the askers."""
    writing = {person_id: address for writers in _writers for person_id, address in writers(call)}
    people = {**(askers or {}), **writing}
    for person_id, address in sorted(people.items()):
        queue_mail(key=f"{key}:{person_id}", kind=kind, recipient=address, subject=subject, body=body, about=call)
    if writing:
        log(call, WRITERS, MAIL)
    if askers:
        log(call, ASKERS, MAIL)


def log(
    call: Call, audience: str, channel: str, *, told_at: datetime | None = None, message_key: str = ""
) -> Announcement:
    """Write that an audience is told of the call through a channel."""
    return Announcement.objects.create(
        call=call, audience=audience, channel=channel, told_at=told_at or clock.now(), message_key=message_key
    )


def _tell_inspectorate(call: Call, *, key: str, kind: str, subject: str, body: str) -> None:
    for index, address in enumerate(inspectorate_addresses()):
        message = queue_mail(key=f"{key}:{index}", kind=kind, recipient=address, subject=subject, body=body, about=call)
        log(call, _inspectorate_name(), MAIL, message_key=message.key)


def _inspectorate_name() -> str:
    inspectorate: Organisation | None = organisation_of_kind(OrganisationKind.INSPECTORATE)
    return inspectorate.name if inspectorate else str(OrganisationKind.INSPECTORATE.label)


def _launch_notice(call: Call) -> str:
    published_on, last_day = window_of(call)
    lines = [
        "Geachte,",
        "",
        f"Het agentschap lanceert de oproep '{call.title}'. Wij bezorgen u deze oproep ter kennisgeving.",
        "",
        f"Publicatie: {day_nl(published_on)}",
        f"Indienen: tot en met {day_nl(last_day)}",
        f"Budget: {format_nl(call.budget_cents)} EUR",
        f"Hoogste subsidie per contract: {format_nl(call.ceiling_cents)} EUR",
        f"Herkomst van de middelen: {call.programme.funding.label}",
        "",
        "Agentschap Binnenlands Bestuur",
        "",
    ]
    return "\n".join(lines)
