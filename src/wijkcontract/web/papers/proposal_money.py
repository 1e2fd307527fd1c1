"""The budget of a proposal on paper: the shares, the sums per year, kind of cost and source, and every line (R13, R14)."""

from __future__ import annotations

from collections import Counter

from wijkcontract.reporting.papers import Block, Column
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_shape import Proposal, Source
from wijkcontract.web.components.dossier_budget import LATEST
from wijkcontract.web.components.formats import NOTHING, day, euro
from wijkcontract.web.components.proposal_dossier import ProposalDossier
from wijkcontract.web.papers.blocks import lines, table


def budget_blocks(view: ProposalDossier, programme: Programme) -> list[Block]:
    """First what it comes to, then what it is made of."""
    budget = view.budget
    sums = [Column(name, 3, is_number=True) for name in (*budget.sources, "Totaal")]
    years = [(row.year, *(euro(amount) for amount in row.amounts), euro(row.total)) for row in budget.years]
    total = ("Totaal", *(euro(amount) for amount in budget.totals), euro(budget.total))
    return [
        *_limits(view),
        *table("Begroting per jaar en bron, in EUR", [Column("Jaar", 2), *sums], years, total),
        *table("Begroting per jaar, soort kost en bron, in EUR", _kind_columns(sums), _kinds(view, programme)),
        *_lines(view),
        *_other_subsidies(view.document),
        *_registered(view.document),
    ]


def _limits(view: ProposalDossier) -> list[Block]:
    rows = [(one.label, one.percent, one.sentence) for one in view.meters] if view.costs else []
    columns = [Column("Grens", 4), Column("Aandeel", 2, is_number=True), Column("Wat dat betekent", 8)]
    return table("De begroting naast de grenzen van de oproep", columns, rows)


def _kind_columns(sums: list[Column]) -> list[Column]:
    return [Column("Jaar", 2), Column("Soort kost", 4), *sums]


def _kinds(view: ProposalDossier, programme: Programme) -> list[tuple[str, ...]]:
    """A row for each year and kind of cost that occurs, an amount for each source that the first table has."""
    labels = {one.code: one.label for one in programme.cost_categories}
    document = view.document
    sums: Counter[tuple[int | None, str | None, Source | None]] = Counter()
    for line in document.cost_lines:
        sums[line.year, line.category, line.source] += line.amount or 0
    used: list[Source | None] = [source for source in (*Source, None) if any(key[2] is source for key in sums)]
    pairs = sorted({(year, category) for year, category, _ in sums}, key=lambda one: (one[0] or LATEST, one[1] or ""))
    rows = []
    for year, category in pairs:
        amounts = [sums[year, category, source] for source in used]
        kind = labels.get(category or "", "zonder soort")
        rows.append((str(year or "zonder jaar"), kind, *(euro(one) for one in amounts), euro(sum(amounts))))
    return rows


def _lines(view: ProposalDossier) -> list[Block]:
    """Every cost line; the whole cost of an item stands under it when more sources pay it together."""
    rows = [
        (
            lines(row.item, f"volledige kost {euro(source.item_cost)}" if source.item_cost is not None else ""),
            row.measure,
            row.year,
            row.category,
            row.source,
            euro(row.amount),
        )
        for row, source in zip(view.costs, view.document.cost_lines, strict=True)
    ]
    columns = [
        Column("Post", 5), Column("Maatregel", 2), Column("Jaar", 1), Column("Soort kost", 4), Column("Bron", 3),
        Column("Bedrag", 3, is_number=True),
    ]  # fmt: skip
    total = ("Totaal", "", "", "", "", euro(view.budget.total))
    return table("Kostenposten, in EUR", columns, rows, total)


def _other_subsidies(document: Proposal) -> list[Block]:
    covered = {one.id: one.title for one in document.measures}
    rows = [
        (
            one.name,
            one.provider or NOTHING,
            covered.get(one.covers, one.covers) or NOTHING,
            one.status or NOTHING,
            euro(one.amount),
        )
        for one in document.other_subsidies
    ]
    columns = [
        Column("Subsidie", 4), Column("Wie geeft ze", 3), Column("Wat betaalt ze", 4), Column("Stand", 2),
        Column("Bedrag in EUR", 3, is_number=True),
    ]  # fmt: skip
    return table("Andere subsidies", columns, rows)


def _registered(document: Proposal) -> list[Block]:
    """What the register of subsidies holds for the authority during the term."""
    rows = [
        (
            lines(one.name, one.reference),
            one.provider,
            one.covers,
            f"{day(one.start)} tot en met {day(one.end)}",
            euro(one.amount),
        )
        for one in document.registered
    ]
    columns = [
        Column("Subsidie", 4), Column("Wie geeft ze", 3), Column("Wat betaalt ze", 4), Column("Wanneer", 3),
        Column("Bedrag in EUR", 3, is_number=True),
    ]  # fmt: skip
    return table("In het register van subsidies, tijdens de looptijd", columns, rows)
