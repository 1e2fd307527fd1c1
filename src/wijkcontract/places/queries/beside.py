"""A proposed neighbourhood beside the ones that exist and beside the best circle, judged by the same yardstick (R2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from wijkcontract.engines import delineation
from wijkcontract.places.queries.geography import Borders, DivisionView, SectorMap
from wijkcontract.places.queries.results import IndexView
from wijkcontract.places.queries.suggestions import Wish, problem_of


@dataclass(frozen=True, slots=True)
class Beside:
    """Another set of sectors. `overlap` (0..1) is the share of the inhabitants of either that live in both; `fits` says
    whether it keeps to what was asked. `objective` is what the engine maximises. The circle has no name."""

    name: str
    inhabitants: int
    objective: float
    fits: bool
    overlap: float


def beside(
    town: SectorMap,
    borders: Borders,
    index: IndexView,
    wish: Wish,
    codes: Sequence[str],
    others: Sequence[DivisionView],
) -> list[Beside]:
    """The best circle, then the existing neighbourhoods: those that fit the wish first, then the highest objective."""
    problem = problem_of(town, borders, index, wish)
    answer = tuple(int(row) for row in town.rows_of(codes))
    labels = np.full(problem.size, delineation.NO_LABEL, dtype=np.int64)
    for label, one in enumerate(others):
        labels[town.rows_of(one.sectors)] = label
    centres = np.nan_to_num(shapely.get_coordinates(_centres(town)))
    circle = delineation.best_circle(problem, answer, centres)
    found = [_beside("", circle)] if circle else []
    return found + [
        _beside(others[one.label].name, one) for one in delineation.compare_division(problem, answer, labels)
    ]


def _centres(town: SectorMap) -> shapely.MultiPoint:
    """One point per sector; a sector without shape lies far away, so that no circle reaches it."""
    nowhere = shapely.Point(-1e7, -1e7)
    shapes = [nowhere if shape is None else shapely.centroid(shape) for shape in town.outlines]
    return shapely.MultiPoint(shapes)


def _beside(name: str, found: delineation.Compared) -> Beside:
    verdict = found.verdict
    return Beside(name, verdict.inhabitants, verdict.objective, verdict.feasible, found.overlap)
