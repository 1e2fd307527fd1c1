"""Which polygons share a border: corners are none, unequal vertices are no obstacle."""

from __future__ import annotations

from pathlib import Path

import libpysal
import numpy as np
import pyarrow.parquet
import pytest
import shapely
from hypothesis import given, strategies as st

from wijkcontract.engines.adjacency import Adjacency, NotAnArea, adjacency

PLACES = Path(__file__).parents[2] / ".." / "shared" / "data" / "places"


def grid(rows: int, columns: int) -> np.ndarray:
    row, column = np.divmod(np.arange(rows * columns), columns)
    return np.asarray(shapely.box(column, row, column + 1, row + 1), dtype=object)


def pairs(found: Adjacency) -> set[tuple[int, int]]:
    return set(zip(found.left.tolist(), found.right.tolist(), strict=True))


def test_squares_adjoin_along_a_side_and_not_at_a_corner() -> None:
    found = adjacency(grid(2, 2))
    assert pairs(found) == {(0, 1), (0, 2), (1, 3), (2, 3)}
    assert found.length.tolist() == [1, 1, 1, 1]
    assert found.perimeters.tolist() == [4, 4, 4, 4]
    assert found.matrix(lengths=True).sum(axis=1).tolist() == [2, 2, 2, 2]


def test_a_vertex_that_the_neighbour_lacks_does_not_hide_the_border() -> None:
    big, small = shapely.box(0, 0, 3, 3), [shapely.box(3, 0, 4, 1), shapely.box(3, 1, 4, 3), shapely.box(3, 3, 4, 4)]
    found = adjacency(np.array([big, *small], dtype=object))
    assert pairs(found) == {(0, 1), (0, 2), (1, 2), (2, 3)}, "the third touches only a corner of the big one"
    assert dict(zip(found.right[found.left == 0].tolist(), found.length[found.left == 0].tolist(), strict=True)) == {
        1: 1,
        2: 2,
    }


def test_a_hole_that_is_filled_adjoins_and_an_exclave_is_an_island() -> None:
    ring = shapely.difference(shapely.box(0, 0, 3, 3), shapely.box(1, 1, 2, 2))
    found = adjacency(np.array([ring, shapely.box(1, 1, 2, 2), shapely.box(9, 9, 10, 10)], dtype=object))
    assert (pairs(found), found.length.tolist(), found.islands().tolist()) == ({(0, 1)}, [4.0], [2])


def test_an_empty_coverage_has_no_neighbours_and_a_point_is_refused() -> None:
    nothing = adjacency(np.array([], dtype=object))
    assert (nothing.size, nothing.left.size, nothing.matrix().shape) == (0, 0, (0, 0))
    with pytest.raises(NotAnArea) as refusal:
        adjacency(np.array([shapely.box(0, 0, 1, 1), shapely.Point(0, 0), None], dtype=object))
    assert refusal.value.places.tolist() == [1, 2]


@given(st.integers(1, 7), st.integers(1, 7), st.randoms(use_true_random=False))
def test_the_order_of_the_polygons_changes_only_their_numbers(rows: int, columns: int, random) -> None:  # noqa: ANN001
    shapes = grid(rows, columns)
    order = list(range(shapes.size))
    random.shuffle(order)
    found, shuffled = adjacency(shapes), adjacency(shapes[order])
    assert pairs(shuffled) == {tuple(sorted((order.index(i), order.index(j)))) for i, j in pairs(found)}
    assert found.left.size == rows * (columns - 1) + columns * (rows - 1)


def test_polygons_that_share_a_border_are_one_piece_and_a_corner_is_none() -> None:
    found = adjacency(grid(2, 3))
    assert [found.pieces(np.array(some, dtype=np.int64)) for some in ([], [0], [0, 1, 2], [0, 2], [0, 4], [0, 2, 4])] == [
        0, 1, 1, 2, 2, 3,
    ]  # fmt: skip


@pytest.mark.reference
def test_on_real_polygons_every_pair_of_libpysal_is_found_and_what_more_is_found_has_a_border() -> None:
    table = pyarrow.parquet.read_table(PLACES / "bench_lsoa2011_engeland_wales.parquet")
    shapes = shapely.from_wkb(table["geometry"].to_numpy())
    found = adjacency(shapes)
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.GeoDataFrame(geometry=geopandas.GeoSeries(shapes))
    peer = libpysal.graph.Graph.build_contiguity(frame, rook=True).adjacency
    theirs = {pair for pair, weight in peer.items() if pair[0] < pair[1] and weight}
    assert theirs <= pairs(found)
    lengths = dict(zip(zip(found.left.tolist(), found.right.tolist(), strict=True), found.length.tolist(), strict=True))
    more = pairs(found) - theirs
    assert len(more) == 51
    for one, other in more:
        # The source has rounding at T-junctions, so that the exact intersection is empty: measure within a millimetre.
        strip = shapely.buffer(shapely.boundary(shapes[other]), 0.002)
        within = shapely.length(shapely.intersection(shapely.boundary(shapes[one]), strip))
        assert within == pytest.approx(lengths[one, other], rel=0.05, abs=0.1)
