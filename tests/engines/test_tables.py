"""Tables of figures in files: what is read, and what is said of a file that cannot be (R2)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from wijkcontract.engines import tables
from wijkcontract.engines.tables import TableError


def csv(folder: Path, text: str) -> Path:
    path = folder / "cijfers.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_semicolon_brings_a_decimal_comma_and_codes_keep_their_zeros(tmp_path: Path) -> None:
    table = tables.read(csv(tmp_path, "\ufeffcode;a;b\r\n01001; 1,5 ;NA\r\n 002 ;2e3;\r\n"))
    assert table.names == ["code", "a", "b"]
    assert table.texts("code") == ["01001", "002"]
    assert table.figures("a").tolist() == [1.5, 2000.0]
    assert np.isnan(table.figures("b")).all()


def test_with_commas_between_columns_a_point_stands_in_a_number(tmp_path: Path) -> None:
    table = tables.read(csv(tmp_path, 'a,b\n1.5,"2,5"\n'))
    assert table.figures("a").tolist() == [1.5]
    with pytest.raises(TableError, match=r"De kolom 'b' bevat geen getal op rij 2 \('2,5'\)"):
        table.figures("b")


def test_a_row_with_another_number_of_columns_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"er zijn 2 kolommen, maar een ander aantal op rij 3 \(3\), rij 4 \(1\)"):
        tables.read(csv(tmp_path, "a;b\n1;2\n1;2;3\n1\n"))


def test_what_is_no_file_of_its_kind_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "cijfers.parquet"
    broken.write_bytes(b"PK not parquet")
    with pytest.raises(TableError, match="is geen leesbaar parquet-bestand"):
        tables.read(broken)
    pq.write_table(pa.table({"waar": [True], "tekst": pa.array(["7"]).dictionary_encode()}), broken)
    with pytest.raises(TableError, match="De kolom 'waar' bevat geen getallen"):
        tables.read(broken).figures("waar")
    assert tables.read(broken).figures("tekst").tolist() == [7.0]


@pytest.mark.parametrize("name", ["uit.csv", "uit.parquet"])
def test_what_is_written_is_read_again_to_the_last_bit(tmp_path: Path, name: str) -> None:
    figures = np.array([0.1 + 0.2, np.nan, -1e-300, 12345678.9])
    tables.write(tmp_path / name, {"code": ["01", "02", "03", "04"], "a": figures, "b": tables.whole(figures)})
    table = tables.read(tmp_path / name)
    assert table.texts("code") == ["01", "02", "03", "04"]
    assert np.array_equal(table.figures("a"), figures, equal_nan=True)
    assert np.array_equal(table.figures("b"), [0, np.nan, 0, 12345678], equal_nan=True)
    assert [path.name for path in tmp_path.iterdir()] == [name]
