"""The kinds of records of a proposal as data: their model, their section, what may be typed, and which records they point to.

One set of operations and pages serves all kinds; a field that is not named here can never be written (threats.md row 15).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from wijkcontract.proposals import models
from wijkcontract.proposals.models import ProposalRecord


@dataclass(frozen=True)
class Kind:
    """One kind of record. `links` names the fields that point to records of the same proposal, with their kind."""

    code: str
    model: type[ProposalRecord]
    section: str
    singular: str
    plural: str
    letter: str
    collection: str
    fields: tuple[str, ...]
    links: Mapping[str, str] = field(default_factory=dict)
    many_links: Mapping[str, str] = field(default_factory=dict)
    parent: str = ""

    title_field: str = "title"
    is_attachable: bool = False
    """May a record of this kind carry files?"""


_KINDS = (
    Kind(
        "figure", models.Figure, "neighbourhood", "cijfer", "Cijfers van de wijk", "C", "figures",
        ("indicator", "value", "compare_value", "unit", "year", "source"), title_field="indicator", is_attachable=True,
    ),
    Kind(
        "problem", models.Problem, "problems", "probleem", "Problemen", "P", "problems",
        (
            "title", "description", "groups", "residents", "beyond_capacity", "blocking_rule", "blocking_body",
            "experiment_what", "experiment_rule", "experiment_link", "experiment_body", "experiment_area",
            "experiment_start", "experiment_end",
        ),
        is_attachable=True,
    ),
    Kind(
        "objective", models.Objective, "objectives", "doelstelling", "Doelstellingen", "D", "objectives",
        ("title", "description"),
    ),
    Kind(
        "target", models.Target, "objectives", "streefwaarde", "Streefwaarden", "T", "targets",
        (
            "objective", "indicator", "unit", "direction", "baseline", "baseline_on", "baseline_source", "target",
            "target_on", "aggregation",
        ),
        links={"objective": "objective"}, parent="objective", title_field="indicator",
    ),
    Kind(
        "measure", models.Measure, "measures", "maatregel", "Maatregelen", "M", "measures",
        (
            "title", "description", "nature", "instrument", "is_new", "problems", "objectives", "policy_domains", "levels",
            "programme_name", "acceleration", "lead",
        ),
        many_links={"problems": "problem", "objectives": "objective"}, is_attachable=True,
    ),
    Kind(
        "action", models.Action, "measures", "actie", "Acties", "H", "actions",
        ("measure", "title", "description", "lead", "start", "end"),
        links={"measure": "measure"}, parent="measure", is_attachable=True,
    ),
    Kind(
        "partner", models.Partner, "partners", "partner", "Partners", "A", "partners",
        ("name", "kind", "body", "contact", "contact_mail"), title_field="name", is_attachable=True,
    ),
    Kind(
        "pledge", models.Pledge, "partners", "engagement", "Engagementen", "E", "pledges",
        ("partner", "what", "form", "amount_cents", "due_on", "status", "proof", "measures"),
        links={"partner": "partner"}, many_links={"measures": "measure"}, parent="partner", title_field="what", is_attachable=True,
    ),
    Kind(
        "additional_support", models.AdditionalSupport, "partners", "bijkomende steun", "Bijkomende steun van andere ministers",
        "S", "additional_support",
        ("minister", "what", "amount_cents", "pledge", "budget_article", "procedure"),
        links={"pledge": "pledge"}, title_field="what",
    ),
    Kind(
        "cost_line", models.CostLine, "budget", "kostenpost", "Kostenposten", "K", "cost_lines",
        ("item", "measure", "action", "year", "category", "source", "amount_cents", "item_cost_cents"),
        links={"measure": "measure", "action": "action"}, title_field="item", is_attachable=True,
    ),
    Kind(
        "other_subsidy", models.OtherSubsidy, "budget", "andere subsidie", "Andere subsidies", "O", "other_subsidies",
        ("name", "provider", "amount_cents", "covers", "status", "registered"), title_field="name",
    ),
    Kind(
        "risk", models.Risk, "risks", "risico", "Risico's", "R", "risks",
        ("title", "likelihood", "impact", "mitigation", "owner", "measures", "actions", "objectives"),
        many_links={"measures": "measure", "actions": "action", "objectives": "objective"},
    ),
    Kind(
        "participation_moment", models.ParticipationMoment, "participation", "participatiemoment",
        "Momenten van het participatieproces", "N", "participation_moments",
        ("title", "held_on", "form", "groups"),
    ),
    Kind(
        "support_log", models.SupportLogEntry, "participation", "stap naar draagvlak", "Stappen naar draagvlak", "L", "support_log",
        ("held_on", "with_whom", "what"), title_field="with_whom",
    ),
    Kind(
        "milestone", models.Milestone, "plan", "mijlpaal", "Mijlpalen", "W", "milestones",
        ("title", "due_on", "measure", "action"),
        links={"measure": "measure", "action": "action"},
    ),
    Kind(
        "continuation", models.Continuation, "knowledge", "voortzetting", "Voortzettingen na het contract", "Z", "continuations",
        ("what", "measure", "carried_by", "paid_by", "amount_cents", "starts_on", "certain"),
        links={"measure": "measure"}, title_field="what",
    ),
    Kind(
        "dissemination", models.DisseminationMoment, "knowledge", "moment van kennisdeling", "Momenten van kennisdeling", "V",
        "dissemination",
        ("what", "planned_on", "audience"), title_field="what",
    ),
    Kind(
        "local_decision", models.LocalDecision, "local_decision", "besluit", "Besluiten van college en raad", "B",
        "local_decisions",
        ("body", "decided_on", "number", "link"), title_field="number", is_attachable=True,
    ),
)  # fmt: skip
KINDS: Final[Mapping[str, Kind]] = {kind.code: kind for kind in _KINDS}


def kinds_of(section: str) -> list[Kind]:
    """The kinds of a section, in the order of the page."""
    return [kind for kind in _KINDS if kind.section == section]


@dataclass(frozen=True)
class ReverseLink:
    """The records of another kind that point to a record, seen from that record: `field` of `kind` is where the link stands."""

    kind: Kind
    field: str
    is_many: bool

    @property
    def code(self) -> str:
        """How a page and the history name it: "measure.problems"."""
        return f"{self.kind.code}.{self.field}"


def reverse_links(kind: Kind) -> list[ReverseLink]:
    """Every way in which records of other kinds point to this one; what hangs under it is left out (R7)."""
    return [
        ReverseLink(other, name, name in other.many_links)
        for other in _KINDS
        for name, code in {**other.many_links, **other.links}.items()
        if code == kind.code and name != other.parent
    ]
