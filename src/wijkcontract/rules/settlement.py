"""The settlement at the end of a contract: what the subsidy finally is, and what is still due.

`final = max(0, min(granted, accepted - ceil(accepted * own minimum) - partners - other subsidies))`, in
which infrastructure paid by the subsidy counts up to `floor(final * infrastructure maximum)`.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor


@dataclass(frozen=True, slots=True)
class Settlement:
    """All amounts in cents. `due` below zero is a recovery claim on the local authority."""

    accepted_cents: int
    infrastructure_counted_cents: int
    own_minimum_cents: int
    final_cents: int
    paid_cents: int

    @property
    def due_cents(self) -> int:
        """What is still to be paid; negative when too much was paid."""
        return self.final_cents - self.paid_cents


def settle(
    *,
    granted_cents: int,
    accepted_other_cents: int,
    subsidised_infrastructure_cents: int,
    partner_cents: int,
    other_subsidy_cents: int,
    paid_cents: int,
    own_minimum: Fraction,
    infrastructure_maximum: Fraction,
) -> Settlement:
    """Settle a subsidy (R13, R14, R20).

    Accepted cost comes in two parts: infrastructure paid by the subsidy, and everything else. The
    infrastructure that counts depends on the final subsidy and the other way round; the search starts
    from all infrastructure and goes down, so that it ends at the highest subsidy that meets both rules.
    """
    infrastructure = subsidised_infrastructure_cents
    while True:
        accepted = accepted_other_cents + infrastructure
        own = ceil(accepted * own_minimum)
        final = max(0, min(granted_cents, accepted - own - partner_cents - other_subsidy_cents))
        counted = min(infrastructure, floor(final * infrastructure_maximum))
        if counted == infrastructure:
            return Settlement(accepted, counted, own, final, paid_cents)
        infrastructure = counted
