"""Inhabitants by sex and age, from a table with a row for each combination; other columns (nationality) are summed (R2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np

from wijkcontract.places.enums import Level
from wijkcontract.places.importers.cells import read_cells
from wijkcontract.places.importers.origin import Progress, Read, in_order, nothing_usable, silent
from wijkcontract.places.tables import PopulationTable, RefusedRow

AGES: Final = tuple(range(0, 100, 5))
"""Groups of five years, the last from 95: what a pyramid shows, and as fine as small areas bear."""
_SEXES: Final = {"m": 0, "man": 0, "1": 0, "f": 1, "v": 1, "vrouw": 1, "2": 1}
_OLDEST: Final = 125


def read_population(
    path: Path, *, year: int, level: Level, columns: Mapping[str, str], progress: Progress = silent
) -> Read[PopulationTable]:
    """`columns` names those of `code`, `sex`, `age` and `count`. Raises Invalid when the file cannot be used at all."""
    progress("lezen")
    cells = read_cells(path)
    named = cells.find({thing: (re.escape(name),) for thing, name in columns.items()})
    progress("optellen")
    codes, sexes = cells.texts(named["code"]), cells.texts(named["sex"])
    ages, _, no_age = cells.numbers(named["age"])
    people, _, no_count = cells.numbers(named["count"])
    refused = [*no_age, *no_count]
    bad = {row.line for row in refused}
    place: dict[str, int] = {}
    taken: list[tuple[int, int, int, int]] = []
    for row, line in enumerate(cells.lines):
        sex = _SEXES.get(sexes[row].lower())
        age, count = float(ages[row]), float(people[row])
        if line in bad:
            continue
        if not codes[row] or sex is None:
            column = named["sex"] if codes[row] else named["code"]
            refused.append(
                RefusedRow(
                    line,
                    column,
                    f"'{sexes[row][:40]}' is geen geslacht (M of V)."
                    if codes[row]
                    else "De code van het gebied ontbreekt.",
                )
            )
        elif not (0 <= age <= _OLDEST and age.is_integer()):
            refused.append(RefusedRow(line, named["age"], f"{age:g} is geen leeftijd in jaren (0 tot {_OLDEST})."))
        elif not (count >= 0 and count.is_integer()):
            refused.append(RefusedRow(line, named["count"], f"{count:g} is geen aantal inwoners (0 of meer, geheel)."))
        else:
            group = min(int(age) // 5, len(AGES) - 1)
            taken.append((place.setdefault(codes[row], len(place)), sex, group, int(count)))
    if not taken:
        raise nothing_usable(path, refused)
    where = np.array(taken, dtype=np.int64)
    counts = np.zeros((len(place), 2, len(AGES)), dtype=np.int64)
    np.add.at(counts, (where[:, 0], where[:, 1], where[:, 2]), where[:, 3])
    return Read(PopulationTable(year, level, list(place), AGES, counts), len(cells.lines), in_order(refused))
