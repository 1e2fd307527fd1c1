"""A proposal as a dossier that people read: the same pages for applicant, juror and agency, from the rules' document.

`build` lays everything out in plain rows and Dutch words, so that the template only has to draw. It reads no
database: give it the frozen document, and it shows what was submitted and nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wijkcontract.places.indicators import label_of
from wijkcontract.proposals.enums import DecisionBody, Direction, Nature, PledgeForm, PledgeStatus
from wijkcontract.rules import budget_limits, coverage
from wijkcontract.rules.budget_limits import Meter, Totals
from wijkcontract.rules.findings.catalogue import Finding, Severity
from wijkcontract.rules.periods import months_between
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_shape import Measure, Pledge, Proposal, Term
from wijkcontract.rules.risks import RiskLevel, risk_level
from wijkcontract.web.components.dossier_budget import BudgetTable, CostRow, budget_table, cost_rows
from wijkcontract.web.components.dossier_codes import measure_codes, objective_codes, problem_codes
from wijkcontract.web.components.dossier_files import FileRow, files_by_section
from wijkcontract.web.components.dossier_rows import (
    ActionRow,
    AnswerText,
    Dated,
    DecisionRow,
    IndicatorRow,
    MeasureRow,
    PledgeRow,
    ProblemView,
    RiskRow,
    SectionView,
    TargetRow,
    anchor_of,
    confirmation_words,
)
from wijkcontract.web.components.flemish_asks import FlemishAsks, flemish_asks
from wijkcontract.web.components.formats import NOTHING, day, euro, euro_unit, number
from wijkcontract.web.components.package_drawings import (
    CoverageMatrix,
    coverage_drawing,
    coverage_matrix,
    logic_drawing,
)
from wijkcontract.web.components.parts import Figure, Todo

RISK_LIGHTS = {RiskLevel.LOW: "ok", RiskLevel.MODERATE: "none", RiskLevel.HIGH: "warn", RiskLevel.VERY_HIGH: "bad"}


@dataclass(frozen=True, slots=True)
class ProposalDossier:
    """Everything that the dossier shows. `document` is there for plain texts that need no layout."""

    document: Proposal
    figures: Sequence[Figure]
    meters: Sequence[Meter]
    sections: Sequence[SectionView]
    blocks: Sequence[Finding]
    flags: Sequence[Finding]
    remarks: Sequence[Todo]
    indicators: Sequence[IndicatorRow]
    problems: Sequence[ProblemView]
    objectives: Sequence[str]
    targets: Sequence[TargetRow]
    measures: Sequence[MeasureRow]
    gaps: Sequence[str]
    coverage: CoverageMatrix
    coverage_drawing: str
    logic_drawing: str
    pledges: Sequence[PledgeRow]
    asks: FlemishAsks
    budget: BudgetTable
    costs: Sequence[CostRow]
    risks: Sequence[RiskRow]
    milestones: Sequence[Dated]
    moments: Sequence[Dated]
    support: Sequence[Dated]
    dissemination: Sequence[Dated]
    decisions: Sequence[DecisionRow]


def build(
    document: Proposal,
    programme: Programme,
    findings: Sequence[Finding] = (),
    *,
    only: Collection[str] | None = None,
    file_urls: Mapping[str, str] | None = None,
) -> ProposalDossier:
    """Lay a proposal out for reading.

    `only` names the sections that the reader may see (all by default): a financial manager sees the budget
    before the jury has given its advice. Figures, meters and findings of other sections are then left out too.
    `file_urls` gives the address of a file by its id in the document.
    """
    sections = _sections(document, programme, findings, only, files_by_section(document, file_urls or {}))
    shown = [finding for finding in findings if only is None or finding.section in only]
    sums = budget_limits.totals(document.cost_lines, programme)
    matrix = coverage_matrix(document, programme)
    return ProposalDossier(
        document=document,
        figures=_figures(document, sums),
        meters=budget_limits.meters(sums, programme),
        sections=sections,
        blocks=[finding for finding in shown if finding.severity is Severity.BLOCK],
        flags=[finding for finding in shown if finding.severity is Severity.FLAG],
        remarks=[Todo(one.message, one.severity.value, f"#{anchor_of(one.section)}") for one in shown],
        indicators=_indicators(document),
        problems=_problems(document),
        objectives=_objectives(document),
        targets=_targets(document),
        measures=_measures(document, programme),
        gaps=coverage.gaps(coverage.coverage(document.measures, programme), programme),
        coverage=matrix,
        coverage_drawing=coverage_drawing(matrix),
        logic_drawing=logic_drawing(document),
        pledges=_pledges(document, programme),
        asks=flemish_asks(document, programme),
        budget=budget_table(document),
        costs=cost_rows(document, programme, measure_codes(document)),
        risks=_risks(document),
        milestones=_milestones(document),
        moments=[
            Dated(one.held_on, one.title, ", ".join(part for part in (one.form, *one.groups) if part))
            for one in document.participation.moments
        ],
        support=[Dated(one.held_on, one.with_whom, one.what) for one in document.support_log],
        dissemination=[Dated(one.planned_on, one.what, one.audience) for one in document.dissemination],
        decisions=_decisions(document, file_urls or {}),
    )


def _sections(
    document: Proposal,
    programme: Programme,
    findings: Sequence[Finding],
    only: Collection[str] | None,
    files: Mapping[str, Sequence[FileRow]],
) -> list[SectionView]:
    return [
        SectionView(
            code=section.code,
            label=section.label,
            answers=[
                AnswerText(question.label, document.answers.get(question.code, ""), question.requirement)
                for question in programme.questions
                if question.section == section.code
            ],
            findings=[finding for finding in findings if finding.section == section.code],
            files=files.get(section.code, ()),
        )
        for section in programme.sections
        if section.enabled and (only is None or section.code in only)
    ]


def _figures(document: Proposal, sums: Totals) -> list[Figure]:
    term = document.term
    return [
        Figure("Gevraagde subsidie", euro(sums.subsidy), "EUR"),
        Figure("Begrote kostprijs", euro(sums.cost), "EUR"),
        Figure("Eigen inbreng", euro(sums.own), "EUR"),
        Figure("Looptijd", _months(term), f"{day(term.start)} tot {day(term.end)}"),
    ]


def _months(term: Term) -> str:
    """How long the term is, in whole months."""
    return f"{months_between(term.start, term.end)} maanden" if term.start and term.end else NOTHING


def _indicators(document: Proposal) -> list[IndicatorRow]:
    return [
        IndicatorRow(
            indicator=label_of(figure.indicator),
            unit=figure.unit,
            value=_value(figure.value),
            compare=_value(figure.compare_value),
            year=str(figure.year or ""),
            source=figure.source,
        )
        for figure in document.figures
    ]


def _problems(document: Proposal) -> list[ProblemView]:
    codes, measures = problem_codes(document), measure_codes(document)
    return [
        ProblemView(
            codes[problem.id],
            problem,
            ", ".join(measures[measure.id] for measure in document.measures if problem.id in measure.problems),
        )
        for problem in document.problems
    ]


def _objectives(document: Proposal) -> list[str]:
    return [f"D{index}. {objective.title}" for index, objective in enumerate(document.objectives, 1)]


def _targets(document: Proposal) -> list[TargetRow]:
    codes = objective_codes(document)
    return [
        TargetRow(
            objective=codes[objective.id],
            indicator=target.indicator,
            direction=str(Direction(target.direction).label) if target.direction else NOTHING,
            baseline=_value(target.baseline, target.unit),
            baseline_note=", ".join(
                part for part in (day(target.baseline_on) if target.baseline_on else "", target.baseline_source) if part
            ),
            target=_value(target.target, target.unit),
            target_on=day(target.target_on),
        )
        for objective in document.objectives
        for target in objective.targets
    ]


def _measures(document: Proposal, programme: Programme) -> list[MeasureRow]:
    domains = {domain.code: domain.label for domain in programme.policy_domains}
    levels = {level.code: level.label for level in programme.levels}
    kinds = {kind.code: kind.label for kind in programme.instruments}
    problems, objectives, codes = problem_codes(document), objective_codes(document), measure_codes(document)
    cost: dict[str | None, int] = {}
    for line in document.cost_lines:
        cost[line.measure] = cost.get(line.measure, 0) + (line.amount or 0)
    return [
        MeasureRow(
            code=codes[measure.id],
            title=measure.title,
            description=measure.description,
            nature=str(Nature(measure.nature).label) if measure.nature else NOTHING,
            instrument=kinds.get(measure.instrument or "", NOTHING),
            is_new=measure.new,
            domains=", ".join(domains.get(code, code) for code in measure.policy_domains) or NOTHING,
            levels=", ".join(levels.get(code, code) for code in measure.levels) or NOTHING,
            problems=", ".join(problems[one] for one in measure.problems if one in problems) or NOTHING,
            objectives=", ".join(objectives[one] for one in measure.objectives if one in objectives) or NOTHING,
            lead=measure.lead,
            cost=cost.get(measure.id, 0),
            actions=_actions(document, measure, codes[measure.id]),
        )
        for measure in document.measures
    ]


def _actions(document: Proposal, measure: Measure, code: str) -> list[ActionRow]:
    """The actions of a measure, each with its lead, its days and its cost."""
    rows = []
    for place, action in enumerate(measure.actions, 1):
        cost = sum(line.amount or 0 for line in document.cost_lines if line.action == action.id)
        days = " tot ".join(day(on) for on in (action.start, action.end) if on)
        note = ", ".join(part for part in (action.lead, days, euro_unit(cost) if cost else "") if part)
        rows.append(ActionRow(f"{code}.{place}", action.title, action.description, note))
    return rows


def _pledges(document: Proposal, programme: Programme) -> list[PledgeRow]:
    """A row per pledge; a partner that pledges nothing keeps one row, so that it is seen."""
    rows = []
    for partner in document.partners:
        kind = programme.partner_label(partner.kind) or NOTHING
        for pledge in partner.pledges or (Pledge(id=partner.id, what="Nog geen engagement"),):
            rows.append(
                PledgeRow(
                    partner=partner.name,
                    kind=kind,
                    what=pledge.what,
                    form=str(PledgeForm(pledge.form).label) if pledge.form else NOTHING,
                    amount=pledge.amount,
                    due_on=pledge.due_on,
                    status=str(PledgeStatus(pledge.status).label) if pledge.status else NOTHING,
                    proof=pledge.proof,
                    confirmation=confirmation_words(pledge),
                )
            )
    return rows


def _risks(document: Proposal) -> list[RiskRow]:
    measures, objectives = measure_codes(document), objective_codes(document)
    rows = []
    for risk in document.risks:
        level = risk_level(risk.likelihood, risk.impact) if risk.likelihood and risk.impact else None
        places = [
            codes[one]
            for codes, ids in ((measures, risk.measures), (objectives, risk.objectives))
            for one in ids
            if one in codes
        ]
        rows.append(
            RiskRow(
                title=risk.title,
                likelihood=str(risk.likelihood or NOTHING),
                impact=str(risk.impact or NOTHING),
                level=level.label if level else "niet ingeschat",
                light=RISK_LIGHTS[level] if level else "none",
                mitigation=risk.mitigation,
                owner=risk.owner,
                where=", ".join(places) or NOTHING,
            )
        )
    return rows


def _milestones(document: Proposal) -> list[Dated]:
    codes = measure_codes(document)
    dated = [Dated(one.due_on, one.title, codes.get(one.measure or "", "")) for one in document.milestones]
    return sorted(dated, key=lambda one: (one.on is None, one.on or dt.date.min))


def _decisions(document: Proposal, file_urls: Mapping[str, str]) -> list[DecisionRow]:
    names = {file.id: file.name for file in document.files}
    return [
        DecisionRow(
            body=str(DecisionBody(one.body).label) if one.body else NOTHING,
            on=one.decided_on,
            number=one.number,
            link=one.link,
            file_name=names.get(one.file or "", ""),
            file_url=file_urls.get(one.file or "", ""),
        )
        for one in document.local_decisions
    ]


def _value(value: Decimal | None, unit: str = "") -> str:
    """A measured value with as many decimals as it has, at most two."""
    if value is None:
        return NOTHING
    decimals = len(f"{value:.2f}".rstrip("0").partition(".")[2])
    return f"{number(value, decimals)} {unit}".strip()
