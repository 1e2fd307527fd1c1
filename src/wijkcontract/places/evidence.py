"""The content of frozen evidence: one document that needs no other row to be read (R2).

It holds the sectors and their border, every published figure of the neighbourhood with its source, licence and year,
beside municipality, province and Flanders, the index with its definition, and the data version. Numbers are decimals as
text, rounded to six digits behind the comma: the hash does not depend on how a machine prints a float.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wijkcontract.places.arrays import Floats
from wijkcontract.places.models import NeighbourhoodAnalysis
from wijkcontract.places.queries import IndexView, Profile, ProfileLine, SectorMap

FORMAT = "wijkcontract-evidence-1"
BORDER_GRID = 0.01
"""Metres: the border is kept to the centimetre."""


def border_of(shapes: Iterable[shapely.Geometry | None]) -> shapely.Geometry:
    """The outer border of the sectors together, in EPSG:31370."""
    located = [shape for shape in shapes if shape is not None]
    return shapely.normalize(shapely.union_all(shapely.set_precision(located, BORDER_GRID)))


def build(
    analysis: NeighbourhoodAnalysis,
    town: SectorMap,
    profile: Profile,
    index: IndexView | None,
    border: shapely.Geometry,
    *,
    data_version: int,
    frozen_at: dt.datetime,
) -> dict[str, Any]:
    """The document as JSON data."""
    rows = town.rows_of(profile.codes)
    return {
        "format": FORMAT,
        "frozen_at": frozen_at.isoformat(),
        "data_version": data_version,
        "neighbourhood": {
            "title": analysis.title,
            "municipality": analysis.organisation.name,
            "nis": town.nis,
            "method": analysis.method,
            "settings": analysis.settings,
            "inhabitants": profile.inhabitants,
            "area_m2": _number(profile.area_m2),
        },
        "vintage": {
            "code": town.vintage.code,
            "label": town.vintage.label,
            "source": town.vintage.source,
            "licence": town.vintage.licence,
            "is_official": town.vintage.is_official,
            "is_example": town.vintage.is_example,
        },
        "sectors": [
            {"code": town.codes[row], "name": town.names[row], "inhabitants": _number(float(town.inhabitants[row]))}
            for row in rows
        ],
        "border": {"crs": "EPSG:31370", "geometry": json.loads(shapely.to_geojson(border))},
        "figures": [_line(line) for line in profile.lines],
        "index": None if index is None else _index(index, town, rows),
    }


def canonical(content: dict[str, Any]) -> str:
    """The document as it is hashed: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: str) -> str:
    """SHA-256 of a canonical document, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def _line(line: ProfileLine) -> dict[str, Any]:
    indicator = line.indicator
    return {
        "indicator": indicator.code,
        "label": indicator.label,
        "definition": indicator.definition,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "aggregation": indicator.aggregation,
        "threshold": indicator.threshold,
        "decimals": indicator.decimals,
        "source": line.source,
        "licence": line.licence,
        "data_version": line.data_version,
        "is_example": line.is_example,
        "years": [
            {
                "year": year,
                "value": _number(float(line.value[place])),
                "numerator": _number(float(line.numerator[place])),
                "denominator": _number(float(line.denominator[place])),
                "sectors_missing": int(line.sectors_missing[place]),
                "inhabitants_missing": _number(float(line.inhabitants_missing[place])),
                "municipality": _number(float(line.municipality[place])),
                "province": _number(float(line.province[place])),
                "region": _number(float(line.region[place])),
            }
            for place, year in enumerate(line.years)
        ],
    }


def _index(index: IndexView, town: SectorMap, rows: NDArray[np.intp]) -> dict[str, Any]:
    definition = index.run.definition
    return {
        "definition": {"code": definition.code, "version": definition.version, "sha256": definition.sha256,
                       "content": definition.content},
        "data_version": index.run.data_version,
        "year": index.run.year,
        "ranked": index.run.ranked,
        "variants": index.run.variants,
        "threshold": _number(index.run.threshold),
        "domains": index.run.domains,
        "sectors": [
            {
                "code": town.codes[row],
                "score": _number(float(index.score[row])),
                "rank": _number(float(index.rank[row])),
                "decile": _number(float(index.decile[row])),
                "certainty": _number(float(index.certainty[row])),
                "rank_interval": [_number(float(index.rank_low[row])), _number(float(index.rank_high[row]))],
                "burdened": _number(float(index.burdened[row])),
                "domain_scores": _numbers(index.domain_scores[row]),
                "domain_deciles": _numbers(index.domain_deciles[row]),
            }
            for row in rows
        ],
    }  # fmt: skip


def _numbers(numbers: Floats) -> list[str | None]:
    return [_number(float(number)) for number in numbers]


def _number(number: float) -> str | None:
    """A decimal as text without needless zeros; None for absent."""
    if np.isnan(number):
        return None
    text = f"{number:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
