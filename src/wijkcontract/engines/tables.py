"""Tables of figures in files: Parquet, or CSV in UTF-8 with comma or semicolon (then with a decimal comma too) (R2).

Errors are `TableError`s in Dutch with the place in the file. A file that is written is there whole or not at all.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from wijkcontract.engines.ranking import Floats

_NUMBER: Final = r"^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*$"
_NOTHING: Final = ["", "NA", "NaN", "nan", "null", "NULL"]
_SHOWN: Final = 5
"""How many rows one message names."""
_FIRST_ROW: Final = {".csv": 2, ".parquet": 1}
"""The number of the first row with figures, as an editor or a reader of Parquet counts."""


class TableError(ValueError):
    """A file or a column that cannot be read or written; the message is Dutch."""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a file. Rows are numbered as a person counts them in the file."""

    path: Path
    rows: int
    _columns: Mapping[str, Any]
    _decimal_comma: bool

    @property
    def names(self) -> list[str]:
        return list(self._columns)

    def original(self, name: str) -> Any:  # noqa: ANN401 - Arrow has no types
        """The column as it was read, to write again unchanged."""
        return self._columns[name]

    def texts(self, name: str) -> list[str]:
        """The column as text, without blanks around it; empty where the file has nothing."""
        column = pc.fill_null(pc.cast(self._columns[name], pa.string()), "")
        return [text.strip() for text in column.to_pylist()]

    def figures(self, name: str) -> Floats:
        """The column as numbers, NaN where the file has nothing. TableError names the rows that are no number."""
        column = self._columns[name]
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        if pa.types.is_boolean(column.type) or pa.types.is_temporal(column.type) or pa.types.is_nested(column.type):
            raise TableError(f"De kolom '{name}' bevat geen getallen.")
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            column = self._numbers(name, column)
        found = pc.cast(column, pa.float64(), safe=False).to_numpy(zero_copy_only=False)
        return np.asarray(found, dtype=np.float64)

    def row(self, place: int) -> int:
        """The number by which a person finds the row at `place`."""
        return place + _FIRST_ROW.get(self.path.suffix.lower(), 1)

    def _numbers(self, name: str, column: Any) -> Any:  # noqa: ANN401 - Arrow has no types
        column = pc.utf8_trim_whitespace(column)
        column = pc.if_else(pc.is_in(column, value_set=pa.array(_NOTHING, column.type)), None, column)
        if self._decimal_comma:
            column = pc.replace_substring(column, ",", ".")
        wrong = np.flatnonzero(pc.fill_null(pc.invert(pc.match_substring_regex(column, _NUMBER)), False).to_numpy())
        if len(wrong):
            shown = ", ".join(f"rij {self.row(int(place))} ('{column[int(place)]}')" for place in wrong[:_SHOWN])
            more = f" en nog {len(wrong) - _SHOWN} rijen" if len(wrong) > _SHOWN else ""
            raise TableError(f"De kolom '{name}' bevat geen getal op {shown}{more}.")
        return column


def read(path: Path) -> Table:
    """Read a Parquet or CSV file, by its extension. Raises TableError."""
    _kind(path)
    if not path.is_file():
        raise TableError(f"Het bestand {path} bestaat niet.")
    try:
        return _read_parquet(path) if path.suffix.lower() == ".parquet" else _read_csv(path)
    except UnicodeDecodeError:
        raise TableError(f"{path} is geen UTF-8. Bewaar het bestand als CSV in UTF-8.") from None
    except (pa.ArrowException, OSError) as error:
        kind = path.suffix.lower().removeprefix(".")
        raise TableError(f"{path} is geen leesbaar {kind}-bestand. Bewaar het opnieuw en probeer nog eens.") from error


def write(path: Path, columns: Mapping[str, Any]) -> None:
    """Write columns as Parquet or CSV, by the extension. NaN becomes an empty cell. Raises TableError."""
    _kind(path)
    table = pa.table({name: _written(values) for name, values in columns.items()})
    writer: Callable[[Any, str], None] = pq.write_table if path.suffix.lower() == ".parquet" else pa_csv.write_csv
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.deel")
    try:
        writer(table, str(unfinished))
        unfinished.replace(path)
    except OSError as error:
        raise TableError(f"{path} kan niet worden geschreven: {error.strerror or error}") from error
    finally:
        unfinished.unlink(missing_ok=True)


def whole(values: Floats) -> Any:  # noqa: ANN401 - Arrow has no types
    """A column of whole numbers; NaN becomes an empty cell."""
    return pa.array(np.nan_to_num(values).astype(np.int64), mask=np.isnan(values))


def _written(values: Any) -> Any:  # noqa: ANN401 - Arrow has no types
    if isinstance(values, np.ndarray):
        return pa.array(values, mask=np.isnan(values))
    return values


def _kind(path: Path) -> None:
    if path.suffix.lower() not in _FIRST_ROW:
        raise TableError(f"{path}: de naam moet eindigen op .parquet of .csv.")


def _read_parquet(path: Path) -> Table:
    table = pq.read_table(path)
    return Table(path, table.num_rows, _once(path, table.column_names, table.columns), _decimal_comma=False)


def _read_csv(path: Path) -> Table:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = file.readline()
        for line in file:  # a file that is not UTF-8 fails here, before Arrow says so in English
            del line
    delimiter = max(",;\t", key=header.count)
    names = next(csv.reader([header], delimiter=delimiter), [])
    if not header.strip():
        raise TableError(f"{path} is leeg. De eerste rij hoort de namen van de kolommen te bevatten.")
    _once(path, names, names)
    options = pa_csv.ConvertOptions(
        column_types={name: pa.string() for name in names}, null_values=[""], strings_can_be_null=True
    )
    wrong: list[Any] = []

    def keep_reading(row: Any) -> str:  # noqa: ANN401 - Arrow has no types
        wrong.append(row)
        return "skip"

    table = pa_csv.read_csv(
        path,
        read_options=pa_csv.ReadOptions(use_threads=False),  # only then does a row know its number
        parse_options=pa_csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, invalid_row_handler=keep_reading
        ),
        convert_options=options,
    )
    if wrong:
        shown = ", ".join(f"rij {row.number} ({row.actual_columns})" for row in wrong[:_SHOWN])
        raise TableError(f"{path}: er zijn {len(names)} kolommen, maar een ander aantal op {shown}.")
    return Table(path, table.num_rows, dict(zip(names, table.columns, strict=True)), _decimal_comma=delimiter != ",")


def _once(path: Path, names: list[str], columns: list[Any]) -> dict[str, Any]:
    double = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if double:
        raise TableError(f"{path}: deze kolommen komen meer dan eens voor: {', '.join(double)}.")
    return dict(zip(names, columns, strict=True))
