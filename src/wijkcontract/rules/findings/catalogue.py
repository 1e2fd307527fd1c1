"""Every finding that a proposal can have: code, requirement of the note, severity, section of the form.

A block stops the submission; a flag is shown to the applicant and to the jury with its reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_shape import Proposal


class Severity(StrEnum):
    """Whether a finding stops the submission."""

    BLOCK = "block"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Kind:
    """What is fixed about a code. An empty requirement or section follows from what the finding is about."""

    requirement: str
    severity: Severity
    section: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a proposal lacks: where (a JSON pointer), and a Dutch sentence that says how to repair it."""

    code: str
    requirement: str
    severity: Severity
    path: str
    message: str
    section: str


@dataclass(frozen=True, slots=True)
class Case:
    """What every check looks at: the proposal, the programme of its call, and the day of the check."""

    document: Proposal
    programme: Programme
    on: date


_B: Final = Severity.BLOCK
_F: Final = Severity.FLAG

CATALOGUE: Final[Mapping[str, Kind]] = {
    "no_problem": Kind("R1", _B, "problems"),
    "problem_without_groups": Kind("R1", _F, "problems"),
    "no_figures": Kind("R2", _F, "neighbourhood"),
    "no_neighbourhood": Kind("R2", _B, "neighbourhood"),
    "nothing_beyond_capacity": Kind("R3", _F, "problems"),
    "existing_policy_empty": Kind("R5", _B, "measures"),
    "problem_unanswered": Kind("R5", _F, "measures"),
    "measure_without_problem": Kind("R5", _F, "measures"),
    "only_hard_or_only_soft": Kind("R5", _F, "measures"),
    "no_new_instrument": Kind("R6", _B, "measures"),
    "no_participation": Kind("R6", _B, "participation"),
    "programme_not_named": Kind("R6", _F, "measures"),
    "single_domain": Kind("R7", _F, "measures"),
    "single_level": Kind("R7", _F, "measures"),
    "no_partner": Kind("R8", _F, "partners"),
    "pledge_without_date": Kind("R8", _F, "partners"),
    "pledge_without_proof": Kind("R8", _F, "partners"),
    "pledge_changed_after_confirmation": Kind("R8", _F, "partners"),
    "pledge_declined": Kind("R8", _F, "partners"),
    "pledge_change_asked": Kind("R8", _F, "partners"),
    "no_risk": Kind("R9", _B, "risks"),
    "objective_without_risk": Kind("R9", _F, "risks"),
    "measure_without_risk": Kind("R9", _F, "risks"),
    "risk_without_mitigation": Kind("R9", _F, "risks"),
    "experiment_incomplete": Kind("R10", _F, "problems"),
    "no_objective": Kind("R11", _B, "objectives"),
    "no_target_at_all": Kind("R11", _B, "objectives"),
    "objective_without_target": Kind("R11", _F, "objectives"),
    "measure_without_objective": Kind("R11", _F, "measures"),
    "measure_without_cost": Kind("R11", _F, "budget"),
    "milestone_missing": Kind("R11", _F, "plan"),
    "flemish_pledge_without_body": Kind("R12", _F, "partners"),
    "no_cost": Kind("R13", _B, "budget"),
    "own_below_minimum": Kind("R13", _B, "budget"),
    "infrastructure_above_maximum": Kind("R14", _B, "budget"),
    "subsidy_above_ceiling": Kind("R14", _B, "budget"),
    "term_too_long": Kind("R14", _B, "plan"),
    "cost_outside_term": Kind("R14", _B, "budget"),
    "ineligible_cost_subsidised": Kind("R14", _B, "budget"),
    "overfunded_item": Kind("R14", _F, "budget"),
    "double_subsidy": Kind("R14", _F, "budget"),
    "continuation_empty": Kind("R14", _B, "knowledge"),
    "continuation_incomplete": Kind("R14", _F, "knowledge"),
    "measure_without_continuation": Kind("R14", _F, "knowledge"),
    "local_decision_missing": Kind("R16", _B, "local_decision"),
    "local_decision_after_submission": Kind("R16", _F, "local_decision"),
    "support_log_empty": Kind("R16", _F, "participation"),
    "dissemination_empty": Kind("R26", _B, "knowledge"),
    "required_text_empty": Kind("", _B, ""),
    "text_too_long": Kind("", _B, ""),
    "file_missing": Kind("", _B, ""),
    "additional_support_unnamed": Kind("R19", _F, "partners"),
    "residents_above_inhabitants": Kind("R1", _F, "problems"),
    "partner_money_unpledged": Kind("R8", _F, "budget"),
    "leans_on_one_partner": Kind("R8", _F, "partners"),
    "measure_without_lead": Kind("R9", _F, "measures"),
    "high_risk_without_owner": Kind("R9", _F, "risks"),
    "baseline_without_source": Kind("R11", _F, "objectives"),
    "target_outside_term": Kind("R11", _F, "objectives"),
    "milestone_outside_term": Kind("R11", _F, "plan"),
    "action_outside_term": Kind("R14", _F, "measures"),
    "cost_only_in_last_year": Kind("R14", _F, "budget"),
}
"""The requirement of a text is that of its question; that of a file is that of what refers to it."""


def finding(code: str, path: str, message: str, requirement: str = "", section: str = "") -> Finding:
    """A finding with what the catalogue fixes about its code. Raises KeyError for an unknown code."""
    kind = CATALOGUE[code]
    return Finding(code, kind.requirement or requirement, kind.severity, path, message, kind.section or section)


def named(what: str, index: int, title: str) -> str:
    """How a sentence names a part: "Maatregel 4, Groene speelstraten," or, without a title, "Maatregel 4"."""
    title = title.strip()
    return f"{what} {index + 1}, {title}," if title else f"{what} {index + 1}"


def listed(parts: list[str]) -> str:
    """Words in a row as a person writes them: "een datum, een nummer en een document"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} en {parts[-1]}"
