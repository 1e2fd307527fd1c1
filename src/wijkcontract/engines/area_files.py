"""Files of areas with their outline: GeoParquet, GeoPackage, GeoJSON and shapefiles (R2)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyogrio
import pyogrio.errors
import shapely
from numpy.typing import NDArray

from wijkcontract.engines import tables
from wijkcontract.engines.tables import Table, TableError

DRAWN: Final = (".gpkg", ".geojson", ".json", ".shp", ".zip")
GEOMETRY: Final = ("geometry", "geom", "wkb_geometry")
_LONGEST_DEGREES: Final = 360.0


@dataclass(frozen=True, slots=True)
class AreaFile:
    """The columns of a file, and the outline of each row in metres, shape (rows,)."""

    table: Table
    outlines: NDArray[Any]


def read(path: Path) -> AreaFile:
    """Read areas with their outlines, by the extension of the file. Raises TableError in Dutch."""
    ending = path.suffix.lower()
    if ending == ".parquet":
        table = tables.read(path)
    elif ending in DRAWN:
        table = _read_drawn(path)
    else:
        raise TableError(f"{path}: de naam moet eindigen op .parquet of {', '.join(DRAWN)}.")
    name = next((one for one in GEOMETRY if one in table.names), None)
    if name is None:
        raise TableError(f"{path} heeft geen kolom met omtrekken. Die hoort {' of '.join(GEOMETRY[:2])} te heten.")
    try:
        outlines = shapely.from_wkb(np.array(table.original(name).to_pylist(), dtype=object))
    except (shapely.errors.GEOSException, TypeError) as error:
        raise TableError(f"{path}: de kolom '{name}' bevat geen omtrekken (WKB): {error}.") from error
    _check(path, table, outlines)
    return AreaFile(table, outlines)


def _read_drawn(path: Path) -> Table:
    if not path.is_file():
        raise TableError(f"Het bestand {path} bestaat niet.")
    try:
        details, read = pyogrio.raw.read_arrow(path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise TableError(f"{path} kan niet worden gelezen: {error}") from error
    name = details["geometry_name"] or GEOMETRY[-1]
    names = [GEOMETRY[0] if one == name else one for one in read.column_names]
    columns = dict(zip(names, read.columns, strict=True))
    return Table(path, read.num_rows, columns, _decimal_comma=False)


def _check(path: Path, table: Table, outlines: NDArray[Any]) -> None:
    """Outlines must be areas, in metres."""
    kinds = shapely.get_type_id(outlines)
    wrong = np.flatnonzero(~np.isin(kinds, (3, 6)))
    if len(wrong):
        raise TableError(
            f"{path}, rij {table.row(int(wrong[0]))}: hier staat geen vlak. Haal de rij weg of geef ze een omtrek."
        )
    bounds = shapely.total_bounds(outlines)
    if not np.isnan(bounds).any() and np.abs(bounds).max() <= _LONGEST_DEGREES:
        raise TableError(f"{path} staat in graden. Zet het om naar Lambert 72 (EPSG:31370), in meter.")
