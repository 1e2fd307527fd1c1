"""The budget by Excel: download it, send it back, see what would change, confirm (R13, R14)."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wijkcontract.proposals import operations, policy, queries
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.sections import section
from wijkcontract.proposals.workbook.carrying import opened, sealed
from wijkcontract.proposals.workbook.columns import COLUMNS, MOST_BYTES, BudgetLine, Choices, choices_of
from wijkcontract.proposals.workbook.comparing import Changed, Plan, plan_of
from wijkcontract.proposals.workbook.reading import Filled, read_budget
from wijkcontract.proposals.workbook.writing import budget_workbook
from wijkcontract.rules import proposal_shape as shape
from wijkcontract.rules.verdicts import Fault, Invalid, require
from wijkcontract.web.applicant.proposals import presenters
from wijkcontract.web.components.dossier_budget import budget_table
from wijkcontract.web.components.formats import NOTHING, euro
from wijkcontract.web.http import ActorRequest, done, for_audience, page

EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNREADABLE: Final = 422
CONFLICT: Final = 409
MOST_SHOWN: Final = 200
"""Faults on one page; who has more repairs these first."""


class WorkbookForm(forms.Form):
    """The workbook that somebody filled in."""

    file = forms.FileField(label="Ingevuld bestand", help_text="Het bestand begroting.xlsx, van hoogstens 2 MB.")


@dataclass(frozen=True)
class Change:
    """A line of the preview: the row of the file, the cost item, and what happens to it in words."""

    row: str
    item: str
    facts: Sequence[str]
    amount: int | None


@require_safe
@for_audience("applicant")
def budget_download(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """The budget as it stands, as a workbook to fill in."""
    proposal = queries.get_proposal(request.actor, proposal_id)
    section(proposal.call.programme, "budget")
    answer = HttpResponse(budget_workbook(proposal), content_type=EXCEL)
    answer["Content-Disposition"] = 'attachment; filename="begroting.xlsx"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def budget_upload(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Choose a file; then see every fault of it, or what it would change. Nothing is stored here."""
    proposal = _to_write(request, proposal_id)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, proposal, form, (), 200 if request.method != "POST" else UNREADABLE)
    upload = form.cleaned_data["file"]
    try:
        filled = read_budget(proposal, upload.name, upload.read(MOST_BYTES + 1))
    except Invalid as invalid:
        return _form_page(request, proposal, form, invalid.faults, UNREADABLE)
    return _preview(request, proposal, filled, form)


@require_POST
@for_audience("applicant")
def budget_confirm(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Let the budget be what the preview showed, unless a colleague was first since."""
    proposal = _to_write(request, proposal_id)
    form = WorkbookForm()
    try:
        filled = opened(request.actor, proposal, request.POST.get("rijen", ""))
        plan = operations.import_budget(
            actor=request.actor, proposal_id=proposal.pk, version=filled.version, lines=filled.lines
        )
    except Invalid as invalid:
        return _form_page(request, proposal, form, invalid.faults, CONFLICT)
    return done(request, _told(plan), "applicant:section", proposal.pk, "budget")


def _to_write(request: ActorRequest, proposal_id: uuid.UUID) -> Proposal:
    proposal = queries.get_proposal(request.actor, proposal_id)
    section(proposal.call.programme, "budget")
    require(policy.may_edit(request.actor, proposal, "budget"))
    return proposal


def _told(plan: Plan) -> str:
    if plan.is_outdated:
        return "Er is niets gewijzigd. De begroting veranderde na uw download: download ze opnieuw."
    if plan.is_empty:
        return "De begroting was al zoals in het bestand."
    return f"Begroting ingelezen: {_counted(plan)}. Download ze opnieuw voor u er in Excel verder aan werkt."


def _counted(plan: Plan) -> str:
    return f"{len(plan.added)} nieuw, {len(plan.changed)} gewijzigd, {len(plan.removed)} verwijderd"


def _form_page(
    request: ActorRequest, proposal: Proposal, form: forms.Form, faults: Sequence[Fault], status: int
) -> HttpResponse:
    context = {
        "proposal": proposal,
        "dossier": presenters.dossier(proposal, "Begroting inlezen"),
        "form": form,
        "faults": [fault.message for fault in faults[:MOST_SHOWN]],
        "count": len(faults),
        "hidden": max(0, len(faults) - MOST_SHOWN),
        "is_conflict": status == CONFLICT,
    }
    return page(request, "applicant/proposals/budget_upload.html", context, status=status)


def _preview(request: ActorRequest, proposal: Proposal, filled: Filled, form: forms.Form) -> HttpResponse:
    plan = plan_of(proposal, filled.version, filled.lines)
    if plan.conflicts:
        return _form_page(request, proposal, form, plan.conflicts, CONFLICT)
    words = _Words(choices_of(proposal))
    document = queries.document(proposal)
    after = dataclasses.replace(document, cost_lines=_lines_after(document, plan))
    context = {
        "proposal": proposal,
        "dossier": presenters.dossier(proposal, "Begroting inlezen"),
        "plan": plan,
        "counted": _counted(plan),
        "added": [words.added(line) for line in plan.added],
        "changed": [words.changed(one.line, one.before, one.after) for one in plan.changed],
        "removed": [Change("", one.item, [str(one.year)], one.amount_cents) for one in plan.removed],
        "kept": [Change("", one.item, [str(one.year)], one.amount_cents) for one in plan.kept],
        "budget": budget_table(after),
        "before": budget_table(document).total,
        "meters": queries.meters_of(after, proposal),
        "rows": sealed(request.actor, proposal, filled),
        "back": reverse("applicant:section", args=[proposal.pk, "budget"]),
    }
    return page(request, "applicant/proposals/budget_preview.html", context)


@dataclass(frozen=True)
class _Words:
    """Says in words what a row of the workbook holds."""

    choices: Choices

    def added(self, line: BudgetLine) -> Change:
        facts = [self.value(name, line.values[name]) for name in ("measure", "year", "category", "source")]
        return Change(str(line.row), line.values["item"], [one for one in facts if one], line.values["amount_cents"])

    def changed(self, line: BudgetLine, before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
        facts = [
            f"{column.title}: {self.value(column.field, before[column.field]) or 'leeg'} "
            f"→ {self.value(column.field, after[column.field]) or 'leeg'}"
            for column in COLUMNS
            if column.field in after
        ]
        return Change(str(line.row), line.values["item"], facts, line.values["amount_cents"])

    def value(self, name: str, value: Any) -> str:  # noqa: ANN401 - the value of any column
        if name.endswith("_cents"):
            return NOTHING if value is None else euro(value)
        labels = {"measure": self.choices.measures, "category": self.choices.categories, "source": self.choices.sources}
        return labels[name].get(value, value) if name in labels else str(value)


def _lines_after(document: shape.Proposal, plan: Plan) -> tuple[shape.CostLine, ...]:
    """The cost lines of the document as they would be."""
    gone = {str(one.pk) for one in plan.removed}
    new = {one.line.id: one for one in plan.changed}
    kept = [_changed(one, new[one.id]) if one.id in new else one for one in document.cost_lines if one.id not in gone]
    return (*kept, *(_shaped(line) for line in plan.added))


def _changed(one: shape.CostLine, changed: Changed) -> shape.CostLine:
    """A line as it would be; it stays on its action unless the change lets that go."""
    return dataclasses.replace(_shaped(changed.line), action=None if "action" in changed.after else one.action)


def _shaped(line: BudgetLine) -> shape.CostLine:
    values = line.values
    return shape.CostLine(
        id=line.id,
        item=values["item"],
        measure=values["measure"] or None,
        year=values["year"],
        category=values["category"] or None,
        source=shape.Source(values["source"]) if values["source"] else None,
        amount=values["amount_cents"],
        item_cost=values["item_cost_cents"],
    )
