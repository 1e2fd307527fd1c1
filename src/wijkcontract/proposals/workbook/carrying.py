"""The rows of a workbook on their way through the browser, from the preview to the button that confirms (decision 0028).

The file is not kept and the browser is not trusted: the rows travel signed, for one person and one proposal.
"""

from __future__ import annotations

from typing import Any, Final

from django.core import signing

from wijkcontract.accounts.actors import Actor
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.workbook.columns import BudgetLine
from wijkcontract.proposals.workbook.comparing import FIELDS
from wijkcontract.proposals.workbook.reading import Filled
from wijkcontract.rules.verdicts import Invalid

SALT: Final = "wijkcontract.proposals.workbook"
LONGEST_SECONDS: Final = 2 * 60 * 60


def sealed(actor: Actor, proposal: Proposal, filled: Filled) -> str:
    """What the page of the preview carries."""
    rows = [[line.row, line.id, line.is_new, *(line.values[name] for name in FIELDS)] for line in filled.lines]
    return signing.dumps([actor.person_id, str(proposal.pk), filled.version, rows], salt=SALT, compress=True)


def opened(actor: Actor, proposal: Proposal, carried: str) -> Filled:
    """The rows again. Raises Invalid when they are too old, or not of this person and this proposal."""
    try:
        person, owner, version, rows = signing.loads(carried, salt=SALT, max_age=LONGEST_SECONDS)
    except signing.BadSignature:
        person, owner, version, rows = "", "", 0, []
    if (person, owner) != (actor.person_id, str(proposal.pk)):
        raise Invalid.because("Dit voorbeeld is verlopen. Kies het bestand opnieuw.")
    return Filled(version, [_line(*row) for row in rows])


def _line(row: int, mark: str, is_new: bool, *values: Any) -> BudgetLine:  # noqa: ANN401 - any JSON value
    return BudgetLine(row, mark, is_new, dict(zip(FIELDS, values, strict=True)))
