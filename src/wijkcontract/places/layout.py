"""Lists of areas in a fixed order, and what happens to the columns of figures when a list changes: steps of an operation."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from wijkcontract.accounts.models import Organisation, OrganisationKind
from wijkcontract.places.arrays import pack, unpack
from wijkcontract.places.enums import Level, Missing
from wijkcontract.places.models import Areas, FigureColumn, IndexColumn, PopulationColumn, Vintage

FIGURES = ("value", "numerator", "denominator", "lower", "upper")
RESULTS = (
    "score", "rank", "decile", "certainty", "rank_low", "rank_high", "burdened", "domain_scores", "domain_deciles",
)  # fmt: skip
Town = uuid.UUID | None


def towns_of_today(codes: Iterable[str]) -> dict[str, Organisation]:
    """NIS codes of a file to the municipality of today: a former municipality leads to its successor (R4)."""
    known = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, nis__in=set(codes))
    found = {one.nis: one for one in known.select_related("successor__successor")}
    return {nis: _last(one) for nis, one in found.items()}


def municipalities_of_today() -> set[str]:
    """NIS codes of the municipalities that were not merged into another."""
    today = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, successor=None, active_until=None)
    return set(today.exclude(nis="").values_list("nis", flat=True))


def _last(town: Organisation) -> Organisation:
    return town if town.successor is None else _last(town.successor)


def lay_out(vintage: Vintage, level: Level, codes: Sequence[str], towns: Sequence[Town]) -> dict[Town, Areas]:
    """The lists of a level, one a municipality, sorted by code; columns of a list that changes move with it."""
    wanted: dict[Town, list[str]] = {}
    for code, town in sorted(zip(codes, towns, strict=True), key=lambda pair: pair[0]):
        wanted.setdefault(town, []).append(code)
    lists = {one.municipality_id: one for one in Areas.objects.filter(vintage=vintage, level=level)}
    for town, old in lists.items():
        if old.codes != wanted.get(town, []):
            _move(old, wanted.get(town, []))
    fresh = [
        Areas(vintage=vintage, level=level, municipality_id=town, codes=each)
        for town, each in wanted.items()
        if town not in lists
    ]
    Areas.objects.bulk_create(fresh)
    return lists | {one.municipality_id: one for one in fresh}


def add_areas(vintage: Vintage, level: Level, codes: Iterable[str]) -> Areas:
    """The one list of a level above the municipality, with these codes added to it."""
    areas, made = Areas.objects.get_or_create(
        vintage=vintage, level=level, municipality=None, defaults={"codes": sorted(set(codes))}
    )
    more = sorted({*areas.codes, *codes})
    if not made and more != areas.codes:
        _move(areas, more)
    return areas


def _move(areas: Areas, codes: list[str]) -> None:
    """Give the list other codes: every column gets the figures of each code at its new place."""
    old = {code: row for row, code in enumerate(areas.codes)}
    rows = np.array([old.get(code, -1) for code in codes], dtype=np.intp)
    count = len(old)
    for column in FigureColumn.objects.filter(areas=areas):
        for name in FIGURES:
            setattr(column, name, _moved(getattr(column, name), count, rows))
        column.missing = _moved_marks(column.missing, rows, Missing.EMPTY)
        column.hidden = _moved_marks(column.hidden, rows, 0)
        column.save()
    for result in IndexColumn.objects.filter(areas=areas):
        for name in RESULTS:
            setattr(result, name, _moved(getattr(result, name), count, rows))
        result.save()
    for population in PopulationColumn.objects.filter(areas=areas):
        counts = np.frombuffer(population.counts, dtype="<i4").reshape(count, -1)
        empty = np.zeros((1, counts.shape[1]), dtype="<i4")
        population.counts = np.concatenate([counts, empty])[rows].tobytes()
        population.save()
    areas.codes = codes
    areas.save(update_fields=["codes"])


def _moved(content: bytes | memoryview, count: int, rows: NDArray[np.intp]) -> bytes:
    if not len(content) or not count:
        return b""
    numbers = np.frombuffer(content, dtype="<f8").reshape(count, -1)
    absent = unpack(b"", numbers.shape[1])[None, :]
    return pack(np.concatenate([numbers, absent])[rows].ravel())


def _moved_marks(content: bytes | memoryview, rows: NDArray[np.intp], absent: int) -> bytes:
    marks = np.append(np.frombuffer(content, dtype=np.uint8), np.uint8(absent))
    return marks[rows].astype(np.uint8).tobytes()
