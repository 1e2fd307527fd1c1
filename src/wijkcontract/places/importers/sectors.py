"""Statistical sectors: the official file of Statbel, or another with polygons, and a table beside it for what it lacks (R2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from wijkcontract.engines.adjacency import adjacency
from wijkcontract.places.geometry import outlines
from wijkcontract.places.importers.cells import Cells, read_cells
from wijkcontract.places.importers.origin import Progress, Read, in_order, nothing_usable, silent
from wijkcontract.places.importers.shapes import read_shapes
from wijkcontract.places.tables import RefusedRow, SectorTable

COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "code": ("CD_SECTOR", r"CS\d{8}", r"statsec\d{4}"),
    "name": ("TX_SECTOR_DESCR_NL", "T_SEC_NL", "SEC_NL", r"statsec\d{4}_naam"),
    "nis": ("CD_MUNTY_REFNIS", "CD_MUNTY_R", r"CNIS5_\d{4}", "CNIS5", r"gemeente\d{4}"),
    "inhabitants": ("MS_POPULATION", "POPULATION", r"inwoners_\d{4}"),
}
"""The names of the columns, as Statbel has written them since 2011; then those of the Flemish provinces."""
_OPTIONAL: Final = ("inhabitants",)
_LONGEST_CODE, _LONGEST_NAME = 12, 120
_UNLOCATED: Final = "ZZZZ"


@dataclass(slots=True)
class _Rows:
    """What one table says of the sectors, by code."""

    line: int
    name: str = ""
    nis: str = ""
    inhabitants: float = np.nan


def read_sectors(
    path: Path,
    *,
    columns: Mapping[str, str] | None = None,
    attributes: Path | None = None,
    crs: str = "",
    progress: Progress = silent,
) -> Read[SectorTable]:
    """Read sectors with their borders. `attributes` is a table with names, municipalities or inhabitants by code.

    `columns` names columns that are called otherwise than `COLUMNS`. Raises Invalid when the file cannot be used at all.
    """
    progress("lezen")
    found = read_shapes(path, crs)
    wanted = {
        thing: (re.escape(columns[thing]),) if columns and thing in columns else names
        for thing, names in COLUMNS.items()
    }
    cells = found.cells
    beside = read_cells(attributes) if attributes else None
    refused = list(found.refused)
    known = _described(beside, beside.find(wanted, _OPTIONAL), refused) if beside else {}
    named = cells.find(wanted, ("name", "nis", "inhabitants") if beside else _OPTIONAL)
    own = _described(cells, named, refused)
    place = {code: row for row, code in reversed(list(enumerate(cells.texts(named["code"]))))}
    progress("nakijken")
    refused_lines = {row.line for row in found.refused}
    taken: dict[str, _Rows] = {}
    for code, row in own.items():
        other = known.get(code)
        if other is not None:
            row.name, row.nis = row.name or other.name, row.nis or other.nis
            row.inhabitants = other.inhabitants if np.isnan(row.inhabitants) else row.inhabitants
        shapeless = shapely.is_missing(found.polygons[place[code]]) and _UNLOCATED not in code
        fault = _fault(code, row, shapeless=bool(shapeless))
        if not fault:
            taken[code] = row
        elif row.line not in refused_lines:
            refused.append(RefusedRow(row.line, fault[0], fault[1]))
    taken |= {code: row for code, row in known.items() if _UNLOCATED in code and not _fault(code, row, shapeless=False)}
    if not taken:
        raise nothing_usable(path, refused)
    codes = sorted(taken)
    shapes = np.array(
        [None if _UNLOCATED in code else found.polygons[place[code]] for code in codes] + [None], dtype=np.object_
    )
    return Read(_table(codes, taken, shapes[:-1], progress), len(cells.lines), in_order(refused))


def _table(codes: list[str], rows: Mapping[str, _Rows], shapes: NDArray[np.object_], progress: Progress) -> SectorTable:
    there = np.flatnonzero(~shapely.is_missing(shapes))
    progress("grenzen vergelijken")
    borders = adjacency(shapes[there])
    progress("grenzen vereenvoudigen")
    return SectorTable(
        codes=codes,
        names=[rows[code].name for code in codes],
        nis=[rows[code].nis for code in codes],
        inhabitants=np.array([rows[code].inhabitants for code in codes], dtype=np.float64),
        unlocated=np.array([_UNLOCATED in code for code in codes], dtype=np.bool_),
        shapes=shapes,
        outlines=outlines(shapes),
        left=there[borders.left],
        right=there[borders.right],
        border_m=borders.length,
    )


def _described(cells: Cells, named: Mapping[str, str], refused: list[RefusedRow]) -> dict[str, _Rows]:
    """The rows of a table by code; a code that comes back is refused."""
    codes = cells.texts(named["code"])
    blank = [""] * len(codes)
    names = cells.texts(named["name"]) if "name" in named else blank
    towns = cells.texts(named["nis"]) if "nis" in named else blank
    people = np.full(len(codes), np.nan)
    wrong: list[RefusedRow] = []
    if "inhabitants" in named:
        people, _, wrong = cells.numbers(named["inhabitants"])
    refused.extend(wrong)
    found: dict[str, _Rows] = {}
    for row, code in enumerate(codes):
        line = cells.lines[row]
        if code in found:
            refused.append(
                RefusedRow(
                    line, named["code"], f"De code {code} staat ook op rij {found[code].line}. Hou één van de twee."
                )
            )
            continue
        found[code] = _Rows(line, names[row][:_LONGEST_NAME], towns[row], float(people[row]))
    return found


def _fault(code: str, row: _Rows, *, shapeless: bool) -> tuple[str, str] | None:
    """The column and the reason for which a sector is refused, or nothing."""
    if not 0 < len(code) <= _LONGEST_CODE:
        return "code", f"'{code[:40]}' is geen code van een statistische sector (1 tot {_LONGEST_CODE} tekens)."
    if not re.fullmatch(r"[0-9]{5}", row.nis):
        return "nis", f"Sector {code}: '{row.nis[:40]}' is geen NIS-code van vijf cijfers. Vul de gemeente in."
    if not row.name:
        return "name", f"Sector {code} heeft geen naam. Vul de naam in."
    if row.inhabitants < 0:
        return "inhabitants", f"Sector {code} heeft {row.inhabitants:g} inwoners. Vul 0 of meer in."
    if shapeless:
        return "geometry", f"Sector {code} heeft geen vorm. Vul de grens aan in het bronbestand."
    return None
