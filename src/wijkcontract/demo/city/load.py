"""Loading the demo city through the operations of the room: its sectors, neighbourhoods, figures and population."""

from __future__ import annotations

import hashlib

import numpy as np
import shapely

from wijkcontract.accounts.actors import SYSTEM
from wijkcontract.demo.city import figures, plan
from wijkcontract.demo.facts import BERINGEN, DENDERMONDE, VILVOORDE
from wijkcontract.engines.adjacency import adjacency
from wijkcontract.places import operations
from wijkcontract.places.geometry import outlines
from wijkcontract.places.indexing import compute
from wijkcontract.places.models import Vintage
from wijkcontract.places.seed import seed_indicators
from wijkcontract.places.tables import DivisionTable, FileFacts, SectorTable, VintageFacts

VINTAGE = "voorbeeld"
SOURCE = "Verzonnen voor de demonstratie"
LICENCE = "Vrij te gebruiken; beschrijft geen bestaande plaats"
TOWNS = (
    (DENDERMONDE, 64, (131_000.0, 190_000.0), 42),
    (BERINGEN, 72, (211_000.0, 194_000.0), 71),
    (VILVOORDE, 60, (155_000.0, 178_000.0), 23),
)


def load_city() -> bool:
    """Load the demo city; returns False when it was there already."""
    if Vintage.objects.filter(code=VINTAGE).exists():
        return False
    seed_indicators()
    towns = [plan.draw(case, sectors=count, origin=place, seed=seed) for case, count, place, seed in TOWNS]
    operations.store_sectors(
        actor=SYSTEM,
        facts=_facts("Voorbeeldsectoren"),
        vintage=VintageFacts(VINTAGE, "Voorbeeldsectoren", 2018, is_official=False, is_example=True),
        table=_sectors(towns),
    )
    operations.store_divisions(
        actor=SYSTEM, facts=_facts("Voorbeeldwijken"), vintage_code=VINTAGE, table=_divisions(towns)
    )
    operations.store_figures(
        actor=SYSTEM, facts=_facts("Voorbeeldcijfers"), vintage_code=VINTAGE, tables=figures.tables(towns, seed=2024)
    )
    operations.store_population(
        actor=SYSTEM,
        facts=_facts("Voorbeeldbevolking"),
        vintage_code=VINTAGE,
        tables=figures.population(towns, figures.YEARS[-1], seed=2025),
    )
    vintage = Vintage.objects.get(code=VINTAGE)
    operations.store_index(actor=SYSTEM, table=compute(SYSTEM, vintage))
    return True


def _facts(label: str) -> FileFacts:
    digest = hashlib.sha256(f"wijkcontract demo city: {label}".encode()).hexdigest()
    return FileFacts(label, SOURCE, LICENCE, "(verzonnen)", digest, rows_read=0, is_example=True)


def _sectors(towns: list[plan.Town]) -> SectorTable:
    """The sectors of all towns, with in each an unlocated rest category of a few inhabitants."""
    located = np.concatenate([town.shapes for town in towns])
    shapes = np.concatenate([located, np.full(len(towns), None, dtype=np.object_)])
    adjoining = adjacency(located)
    return SectorTable(
        codes=[*(code for town in towns for code in town.codes), *(f"{town.nis}ZZZZ" for town in towns)],
        names=[*(name for town in towns for name in town.names), *("Niet te lokaliseren (voorbeeld)" for _ in towns)],
        nis=[*(town.nis for town in towns for _ in town.codes), *(town.nis for town in towns)],
        inhabitants=np.concatenate([*(town.inhabitants for town in towns), np.full(len(towns), 25)]).astype(np.float64),
        unlocated=np.array([shape is None for shape in shapes]),
        shapes=shapes,
        outlines=outlines(shapes),
        left=adjoining.left,
        right=adjoining.right,
        border_m=adjoining.length,
    )


def _divisions(towns: list[plan.Town]) -> DivisionTable:
    """The invented neighbourhoods: each the union of its sectors."""
    codes: list[str] = []
    names: list[str] = []
    nis: list[str] = []
    shapes: list[object] = []
    members: list[tuple[int, str, float]] = []
    for town in towns:
        for number, name in enumerate(plan.QUARTERS):
            inside = np.flatnonzero(town.quarter == number)
            members += [(len(codes), town.codes[row], 1.0) for row in inside.tolist()]
            codes.append(f"{town.nis}-W{number + 1}")
            names.append(f"Voorbeeldwijk {name}")
            nis.append(town.nis)
            shapes.append(shapely.union_all(town.shapes[inside]))
    return DivisionTable(
        "voorbeeld", codes, names, nis, np.zeros(len(codes), np.bool_), np.array(shapes, dtype=np.object_), members
    )
