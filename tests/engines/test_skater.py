"""Regions of adjoining units: the partition of pygeoda, also where pygeoda cannot go."""

from __future__ import annotations

import geopandas
import numpy as np
import pygeoda
import pytest
import shapely
from hypothesis import given, settings, strategies as st
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from wijkcontract.engines.adjacency import adjacency
from wijkcontract.engines.skater import NotDivisible, skater

Floats = NDArray[np.float64]


def squares(rows: int, columns: int) -> NDArray[np.object_]:
    row, column = np.divmod(np.arange(rows * columns), columns)
    return np.asarray(shapely.box(column, row, column + 1, row + 1), dtype=object)


def sample(rows: int, columns: int, indicators: int, seed: int) -> tuple[sparse.csr_array, Floats]:
    values = np.random.default_rng(seed).normal(size=(rows * columns, indicators))
    values += np.sin(np.arange(rows * columns) / columns / 3)[:, None]
    return adjacency(squares(rows, columns)).matrix(), values


def peer(rows: int, columns: int, values: Floats, regions: int, **bound: object) -> list[int]:
    frame = geopandas.GeoDataFrame({"geometry": squares(rows, columns)}, crs=31370)
    weights = pygeoda.rook_weights(pygeoda.open(frame))
    found = pygeoda.skater(regions, weights, values.T.tolist(), cpu_threads=1, **bound)
    return list(found["Clusters"])


def same(one: NDArray[np.int64], other: list[int]) -> bool:
    return len(set(zip(one.tolist(), other, strict=True))) == len(set(one.tolist())) == len(set(other))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("rows", "columns", "regions"), [(4, 5, 3), (20, 25, 10), (40, 50, 20)])
@pytest.mark.parametrize("seed", [1, 2])
def test_the_partition_is_that_of_pygeoda(rows: int, columns: int, regions: int, seed: int) -> None:
    neighbours, values = sample(rows, columns, 8, seed)
    assert same(skater(neighbours, values, regions).labels, peer(rows, columns, values, regions))


@pytest.mark.filterwarnings("ignore")
def test_a_floor_of_inhabitants_is_kept_as_pygeoda_keeps_it() -> None:
    neighbours, values = sample(20, 25, 3, 5)
    people = np.random.default_rng(6).integers(1, 2_000, 500).astype(float)
    found = skater(neighbours, values, 8, inhabitants=people, fewest=20_000)
    assert np.bincount(found.labels, weights=people).min() >= 20_000
    assert same(found.labels, peer(20, 25, values, 8, bound_variable=people.tolist(), min_bound=20_000))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 1_000), st.data())
def test_regions_hang_together_and_what_is_within_never_grows(
    rows: int, columns: int, seed: int, data: st.DataObject
) -> None:
    neighbours, values = sample(rows, columns, 2, seed)
    regions = data.draw(st.integers(1, rows * columns))
    found = skater(neighbours, values, regions)
    assert found.count == regions == len(set(found.labels.tolist()))
    for label in range(regions):
        units = np.flatnonzero(found.labels == label)
        assert csgraph.connected_components(neighbours[units][:, units])[0] == 1
    if regions > 1:
        assert found.within <= skater(neighbours, values, regions - 1).within + 1e-9


def test_an_exclave_and_an_island_begin_as_regions_of_their_own() -> None:
    shapes = np.concatenate(
        [squares(3, 3), shapely.transform(squares(1, 2), lambda xy: xy + 50), [shapely.box(90, 90, 91, 91)]]
    )
    neighbours = adjacency(shapes).matrix()
    values = np.arange(12.0)[:, None]
    assert skater(neighbours, values, 3).labels.tolist() == [0] * 9 + [1] * 2 + [2]
    assert skater(neighbours, values, 4).count == 4
    with pytest.raises(NotDivisible, match="at least 3 regions"):
        skater(neighbours, values, 2)


def test_what_cannot_be_divided_is_said_and_equal_values_are_no_obstacle() -> None:
    neighbours, values = sample(3, 3, 2, 1)
    with pytest.raises(NotDivisible, match="10 regions of 9 units"):
        skater(neighbours, values, 10)
    with pytest.raises(NotDivisible, match="missing value"):
        skater(neighbours, np.where(np.arange(18).reshape(9, 2) == 4, np.nan, values), 2)
    assert skater(neighbours, np.ones((9, 2)), 4).count == 4
    assert skater(sparse.csr_array((0, 0)), np.empty((0, 2)), 1).count == 0
    assert skater(sparse.csr_array((1, 1)), np.ones((1, 2)), 1).labels.tolist() == [0]
    assert skater(neighbours, values, 9, inhabitants=np.ones(9), fewest=5).count == 1
