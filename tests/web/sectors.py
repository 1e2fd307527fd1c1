"""A made-up municipality of sectors with figures and an index, for the tests of the map and the profile."""

from __future__ import annotations

import hashlib

import numpy as np
import shapely

from people import actor, organisation
from wijkcontract.accounts.models import Organisation, OrganisationKind
from wijkcontract.accounts.roles import Role
from wijkcontract.places import operations
from wijkcontract.places.enums import Level
from wijkcontract.places.models import Areas, IndexColumn, IndexDefinition, IndexRun, Vintage
from wijkcontract.places.seed import seed_indicators
from wijkcontract.places.tables import DivisionTable, FigureTable, FileFacts, PopulationTable, SectorTable, VintageFacts
from wijkcontract.rules import clock

AGES = (0, 6, 12, 18, 25, 35, 45, 55, 65, 75, 85)
SIDE = 400.0


def facts(name: str) -> FileFacts:
    return FileFacts(name, "Bron van de test", "open", name, hashlib.sha256(name.encode()).hexdigest(), 1)


def code(nis: str, row: int) -> str:
    return f"{nis}A{row:03d}"


def build(
    home: Organisation, count: int = 24, years: tuple[int, ...] = (2019, 2020), *, indicators: int = 3
) -> Vintage:
    """Sectors in a field of squares with ragged borders, `count` of them; the first six are the most vulnerable."""
    seed_indicators()
    manager = actor("Anke", organisation(OrganisationKind.AGENCY, "Agentschap"), Role.AGENCY_MANAGER)
    shapes = _field(count)
    pairs = _pairs(shapes)
    inhabitants = 300.0 + 10 * np.arange(count)
    codes = [code(home.nis, row) for row in range(count)]
    operations.store_sectors(
        actor=manager, facts=facts("sectoren"), vintage=VintageFacts("test", "Sectoren van de test", 2018, is_example=True),
        table=SectorTable(
            codes, [f"Sector {row}" for row in range(count)], [home.nis] * count, inhabitants, np.zeros(count, dtype=np.bool_),
            shapes, shapes, pairs[:, 0], pairs[:, 1], np.full(len(pairs), SIDE),
        ),
    )  # fmt: skip
    rates = ("jobseekers_share", "low_education", "poverty", "single_parent_households", "school_delay")[:indicators]
    tables = [_rates(one, year, codes, inhabitants) for one in rates for year in years]
    operations.store_figures(actor=manager, facts=facts("cijfers"), vintage_code="test", tables=tables)
    counts = np.full((count, 2, len(AGES)), 15, dtype=np.int64)
    operations.store_population(
        actor=manager, facts=facts("bevolking"), vintage_code="test",
        tables=[PopulationTable(2020, Level.SECTOR, codes, AGES, counts)],
    )  # fmt: skip
    vintage = Vintage.objects.get(code="test")
    _index(vintage, home, count)
    return vintage


def neighbourhoods(home: Organisation) -> None:
    """Two existing neighbourhoods: one of the three most vulnerable sectors, one in two pieces."""
    manager = actor("Anke", organisation(OrganisationKind.AGENCY, "Agentschap"), Role.AGENCY_MANAGER)
    members = [(0, code(home.nis, row), 1.0) for row in (0, 1, 2)] + [(1, code(home.nis, row), 1.0) for row in (9, 10)]
    shapes = np.array([shapely.box(0, 0, 1, 1)] * 2, dtype=np.object_)
    operations.store_divisions(
        actor=manager, facts=facts("wijken"), vintage_code="test",
        table=DivisionTable(
            "1", ["D1", "D2"], ["Lindewijk", "Veldwijk"], [home.nis] * 2, np.zeros(2, dtype=np.bool_), shapes, members
        ),
    )  # fmt: skip


def newer_figures(home: Organisation, count: int = 24) -> None:
    """Another year of one indicator comes in."""
    manager = actor("Anke", organisation(OrganisationKind.AGENCY, "Agentschap"), Role.AGENCY_MANAGER)
    codes = [code(home.nis, row) for row in range(count)]
    table = _rates("poverty", 2021, codes, 300.0 + 10 * np.arange(count))
    operations.store_figures(actor=manager, facts=facts("nieuwere cijfers"), vintage_code="test", tables=[table])


def _field(count: int) -> np.ndarray:  # type: ignore[type-arg]
    """Squares whose shared sides go up and down, so that a sector has as many points as a real one."""
    wide = int(np.ceil(np.sqrt(count)))
    rng = np.random.default_rng(1)
    steps = np.linspace(0, SIDE, 8)[:-1]
    along = rng.uniform(-25, 25, (wide + 1, wide + 1, 2, 7))
    along[..., 0] = 0

    def side(column: int, row: int, way: int) -> list[tuple[float, float]]:
        bumps = along[column, row, way]
        ends = column * SIDE + (steps if way == 0 else bumps), row * SIDE + (bumps if way == 0 else steps)
        return list(zip(ends[0].tolist(), ends[1].tolist(), strict=True))

    found = []
    for at in range(count):
        column, row = at % wide, at // wide
        top, right = side(column, row + 1, 0), side(column + 1, row, 1)
        corner = ((column + 1) * SIDE, (row + 1) * SIDE)
        back = [corner, *top[:0:-1], top[0], *side(column, row, 1)[:0:-1]]
        found.append(shapely.Polygon([*side(column, row, 0), *right, *back]))
    return shapely.transform(
        np.array(found, dtype=np.object_), lambda points: points + np.array([150_000.0, 170_000.0])
    )


def _pairs(shapes: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    tree = shapely.STRtree(shapes)
    left, right = tree.query(shapes, predicate="touches")
    shared = shapely.length(shapely.intersection(shapes[left], shapes[right]))
    return np.array([(one, other) for one, other, m in zip(left, right, shared, strict=True) if one < other and m > 1])


def _rates(indicator: str, year: int, codes: list[str], people: np.ndarray) -> FigureTable:  # type: ignore[type-arg]
    share = np.where(np.arange(len(codes)) < 6, 0.2, 0.08) + (year - 2019) * 0.01
    numerators = np.round(people * share)
    numerators[-1] = 2
    return FigureTable(
        indicator,
        year,
        Level.SECTOR,
        codes,
        np.zeros(len(codes), dtype=np.uint8),
        numerator=numerators,
        denominator=people,
    )


def _index(vintage: Vintage, home: Organisation, count: int) -> None:
    definition = IndexDefinition.objects.create(
        code="test", version="1", label="Kwetsbaarheid", content="", sha256="0" * 64
    )
    run = IndexRun.objects.create(
        definition=definition, vintage=vintage, data_version=2, year=2020, ranked=count, threshold=60.0, variants=1000,
        domains=[{"code": "work", "label": "Werk"}, {"code": "housing", "label": "Wonen"}], computed_at=clock.now(),
    )  # fmt: skip
    rows = np.arange(count, dtype=np.float64)
    score = np.where(rows < 6, 80.0, 30.0) - rows / 10
    decile = np.minimum(1 + rows * 10 // count, 10)
    both = np.stack([score, score], axis=1)

    def pack(numbers: np.ndarray) -> bytes:  # type: ignore[type-arg]
        return numbers.astype("<f8").tobytes()

    IndexColumn.objects.create(
        run=run, areas=Areas.objects.get(vintage=vintage, level=Level.SECTOR, municipality=home), score=pack(score),
        rank=pack(rows + 1), decile=pack(decile), certainty=pack(np.where(rows < 6, 0.97, 0.01)), rank_low=pack(rows + 1),
        rank_high=pack(rows + 3), burdened=pack(np.where(rows < 6, 2.0, 0.0)), domain_scores=pack(both),
        domain_deciles=pack(np.stack([decile, decile], axis=1)),
    )  # fmt: skip
