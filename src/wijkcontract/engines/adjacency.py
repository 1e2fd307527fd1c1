"""Which polygons share a border, and how long that border is (R2).

Rook contiguity: two polygons adjoin when they have a border of positive length in common; a corner is not a border.
First the edges that two polygons have exactly in common: sorted once, without a spatial index. Then the edges that no
other polygon has: there the vertices of neighbours may differ (one has a vertex half-way along the side of another), and
collinear pieces are laid on each other. A method that compares vertices misses those.

All lengths are in the unit of the coordinates, metres in Lambert 72.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

TOLERANCE: Final = 1e-3
"""How far, in the unit of the coordinates, the edge of one polygon may lie from that of another: one millimetre."""
SHORTEST: Final = 1e-2
"""The shortest common border that counts where vertices differ: a centimetre, so that a touching corner is none."""
_POLYGON_TYPES: Final = (3, 6)


class NotAnArea(ValueError):
    """A geometry that is neither a polygon nor a multipolygon; `places` holds their row numbers."""

    def __init__(self, places: Integers) -> None:
        super().__init__(f"{places.size} geometries are not polygons, the first is number {places[0]}")
        self.places = places


@dataclass(frozen=True, slots=True)
class Adjacency:
    """Pairs of adjoining polygons, `left` < `right`, sorted by `left` and then `right`, with their common border."""

    left: Integers
    right: Integers
    length: Floats
    areas: Floats
    """Per polygon."""
    perimeters: Floats
    """Per polygon, holes and border of the territory included."""

    @property
    def size(self) -> int:
        """How many polygons."""
        return int(self.areas.size)

    def matrix(self, *, lengths: bool = False) -> sparse.csr_array:
        """Symmetric matrix, polygons x polygons: 1 for a neighbour, or the common border when `lengths`."""
        ones = self.length if lengths else np.ones(self.left.size)
        rows, columns = np.concatenate([self.left, self.right]), np.concatenate([self.right, self.left])
        return sparse.csr_array((np.concatenate([ones, ones]), (rows, columns)), shape=(self.size, self.size))

    def among(self, polygons: Integers) -> Adjacency:
        """The same between these polygons only, numbered in the order in which they are given."""
        place = np.full(self.size, -1, dtype=np.int64)
        place[polygons] = np.arange(len(polygons))
        left, right = place[self.left], place[self.right]
        inside = (left >= 0) & (right >= 0)
        low, high = np.minimum(left, right)[inside], np.maximum(left, right)[inside]
        order = np.lexsort((high, low))
        return Adjacency(
            low[order], high[order], self.length[inside][order], self.areas[polygons], self.perimeters[polygons]
        )

    def pieces(self, polygons: Integers) -> int:
        """In how many pieces without a common border these polygons lie; 0 for none."""
        return int(csgraph.connected_components(self.among(polygons).matrix(), directed=False, return_labels=False))

    def islands(self) -> Integers:
        """The polygons without a neighbour."""
        degree = np.bincount(self.left, minlength=self.size) + np.bincount(self.right, minlength=self.size)
        return np.flatnonzero(degree == 0)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Directed edges of all rings: the polygon each is of, and its two ends, the smaller end first."""

    owner: Integers
    ends: Floats
    """Edges x 4: x, y, x, y."""

    def only(self, chosen: NDArray[np.bool_] | Integers) -> _Edges:
        return _Edges(self.owner[chosen], self.ends[chosen])

    @property
    def lengths(self) -> Floats:
        return np.hypot(self.ends[:, 2] - self.ends[:, 0], self.ends[:, 3] - self.ends[:, 1])


def adjacency(geometries: NDArray[np.object_]) -> Adjacency:
    """The adjoining pairs of a coverage of polygons or multipolygons; an empty one has no neighbours.

    Raises NotAnArea for another type of geometry, or None.
    """
    types = shapely.get_type_id(geometries)
    wrong = np.flatnonzero(~np.isin(types, _POLYGON_TYPES))
    if wrong.size:
        raise NotAnArea(wrong)
    edges = _edges_of(geometries)
    exact, lonely = _exactly_shared(edges)
    resting = _overlapping(edges.only(lonely))
    pairs = np.concatenate([exact[0], resting[0]])
    left, right, length = _summed(pairs, np.concatenate([exact[1], resting[1]]), len(geometries))
    return Adjacency(left, right, length, shapely.area(geometries), shapely.length(geometries))


def _edges_of(geometries: NDArray[np.object_]) -> _Edges:
    """Every edge of positive length of every ring."""
    parts, part_owner = shapely.get_parts(geometries, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    inside = ring[1:] == ring[:-1]
    start, end = points[:-1][inside], points[1:][inside]
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    ends = np.hstack([np.where(swap[:, None], end, start), np.where(swap[:, None], start, end)])
    edges = _Edges(part_owner[ring_part[ring[:-1][inside]]].astype(np.int64), ends)
    return edges.only((start != end).any(axis=1))


def _exactly_shared(edges: _Edges) -> tuple[tuple[Integers, Floats], Integers]:
    """((pairs x 2, lengths) of edges that lie in two polygons, numbers of the edges that lie in one)."""
    order = np.argsort(_hashes(edges.ends), kind="stable")
    sorted_ends = edges.ends[order]
    first = np.ones(order.size, dtype=bool)
    first[1:] = (sorted_ends[1:] != sorted_ends[:-1]).any(axis=1)
    starts = np.flatnonzero(first)
    sizes = np.diff(np.append(starts, order.size))
    pairs, lengths = [np.empty((0, 2), dtype=np.int64)], [np.empty(0)]
    # A group holds the same edge once per polygon: nearly always two. Three and more only where polygons overlap.
    for step in range(1, int(sizes.max(initial=1))):
        for shift in range(int(sizes.max(initial=1)) - step):
            one = starts[sizes > shift + step] + shift
            pairs.append(np.column_stack([edges.owner[order[one]], edges.owner[order[one + step]]]))
            lengths.append(edges.only(order[one]).lengths)
    return (np.concatenate(pairs), np.concatenate(lengths)), order[starts[sizes == 1]]


def _hashes(ends: Floats) -> NDArray[np.uint64]:
    """A number per edge, equal for equal ends; unequal ends may (very rarely) have the same, which costs nothing but order."""
    bits = (ends + 0.0).view(np.uint64)  # adding zero makes -0.0 and 0.0 the same bits
    mixed = np.zeros(len(ends), dtype=np.uint64)
    for column in range(4):
        mixed ^= bits[:, column]
        mixed *= np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _overlapping(edges: _Edges) -> tuple[Integers, Floats]:
    """(pairs x 2, lengths) of edges of different polygons that lie on each other over some length."""
    if edges.owner.size == 0:
        return np.empty((0, 2), dtype=np.int64), np.empty(0)
    lines = shapely.linestrings(edges.ends.reshape(-1, 2, 2))
    tree = shapely.STRtree(lines)
    x0, y0, x1, y1 = shapely.bounds(lines).T
    boxes = shapely.box(x0 - TOLERANCE, y0 - TOLERANCE, x1 + TOLERANCE, y1 + TOLERANCE)
    one, other = tree.query(boxes)
    chosen = (one < other) & (edges.owner[one] != edges.owner[other])
    one, other = one[chosen], other[chosen]
    length = _common_length(edges.ends[one], edges.ends[other])
    chosen = length > SHORTEST
    return np.column_stack([edges.owner[one[chosen]], edges.owner[other[chosen]]]), length[chosen]


def _common_length(one: Floats, other: Floats) -> Floats:
    """Over what length each second edge lies on the first (the longer of the two is the ruler); 0 where they are not collinear."""
    longer = np.hypot(*(one[:, 2:] - one[:, :2]).T) >= np.hypot(*(other[:, 2:] - other[:, :2]).T)
    ruler, laid = np.where(longer[:, None], one, other), np.where(longer[:, None], other, one)
    along = ruler[:, 2:] - ruler[:, :2]
    size = np.hypot(along[:, 0], along[:, 1])
    along = along / size[:, None]
    begin, end = laid[:, :2] - ruler[:, :2], laid[:, 2:] - ruler[:, :2]
    aside = [np.abs(along[:, 0] * point[:, 1] - along[:, 1] * point[:, 0]) for point in (begin, end)]
    places = np.sort(np.column_stack([(along * begin).sum(axis=1), (along * end).sum(axis=1)]), axis=1)
    common = np.minimum(places[:, 1], size) - np.maximum(places[:, 0], 0.0)
    return np.where((aside[0] <= TOLERANCE) & (aside[1] <= TOLERANCE), np.maximum(common, 0.0), 0.0)


def _summed(pairs: Integers, lengths: Floats, size: int) -> tuple[Integers, Integers, Floats]:
    """Each pair once, the lower number first, with the sum of its lengths."""
    low, high = pairs.min(axis=1), pairs.max(axis=1)
    keep = low != high
    keys, place = np.unique(low[keep] * size + high[keep], return_inverse=True)
    left, right = np.divmod(keys, max(size, 1))
    sums = np.bincount(place, weights=lengths[keep], minlength=keys.size).astype(np.float64)
    return left, right, sums
