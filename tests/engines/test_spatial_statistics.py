"""Where high values lie together: the numbers of esda, and p-values that chance confirms."""

from __future__ import annotations

import esda
import geopandas
import libpysal
import numpy as np
import pygeoda
import pytest
import shapely
from hypothesis import given, strategies as st
from scipy import sparse

from wijkcontract.engines.adjacency import adjacency
from wijkcontract.engines.spatial_statistics import (
    NoSpatialStatistic,
    Quadrant,
    false_discovery,
    getis_ord,
    local_moran,
)


def sample(rows: int, columns: int, seed: int) -> tuple[sparse.csr_array, np.ndarray]:
    row, column = np.divmod(np.arange(rows * columns), columns)
    neighbours = adjacency(np.asarray(shapely.box(column, row, column + 1, row + 1), dtype=object)).matrix()
    return neighbours, np.random.default_rng(seed).gamma(2.0, size=rows * columns) + row / rows


def graph(neighbours: sparse.csr_array) -> libpysal.graph.Graph:
    return libpysal.graph.Graph.from_sparse(sparse.coo_array(neighbours))


@pytest.mark.filterwarnings("ignore")
def test_local_moran_is_that_of_esda_and_its_p_values_those_of_pygeoda() -> None:
    neighbours, values = sample(20, 30, 1)
    ours = local_moran(neighbours, values, permutations=9_999)
    # Without permutations esda need not compile first, which takes longer than all the rest.
    peer = esda.Moran_Local(values, graph(neighbours), permutations=0)
    np.testing.assert_allclose(ours.statistic, peer.Is, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(ours.expected, peer.EIc, rtol=1e-12)
    np.testing.assert_allclose(ours.variance, peer.VIc, rtol=1e-12)
    assert (ours.quadrants == peer.q).all()
    row, column = np.divmod(np.arange(600), 30)
    frame = geopandas.GeoDataFrame({"geometry": shapely.box(column, row, column + 1, row + 1)}, crs=31370)
    weights = pygeoda.rook_weights(pygeoda.open(frame))
    other = pygeoda.local_moran(weights, values.tolist(), permutations=9_999, cpu_threads=1)
    theirs = np.array(other.lisa_pvalues())
    # Two estimates from 9,999 draws each: their difference stays within five standard errors.
    error = np.sqrt(2 * np.maximum(theirs * (1 - theirs), 1e-3) / 9_999)
    assert (np.abs(ours.p - theirs) / error).max() < 5


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("star", [False, True])
def test_getis_ord_is_that_of_esda(star: bool) -> None:
    neighbours, values = sample(20, 30, 2)
    ours = getis_ord(neighbours, values, star=star)
    peer = esda.G_Local(values, graph(neighbours), transform="B", star=star, permutations=0)
    np.testing.assert_allclose(ours.statistic, peer.Gs, rtol=1e-12)
    np.testing.assert_allclose(ours.z, peer.Zs, rtol=1e-8, atol=1e-12)
    assert (ours.p == local_moran(neighbours, values).p).all(), "the same draws serve every statistic"


def test_p_values_are_exact_when_every_order_can_be_counted() -> None:
    # A row of four: unit 0 has one neighbour, which of the three others it is decides all.
    neighbours, _ = sample(1, 4, 0)
    p = local_moran(neighbours, np.array([1.0, 9.0, 4.0, 2.0]), permutations=99_999).p
    assert p[0] == pytest.approx(1 / 3, abs=0.01)
    assert p[3] == pytest.approx(2 / 3, abs=0.01), "9 and 4 are at least 4; 4 and 1 are at most 4"


@given(st.integers(0, 1_000))
def test_a_hidden_pattern_stands_out_and_the_seed_repeats_it(seed: int) -> None:
    neighbours, values = sample(12, 12, seed)
    row, column = np.divmod(np.arange(144), 12)
    block = (row < 4) & (column < 4)
    found = local_moran(neighbours, values + 20 * block)
    inner = (row < 3) & (column < 3)
    assert (found.quadrants[inner] == Quadrant.HIGH_HIGH).all()
    assert found.p[inner].max() <= 0.05
    assert (found.p == local_moran(neighbours, values + 20 * block).p).all()


@given(st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), max_size=40))
def test_the_false_discovery_rate_keeps_the_order_and_never_lowers(p: list[float]) -> None:
    given_p = np.array(p, dtype=float)
    adjusted = false_discovery(given_p)
    known = ~np.isnan(given_p)
    assert (np.isnan(adjusted) == ~known).all()
    assert (adjusted[known] >= given_p[known] * (1 - 1e-12)).all()
    assert (np.diff(adjusted[known][np.argsort(given_p[known])]) >= 0).all()


def test_the_false_discovery_rate_of_a_published_example() -> None:
    # Benjamini and Hochberg (1995), section 4: at 5 % the first four of fifteen hypotheses are rejected.
    p = np.array(
        [
            0.0001,
            0.0004,
            0.0019,
            0.0095,
            0.0201,
            0.0278,
            0.0298,
            0.0344,
            0.0459,
            0.3240,
            0.4262,
            0.5719,
            0.6528,
            0.7590,
            1.0,
        ]
    )
    assert (false_discovery(p) <= 0.05).sum() == 4


def test_an_island_has_no_p_value_and_impossible_figures_are_said() -> None:
    neighbours = sparse.csr_array(np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]]))
    found = local_moran(neighbours, np.array([1.0, 2.0, 4.0]))
    assert np.isnan(found.p).tolist() == [False, False, True]
    assert found.quadrants[2] == Quadrant.NONE
    with pytest.raises(NoSpatialStatistic, match="same figure"):
        local_moran(neighbours, np.ones(3))
    with pytest.raises(NoSpatialStatistic, match="1 units have no figure"):
        local_moran(neighbours, np.array([1.0, np.nan, 2.0]))
    with pytest.raises(NoSpatialStatistic, match="not negative"):
        getis_ord(neighbours, np.array([1.0, -1.0, 2.0]), star=True)
    assert local_moran(sparse.csr_array((0, 0)), np.empty(0)).p.size == 0
