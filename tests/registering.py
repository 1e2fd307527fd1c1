"""What a prepared document says of the register of subsidies, put in the register as the agency does."""

from __future__ import annotations

from wijkcontract.accounts.actors import SYSTEM
from wijkcontract.proposals import operations
from wijkcontract.proposals.register.reading import SubsidyRow
from wijkcontract.rules.proposal_shape import Proposal


def register(organisation_id: str, document: Proposal) -> None:
    """Register the subsidies of a document for the authority that writes it."""
    rows = []
    for line, one in enumerate(document.registered, 2):
        assert one.amount is not None
        assert one.start is not None
        assert one.end is not None
        rows.append(
            SubsidyRow(
                line, organisation_id, one.name, one.provider, one.reference, one.covers, one.amount, one.start, one.end
            )
        )
    if rows:
        operations.import_subsidies(actor=SYSTEM, name="register.csv", rows=rows)
