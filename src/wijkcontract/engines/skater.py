"""Regions of adjoining units that resemble each other: SKATER (R2).

Assunção, Neves, Câmara and Freitas (2006), doi 10.1080/13658810600665111: a minimum spanning tree over the neighbours,
of which the edge is cut, again and again, that lowers the sum of squared deviations most.

The units of a region stand in the order of a walk through its tree, so that everything below an edge is one slice. What
all possible cuts of a region are worth then follows from the sums below its edges; after a cut only its two parts are
weighed again. Units that do not hang together (an exclave, an island) begin as regions of their own.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class NotDivisible(ValueError):
    """What was asked cannot be: the message says what and how to repair it."""


@dataclass(frozen=True, slots=True)
class Regions:
    """The division that was found; fewer regions than asked when the floor leaves no further cut."""

    labels: Integers
    """Per unit the number of its region, from 0, the region of the first unit first."""
    count: int
    within: float
    """Sum of squared deviations of the standardised indicators from the mean of their region."""
    total: float
    """The same with everything as one region."""


@dataclass(frozen=True, slots=True)
class _Branches:
    """One region as a walk through its tree: of the unit at each place, what lies below it, itself included."""

    units: Integers
    sizes: Integers
    sums: Floats
    """Units x indicators."""
    people: Floats


def skater(
    neighbours: sparse.csr_array,
    values: Floats,
    regions: int,
    *,
    inhabitants: Floats | None = None,
    fewest: float = 0.0,
) -> Regions:
    """Divide units into `regions`. `neighbours` is symmetric, units x units; `values` is units x indicators, standardised here.

    No region gets fewer than `fewest` inhabitants by a cut; a part that already had fewer stays whole. Raises
    NotDivisible for missing values, fewer regions than parts that hang together, or more than units.
    """
    values = np.asarray(values, dtype=np.float64)
    people = np.zeros(len(values)) if inhabitants is None else np.asarray(inhabitants, dtype=np.float64)
    _check(neighbours, values, regions, people)
    if len(values) == 0:
        return Regions(np.empty(0, dtype=np.int64), 0, 0.0, 0.0)
    standard = _standardised(values)
    parts = _walk(_spanning_tree(neighbours, standard), standard, people)
    if regions < len(parts):
        raise NotDivisible(
            f"{len(parts)} parts do not adjoin each other: ask at least {len(parts)} regions, not {regions}"
        )
    return _labelled(_cut(parts, regions, fewest), standard)


def _check(neighbours: sparse.csr_array, values: Floats, regions: int, people: Floats) -> None:
    if values.ndim != 2 or neighbours.shape != (len(values), len(values)) or people.shape != (len(values),):
        raise NotDivisible(
            f"shapes differ: neighbours {neighbours.shape}, values {values.shape}, inhabitants {people.shape}"
        )
    if not np.isfinite(values).all():
        raise NotDivisible(
            f"{(~np.isfinite(values)).any(axis=1).sum()} units have a missing value: leave them out or fill them in"
        )
    if len(values) and not 1 <= regions <= len(values):
        raise NotDivisible(f"{regions} regions of {len(values)} units cannot be")


def _standardised(values: Floats) -> Floats:
    """Mean 0 and standard deviation 1 per indicator; an indicator that is the same everywhere becomes 0."""
    spread = values.std(axis=0, ddof=1) if len(values) > 1 else np.zeros(values.shape[1])
    standard: Floats = np.divide(values - values.mean(axis=0), spread, out=np.zeros_like(values), where=spread > 0)
    return standard


def _spanning_tree(neighbours: sparse.csr_array, values: Floats) -> sparse.csr_array:
    """The minimum spanning tree (a forest where units do not hang together); of equal distances the first pair."""
    pairs = sparse.triu(neighbours, k=1, format="coo")
    near = np.lexsort((pairs.col, pairs.row))
    left, right = pairs.row[near], pairs.col[near]
    distances = np.einsum("ij,ij->i", values[left] - values[right], values[left] - values[right])
    # Ranks in place of distances: none is zero, which scipy takes for "no edge", and none are equal.
    ranks = np.empty(distances.size)
    ranks[np.argsort(distances, kind="stable")] = np.arange(1, distances.size + 1)
    return sparse.csr_array(
        csgraph.minimum_spanning_tree(sparse.csr_array((ranks, (left, right)), shape=neighbours.shape))
    )


def _walk(tree: sparse.csr_array, values: Floats, people: Floats) -> list[_Branches]:
    """Each tree of the forest as a walk in which what is below a unit follows it immediately."""
    count = len(values)
    parts, part_of = csgraph.connected_components(tree, directed=False)
    firsts = np.unique(part_of, return_index=True)[1]
    edges = tree.tocoo()
    # One more unit above the first of every part makes a single tree of the forest, so that one search orders it all.
    rows, columns = np.concatenate([edges.row, np.full(parts, count)]), np.concatenate([edges.col, firsts])
    joined = sparse.csr_array((np.ones(rows.size), (rows, columns)), shape=(count + 1, count + 1))
    order, above = csgraph.breadth_first_order(joined, count, directed=False)
    sizes, places = _places(order[1:].tolist(), above.tolist(), count)
    units = np.empty(count, dtype=np.int64)
    units[places] = np.arange(count)
    size = sizes[units]
    ends = np.arange(count) + size
    below = np.vstack([np.zeros((1, values.shape[1])), np.cumsum(values[units], axis=0)])
    living = np.concatenate([[0.0], np.cumsum(people[units])])
    sums, residents = below[ends] - below[:-1], living[ends] - living[:-1]
    slices = [slice(start, start + sizes[first]) for first, start in zip(firsts, places[firsts], strict=True)]
    return [_Branches(units[cut], size[cut], sums[cut], residents[cut]) for cut in slices]


def _places(order: list[int], above: list[int], root: int) -> tuple[Integers, Integers]:
    """(how many units are below each unit with itself, the place of each in the walk), of a search from above to below."""
    sizes = [1] * (root + 1)
    for unit in reversed(order):
        sizes[above[unit]] += sizes[unit]
    places, free = [0] * (root + 1), [0] * (root + 1)
    for unit in order:
        parent = above[unit]
        places[unit] = free[parent]
        free[unit] = free[parent] + 1
        free[parent] += sizes[unit]
    return np.array(sizes[:root], dtype=np.int64), np.array(places[:root], dtype=np.int64)


def _cut(parts: list[_Branches], regions: int, fewest: float) -> list[Integers]:
    """The units of each region, after the best cuts."""
    done = [part.units for part in parts]
    queue: list[tuple[float, int, int, _Branches]] = []

    def weigh(number: int, part: _Branches) -> None:
        gain, place = _best_cut(part, fewest)
        if place:
            heapq.heappush(queue, (-gain, number, place, part))

    for number, part in enumerate(parts):
        weigh(number, part)
    while queue and len(done) < regions:
        _, number, place, part = heapq.heappop(queue)
        rest, branch = _split(part, place)
        done[number] = rest.units
        done.append(branch.units)
        if len(done) < regions:
            weigh(number, rest)
            weigh(len(done) - 1, branch)
    return done


def _best_cut(part: _Branches, fewest: float) -> tuple[float, int]:
    """(by how much the best cut lowers the sum of squares, the place above which it is); place 0 when there is none."""
    total = part.sizes.size
    if total == 1:
        return 0.0, 0
    below = part.sizes[1:]
    apart = part.sums[1:] - below[:, None] * (part.sums[0] / total)
    gains = np.einsum("ij,ij->i", apart, apart) * (total / (below * (total - below)))
    if fewest > 0:
        gains[(part.people[1:] < fewest) | (part.people[0] - part.people[1:] < fewest)] = -np.inf
    place = int(np.argmax(gains))
    return (float(gains[place]), place + 1) if gains[place] > -np.inf else (0.0, 0)


def _split(part: _Branches, place: int) -> tuple[_Branches, _Branches]:
    """(what is left, the branch at `place`)."""
    end = place + part.sizes[place]
    branch = _Branches(part.units[place:end], part.sizes[place:end], part.sums[place:end], part.people[place:end])
    # Only the units on the way up to the first had the branch below them.
    upward = np.flatnonzero(np.arange(place) + part.sizes[:place] > place)
    kept = [np.concatenate([field[:place], field[end:]]) for field in (part.units, part.sizes, part.sums, part.people)]
    kept[1][upward] -= part.sizes[place]
    kept[2][upward] -= part.sums[place]
    kept[3][upward] -= part.people[place]
    return _Branches(*kept), branch


def _labelled(done: list[Integers], values: Floats) -> Regions:
    labels = np.empty(len(values), dtype=np.int64)
    within = 0.0
    for number, units in enumerate(sorted(done, key=lambda units: int(units.min()))):
        labels[units] = number
        within += float(((values[units] - values[units].mean(axis=0)) ** 2).sum())
    return Regions(labels, len(done), within, float((values**2).sum()))
