"""Submitting a proposal, taking it back, and the steps that later rooms set (R16)."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Sequence

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.queries import people_with_role
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.operations import operation, record
from wijkcontract.outbox.operations import queue_mails
from wijkcontract.proposals import policy, queries
from wijkcontract.proposals.models import Attachment, Clarification, ClarificationState, Proposal, Submission
from wijkcontract.proposals.operations.clarifying import withdraw_clarification
from wijkcontract.proposals.undoing import undo_unsent
from wijkcontract.rules import clock, completeness, proposal_form, window
from wijkcontract.rules.arrival import Arrival, moment_of
from wijkcontract.rules.lifecycle import PROPOSAL, advance
from wijkcontract.rules.periods import day_nl, to_the_second_nl
from wijkcontract.rules.proposal_shape import File
from wijkcontract.rules.verdicts import Fault, Invalid, NotVisible, Refused, require


@operation
def submit(*, actor: Actor, proposal_id: uuid.UUID | str, arrival: Arrival | None = None) -> Submission:
    """Freeze the proposal as it stands and submit it; a second click gives the same submission back.

    What counts is the moment that the request arrived, not when a busy worker came to it; without `arrival`, now.
    Raises Refused without mandate or after the deadline, Invalid with every finding that blocks.
    """
    arrived_at = moment_of(arrival, clock.now())
    proposal = _locked(actor, proposal_id)
    require(policy.may_submit(actor, proposal))
    latest = queries.latest_submission(proposal)
    if proposal.state == "submitted" and latest is not None:
        record(actor, "proposals.submission_repeated", proposal, number=latest.number)
        return latest
    state = advance(PROPOSAL, proposal.state, "submitted")
    last_day = proposal.call.last_day
    if not proposal.call.is_public or last_day is None or not window.arrived_on_time(arrived_at, last_day):
        raise Refused("De uiterste indiendag is voorbij. Dit voorstel kan niet meer ingediend worden.")
    document = dataclasses.replace(
        queries.document(proposal, look_for_bytes=True), submitted_on=clock.day_of(arrived_at)
    )
    found = completeness.check(document, proposal.call.programme, clock.day_of(arrived_at))
    blocks = [Fault("", one.message) for one in found if one.severity is completeness.Severity.BLOCK]
    if blocks:
        raise Invalid(blocks)
    content = proposal_form.canonical(document).decode()
    submission = Submission.objects.create(
        proposal=proposal,
        number=queries.last_number(proposal) + 1,
        arrived_at=arrived_at,
        submitted_by_id=actor.person_id,
        submitted_by_name=actor.name,
        content=content,
        sha256=proposal_form.sha256(document),
    )
    Attachment.objects.filter(file__in=[one.id for one in document.files]).update(is_frozen=True)
    proposal.state = state
    proposal.save(update_fields=["state"])
    _send_receipts(proposal, submission, document.files)
    record(actor, "proposals.submitted", proposal, number=submission.number, sha256=submission.sha256)
    return submission


def _send_receipts(proposal: Proposal, submission: Submission, files: Sequence[File]) -> None:
    """The receipt by mail to everyone of the authority who may read the proposal."""
    arrived = submission.arrived_at.astimezone(clock.BRUSSELS)
    body = (
        f"Wij ontvingen het voorstel '{proposal.title}' van {proposal.applicant.name} "
        f"voor de oproep '{proposal.call.title}'.\n\n"
        f"Ontvangen op {arrived:%d/%m/%Y} om {to_the_second_nl(arrived)}, tijd van Brussel.\n"
        f"Ingediend door {submission.submitted_by_name}. Versie {submission.number}.\n"
        f"SHA-256 van de inhoud: {submission.sha256}\n"
        f"{_listed(files)}\n"
        "Bewaar dit bericht. Het ontvangstbewijs als pdf staat bij uw voorstel op de site. "
        "U kunt het voorstel intrekken en opnieuw indienen tot de uiterste indiendag.\n"
    )
    readers = (
        person.email
        for role in (Role.SUBMITTER, Role.EDITOR, Role.CERTIFIER)
        for person in people_with_role(role, proposal.applicant_id)
    )
    queue_mails(
        key=f"receipt:{submission.pk}", kind="receipt", recipients=readers, subject=f"Ontvangstbewijs: {proposal.title}",
        body=body, about=proposal,
    )  # fmt: skip


def _listed(files: Sequence[File]) -> str:
    """The files that were received with a proposal, each with its hash."""
    lines = "".join(f"- {one.name}: {one.sha256}\n" for one in files)
    return f"\nBestanden, met hun SHA-256:\n{lines}" if files else ""


@operation
def withdraw(*, actor: Actor, proposal_id: uuid.UUID | str, arrival: Arrival | None = None) -> Proposal:
    """Take a submitted proposal back to draft before the deadline, by the moment of arrival; its frozen versions stay."""
    proposal = _locked(actor, proposal_id)
    require(policy.may_withdraw(actor, proposal, moment_of(arrival, clock.now())))
    return _move(actor, proposal, "withdrawn")


@operation
def declare_admissible(*, actor: Actor, proposal_id: uuid.UUID | str) -> Proposal:
    """The agency declares a submitted proposal admissible."""
    proposal = _locked(actor, proposal_id)
    require(policy.may_declare_admissible(actor, proposal))
    proposal.inadmissible_reason = ""
    return _move(actor, proposal, "declared_admissible")


@operation
def declare_inadmissible(*, actor: Actor, proposal_id: uuid.UUID | str, reason: str) -> Proposal:
    """The agency declares a submitted proposal inadmissible, with the reason that the authority reads.

    It takes back the questions that have no answer, and what was written for them is undone: nobody can settle them later.
    """
    proposal = _locked(actor, proposal_id)
    require(policy.may_declare_admissible(actor, proposal))
    if not reason.strip():
        raise Invalid.because(
            "Schrijf waarom het voorstel niet ontvankelijk is. Het bestuur leest deze reden.", "reason"
        )
    advance(PROPOSAL, proposal.state, "declared_inadmissible")
    for asked in Clarification.objects.filter(proposal=proposal, state=ClarificationState.ASKED):
        withdraw_clarification(
            actor=actor, clarification_id=asked.pk, reason=f"Het voorstel is onontvankelijk. {reason.strip()}"
        )
    proposal.inadmissible_reason = reason.strip()
    return _move(actor, proposal, "declared_inadmissible", reason=reason.strip())


@operation
def mark_in_jury(*, actor: Actor, proposal_id: uuid.UUID | str) -> Proposal:
    """The jury starts to score; called by the jury room, which decides who may.

    The jury judges one version: Invalid while a question about it is open, and what was not sent in time is undone.
    """
    proposal = _any(proposal_id)
    asked = Clarification.objects.filter(proposal=proposal, state=ClarificationState.ASKED)
    for one in asked.select_related("proposal__call"):
        if one.is_open:
            raise Invalid.because(
                f"Over '{proposal.title}' staat nog een vraag om verduidelijking open ({one.label}, tot en met "
                f"{day_nl(one.last_day)}). Wacht op het antwoord, of trek de vraag in."
            )
        undo_unsent(actor, proposal, one)
    return _move(actor, proposal, "sent_to_jury")


@operation
def mark_advised(*, actor: Actor, proposal_id: uuid.UUID | str) -> Proposal:
    """The jury gave its advice; called by the jury room, which decides who may."""
    return _move(actor, _any(proposal_id), "advised")


@operation
def mark_decided(*, actor: Actor, proposal_id: uuid.UUID | str) -> Proposal:
    """The Government decided; called by the contracts room, which decides who may. Here a proposal ends."""
    return _move(actor, _any(proposal_id), "decided")


def _locked(actor: Actor, proposal_id: uuid.UUID | str) -> Proposal:
    return _any(queries.get_proposal(actor, proposal_id).pk)


def _any(proposal_id: uuid.UUID | str) -> Proposal:
    """The proposal, locked for this transaction."""
    locked = Proposal.objects.select_for_update(of=("self",)).select_related("call", "applicant")
    proposal = locked.filter(pk=proposal_id).first()
    if proposal is None:
        raise NotVisible
    return proposal


def _move(actor: Actor, proposal: Proposal, event: str, **data: str) -> Proposal:
    """Take one step of the state table and record it."""
    proposal.state = advance(PROPOSAL, proposal.state, event)
    proposal.changed_at = clock.now()
    proposal.save(update_fields=["state", "changed_at", "inadmissible_reason"])
    record(actor, f"proposals.{event}", proposal, **data)
    return proposal
