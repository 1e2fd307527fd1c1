"""What experience adds to the list of the note: things that are filled in and do not fit each other (R1, R8, R9, R11, R14).

All flags: an applicant may have a good reason.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from wijkcontract.rules.codec import pointer
from wijkcontract.rules.findings.catalogue import Case, Finding, finding, named
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.periods import day_nl
from wijkcontract.rules.proposal_shape import PledgeForm, PledgeStatus, Source
from wijkcontract.rules.risks import RiskLevel, risk_level

_GRAVE: Final = (RiskLevel.HIGH, RiskLevel.VERY_HIGH)


def experience_findings(case: Case) -> Iterator[Finding]:
    """Everything that is there and does not fit."""
    yield from _residents(case)
    yield from _leads(case)
    yield from _grave_risks(case)
    yield from _baselines(case)
    yield from _days(case)
    yield from _last_year(case)
    yield from _partner_money(case)
    yield from _leaning(case)


def _residents(case: Case) -> Iterator[Finding]:
    """A problem cannot hit more residents than the neighbourhood has (R1)."""
    most = case.document.neighbourhood.inhabitants
    for index, problem in enumerate(case.document.problems):
        if most and problem.residents and problem.residents > most:
            yield finding(
                "residents_above_inhabitants",
                pointer("problems", index, "residents"),
                f"{named('Probleem', index, problem.title)} raakt {problem.residents} bewoners, maar de wijk heeft er {most}. "
                "Kijk beide getallen na.",
            )


def _leads(case: Case) -> Iterator[Finding]:
    """Somebody must carry each measure (R9)."""
    for index, measure in enumerate(case.document.measures):
        if not measure.lead.strip():
            yield finding(
                "measure_without_lead",
                pointer("measures", index, "lead"),
                f"{named('Maatregel', index, measure.title)} heeft geen trekker. Noem de functie of dienst die aanspreekbaar is.",
            )


def _grave_risks(case: Case) -> Iterator[Finding]:
    """A high risk that nobody follows is not managed (R9)."""
    for index, risk in enumerate(case.document.risks):
        if risk.owner.strip() or risk.likelihood is None or risk.impact is None:
            continue
        if risk_level(risk.likelihood, risk.impact) in _GRAVE:
            yield finding(
                "high_risk_without_owner",
                pointer("risks", index, "owner"),
                f"{named('Risico', index, risk.title)} is hoog en niemand volgt het op. Noem wie dat doet.",
            )


def _baselines(case: Case) -> Iterator[Finding]:
    """A baseline that nobody can look up cannot be measured again (R11)."""
    for index, objective in enumerate(case.document.objectives):
        for number, target in enumerate(objective.targets):
            if target.baseline is not None and not target.baseline_source.strip():
                yield finding(
                    "baseline_without_source",
                    pointer("objectives", index, "targets", number, "baseline_source"),
                    f"De nulmeting van '{target.indicator.strip() or 'een streefwaarde'}' heeft geen bron. "
                    "Schrijf waar het cijfer vandaan komt, zodat u het later op dezelfde manier meet.",
                )


def _days(case: Case) -> Iterator[Finding]:
    """Targets, milestones and actions lie in the term, for the contract follows nothing outside it (R11, R14)."""
    document = case.document
    for index, objective in enumerate(document.objectives):
        for number, target in enumerate(objective.targets):
            if _outside(case, target.target_on):
                name = f"De streefwaarde van '{target.indicator.strip()}'"
                place = pointer("objectives", index, "targets", number, "target_on")
                yield finding("target_outside_term", place, _outside_sentence(case, name, target.target_on))
    for index, milestone in enumerate(document.milestones):
        if _outside(case, milestone.due_on):
            name = named("Mijlpaal", index, milestone.title)
            place = pointer("milestones", index, "due_on")
            yield finding("milestone_outside_term", place, _outside_sentence(case, name, milestone.due_on))
    for index, measure in enumerate(document.measures):
        for number, action in enumerate(measure.actions):
            field, on = ("start", action.start) if _outside(case, action.start) else ("end", action.end)
            if _outside(case, on):
                name = f"De actie '{action.title.strip()}' van {named('maatregel', index, measure.title)}"
                place = pointer("measures", index, "actions", number, field)
                yield finding("action_outside_term", place, _outside_sentence(case, name, on))


def _outside(case: Case, on: date | None) -> bool:
    """False while the term itself is not filled in or at fault; that is another finding."""
    start, end = case.document.term.start, case.document.term.end
    return on is not None and start is not None and end is not None and start <= end and not start <= on <= end


def _outside_sentence(case: Case, name: str, on: date | None) -> str:
    start, end = case.document.term.start, case.document.term.end
    assert on is not None and start is not None and end is not None  # noqa: S101, PT018 - it lies outside them
    return (
        f"{name} ligt op {day_nl(on)}, buiten de looptijd. Kies een dag van {day_nl(start)} tot en met {day_nl(end)}."
    )


def _last_year(case: Case) -> Iterator[Finding]:
    """Money that comes only at the end shows that nothing happens before (R14)."""
    start, end = case.document.term.start, case.document.term.end
    years = {line.year for line in case.document.cost_lines if line.amount}
    if start is not None and end is not None and start.year < end.year and years == {end.year}:
        yield finding(
            "cost_only_in_last_year",
            "/cost_lines",
            f"Alle kosten vallen in {end.year}, het laatste jaar. Spreid ze over de jaren waarin u werkt.",
        )


def _partner_money(case: Case) -> Iterator[Finding]:
    """What the budget counts on from partners is pledged by partners, in money or in something with a value (R8)."""
    counted = sum(line.amount or 0 for line in case.document.cost_lines if line.source is Source.PARTNER)
    pledged = sum(pledge.amount or 0 for partner in case.document.partners for pledge in partner.pledges)
    has_pledges = any(partner.pledges for partner in case.document.partners)
    if has_pledges and counted > pledged:
        yield finding(
            "partner_money_unpledged",
            "/cost_lines",
            f"De begroting rekent op {format_nl(counted)} euro van partners, maar zij verbinden zich tot "
            f"{format_nl(pledged)} euro. Vul het bedrag bij hun engagementen in, of pas de begroting aan.",
        )


def _leaning(case: Case) -> Iterator[Finding]:
    """More than half of the pledged money rests on one partner who has only been asked (R8)."""
    sums = [
        sum(pledge.amount or 0 for pledge in partner.pledges if pledge.form is PledgeForm.MONEY)
        for partner in case.document.partners
    ]
    for index, partner in enumerate(case.document.partners):
        is_firm = all(
            pledge.status not in (None, PledgeStatus.ASKED)
            for pledge in partner.pledges
            if pledge.form is PledgeForm.MONEY
        )
        if len(sums) > 1 and sums[index] * 2 > sum(sums) and not is_firm:
            yield finding(
                "leans_on_one_partner",
                pointer("partners", index),
                f"Meer dan de helft van het geld van de partners komt van {named('partner', index, partner.name)} "
                "die nog niets beloofde. Vraag een belofte, of verdeel het geld over meer partners.",
            )
