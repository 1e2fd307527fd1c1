"""The own contracts of a local authority: read them, follow the money, sign."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from wijkcontract.contracts import operations, policy, queries
from wijkcontract.contracts.forms import SignatureForm
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import require
from wijkcontract.web.components import charts
from wijkcontract.web.components.formats import euro_unit
from wijkcontract.web.contract_pages import (
    contract_dossier,
    contract_history,
    money_drawing,
    money_figures,
    money_lines,
)
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page, paginate


@require_safe
@for_audience("applicant")
def contract_list(request: ActorRequest) -> HttpResponse:
    """The contracts of the own authority."""
    contracts = paginate(request, queries.visible_contracts(request.actor).select_related("commitment"), count=True)
    return page(request, "applicant/contracts/list.html", {"contracts": contracts})


@require_safe
@for_audience("applicant")
def contract_detail(request: ActorRequest, contract_id: uuid.UUID) -> HttpResponse:
    """What was agreed, who signed, and whether this reader may sign."""
    contract = queries.get_contract(request.actor, contract_id)
    agency = queries.signing_agency(request.actor)
    signatures = list(contract.signatures.select_related("organisation"))
    signed = {signature.organisation_id for signature in signatures}
    return page(
        request,
        "applicant/contracts/detail.html",
        {
            "contract": contract,
            "dossier_bar": contract_dossier(contract, "applicant", "overview"),
            "instruments": {kind.code: kind for kind in contract.call.programme.instruments},
            "signatures": signatures,
            "local_signed": contract.local_authority_id in signed,
            "agency_signed": agency is not None and agency.pk in signed,
            "signing": policy.may_sign(request.actor, contract, contract.local_authority),
            "history": contract_history(contract),
        },
    )


@require_safe
@for_audience("applicant")
def contract_money(request: ActorRequest, contract_id: uuid.UUID) -> HttpResponse:
    """The same figures as the agency reads, without the tools."""
    contract = queries.get_contract(request.actor, contract_id)
    money = queries.money(contract).without_credits()
    return page(
        request,
        "applicant/contracts/money.html",
        {
            "contract": contract,
            "money": money,
            "figures": money_figures(money),
            "drawing": money_drawing(money),
            "legend": charts.legend(money_lines(money)),
            "dossier_bar": contract_dossier(contract, "applicant", "money"),
            "today": clock.today(),
            "may_book": False,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def contract_sign(request: ActorRequest, contract_id: uuid.UUID) -> HttpResponse:
    """The mandated submitter signs for the own authority; a colleague reads why not."""
    contract = queries.get_contract(request.actor, contract_id)
    require(policy.may_sign(request.actor, contract, contract.local_authority))
    form = SignatureForm(request.POST or None, initial={"signed_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.record_signature(
                actor=request.actor,
                contract_id=contract.pk,
                organisation_id=contract.local_authority_id,
                **form.cleaned_data,
            )
            return done(request, "Uw bestuur heeft ondertekend.", "applicant:contract", contract.pk)
    return page(
        request,
        "applicant/contracts/sign.html",
        {
            "contract": contract,
            "party": contract.local_authority.name,
            "amount": euro_unit(contract.subsidy_cents),
            "form": form,
            "dossier_bar": contract_dossier(contract, "applicant"),
        },
        status=422 if form.errors else 200,
    )
