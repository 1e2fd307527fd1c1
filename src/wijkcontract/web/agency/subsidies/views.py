"""The register of subsidies for the agency: the list, a file that comes in after a preview, and the list as CSV (R14)."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkcontract.accounts.models import Organisation
from wijkcontract.proposals import operations
from wijkcontract.proposals.carrying import seal, unseal
from wijkcontract.proposals.forms import RegisterFileForm
from wijkcontract.proposals.models import RegisteredSubsidy
from wijkcontract.proposals.register.access import (
    get_registered,
    may_change,
    may_import,
    may_read,
    registered_subsidies,
)
from wijkcontract.proposals.register.comparing import compare
from wijkcontract.proposals.register.reading import MOST_BYTES, ReadFile, read_register, rows_carried, rows_to_carry
from wijkcontract.reporting.register import safe_cell
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.periods import day_nl
from wijkcontract.rules.verdicts import Invalid, require
from wijkcontract.web.components.parts import Dossier, Link
from wijkcontract.web.http import ActorRequest, apply_faults, done, for_audience, page, paginate

PER_PAGE: Final = 50
UNREADABLE: Final = 422
MOST_ROWS: Final = 5_000
"""Rows that travel through a page; a larger file comes in by the command of the operator."""
MOST_SHOWN: Final = 200
LONGEST_TEXT: Final = 100
PURPOSE: Final = "register"
HEAD: Final = (
    "kbo", "nis", "ovo", "begunstigde", "naam", "verstrekker", "referentie", "omschrijving", "bedrag", "van", "tot",
    "geregistreerd door",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader searches: words, and one authority by its id."""

    text: str = ""
    authority: str = ""

    @property
    def is_active(self) -> bool:
        return bool(self.text or self.authority)

    @property
    def address(self) -> str:
        asked = {"q": self.text, "bestuur": self.authority}
        return "?" + urlencode({key: value for key, value in asked.items() if value})


def _asked(query: QueryDict) -> Asked:
    try:
        authority = str(uuid.UUID(query.get("bestuur", "")))
    except ValueError:
        authority = ""
    return Asked(query.get("q", "").strip()[:LONGEST_TEXT], authority)


def _matching(found: QuerySet[RegisteredSubsidy], asked: Asked) -> QuerySet[RegisteredSubsidy]:
    for word in asked.text.split():
        found = found.filter(
            Q(name__icontains=word) | Q(provider__icontains=word) | Q(reference__icontains=word)
            | Q(covers__icontains=word) | Q(beneficiary__name__icontains=word)
        )  # fmt: skip
    return found.filter(beneficiary=uuid.UUID(asked.authority)) if asked.authority else found


@require_safe
@for_audience("agency")
def subsidies(request: ActorRequest) -> HttpResponse:
    """The registered subsidies, searched by words and by authority."""
    require(may_read(request.actor))
    asked = _asked(request.GET)
    visible = registered_subsidies(request.actor)
    shown = paginate(request, _matching(visible, asked), PER_PAGE, count=True)
    named = Organisation.objects.filter(pk__in=visible.order_by().values("beneficiary")).order_by("name")
    context = {
        "page": shown,
        "rows": [(one, may_change(request.actor, one)) for one in shown.items],
        "authorities": named.values_list("pk", "name"),
        "asked": asked,
        "may_import": may_import(request.actor),
    }
    return page(request, "agency/subsidies/list.html", context)


@require_safe
@for_audience("agency")
def subsidies_csv(request: ActorRequest) -> HttpResponse:
    """The same list as CSV, in the columns that come in; a text that looks like a formula is no formula."""
    require(may_read(request.actor))
    found = _matching(registered_subsidies(request.actor), _asked(request.GET))
    answer = HttpResponse(_csv(found.iterator(1_000)).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="subsidies.csv"'
    return answer


def _csv(found: Iterable[RegisteredSubsidy]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEAD)
    for one in found:
        of = one.beneficiary
        cells = (
            of.kbo, of.nis, of.ovo, of.name, one.name, one.provider, one.reference, one.covers, format_nl(one.amount_cents),
            day_nl(one.starts_on), day_nl(one.ends_on), str(one.get_registrar_display()),
        )  # fmt: skip
        writer.writerow([safe_cell(cell) for cell in cells])
    return target.getvalue()


@require_http_methods(["GET", "HEAD", "POST"])
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
    names = dict(
        Organisation.objects.filter(pk__in={row.beneficiary_id for row in read.rows}).values_list("pk", "name")
    )
    context = {
        "dossier": _dossier("Wat verandert"),
        "name": name,
        "found": found,
        "added": [(names.get(uuid.UUID(row.beneficiary_id), ""), row) for row in found.added[:MOST_SHOWN]],
        "changed": [(names.get(uuid.UUID(row.beneficiary_id), ""), row) for _, row in found.changed[:MOST_SHOWN]],
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


@require_http_methods(["GET", "HEAD", "POST"])
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
