"""The criteria of a draft call with their weights (R15)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.calls import steps, terms
from wijkcontract.calls.models import Criterion
from wijkcontract.rules.verdicts import Fault, Invalid

HIGHEST_WEIGHT: Final = 1000


@dataclass(frozen=True)
class CriterionInput:
    """A criterion as typed. An empty `code` is a new one."""

    name: str
    weight: int
    guidance: str = ""
    code: str = ""


@operation
def save_criteria(*, actor: Actor, call_id: uuid.UUID | str, criteria: Sequence[CriterionInput]) -> list[Criterion]:
    """Replace the criteria of a draft call: known codes are changed, new ones added, absent ones removed.

    Raises Invalid with a fault per criterion (`criteria-<index>-<field>`).
    """
    call = steps.draft(actor, call_id)
    faults = _criteria_faults(criteria)
    if faults:
        raise Invalid(faults)
    known = {criterion.code: criterion for criterion in call.criteria.all()}
    highest = call.programme.scoring.highest
    kept: list[Criterion] = []
    for position, typed in enumerate(criteria):
        taken = set(known) | {one.code for one in kept}
        criterion = known.get(typed.code) or Criterion(
            call=call, code=steps.code(typed.name, taken), max_points=highest
        )
        criterion.position, criterion.weight = position, typed.weight
        criterion.name, criterion.guidance = typed.name.strip(), typed.guidance.strip()
        kept.append(criterion)
    call.criteria.exclude(code__in=[criterion.code for criterion in kept]).delete()
    for criterion in kept:
        criterion.save()
    call.terms = terms.with_criteria(call.terms, kept)
    call.save(update_fields=["terms"])
    record(actor, "calls.criteria_saved", call, weights={one.code: one.weight for one in kept})
    return kept


def _criteria_faults(criteria: Sequence[CriterionInput]) -> list[Fault]:
    if not criteria:
        return [Fault("", "Geef minstens één criterium met een gewicht.")]
    faults: list[Fault] = []
    names: set[str] = set()
    for index, one in enumerate(criteria):
        name = one.name.strip().casefold()
        if not name:
            faults.append(Fault(f"criteria-{index}-name", f"Geef criterium {index + 1} een naam."))
        elif name in names:
            faults.append(Fault(f"criteria-{index}-name", f"'{one.name.strip()}' staat twee keer in de lijst."))
        names.add(name)
        if not 0 < one.weight <= HIGHEST_WEIGHT:
            faults.append(
                Fault(f"criteria-{index}-weight", f"Het gewicht is een geheel getal van 1 tot {HIGHEST_WEIGHT}.")
            )
    return faults
