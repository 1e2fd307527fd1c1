"""Contracts, decisions and the parts of a payment plan, as far as the actor may see them."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Organisation, OrganisationKind
from wijkcontract.accounts.queries import organisation_of_kind
from wijkcontract.contracts import policy
from wijkcontract.contracts.models import Contract, Decision, Instalment, Outcome, PaymentRequest
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules.verdicts import NotVisible


def visible_contracts(actor: Actor) -> QuerySet[Contract]:
    """Contracts that the actor reads whole: the local authority its own, the State's readers all (access.md)."""
    contracts = Contract.objects.select_related("decision", "local_authority", "call")
    if policy.reads_all_contracts(actor):
        return contracts
    if actor.has(*policy.LOCAL_ROLES) and actor.organisation_id:
        return contracts.filter(local_authority_id=uuid.UUID(actor.organisation_id))
    return contracts.none()


def get_contract(actor: Actor, contract_id: uuid.UUID | str) -> Contract:
    """The contract, or NotVisible."""
    try:
        contract = visible_contracts(actor).filter(pk=contract_id).first()
    except (ValidationError, ValueError):
        contract = None
    if contract is None:
        raise NotVisible
    return contract


def get_instalment(actor: Actor, instalment_id: uuid.UUID | str) -> Instalment:
    """An instalment of a visible contract, or NotVisible."""
    instalment = (
        Instalment.objects.filter(pk=instalment_id, contract__in=visible_contracts(actor))
        .select_related("contract__local_authority", "contract__call", "contract__decision")
        .first()
    )
    if instalment is None:
        raise NotVisible
    return instalment


def get_payment_request(actor: Actor, request_id: uuid.UUID | str) -> PaymentRequest:
    """A payment request of a visible contract, or NotVisible."""
    request = (
        PaymentRequest.objects.filter(pk=request_id, instalment__contract__in=visible_contracts(actor))
        .select_related("instalment__contract__local_authority", "instalment__contract__call")
        .first()
    )
    if request is None:
        raise NotVisible
    return request


def waiting_payments(actor: Actor) -> QuerySet[PaymentRequest]:
    """Payments that were asked and wait for their second person, oldest first."""
    waiting = PaymentRequest.objects.filter(
        returned_at=None, payment=None, instalment__contract__in=visible_contracts(actor)
    )
    return waiting.select_related("instalment__contract__local_authority").order_by("asked_at")


def signing_agency(actor: Actor) -> Organisation | None:
    """The organisation that signs for the Flemish side."""
    return organisation_of_kind(OrganisationKind.AGENCY)


def get_signing_organisation(actor: Actor, contract: Contract, organisation_id: uuid.UUID | str) -> Organisation:
    """A party of the contract: its local authority, or the agency that signs for the Flemish side."""
    if str(organisation_id) == str(contract.local_authority_id):
        return contract.local_authority
    agency = Organisation.objects.filter(pk=organisation_id, kind=OrganisationKind.AGENCY).first()
    if agency is None:
        raise NotVisible
    return agency


def decision_of(actor: Actor, proposal: Proposal) -> Decision | None:
    """The decision on a proposal that the caller fetched: for the State's readers, and for the applicant after notice."""
    owns = actor.has(*policy.LOCAL_ROLES) and actor.acts_for(proposal.applicant_id)
    if not (policy.reads_all_contracts(actor) or owns):
        return None
    return Decision.objects.filter(proposal=proposal).first()


def decisions_to_contract(actor: Actor) -> QuerySet[Decision]:
    """Grants that wait for their contract: work of the programme manager."""
    if not policy.reads_all_contracts(actor):
        return Decision.objects.none()
    waiting = Decision.objects.filter(outcome=Outcome.GRANTED, contract=None)
    return waiting.select_related("proposal__applicant", "proposal__call").order_by("decided_on", "recorded_at")


def granted_proposals() -> Q:
    """Which proposals were granted: after an earlier phase, these go on to the next one (`proposals.policy`)."""
    return Q(pk__in=Decision.objects.filter(outcome=Outcome.GRANTED).values("proposal_id"))
