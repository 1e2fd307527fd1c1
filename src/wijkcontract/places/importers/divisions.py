"""Existing neighbourhoods with their border, and the share of each sector that lies in them (R2)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from wijkcontract.places.importers.origin import Progress, Read, in_order, nothing_usable, silent
from wijkcontract.places.importers.shapes import read_shapes
from wijkcontract.places.models import Sector
from wijkcontract.places.tables import DivisionTable, RefusedRow
from wijkcontract.rules.verdicts import Invalid

SLIVER: Final = 0.02
"""A sector lies in a neighbourhood for less than this share only because two borders were drawn by two hands."""
_LONGEST_CODE, _LONGEST_NAME = 20, 120


def read_divisions(
    path: Path, *, edition: str, vintage: str, code: str, name: str, crs: str = "", progress: Progress = silent
) -> Read[DivisionTable]:
    """Read neighbourhoods and lay the stored sectors of a vintage over them; rows with code ...ONB have no place.

    The municipality is that of the sectors that lie in it. Raises Invalid when the file cannot be used at all.
    """
    progress("lezen")
    found = read_shapes(path, crs)
    cells = found.cells
    named = cells.find({"code": (re.escape(code),), "name": (re.escape(name),)})
    codes, names = cells.texts(named["code"]), cells.texts(named["name"])
    refused, kept = list(found.refused), dict[str, int]()
    already = {row.line for row in refused}
    for row, one in enumerate(codes):
        shapeless = bool(shapely.is_missing(found.polygons[row])) and "ONB" not in one
        if not 0 < len(one) <= _LONGEST_CODE:
            refused.append(
                RefusedRow(
                    cells.lines[row], code, f"'{one[:40]}' is geen code van een wijk (1 tot {_LONGEST_CODE} tekens)."
                )
            )
        elif one in kept:
            refused.append(RefusedRow(cells.lines[row], code, f"De code {one} staat er al. Hou één van de twee."))
        elif not shapeless:
            kept[one] = row
        elif cells.lines[row] not in already:
            refused.append(RefusedRow(cells.lines[row], "geometry", f"Wijk {one} heeft geen vorm. Vul de grens aan."))
    if not kept:
        raise nothing_usable(path, refused)
    rows = list(kept.values())
    shapes = found.polygons[rows]
    progress("sectoren toewijzen")
    members, towns = _members(shapes, vintage)
    table = DivisionTable(
        edition=edition,
        codes=list(kept),
        names=[(names[row] or codes[row])[:_LONGEST_NAME] for row in rows],
        nis=towns,
        unlocated=np.array(["ONB" in one for one in kept], dtype=np.bool_),
        shapes=shapes,
        members=members,
    )
    return Read(table, len(cells.lines), in_order(refused))


def _members(shapes: NDArray[np.object_], vintage: str) -> tuple[Sequence[tuple[int, str, float]], list[str]]:
    """(row of the neighbourhood, sector, share of the sector) and the municipality of each neighbourhood, by area."""
    stored = Sector.objects.filter(vintage__code=vintage, is_unlocated=False).values_list("code", "nis", "geometry")
    sectors = list(stored)
    if not sectors:
        raise Invalid.because(
            f"De jaargang '{vintage}' heeft geen sectoren. Laad eerst de sectoren van die jaargang in."
        )
    borders = shapely.from_wkb(np.array([bytes(one[2]) for one in sectors], dtype=np.object_))
    there = np.flatnonzero(~shapely.is_missing(shapes))
    shapely.prepare(shapes[there])
    one, other = shapely.STRtree(borders).query(shapes[there], predicate="intersects")
    common = shapely.area(shapely.intersection(shapes[there][one], borders[other]))
    share = common / shapely.area(borders)[other]
    towns: list[Counter[str]] = [Counter() for _ in shapes]
    members = []
    for place, sector, part, area in zip(one.tolist(), other.tolist(), share.tolist(), common.tolist(), strict=True):
        row = int(there[place])
        if part >= SLIVER:
            members.append((row, str(sectors[sector][0]), 1.0 if part > 1 - SLIVER else float(part)))
            towns[row][str(sectors[sector][1])] += area
    return members, [one.most_common(1)[0][0] if one else "" for one in towns]
