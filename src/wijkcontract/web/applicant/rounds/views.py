"""The municipality's pages of rounds: its reports, one report to fill in or read, and the certifier's confirmation (R24)."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wijkcontract.execution import checks, forms, operations, policy, queries
from wijkcontract.execution.models import ProgressReport, ReportState, RoundState
from wijkcontract.reporting.queries import own_figures
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Fault, Invalid, require
from wijkcontract.web.components.parts import Dossier, Link, Todo
from wijkcontract.web.http import ActorRequest, done, faults_on, for_audience, page, paginate

WRITABLE = operations.WRITABLE


@for_audience("applicant")
def rounds(request: ActorRequest) -> HttpResponse:
    """The reports of the own authority, those to fill in first."""
    reports = queries.visible_reports(request.actor).order_by("-round__moment", "contract__number")
    shown = paginate(request, reports)
    context = {"page": shown, "today": clock.today(), "todo": [one for one in shown.items if _is_open(one)]}
    return page(request, "applicant/rounds/list.html", context)


@for_audience("applicant")
def progress(request: ActorRequest, report_id: uuid.UUID) -> HttpResponse:
    """One report: a form while it is open for the editor, else the report to read."""
    report = queries.get_report(request.actor, report_id)
    if request.method == "POST":
        return _save(request, report)
    if _is_open(report) and policy.may_write(request.actor, report):
        return _form_page(request, report, forms.ReportForm(report))
    return _read_page(request, report)


@for_audience("applicant")
def certify(request: ActorRequest, report_id: uuid.UUID) -> HttpResponse:
    """What the certifier signs: a readable summary, what still lacks, and what happens after."""
    report = queries.get_report(request.actor, report_id)
    faults: list[Fault] = []
    if request.method == "POST":
        try:
            operations.certify(actor=request.actor, report_id=report_id, version=_version(request))
        except Invalid as invalid:
            faults = invalid.faults
        else:
            return done(request, "Het verslag is ingediend bij het agentschap.", "applicant:progress", report_id)
    context = _context(request, report) | {
        "faults": faults,
        "flags": checks.flags(report),
        "may_certify": policy.may_certify(request.actor, report),
        "is_open": _is_open(report),
    }
    return page(request, "applicant/rounds/certify.html", context, status=422 if faults else 200)


def _save(request: ActorRequest, report: ProgressReport) -> HttpResponse:
    """Keep what was typed; on a fault or a colleague's newer version nothing typed is lost."""
    require(policy.may_write(request.actor, report))
    form = forms.ReportForm(report, request.POST)
    if form.is_valid():
        try:
            with faults_on(form):
                operations.save_report(actor=request.actor, report_id=report.pk, **form.values())
                return _after_save(request, report)
        except operations.Overtaken as overtaken:
            return _conflict_page(request, overtaken.current)
    return _form_page(request, report, form, status=422)


def _after_save(request: ActorRequest, report: ProgressReport) -> HttpResponse:
    messages.success(request, f"Alles bewaard om {clock.now():%H.%M} uur.")
    where = "applicant:certify" if "certify" in request.POST else "applicant:progress"
    return redirect(reverse(where, args=[report.pk]))


def _conflict_page(request: ActorRequest, report: ProgressReport) -> HttpResponse:
    """The typed text stays in the form with the new version number; beside it what the colleague saved."""
    data = request.POST.copy()
    data["version"] = str(report.version)
    form = forms.ReportForm(report, data)
    stored = forms.ReportForm(report)
    theirs = [
        (str(form[name].label), stored[name].value())
        for name in form.fields
        if name != "version" and form.fields[name].has_changed(stored[name].initial, data.get(name, ""))
    ]
    return _form_page(request, report, form, status=409, theirs=theirs)


def _form_page(
    request: ActorRequest,
    report: ProgressReport,
    form: forms.ReportForm,
    *,
    status: int = 200,
    theirs: list[tuple[str, object]] | None = None,
) -> HttpResponse:
    context = _context(request, report) | {"form": form, "theirs": theirs}
    return page(request, "applicant/rounds/form.html", context, status=status)


def _read_page(request: ActorRequest, report: ProgressReport) -> HttpResponse:
    context = _context(request, report) | {
        "may_write": policy.may_write(request.actor, report),
        "is_open": _is_open(report),
        "own_figures": own_figures(request.actor, report),
    }
    return page(request, "applicant/rounds/read.html", context)


def _context(request: ActorRequest, report: ProgressReport) -> dict[str, object]:
    lacking = checks.missing_for_certification(report, clock.today())
    return {
        "report": report,
        "dossier": _dossier(report),
        "missing": [Todo(fault.message) for fault in lacking],
        "certifiers": list(queries.people_who_certify(report)),
        **queries.shown(report),
    }


def _is_open(report: ProgressReport) -> bool:
    return report.state in WRITABLE and report.round.state == RoundState.OPEN


def _version(request: ActorRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 9 else None


def _dossier(report: ProgressReport) -> Dossier:
    return Dossier(
        title=report.contract.title,
        crumbs=[Link("Rapporten", reverse("applicant:rounds")), Link(report.round.title)],
        state=report.state,
        state_label=str(ReportState(report.state).label),
        meta=report.contract.neighbourhood,
    )
