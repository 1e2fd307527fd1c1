"""The shape of a whole proposal as one document: typed, frozen records (`proposal_form` reads and writes it).

The same document is checked by the command line, built from the database by the site, and frozen with its
SHA-256 at submission. A draft may be incomplete, so nearly every field may be empty; the rules say what is
missing. Amounts are cents here and strings with two decimals in JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from wijkcontract.rules.codec import Cents, Id, Link, Number, Range
from wijkcontract.rules.other_money import Continuation, OtherSubsidy, RegisteredSubsidy
from wijkcontract.rules.proposal_choices import (
    Direction as Direction,
    Format as Format,
    LocalBody as LocalBody,
    Nature as Nature,
    PledgeForm as PledgeForm,
    PledgeStatus as PledgeStatus,
    Source as Source,
)

Year = Annotated[int, Range(1900, 2200)]
OneToFive = Annotated[int, Range(1, 5)]


@dataclass(frozen=True, slots=True)
class Applicant:
    """The one local authority that applies (R4)."""

    name: str = ""
    nis: str = ""
    kbo: str = ""
    ovo: str = ""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The neighbourhood and its statistical sectors (R2)."""

    name: str = ""
    inhabitants: int | None = None
    sectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """The term of the contract, both days counted (R14)."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A frozen figure of the neighbourhood with its source and year (R2)."""

    id: Id
    indicator: str = ""
    value: Number | None = None
    unit: str = ""
    year: Year | None = None
    source: str = ""
    compare_value: Number | None = None


@dataclass(frozen=True, slots=True)
class Experiment:
    """An experiment with rules that a problem asks for (R10): which rule, of whom, what."""

    rule: str = ""
    rule_link: Link = ""
    body: str = ""
    what: str = ""
    area: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem, whom it hits (R1), and what the authority cannot solve alone (R3)."""

    id: Id
    title: str = ""
    description: str = ""
    groups: tuple[str, ...] = ()
    residents: int | None = None
    beyond_capacity: str = ""
    blocking_rule: str = ""
    blocking_body: str = ""
    experiment: Experiment | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A measurable target of an objective (R11)."""

    id: Id
    indicator: str = ""
    unit: str = ""
    direction: Direction | None = None
    baseline: Number | None = None
    baseline_on: date | None = None
    baseline_source: str = ""
    target: Number | None = None
    target_on: date | None = None
    aggregation: str = ""


@dataclass(frozen=True, slots=True)
class Objective:
    """An objective with its targets (R11)."""

    id: Id
    title: str = ""
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """A part of a measure that somebody carries out between two days."""

    id: Id
    title: str = ""
    description: str = ""
    lead: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with its instrument (R6) and what it answers, serves and touches (R5, R7, R11)."""

    id: Id
    title: str = ""
    description: str = ""
    nature: Nature | None = None
    instrument: str | None = None
    new: bool = False
    policy_domains: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    programme_name: str = ""
    acceleration: str = ""
    lead: str = ""
    problems: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirmed a pledge, and when (R8); `earlier_words` is what was confirmed when the pledge says something else now."""

    by: str = ""
    on: date | None = None
    earlier_words: str = ""


@dataclass(frozen=True, slots=True)
class ChangeAsked:
    """What a partner wants otherwise in a pledge as it stands, and since when (R8)."""

    on: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Pledge:
    """What a partner binds itself to (R8). `proof` describes the proof, `file` refers to one of the files."""

    id: Id
    what: str = ""
    form: PledgeForm | None = None
    amount: Cents | None = None
    due_on: date | None = None
    status: PledgeStatus | None = None
    proof: str = ""
    file: str | None = None
    measures: tuple[str, ...] = ()
    confirmed: Confirmation | None = None
    declined_on: date | None = None
    change_asked: ChangeAsked | None = None


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner and its pledges; `kind` is one of the programme's, `body` the Flemish body that takes a position (R12)."""

    id: Id
    name: str = ""
    kind: Id | None = None
    body: str = ""
    pledges: tuple[Pledge, ...] = ()


@dataclass(frozen=True, slots=True)
class AdditionalSupport:
    """Support asked of another member of the Government, tied to a pledge (R19)."""

    id: Id
    minister: str = ""
    what: str = ""
    amount: Cents | None = None
    pledge: str | None = None
    budget_article: str = ""
    procedure: str = ""


@dataclass(frozen=True, slots=True)
class CostLine:
    """A part of a cost item: one year, one category, one source. `item_cost` is the stated cost of the item.

    A line of an action names the measure of that action too, and so do risks and milestones: who asks what belongs to a measure
    need not know about actions.
    """

    id: Id
    item: str = ""
    measure: str | None = None
    year: Year | None = None
    category: str | None = None
    source: Source | None = None
    amount: Cents | None = None
    item_cost: Cents | None = None
    action: str | None = None


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk for measures and objectives, before mitigation (R9)."""

    id: Id
    title: str = ""
    likelihood: OneToFive | None = None
    impact: OneToFive | None = None
    mitigation: str = ""
    owner: str = ""
    measures: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated, verifiable sentence of the plan (R11)."""

    id: Id
    title: str = ""
    due_on: date | None = None
    measure: str | None = None
    action: str | None = None


@dataclass(frozen=True, slots=True)
class ParticipationMoment:
    """A moment of the participation process, held or planned on a day (R25)."""

    id: Id
    title: str = ""
    held_on: date | None = None
    form: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Participation:
    """The process record: the target groups to reach and the moments (R6, R25); the text is an answer."""

    target_groups: tuple[str, ...] = ()
    moments: tuple[ParticipationMoment, ...] = ()


@dataclass(frozen=True, slots=True)
class SupportLogEntry:
    """A step of the support process before submission (R16)."""

    id: Id
    held_on: date | None = None
    with_whom: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class DisseminationMoment:
    """A planned moment of knowledge sharing (R26)."""

    id: Id
    planned_on: date | None = None
    what: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True)
class LocalDecision:
    """The decision of the executive or the council: body, date and document (R16)."""

    id: Id
    body: LocalBody | None = None
    decided_on: date | None = None
    number: str = ""
    link: Link = ""
    file: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file that belongs to the proposal; without a hash it was named but never stored.

    `belongs_to` is the record that carries it, by its list and its id: "measures/M3", "pledges/E1".
    """

    id: Id
    name: str = ""
    sha256: str = ""
    kind: str = ""
    belongs_to: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A whole proposal."""

    format: Format
    title: str = ""
    applicant: Applicant = field(default_factory=Applicant)
    neighbourhood: Neighbourhood = field(default_factory=Neighbourhood)
    term: Term = field(default_factory=Term)
    answers: Mapping[str, str] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    problems: tuple[Problem, ...] = ()
    objectives: tuple[Objective, ...] = ()
    measures: tuple[Measure, ...] = ()
    partners: tuple[Partner, ...] = ()
    additional_support: tuple[AdditionalSupport, ...] = ()
    cost_lines: tuple[CostLine, ...] = ()
    risks: tuple[Risk, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    participation: Participation = field(default_factory=Participation)
    support_log: tuple[SupportLogEntry, ...] = ()
    dissemination: tuple[DisseminationMoment, ...] = ()
    other_subsidies: tuple[OtherSubsidy, ...] = ()
    registered: tuple[RegisteredSubsidy, ...] = ()
    continuations: tuple[Continuation, ...] = ()
    local_decisions: tuple[LocalDecision, ...] = ()
    files: tuple[File, ...] = ()
    submitted_on: date | None = None
