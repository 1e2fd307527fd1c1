"""The agency's pages of rounds: the list, one round with who delivered, and the review of one progress report (R24)."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from wijkcontract.execution import checks, forms, operations, policy, queries
from wijkcontract.execution.models import ProgressReport, ReportState, Round, RoundState
from wijkcontract.reporting.policy import reads_draft
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import require
from wijkcontract.web.components.parts import Dossier, Link
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page, paginate


@for_audience("agency")
def rounds(request: ActorRequest) -> HttpResponse:
    """Every round, newest first, with how many reports came in."""
    context = {
        "page": paginate(request, queries.rounds_with_counts(request.actor)),
        "may_manage": policy.may_manage_rounds(request.actor),
        "today": clock.today(),
    }
    return page(request, "agency/rounds/list.html", context)


@for_audience("agency")
def round_new(request: ActorRequest) -> HttpResponse:
    """Prepare a round."""
    require(policy.may_manage_rounds(request.actor))
    form = forms.RoundForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            made = operations.create_round(actor=request.actor, **form.cleaned_data)
            return done(
                request, "De ronde staat klaar. Open ze om de gemeenten te verwittigen.", "agency:round", made.pk
            )
    return page(request, "agency/rounds/new.html", {"form": form})


@for_audience("agency")
def round_detail(request: ActorRequest, round_id: uuid.UUID) -> HttpResponse:
    """Who delivered, who did not, and the next step."""
    found = queries.get_round(request.actor, round_id)
    rows = queries.deliveries(request.actor, found)
    handed_in = sum(row.state in queries.HANDED_IN for row in rows)
    context = {
        "round": found,
        "dossier": _dossier(found),
        "rows": rows,
        "handed_in": handed_in,
        "accepted": sum(row.state == ReportState.ACCEPTED for row in rows),
        "waiting": [row for row in rows if row.state == ReportState.SUBMITTED],
        "late": found.state == RoundState.OPEN and clock.today() > found.due_on and handed_in < len(rows),
        "may_manage": policy.may_manage_rounds(request.actor),
        "reads_draft": reads_draft(request.actor),
    }
    return page(request, "agency/rounds/detail.html", context)


@require_POST
@for_audience("agency")
def round_open(request: ActorRequest, round_id: uuid.UUID) -> HttpResponse:
    """Open a round: reports are made and people get mail."""
    opened = operations.open_round(actor=request.actor, round_id=round_id)
    count = opened.reports.count()
    return done(
        request, f"De ronde is open voor {count} contract{'en' if count > 1 else ''}.", "agency:round", round_id
    )


@require_POST
@for_audience("agency")
def round_close(request: ActorRequest, round_id: uuid.UUID) -> HttpResponse:
    """Close a round."""
    operations.close_round(actor=request.actor, round_id=round_id)
    return done(request, "De ronde is afgesloten.", "agency:round", round_id)


@for_audience("agency")
def report_review(request: ActorRequest, report_id: uuid.UUID) -> HttpResponse:
    """What a municipality reported; the programme manager accepts it, or sends it back with a reason."""
    report = queries.get_report(request.actor, report_id)
    form = forms.ReturnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.return_report(actor=request.actor, report_id=report_id, reason=form.cleaned_data["reason"])
            return done(
                request, "Het verslag ging terug naar de gemeente, met uw reden.", "agency:round", report.round_id
            )
    context = {
        "report": report,
        "dossier": _report_dossier(report),
        **queries.shown(report),
        "flags": checks.flags(report),
        "form": form,
        "may_decide": policy.may_decide(request.actor),
        "waits": report.state == ReportState.SUBMITTED,
    }
    return page(request, "agency/rounds/review.html", context)


@require_POST
@for_audience("agency")
def report_accept(request: ActorRequest, report_id: uuid.UUID) -> HttpResponse:
    """Accept a progress report."""
    report = operations.accept(actor=request.actor, report_id=report_id)
    return done(request, "Het verslag is aanvaard. De metingen zijn nu openbaar.", "agency:round", report.round_id)


def _dossier(found: Round) -> Dossier:
    return Dossier(
        title=found.title,
        crumbs=[Link("Rapporteringsrondes", _rounds_url()), Link(found.title)],
        state=found.state,
        state_label=str(RoundState(found.state).label),
    )


def _report_dossier(report: ProgressReport) -> Dossier:
    contract = report.contract
    return Dossier(
        title=contract.title,
        crumbs=[
            Link("Rapporteringsrondes", _rounds_url()),
            Link(report.round.title, _round_url(report.round)),
            Link(contract.number),
        ],
        state=report.state,
        state_label=str(ReportState(report.state).label),
        meta=f"{contract.local_authority.name}, {contract.neighbourhood}",
    )


def _rounds_url() -> str:
    return reverse("agency:rounds")


def _round_url(found: Round) -> str:
    return reverse("agency:round", args=[found.pk])
