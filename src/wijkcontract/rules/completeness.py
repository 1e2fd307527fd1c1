"""The check of a whole proposal: every finding at once, in the order of the note (R1 to R26)."""

from datetime import date
from itertools import chain

from wijkcontract.rules.findings.budget import budget_findings
from wijkcontract.rules.findings.catalogue import CATALOGUE, Case, Finding, Severity
from wijkcontract.rules.findings.continuation import continuation_findings
from wijkcontract.rules.findings.experience import experience_findings
from wijkcontract.rules.findings.measures import measure_findings
from wijkcontract.rules.findings.objectives import objective_findings
from wijkcontract.rules.findings.partners import partner_findings
from wijkcontract.rules.findings.problems import problem_findings
from wijkcontract.rules.findings.support import support_findings
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_shape import Proposal

__all__ = ["CATALOGUE", "Finding", "Severity", "check", "has_block"]


def check(document: Proposal, programme: Programme, on: date) -> list[Finding]:
    """The findings of a proposal on a day, by requirement number and then by path.

    One fault gives one finding. Sections that the programme switches off are not checked.
    """
    case = Case(document, programme, on)
    found = chain(
        problem_findings(case),
        measure_findings(case),
        partner_findings(case),
        objective_findings(case),
        budget_findings(case),
        continuation_findings(case),
        support_findings(case),
        experience_findings(case),
    )
    return sorted((finding for finding in found if programme.is_enabled(finding.section)), key=_order)


def has_block(findings: list[Finding]) -> bool:
    """True when at least one finding stops the submission."""
    return any(finding.severity is Severity.BLOCK for finding in findings)


def _order(finding: Finding) -> tuple[int, str, str]:
    return int(finding.requirement.removeprefix("R")), finding.path, finding.code
