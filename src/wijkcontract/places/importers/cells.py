"""Tables as people send them: CSV with semicolon, comma or tab, Excel and Parquet, with the line of every row.

A file that cannot be read raises Invalid in Dutch; a cell that cannot be read is a refused row for the caller.
"""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import load_workbook

from wijkcontract.places.arrays import Floats, Marks
from wijkcontract.places.enums import MISSING_CODES, Missing
from wijkcontract.places.importers.archives import require_harmless
from wijkcontract.places.tables import RefusedRow
from wijkcontract.rules.verdicts import Fault, Invalid

MOST_CELLS: Final = 60_000_000
"""More than any statistical table at sector level; a workbook that claims more is refused before it fills the memory."""
_BLANKS: Final = re.compile(r"[\s\u00a0\u202f]")
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+|[+-]?\d{1,3}(\.\d{3}){2,}")


@dataclass(frozen=True, slots=True)
class Cells:
    """The columns of a table as they were read, and the line on which a person finds each row."""

    name: str
    columns: dict[str, Sequence[object]]
    lines: Sequence[int]

    def find(self, wanted: Mapping[str, Sequence[str]], optional: Iterable[str] = ()) -> dict[str, str]:
        """The column for each wanted thing: the first whose name matches one of its patterns, capitals or not.

        Raises Invalid with every thing that is missing at once, and the columns that are there.
        """
        found = {
            thing: column
            for thing, patterns in wanted.items()
            if (column := _first(patterns, self.columns)) is not None
        }
        lacking = [thing for thing in wanted if thing not in found and thing not in set(optional)]
        if lacking:
            there = ", ".join(list(self.columns)[:30]) or "geen enkele"
            raise Invalid(
                [
                    Fault(thing, f"In {self.name} ontbreekt een kolom voor {thing} (gezocht: {', '.join(wanted[thing])}). "
                                 f"Kolommen in het bestand: {there}. Noem de juiste kolom in de opdracht.")
                    for thing in lacking
                ]
            )  # fmt: skip
        return found

    def texts(self, column: str) -> list[str]:
        """A column as text without blanks around it; empty where the file has nothing."""
        return [_text(cell) for cell in self.columns[column]]

    def numbers(self, column: str) -> tuple[Floats, Marks, list[RefusedRow]]:
        """A column as numbers: NaN where absent, `enums.Missing` why, and the cells that are no number."""
        cells = self.columns[column]
        comma = any(isinstance(cell, str) and "," in cell for cell in cells)
        values, why = np.full(len(cells), np.nan), np.zeros(len(cells), dtype=np.uint8)
        refused = []
        for row, cell in enumerate(cells):
            number = _number(cell, comma=comma)
            if number is None:
                why[row] = Missing.EMPTY
            elif math.isfinite(number):
                code = MISSING_CODES.get(int(number)) if number < 0 and number == int(number) else None
                values[row], why[row] = (np.nan, code) if code else (number, 0)
            else:
                why[row] = Missing.EMPTY
                refused.append(
                    RefusedRow(
                        self.lines[row], column,
                        f"'{str(cell)[:40]}' is geen getal. Zet er een getal, niets, of een code van -99996 tot -99999.",
                    )
                )  # fmt: skip
        return values, why, refused


def read_cells(path: Path) -> Cells:
    """Read a CSV, Excel or Parquet file, by its extension. Raises Invalid in Dutch."""
    readers = {".csv": _csv, ".txt": _csv, ".xlsx": _excel, ".parquet": _parquet}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise Invalid.because(
            f"{path.name}: dit soort bestand wordt niet gelezen. Het kan .csv, .xlsx of .parquet zijn."
        )
    require_file(path)
    try:
        cells = reader(path)
    except (OSError, ValueError, KeyError, EOFError, pa.ArrowException, zipfile.BadZipFile, csv.Error) as error:
        raise Invalid.because(
            f"{path.name} kan niet gelezen worden, het is beschadigd of iets anders dan de naam zegt ({error})."
        ) from error
    if not cells.lines:
        raise Invalid.because(f"{path.name} bevat geen enkele rij onder de namen van de kolommen.")
    return cells


def require_file(path: Path) -> None:
    """Raises Invalid when there is no file, or nothing in it."""
    if not path.is_file():
        raise Invalid.because(f"Het bestand {path} bestaat niet.")
    if path.stat().st_size == 0:
        raise Invalid.because(f"{path.name} is leeg (0 bytes). Haal het bestand opnieuw op.")


def _csv(path: Path) -> Cells:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="strict")  # what Excel in Belgium writes
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=head.count))
    names = _once(path, [name.strip() for name in next(reader, [])])
    rows: list[list[str]] = []
    lines: list[int] = []
    for row in reader:
        if any(row):
            rows.append(row + [""] * (len(names) - len(row)))
            lines.append(reader.line_num)
    return Cells(path.name, {name: [row[place] for row in rows] for place, name in enumerate(names) if name}, lines)


def _excel(path: Path) -> Cells:
    require_harmless(path)
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        if (sheet.max_row or 0) * (sheet.max_column or 0) > MOST_CELLS:
            raise Invalid.because(
                f"{path.name} heeft meer cellen dan een tabel met cijfers nodig heeft. Wis de lege rijen."
            )
        found = sheet.iter_rows(values_only=True)
        names = _once(path, [_text(name) for name in next(found, ())])
        rows, lines = [], []
        for line, row in enumerate(found, 2):
            if any(cell is not None for cell in row):
                rows.append(row)
                lines.append(line)
    finally:
        book.close()
    columns: dict[str, Sequence[object]] = {
        name: [row[place] if place < len(row) else None for row in rows] for place, name in enumerate(names) if name
    }
    return Cells(path.name, columns, lines)


def _parquet(path: Path) -> Cells:
    table: Any = pq.ParquetFile(path).read()
    names = _once(path, table.column_names)
    return Cells(
        path.name,
        dict(zip(names, (one.to_pylist() for one in table.columns), strict=True)),
        range(1, table.num_rows + 1),
    )


def _once(path: Path, names: list[str]) -> list[str]:
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise Invalid.because(
            f"{path.name}: deze kolommen staan er meer dan eens: {', '.join(twice)}. Geef elke kolom een eigen naam."
        )
    return names


def _first(patterns: Sequence[str], columns: Iterable[str]) -> str | None:
    names = list(columns)
    for pattern in patterns:
        for name in names:
            if re.fullmatch(pattern, name, re.IGNORECASE):
                return name
    return None


def _text(cell: object) -> str:
    """A cell as text; a code that a spreadsheet turned into a number gets its digits back."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _number(cell: object, *, comma: bool) -> float | None:
    """None for an empty cell, NaN or infinity for one that is no number. A null of a data frame (NaN) is empty."""
    if cell is None or isinstance(cell, bool):
        return None if cell is None else math.nan
    if isinstance(cell, int | float):
        return None if isinstance(cell, float) and math.isnan(cell) else float(cell)
    text = _BLANKS.sub("", str(cell))
    if not text:
        return None
    if comma or _GROUPED.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    try:
        return math.nan if "_" in text else float(text)
    except ValueError:
        return math.nan
