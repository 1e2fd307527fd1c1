"""Taking in a budget that was filled in as a workbook: all of it or nothing, and each line with its own history (R13, R16)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Max

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import nothing_changed, operation, record
from wijkcontract.proposals.keeping import editable, new_revision, step
from wijkcontract.proposals.models import Change, CostLine, Proposal, Revision, UnfinishedInput
from wijkcontract.proposals.parts import part_of, stored_values, typed_values
from wijkcontract.proposals.records import KINDS
from wijkcontract.proposals.workbook.columns import BudgetLine
from wijkcontract.proposals.workbook.comparing import FIELDS, Plan, plan_of
from wijkcontract.rules.verdicts import Invalid

KIND = KINDS["cost_line"]


@operation
def import_budget(*, actor: Actor, proposal_id: uuid.UUID | str, version: int, lines: Sequence[BudgetLine]) -> Plan:
    """Let the cost lines of a draft be the rows of a workbook that was made from `version`; no query per row.

    Raises Invalid with every row where a colleague was first; nothing is written then. The same rows again change nothing.
    """
    proposal = editable(actor, proposal_id, KIND.section)
    plan = plan_of(proposal, version, lines)
    if plan.conflicts:
        raise Invalid(plan.conflicts)
    if plan.is_empty:
        nothing_changed()
        return plan
    revisions = list(_revisions(actor, proposal, plan))
    _write(proposal, plan)
    Revision.objects.bulk_create(revisions)
    UnfinishedInput.objects.filter(
        proposal=proposal, person_id=actor.person_id, part__in=[one.part for one in revisions]
    ).delete()
    step(proposal, sums=True)
    record(
        actor,
        "proposals.budget_imported",
        proposal,
        sections=[KIND.section],
        added=len(plan.added),
        changed=len(plan.changed),
        removed=len(plan.removed),
        version=proposal.version,
    )
    return plan


def _revisions(actor: Actor, proposal: Proposal, plan: Plan) -> Iterator[Revision]:
    """A revision for every line, each a version of its own, so that one line can be put back without the others."""
    for one in plan.removed:
        before = stored_values(KIND, one, KIND.fields)
        yield new_revision(actor, proposal, part_of(KIND, one.pk), Change.REMOVED, before, {})
        proposal.version += 1
    for changed in plan.changed:
        part = part_of(KIND, changed.line.id)
        yield new_revision(actor, proposal, part, Change.WRITTEN, changed.before, changed.after)
        proposal.version += 1
    for line in plan.added:
        yield new_revision(actor, proposal, part_of(KIND, line.id), Change.ADDED, {}, line.values)
        proposal.version += 1


def _write(proposal: Proposal, plan: Plan) -> None:
    mine = CostLine.objects.filter(proposal=proposal)
    mine.filter(pk__in=[one.pk for one in plan.removed]).delete()
    stored = mine.in_bulk([changed.line.id for changed in plan.changed])
    for changed in plan.changed:
        _fill(stored[uuid.UUID(changed.line.id)], changed.after)
    CostLine.objects.bulk_update(stored.values(), [*FIELDS, "action"], batch_size=100)
    last = mine.aggregate(last=Max("position"))["last"] or 0
    added = [CostLine(proposal=proposal, id=line.id, position=last + place) for place, line in enumerate(plan.added, 1)]
    for one, line in zip(added, plan.added, strict=True):
        _fill(one, line.values)
    CostLine.objects.bulk_create(added)


def _fill(one: CostLine, values: Mapping[str, Any]) -> None:
    for name, value in typed_values(KIND, values).items():
        setattr(one, f"{name}_id" if name in KIND.links else name, value)
