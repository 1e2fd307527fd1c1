"""What a choice of sectors comes to: inhabitants, one piece or more, how vulnerable, and which neighbours would add most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wijkcontract.places.queries import Borders, IndexView, SectorMap, graph

SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A sector beside the choice that would make it weigh more."""

    code: str
    name: str
    inhabitants: int
    gain: float


@dataclass(frozen=True, slots=True)
class Standing:
    """The choice as it stands. `score` is the mean of the index weighted by inhabitants, `objective` what the engine maximises:
    the sum of inhabitants x (score - threshold). `unknown` counts chosen sectors without a number of inhabitants."""

    sectors: int
    inhabitants: int
    unknown: int
    pieces: int
    area_km2: float
    score: float | None
    objective: float | None
    worst_tenth: int
    neighbours: tuple[Neighbour, ...]


def standing(town: SectorMap, borders: Borders, index: IndexView | None, codes: Sequence[str]) -> Standing:
    """Work out the choice `codes`; codes of elsewhere count for nothing."""
    rows = town.rows_of(codes)
    people = town.inhabitants[rows]
    score = objective = None
    worst = 0
    if index is not None and len(rows):
        scored = ~np.isnan(index.score[rows]) & ~np.isnan(people)
        weights, scores = people[scored], index.score[rows][scored]
        score = float(np.average(scores, weights=weights)) if weights.sum() > 0 else None
        objective = float((weights * (scores - index.run.threshold)).sum())
        worst = int((index.decile[rows] == 1).sum())
    return Standing(
        sectors=len(rows),
        inhabitants=int(np.nansum(people)),
        unknown=int(np.isnan(people).sum()),
        pieces=graph(town, borders).pieces(rows),
        area_km2=float(np.nansum(town.area_m2[rows])) / 1e6,
        score=score,
        objective=objective,
        worst_tenth=worst,
        neighbours=_neighbours(town, borders, index, rows),
    )


def _neighbours(
    town: SectorMap, borders: Borders, index: IndexView | None, rows: NDArray[np.intp]
) -> tuple[Neighbour, ...]:
    if index is None or not len(rows):
        return ()
    inside = np.zeros(len(town.codes), dtype=np.bool_)
    inside[rows] = True
    beside = np.zeros_like(inside)
    beside[borders.right[inside[borders.left]]] = True
    beside[borders.left[inside[borders.right]]] = True
    gains = town.inhabitants * (index.score - index.run.threshold)
    found = np.flatnonzero(beside & ~inside & (np.nan_to_num(gains, nan=-1.0) > 0))
    best = found[np.argsort(-gains[found], kind="stable")][:SUGGESTED]
    return tuple(
        Neighbour(town.codes[row], town.names[row], int(town.inhabitants[row]), float(gains[row]))
        for row in best.tolist()
    )
