"""The municipality's pages of the participation process: the moments with residents, and a new one (R25)."""

from __future__ import annotations

from django.http import HttpResponse

from wijkcontract.contracts.models import ContractState
from wijkcontract.contracts.queries import visible_contracts
from wijkcontract.participation import forms, operations, queries
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page, paginate


@for_audience("applicant")
def participation(request: ActorRequest) -> HttpResponse:
    """The moments of the own contracts, newest first."""
    context = {
        "page": paginate(request, queries.visible_moments(request.actor)),
        "has_contract": visible_contracts(request.actor).filter(state=ContractState.SIGNED).exists(),
    }
    return page(request, "applicant/participation/list.html", context)


@for_audience("applicant")
def moment_new(request: ActorRequest) -> HttpResponse:
    """Record a moment that was held."""
    form = forms.MomentForm(request.actor, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        with faults_on(form):
            operations.record_moment(actor=request.actor, contract_id=values.pop("contract"), **values)
            return done(request, "Het moment is genoteerd.", "applicant:participation")
    return page(request, "applicant/participation/new.html", {"form": form})
