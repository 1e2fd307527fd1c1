"""What goes on after the term, and who pays (R14)."""

from collections import defaultdict
from collections.abc import Iterator

from wijkcontract.rules.codec import pointer
from wijkcontract.rules.findings.catalogue import Case, Finding, finding, listed, named
from wijkcontract.rules.other_money import Continuation
from wijkcontract.rules.proposal_shape import Source


def continuation_findings(case: Case) -> Iterator[Finding]:
    """Continuations without who carries on or who pays, and measures that the subsidy pays until the end and that have none."""
    for index, one in enumerate(case.document.continuations):
        if lacking := _lacking(one):
            path = pointer("continuations", index, "paid_by" if not one.paid_by.strip() else "carried_by")
            name = named("Voortzetting", index, one.what)
            yield finding("continuation_incomplete", path, f"{name} zegt niet {listed(lacking)}. Vul dat aan.")
    yield from _stopping(case)


def _lacking(one: Continuation) -> list[str]:
    parts = {"wie verder doet": one.carried_by, "wie betaalt": one.paid_by}
    return [part for part, text in parts.items() if not text.strip()]


def _stopping(case: Case) -> Iterator[Finding]:
    """Measures that the subsidy pays over the years until the last, works apart: what follows when that money ends?"""
    end = case.document.term.end
    if end is None:
        return
    works = {category.code for category in case.programme.cost_categories if category.infrastructure}
    years: dict[str | None, set[int]] = defaultdict(set)
    for line in case.document.cost_lines:
        if line.amount and line.year and line.source is Source.SUBSIDY and line.category not in works:
            years[line.measure].add(line.year)
    continued = {one.measure for one in case.document.continuations}
    for index, measure in enumerate(case.document.measures):
        paid = years[measure.id]
        if end.year in paid and min(paid) < end.year and measure.id not in continued:
            yield finding(
                "measure_without_continuation",
                "/continuations",
                f"{named('Maatregel', index, measure.title)} krijgt tot en met {end.year}, het laatste jaar, geld van de "
                "projectsubsidie. Voeg een voortzetting toe: wie doet verder, en wie betaalt?",
            )
