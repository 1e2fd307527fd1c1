"""What an importer hands to the operations: a file as typed arrays, with the facts of the file and its refused rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wijkcontract.places.arrays import Bools, Floats, Marks
from wijkcontract.places.enums import Level

REPORTED_ROWS = 1000
"""How many refused rows are kept with the dataset; the command writes them all to its report."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken over: its line in the file, the column, and what is wrong and how to repair it, in Dutch."""

    line: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Where data came from. `sha256` is of the file: the same file again changes nothing."""

    label: str
    source: str
    licence: str
    file_name: str
    sha256: str
    rows_read: int
    refused: tuple[RefusedRow, ...] = ()
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class VintageFacts:
    """An edition of the statistical sectors, see `models.Vintage`."""

    code: str
    label: str
    first_year: int
    last_year: int | None = None
    is_official: bool = True
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class SectorTable:
    """Sectors of one vintage. Shapes are shapely polygons in EPSG:31370, None where unlocated; `inhabitants` NaN unknown.

    `left`, `right` are row numbers of adjoining sectors, `border_m` the length of their border (`engines.adjacency`);
    `outlines` are the shapes simplified for the screen (`geometry.outlines`).
    """

    codes: Sequence[str]
    names: Sequence[str]
    nis: Sequence[str]
    inhabitants: Floats
    unlocated: Bools
    shapes: NDArray[np.object_]
    outlines: NDArray[np.object_]
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    border_m: Floats


@dataclass(frozen=True, slots=True)
class DivisionTable:
    """Existing neighbourhoods of one edition, and `members`: (row of the division, code of a sector, share of the sector)."""

    edition: str
    codes: Sequence[str]
    names: Sequence[str]
    nis: Sequence[str]
    unlocated: Bools
    shapes: NDArray[np.object_]
    members: Sequence[tuple[int, str, float]]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures of one indicator, year and level. Arrays have a number for each code; an array that is absent is None.

    `missing` holds `enums.Missing` (0 where the figure is there). For a rate give numerator and denominator, the value
    follows; for a sum the numerator is the value; for a weighted mean the denominator is the weight.
    """

    indicator: str
    year: int
    level: Level
    codes: Sequence[str]
    missing: Marks
    value: Floats | None = None
    numerator: Floats | None = None
    denominator: Floats | None = None
    lower: Floats | None = None
    upper: Floats | None = None


@dataclass(frozen=True, slots=True)
class PopulationTable:
    """Inhabitants by sex and age: `counts` of shape (codes, 2, ages), men first; `ages` the lowest age of each group."""

    year: int
    level: Level
    codes: Sequence[str]
    ages: Sequence[int]
    counts: NDArray[np.int64]


@dataclass(slots=True)
class Kept:
    """What an import did. `dataset_number` is the data version from now on; `was_known` when the file was there already."""

    dataset_number: int
    was_known: bool = False
    made: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    unknown: list[str] = field(default_factory=list)
    """Codes of the file that no sector, division or municipality of the product has."""
