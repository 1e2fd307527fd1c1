"""Money around a proposal, as records of its document: other subsidies, the register, what goes on after the term (R14)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wijkcontract.rules.codec import Cents, Id


class Registrar(StrEnum):
    """Who put a subsidy in the register (R14)."""

    AGENCY = "agency"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class OtherSubsidy:
    """Money of another channel; `covers` names the cost item, or the id or title of the measure (R14).

    `registered` is the subsidy of the register that this is, linked by hand.
    """

    id: Id
    name: str = ""
    provider: str = ""
    amount: Cents | None = None
    covers: str = ""
    status: str = ""
    registered: str | None = None


@dataclass(frozen=True, slots=True)
class RegisteredSubsidy:
    """A subsidy that the agency or the authority registered, and that runs during the term (R14)."""

    id: Id
    name: str = ""
    provider: str = ""
    reference: str = ""
    covers: str = ""
    amount: Cents | None = None
    start: date | None = None
    end: date | None = None
    registrar: Registrar | None = None


@dataclass(frozen=True, slots=True)
class Continuation:
    """What goes on after the term: who carries on, who pays, from when, is it certain; `amount` is a year (R14)."""

    id: Id
    what: str = ""
    measure: str | None = None
    carried_by: str = ""
    paid_by: str = ""
    amount: Cents | None = None
    starts_on: date | None = None
    certain: bool = False
