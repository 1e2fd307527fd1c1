"""What a workbook would change in a draft: line by line, and where a colleague was first (decision 0028)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from wijkcontract.proposals.applying import MeasureOf, brought_along
from wijkcontract.proposals.keeping import Shown, against
from wijkcontract.proposals.models import Action, Change, CostLine, Measure, Proposal, Revision
from wijkcontract.proposals.parts import asked_values, part_of, stored_values
from wijkcontract.proposals.records import KINDS
from wijkcontract.proposals.workbook.columns import COLUMNS, MARK, BudgetLine, at
from wijkcontract.rules import clock
from wijkcontract.rules.periods import day_nl
from wijkcontract.rules.verdicts import Fault

KIND: Final = KINDS["cost_line"]
FIELDS: Final = tuple(column.field for column in COLUMNS)
TITLES: Final = {column.field: column for column in COLUMNS}
AGAIN: Final = "Download de begroting opnieuw en breng uw wijziging daar aan."


@dataclass(frozen=True, slots=True)
class Changed:
    """A cost line that gets other values: which fields, from what and to what."""

    line: BudgetLine
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(slots=True)
class Plan:
    """What confirming a workbook does. With a conflict nothing may be done."""

    added: list[BudgetLine] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    removed: list[CostLine] = field(default_factory=list)
    kept: list[CostLine] = field(default_factory=list)
    """Lines that came after the workbook was made: it has no row of them, and they stay."""
    unchanged: int = 0
    behind: int = 0
    """Of those, lines that a colleague changed after the workbook was made: they stay as the colleague left them."""
    conflicts: list[Fault] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.removed)

    @property
    def is_outdated(self) -> bool:
        """Is the budget not the one of the workbook, although nothing was changed in it?"""
        return self.is_empty and bool(self.behind or self.kept)


def plan_of(proposal: Proposal, version: int, lines: Sequence[BudgetLine]) -> Plan:
    """Hold the rows of a workbook, made from a version of the draft, against what is stored now; four queries."""
    stored = {str(one.pk): one for one in CostLine.objects.filter(proposal=proposal)}
    measures = {str(pk) for pk in Measure.objects.filter(proposal=proposal).values_list("pk", flat=True)}
    measure_of = {str(pk): of for pk, of in Action.objects.filter(proposal=proposal).values_list("pk", "measure_id")}
    later: dict[str, list[Revision]] = defaultdict(list)
    found = Revision.objects.filter(proposal=proposal, section=KIND.section, version__gt=version)
    for revision in found.order_by("version", "id"):
        later[revision.part].append(revision)
    plan = Plan()
    for line in lines:
        if line.values["measure"] and line.values["measure"] not in measures:
            plan.conflicts.append(at(line.row, TITLES["measure"], f"een collega verwijderde deze maatregel. {AGAIN}"))
        elif line.id in stored:
            _compare(plan, line, stored.pop(line.id), later[part_of(KIND, line.id).code], version, measure_of.get)
        elif line.is_new:
            plan.added.append(line)
        else:
            plan.conflicts.append(_gone(line, later[part_of(KIND, line.id).code]))
    for mark, one in stored.items():
        _without_row(plan, one, later[part_of(KIND, mark).code])
    return plan


def _compare(
    plan: Plan,
    line: BudgetLine,
    one: CostLine,
    revisions: list[Revision],
    version: int,
    measure_of: MeasureOf,
) -> None:
    stored = stored_values(KIND, one, FIELDS)
    differs = {name: value for name, value in line.values.items() if value != stored[name]}
    found = against(revisions, part_of(KIND, line.id), differs, stored, Shown(version))
    for name, conflict in found.conflicts.items():
        who = f"{conflict.editor_name} wijzigde deze cel op {day_nl(clock.day_of(conflict.at))}, na uw download."
        plan.conflicts.append(at(line.row, TITLES[name], f"{who} {AGAIN}"))
    if found.fresh:
        brought = asked_values(KIND, brought_along(measure_of, one, found.fresh, found.fresh))
        replaced = {**found.replaced, **stored_values(KIND, one, brought)}
        plan.changed.append(Changed(line, replaced, {**found.fresh, **brought}))
    elif not found.conflicts:
        plan.unchanged += 1
        plan.behind += bool(differs)


def _gone(line: BudgetLine, revisions: Iterable[Revision]) -> Fault:
    """A row whose cost line is not there: a colleague removed it, or the mark was never one of this proposal."""
    last = next((one for one in revisions if one.change == Change.REMOVED), None)
    who = (
        f"{last.editor_name} verwijderde deze post na uw download." if last else "Deze post staat niet in de begroting."
    )
    return at(line.row, MARK, f"{who} Verwijder de rij, of maak het kenmerk leeg om de post opnieuw toe te voegen.")


def _without_row(plan: Plan, one: CostLine, revisions: Sequence[Revision]) -> None:
    """A cost line of which the workbook has no row: removed there, unless it came or changed after the workbook was made."""
    if any(_brings(revision) for revision in revisions):
        plan.kept.append(one)
    elif revisions:
        last = revisions[-1]
        message = f"De post '{one.item}' staat niet in uw bestand, maar {last.editor_name} wijzigde ze na uw download. {AGAIN}"
        plan.conflicts.append(Fault("", message))
    else:
        plan.removed.append(one)


def _brings(revision: Revision) -> bool:
    """Did this revision bring the line in, new or back?"""
    return revision.change == Change.ADDED or (revision.change == Change.RESTORED and not revision.before)
