"""The budget of a proposal as tables: per year and source, and per cost line (R13, R14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wijkcontract.proposals.enums import FundingSource
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_shape import Proposal, Source
from wijkcontract.web.components.formats import NOTHING

LATEST = 10_000
"""Where a line without a year stands: last."""


@dataclass(frozen=True, slots=True)
class YearRow:
    """One budget year: an amount per source that occurs, and the sum, in cents."""

    year: str
    amounts: Sequence[int]
    total: int


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """Years down, sources across; only sources that pay something."""

    sources: Sequence[str]
    years: Sequence[YearRow]
    totals: Sequence[int]
    total: int


@dataclass(frozen=True, slots=True)
class CostRow:
    """One cost line."""

    item: str
    measure: str
    year: str
    category: str
    source: str
    amount: int | None


def budget_table(document: Proposal) -> BudgetTable:
    """Every cost line added up per year and source, also of categories that are not eligible: it is what was asked."""
    lines = document.cost_lines
    used: list[Source | None] = [source for source in (*Source, None) if any(line.source is source for line in lines)]
    years = sorted({line.year for line in lines}, key=lambda year: year or LATEST)
    sums: Counter[tuple[int | None, Source | None]] = Counter()
    for line in lines:
        sums[line.year, line.source] += line.amount or 0
    rows = []
    for year in years:
        amounts = [sums[year, source] for source in used]
        rows.append(YearRow(str(year) if year else "zonder jaar", amounts, sum(amounts)))
    totals = [sum(row.amounts[index] for row in rows) for index in range(len(used))]
    names = [str(FundingSource(source).label) if source else "Zonder bron" for source in used]
    return BudgetTable(names, rows, totals, sum(totals))


def cost_rows(document: Proposal, programme: Programme, codes: Mapping[str, str]) -> list[CostRow]:
    """The cost lines in Dutch; `codes` names the measures."""
    categories = {category.code: category.label for category in programme.cost_categories}
    return [
        CostRow(
            item=line.item,
            measure=codes.get(line.measure or "", NOTHING),
            year=str(line.year or NOTHING),
            category=categories.get(line.category or "", NOTHING),
            source=str(FundingSource(line.source).label) if line.source else NOTHING,
            amount=line.amount,
        )
        for line in document.cost_lines
    ]
