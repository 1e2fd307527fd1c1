"""Decisions and contracts, for the agency."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkcontract.contracts import operations, policy, queries
from wijkcontract.contracts.forms import DecisionForm, SignatureForm
from wijkcontract.contracts.models import Outcome
from wijkcontract.execution.queries import visible_reports
from wijkcontract.jury.queries import advice_of
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.queries import get_proposal, visible_proposals
from wijkcontract.rules import clock, lifecycle
from wijkcontract.rules.verdicts import require
from wijkcontract.web.components.formats import euro_unit
from wijkcontract.web.components.parts import Dossier, Link
from wijkcontract.web.contract_pages import contract_dossier, contract_history
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page, paginate


@require_safe
@for_audience("agency")
def contract_list(request: ActorRequest) -> HttpResponse:
    """Every contract, and before it what waits for this reader."""
    actor = request.actor
    manages = bool(policy.may_record_decision(actor))
    advised = visible_proposals(actor).filter(state=ProposalState.ADVISED).select_related("applicant")
    books = bool(policy.may_book(actor))
    return page(
        request,
        "agency/contracts/list.html",
        {
            "contracts": paginate(request, queries.visible_contracts(actor).select_related("commitment"), count=True),
            "to_decide": list(advised.order_by("title")) if manages else [],
            "to_contract": list(queries.decisions_to_contract(actor)) if manages else [],
            "to_confirm": list(queries.waiting_payments(actor)) if books else [],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("agency")
def decision_new(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Record the decision on one proposal."""
    proposal = get_proposal(request.actor, proposal_id)
    require(policy.may_record_decision(request.actor))
    decision = queries.decision_of(request.actor, proposal)
    if decision is None:
        lifecycle.advance(lifecycle.PROPOSAL, proposal.state, "decided")  # the reason, before anything is typed
    asked = {"amount": proposal.subsidy_cents, "term_start": proposal.term_start, "term_end": proposal.term_end}
    form = DecisionForm(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        with faults_on(form):
            recorded = operations.record_decision(
                actor=request.actor, proposal_id=proposal.pk, amount_cents=typed.pop("amount") or 0, **typed
            )
            verdict = "goedgekeurd" if recorded.outcome == Outcome.GRANTED else "geweigerd"
            return done(request, f"Beslissing vastgelegd: {verdict}.", "agency:decision_new", proposal.pk)
    crumbs = [
        Link("Voorstellen", reverse("agency:proposals")),
        Link(proposal.title, reverse("agency:proposal", args=[proposal.pk])),
        Link("Beslissing"),
    ]
    dossier = Dossier(title=proposal.title, crumbs=crumbs, meta=proposal.applicant.name, heading=False)
    return page(
        request,
        "agency/contracts/decision.html",
        {
            "proposal": proposal,
            "call": proposal.call,
            "decision": decision,
            "contract": queries.visible_contracts(request.actor).filter(decision=decision).first()
            if decision
            else None,
            "advice": advice_of(request.actor, proposal),
            "form": form,
            "dossier_bar": dossier,
        },
        status=422 if form.errors else 200,
    )


@require_POST
@for_audience("agency")
def contract_make(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Make the contract of a granted proposal."""
    contract = operations.make_contract(actor=request.actor, proposal_id=proposal_id)
    return done(request, f"Contract {contract.number} is opgemaakt.", "agency:contract", contract.pk)


@require_safe
@for_audience("agency")
def contract_detail(request: ActorRequest, contract_id: uuid.UUID) -> HttpResponse:
    """What was agreed: parties, measures, objectives, pledges, milestones, signatures, history."""
    contract = queries.get_contract(request.actor, contract_id)
    agency = queries.signing_agency(request.actor)
    signatures = list(contract.signatures.select_related("organisation"))
    signed = {signature.organisation_id for signature in signatures}
    return page(
        request,
        "agency/contracts/detail.html",
        {
            "contract": contract,
            "dossier_bar": contract_dossier(contract, "agency", "overview"),
            "instruments": {kind.code: kind for kind in contract.call.programme.instruments},
            "signatures": signatures,
            "local_signed": contract.local_authority_id in signed,
            "agency_signed": agency is not None and agency.pk in signed,
            "may_sign": bool(agency and policy.may_sign(request.actor, contract, agency)),
            "history": contract_history(contract),
            "proposal": visible_proposals(request.actor).filter(pk=contract.decision.proposal_id).first(),
            "reports": visible_reports(request.actor).filter(contract=contract).order_by("round__moment"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("agency")
def contract_sign(request: ActorRequest, contract_id: uuid.UUID) -> HttpResponse:
    """Record the signature of the Flemish side."""
    contract = queries.get_contract(request.actor, contract_id)
    agency = queries.signing_agency(request.actor)
    if agency is None:
        return redirect("agency:contract", contract.pk)
    require(policy.may_sign(request.actor, contract, agency))
    form = SignatureForm(request.POST or None, initial={"signed_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.record_signature(
                actor=request.actor, contract_id=contract.pk, organisation_id=agency.pk, **form.cleaned_data
            )
            return done(request, "De ondertekening is vastgelegd.", "agency:contract", contract.pk)
    return page(
        request,
        "agency/contracts/sign.html",
        {
            "contract": contract,
            "party": "de Vlaamse overheid",
            "amount": euro_unit(contract.subsidy_cents),
            "form": form,
            "dossier_bar": contract_dossier(contract, "agency"),
        },
        status=422 if form.errors else 200,
    )
