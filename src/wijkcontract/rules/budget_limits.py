"""Totals of a proposal's budget, and meters that hold them against the limits of the programme (R13, R14).

All tests are exact, on integer cents: with a minimum of 1/5, `own * 5 >= cost`; with a maximum of 1/5,
`infra * 5 <= subsidy`. The site shows the meters while people type.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from wijkcontract.rules.money import LimitKind, format_nl, percent_nl
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_shape import CostLine, Source

OWN_SOURCES = frozenset({Source.OWN_MONEY, Source.OWN_STAFF})


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in cents. `cost` and its breakdowns hold eligible lines; `subsidy` holds all that is asked.

    A line of a category that is not eligible counts neither as cost nor as own contribution, else an
    authority could reach its share with cost that the programme does not know.
    """

    cost: int
    own: int
    subsidy: int
    infrastructure: int
    partners: int
    other: int
    by_year: Mapping[int, int]
    by_category: Mapping[str, int]
    by_source: Mapping[Source, int]


@dataclass(frozen=True, slots=True)
class Meter:
    """One limit held against the budget. `limit` is a share of the base, or None when the base is a ceiling.

    `room_cents` is what is left; below zero it is what is missing or too much.
    """

    code: str
    label: str
    kind: LimitKind
    value_cents: int
    base_cents: int
    limit: Fraction | None
    ok: bool
    room_cents: int
    percent: str
    sentence: str


def totals(lines: Iterable[CostLine], programme: Programme) -> Totals:
    """Add up cost lines; a line without an amount counts as nothing."""
    eligible = {category.code for category in programme.cost_categories if category.eligible}
    works = {category.code for category in programme.cost_categories if category.infrastructure}
    by_year: Counter[int] = Counter()
    by_category: Counter[str] = Counter()
    by_source: Counter[Source] = Counter()
    cost = subsidy = infrastructure = 0
    for line in lines:
        amount = line.amount or 0
        if line.source is Source.SUBSIDY:
            subsidy += amount
            infrastructure += amount if line.category in works else 0
        if line.category is None or line.category not in eligible:
            continue
        cost += amount
        by_category[line.category] += amount
        if line.year is not None:
            by_year[line.year] += amount
        if line.source is not None:
            by_source[line.source] += amount
    return Totals(
        cost=cost,
        own=sum(by_source[source] for source in OWN_SOURCES),
        subsidy=subsidy,
        infrastructure=infrastructure,
        partners=by_source[Source.PARTNER],
        other=by_source[Source.OTHER_SUBSIDY],
        by_year=dict(sorted(by_year.items())),
        by_category=dict(sorted(by_category.items())),
        by_source=dict(sorted(by_source.items())),
    )


def meters(sums: Totals, programme: Programme) -> tuple[Meter, ...]:
    """The meters of a proposal, in the order of the screen: own contribution, infrastructure, ceiling."""
    return own_meter(sums, programme), infrastructure_meter(sums, programme), ceiling_meter(sums, programme)


def own_meter(sums: Totals, programme: Programme) -> Meter:
    """Own contribution against the budgeted cost (R13). Without any cost the minimum is not reached."""
    limit = programme.limits.own_contribution_min
    ok = sums.cost > 0 and sums.own * limit.denominator >= sums.cost * limit.numerator
    room = sums.own - ceil(sums.cost * limit)
    percent = percent_nl(sums.own, sums.cost, limit)
    if sums.cost == 0:
        sentence = "Er zijn nog geen kosten. Vul eerst de begroting in."
    elif ok:
        sentence = f"Voldoet. {_of(sums.own, sums.cost)} kosten. Ruimte: {format_nl(room)} EUR."
    else:
        extra = ceil((sums.cost * limit - sums.own) / (1 - limit))
        sentence = (
            f"Te weinig: {percent} in plaats van minstens {_limit_text(limit)}. Breng {format_nl(-room)} EUR van deze "
            f"kosten over naar uw bestuur, of voeg {format_nl(extra)} EUR eigen inbreng toe."
        )
    return Meter(
        "own_contribution", "Eigen inbreng", LimitKind.MINIMUM, sums.own, sums.cost, limit, ok, room, percent, sentence
    )


def infrastructure_meter(sums: Totals, programme: Programme) -> Meter:
    """Infrastructure paid by the subsidy against the subsidy (R14)."""
    limit = programme.limits.infrastructure_max
    ok = sums.infrastructure * limit.denominator <= sums.subsidy * limit.numerator
    room = floor(sums.subsidy * limit) - sums.infrastructure
    percent = percent_nl(sums.infrastructure, sums.subsidy, limit, LimitKind.MAXIMUM)
    if ok:
        sentence = f"Voldoet. {_of(sums.infrastructure, sums.subsidy)} subsidie. Nog {format_nl(room)} EUR mogelijk."
    else:
        sentence = (
            f"Te veel: {percent} in plaats van hoogstens {_limit_text(limit)}. "
            f"Betaal minstens {format_nl(-room)} EUR infrastructuur met ander geld dan de subsidie."
        )
    return Meter(
        "infrastructure",
        "Infrastructuur",
        LimitKind.MAXIMUM,
        sums.infrastructure,
        sums.subsidy,
        limit,
        ok,
        room,
        percent,
        sentence,
    )


def ceiling_meter(sums: Totals, programme: Programme) -> Meter:
    """The subsidy asked against the ceiling per contract (R14)."""
    return _roof("subsidy_ceiling", "Gevraagde subsidie", sums.subsidy, programme.limits.subsidy_ceiling, "het plafond")


def call_budget_meter(subsidies_cents: Iterable[int], programme: Programme) -> Meter:
    """The subsidies of several proposals together against the budget of the call (R14, R18)."""
    budget = programme.limits.call_budget
    return _roof("call_budget", "Budget van de oproep", sum(subsidies_cents), budget, "het budget van de oproep")


def _roof(code: str, label: str, value: int, roof: int, name: str) -> Meter:
    ok = value <= roof
    percent = percent_nl(value, roof, Fraction(1), LimitKind.MAXIMUM)
    if ok:
        sentence = (
            f"Voldoet. {percent} van {name} van {format_nl(roof)} EUR. Nog {format_nl(roof - value)} EUR mogelijk."
        )
    else:
        sentence = f"{format_nl(value - roof)} EUR te veel: {name} is {format_nl(roof)} EUR."
    return Meter(code, label, LimitKind.MAXIMUM, value, roof, None, ok, roof - value, percent, sentence)


def _of(part: int, whole: int) -> str:
    return f"{format_nl(part)} EUR van {format_nl(whole)} EUR"


def _limit_text(limit: Fraction) -> str:
    return percent_nl(limit.numerator, limit.denominator).replace(",00 %", " %")
