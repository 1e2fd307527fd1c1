"""Which existing neighbourhoods look most like a set of sectors, and what makes the difference (R2: explained distance)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import numpy as np
from django.db.models import Q

from wijkcontract.accounts.actors import Actor
from wijkcontract.engines.profile import similar_areas, spread
from wijkcontract.places.arrays import Floats, unpack, unpack_marks
from wijkcontract.places.enums import Level
from wijkcontract.places.models import Areas, Division, DivisionSector, FigureColumn
from wijkcontract.places.queries.figures import library
from wijkcontract.places.queries.geography import SectorMap
from wijkcontract.places.queries.narrative import newest
from wijkcontract.places.queries.profile import Profile, ProfileLine


@dataclass(frozen=True, slots=True)
class Difference:
    """An indicator that makes the other neighbourhood different: its figure there, and in standard deviations."""

    line: ProfileLine
    value: float
    deviations: float


@dataclass(frozen=True, slots=True)
class SimilarDivision:
    """An existing neighbourhood with its distance: 1 is one standard deviation apart on average over the indicators."""

    code: str
    name: str
    municipality: str
    distance: float
    differences: tuple[Difference, ...]


def similar_divisions(actor: Actor, town: SectorMap, found: Profile, *, count: int = 5) -> tuple[SimilarDivision, ...]:
    """The existing neighbourhoods of all municipalities nearest to a profile, without those that share a sector with it.

    Compared are the published figures of the newest year of each indicator, standardised over all those
    neighbourhoods. Empty when nothing can be compared. Four queries.
    """
    lines = [line for line in found.lines if newest(line) is not None]
    own = DivisionSector.objects.filter(sector__vintage=town.vintage, sector__code__in=found.codes)
    codes, table = _table(actor, town, lines, frozenset(own.values_list("division__code", flat=True)))
    if not codes:
        return ()
    target = np.array([line.value[newest(line)] for line in lines], dtype=np.float64)
    spreads = spread(table.T, np.ones(len(codes)))
    nearest = similar_areas(target, table, spreads, count=count)
    chosen = [codes[area] for area in nearest.areas]
    names = {
        code: (name, municipality or "")
        for code, name, municipality in Division.objects.filter(vintage=town.vintage, code__in=chosen).values_list(
            "code", "name", "municipality__name"
        )
    }
    return tuple(
        SimilarDivision(
            code=code,
            name=names.get(code, (code, ""))[0],
            municipality=names.get(code, (code, ""))[1],
            distance=float(nearest.distances[row]),
            differences=tuple(
                Difference(lines[one], float(table[area, one]), float(nearest.differences[row, one]))
                for one in nearest.explains(row)
            ),
        )
        for row, (area, code) in enumerate(zip(nearest.areas, chosen, strict=True))
    )


def _table(
    actor: Actor, town: SectorMap, lines: Sequence[ProfileLine], without: frozenset[str]
) -> tuple[list[str], Floats]:
    """Codes of divisions, and their published figures: divisions x lines, NaN where there is none."""
    wanted = [Q(indicator=line.indicator, year=line.years[newest(line) or 0]) for line in lines]
    lists = dict(
        Areas.objects.filter(vintage=town.vintage, level=Level.DIVISION).order_by("pk").values_list("pk", "codes")
    )
    starts: dict[int, int] = {}
    codes: list[str] = []
    for pk, part in lists.items():
        starts[pk] = len(codes)
        codes += part
    table = np.full((len(codes), len(lines)), np.nan)
    if not wanted or not codes:
        return [], table
    places = {line.indicator.pk: place for place, line in enumerate(lines)}
    columns = FigureColumn.objects.filter(reduce(or_, wanted), areas__in=lists, indicator__in=library(actor))
    for areas, indicator, value, hidden in columns.values_list("areas_id", "indicator_id", "value", "hidden"):
        size, start = len(lists[areas]), starts[areas]
        shown = np.where(unpack_marks(hidden) == 0, unpack(value, size), np.nan)
        table[start : start + size, places[indicator]] = shown
    kept = [row for row, code in enumerate(codes) if code not in without and not np.isnan(table[row]).all()]
    return [codes[row] for row in kept], table[kept]
