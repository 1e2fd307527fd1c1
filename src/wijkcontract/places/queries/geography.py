"""Reading sectors, their shapes and neighbours, and the existing neighbourhoods of a municipality."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

import numpy as np
import shapely
from django.db.models import QuerySet
from numpy.typing import NDArray

from wijkcontract.accounts.actors import Actor
from wijkcontract.places.arrays import Bools, Floats
from wijkcontract.places.models import Adjacency, Dataset, Division, DivisionSector, Sector, Vintage
from wijkcontract.places.policy import may_read_figures
from wijkcontract.rules.verdicts import NotVisible


@dataclass(frozen=True)
class SectorMap:
    """The sectors of one municipality in one vintage, by code. Arrays are in the order of `codes`.

    `inhabitants` and `area_m2` are NaN where unknown. `outlines` are shapely shapes in EPSG:31370 (metres), simplified
    for the screen with shared borders; None for an unlocated category.
    """

    vintage: Vintage
    municipality_id: uuid.UUID
    nis: str
    ids: NDArray[np.int64]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    inhabitants: Floats
    area_m2: Floats
    unlocated: Bools
    outlines: NDArray[np.object_]

    @cached_property
    def rows(self) -> dict[str, int]:
        """The row of each code."""
        return {code: row for row, code in enumerate(self.codes)}

    def rows_of(self, codes: Sequence[str]) -> NDArray[np.intp]:
        """The rows of some codes, sorted; codes of elsewhere are left out."""
        return np.array(sorted({self.rows[code] for code in codes if code in self.rows}), dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Borders:
    """Which sectors of a map adjoin: rows `left` < `right`, and the length of their border in metres."""

    left: NDArray[np.intp]
    right: NDArray[np.intp]
    border_m: Floats


@dataclass(frozen=True, slots=True)
class DivisionView:
    """An existing neighbourhood and the codes of its sectors (those that lie in it for the larger part)."""

    code: str
    name: str
    sectors: tuple[str, ...]


def data_version(actor: Actor) -> int:
    """The number of the newest dataset; 0 when nothing was imported."""
    return Dataset.objects.values_list("number", flat=True).first() or 0


def datasets(actor: Actor) -> QuerySet[Dataset]:
    """Every import, newest first."""
    return Dataset.objects.all() if may_read_figures(actor) else Dataset.objects.none()


def vintages(actor: Actor) -> QuerySet[Vintage]:
    """Every imported edition of the sectors."""
    return Vintage.objects.all() if may_read_figures(actor) else Vintage.objects.none()


def current_vintage(actor: Actor, municipality_id: uuid.UUID | str) -> Vintage | None:
    """The newest vintage with sectors of this municipality; a real one before an example. None when there is none."""
    town = _as_id(municipality_id)
    if not may_read_figures(actor) or town is None:
        return None
    with_sectors = Sector.objects.filter(municipality_id=town).values("vintage_id")
    return Vintage.objects.filter(pk__in=with_sectors).order_by("is_example", "-first_year").first()


def sector_map(actor: Actor, municipality_id: uuid.UUID | str, vintage: Vintage | None = None) -> SectorMap:
    """The sectors of a municipality, in the vintage given or the current one. Raises NotVisible when there are none."""
    town = _as_id(municipality_id)
    found = vintage or current_vintage(actor, municipality_id)
    if found is None or town is None or not may_read_figures(actor):
        raise NotVisible
    # Sorted here: asked for an order, SQLite walks the whole vintage by code instead of taking the town by its index.
    sectors = sorted(
        Sector.objects.filter(vintage=found, municipality_id=town)
        .order_by()
        .values_list("pk", "code", "name", "municipality__nis", "inhabitants", "area_m2", "is_unlocated", "outline"),
        key=itemgetter(1),
    )
    if not sectors:
        raise NotVisible
    ids, codes, names, nis, inhabitants, areas, unlocated, outlines = zip(*sectors, strict=True)
    return SectorMap(
        vintage=found,
        municipality_id=town,
        nis=nis[0],
        ids=np.array(ids),
        codes=codes,
        names=names,
        inhabitants=np.array([np.nan if one is None else one for one in inhabitants], dtype=np.float64),
        area_m2=np.array([np.nan if one is None else one for one in areas], dtype=np.float64),
        unlocated=np.array(unlocated, dtype=np.bool_),
        outlines=_shapes(outlines),
    )


def borders(actor: Actor, town: SectorMap) -> Borders:
    """Who adjoins whom inside a municipality."""
    row = {int(pk): number for number, pk in enumerate(town.ids)}
    in_town = Sector.objects.filter(vintage=town.vintage, municipality_id=town.municipality_id).values("pk")
    found = Adjacency.objects.filter(left__in=in_town).values_list("left_id", "right_id", "border_m")
    pairs = sorted(
        (min(row[left], row[right]), max(row[left], row[right]), length)
        for left, right, length in found
        if right in row
    )
    ends = np.array([pair[:2] for pair in pairs], dtype=np.intp).reshape(-1, 2)
    return Borders(ends[:, 0], ends[:, 1], np.array([length for *_, length in pairs], dtype=np.float64))


def shapes(actor: Actor, town: SectorMap, codes: Sequence[str]) -> NDArray[np.object_]:
    """The unsimplified shapes of some sectors of the map, in the order of their codes; None where unlocated."""
    found = Sector.objects.filter(vintage=town.vintage, municipality_id=town.municipality_id, code__in=codes)
    return _shapes(found.order_by("code").values_list("geometry", flat=True))


def divisions(actor: Actor, town: SectorMap) -> list[DivisionView]:
    """The existing neighbourhoods of the municipality by name, with their sectors of the map's vintage."""
    members: dict[str, list[str]] = {}
    for division, sector in (
        DivisionSector.objects.filter(
            division__vintage=town.vintage, division__municipality_id=town.municipality_id, share__gte=0.5
        )
        .order_by("sector__code")
        .values_list("division__code", "sector__code")
    ):
        members.setdefault(division, []).append(sector)
    found = Division.objects.filter(vintage=town.vintage, municipality_id=town.municipality_id, is_unlocated=False)
    return [
        DivisionView(code, name, tuple(members.get(code, ())))
        for code, name in found.order_by("name", "code").values_list("code", "name")
    ]


def _as_id(text: uuid.UUID | str) -> uuid.UUID | None:
    """The identifier that an address gave; None when it is none."""
    try:
        return text if isinstance(text, uuid.UUID) else uuid.UUID(text)
    except ValueError:
        return None


def _shapes(contents: Iterable[bytes | memoryview]) -> NDArray[np.object_]:
    """Shapes of their WKB; None for an empty one."""
    texts = [bytes(one) or None for one in contents]
    return np.asarray(shapely.from_wkb(texts), dtype=np.object_)
