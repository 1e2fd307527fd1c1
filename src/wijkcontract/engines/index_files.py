"""The index from a file into files: which columns are read, which are written (R2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from wijkcontract.engines import tables
from wijkcontract.engines.index_definition import IndexDefinition
from wijkcontract.engines.ranking import Floats, Ties
from wijkcontract.engines.tables import Table, TableError
from wijkcontract.engines.uncertainty import Uncertainty
from wijkcontract.engines.vulnerability import DataError, IndexResult, Ranked, Units, averages


@dataclass(frozen=True, slots=True)
class IndexInput:
    """A file as read for a definition. `inhabitants` is empty when nobody asked for averages."""

    table: Table
    units: Units
    inhabitants: Floats


def read(path: Path, definition: IndexDefinition, *, averages: bool) -> IndexInput:
    """Read what the definition needs. TableError for the file, DataError with every fault of its columns."""
    table = tables.read(path)
    columns = definition.columns
    faults = _lacking(table, definition, averages=averages)
    if columns.id in table.names:
        faults += _empty(table, columns.id) + _double(table, columns.id)
    if columns.municipality in table.names and columns.municipality != columns.id:
        faults += _empty(table, columns.municipality)
    figures = {}
    for name in definition.needed_columns():
        if name in table.names:
            figures[name] = _figures(table, name, faults)
    inhabitants = np.zeros(0)
    if averages and columns.inhabitants in table.names:
        inhabitants = _figures(table, columns.inhabitants, faults)
    if faults:
        raise DataError(faults)
    if not columns.municipality:
        return IndexInput(table, Units(figures), inhabitants)
    texts = table.texts(columns.municipality)
    codes = [text[: columns.municipality_length] if columns.municipality_length else text for text in texts]
    names, numbers = np.unique(np.array(codes, dtype=str), return_inverse=True)
    return IndexInput(table, Units(figures, numbers.astype(np.int64), names.tolist()), inhabitants)


def write(
    path: Path, definition: IndexDefinition, data: IndexInput, result: IndexResult, doubt: Uncertainty | None = None
) -> None:
    """Write one row per row of the input, in its order. Raises TableError."""
    id_column = definition.columns.id
    columns = {id_column: data.table.original(id_column)} | _scores(
        definition, result.index, result.domains, result.variants
    )
    if doubt is not None:
        columns |= {
            "certainty": doubt.certainty,
            "rank_low": tables.whole(doubt.rank_low),
            "rank_high": tables.whole(doubt.rank_high),
        }
    tables.write(path, columns)


def write_averages(path: Path, definition: IndexDefinition, data: IndexInput, result: IndexResult) -> None:
    """Write one row per municipality, in the order of their codes. Raises TableError."""
    numbers = data.units.municipalities
    if numbers is None:
        raise DataError(["De definitie noemt de kolom van de gemeente niet (file.municipality)."])
    index, domains, variants = averages(definition, result, numbers, data.inhabitants)
    code = {definition.columns.averages_id: list(data.units.municipality_names)}
    tables.write(path, code | _scores(definition, index, domains, variants))


def _scores(
    definition: IndexDefinition, index: Ranked, domains: Mapping[str, Ranked], variants: Mapping[str, Ranked]
) -> dict[str, Any]:
    """The columns of a result. A row without a score is empty in all of them."""
    empty = np.isnan(index.score)
    figures = {"score": index.score, "rank": index.rank, "decile": index.decile}
    for code, one in domains.items():
        figures |= {f"score_{code}": one.score, f"decile_{code}": one.decile}
    figures |= {f"score_{code}": one.score for code, one in variants.items()}
    kept = {name: np.where(empty, np.nan, values) for name, values in figures.items()}
    whole = {name for name in kept if name.startswith("decile")}
    if definition.scoring.ties is not Ties.MEAN:  # the mean of two ranks may lie between them
        whole.add("rank")
    return {name: tables.whole(values) if name in whole else values for name, values in kept.items()}


def _lacking(table: Table, definition: IndexDefinition, *, averages: bool) -> list[str]:
    columns = definition.columns
    needed = [columns.id, *([columns.municipality] if columns.municipality else [])]
    faults = []
    if averages:
        for name, key in ((columns.inhabitants, "inhabitants"), (columns.municipality, "municipality")):
            if not name:
                faults.append(f"Gemiddelden per gemeente vragen de kolom file.{key} in de definitie.")
            needed += [name] if name else []
    faults += [f"De kolom '{name}' ontbreekt." for name in dict.fromkeys(needed) if name not in table.names]
    return faults + definition.lacking(table.names)


def _empty(table: Table, name: str) -> list[str]:
    rows = [str(table.row(place)) for place, text in enumerate(table.texts(name)) if not text]
    more = f" en nog {len(rows) - 5} rijen" if len(rows) > 5 else ""
    return [f"De kolom '{name}' is leeg op rij {', '.join(rows[:5])}{more}."] if rows else []


def _double(table: Table, name: str) -> list[str]:
    codes = [text for text, count in Counter(table.texts(name)).items() if text and count > 1]
    return [f"De kolom '{name}' heeft {len(codes)} codes meer dan eens, zoals {', '.join(codes[:5])}."] if codes else []


def _figures(table: Table, name: str, faults: list[str]) -> Floats:
    try:
        return table.figures(name)
    except TableError as error:
        faults.append(str(error))
        return np.zeros(0)
