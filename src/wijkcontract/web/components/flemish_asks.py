"""What a proposal asks of Flanders, in two lists: pledges of Flemish bodies (R12) and support of other ministers (R19).

Made from the document alone, so that the authority, the agency and the jury read the same lists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wijkcontract.proposals.enums import PledgeForm, PledgeStatus
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_shape import AdditionalSupport, Measure, Partner, Pledge, Problem, Proposal
from wijkcontract.web.components.dossier_codes import measure_codes, problem_codes
from wijkcontract.web.components.dossier_rows import confirmation_words
from wijkcontract.web.components.formats import NOTHING

Address = Callable[[str, str, str], str]
"""The address of a field: the kind of record, its id, the name of the field."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a line lacks, and where it is filled in; without an address for who only reads."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A pledge that is asked of a Flemish body, with what it serves (R3, R5, R12)."""

    id: str
    body: str
    what: str
    form: str
    amount: int | None
    due_on: dt.date | None
    status: str
    confirmation: str
    serves: Sequence[str]
    rules: Sequence[str]
    missing: Sequence[Missing]


@dataclass(frozen=True, slots=True)
class SupportRow:
    """Support asked of another minister, within the own credits of that minister (R19)."""

    id: str
    minister: str
    what: str
    amount: int | None
    article: str
    procedure: str
    pledge: str
    missing: Sequence[Missing]


@dataclass(frozen=True, slots=True)
class FlemishAsks:
    """Both lists with their totals in cents; None when no line names an amount."""

    bodies: Sequence[BodyRow]
    supports: Sequence[SupportRow]

    @property
    def bodies_cents(self) -> int | None:
        return _total([row.amount for row in self.bodies])

    @property
    def supports_cents(self) -> int | None:
        return _total([row.amount for row in self.supports])

    @property
    def is_empty(self) -> bool:
        return not self.bodies and not self.supports


def flemish_asks(document: Proposal, programme: Programme, address: Address | None = None) -> FlemishAsks:
    """Lay both lists out. `address` makes what is missing a link to its field."""
    find = address or (lambda kind, record_id, field: "")
    return FlemishAsks(
        bodies=[
            _body(document, partner, pledge, find)
            for partner in document.partners
            if programme.is_flemish_body(partner.kind)
            for pledge in partner.pledges
        ],
        supports=[_support(document, one, find) for one in document.additional_support],
    )


def _total(amounts: Sequence[int | None]) -> int | None:
    known = [one for one in amounts if one is not None]
    return sum(known) if known else None


def _body(document: Proposal, partner: Partner, pledge: Pledge, address: Address) -> BodyRow:
    measures = [one for one in document.measures if one.id in pledge.measures]
    problems = _problems(document, partner, measures)
    names, codes = measure_codes(document), problem_codes(document)
    lacks = (
        ("de instantie", not partner.body.strip(), "partner", partner.id, "body"),
        ("de datum", pledge.due_on is None, "pledge", pledge.id, "due_on"),
        ("de maatregel waarvoor", not pledge.measures, "pledge", pledge.id, "measures"),
    )
    return BodyRow(
        id=pledge.id,
        body=partner.body or partner.name or NOTHING,
        what=pledge.what,
        form=str(PledgeForm(pledge.form).label) if pledge.form else NOTHING,
        amount=pledge.amount,
        due_on=pledge.due_on,
        status=str(PledgeStatus(pledge.status).label) if pledge.status else NOTHING,
        confirmation=confirmation_words(pledge),
        serves=[
            *(f"{names[one.id]} {one.title}" for one in measures),
            *(f"{codes[one.id]} {one.title}" for one in problems),
        ],
        rules=[rule for one in problems for rule in _rules(one)],
        missing=[Missing(label, address(kind, of, field)) for label, is_empty, kind, of, field in lacks if is_empty],
    )


def _problems(document: Proposal, partner: Partner, measures: Sequence[Measure]) -> list[Problem]:
    """The problems that the measures of a pledge answer, and those whose rule is of this very body."""
    answered = {one for measure in measures for one in measure.problems}
    names = {name.strip().casefold() for name in (partner.body, partner.name) if name.strip()}
    return [one for one in document.problems if one.id in answered or names & _bodies(one)]


def _bodies(problem: Problem) -> set[str]:
    asked = problem.experiment.body if problem.experiment else ""
    return {name.strip().casefold() for name in (problem.blocking_body, asked) if name.strip()}


def _rules(problem: Problem) -> list[str]:
    """The rules that stand in the way of a problem, each once."""
    asked = problem.experiment.rule if problem.experiment else ""
    return list(dict.fromkeys(rule.strip() for rule in (problem.blocking_rule, asked) if rule.strip()))


def _support(document: Proposal, one: AdditionalSupport, address: Address) -> SupportRow:
    pledges = {pledge.id: pledge.what for partner in document.partners for pledge in partner.pledges}
    lacks = (
        ("de bevoegde minister", not one.minister.strip(), "minister"),
        ("het begrotingsartikel", not one.budget_article.strip(), "budget_article"),
        ("de procedure", not one.procedure.strip(), "procedure"),
        ("het engagement", one.pledge is None, "pledge"),
    )
    return SupportRow(
        id=one.id,
        minister=one.minister or NOTHING,
        what=one.what,
        amount=one.amount,
        article=one.budget_article or NOTHING,
        procedure=one.procedure or NOTHING,
        pledge=pledges.get(one.pledge or "", NOTHING),
        missing=[
            Missing(label, address("additional_support", one.id, field)) for label, is_empty, field in lacks if is_empty
        ],
    )
