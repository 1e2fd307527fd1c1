"""Who may do what to a decision, a contract and its money (access.md), each with the reason when not."""

from __future__ import annotations

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Organisation, OrganisationKind
from wijkcontract.accounts.roles import Role
from wijkcontract.contracts.models import Contract, PaymentRequest
from wijkcontract.rules.verdicts import ALLOWED, Verdict, refuse

LOCAL_ROLES = (Role.EDITOR, Role.SUBMITTER, Role.CERTIFIER)
STATE_READERS = (Role.AGENCY_MANAGER, Role.AGENCY_FINANCE, Role.CABINET, Role.INSPECTORATE, Role.AUDITOR)
"""Roles that read every contract, its money and the credits."""


def reads_all_contracts(actor: Actor) -> bool:
    """Does the actor read every contract, also in draft?"""
    return actor.has(*STATE_READERS)


def may_record_decision(actor: Actor) -> Verdict:
    if actor.has(Role.AGENCY_MANAGER):
        return ALLOWED
    return refuse("Alleen de programmabeheerder van het agentschap legt een beslissing vast.")


def may_make_contract(actor: Actor) -> Verdict:
    if actor.has(Role.AGENCY_MANAGER):
        return ALLOWED
    return refuse("Alleen de programmabeheerder van het agentschap maakt een contract op.")


def may_sign(actor: Actor, contract: Contract, organisation: Organisation) -> Verdict:
    """The mandated submitter signs for the own authority; the agency manager records the Flemish side (R20)."""
    if organisation.pk == contract.local_authority_id:
        if actor.has(Role.SUBMITTER) and actor.acts_for(organisation.pk):
            return ALLOWED
        return refuse(f"Alleen de gemandateerde indiener van {organisation.name} ondertekent voor dit bestuur.")
    if organisation.kind != OrganisationKind.AGENCY:
        return refuse(f"{organisation.name} is geen partij bij dit contract.")
    if actor.has(Role.AGENCY_MANAGER):
        return ALLOWED
    return refuse("Alleen de programmabeheerder legt de ondertekening van de Vlaamse overheid vast.")


def may_manage_credits(actor: Actor) -> Verdict:
    if actor.has(Role.AGENCY_FINANCE):
        return ALLOWED
    return refuse("Alleen de financieel beheerder van het agentschap wijzigt begrotingsartikels en kredieten.")


def may_book(actor: Actor) -> Verdict:
    """Commit, post charges, make the payment plan, ask a payment."""
    if actor.has(Role.AGENCY_FINANCE):
        return ALLOWED
    return refuse("Alleen de financieel beheerder van het agentschap boekt vastleggingen, aanrekeningen en betalingen.")


def may_confirm_payment(actor: Actor, request: PaymentRequest) -> Verdict:
    """A payment needs two persons: who asked it never confirms it."""
    verdict = may_book(actor)
    if verdict and actor.person_id == request.asked_by_id:
        return refuse("U vroeg deze betaling zelf aan. Een tweede persoon bevestigt ze.")
    return verdict
