"""The register of subsidies for the agency: the list, a file that comes in after a preview, and the list as CSV (R14)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkcontract.accounts.queries import organisation_names
from wijkcontract.proposals import operations
from wijkcontract.proposals.carrying import seal, unseal
from wijkcontract.proposals.forms import RegisteredSubsidyForm, RegisterFileForm
from wijkcontract.proposals.register.access import (
    get_registered,
    may_change,
    may_import,
    may_read,
    registered_subsidies,
)
from wijkcontract.proposals.register.comparing import compare
from wijkcontract.proposals.register.reading import MOST_BYTES, ReadFile, read_register, rows_carried, rows_to_carry
from wijkcontract.proposals.register.searching import asked_by, beneficiaries, matching
from wijkcontract.reporting.subsidies import HEAD, register_csv
from wijkcontract.rules.verdicts import Invalid, require
from wijkcontract.web.components.parts import Dossier, Link
from wijkcontract.web.http import ActorRequest, apply_faults, done, faults_on, for_audience, page, paginate

FORM: Final = ["GET", "HEAD", "POST"]
PER_PAGE: Final = 50
UNREADABLE: Final = 422
MOST_ROWS: Final = 5_000
"""Rows that travel through a page; a larger file comes in by the command of the operator."""
MOST_SHOWN: Final = 200
PURPOSE: Final = "register"


@require_safe
@for_audience("agency")
def subsidies(request: ActorRequest) -> HttpResponse:
    """The registered subsidies, searched by words and by authority."""
    require(may_read(request.actor))
    asked = asked_by(request.GET)
    visible = registered_subsidies(request.actor)
    shown = paginate(request, matching(visible, asked), PER_PAGE, count=True)
    context = {
        "page": shown,
        "rows": [(one, may_change(request.actor, one)) for one in shown.items],
        "authorities": beneficiaries(request.actor),
        "asked": asked,
        "may_import": may_import(request.actor),
    }
    return page(request, "agency/subsidies/list.html", context)


@require_safe
@for_audience("agency")
def subsidies_csv(request: ActorRequest) -> HttpResponse:
    """The same list as CSV, in the columns that come in; a text that looks like a formula is no formula."""
    require(may_read(request.actor))
    found = matching(registered_subsidies(request.actor), asked_by(request.GET))
    answer = HttpResponse(
        register_csv(found.iterator(1_000)).encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="subsidies.csv"'
    return answer


@require_http_methods(FORM)
@for_audience("agency")
def subsidies_upload(request: ActorRequest) -> HttpResponse:
    """Choose a file; then see what it would change and which rows are refused. Nothing is stored here."""
    require(may_import(request.actor))
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "dossier": _dossier("Inlezen"), "columns": HEAD[:-1]}
    if request.method != "POST":
        return page(request, "agency/subsidies/upload.html", context)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            read = read_register(upload.name, upload.read(MOST_BYTES + 1))
            return _preview(request, upload.name, read)
        except Invalid as invalid:
            apply_faults(form, invalid)
    return page(request, "agency/subsidies/upload.html", context, status=UNREADABLE)


def _preview(request: ActorRequest, name: str, read: ReadFile) -> HttpResponse:
    if len(read.rows) > MOST_ROWS:
        raise Invalid.because(
            f"{name} heeft meer dan {MOST_ROWS} rijen. Splits het, of vraag de systeembeheerder om het in te laden.",
            "file",
        )
    found = compare(read.rows)
    names = organisation_names({row.beneficiary_id for row in read.rows})
    context = {
        "dossier": _dossier("Wat verandert"),
        "name": name,
        "found": found,
        "added": [(names.get(row.beneficiary_id, ""), row) for row in found.added[:MOST_SHOWN]],
        "changed": [(names.get(row.beneficiary_id, ""), row) for _, row in found.changed[:MOST_SHOWN]],
        "refused": read.refused[:MOST_SHOWN],
        "refused_rows": read.refused_rows,
        "hidden": max(0, len(read.refused) - MOST_SHOWN),
        "carried": seal(request.actor, PURPOSE, [name[:200], read.refused_rows, rows_to_carry(read.rows)]),
    }
    return page(request, "agency/subsidies/preview.html", context)


@require_POST
@for_audience("agency")
def subsidies_confirm(request: ActorRequest) -> HttpResponse:
    """Take in the rows that the preview showed."""
    require(may_import(request.actor))
    name, refused, rows = unseal(request.actor, PURPOSE, request.POST.get("rijen", ""))
    found = operations.import_subsidies(actor=request.actor, name=name, rows=rows_carried(rows), refused=refused)
    told = f"{len(found.added)} nieuw, {len(found.changed)} gewijzigd, {found.unchanged} ongewijzigd."
    return done(request, f"Register ingelezen: {told}", "agency:subsidies")


@require_http_methods(FORM)
@for_audience("agency")
def subsidy(request: ActorRequest, subsidy_id: uuid.UUID) -> HttpResponse:
    """Correct a subsidy that the agency registered."""
    one = get_registered(request.actor, subsidy_id)
    require(may_change(request.actor, one))
    form = RegisteredSubsidyForm(request.POST or None, initial=RegisteredSubsidyForm.initial_of(one))
    if request.method == "POST" and form.is_valid():
        with faults_on(form):
            operations.register_subsidy(actor=request.actor, subsidy_id=one.pk, **form.cleaned_data)
            return done(request, "Subsidie bewaard in het register.", "agency:subsidies")
    status = 200 if request.method != "POST" else UNREADABLE
    context = {"one": one, "form": form, "dossier": _dossier("Bewerken")}
    return page(request, "agency/subsidies/change.html", context, status=status)


@require_http_methods(FORM)
@for_audience("agency")
def subsidy_remove(request: ActorRequest, subsidy_id: uuid.UUID) -> HttpResponse:
    """Ask first, then take a subsidy out of the register."""
    one = get_registered(request.actor, subsidy_id)
    require(may_change(request.actor, one))
    if request.method == "POST":
        operations.remove_registered_subsidy(actor=request.actor, subsidy_id=one.pk)
        return done(request, "Subsidie uit het register gehaald.", "agency:subsidies")
    context: Mapping[str, Any] = {"one": one, "form": forms.Form(), "dossier": _dossier("Verwijderen")}
    return page(request, "agency/subsidies/remove.html", dict(context))


def _dossier(here: str) -> Dossier:
    crumbs = [Link("Register van subsidies", reverse("agency:subsidies")), Link(here)]
    return Dossier(title="Register van subsidies", crumbs=crumbs, heading=False)
