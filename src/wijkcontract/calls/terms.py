"""The terms of a call: its copy of the programme, into which the call's own budget, ceiling and criteria are written.

The rules read limits and weights in this one place, so a call and its terms can never disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wijkcontract.calls.models import Criterion
from wijkcontract.rules.money import format_cents


def with_money(terms: dict[str, Any], *, budget_cents: int, ceiling_cents: int) -> dict[str, Any]:
    """The terms with the budget of the call and the ceiling of one contract, in cents (R14)."""
    limits = {
        **terms["limits"],
        "call_budget": format_cents(budget_cents),
        "subsidy_ceiling": format_cents(ceiling_cents),
    }
    return {**terms, "limits": limits}


def with_criteria(terms: dict[str, Any], criteria: Iterable[Criterion]) -> dict[str, Any]:
    """The terms with the criteria of the call; one that is gone breaks no tie any more (R15)."""
    requirements = {one["code"]: one["requirement"] for one in terms["criteria"]}
    kept = [
        {
            "code": criterion.code,
            "label": criterion.name,
            "weight": criterion.weight,
            "help": criterion.guidance,
            "requirement": requirements.get(criterion.code, ""),
        }
        for criterion in criteria
    ]
    codes = {one["code"] for one in kept}
    scoring = {**terms["scoring"], "tie_break": [code for code in terms["scoring"]["tie_break"] if code in codes]}
    return {**terms, "criteria": kept, "scoring": scoring}
