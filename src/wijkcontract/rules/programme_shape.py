"""The shape of a programme file: typed, frozen records; `programme` reads and checks them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from wijkcontract.rules.codec import Cents, Id, Month, Range, Share

Months = Annotated[int, Range(1, 120)]
CalendarMonth = Annotated[int, Range(1, 12)]
Year = Annotated[int, Range(1990, 2100)]
Weight = Annotated[int, Range(0, 1000)]
Characters = Annotated[int, Range(1, 100_000)]
Points = Annotated[int, Range(0, 1000)]


class DecidingBody(StrEnum):
    """Who decides on the proposals (R18)."""

    FLEMISH_GOVERNMENT = "flemish_government"
    MINISTER = "minister"

    @property
    def label(self) -> str:
        """The body as a screen names it at the beginning of a sentence."""
        return "De Vlaamse Regering" if self is DecidingBody.FLEMISH_GOVERNMENT else "De minister"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits in numbers: months, exact shares, and cents."""

    window_months_min: Months
    window_months_max: Months
    term_months_max: Months
    own_contribution_min: Share
    infrastructure_max: Share
    subsidy_ceiling: Cents
    call_budget: Cents
    pledge_link_days: Annotated[int, Range(1, 366)] = 30
    """How long a partner may use the link with which it confirms its pledge (R8)."""


@dataclass(frozen=True, slots=True)
class FundingSource:
    """Conditions of the money behind the call (R22); an empty field means no such condition."""

    label: str
    commitment_years: tuple[Year, ...] = ()
    last_vek_month: Month | None = None
    last_extra_request_year: Year | None = None
    """No extra request and no decentral shift for the years after this one."""
    article_description: str = ""
    """How the description of a budget article must begin."""


@dataclass(frozen=True, slots=True)
class Applicants:
    """Who may apply (R4)."""

    kinds: tuple[str, ...]
    co_applicants: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the proposal form; a section that is off asks nothing and finds nothing."""

    code: Id
    label: str
    enabled: bool = True
    help: str = ""
    """What stands above the section; empty for the sentence that the product has for it."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A step of a procedure in steps: which sections and questions its call asks, in that order.

    Without questions it asks all those of its sections. A call is for one phase (`programme_phases.for_phase`).
    """

    code: Id
    label: str
    sections: tuple[str, ...]
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartnerKind:
    """What a partner may be (R8). A Flemish body gives its position (R12); a group of residents is never named (R27)."""

    code: Id
    label: str
    flemish_body: bool = False
    residents: bool = False


PARTNER_KINDS: Final = (
    PartnerKind("public", "Publieke actor"),
    PartnerKind("private", "Private actor"),
    PartnerKind("resident_group", "Bewonersgroep", residents=True),
    PartnerKind("civil_society", "Middenveld"),
    PartnerKind("flemish_body", "Vlaamse instantie", flemish_body=True),
)
"""The kinds of the note, for a programme that names none."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of the jury with its weight."""

    code: Id
    label: str
    weight: Weight
    help: str
    requirement: str


@dataclass(frozen=True, slots=True)
class Scoring:
    """The scale of a score, and which criteria break a tie, in order."""

    lowest: Points
    highest: Points
    tie_break: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A text answer of a proposal. `finding` is the code that reports an empty required answer.

    What is `read_by_partners` stands on the page where a partner confirms its pledge (R8, decision 0026).
    """

    code: Id
    section: str
    label: str
    help: str
    required: bool
    max_chars: Characters
    requirement: str
    finding: str = "required_text_empty"
    read_by_partners: bool = False


@dataclass(frozen=True, slots=True)
class CostCategory:
    """A kind of cost (R14): may it count as cost, and does it count as small public infrastructure?"""

    code: Id
    label: str
    eligible: bool
    infrastructure: bool = False


@dataclass(frozen=True, slots=True)
class InstrumentKind:
    """One of the instruments (R6), and what the form asks beside it."""

    code: Id
    label: str
    counts_as_new: bool
    asks_programme: bool = False
    asks_experiment: bool = False


@dataclass(frozen=True, slots=True)
class PolicyDomain:
    """A policy domain of the coverage picture (R7)."""

    code: Id
    label: str


@dataclass(frozen=True, slots=True)
class GovernmentLevel:
    """A level of government of the coverage picture (R7)."""

    code: Id
    label: str


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment of the default plan: a share of the subsidy and its condition (R21)."""

    code: Id
    label: str
    share: Share
    condition: str


@dataclass(frozen=True, slots=True)
class Reporting:
    """How often and when the agency reports to the ministers (R23)."""

    reports_per_year: Annotated[int, Range(0, 12)]
    months: tuple[CalendarMonth, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """Every rule of one instrument that may differ between calls."""

    name: Id
    title: str
    version: str
    legal_basis: str
    example: bool
    """True when the figures are invented; screens then say so."""
    limits: Limits
    participation_required: bool
    local_decision_required: bool
    deciding_body: DecidingBody
    funding: FundingSource
    applicants: Applicants
    reporting: Reporting
    scoring: Scoring
    sections: tuple[Section, ...]
    criteria: tuple[Criterion, ...]
    questions: tuple[Question, ...]
    cost_categories: tuple[CostCategory, ...]
    instruments: tuple[InstrumentKind, ...]
    policy_domains: tuple[PolicyDomain, ...]
    levels: tuple[GovernmentLevel, ...]
    payment_plan: tuple[Instalment, ...]
    partner_kinds: tuple[PartnerKind, ...] = PARTNER_KINDS
    phases: tuple[Phase, ...] = ()
    new_instrument_required: bool = True
    """Must at least one measure use an instrument that is new (R6)?"""
    phase: str = ""
    """The phase that a call is for; empty in a shipped file, and in a programme without phases."""

    def is_enabled(self, section: str) -> bool:
        """True unless the section is switched off."""
        return all(part.enabled for part in self.sections if part.code == section)

    def category(self, code: str | None) -> CostCategory | None:
        """The cost category with this code, or None."""
        return next((category for category in self.cost_categories if category.code == code), None)

    def instrument(self, code: str | None) -> InstrumentKind | None:
        """The instrument kind with this code, or None."""
        return next((kind for kind in self.instruments if kind.code == code), None)

    def partner_kind(self, code: str | None) -> PartnerKind | None:
        """The kind of partner with this code, or None."""
        return next((kind for kind in self.partner_kinds if kind.code == code), None)

    def is_flemish_body(self, code: str | None) -> bool:
        """True when partners of this kind give their position (R12)."""
        kind = self.partner_kind(code)
        return kind is not None and kind.flemish_body

    def partner_label(self, code: str | None) -> str:
        """How a screen names this kind of partner; a code that the programme does not know stands as it is."""
        kind = self.partner_kind(code)
        return kind.label if kind else code or ""

    def weights(self) -> dict[str, int]:
        """The weight of every criterion by its code."""
        return {criterion.code: criterion.weight for criterion in self.criteria}
