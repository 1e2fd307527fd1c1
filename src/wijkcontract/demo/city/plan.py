"""The plan of an invented town: a coverage of sectors, its neighbourhoods, and how disadvantage lies over it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from wijkcontract.demo.facts import Case

Numbers = NDArray[np.float64]
Shapes = NDArray[np.object_]
QUARTERS = ("Centrum", "Station", "Kanaal", "Veld", "Molen", "Abdij", "Heide", "Dijk")
"""Names of the invented neighbourhoods, each with `Voorbeeldwijk` before it."""


@dataclass(frozen=True)
class Town:
    """One invented town. `deprivation` (0..1) is what the figures of a sector are drawn from; shapes are in metres."""

    nis: str
    codes: list[str]
    names: list[str]
    shapes: Shapes
    inhabitants: NDArray[np.int64]
    deprivation: Numbers
    quarter: NDArray[np.int64]


def draw(case: Case, *, sectors: int, origin: tuple[float, float], seed: int) -> Town:
    """A town of this many sectors around `origin` (EPSG:31370). The sectors that the case names lie where need is greatest."""
    random = np.random.default_rng(seed)
    points = _spread(random, sectors)
    cells = _cells(points, origin)
    middle = random.uniform(-0.35, 0.35, size=(3, 2))
    distance = np.linalg.norm(points[:, None, :] - middle[None], axis=2)
    field = (np.exp(-((distance / 0.32) ** 2)) * np.array([1.0, 0.7, 0.5])).max(axis=1)
    deprivation = np.clip(0.08 + 0.8 * field + random.normal(0, 0.06, sectors), 0, 1)
    inhabitants = np.round(random.lognormal(6.1, 0.55, sectors) * (1.15 - np.linalg.norm(points, axis=1) * 0.5))
    quarter = np.linalg.norm(points[:, None, :] - points[None, : len(QUARTERS)], axis=2).argmin(axis=1)
    town = Town(
        nis=case.nis,
        codes=[f"{case.nis}X{number:02d}-" for number in range(1, sectors + 1)],
        names=[f"Voorbeeldsector {QUARTERS[one]} {number}" for number, one in enumerate(quarter, 1)],
        shapes=cells,
        inhabitants=np.maximum(inhabitants.astype(np.int64), 12),
        deprivation=deprivation,
        quarter=quarter.astype(np.int64),
    )
    _name_the_case(town, case, distance[:, 0])
    return town


def _name_the_case(town: Town, case: Case, distance: Numbers) -> None:
    """Give the sectors nearest to the first focus the codes of the case, and together its inhabitants."""
    nearest = np.argsort(distance)[: len(case.sectors)]
    share, rest = divmod(case.inhabitants, len(case.sectors))
    for place, (row, code) in enumerate(zip(nearest.tolist(), case.sectors, strict=True)):
        town.codes[row] = code
        town.inhabitants[row] = share + (rest if place == 0 else 0)
        town.deprivation[row] = max(town.deprivation[row], 0.85)


def _spread(random: np.random.Generator, count: int) -> Numbers:
    """Points in the unit disc that keep some distance: sunflower order with a little noise."""
    order = np.arange(count) + 0.5
    radius, angle = np.sqrt(order / count), order * np.pi * (3 - np.sqrt(5))
    even = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return np.asarray(even + random.normal(0, 0.25 / np.sqrt(count), even.shape))


def _cells(points: Numbers, origin: tuple[float, float]) -> Shapes:
    """The cells of the points inside a town border, as a coverage on whole metres, in the order of the points."""
    placed = points * 3200 + np.array(origin)
    turns = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    reach = 3350 * (1 + 0.06 * np.sin(3 * turns) + 0.04 * np.cos(5 * turns + 1))
    border = shapely.Polygon(np.column_stack([reach * np.cos(turns), reach * np.sin(turns)]) + np.array(origin))
    collected = shapely.voronoi_polygons(shapely.MultiPoint(placed), extend_to=border, ordered=True)
    cut = shapely.intersection(shapely.get_parts(collected), border)
    return np.asarray(shapely.set_precision(cut, 1.0), dtype=np.object_)
