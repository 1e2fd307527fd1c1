"""Asking clarification about a section of a submitted proposal, reading the answer, giving more time, taking it back (R16)."""

from __future__ import annotations

import datetime as dt
import uuid

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wijkcontract.accounts.formfields import DayField
from wijkcontract.proposals import clarification_queries, operations, policy, queries
from wijkcontract.proposals.models import Clarification, ClarificationState, Proposal
from wijkcontract.proposals.sections import sections
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import require
from wijkcontract.web.clarification_pages import clarification_view
from wijkcontract.web.components.parts import Dossier, Link
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page

FORM = ["GET", "HEAD", "POST"]
USUAL_TERM = dt.timedelta(days=14)


class AskForm(forms.Form):
    """About which section, what is not clear, and until when one may answer."""

    section = forms.ChoiceField(
        label="Onderdeel", help_text="Alleen dit onderdeel gaat open. De rest blijft zoals ingediend."
    )
    question = forms.CharField(
        label="Vraag",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Schrijf wat niet duidelijk is. De gemeente en later de jury lezen deze vraag.",
    )
    last_day = DayField(label="Antwoorden tot en met", help_text="Een dag na vandaag.")

    def __init__(self, *args: object, proposal: Proposal, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        choices = [(plan.code, f"{plan.number}. {plan.label}") for plan in sections(proposal.call.programme)]
        section = self.fields["section"]
        assert isinstance(section, forms.ChoiceField)  # noqa: S101 - declared above
        section.choices = [("", "Kies..."), *choices]


class ExtendForm(forms.Form):
    """Until when, and why."""

    last_day = DayField(label="Nieuwe laatste dag")
    reason = forms.CharField(
        label="Reden",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="De gemeente leest deze reden.",
    )


class WithdrawForm(forms.Form):
    """Why the answer is no longer needed."""

    reason = forms.CharField(
        label="Reden",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="De gemeente leest deze reden.",
    )


@require_http_methods(FORM)
@for_audience("agency")
def clarification_new(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Ask about one section."""
    found = queries.get_proposal(request.actor, proposal_id)
    require(policy.may_ask_clarification(request.actor, found))
    initial = {"last_day": clock.today() + USUAL_TERM, "section": request.GET.get("onderdeel", "")}
    form = AskForm(request.POST or None, proposal=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            made = operations.ask_clarification(actor=request.actor, proposal_id=found.pk, **form.cleaned_data)
            return done(request, "Uw vraag is verstuurd.", "agency:clarification", found.pk, made.pk)
    context = {"proposal": found, "form": form, "dossier": dossier(found, "Verduidelijking vragen")}
    return page(request, "agency/proposals/clarification_new.html", context)


@require_safe
@for_audience("agency")
def clarification(request: ActorRequest, proposal_id: uuid.UUID, clarification_id: uuid.UUID) -> HttpResponse:
    """One request with its answer and what changed."""
    asked = clarification_queries.get_clarification(request.actor, clarification_id, proposal_id)
    context = {
        "proposal": asked.proposal,
        "asked": asked,
        "one": clarification_view(asked, asked.proposal.call.programme),
        "dossier": dossier(asked.proposal, f"Verduidelijking {asked.number}"),
        "may_settle": _may_settle(request, asked),
    }
    return page(request, "agency/proposals/clarification.html", context)


@require_http_methods(FORM)
@for_audience("agency")
def clarification_extend(request: ActorRequest, proposal_id: uuid.UUID, clarification_id: uuid.UUID) -> HttpResponse:
    """Give more time."""
    asked = clarification_queries.get_clarification(request.actor, clarification_id, proposal_id)
    require(policy.may_settle_clarification(request.actor, asked))
    if asked.state != ClarificationState.ASKED:
        return redirect("agency:clarification", asked.proposal_id, asked.pk)
    form = ExtendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.extend_clarification(actor=request.actor, clarification_id=asked.pk, **form.cleaned_data)
            return done(request, "De gemeente heeft meer tijd.", "agency:clarification", asked.proposal_id, asked.pk)
    context = {"asked": asked, "form": form, "dossier": dossier(asked.proposal, "Meer tijd geven")}
    return page(request, "agency/proposals/clarification_extend.html", context)


@require_http_methods(FORM)
@for_audience("agency")
def clarification_withdraw(request: ActorRequest, proposal_id: uuid.UUID, clarification_id: uuid.UUID) -> HttpResponse:
    """Take the question back."""
    asked = clarification_queries.get_clarification(request.actor, clarification_id, proposal_id)
    require(policy.may_settle_clarification(request.actor, asked))
    if asked.state != ClarificationState.ASKED:
        return redirect("agency:clarification", asked.proposal_id, asked.pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.withdraw_clarification(actor=request.actor, clarification_id=asked.pk, **form.cleaned_data)
            return done(request, "De vraag is ingetrokken.", "agency:clarification", asked.proposal_id, asked.pk)
    context = {"asked": asked, "form": form, "dossier": dossier(asked.proposal, "De vraag intrekken")}
    return page(request, "agency/proposals/clarification_withdraw.html", context)


def _may_settle(request: ActorRequest, asked: Clarification) -> bool:
    return asked.state == ClarificationState.ASKED and bool(policy.may_settle_clarification(request.actor, asked))


def dossier(found: Proposal, here: str) -> Dossier:
    """The bar above the pages of a request."""
    crumbs = [
        Link("Voorstellen", reverse("agency:proposals")),
        Link(found.title, reverse("agency:proposal", args=[found.pk])),
        Link(here),
    ]
    return Dossier(title=f"{here}: {found.title}", crumbs=crumbs, meta=found.applicant.name)
