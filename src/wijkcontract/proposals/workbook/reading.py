"""A filled-in workbook back to cost lines: every fault at once, each with its row, its column and how to repair it.

Nothing is computed here: of a formula only the value counts that the spreadsheet program stored with it.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from openpyxl import load_workbook

from wijkcontract.files import guard
from wijkcontract.proposals.models import CostLine, Proposal
from wijkcontract.proposals.parts import encoded, stored_values
from wijkcontract.proposals.records import KINDS
from wijkcontract.proposals.workbook.columns import (
    BUDGET,
    COLUMNS,
    LIST_HEADS,
    LISTS,
    MARK,
    MOST_BYTES,
    MOST_ROWS,
    MOST_UNPACKED,
    BudgetLine,
    Cell,
    Choices,
    at,
    cells_of,
    choices_of,
    same_words,
)
from wijkcontract.rules.money import AmountError, parse_amount_nl
from wijkcontract.rules.verdicts import Fault, Invalid

KIND: Final = KINDS["cost_line"]
FIELDS: Final = tuple(column.field for column in COLUMNS)
LONGEST_ITEM: Final = 200
LARGEST: Final = Decimal(10) ** 13
"""Amounts below this keep their cents in a cell: fifteen digits in all, as a spreadsheet counts."""
ANEW: Final = "Download de begroting opnieuw en vul dat bestand in."


@dataclass(frozen=True, slots=True)
class Filled:
    """A workbook that could be read: the version of the proposal that it was made from, and its rows."""

    version: int
    lines: Sequence[BudgetLine]


class _Wrong(Exception):
    """A cell that cannot be read; the message says what to do."""


def read_budget(proposal: Proposal, name: str, content: bytes) -> Filled:
    """Read an uploaded workbook of a draft; two queries. Raises Invalid with every fault; nothing of the file is kept."""
    _guard(name, content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheets = [_rows(book[title]) if title in book.sheetnames else None for title in (BUDGET, LISTS)]
        finally:
            book.close()
    except Exception as error:  # openpyxl raises whatever its parts raise on a file that is not what it says
        raise Invalid.because(f"{name} kan niet gelezen worden. Bewaar het opnieuw als xlsx.", "file") from error
    budget, lists = sheets
    if not budget or not lists or list(map(_words, lists[0][: len(LIST_HEADS)])) != list(LIST_HEADS):
        raise Invalid.because(f"{name} is niet het sjabloon van deze begroting. {ANEW}", "file")
    version = _version(proposal, name, lists)
    return Filled(version, _Reader(proposal, lists).lines(budget))


def _guard(name: str, content: bytes) -> None:
    """A harmless xlsx of a size that a budget can have (threats.md row 10)."""
    guard.check(name, content, MOST_BYTES, only="xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise Invalid.because(f"{name} is te groot voor een begroting. {ANEW}", "file")


def _rows(sheet: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - a sheet that is read row by row
    """The cells of a sheet as far as they count, one row more than there may be."""
    width = len(COLUMNS) + 1
    found = [tuple(row) for row in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=width, values_only=True)]
    while found and all(cell is None for cell in found[-1]):
        found.pop()
    return [row + (None,) * (width - len(row)) for row in found]


def _version(proposal: Proposal, name: str, lists: Sequence[tuple[Any, ...]]) -> int:
    place = LIST_HEADS.index("Versie")
    facts = lists[1] if len(lists) > 1 else (None,) * (place + 1)
    if _words(facts[place - 1]) != str(proposal.pk):
        raise Invalid.because(f"{name} hoort bij een ander voorstel. {ANEW}", "file")
    version = facts[place]
    if not isinstance(version, int) or isinstance(version, bool) or not 0 <= version <= proposal.version:
        raise Invalid.because(f"In {name} is de versie van het voorstel gewijzigd. {ANEW}", "file")
    return version


class _Reader:
    """Reads the rows of one workbook against what the draft holds and offers."""

    def __init__(self, proposal: Proposal, lists: Sequence[tuple[Any, ...]]) -> None:
        self.choices: Choices = choices_of(proposal)
        self.stored = {str(one.pk): one for one in CostLine.objects.filter(proposal=proposal)}
        self.measures = {same_words(_words(row[0])): _words(row[1]) for row in lists[1:] if row[0] and row[1]}
        self.categories = {same_words(label): code for code, label in self.choices.categories.items()}
        self.sources = {same_words(label): code for code, label in self.choices.sources.items()}
        self.faults: list[Fault] = []
        self.read: Mapping[str, Callable[[Cell], object]] = {
            "item": self._item,
            "measure": self._measure,
            "year": self._year,
            "category": lambda cell: _chosen(cell, self.categories, "soort kost"),
            "source": lambda cell: _chosen(cell, self.sources, "bron"),
            "amount_cents": lambda cell: _cents(cell, required=True),
            "item_cost_cents": lambda cell: _cents(cell, required=False),
        }

    def lines(self, rows: Sequence[tuple[Any, ...]]) -> list[BudgetLine]:
        """The rows as cost lines. Raises Invalid with the faults of all of them."""
        for column, cell in zip((*COLUMNS, MARK), rows[0], strict=False):
            if same_words(_words(cell)) != same_words(column.title):
                self.faults.append(at(1, column, f"hier hoort de titel '{column.title}'. Zet hem terug. {ANEW}"))
        if len(rows) > MOST_ROWS + 1:
            message = f"Er staan meer dan {MOST_ROWS} rijen in het bestand. Voeg kleine posten samen."
            self.faults.append(Fault("", message))
        if self.faults:
            raise Invalid(self.faults)
        found: list[BudgetLine] = []
        seen: dict[str, int] = {}
        for number, row in enumerate(rows[1:], 2):
            if any(_words(cell) for cell in row):
                found += self._line(number, row, seen)
        if self.faults:
            raise Invalid(self.faults)
        return self._matched(found)

    def _line(self, number: int, row: tuple[Any, ...], seen: dict[str, int]) -> list[BudgetLine]:
        """One row; nothing when it has a fault."""
        cells, mark = row[: len(COLUMNS)], _words(row[len(COLUMNS)])
        before = len(self.faults)
        if not any(_words(cell) for cell in cells):
            self.faults.append(
                at(number, MARK, "de rij is leeg op het kenmerk na. Verwijder de hele rij, of vul ze in.")
            )
            return []
        if mark and (wrong := self._mark_fault(mark, seen)):
            self.faults.append(at(number, MARK, wrong))
        seen.setdefault(mark, number)
        values = self._values(number, cells, self.stored.get(mark))
        if len(self.faults) > before:
            return []
        return [BudgetLine(number, mark or str(uuid.uuid4()), not mark, values)]

    def _mark_fault(self, mark: str, seen: Mapping[str, int]) -> str:
        if mark in seen:
            return f"dit kenmerk staat ook in rij {seen[mark]}. Maak de cel leeg: dan wordt het een nieuwe post."
        try:
            uuid.UUID(mark)
        except ValueError:
            return f"'{mark[:40]}' is geen kenmerk. Zet het oude terug, of maak de cel leeg voor een nieuwe post."
        return ""

    def _values(self, number: int, cells: Sequence[Cell], stored: CostLine | None) -> dict[str, Any]:
        """The typed values of a row; a cell that still says what was in the draft is as good as it was there."""
        known = stored_values(KIND, stored, FIELDS) if stored else {}
        written = cells_of(stored, self.choices) if stored else [None] * len(COLUMNS)
        values: dict[str, Any] = {}
        for column, cell, old in zip(COLUMNS, cells, written, strict=True):
            if stored and _same(cell, old):
                values[column.field] = known[column.field]
                continue
            try:
                values[column.field] = encoded(self.read[column.field](cell))
            except _Wrong as wrong:
                self.faults.append(at(number, column, str(wrong)))
        return values

    def _item(self, cell: Cell) -> str:
        text = _words(cell)
        if not text:
            raise _Wrong("deze cel is leeg. Geef de kostenpost een naam.")
        if len(text) > LONGEST_ITEM:
            raise _Wrong(f"deze naam is {len(text)} tekens lang. Hoogstens {LONGEST_ITEM} tekens kan.")
        return text

    def _measure(self, cell: Cell) -> str:
        """The id of a measure, by the label that the workbook itself gave it; its title may have changed since."""
        text = _words(cell)
        if not text:
            return ""
        found = self.measures.get(same_words(text), "")
        if found not in self.choices.measures:
            raise _Wrong(
                f"'{text[:60]}' staat niet in het voorstel. Kies een maatregel uit de lijst, of laat de cel leeg."
            )
        return found

    def _year(self, cell: Cell) -> int:
        text = _words(cell)
        if not text:
            raise _Wrong("deze cel is leeg. Kies een jaar uit de lijst.")
        if text.isascii() and text.isdigit() and len(text) == 4 and int(text) in self.choices.years:
            return int(text)
        first, last = self.choices.years[0], self.choices.years[-1]
        raise _Wrong(f"'{text[:20]}' is geen jaar van het contract. Kies een jaar van {first} tot {last}.")

    def _matched(self, lines: Sequence[BudgetLine]) -> list[BudgetLine]:
        """A row without a mark that says exactly what a cost line says of which the file has no row, is that cost line.

        So a file that is sent a second time adds nothing.
        """
        named = {line.id for line in lines}
        free: dict[tuple[Any, ...], list[str]] = {}
        for mark, one in self.stored.items():
            if mark not in named:
                free.setdefault(tuple(stored_values(KIND, one, FIELDS).values()), []).append(mark)
        found = []
        for line in lines:
            same = free.get(tuple(line.values[field] for field in FIELDS)) if line.is_new else None
            found.append(BudgetLine(line.row, same.pop(0), False, line.values) if same else line)
        return found


def _words(cell: object) -> str:
    """A cell as text; a whole number that a spreadsheet keeps as a float has no decimals."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\x00", "").strip()


def _same(cell: Cell, written: Cell) -> bool:
    """Does a cell still say what the template wrote in it?"""
    if isinstance(written, Decimal):
        return isinstance(cell, int | float) and not isinstance(cell, bool) and _decimal(cell) == written
    return _words(cell) == _words(written)


def _chosen(cell: Cell, codes: Mapping[str, str], what: str) -> str:
    text = _words(cell)
    if not text:
        raise _Wrong(f"deze cel is leeg. Kies een {what} uit de lijst.")
    code = codes.get(same_words(text))
    if code is None:
        raise _Wrong(f"'{text[:60]}' is geen {what} van deze oproep. Kies een {what} uit de lijst.")
    return code


def _decimal(number: float) -> Decimal:
    """A number of a cell as a spreadsheet shows it: fifteen digits, so that 33,3 times 3 is 99,9."""
    return Decimal(number) if isinstance(number, int) else Decimal(f"{number:.15g}")


def _cents(cell: Cell, *, required: bool) -> int | None:
    """An amount in exact cents, from a number or from text as people here write it."""
    text = _words(cell)
    if not text:
        if required:
            raise _Wrong("deze cel is leeg. Schrijf een bedrag, zoals 12.500,00.")
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        raise _Wrong(f"'{text[:40]}' is geen bedrag. Schrijf bijvoorbeeld 12.500,00.")
    if isinstance(cell, str):
        try:
            return parse_amount_nl(text)
        except AmountError as wrong:
            raise _Wrong(str(wrong)) from None
    amount = _decimal(cell)
    if not amount.is_finite():
        raise _Wrong(f"'{text[:40]}' is geen bedrag. Schrijf bijvoorbeeld 12.500,00.")
    shown = f"{amount:f}".replace(".", ",")
    if amount < 0:
        raise _Wrong(f"'{shown}' is negatief. Schrijf een bedrag vanaf 0.")
    if amount >= LARGEST:
        raise _Wrong("dit bedrag is te groot. Kijk na of er geen cijfers te veel staan.")
    cents = amount.scaleb(2)
    if cents != cents.to_integral_value():
        raise _Wrong(f"'{shown}' heeft meer dan twee cijfers na de komma. Rond het zelf af, zoals 12,35.")
    return int(cents)
