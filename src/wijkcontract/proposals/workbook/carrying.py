"""The rows of a workbook on their way through the browser, from the preview to the button that confirms (decision 0028)."""

from __future__ import annotations

from typing import Any

from wijkcontract.accounts.actors import Actor
from wijkcontract.proposals.carrying import seal, unseal
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.workbook.columns import BudgetLine
from wijkcontract.proposals.workbook.comparing import FIELDS
from wijkcontract.proposals.workbook.reading import Filled


def sealed(actor: Actor, proposal: Proposal, filled: Filled) -> str:
    """What the page of the preview carries."""
    rows = [[line.row, line.id, line.is_new, *(line.values[name] for name in FIELDS)] for line in filled.lines]
    return seal(actor, f"budget {proposal.pk}", [filled.version, rows])


def opened(actor: Actor, proposal: Proposal, carried: str) -> Filled:
    """The rows again. Raises Invalid when they are too old, or not of this person and this proposal."""
    version, rows = unseal(actor, f"budget {proposal.pk}", carried)
    return Filled(version, [_line(*row) for row in rows])


def _line(row: int, mark: str, is_new: bool, *values: Any) -> BudgetLine:  # noqa: ANN401 - any JSON value
    return BudgetLine(row, mark, is_new, dict(zip(FIELDS, values, strict=True)))
