"""Whole proposals for the demonstration: the published facts of a case, and examples for all that was not published."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from wijkcontract.demo.facts import EXAMPLE, Case, MeasureFact
from wijkcontract.rules import proposal_shape as shape
from wijkcontract.rules.other_money import Continuation

DOMAINS = {
    "technology": ("digital", "integration"),
    "participation": ("local_government", "sport"),
    "extra_capacity": ("sport", "youth"),
    "public_service": ("housing", "welfare"),
    "rule_change": ("housing", "poverty"),
    "small_works": ("economy", "environment"),
    "partnership": ("economy", "work"),
}
MINIMUM_MEASURES = 3
EXTRA_MEASURE = MeasureFact("buurtwerker die bewoners betrekt", "soft", "extra_capacity")
EXTRA_PARTICIPATION = MeasureFact("bewoners kiezen mee wat er gebeurt", "hard", "participation")


@dataclass(frozen=True)
class Frame:
    """What the call and the authority add to the facts: the term, the money asked, and when the executive decided."""

    start: dt.date
    end: dt.date
    subsidy_cents: int
    decided_on: dt.date

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(range(self.start.year, self.end.year + 1))


def title(case: Case) -> str:
    """The title of the case's proposal; the municipality is named beside it on every page."""
    return f"{case.neighbourhood}: {case.aim.split(',')[0]}"


def document(case: Case, frame: Frame) -> shape.Proposal:
    """A proposal without anything missing: the case's facts, with examples marked as such."""
    measures = _measures(case, frame)
    return shape.Proposal(
        format=shape.Format.ONE,
        title=title(case),
        applicant=shape.Applicant(case.municipality, case.nis, case.kbo, case.ovo),
        neighbourhood=shape.Neighbourhood(case.neighbourhood, case.inhabitants, case.sectors),
        term=shape.Term(frame.start, frame.end),
        answers=_answers(case),
        figures=_figures(frame),
        problems=_problems(case),
        objectives=_objectives(case, frame),
        measures=measures,
        partners=_partners(case, frame),
        additional_support=_additional_support(case),
        cost_lines=_cost_lines(measures, frame),
        risks=_risks(case, measures),
        milestones=_milestones(measures, frame),
        participation=_participation(frame),
        support_log=(
            shape.SupportLogEntry(
                "s1", frame.decided_on - dt.timedelta(days=60), "bewoners", f"Wijkwandeling {EXAMPLE}"
            ),
            shape.SupportLogEntry("s2", frame.decided_on - dt.timedelta(days=30), "partners", f"Overleg {EXAMPLE}"),
        ),
        dissemination=(
            shape.DisseminationMoment(
                "v1", dt.date(frame.years[1], 11, 20), f"Bezoek aan de wijk {EXAMPLE}", "andere lokale besturen"
            ),
        ),
        continuations=_continuations(measures, frame),
        local_decisions=(
            shape.LocalDecision(
                "b1",
                shape.LocalBody.EXECUTIVE,
                frame.decided_on,
                f"CBS/{frame.decided_on.year}/118 {EXAMPLE}",
                "",
                "f1",
            ),
        ),
        files=(shape.File("f1", "besluit-college.pdf", "", "application/pdf"),),
    )


def _answers(case: Case) -> dict[str, str]:
    return {
        "summary": f"{case.aim.capitalize()}. {EXAMPLE}",
        "analysis": f"In {case.neighbourhood} zien we: {'; '.join(case.problems)}. De cijfers staan bij de wijk. {EXAMPLE}",
        "expected_impact": f"Bewoners merken het verschil: {case.aim}. {EXAMPLE}",
        "existing_policy": f"Het gewone wijkbeleid bereikt deze groepen te weinig en werkt per dienst. {EXAMPLE}",
        "mix_motivation": f"De harde ingrepen geven plaats aan wat de zachte maatregelen op gang brengen. {EXAMPLE}",
        "new_character": f"Deze instrumenten zijn nieuw in deze wijk. We leren wat werkt en passen aan. {EXAMPLE}",
        "other_efforts": f"Het bestuur stelt een lokaal ter beschikking. {EXAMPLE}",
        "other_funding": f"Geen van deze kosten krijgt geld van een ander kanaal. {EXAMPLE}",
        "organisation": f"Een projectleider stuurt, een stuurgroep met partners en bewoners volgt op. {EXAMPLE}",
        "evaluation": f"We meten elk jaar in oktober, na twee jaar kijkt een externe partij mee. {EXAMPLE}",
        "participation": f"Bewoners beslissen mee in wijkraden en straatgesprekken. {EXAMPLE}",
        "continuation": f"Na het contract neemt het bestuur de werking over in het meerjarenplan. {EXAMPLE}",
        "dissemination": f"We delen elk jaar wat lukte en wat niet, samen met de partners. {EXAMPLE}",
    }


def _figures(frame: Frame) -> tuple[shape.Figure, ...]:
    year, source = frame.start.year - 2, f"Provincies in Cijfers {EXAMPLE}"
    return (
        shape.Figure("c1", "employment_rate", Decimal("61.4"), "%", year, source, Decimal("74.9")),
        shape.Figure("c2", "single_parent_households", Decimal("14.2"), "%", year, source, Decimal("9.1")),
        shape.Figure("c3", "green_open_space", Decimal("11.0"), "m² per inwoner", year, source, Decimal("32.5")),
    )


def _problems(case: Case) -> tuple[shape.Problem, ...]:
    return tuple(
        shape.Problem(
            id=f"p{number}",
            title=problem.capitalize(),
            description=f"Bewoners noemen dit als eerste. {EXAMPLE}",
            groups=(f"gezinnen met een laag inkomen {EXAMPLE}",),
            residents=900 + 100 * number,
            beyond_capacity=f"Het bestuur heeft hier alleen niet de mensen en de bevoegdheid voor. {EXAMPLE}",
            experiment=_experiment(case) if number == 1 else None,
        )
        for number, problem in enumerate(case.problems, 1)
    )


def _experiment(case: Case) -> shape.Experiment | None:
    """The room in the rules that a published measure asks of a Flemish body."""
    body = next((fact.flemish_pledge for fact in case.measures if fact.instrument == "rule_change"), "")
    if not body:
        return None
    return shape.Experiment(
        rule=f"Toewijzingsregels van de sociale huur {EXAMPLE}",
        body=body,
        what=f"Tijdelijk afwijken voor kandidaten uit de wijk {EXAMPLE}",
        area=case.neighbourhood,
    )


def _objectives(case: Case, frame: Frame) -> tuple[shape.Objective, ...]:
    return tuple(
        shape.Objective(
            id=f"d{number}",
            title=f"Minder bewoners ondervinden: {problem}",
            targets=(
                shape.Target(
                    id=f"t{number}",
                    indicator=f"Aandeel bewoners dat dit ondervindt {EXAMPLE}",
                    unit="%",
                    direction=shape.Direction.DOWN,
                    baseline=Decimal(60 - 6 * number),
                    baseline_on=dt.date(frame.start.year - 1, 4, 1),
                    baseline_source=f"Wijkbevraging {EXAMPLE}",
                    target=Decimal(36 - 6 * number),
                    target_on=frame.end,
                    aggregation="share",
                ),
            ),
        )
        for number, problem in enumerate(case.problems, 1)
    )


def _measures(case: Case, frame: Frame) -> tuple[shape.Measure, ...]:
    """The published measures; where fewer than three were published, examples complete them."""
    facts = [(fact, "") for fact in case.measures]
    extra = [EXTRA_MEASURE, EXTRA_PARTICIPATION][: max(0, MINIMUM_MEASURES - len(facts))]
    facts += [(fact, f" {EXAMPLE}") for fact in extra]
    problems = [f"p{number}" for number in range(1, len(case.problems) + 1)]
    return tuple(
        shape.Measure(
            id=f"m{number}",
            title=fact.title[0].upper() + fact.title[1:] + mark,
            description=f"Wat, waar en voor wie staat in het plan van aanpak. {EXAMPLE}",
            nature=shape.Nature(fact.nature),
            instrument=fact.instrument,
            new=True,
            policy_domains=DOMAINS[fact.instrument],
            levels=("local", "flemish") if fact.flemish_pledge or number == 1 else ("local",),
            lead=f"Dienst Wijkwerking {EXAMPLE}",
            problems=tuple(problems) if number <= 2 else (problems[(number - 1) % len(problems)],),
            objectives=(f"d{(number - 1) % len(problems) + 1}",),
            actions=_actions(frame) if number == 1 else (),
        )
        for number, (fact, mark) in enumerate(facts, 1)
    )


def _actions(frame: Frame) -> tuple[shape.Action, ...]:
    """The first measure is carried out in two steps."""
    first_year = frame.years[0]
    lead = f"Dienst Openbaar Domein {EXAMPLE}"
    return (
        shape.Action("h1", f"Ontwerpen met bewoners {EXAMPLE}", "", lead, frame.start, dt.date(first_year, 12, 31)),
        shape.Action("h2", f"Uitvoeren en onderhouden {EXAMPLE}", "", lead, dt.date(first_year + 1, 1, 1), frame.end),
    )


def _partners(case: Case, frame: Frame) -> tuple[shape.Partner, ...]:
    due = dt.date(frame.years[0], 12, 31)
    proof = f"Intentiebrief {EXAMPLE}"
    partners = [
        shape.Partner(
            id="a1",
            name=f"Buurtwerk {EXAMPLE}",
            kind="civil_society",
            pledges=(
                shape.Pledge(
                    "e1",
                    "Een halftijdse begeleider",
                    shape.PledgeForm.STAFF,
                    None,
                    due,
                    shape.PledgeStatus.SIGNED,
                    proof,
                ),
            ),
        )
    ]
    asked = _bodies(case)
    partners += [
        shape.Partner(
            id=f"a{number}",
            name=body,
            kind="flemish_body",
            body=body,
            pledges=(
                shape.Pledge(
                    f"e{number}", "Meewerken aan een regelluw kader", shape.PledgeForm.EXPERTISE, None, due,
                    shape.PledgeStatus.PROMISED, proof, measures=_measures_for(case, body),
                ),
            ),
        )
        for number, body in enumerate(asked, 2)
    ]  # fmt: skip
    return tuple(partners)


def _bodies(case: Case) -> list[str]:
    """The Flemish bodies of which the case asks a pledge."""
    return sorted({fact.flemish_pledge for fact in case.measures if fact.flemish_pledge})


def _measures_for(case: Case, body: str) -> tuple[str, ...]:
    """The measures for which this body is asked a pledge."""
    return tuple(f"m{number}" for number, fact in enumerate(case.measures, 1) if fact.flemish_pledge == body)


def _additional_support(case: Case) -> tuple[shape.AdditionalSupport, ...]:
    """For each pledge that is asked of a Flemish body, the support of its minister; the procedure is still to be named."""
    return tuple(
        shape.AdditionalSupport(
            f"x{number}", f"De minister die bevoegd is voor {body} {EXAMPLE}", f"Advies bij het kader {EXAMPLE}",
            pledge=f"e{number}",
        )
        for number, body in enumerate(_bodies(case), 2)
    )  # fmt: skip


def _cost_lines(measures: tuple[shape.Measure, ...], frame: Frame) -> tuple[shape.CostLine, ...]:
    """The subsidy spread evenly, the rest of the cents on the last line; a quarter of it in own money: 20 % of the cost."""
    cells = [(measure, year) for measure in measures for year in frame.years]
    share = frame.subsidy_cents // len(cells)
    lines = []
    for place, (measure, year) in enumerate(cells):
        subsidy = share if place < len(cells) - 1 else frame.subsidy_cents - share * (len(cells) - 1)
        is_works = measure.nature is shape.Nature.HARD and year == frame.years[0]
        category = "infrastructure" if is_works else "staff" if measure.instrument == "extra_capacity" else "operation"
        action = "h1" if place == 0 else None
        item = f"{'Inrichting' if is_works else 'Werking'} {year} {EXAMPLE}"
        lines += [
            shape.CostLine(f"k{place}", item, measure.id, year, category, shape.Source.SUBSIDY, subsidy, action=action),
            shape.CostLine(
                f"k{place}e", item, measure.id, year, category, shape.Source.OWN_MONEY, -(-subsidy // 4), action=action
            ),
        ]
    return tuple(lines)


def _risks(case: Case, measures: tuple[shape.Measure, ...]) -> tuple[shape.Risk, ...]:
    return (
        shape.Risk(
            "r1", f"Te weinig bewoners doen mee {EXAMPLE}", 3, 4, "Huis aan huis uitnodigen, samen met sleutelfiguren.",
            f"Projectleider {EXAMPLE}", tuple(measure.id for measure in measures),
            tuple(f"d{number}" for number in range(1, len(case.problems) + 1)),
        ),
        shape.Risk(
            "r2", f"De werken lopen vertraging op {EXAMPLE}", 2, 3, "Vergunning vroeg aanvragen en gefaseerd werken.",
            f"Dienst Openbaar Domein {EXAMPLE}", tuple(m.id for m in measures if m.nature is shape.Nature.HARD), (),
        ),
    )  # fmt: skip


def _milestones(measures: tuple[shape.Measure, ...], frame: Frame) -> tuple[shape.Milestone, ...]:
    year = frame.years[0]
    return tuple(
        shape.Milestone(
            f"w{number}",
            f"{measure.title}: gestart en bekendgemaakt in de wijk",
            dt.date(year, 3 + 2 * number, 1),
            measure.id,
        )
        for number, measure in enumerate(measures, 1)
    )


def _continuations(measures: tuple[shape.Measure, ...], frame: Frame) -> tuple[Continuation, ...]:
    """Every measure goes on, paid by the town; only the first is decided already."""
    return tuple(
        Continuation(
            f"z{number}", f"{measure.title} gaat verder {EXAMPLE}", measure.id, f"Dienst Wijkwerking {EXAMPLE}",
            f"Het bestuur, uit het meerjarenplan {EXAMPLE}", 18_000_00, frame.end + dt.timedelta(days=1), number == 1,
        )
        for number, measure in enumerate(measures, 1)
    )  # fmt: skip


def _participation(frame: Frame) -> shape.Participation:
    return shape.Participation(
        target_groups=(f"jongeren {EXAMPLE}", f"nieuwkomers {EXAMPLE}", f"ouderen {EXAMPLE}"),
        moments=(
            shape.ParticipationMoment(
                "o1", f"Wijkraad {EXAMPLE}", dt.date(frame.years[0], 9, 15), "coproductie", ("jongeren", "ouderen")
            ),
        ),
    )
