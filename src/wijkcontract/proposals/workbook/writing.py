"""The workbook to download: typed cells, lists to choose from, the cost lines as they stand, and no formula anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from wijkcontract.proposals.models import CostLine, Proposal
from wijkcontract.proposals.workbook.columns import (
    BUDGET,
    COLUMNS,
    HELP,
    LIST_HEADS,
    LISTS,
    MARK,
    MOST_ROWS,
    Cell,
    Choices,
    cells_of,
    choices_of,
)

OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WRITING: Final = {
    "insert_rows": True, "delete_rows": True, "format_cells": True, "format_columns": True, "format_rows": True,
    "sort": True, "autofilter": True,
}  # fmt: skip
"""What stays possible on a sheet whose titles are protected."""
EXPLANATION: Final = (
    "Begroting van het voorstel",
    "",
    "Vul op het blad Begroting één rij in per kostenpost, jaar en bron. Kies maatregel, jaar, soort kost en bron uit de lijst.",
    "Betalen twee bronnen samen één post? Maak twee rijen met dezelfde naam. Zet in Volledige kost wat de post in totaal kost.",
    "Schrijf bedragen in euro met hoogstens twee cijfers na de komma, zoals 12500,00. Een bedrag is nooit negatief.",
    "Een nieuwe rij heeft geen kenmerk. Kopieert u een rij, maak het kenmerk van de kopie dan leeg.",
    "Verwijdert u een rij, dan verdwijnt die post uit de begroting.",
    f"Wijzig de titels en de kenmerken niet. Er kunnen hoogstens {MOST_ROWS:,} rijen in.".replace(",", "."),
    "Laad het bestand daarna weer in op de pagina van de begroting. U ziet eerst wat er verandert; pas daarna bevestigt u.",
    "Wijzigde een collega intussen dezelfde post, dan zegt de pagina dat. Niets wordt overschreven.",
)


def budget_workbook(proposal: Proposal) -> bytes:
    """The budget of a draft as `begroting.xlsx`, with the version of the proposal that it shows; two queries."""
    choices = choices_of(proposal)
    lines = list(CostLine.objects.filter(proposal=proposal))
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"title": "Begroting"})
    book.formats[0].set_locked(False)  # the cells that nobody wrote: without this a row cannot be deleted
    _Budget(book).fill(lines, choices)
    _help(book)
    _lists(book, proposal, choices)
    book.close()
    return target.getvalue()


class _Budget:
    """The sheet that people fill in."""

    def __init__(self, book: Workbook) -> None:
        self.sheet: Worksheet = book.add_worksheet(BUDGET)
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "locked": True})
        self.text = book.add_format({"locked": False, "text_wrap": True, "valign": "top"})
        self.money = book.add_format({"locked": False, "num_format": "#,##0.00", "valign": "top"})
        self.mark = book.add_format({"locked": False, "font_color": "#595959", "valign": "top"})

    def fill(self, lines: Sequence[CostLine], choices: Choices) -> None:
        """Titles, the cost lines, and the lists to choose from."""
        sheet = self.sheet
        for place, column in enumerate((*COLUMNS, MARK)):
            looks = self.money if column.field.endswith("_cents") else self.mark if column == MARK else self.text
            sheet.set_column(place, place, column.width, looks)
            sheet.write_string(0, place, column.title, self.head)
        for row, line in enumerate(lines, 1):
            for place, value in enumerate(cells_of(line, choices)):
                self._cell(row, place, value)
            sheet.write_string(row, len(COLUMNS), str(line.pk), self.mark)
        self._validate(choices)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.protect("", WRITING)

    def _cell(self, row: int, place: int, value: Cell) -> None:
        """A text stays a text, also when it looks like a formula."""
        if isinstance(value, Decimal):
            self.sheet.write_number(row, place, value, self.money)
        elif isinstance(value, int):
            self.sheet.write_number(row, place, value, self.text)
        elif value:
            self.sheet.write_string(row, place, value, self.text)

    def _validate(self, choices: Choices) -> None:
        offered = (choices.measures, (), choices.years, choices.categories, choices.sources)
        for place, found in ((1, 0), (2, 2), (3, 3), (4, 4)):
            if offered[found]:
                source = f"={LISTS}!${chr(65 + found)}$2:${chr(65 + found)}${len(offered[found]) + 1}"
                self._rule(
                    place,
                    validate="list",
                    source=source,
                    error_title="Kies uit de lijst",
                    error_message="Deze waarde staat niet in de lijst. Kies een waarde uit de lijst.",
                )
        for place in (5, 6):
            self._rule(
                place,
                validate="decimal",
                criteria=">=",
                value=0,
                error_title="Geen bedrag",
                error_message="Schrijf een bedrag vanaf 0, zoals 12500,00.",
            )

    def _rule(self, place: int, **rule: Any) -> None:  # noqa: ANN401 - xlsxwriter's own options
        self.sheet.data_validation(1, place, MOST_ROWS, place, {"ignore_blank": True, **rule})


def _help(book: Workbook) -> None:
    sheet = book.add_worksheet(HELP)
    sheet.set_column(0, 0, 100)
    text, title = (
        book.add_format({"text_wrap": True, "valign": "top"}),
        book.add_format({"bold": True, "font_size": 14}),
    )
    for row, line in enumerate(EXPLANATION):
        sheet.write_string(row, 0, line, text if row else title)
    sheet.protect("")


def _lists(book: Workbook, proposal: Proposal, choices: Choices) -> None:
    """What may be chosen, and which proposal and version the workbook was made from; `reading` needs both."""
    sheet = book.add_worksheet(LISTS)
    head, fixed = book.add_format({"bold": True, "bottom": 1}), book.add_format({"locked": True})
    for place, title in enumerate(LIST_HEADS):
        sheet.write_string(0, place, title, head)
    columns: list[list[Cell]] = [
        list(choices.measures.values()),
        list(choices.measures),
        list(choices.years),
        list(choices.categories.values()),
        list(choices.sources.values()),
        [str(proposal.pk)],
        [proposal.version],
    ]
    for place, column in enumerate(columns):
        for row, value in enumerate(column, 1):
            if isinstance(value, int):
                sheet.write_number(row, place, value, fixed)
            else:
                sheet.write_string(row, place, str(value), fixed)
    sheet.set_column(0, len(LIST_HEADS) - 1, 30)
    sheet.protect("")
