"""The engines beside the peers an analyst would otherwise use, in one run: processor time of ours, of theirs, the ratio.

A comparison is one function in COMPARISONS. A peer that takes minutes is left out by `make bench-quick`; the line says so.
Ours is the median of several runs; a peer is warmed up where it compiles.
"""

from __future__ import annotations

import statistics
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import sparse

from wijkcontract.engines.adjacency import adjacency
from wijkcontract.engines.skater import skater
from wijkcontract.engines.spatial_statistics import local_moran

PLACES: Final = Path(__file__).parents[1] / ".." / "shared" / "data" / "places"
TIMES: Final = 5


@dataclass(frozen=True)
class Comparison:
    """Processor time in seconds on the same input; `theirs` is None when the peer was not run. `same` says whether the
    answers are the same, None where that is not compared here."""

    name: str
    ours: float
    peer: str
    theirs: float | None
    same: bool | None = None


def moran(full: bool) -> list[Comparison]:
    """Local Moran, 999 permutations, on the 9,904 sectors in ../shared when they are there, else on 9,900 squares; esda
    after its compilation, and as it first answers."""
    import esda
    import libpysal

    source = PLACES / "sectoren2024_benaderd.parquet"
    shapes = _read(source) if source.exists() else _squares(99, 100)
    neighbours = adjacency(shapes).matrix()
    values = np.random.default_rng(1).gamma(2.0, size=shapes.size)
    first = _seconds(lambda: local_moran(neighbours, values))
    ours = _median(lambda: local_moran(neighbours, values))
    graph = libpysal.graph.Graph.from_sparse(sparse.coo_array(neighbours))

    def peer() -> None:
        esda.Moran_Local(values, graph, permutations=999, seed=1, n_jobs=1, keep_simulations=False)

    compiling = _seconds(peer)
    return [
        Comparison(f"local Moran, {shapes.size}, eerste keer", first, "esda", compiling),
        Comparison(f"local Moran, {shapes.size}, daarna", ours, "esda warm", _median(peer)),
    ]


def regions(full: bool) -> list[Comparison]:
    """SKATER with 8 indicators and 50 regions; the peer at 4,000 squares, in full at 20,000."""
    lines = [_skater(50, 80, run_peer=True)]
    return [*lines, _skater(100, 200, run_peer=full)]


def borders(full: bool) -> list[Comparison]:
    """Rook neighbours of the real polygons in ../shared when they are there, else of 34,600 squares."""
    import geopandas
    import libpysal

    source = PLACES / "bench_lsoa2011_engeland_wales.parquet"
    shapes = _read(source) if source.exists() else _squares(173, 200)
    frame = geopandas.GeoDataFrame(geometry=geopandas.GeoSeries(shapes))
    theirs = {
        "libpysal Rook": lambda: libpysal.weights.Rook.from_dataframe(frame, use_index=False),
        "libpysal Graph": lambda: libpysal.graph.Graph.build_contiguity(frame, rook=True),
        "libpysal Graph, strict": lambda: libpysal.graph.Graph.build_contiguity(frame, rook=True, strict=True),
    }
    ours = _median(lambda: adjacency(shapes))
    return [Comparison(f"buren van {shapes.size} vlakken", ours, name, _seconds(peer)) for name, peer in theirs.items()]


COMPARISONS: Final[tuple[Callable[[bool], list[Comparison]], ...]] = (borders, moran, regions)


def print_table(*, full: bool) -> None:
    """Print a line per comparison as soon as it is known."""
    print(f"\n{'rekenwerk':34}{'wij':>12}{'ander':>14}{'verhouding':>12}  met")
    for comparison in COMPARISONS:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            lines = comparison(full)
        for line in lines:
            _print(line)


def _print(line: Comparison) -> None:
    if line.theirs is None:
        rest = f"{'-':>14}{'-':>12}  {line.peer}: niet gemeten op deze grootte, zie make bench"
    else:
        rest = f"{line.theirs * 1000:>11.1f} ms{line.theirs / line.ours:>11.1f}x  {line.peer}"
        rest += "" if line.same is None else ", zelfde uitkomst" if line.same else ", ANDERE UITKOMST"
    print(f"{line.name:34}{line.ours * 1000:>9.1f} ms{rest}", flush=True)


def _skater(rows: int, columns: int, *, run_peer: bool) -> Comparison:
    import geopandas
    import pygeoda

    shapes = _squares(rows, columns)
    row, column = np.divmod(np.arange(shapes.size), columns)
    values = np.random.default_rng(2024).normal(size=(8, shapes.size)) + np.sin(row / 13) + np.cos(column / 17)
    neighbours = adjacency(shapes).matrix()
    ours = _median(lambda: skater(neighbours, values.T, 50))
    theirs, same = None, None
    if run_peer:
        opened = pygeoda.open(geopandas.GeoDataFrame({"geometry": shapes}, crs=31370))
        weights = pygeoda.rook_weights(opened)
        begin = time.process_time()
        answer = pygeoda.skater(50, weights, values.tolist(), cpu_threads=1)["Clusters"]
        theirs = time.process_time() - begin
        same = _same_partition(np.array(answer), skater(neighbours, values.T, 50).labels)
    return Comparison(f"SKATER, {shapes.size} vlakken, 50 delen", ours, "pygeoda", theirs, same)


def _same_partition(one: NDArray[Any], other: NDArray[Any]) -> bool:
    """Are the groups the same, whatever their numbers?"""
    pairs = {*zip(one.tolist(), other.tolist(), strict=True)}
    return len(pairs) == len(set(one.tolist())) == len(set(other.tolist()))


def _squares(rows: int, columns: int) -> NDArray[np.object_]:
    row, column = np.divmod(np.arange(rows * columns), columns)
    return np.asarray(shapely.box(column, row, column + 1, row + 1), dtype=object)


def _read(path: Path) -> NDArray[np.object_]:
    import pyarrow.parquet

    return np.asarray(shapely.from_wkb(pyarrow.parquet.read_table(path)["geometry"].to_numpy()), dtype=object)


def _median(work: Callable[[], Any]) -> float:
    return statistics.median(_seconds(work) for _ in range(TIMES))


def _seconds(work: Callable[[], Any]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
