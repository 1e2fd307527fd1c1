"""The records of a section as folds: what people read before they open one. Made from the document, without a query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from wijkcontract.places import indicators
from wijkcontract.proposals import enums
from wijkcontract.proposals.models import Attachment
from wijkcontract.proposals.records import KINDS, Kind
from wijkcontract.rules import proposal_shape as shape
from wijkcontract.rules.completeness import Finding
from wijkcontract.rules.other_money import Continuation, OtherSubsidy
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.risks import risk_level
from wijkcontract.web.components.dossier_rows import change_words, confirmation_words
from wijkcontract.web.components.formats import day, euro_unit, figure, number


@dataclass(frozen=True)
class Row:
    """One record, folded: its code (M4, M4.1 under it), title, amount or value at the right, and short facts under it.

    `is_open`: what is asked next stands inside the fold.
    """

    kind: Kind
    id: str
    code: str
    title: str
    sum: str = ""
    badge: tuple[str, str] | None = None
    meta: Sequence[str] = ()
    text: str = ""
    children: Sequence[Row] = ()
    faults: Sequence[str] = ()
    files: Sequence[Attachment] = ()
    is_open: bool = False


@dataclass
class Overview:
    """The rows of every kind of one proposal, with the findings that are about one record."""

    document: shape.Proposal
    programme: Programme
    found: Sequence[Finding]
    files: Mapping[str, Sequence[Attachment]] = field(default_factory=dict)
    faults: Mapping[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.faults = self._faults()
        self.problems = _codes("P", self.document.problems)
        self.objectives = _codes("D", self.document.objectives)
        self.measures = _codes("M", self.document.measures)
        self.actions = {
            action.id: f"{self.measures[measure.id]}.{place}"
            for measure in self.document.measures
            for place, action in enumerate(measure.actions, 1)
        }
        self.categories = {one.code: one.label for one in self.programme.cost_categories}
        self.instruments = {one.code: one.label for one in self.programme.instruments}
        self.costs: dict[str, int] = defaultdict(int)
        for line in self.document.cost_lines:
            self.costs[line.measure or ""] += line.amount or 0
            if line.action:
                self.costs[line.action] += line.amount or 0

    def _faults(self) -> dict[str, list[str]]:
        """The sentences of findings by the record that their path points to."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.found:
            record: Any = None
            at: Any = self.document
            for part in one.path.strip("/").split("/"):
                at = at[int(part)] if part.isdigit() and isinstance(at, tuple) else getattr(at, part, None)
                if at is None:
                    break
                record = at if hasattr(at, "id") else record
            if record is not None:
                found[record.id].append(one.message)
        return found

    def rows(self, kind: Kind) -> list[Row]:
        """The rows of one kind, in order; records inside another (targets, pledges) hang under theirs."""
        make: Callable[[Any], dict[str, Any]] = getattr(self, f"_{kind.code}")
        return [self._row(kind, place, one, make(one)) for place, one in enumerate(self.records(kind), 1)]

    def records(self, kind: Kind) -> Sequence[Any]:
        """The records of one kind in the document, in order."""
        if kind.code == "participation_moment":
            return self.document.participation.moments
        found: Sequence[Any] = getattr(self.document, kind.collection, ())
        return found

    def _row(self, kind: Kind, place: int, one: Any, facts: dict[str, Any]) -> Row:  # noqa: ANN401 - any record of the document
        files = self.files.get(one.id, ())
        if files:
            facts["meta"] = [*facts.get("meta", ()), _count(len(files), "bestand", "bestanden")]
        faults = self.faults.get(one.id, ())
        code = f"{kind.letter}{place}"
        inside = (replace(child, code=f"{code}.{at}") for at, child in enumerate(facts.pop("children", ()), 1))
        return Row(kind=kind, id=one.id, code=code, children=tuple(inside), faults=faults, files=files, **facts)

    def _figure(self, one: shape.Figure) -> dict[str, Any]:
        return {
            "title": indicators.label_of(one.indicator),
            "sum": f"{figure(one.value)} {one.unit}".strip(),
            "meta": _facts(
                f"gemeente {figure(one.compare_value)} {one.unit}".strip() if one.compare_value is not None else "",
                str(one.year or ""),
                one.source,
            ),
        }

    def _problem(self, one: shape.Problem) -> dict[str, Any]:
        return {
            "title": one.title,
            "sum": f"{number(one.residents)} bewoners" if one.residents else "",
            "meta": [*one.groups, *(["vraagt een experiment"] if one.experiment else [])],
            "text": one.description,
        }

    def _objective(self, one: shape.Objective) -> dict[str, Any]:
        kind = KINDS["target"]
        children = [self._row(kind, place, target, self._target(target)) for place, target in enumerate(one.targets, 1)]
        return {
            "title": one.title,
            "meta": _facts(_count(len(children), "streefwaarde", "streefwaarden")),
            "children": children,
        }

    def _target(self, one: shape.Target) -> dict[str, Any]:
        return {
            "title": one.indicator,
            "sum": f"{figure(one.baseline)} → {figure(one.target)} {one.unit}".strip(),
            "meta": _facts(
                f"nulmeting {day(one.baseline_on)}" if one.baseline_on else "",
                f"te bereiken op {day(one.target_on)}" if one.target_on else "",
                one.baseline_source,
            ),
        }

    def _measure(self, one: shape.Measure) -> dict[str, Any]:
        kind = KINDS["action"]
        links = [*(self.problems[link] for link in one.problems), *(self.objectives[link] for link in one.objectives)]
        children = [self._row(kind, place, action, self._action(action)) for place, action in enumerate(one.actions, 1)]
        return {
            "title": one.title,
            "sum": euro_unit(self.costs[one.id]) if self.costs[one.id] else "",
            "badge": (one.nature.value, enums.Nature(one.nature).label.lower()) if one.nature else None,
            "meta": _facts(self.instruments.get(one.instrument or "", ""), "nieuw" if one.new else "", *links),
            "text": one.description,
            "children": children,
        }

    def _action(self, one: shape.Action) -> dict[str, Any]:
        days = " tot ".join(day(on) for on in (one.start, one.end) if on)
        return {
            "title": one.title,
            "sum": euro_unit(self.costs[one.id]) if self.costs[one.id] else "",
            "meta": _facts(one.lead, days),
            "text": one.description,
        }

    def _partner(self, one: shape.Partner) -> dict[str, Any]:
        kind = KINDS["pledge"]
        children = [self._row(kind, place, pledge, self._pledge(pledge)) for place, pledge in enumerate(one.pledges, 1)]
        return {
            "title": one.name,
            "meta": _facts(
                self.programme.partner_label(one.kind),
                one.body if one.body != one.name else "",
                _count(len(children), "engagement", "engagementen"),
            ),
            "children": children,
        }

    def _pledge(self, one: shape.Pledge) -> dict[str, Any]:
        return {
            "title": one.what,
            "sum": euro_unit(one.amount) if one.amount is not None else "",
            "badge": ("warn", change_words(one.change_asked)) if one.change_asked else None,
            "meta": _facts(
                str(enums.PledgeForm(one.form).label) if one.form else "",
                str(enums.PledgeStatus(one.status).label).lower() if one.status else "",
                f"tegen {day(one.due_on)}" if one.due_on else "",
                one.proof,
                "" if one.change_asked else confirmation_words(one),
                *(self.measures[link] for link in one.measures),
            ),
        }

    def _additional_support(self, one: shape.AdditionalSupport) -> dict[str, Any]:
        return {
            "title": one.what,
            "sum": euro_unit(one.amount) if one.amount is not None else "",
            "meta": _facts(one.minister, one.budget_article, one.procedure),
        }

    def _cost_line(self, one: shape.CostLine) -> dict[str, Any]:
        return {
            "title": one.item,
            "sum": euro_unit(one.amount),
            "meta": _facts(
                self.actions.get(one.action or "") or self.measures.get(one.measure or "", "zonder maatregel"),
                str(one.year or ""),
                self.categories.get(one.category or "", ""),
                str(enums.FundingSource(one.source).label) if one.source else "",
            ),
        }

    def _other_subsidy(self, one: OtherSubsidy) -> dict[str, Any]:
        return {
            "title": one.name,
            "sum": euro_unit(one.amount) if one.amount is not None else "",
            "meta": _facts(
                one.provider,
                one.status,
                f"betaalt: {one.covers}" if one.covers else "",
                "in het register" if one.registered else "",
            ),
        }

    def _risk(self, one: shape.Risk) -> dict[str, Any]:
        level = risk_level(one.likelihood, one.impact) if one.likelihood and one.impact else None
        links = [
            *(self.measures[link] for link in one.measures),
            *(self.actions[link] for link in one.actions),
            *(self.objectives[link] for link in one.objectives),
        ]
        return {
            "title": one.title,
            "sum": level.label if level else "niet ingeschat",
            "meta": _facts(one.owner, *links),
            "text": one.mitigation,
        }

    def _participation_moment(self, one: shape.ParticipationMoment) -> dict[str, Any]:
        return {
            "title": one.title,
            "sum": day(one.held_on) if one.held_on else "",
            "meta": _facts(one.form, *one.groups),
        }

    def _milestone(self, one: shape.Milestone) -> dict[str, Any]:
        return {
            "title": one.title,
            "sum": day(one.due_on) if one.due_on else "geen datum",
            "meta": _facts(self.actions.get(one.action or "") or self.measures.get(one.measure or "", "")),
        }

    def _continuation(self, one: Continuation) -> dict[str, Any]:
        return {
            "title": one.what,
            "sum": f"{euro_unit(one.amount)} per jaar" if one.amount is not None else "",
            "meta": _facts(
                self.measures.get(one.measure or "", ""),
                one.carried_by,
                f"betaalt: {one.paid_by}" if one.paid_by else "",
                f"vanaf {day(one.starts_on)}" if one.starts_on else "",
                "zeker" if one.certain else "nog niet zeker",
            ),
        }

    def _dissemination(self, one: shape.DisseminationMoment) -> dict[str, Any]:
        return {"title": one.what, "sum": day(one.planned_on) if one.planned_on else "", "meta": _facts(one.audience)}

    def _support_log(self, one: shape.SupportLogEntry) -> dict[str, Any]:
        return {"title": one.with_whom, "sum": day(one.held_on) if one.held_on else "", "text": one.what}

    def _local_decision(self, one: shape.LocalDecision) -> dict[str, Any]:
        body = str(enums.DecisionBody(one.body).label) if one.body else "Besluit"
        return {
            "title": body,
            "sum": day(one.decided_on) if one.decided_on else "geen datum",
            "meta": _facts(one.number, one.link, "" if one.file else "nog geen document"),
            "is_open": one.file is None,
        }


def _codes(letter: str, records: Sequence[Any]) -> dict[str, str]:
    return {one.id: f"{letter}{place}" for place, one in enumerate(records, 1)}


def _facts(*facts: str) -> list[str]:
    return [fact for fact in facts if fact]


def _count(number_: int, one: str, more: str) -> str:
    return f"nog geen {one}" if not number_ else f"1 {one}" if number_ == 1 else f"{number_} {more}"
