"""Asking clarification about one section of a submitted proposal, and answering it: a limited reopening (R16, decision 0030)."""

from __future__ import annotations

import datetime as dt
import uuid

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.queries import people_with_role
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.operations import operation, record
from wijkcontract.outbox.operations import queue_mails
from wijkcontract.proposals import clarification_queries, policy, queries
from wijkcontract.proposals.clarifying import answer_faults, clarified
from wijkcontract.proposals.models import (
    Attachment,
    Clarification,
    ClarificationState,
    Proposal,
    Submission,
)
from wijkcontract.proposals.models.proposal import SubmissionKind
from wijkcontract.proposals.sections import section as section_of
from wijkcontract.proposals.undoing import undo_unsent
from wijkcontract.rules import clarification, clock, proposal_form
from wijkcontract.rules.arrival import Arrival, moment_of
from wijkcontract.rules.lifecycle import CLARIFICATION, advance
from wijkcontract.rules.periods import day_nl
from wijkcontract.rules.proposal_shape import Proposal as Document, Source
from wijkcontract.rules.verdicts import Fault, Invalid, NotVisible, require


@operation
def ask_clarification(
    *, actor: Actor, proposal_id: uuid.UUID | str, section: str, question: str, last_day: dt.date
) -> Clarification:
    """Ask about one section and open it for the authority until the end of the last day. Several sections may be open at once.

    Raises NotVisible for a section that the call does not have, Refused, Invalid when one about this section is still open.
    """
    proposal = _lock(queries.get_proposal(actor, proposal_id).pk)
    require(policy.may_ask_clarification(actor, proposal))
    plan = section_of(proposal.call.programme, section)
    before = queries.latest_submission(proposal)
    if before is None:
        raise NotVisible
    faults = clarification.term_faults(last_day, clock.today())
    if not question.strip():
        faults.append(Fault("question", "Schrijf wat niet duidelijk is. Het bestuur leest deze vraag."))
    earlier = Clarification.objects.filter(proposal=proposal)
    if earlier.filter(section=section, state=ClarificationState.ASKED).exists():
        sentence = f"Over {plan.label} staat al een vraag. Verleng die, of trek ze in."
        faults.append(Fault("section", sentence))
    if faults:
        raise Invalid(faults)
    made = Clarification.objects.create(
        proposal=proposal, section=section, number=earlier.count() + 1, question=question.strip(), last_day=last_day,
        before=before, from_version=proposal.version, asked_at=clock.now(), asked_by_id=actor.person_id,
        asked_by_name=actor.name,
    )  # fmt: skip
    _tell_authority(
        made, "asked", f"Verduidelijking gevraagd: {proposal.title}",
        f"Het agentschap vraagt verduidelijking over het onderdeel '{made.label}' van '{proposal.title}'.\n\n"
        f"{made.question}\n\n"
        f"Uw bewerkers kunnen dat onderdeel aanpassen tot en met {day_nl(last_day)}. De indiener verstuurt het antwoord.\n"
        "De rest van het voorstel blijft zoals het is ingediend.\n",
    )  # fmt: skip
    record(
        actor, "proposals.clarification_asked", proposal, number=made.number, section=section, last_day=str(last_day)
    )
    return made


@operation
def write_clarification_answer(
    *, actor: Actor, clarification_id: uuid.UUID | str, answer: str, version: int
) -> Clarification:
    """Prepare the text of the answer; nobody outside the authority reads it before it is sent.

    `version` is that of the text which the page showed. Raises Invalid, and writes nothing, when a colleague saved in between.
    """
    asked = _locked(actor, clarification_id)
    require(policy.may_write_answer(actor, asked))
    text = answer.replace("\r\n", "\n").strip()
    if asked.answer != text and asked.answer_version != version:
        raise Invalid.because(
            f"{asked.answer_editor_name} bewaarde intussen een andere tekst. Uw tekst staat nog in het veld. "
            "Voeg samen wat u wilt houden, en bewaar opnieuw.",
            "answer",
        )
    if asked.answer != text:
        asked.answer, asked.answer_editor_name = text, actor.name
        asked.answer_version += 1
        asked.save(update_fields=["answer", "answer_editor_name", "answer_version"])
    record(actor, "proposals.clarification_written", asked.proposal, number=asked.number)
    return asked


@operation
def send_clarification(
    *, actor: Actor, clarification_id: uuid.UUID | str, arrival: Arrival | None = None
) -> Submission:
    """Send the answer: the text, and a new frozen version in which this section alone is what was written since.

    A second click gives the same version back. Raises Refused without mandate or after the last day (by the moment of
    arrival), Invalid with every finding that blocks, as at submission.
    """
    moment = moment_of(arrival, clock.now())
    asked = _locked(actor, clarification_id)
    proposal = asked.proposal
    if asked.after is not None and policy.is_submitter(actor, proposal):
        record(actor, "proposals.clarification_repeated", proposal, number=asked.number)
        return asked.after
    require(policy.may_send_answer(actor, asked, moment))
    state = advance(CLARIFICATION, asked.state, "answered")
    latest = queries.latest_submission(proposal)
    assert latest is not None  # noqa: S101 - the request points to one
    frozen = queries.frozen_document(latest)
    document = clarified(asked, frozen)
    if faults := answer_faults(asked, frozen, document, moment.date()):
        raise Invalid(faults)
    made = _freeze(actor, proposal, document, moment)
    asked.state, asked.after, asked.answered_at, asked.answered_by_name = state, made, moment, actor.name
    asked.save(update_fields=["state", "after", "answered_at", "answered_by_name"])
    _tell_agency(asked, made)
    record(
        actor, "proposals.clarification_answered", proposal, number=asked.number, section=asked.section,
        version=made.number, sha256=made.sha256,
    )  # fmt: skip
    return made


def _freeze(actor: Actor, proposal: Proposal, document: Document, moment: dt.datetime) -> Submission:
    """The next frozen version, and the sums that lists show."""
    made = Submission.objects.create(
        proposal=proposal, number=queries.last_number(proposal) + 1, kind=SubmissionKind.CLARIFICATION, arrived_at=moment,
        submitted_by_id=actor.person_id, submitted_by_name=actor.name, content=proposal_form.canonical(document).decode(),
        sha256=proposal_form.sha256(document),
    )  # fmt: skip
    Attachment.objects.filter(file__in=[one.id for one in document.files]).update(is_frozen=True)
    proposal.cost_cents = sum(line.amount or 0 for line in document.cost_lines)
    proposal.subsidy_cents = sum(line.amount or 0 for line in document.cost_lines if line.source is Source.SUBSIDY)
    proposal.changed_at = clock.now()
    proposal.save(update_fields=["cost_cents", "subsidy_cents", "changed_at"])
    return made


@operation
def extend_clarification(
    *, actor: Actor, clarification_id: uuid.UUID | str, last_day: dt.date, reason: str
) -> Clarification:
    """Give more time, with the reason that the authority reads; also after the last day, what was written then stands."""
    asked = _locked(actor, clarification_id)
    require(policy.may_settle_clarification(actor, asked))
    asked.state = advance(CLARIFICATION, asked.state, "extended")
    faults = clarification.term_faults(last_day, clock.today(), later_than=asked.last_day)
    if not reason.strip():
        faults.append(Fault("reason", "Schrijf waarom het bestuur meer tijd krijgt. Het leest deze reden."))
    if faults:
        raise Invalid(faults)
    earlier, asked.last_day, asked.extension_reason = asked.last_day, last_day, reason.strip()
    asked.save(update_fields=["last_day", "extension_reason"])
    _tell_authority(
        asked, f"extended:{last_day}", f"Meer tijd voor uw verduidelijking: {asked.proposal.title}",
        f"U kunt antwoorden tot en met {day_nl(last_day)} over het onderdeel '{asked.label}'.\n\nReden: {reason.strip()}\n",
    )  # fmt: skip
    record(
        actor, "proposals.clarification_extended", asked.proposal, number=asked.number, from_day=str(earlier),
        to_day=str(last_day), reason=reason.strip(),
    )  # fmt: skip
    return asked


@operation
def withdraw_clarification(*, actor: Actor, clarification_id: uuid.UUID | str, reason: str) -> Clarification:
    """Take a question back. What the authority wrote for it and did not send is undone; its history keeps it."""
    asked = _locked(actor, clarification_id)
    require(policy.may_settle_clarification(actor, asked))
    state = advance(CLARIFICATION, asked.state, "withdrawn")
    if not reason.strip():
        raise Invalid.because("Schrijf waarom u de vraag intrekt. Het bestuur leest deze reden.", "reason")
    undo_unsent(actor, asked.proposal, asked)
    asked.state, asked.withdrawal_reason = state, reason.strip()
    asked.save(update_fields=["state", "withdrawal_reason"])
    _tell_authority(
        asked, "withdrawn", f"Vraag om verduidelijking ingetrokken: {asked.proposal.title}",
        f"U hoeft niet meer te antwoorden over het onderdeel '{asked.label}'. "
        f"Het voorstel blijft zoals het is ingediend.\n\nReden: {reason.strip()}\n",
    )  # fmt: skip
    record(
        actor, "proposals.clarification_withdrawn", asked.proposal, number=asked.number, reason=reason.strip()
    )  # fmt: skip
    return asked


def _lock(proposal_id: uuid.UUID) -> Proposal:
    """The proposal, locked before anything of it is read: whoever writes in it waits for its row."""
    locked = Proposal.objects.select_for_update(of=("self",)).select_related("call", "applicant")
    return locked.get(pk=proposal_id)


def _locked(actor: Actor, clarification_id: uuid.UUID | str) -> Clarification:
    """A request that this actor may read, as it is once its proposal is locked. Raises NotVisible."""
    proposal = _lock(clarification_queries.get_clarification(actor, clarification_id).proposal_id)
    asked = Clarification.objects.select_related("after").get(pk=clarification_id)
    asked.proposal = proposal
    return asked


def _tell_authority(asked: Clarification, what: str, subject: str, body: str) -> None:
    people = [
        person.email
        for role in (Role.EDITOR, Role.SUBMITTER)
        for person in people_with_role(role, asked.proposal.applicant_id)
    ]
    queue_mails(
        key=f"clarification:{asked.pk}:{what}", kind="clarification", recipients=people, subject=subject, body=body,
        about=asked.proposal,
    )  # fmt: skip


def _tell_agency(asked: Clarification, made: Submission) -> None:
    proposal = asked.proposal
    queue_mails(
        key=f"clarification:{asked.pk}:answered", kind="clarification",
        recipients=(person.email for person in people_with_role(Role.AGENCY_MANAGER)),
        subject=f"Verduidelijking ontvangen: {proposal.title}",
        body=f"{proposal.applicant.name} antwoordde op uw vraag over het onderdeel '{asked.label}' van '{proposal.title}'.\n\n"
        f"Dit is nu versie {made.number}.\nSHA-256 van de inhoud: {made.sha256}\n",
        about=proposal,
    )  # fmt: skip
