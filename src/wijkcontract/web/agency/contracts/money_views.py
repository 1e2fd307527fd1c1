"""The State money of one contract, for the agency: read it, commit, post, plan and pay."""

from __future__ import annotations

import uuid
from typing import Any, cast

from django.forms import BaseFormSet, Form
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from wijkcontract.contracts import operations, policy, queries
from wijkcontract.contracts.forms import (
    ChargeForm,
    CommitmentForm,
    ConfirmForm,
    InstalmentForm,
    InstalmentFormSet,
    PaymentForm,
    PreviewForm,
    ReturnForm,
)
from wijkcontract.contracts.models import Contract
from wijkcontract.contracts.queries import CommitmentPreview, PlannedInstalment
from wijkcontract.rules import clock, proration
from wijkcontract.rules.verdicts import Invalid, NotVisible, require
from wijkcontract.web.components import charts
from wijkcontract.web.components.formats import euro_unit
from wijkcontract.web.contract_pages import contract_dossier, money_drawing, money_figures, money_lines
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page


@require_safe
@for_audience("agency")
def contract_money(request: ActorRequest, contract_id: uuid.UUID) -> HttpResponse:
    """Figures, budget years, drawing, payment plan, ledger, limits."""
    contract = queries.get_contract(request.actor, contract_id)
    money = queries.money(contract)
    waiting = [
        (row, policy.may_confirm_payment(request.actor, row.request)) for row in money.open_requests if row.request
    ]
    return page(
        request,
        "agency/contracts/money.html",
        {
            "contract": contract,
            "money": money,
            "figures": money_figures(money),
            "drawing": money_drawing(money),
            "legend": charts.legend(money_lines(money)),
            "dossier_bar": contract_dossier(contract, "agency", "money"),
            "today": clock.today(),
            "may_book": bool(policy.may_book(request.actor)),
            "waiting": waiting,
            "confirm_form": ConfirmForm(initial={"paid_on": clock.today()}),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("agency")
def commitment_new(request: ActorRequest, contract_id: uuid.UUID) -> HttpResponse:
    """Choose article, day and convention; see the schedule; then commit. The preview is a GET and writes nothing."""
    contract = queries.get_contract(request.actor, contract_id)
    require(policy.may_book(request.actor))
    form = CommitmentForm(request.actor, request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        typed = form.cleaned_data
        with faults_on(form):
            operations.commit_subsidy(
                actor=request.actor,
                contract_id=contract.pk,
                article_id=typed["article"],
                committed_on=typed["committed_on"],
                convention=typed["convention"],
                document=typed["document"],
            )
            message = f"{euro_unit(contract.subsidy_cents)} is vastgelegd."
            return done(request, message, "agency:contract_money", contract.pk)
    asked = request.POST if form is not None else request.GET if "article" in request.GET else None
    initial = {"committed_on": clock.today()}
    preview_form = PreviewForm(request.actor, asked, initial=initial)
    preview = None
    if asked is not None and preview_form.is_valid():
        preview = _preview(request, contract, preview_form)
        form = form or CommitmentForm(request.actor, initial=preview_form.cleaned_data)
    context = {
        "contract": contract,
        "preview_form": preview_form,
        "form": form if preview is not None else None,
        "preview": preview,
        "dossier_bar": contract_dossier(contract, "agency"),
        "has_articles": queries.articles(request.actor).exists(),
    }
    return page(request, "agency/contracts/commitment.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("agency")
def charge_post(request: ActorRequest, contract_id: uuid.UUID, year: int) -> HttpResponse:
    """Confirm that the charge of one budget year is booked."""
    contract = queries.get_contract(request.actor, contract_id)
    require(policy.may_book(request.actor))
    money = queries.money(contract)
    row = next((row for row in money.rows if row.year == year and row.charged is not None), None)
    if row is None or money.commitment is None:
        raise NotVisible
    form = ChargeForm(request.POST or None, initial={"document": money.commitment.document})
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.post_charge(
                actor=request.actor, contract_id=contract.pk, year=year, document=form.cleaned_data["document"]
            )
            return done(request, f"De aanrekening van {year} is geboekt.", "agency:contract_money", contract.pk)
    credit = queries.article_position(money.commitment.article).of(year)
    context = {"contract": contract, "row": row, "credit": credit, "form": form, "money": money}
    return _small_page(request, "agency/contracts/charge.html", contract, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("agency")
def payment_plan(request: ActorRequest, contract_id: uuid.UUID) -> HttpResponse:
    """The instalments; the programme proposes them until they are made."""
    contract = queries.get_contract(request.actor, contract_id)
    require(policy.may_book(request.actor))
    money = queries.money(contract)
    if request.method == "POST":
        formset = InstalmentFormSet(request.POST, prefix="rows")
        if formset.is_valid() and _save_plan(request, contract, formset):
            return done(request, "Het betalingsplan is bewaard.", "agency:contract_money", contract.pk)
    else:
        rows = money.instalments or queries.default_payment_plan(contract)
        formset = InstalmentFormSet(prefix="rows", initial=[_row_of(row) for row in rows])
    context = {
        "contract": contract,
        "formset": formset,
        "is_new": not money.instalments,
        "dossier_bar": contract_dossier(contract, "agency"),
    }
    return page(request, "agency/contracts/plan.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("agency")
def payment_ask(request: ActorRequest, instalment_id: uuid.UUID) -> HttpResponse:
    """The first person asks."""
    instalment = queries.get_instalment(request.actor, instalment_id)
    require(policy.may_book(request.actor))
    form = PaymentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.ask_payment(
                actor=request.actor, instalment_id=instalment.pk, document=form.cleaned_data["document"]
            )
            message = "De betaling is gevraagd. Een tweede persoon bevestigt ze."
            return done(request, message, "agency:contract_money", instalment.contract_id)
    context = {"contract": instalment.contract, "instalment": instalment, "form": form}
    return _small_page(request, "agency/contracts/payment_ask.html", instalment.contract, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("agency")
def payment_confirm(request: ActorRequest, request_id: uuid.UUID) -> HttpResponse:
    """The second, different person confirms."""
    asked = queries.get_payment_request(request.actor, request_id)
    require(policy.may_confirm_payment(request.actor, asked))
    contract = asked.instalment.contract
    form = ConfirmForm(request.POST or None, initial={"paid_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.confirm_payment(actor=request.actor, request_id=asked.pk, paid_on=form.cleaned_data["paid_on"])
            message = f"{euro_unit(asked.instalment.amount_cents)} is betaald aan {contract.local_authority.name}."
            return done(request, message, "agency:contract_money", contract.pk)
    context = {"contract": contract, "asked": asked, "form": form}
    return _small_page(request, "agency/contracts/payment_confirm.html", contract, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("agency")
def payment_return(request: ActorRequest, request_id: uuid.UUID) -> HttpResponse:
    """Send a payment request back with a reason."""
    asked = queries.get_payment_request(request.actor, request_id)
    require(policy.may_book(request.actor))
    contract = asked.instalment.contract
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.return_payment(actor=request.actor, request_id=asked.pk, reason=form.cleaned_data["reason"])
            return done(request, "De betaling is teruggestuurd.", "agency:contract_money", contract.pk)
    context = {"contract": contract, "asked": asked, "form": form}
    return _small_page(request, "agency/contracts/payment_return.html", contract, form, context)


def _small_page(
    request: ActorRequest, template: str, contract: Contract, form: Form, context: dict[str, Any]
) -> HttpResponse:
    context |= {"dossier_bar": contract_dossier(contract, "agency")}
    return page(request, template, context, status=422 if form.errors else 200)


def _preview(request: ActorRequest, contract: Contract, form: PreviewForm) -> CommitmentPreview:
    typed = form.cleaned_data
    article = queries.get_article(request.actor, typed["article"])
    convention = proration.Convention(typed["convention"])
    return queries.commitment_preview(contract, article, typed["committed_on"], convention)


def _row_of(row: queries.InstalmentRow | PlannedInstalment) -> dict[str, object]:
    amount = row.amount_cents if isinstance(row, PlannedInstalment) else row.amount
    return {
        "label": row.label,
        "percent": row.percent,
        "amount": amount,
        "condition": row.condition,
        "due_on": row.due_on,
    }


def _save_plan(request: ActorRequest, contract: Contract, formset: BaseFormSet[InstalmentForm]) -> bool:
    """Make the plan of the rows that stay; a fault of the operation goes back to its row."""
    kept = [form for form in formset.forms if form.has_changed() and not form.cleaned_data.get("DELETE")]
    rows = [
        PlannedInstalment(
            label=form.cleaned_data["label"],
            percent=form.cleaned_data["percent"],
            amount_cents=cast(int, form.cleaned_data["amount"]),
            condition=form.cleaned_data["condition"],
            due_on=form.cleaned_data["due_on"],
        )
        for form in kept
    ]
    try:
        operations.make_payment_plan(actor=request.actor, contract_id=contract.pk, rows=rows)
    except Invalid as invalid:
        for fault in invalid.faults:
            prefix, _, rest = fault.where.partition("-")
            index, _, name = rest.partition("-")
            if prefix == "rows" and index.isdecimal():
                kept[int(index)].add_error(name, fault.message)
            else:
                formset.non_form_errors().append(fault.message)
        return False
    return True
