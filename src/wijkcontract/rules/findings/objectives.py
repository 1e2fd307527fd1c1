"""Feasibility and measurability: risks (R9), objectives, targets and the plan (R11)."""

from collections.abc import Iterator

from wijkcontract.rules.codec import pointer
from wijkcontract.rules.findings.catalogue import Case, Finding, finding, named
from wijkcontract.rules.targets import is_measurable


def objective_findings(case: Case) -> Iterator[Finding]:
    """Everything about risks, objectives, targets and milestones."""
    yield from _risks(case)
    yield from _objectives(case)
    yield from _measures(case)
    yield from _milestones(case)


def _risks(case: Case) -> Iterator[Finding]:
    document = case.document
    if not document.risks:
        yield finding(
            "no_risk", "/risks", "Er is geen risicoanalyse. Beschrijf minstens één risico en hoe u ermee omgaat."
        )
        return
    objectives = {objective for risk in document.risks for objective in risk.objectives}
    measures = {measure for risk in document.risks for measure in risk.measures}
    for index, objective in enumerate(document.objectives):
        if objective.id not in objectives:
            yield finding(
                "objective_without_risk",
                pointer("objectives", index),
                f"Bij {named('doelstelling', index, objective.title)} is geen risico bekeken. "
                "Duid ze aan bij minstens één risico.",
            )
    for index, measure in enumerate(document.measures):
        if measure.id not in measures:
            yield finding(
                "measure_without_risk",
                pointer("measures", index),
                f"Bij {named('maatregel', index, measure.title)} is geen risico bekeken. "
                "Duid ze aan bij minstens één risico.",
            )
    for index, risk in enumerate(document.risks):
        if not risk.mitigation.strip():
            yield finding(
                "risk_without_mitigation",
                pointer("risks", index, "mitigation"),
                f"{named('Risico', index, risk.title)} heeft geen beheersmaatregel. Schrijf hoe u ermee omgaat.",
            )


def _objectives(case: Case) -> Iterator[Finding]:
    objectives = case.document.objectives
    if not objectives:
        yield finding("no_objective", "/objectives", "Het voorstel heeft geen doelstelling. Voeg er minstens één toe.")
        return
    if not any(is_measurable(objective) for objective in objectives):
        yield finding(
            "no_target_at_all",
            "/objectives",
            "Geen enkele doelstelling is meetbaar. Geef er minstens één een indicator met eenheid en richting, "
            "een nulmeting en een streefwaarde, elk met een datum.",
        )
        return
    for index, objective in enumerate(objectives):
        if not is_measurable(objective):
            yield finding(
                "objective_without_target",
                pointer("objectives", index, "targets"),
                f"{named('Doelstelling', index, objective.title)} heeft geen volledige streefwaarde. "
                "Geef een indicator met eenheid en richting, een nulmeting en een streefwaarde, elk met een datum.",
            )


def _measures(case: Case) -> Iterator[Finding]:
    document = case.document
    costed = {line.measure for line in document.cost_lines if line.amount}
    for index, measure in enumerate(document.measures):
        if document.objectives and not measure.objectives:
            yield finding(
                "measure_without_objective",
                pointer("measures", index, "objectives"),
                f"{named('Maatregel', index, measure.title)} heeft geen doelstelling. Kies er minstens één.",
            )
        if costed and measure.id not in costed:
            yield finding(
                "measure_without_cost",
                pointer("measures", index),
                f"{named('Maatregel', index, measure.title)} heeft geen kosten. Voeg minstens één kostenpost toe.",
            )


def _milestones(case: Case) -> Iterator[Finding]:
    document = case.document
    dated = {milestone.measure for milestone in document.milestones if milestone.due_on is not None}
    if not dated:
        yield finding(
            "milestone_missing", "/milestones", "De planning is leeg. Voeg minstens één mijlpaal met een datum toe."
        )
        return
    for index, measure in enumerate(document.measures):
        if measure.id not in dated:
            yield finding(
                "milestone_missing",
                pointer("measures", index),
                f"{named('Maatregel', index, measure.title)} heeft geen mijlpaal met een datum. "
                "Voeg er minstens één toe.",
            )
