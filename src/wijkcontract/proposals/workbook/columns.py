"""What the workbook of a budget looks like: its sheets, its columns, and what may be chosen in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from wijkcontract.proposals.enums import FundingSource
from wijkcontract.proposals.models import CostLine, Measure, Proposal
from wijkcontract.rules.verdicts import Fault

BUDGET: Final = "Begroting"
HELP: Final = "Uitleg"
LISTS: Final = "Lijsten"
MOST_ROWS: Final = 2_000
"""Cost lines in one workbook; far above the largest budget that anyone reads."""
MOST_BYTES: Final = 2 * 1024 * 1024
MOST_UNPACKED: Final = 20 * 1024 * 1024

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the budget: the field of a cost line, its title, and how wide it is in characters."""

    field: str
    title: str
    width: int
    letter: str


COLUMNS: Final[Sequence[Column]] = (
    Column("item", "Kostenpost", 40, "A"),
    Column("measure", "Maatregel", 36, "B"),
    Column("year", "Jaar", 8, "C"),
    Column("category", "Soort kost", 34, "D"),
    Column("source", "Wie betaalt", 26, "E"),
    Column("amount_cents", "Bedrag", 15, "F"),
    Column("item_cost_cents", "Volledige kost", 15, "G"),
)
MARK: Final = Column("id", "Kenmerk", 38, "H")
"""By this the row is found again; empty in a row that somebody adds."""
LIST_HEADS: Final = (
    "Maatregel", "Kenmerk van de maatregel", "Jaar", "Soort kost", "Wie betaalt", "Kenmerk van het voorstel", "Versie",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One row of a workbook: its number, the id of its cost line, and the comparable values of `parts.stored_values`."""

    row: int
    id: str
    is_new: bool
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen, from the draft's measures and the programme of its call: labels by id or code, and years."""

    measures: Mapping[str, str]
    categories: Mapping[str, str]
    sources: Mapping[str, str]
    years: Sequence[int]


def choices_of(proposal: Proposal) -> Choices:
    """The choices of a draft; one query."""
    measures = Measure.objects.filter(proposal=proposal)
    return Choices(
        measures={str(one.pk): f"M{number} {one.title}".strip() for number, one in enumerate(measures, 1)},
        categories={one.code: one.label for one in proposal.call.programme.cost_categories},
        sources={code: str(label) for code, label in FundingSource.choices},
        years=list(proposal.years_of_cost),
    )


def cells_of(line: CostLine, choices: Choices) -> list[Cell]:
    """The cells of a stored cost line, in the order of the columns; a code without a label shows itself."""
    return [
        line.item,
        choices.measures.get(str(line.measure_id), "") if line.measure_id else "",
        line.year,
        choices.categories.get(line.category, line.category),
        choices.sources.get(line.source, line.source),
        euros(line.amount_cents),
        euros(line.item_cost_cents),
    ]


def euros(cents: int | None) -> Decimal | None:
    """Cents as the amount that a cell holds."""
    return None if cents is None else Decimal(cents).scaleb(-2)


def at(row: int, column: Column, message: str) -> Fault:
    """A fault that names its cell: "Rij 7, kolom F (Bedrag): ..."."""
    return Fault("", f"Rij {row}, kolom {column.letter} ({column.title}): {message}")


def same_words(text: str) -> str:
    """A text as it is compared: without capitals and double spaces."""
    return " ".join(text.casefold().split())
