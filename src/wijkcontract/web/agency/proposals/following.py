"""What comes after the agency's own look at a proposal: the jury, the decision, the contract."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from wijkcontract.accounts.actors import Actor
from wijkcontract.contracts import policy
from wijkcontract.contracts.models import Decision, Outcome
from wijkcontract.contracts.queries.contracts import decision_of
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.models import Proposal
from wijkcontract.web.components.parts import Task
from wijkcontract.web.context import address


def next_step(actor: Actor, proposal: Proposal) -> Task | None:
    """Where a proposal goes from here, as one link; None while the agency itself must look at it."""
    if proposal.state in (ProposalState.ADMISSIBLE, ProposalState.IN_JURY):
        url = address("agency:juries")
        return Task("Naar de jury", url, "De jury beoordeelt dit voorstel.") if url else None
    if proposal.state == ProposalState.ADVISED:
        if not policy.may_record_decision(actor):
            return Task("Wacht op de beslissing", "", "De jury gaf haar advies.")
        return Task(
            "Leg de beslissing vast", reverse("agency:decision_new", args=[proposal.pk]), "De jury gaf haar advies."
        )
    if proposal.state == ProposalState.DECIDED:
        return _after_decision(actor, decision_of(actor, proposal))
    return None


def _after_decision(actor: Actor, decision: Decision | None) -> Task | None:
    if decision is None:
        return None
    outcome = f"{decision.get_outcome_display()}."
    try:
        contract = decision.contract
    except ObjectDoesNotExist:
        if decision.outcome != Outcome.GRANTED or not policy.may_make_contract(actor):
            return Task("Beslist", "", outcome)
        return Task("Maak het contract", reverse("agency:contract_make", args=[decision.proposal_id]), outcome)
    return Task("Naar het contract", reverse("agency:contract", args=[contract.pk]), f"{outcome} {contract.number}")
