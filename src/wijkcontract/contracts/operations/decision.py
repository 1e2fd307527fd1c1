"""Recording the decision of the body that the programme names (R18)."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Sum

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.queries import people_with_role
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.operations import operation, record
from wijkcontract.calls.models import Call
from wijkcontract.contracts import policy
from wijkcontract.contracts.models import Decision, Outcome
from wijkcontract.contracts.queries.preview import beyond_faults
from wijkcontract.outbox.operations import queue_mail
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.operations import mark_decided
from wijkcontract.proposals.queries import get_proposal
from wijkcontract.rules import clock, lifecycle, periods, proration
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.verdicts import Fault, Invalid, require


@operation
def record_decision(
    *,
    actor: Actor,
    proposal_id: uuid.UUID | str,
    outcome: Outcome | str,
    decided_on: dt.date,
    document: str,
    proposed_by: str,
    motivation: str,
    amount_cents: int = 0,
    term_start: dt.date | None = None,
    term_end: dt.date | None = None,
) -> Decision:
    """Record what was decided on an advised proposal; a grant carries an amount (cents) and a term, a refusal neither.

    The grants of a call stay within its budget (R14, R18), nothing falls after the last month of VEK (R22). An amount
    below the request is recorded; the contract then waits for an adjusted budget and targets (R20). Raises Invalid.
    """
    proposal, call = _decidable(actor, proposal_id)
    granted = outcome == Outcome.GRANTED
    faults = _paper_faults(call, decided_on, document, proposed_by, motivation)
    if granted:
        faults += _amount_faults(call, proposal, amount_cents) + _term_faults(call, amount_cents, term_start, term_end)
    if faults:
        raise Invalid(faults)
    decision = Decision.objects.create(
        proposal=proposal,
        outcome=Outcome(outcome),
        deciding_body=call.programme.deciding_body.value,
        proposed_by=proposed_by.strip(),
        decided_on=decided_on,
        document=document.strip(),
        amount_cents=amount_cents if granted else 0,
        term_start=term_start if granted else None,
        term_end=term_end if granted else None,
        motivation=motivation.strip(),
        recorded_at=clock.now(),
    )
    mark_decided(actor=actor, proposal_id=proposal.pk)
    record(
        actor, "contracts.decision_recorded", decision,
        proposal=str(proposal.pk), outcome=str(decision.outcome), document=decision.document, amount=decision.amount_cents,
    )  # fmt: skip
    _tell_applicant(proposal, decision)
    return decision


def _decidable(actor: Actor, proposal_id: uuid.UUID | str) -> tuple[Proposal, Call]:
    """The proposal when the actor may decide on it now, with its call locked: its budget is counted."""
    proposal = get_proposal(actor, proposal_id)
    require(policy.may_record_decision(actor))
    if Decision.objects.filter(proposal=proposal).exists():
        raise Invalid.because("Over dit voorstel is al beslist. Een beslissing wordt één keer vastgelegd.")
    lifecycle.advance(lifecycle.PROPOSAL, proposal.state, "decided")
    return proposal, Call.objects.select_for_update().get(pk=proposal.call_id)


def _paper_faults(call: Call, decided_on: dt.date, document: str, proposed_by: str, motivation: str) -> list[Fault]:
    faults = []
    if decided_on > clock.today():
        faults.append(Fault("decided_on", "De datum van de beslissing ligt in de toekomst."))
    if call.last_day and decided_on <= call.last_day:
        last_day = periods.day_nl(call.last_day)
        faults.append(Fault("decided_on", f"De beslissing kan niet vallen voor de oproep sloot, op {last_day}."))
    if not document.strip():
        faults.append(Fault("document", "Vul het nummer van de beslissing in."))
    if not proposed_by.strip():
        faults.append(Fault("proposed_by", "Vul in op voorstel van welke minister is beslist."))
    if not motivation.strip():
        faults.append(Fault("motivation", "Vul de motivering in: ze staat in de brief aan het bestuur."))
    return faults


def _amount_faults(call: Call, proposal: Proposal, amount: int) -> list[Fault]:
    if amount <= 0:
        return [Fault("amount", "Vul het toegekende bedrag in.")]
    ceiling = call.ceiling_cents or call.programme.limits.subsidy_ceiling
    budget = call.budget_cents or call.programme.limits.call_budget
    before = Decision.objects.filter(proposal__call=call, outcome=Outcome.GRANTED)
    left = budget - (before.aggregate(cents=Sum("amount_cents"))["cents"] or 0)
    checks = (
        (proposal.subsidy_cents, "Het bestuur vroeg {} EUR. Een hoger bedrag kan niet worden toegekend."),
        (ceiling, "Het plafond per contract is {} EUR."),
        (left, "Van het budget van de oproep blijft {} EUR over."),
    )
    return [Fault("amount", sentence.format(format_nl(max(0, limit)))) for limit, sentence in checks if amount > limit]


def _term_faults(call: Call, amount: int, start: dt.date | None, end: dt.date | None) -> list[Fault]:
    if start is None or end is None:
        missing = [("term_start", start, "begint"), ("term_end", end, "eindigt")]
        return [Fault(name, f"Vul in wanneer het contract {verb}.") for name, day, verb in missing if day is None]
    if end < start:
        return [Fault("term_end", "Het einde van de looptijd ligt voor het begin.")]
    faults = []
    months = call.programme.limits.term_months_max
    if not periods.fits_in_months(start, end, months):
        latest = periods.day_nl(periods.last_day_of_window(start, months))
        faults.append(Fault("term_end", f"Een contract loopt hoogstens {months} maanden: tot en met {latest}."))
    if call.term_start and start < call.term_start:
        faults.append(
            Fault("term_start", f"Contracten van deze oproep beginnen vanaf {periods.day_nl(call.term_start)}.")
        )
    if call.term_end and end > call.term_end:
        faults.append(Fault("term_end", f"Contracten van deze oproep eindigen op {periods.day_nl(call.term_end)}."))
    last_month = call.programme.funding.last_vek_month
    return faults + beyond_faults(max(amount, 0), start, end, proration.Convention.ACTUAL_DAYS, last_month)


def _tell_applicant(proposal: Proposal, decision: Decision) -> None:
    """The submitters of the authority hear it by mail, with the motivation."""
    verdict = "goedgekeurd" if decision.outcome == Outcome.GRANTED else "geweigerd"
    for person in people_with_role(Role.SUBMITTER, proposal.applicant_id):
        queue_mail(
            key=f"contracts.decision:{decision.pk}:{person.pk}",
            kind="contracts.decision",
            recipient=person.email,
            subject=f"Beslissing over uw voorstel: {verdict}",
            body=(
                f"Uw voorstel “{proposal.title}” is {verdict} op {periods.day_nl(decision.decided_on)} "
                f"({decision.document}).\n\nMotivering:\n{decision.motivation}\n"
            ),
            about=decision,
        )
