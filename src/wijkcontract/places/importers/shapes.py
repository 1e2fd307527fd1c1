"""Files with borders: shapefile, zipped or not, GeoPackage, GeoJSON and GeoParquet, brought to EPSG:31370 (Lambert 72)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow.parquet as pq
import pyogrio.raw
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from wijkcontract.places.importers.archives import require_harmless
from wijkcontract.places.importers.cells import Cells, read_cells, require_file
from wijkcontract.places.tables import RefusedRow
from wijkcontract.rules.verdicts import Invalid

LAMBERT_72: Final = 31370
BELGIUM: Final = (0.0, 0.0, 320_000.0, 270_000.0)
"""Lambert 72, metres, with a wide margin; a shape outside it has another reference system than the file says."""
AREA_TOLERANCE: Final = 0.01
"""How much a repair may change an area, relative; beyond it the border is not what its maker meant."""
_KINDS: Final = (".shp", ".gpkg", ".geojson", ".json", ".parquet")


@dataclass(frozen=True, slots=True)
class Shapes:
    """The attributes of a file and its polygons in EPSG:31370: None where the row has none or `refused` says why not."""

    cells: Cells
    polygons: NDArray[np.object_]
    refused: list[RefusedRow]
    repaired: int = 0


def read_shapes(path: Path, crs: str = "") -> Shapes:
    """Read a file with polygons. `crs` counts only when the file has none. Raises Invalid when it cannot be read."""
    require_file(path)
    if path.suffix.lower() == ".parquet":
        cells, geometry, own = _geoparquet(path)
    else:
        cells, geometry, own = _with_gdal(path)
    if not cells.lines:
        raise Invalid.because(f"{path.name} bevat geen enkele rij.")
    system = _system(path, own or crs)
    polygons = shapely.force_2d(shapely.from_wkb(geometry, on_invalid="ignore"))
    lost = np.array([one is not None for one in geometry]) & shapely.is_missing(polygons)
    refused = _refuse(cells, lost, "De vorm is onleesbaar. Teken of exporteer deze rij opnieuw.")
    polygons, sorted_out = _only_areas(cells, polygons)
    polygons = _to_lambert(polygons, system)
    polygons, repaired, broken = _repaired(cells, polygons)
    polygons, outside = _inside_belgium(cells, polygons)
    return Shapes(cells, polygons, [*refused, *sorted_out, *broken, *outside], repaired)


def _with_gdal(path: Path) -> tuple[Cells, NDArray[np.object_], str]:
    target = str(path)
    if path.suffix.lower() == ".zip":
        inside = [name for name in require_harmless(path) if name.lower().endswith(_KINDS[:-1])]
        if len(inside) != 1:
            raise Invalid.because(
                f"In {path.name} hoort één shapefile, GeoPackage of GeoJSON te zitten; er zijn er {len(inside)}."
            )
        target = f"/vsizip/{path.resolve()}/{inside[0]}"
    elif path.suffix.lower() not in _KINDS:
        raise Invalid.because(
            f"{path.name}: dit soort bestand wordt niet gelezen. Het kan .shp, .zip, .gpkg, .geojson of .parquet zijn."
        )
    try:
        meta, _, geometry, fields = pyogrio.raw.read(target)
    except (DataSourceError, DataLayerError, ValueError, OSError) as error:
        raise Invalid.because(
            f"{path.name} kan niet gelezen worden, het is beschadigd of onvolledig ({error})."
        ) from error
    if geometry is None:
        raise Invalid.because(f"{path.name} bevat geen vormen. Geef een bestand met veelhoeken.")
    columns = {str(name): values.tolist() for name, values in zip(meta["fields"], fields, strict=True)}
    return Cells(path.name, columns, range(1, len(geometry) + 1)), geometry, str(meta["crs"] or "")


def _geoparquet(path: Path) -> tuple[Cells, NDArray[np.object_], str]:
    cells = read_cells(path)
    try:
        geo = json.loads((pq.read_schema(path).metadata or {})[b"geo"])
        name = geo["primary_column"]
        column = geo["columns"][name]
        encoding, crs = column["encoding"], column.get("crs", "OGC:CRS84")
        geometry = np.array([*cells.columns.pop(name), None], dtype=np.object_)[:-1]
    except (KeyError, ValueError, TypeError) as error:
        raise Invalid.because(f"{path.name} is geen GeoParquet: de beschrijving van de vormen ontbreekt.") from error
    if encoding != "WKB":
        raise Invalid.because(f"{path.name}: de vormen staan er als {encoding}, alleen WKB wordt gelezen.")
    return cells, geometry, json.dumps(crs) if isinstance(crs, dict) else str(crs or "")


def _system(path: Path, name: str) -> Any:  # noqa: ANN401 - pyproj has no types
    if not name:
        raise Invalid.because(
            f"{path.name} zegt niet in welk coördinatenstelsel het staat. Zeg het met --crs, bijvoorbeeld --crs EPSG:31370."
        )
    try:
        return CRS.from_user_input(name)
    except CRSError as error:
        raise Invalid.because(f"Het coördinatenstelsel '{name[:80]}' is niet bekend.") from error


def _only_areas(cells: Cells, shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], list[RefusedRow]]:
    kinds = shapely.get_type_id(shapes)
    wrong = (kinds >= 0) & ~np.isin(kinds, (3, 6))
    empty = shapely.is_empty(shapes)
    return _without(shapes, wrong | empty), _refuse(
        cells, wrong & ~empty, "De vorm is geen veelhoek. Een gebied heeft een oppervlakte nodig."
    )


def _to_lambert(shapes: NDArray[np.object_], system: Any) -> NDArray[np.object_]:  # noqa: ANN401
    if system.to_epsg() == LAMBERT_72:
        return shapes
    way = Transformer.from_crs(system, LAMBERT_72, always_xy=True)

    def moved(points: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = way.transform(points[:, 0], points[:, 1])
        # A tenth of a millimetre: a corner that two sectors share stays one corner, whatever the last bit says.
        return np.round(np.column_stack([x, y]), 4)

    return np.asarray(shapely.transform(shapes, moved), dtype=np.object_)


def _repaired(cells: Cells, shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], int, list[RefusedRow]]:
    """Invalid polygons made valid where that hardly changes them; the others are refused."""
    rows = np.flatnonzero(~shapely.is_missing(shapes) & ~shapely.is_valid(shapes))
    whole = np.zeros(len(shapes), dtype=np.bool_)
    result = shapes.copy()
    for row in rows.tolist():
        before = shapely.area(shapes[row])
        fixed = shapely.make_valid(shapes[row], method="structure", keep_collapsed=False)
        after = shapely.area(fixed)
        if shapely.get_type_id(fixed) in (3, 6) and after > 0 and abs(after - before) <= AREA_TOLERANCE * after:
            result[row] = fixed
        else:
            whole[row] = True
    message = (
        "De grens kruist zichzelf en de bedoelde vorm is niet te achterhalen. Herstel deze grens in het bronbestand."
    )
    return _without(result, whole), len(rows) - int(whole.sum()), _refuse(cells, whole, message)


def _inside_belgium(cells: Cells, shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], list[RefusedRow]]:
    box = shapely.bounds(shapes)
    there = ~shapely.is_missing(shapes)
    inside = (box[:, :2] >= BELGIUM[:2]).all(axis=1) & (box[:, 2:] <= BELGIUM[2:]).all(axis=1)
    message = (
        "De vorm ligt buiten België: het bestand staat in een ander "
        "coördinatenstelsel dan het zegt. Zet het om naar EPSG:31370."
    )
    return _without(shapes, there & ~inside), _refuse(cells, there & ~inside, message)


def _without(shapes: NDArray[np.object_], out: NDArray[np.bool_]) -> NDArray[np.object_]:
    result = shapes.copy()
    result[out] = None
    return result


def _refuse(cells: Cells, rows: NDArray[np.bool_], message: str) -> list[RefusedRow]:
    return [RefusedRow(cells.lines[row], "geometry", message) for row in np.flatnonzero(rows).tolist()]
