"""The neighbourhood that the figures ask for: the engine's proposal for the sectors of a municipality, with alternatives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from wijkcontract.engines import delineation
from wijkcontract.engines.adjacency import Adjacency
from wijkcontract.places.queries.geography import Borders, SectorMap
from wijkcontract.places.queries.results import IndexView


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked: bounds on the inhabitants, a largest surface in km² or None, sectors that must be in, how many others."""

    low: int
    high: int
    max_km2: float | None = None
    keep: Sequence[str] = ()
    alternatives: int = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One answer: the codes of its sectors, and whether no other set is better. `gap` is how much better one may still be."""

    codes: tuple[str, ...]
    inhabitants: int
    objective: float
    proven: bool
    gap: float


def suggestions(
    town: SectorMap, borders: Borders, index: IndexView, wish: Wish, seconds: float
) -> tuple[list[Suggestion], str]:
    """The best set and its alternatives, best first, and the reason when there is none. `seconds` is for each answer.

    The threshold is that of the run of the index; sectors without shape stay out. The caller fetched `town` and `index`
    for an actor who may read them.
    """
    problem = problem_of(town, borders, index, wish)
    first = delineation.delineate(problem, seconds)
    if not first.areas:
        return [], first.reason
    others = delineation.alternatives(problem, first, wish.alternatives, seconds)
    return [
        Suggestion(tuple(town.codes[row] for row in one.areas), one.inhabitants, one.objective, one.proven, one.gap)
        for one in (first, *others)
    ], ""


def graph(town: SectorMap, borders: Borders) -> Adjacency:
    """The sectors of a map and their borders as the engines take them, in the order of the map."""
    return Adjacency(
        borders.left.astype(np.int64), borders.right.astype(np.int64), borders.border_m,
        np.nan_to_num(town.area_m2), np.nan_to_num(shapely.length(town.outlines)),
    )  # fmt: skip


def problem_of(town: SectorMap, borders: Borders, index: IndexView, wish: Wish) -> delineation.Problem:
    """The wish as a question to the engine, over the sectors of the map; sectors without shape stay out."""
    out = {int(row) for row in np.flatnonzero(town.unlocated)}
    kept = tuple(int(row) for row in town.rows_of(wish.keep) if int(row) not in out)
    return delineation.Problem(
        inhabitants=np.nan_to_num(town.inhabitants).round().astype(np.int64),
        score=index.score,
        adjacency=graph(town, borders),
        low=wish.low,
        high=wish.high,
        threshold=float(index.run.threshold),
        forced_in=kept,
        forced_out=tuple(sorted(out)),
        max_surface=wish.max_km2 * 1e6 if wish.max_km2 is not None else None,
    )
