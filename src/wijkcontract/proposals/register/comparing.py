"""What a file of subsidies would change in the agency's part of the register."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from wijkcontract.accounts.models import Organisation
from wijkcontract.proposals.models import RegisteredSubsidy, Registrar
from wijkcontract.proposals.register.reading import SubsidyRow

COMPARED: Final = ("name", "covers", "amount_cents", "starts_on", "ends_on")


@dataclass(slots=True)
class Difference:
    """The rows that are new, those that change a stored subsidy, and how many are there already."""

    added: list[SubsidyRow] = field(default_factory=list)
    changed: list[tuple[RegisteredSubsidy, SubsidyRow]] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed)

    def first_beneficiary(self) -> Organisation:
        """An authority that the file is about; only for a file that changes something."""
        rows = [*self.added, *(row for _, row in self.changed)]
        return Organisation.objects.get(pk=rows[0].beneficiary_id)


def compare(rows: Sequence[SubsidyRow]) -> Difference:
    """Hold the rows against what the agency registered; one query."""
    ids = {uuid.UUID(row.beneficiary_id) for row in rows}
    stored = {
        (str(one.beneficiary_id), one.provider, one.reference): one
        for one in RegisteredSubsidy.objects.filter(beneficiary__in=ids, registrar=Registrar.AGENCY)
    }
    found = Difference()
    for row in rows:
        one = stored.get(row.key)
        if one is None:
            found.added.append(row)
        elif any(getattr(one, name) != getattr(row, name) for name in COMPARED):
            found.changed.append((one, row))
        else:
            found.unchanged += 1
    return found
