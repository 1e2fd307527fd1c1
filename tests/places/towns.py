"""Two towns of square sectors in a row, and the people who look at them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import shapely

import people
from wijkcontract.accounts.actors import SYSTEM, Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.engines.adjacency import adjacency
from wijkcontract.places import operations
from wijkcontract.places.arrays import Floats
from wijkcontract.places.enums import Level
from wijkcontract.places.geometry import outlines
from wijkcontract.places.queries import SectorMap, sector_map
from wijkcontract.places.seed import seed_indicators
from wijkcontract.places.tables import DivisionTable, FigureTable, FileFacts, Kept, SectorTable, VintageFacts

WEST, EAST = "44021", "44083"
NAMES = {WEST: "Gent", EAST: "Deinze"}
COLUMNS = 6
"""Sectors in a row of a town; two rows a town, so twelve sectors."""


def editor(town: str = "Gent") -> Actor:
    return people.actor("Bewerker", people.municipality(town, nis_of(town)), Role.EDITOR)


def certifier(town: str = "Gent") -> Actor:
    return people.actor("Certificeerder", people.municipality(town, nis_of(town)), Role.CERTIFIER)


def nis_of(town: str) -> str:
    return next(nis for nis, name in NAMES.items() if name == town)


def facts(label: str, *, content: str = "") -> FileFacts:
    """Facts of a file with this content; the same content is the same file."""
    digest = hashlib.sha256(f"{label} {content}".encode()).hexdigest()
    return FileFacts(label, "Statbel", "open data", f"{label}.csv", digest, rows_read=24)


def codes(nis: str = WEST) -> list[str]:
    return [f"{nis}A{number:02d}-" for number in range(2 * COLUMNS)]


def sectors(*, without: Sequence[str] = (), people_each: int = 400) -> SectorTable:
    """The sectors of both towns, kilometre squares, the towns side by side."""
    rows = [
        (code, nis, shapely.box(1000 * x, 1000 * y, 1000 * x + 1000, 1000 * y + 1000))
        for start, nis in ((0, WEST), (COLUMNS, EAST))
        for number, code in enumerate(codes(nis))
        for x, y in [(start + number % COLUMNS, number // COLUMNS)]
        if code not in without
    ]
    shapes = np.array([shape for *_, shape in rows], dtype=np.object_)
    adjoining = adjacency(shapes)
    return SectorTable(
        codes=[code for code, *_ in rows],
        names=[f"Sector {code}" for code, *_ in rows],
        nis=[nis for _, nis, _ in rows],
        inhabitants=np.full(len(rows), float(people_each)),
        unlocated=np.zeros(len(rows), np.bool_),
        shapes=shapes,
        outlines=outlines(shapes),
        left=adjoining.left,
        right=adjoining.right,
        border_m=adjoining.length,
    )


def build(table: SectorTable | None = None, *, content: str = "") -> Kept:
    """Both towns with their municipalities and the indicator library."""
    for nis, name in NAMES.items():
        people.municipality(name, nis)
    seed_indicators()
    return operations.store_sectors(
        actor=SYSTEM,
        facts=facts("sectoren", content=content),
        vintage=VintageFacts("2020", "Sectoren 2020-2024", 2020, 2024),
        table=table or sectors(),
    )


def divide(halves: int = 2) -> Kept:
    """Existing neighbourhoods: every town in so many parts of consecutive sectors."""
    names = [f"{nis}-{part}" for nis in NAMES for part in range(halves)]
    members = [
        (row, code, 1.0)
        for row, name in enumerate(names)
        for code in np.array_split(np.array(codes(name[:5])), halves)[int(name[6:])].tolist()
    ]
    table = DivisionTable(
        "2024", names, [f"Wijk {name}" for name in names], [name[:5] for name in names],
        np.zeros(len(names), np.bool_), np.array([None] * len(names), dtype=np.object_), members,
    )  # fmt: skip
    return operations.store_divisions(actor=SYSTEM, facts=facts("wijken"), vintage_code="2020", table=table)


def count(
    numerators: Sequence[float], *, indicator: str = "jobseekers_share", year: int = 2023, of: float = 200.0,
    nis: Sequence[str] = (WEST, EAST), content: str = "",
) -> Kept:  # fmt: skip
    """Take in the figures of an indicator for the sectors of the towns in order."""
    numbers: Floats = np.array(numerators, dtype=np.float64)
    every = [code for one in nis for code in codes(one)]
    table = FigureTable(
        indicator, year, Level.SECTOR, every, np.zeros(len(every), np.uint8),
        numerator=numbers, denominator=np.full(len(every), of),
    )  # fmt: skip
    told = facts(f"{indicator} {year}", content=content or str(numerators))
    return operations.store_figures(actor=SYSTEM, facts=told, vintage_code="2020", tables=[table])


def gent(actor: Actor) -> SectorMap:
    return sector_map(actor, people.municipality("Gent", WEST).pk)
