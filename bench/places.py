"""Processor time of the places room on generated sectors: taking in a whole vintage, reading the largest town, its profile."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyogrio
import shapely

from bench.engines import Timed, once_ms
from wijkcontract.accounts.actors import ANONYMOUS, SYSTEM
from wijkcontract.accounts.queries import municipalities
from wijkcontract.accounts.seed import seed_organisations
from wijkcontract.places import operations, queries
from wijkcontract.places.enums import Level
from wijkcontract.places.importers import read_sectors
from wijkcontract.places.models import Indicator
from wijkcontract.places.seed import seed_indicators
from wijkcontract.places.tables import FigureTable, FileFacts, SectorTable, VintageFacts

SECTORS = 20_000
LARGEST = 298
"""Sectors of the largest municipality."""
YEARS = range(2015, 2025)
VERTICES_EVERY = 60.0
"""Metres between vertices, so that a sector has some fifty, as a real one."""
SIDE = 100_000.0


def lines() -> list[Timed]:
    """Measure every line, in order: the later ones read what the first one took in."""
    seed_organisations()
    seed_indicators()
    table = _sectors()
    with tempfile.TemporaryDirectory() as folder:
        file = _written(table, Path(folder))
        took = once_ms(lambda: _take_in(file))
    _figures(table.codes[:LARGEST])
    town = queries.sector_map(ANONYMOUS, _towns()[0][1])
    asked: tuple[tuple[str, Callable[[], object], float], ...] = (
        (f"kaart van {LARGEST} sectoren: grenzen en cijfers", lambda: _map(town.municipality_id), 60),
        ("profiel van een getekende wijk", lambda: queries.profile(ANONYMOUS, town, town.codes[:12]), 100),
    )
    read = [Timed(name, sorted(once_ms(work) for _ in range(7))[3], target) for name, work, target in asked]
    return [Timed(f"{SECTORS} sectoren inladen, met buren", took, 15_000), *read]


def _towns() -> list[tuple[str, uuid.UUID]]:
    return list(municipalities(ANONYMOUS).order_by("nis").values_list("nis", "pk"))


def _sectors() -> SectorTable:
    """Cells of random points in a square; the first town has as many as the largest, the others share the rest."""
    random = np.random.default_rng(1)
    square = shapely.box(0, 0, SIDE, SIDE)
    points = random.uniform(0, SIDE, (SECTORS, 2))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=square, ordered=True))
    shapes = shapely.segmentize(shapely.intersection(cells, square), VERTICES_EVERY)
    order = np.argsort(points[:, 0])
    towns = [nis for nis, _ in _towns()]
    share = np.linspace(1, len(towns) - 1e-6, SECTORS - LARGEST).astype(int)
    of_town = [0] * LARGEST + share.tolist()
    nothing = np.zeros(0)
    return SectorTable(
        codes=[f"{number:05d}B00-" for number in range(SECTORS)],
        names=[f"Sector {number}" for number in range(SECTORS)],
        nis=[towns[number] for number in of_town],
        inhabitants=random.integers(50, 2000, SECTORS).astype(np.float64),
        unlocated=np.zeros(SECTORS, np.bool_),
        shapes=np.asarray(shapes, dtype=np.object_)[order],
        outlines=np.zeros(0, dtype=np.object_),
        left=nothing.astype(np.intp),
        right=nothing.astype(np.intp),
        border_m=nothing,
    )


def _written(table: SectorTable, folder: Path) -> Path:
    """The sectors as a file that an operator would bring."""
    path = folder / "sectoren.gpkg"
    pyogrio.raw.write(
        path,
        shapely.to_wkb(table.shapes),
        field_data=[np.array(table.codes), np.array(table.names), np.array(table.nis), table.inhabitants],
        fields=["code", "name", "nis", "inhabitants"],
        geometry_type="Polygon",
        crs="EPSG:31370",
    )
    return path


def _take_in(file: Path) -> None:
    """The whole import: reading, neighbours, outlines, and the rows in one transaction."""
    columns = {name: name for name in ("code", "name", "nis", "inhabitants")}
    read = read_sectors(file, columns=columns)
    assert not read.refused, read.refused[:3]  # noqa: S101 - a bench that measures less than it says is worse than none
    operations.store_sectors(
        actor=SYSTEM, facts=_facts("sectors"), vintage=VintageFacts("bench", "Meting", YEARS[-1]), table=read.table
    )


def _figures(codes: Sequence[str]) -> None:
    """Every summed indicator of the largest town over the years."""
    random = np.random.default_rng(2)
    tables = [
        FigureTable(
            code, year, Level.SECTOR, codes, np.zeros(LARGEST, np.uint8),
            numerator=random.integers(0, 300, LARGEST).astype(np.float64), denominator=np.full(LARGEST, 600.0),
        )
        for code in Indicator.objects.exclude(code="income").values_list("code", flat=True)
        for year in YEARS
    ]  # fmt: skip
    operations.store_figures(actor=SYSTEM, facts=_facts("figures"), vintage_code="bench", tables=tables)


def _map(municipality_id: uuid.UUID) -> None:
    town = queries.sector_map(ANONYMOUS, municipality_id)
    queries.borders(ANONYMOUS, town)
    queries.figures_at(ANONYMOUS, town, "poverty", YEARS[-1])


def _facts(label: str) -> FileFacts:
    return FileFacts(label, "verzonnen", "vrij", label, label.ljust(64, "0"), rows_read=SECTORS)
