"""Figures of indicators: the Swing upload format (`period, geolevel, geoitem, v...`) or any table with those columns (R2)."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from wijkcontract.places.arrays import Floats, Marks
from wijkcontract.places.enums import Level
from wijkcontract.places.importers.cells import Cells, read_cells
from wijkcontract.places.importers.origin import Progress, Read, in_order, nothing_usable, silent
from wijkcontract.places.tables import FigureTable, RefusedRow
from wijkcontract.rules.verdicts import Invalid

LEVELS: Final = (
    (r"statsec\d*|sector", Level.SECTOR),
    (r"ggw\d*|wijk\d*|division", Level.DIVISION),
    (r"gemeente\d*|municipality", Level.MUNICIPALITY),
    (r"provincie\d*|province", Level.PROVINCE),
    (r"gewest\d*|vlaanderen|region", Level.REGION),
)
"""What `geolevel` may be, and the level it is."""
_YEARS: Final = (1900, 2200)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which columns make an indicator: its value, or numerator and denominator; for a survey the bounds too."""

    indicator: str
    value: str = ""
    numerator: str = ""
    denominator: str = ""

    @classmethod
    def of(cls, text: str) -> Mapping:
        """`CODE=COLUMN` or `CODE=NUMERATOR/DENOMINATOR`. Raises Invalid when it is neither."""
        found = re.fullmatch(r"([a-z0-9_]+)=([^/=]+)(?:/([^/=]+))?", text)
        if not found:
            raise Invalid.because(f"'{text}' is geen koppeling. Schrijf INDICATOR=KOLOM of INDICATOR=TELLER/NOEMER.")
        code, one, below = found.groups()
        return cls(code, numerator=one, denominator=below) if below else cls(code, value=one)

    @property
    def parts(self) -> dict[str, str]:
        """The name of the field of `FigureTable` and the column that fills it."""
        return {name: column for name in ("value", "numerator", "denominator") if (column := getattr(self, name))}


def read_figures(
    path: Path,
    mappings: Sequence[Mapping],
    *,
    level: Level | None = None,
    year: int | None = None,
    code: str = "geoitem",
    progress: Progress = silent,
) -> Read[list[FigureTable]]:
    """One table an indicator, year and level. `level` and `year` hold for the whole file when it has no column for them."""
    progress("lezen")
    cells = read_cells(path)
    wanted: dict[str, Sequence[str]] = {"gebied": (re.escape(code),)}
    wanted |= {} if level else {"niveau": ("geolevel",)}
    wanted |= {} if year else {"jaar": ("period",)}
    wanted |= {column: (re.escape(column),) for one in mappings for column in one.parts.values()}
    named = cells.find(wanted)
    progress("nakijken")
    refused: list[RefusedRow] = []
    groups = _groups(cells, named, level, year, refused)
    tables = [table for one in mappings for table in _tables(cells, one, named, groups, refused)]
    if not tables:
        raise nothing_usable(path, refused)
    return Read(tables, len(cells.lines), in_order(refused))


def _groups(
    cells: Cells, named: AnyMapping[str, str], level: Level | None, year: int | None, refused: list[RefusedRow]
) -> dict[tuple[int, Level], dict[str, int]]:
    """The row of each area by year and level; rows without one of the three, or a second time, are refused."""
    groups: dict[tuple[int, Level], dict[str, int]] = {}
    codes = cells.texts(named["gebied"])
    levels = cells.texts(named["niveau"]) if "niveau" in named else [""] * len(codes)
    years = cells.texts(named["jaar"]) if "jaar" in named else [str(year)] * len(codes)
    for row, line in enumerate(cells.lines):
        at = level or _level(levels[row])
        if at is None:
            refused.append(
                RefusedRow(
                    line,
                    "geolevel",
                    f"Het niveau '{levels[row][:40]}' bestaat hier niet. Het "
                    "kan sector, wijk, gemeente, provincie of gewest zijn.",
                )
            )
            continue
        if not (years[row].isdecimal() and _YEARS[0] <= int(years[row]) <= _YEARS[1]):
            refused.append(
                RefusedRow(line, "period", f"'{years[row][:40]}' is geen jaar. Vul een jaar in, zoals 2024.")
            )
            continue
        if not codes[row]:
            refused.append(RefusedRow(line, named["gebied"], "De code van het gebied ontbreekt. Vul ze in."))
            continue
        rows = groups.setdefault((int(years[row]), at), {})
        if codes[row] in rows:
            refused.append(
                RefusedRow(
                    line,
                    named["gebied"],
                    f"{codes[row]} staat voor {years[row]} ook op regel "
                    f"{cells.lines[rows[codes[row]]]}. Hou één van de twee.",
                )
            )
            continue
        rows[codes[row]] = row
    return groups


def _tables(
    cells: Cells,
    mapping: Mapping,
    named: AnyMapping[str, str],
    groups: AnyMapping[tuple[int, Level], AnyMapping[str, int]],
    refused: list[RefusedRow],
) -> list[FigureTable]:
    """The tables of one indicator. A cell that is no number is refused and leaves the other indicators of its row alone."""
    arrays: dict[str, Floats] = {}
    missing: Marks = np.zeros(len(cells.lines), dtype=np.uint8)
    bad: set[int] = set()
    for part, column in mapping.parts.items():
        numbers, why, wrong = cells.numbers(named[column])
        negative = np.flatnonzero(numbers < 0) if part != "value" else np.array([], dtype=np.intp)
        wrong += [
            RefusedRow(cells.lines[row], column, f"{numbers[row]:g} is geen aantal. Een aantal is 0 of meer.")
            for row in negative.tolist()
        ]
        refused.extend(one for one in wrong if one not in refused)
        bad |= {one.line for one in wrong}
        arrays[part], missing = numbers, np.where(missing == 0, why, missing)
    tables = []
    for (year, level), rows in groups.items():
        kept = {code: row for code, row in rows.items() if cells.lines[row] not in bad}
        order = np.fromiter(kept.values(), dtype=np.intp, count=len(kept))
        taken = {part: numbers[order] for part, numbers in arrays.items()}
        if kept:
            tables.append(FigureTable(mapping.indicator, year, level, list(kept), missing[order], **taken))
    return tables


def _level(text: str) -> Level | None:
    return next((level for pattern, level in LEVELS if re.fullmatch(pattern, text, re.IGNORECASE)), None)
