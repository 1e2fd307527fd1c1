"""Files of borders and figures: every format read alike, every bad row named, nothing half taken in."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio.raw
import pytest
import shapely
from hypothesis import given, strategies as st
from openpyxl import Workbook

from places.towns import WEST
from wijkcontract.accounts.seed import seed_organisations
from wijkcontract.cli.main import main
from wijkcontract.places.enums import Level, Missing
from wijkcontract.places.importers import Mapping, read_crosswalk, read_figures, read_population, read_sectors
from wijkcontract.places.importers.cells import Cells, read_cells
from wijkcontract.places.models import Adjacency, Dataset, FigureColumn, Sector, Vintage
from wijkcontract.rules.verdicts import Invalid

Capture = pytest.CaptureFixture[str]
SIZE = 500.0
TOLD = ["--source", "Statbel", "--licence", "open data"]


def squares(count: int, x: float = 100_000, y: float = 190_000) -> list[shapely.Polygon]:
    return [shapely.box(x + SIZE * one, y, x + SIZE * (one + 1), y + SIZE) for one in range(count)]


def write_sectors(
    path: Path, shapes: Sequence[object], *, codes: Sequence[str] = (), nis: str = WEST, crs: str = "EPSG:31370"
) -> Path:
    codes = codes or [f"{nis}A{one:03d}" for one in range(len(shapes))]
    text = [codes, [f"Wijk é {one}" for one in range(len(shapes))], [nis] * len(shapes)]
    pyogrio.raw.write(
        str(path), np.array([None if one is None else shapely.to_wkb(one) for one in shapes], dtype=object),
        [np.array(one, dtype=object) for one in text], ["CD_SECTOR", "TX_SECTOR_", "CD_MUNTY_R"],
        geometry_type="Polygon", crs=crs,
    )  # fmt: skip
    return path


NAMED = {"name": "TX_SECTOR_", "nis": "CD_MUNTY_R"}


@pytest.mark.parametrize("kind", ["shp", "gpkg", "geojson", "zip"])
def test_every_format_gives_the_same_sectors(tmp_path: Path, kind: str) -> None:
    path = write_sectors(tmp_path / f"s.{'shp' if kind == 'zip' else kind}", squares(3))
    if kind == "zip":
        with zipfile.ZipFile(tmp_path / "s.zip", "w") as archive:
            for part in tmp_path.glob("s.*"):
                if part.suffix != ".zip":
                    archive.write(part, f"map/{part.name}")
        path = tmp_path / "s.zip"
    read = read_sectors(path, columns=NAMED)
    assert (read.rows, read.refused) == (3, ())
    assert list(read.table.names) == ["Wijk é 0", "Wijk é 1", "Wijk é 2"]
    assert list(zip(read.table.left, read.table.right, strict=True)) == [(0, 1), (1, 2)]
    assert read.table.border_m == pytest.approx([SIZE, SIZE], abs=0.01)


def test_lambert_2008_is_brought_to_lambert_72_and_neighbours_stay_neighbours(tmp_path: Path) -> None:
    read = read_sectors(
        write_sectors(tmp_path / "s.gpkg", squares(3, 600_000, 690_000), crs="EPSG:3812"), columns=NAMED
    )
    assert shapely.bounds(read.table.shapes[0])[:2] == pytest.approx([100_000, 190_000], abs=20)
    assert len(read.table.left) == 2


def test_every_bad_row_is_named_with_its_reason_and_the_others_are_kept(tmp_path: Path) -> None:
    good = squares(2)
    bow = shapely.Polygon([(0, 0), (900, 900), (900, 0), (0, 900)])
    far = shapely.box(600_000, 690_000, 600_500, 690_500)
    shapes = [*good, good[0], shapely.transform(bow, lambda xy: xy + np.array([120_000, 190_000])), far, None]
    codes = [f"{WEST}A000", f"{WEST}A001", f"{WEST}A000", f"{WEST}A003", f"{WEST}A004", f"{WEST}A005"]
    read = read_sectors(write_sectors(tmp_path / "s.gpkg", shapes, codes=codes), columns=NAMED)
    assert list(read.table.codes) == codes[:2]
    said = {row.line: row.message for row in read.refused}
    assert list(said) == [3, 4, 5, 6]
    assert "staat ook op rij 1" in said[3]
    assert "kruist zichzelf" in said[4]
    assert "buiten België" in said[5]
    assert "geen vorm" in said[6]


def test_a_file_that_is_no_file_is_refused_in_dutch(tmp_path: Path) -> None:
    for name in ("leeg.zip", "leeg.gpkg", "leeg.csv"):
        (tmp_path / name).touch()
        with pytest.raises(Invalid, match="0 bytes"):
            (read_cells if name.endswith("csv") else read_sectors)(tmp_path / name)
    for name in ("stuk.zip", "stuk.gpkg", "stuk.shp", "stuk.parquet"):
        (tmp_path / name).write_bytes(b"PK geen bestand")
        with pytest.raises(Invalid, match=r"zipbestand|kan niet gelezen"):
            read_sectors(tmp_path / name)
    with pytest.raises(Invalid, match="bestaat niet"):
        read_sectors(tmp_path / "weg.gpkg")


def test_a_zip_bomb_is_never_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bom.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("s.geojson", b"0" * 30_000_000)
    with pytest.raises(Invalid, match="pakt uit tot 30 MB"):
        read_sectors(tmp_path / "bom.zip")


def test_all_missing_columns_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refusal:
        read_sectors(write_sectors(tmp_path / "s.gpkg", squares(1)), columns={"name": "weg", "nis": "ook weg"})
    assert [fault.where for fault in refusal.value.faults] == ["name", "nis"]


SWING = [
    ["period", "geolevel", "geoitem", "v1", "v2"],
    [2023, "sector", "44021A000", 0, 100],
    [2023, "sector", "44021A001", -99997, 100],
    [2023, "sector", "44021A002", "veel", 100],
    [2023, "planeet", "44021A003", 1, 100],
    ["straks", "sector", "44021A003", 1, 100],
    [2023, "sector", "44021A000", 1, 100],
]


@pytest.mark.parametrize("kind", ["komma", "puntkomma", "latin", "excel", "parquet"])
def test_the_swing_format_reads_alike_from_every_kind_of_table(tmp_path: Path, kind: str) -> None:
    path = tmp_path / ("t.xlsx" if kind == "excel" else "t.parquet" if kind == "parquet" else "t.csv")
    if kind == "excel":
        book = Workbook()
        for row in SWING:
            book.worksheets[0].append(row)
        book.save(path)
    elif kind == "parquet":
        pq.write_table(pa.table({str(n): [str(row[i]) for row in SWING[1:]] for i, n in enumerate(SWING[0])}), path)
    else:
        mark = "," if kind == "komma" else ";"
        lines = [mark.join([*map(str, row), "é" if kind == "latin" else "x"]) for row in SWING]
        path.write_bytes("\r\n".join(lines).encode("cp1252" if kind == "latin" else "utf-8-sig"))
    read = read_figures(path, [Mapping.of("jobseekers_share=v1/v2")])
    (table,) = read.table
    first = 1 if kind == "parquet" else 2
    assert (table.year, table.level, list(table.codes)) == (2023, Level.SECTOR, ["44021A000", "44021A001"])
    assert table.numerator is not None
    assert table.numerator[0] == 0
    assert list(table.missing) == [Missing.PRESENT, Missing.HIDDEN_BY_SOURCE]
    assert [(row.line - first, row.column) for row in read.refused] == [
        (2, "v1"), (3, "geolevel"), (4, "period"), (5, "geoitem"),
    ]  # fmt: skip


@given(st.floats(allow_nan=False, allow_infinity=False, width=32, min_value=-99_000))
def test_a_number_is_read_as_it_was_written_with_comma_or_point(number: float) -> None:
    texts = [repr(number), repr(number).replace(".", ",")]
    for text in texts:
        values, why, refused = Cells("t", {"v": [text]}, [2]).numbers("v")
        assert (values[0], why[0], refused) == (number, 0, [])


@pytest.mark.parametrize("text", ["nan", "inf", "-Infinity", "1_000", "12a", "1,2,3", "=1+1"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert Cells("t", {"v": [text]}, [2]).numbers("v")[2][0].line == 2


def test_a_sector_that_splits_needs_weights(tmp_path: Path) -> None:
    path = tmp_path / "k.csv"
    path.write_text("oud;nieuw;deel\nA;B;0,4\nA;C;0,6\n;D;1\n", encoding="utf-8")
    assert read_crosswalk(path, old="oud", new="nieuw", weight="deel").table == [("A", "B", 0.4), ("A", "C", 0.6)]
    assert [row.line for row in read_crosswalk(path, old="oud", new="nieuw").refused] == [2, 3, 4]


def test_population_is_summed_over_what_the_product_does_not_keep(tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    path.write_text("g;s;a;n;nat\n44021;M;4;2;BEL\n44021;M;0;3;ANDER\n44021;V;101;1;BEL\n44021;X;1;1;BEL\n", "utf-8")
    columns = {"code": "g", "sex": "s", "age": "a", "count": "n"}
    read = read_population(path, year=2024, level=Level.MUNICIPALITY, columns=columns)
    assert (read.table.counts[0, 0, 0], read.table.counts[0, 1, -1], read.table.counts.sum()) == (5, 1, 6)
    assert [row.line for row in read.refused] == [5]


def _import(path: Path, *more: str) -> int:
    named = [text for what, name in NAMED.items() for text in ("--column", f"{what}={name}")]
    return main(["import", "sectors", str(path), "--vintage", "2020", "--from-year", "2020", *named, *TOLD, *more])


def test_the_same_file_again_changes_nothing_and_another_is_counted(tmp_path: Path, capsys: Capture) -> None:
    seed_organisations()
    path = write_sectors(tmp_path / "s.gpkg", squares(3))
    assert _import(path, "--approximate") == 0
    assert capsys.readouterr().out == "3 nieuw, 0 gewijzigd, 0 ongewijzigd, 0 verdwenen; gegevensversie 1.\n"
    assert not Vintage.objects.get().is_official
    assert _import(path, "--approximate") == 0
    assert "al ingeladen" in capsys.readouterr().out
    other = write_sectors(tmp_path / "t.gpkg", squares(2), codes=[f"{WEST}A000", f"{WEST}A009"])
    assert _import(other) == 0
    assert capsys.readouterr().out == "1 nieuw, 0 gewijzigd, 1 ongewijzigd, 2 verdwenen; gegevensversie 2.\n"


def test_nothing_is_taken_in_when_a_late_write_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed_organisations()

    def fail(*_: object, **__: object) -> None:
        raise OSError("de schijf is vol")

    monkeypatch.setattr(Adjacency.objects, "bulk_create", fail)
    with pytest.raises(OSError, match="schijf"):
        _import(write_sectors(tmp_path / "s.gpkg", squares(3)))
    assert [one.objects.count() for one in (Sector, Dataset, Vintage)] == [0, 0, 0]


def test_figures_come_in_through_the_command_and_the_report_holds_every_refused_row(tmp_path: Path) -> None:
    seed_organisations()
    _import(write_sectors(tmp_path / "s.gpkg", squares(3)))
    table = tmp_path / "t.csv"
    table.write_text("\n".join(";".join(map(str, row)) for row in SWING), encoding="utf-8")
    report = tmp_path / "r.csv"
    arguments = ["import", "indicators", str(table), "--vintage", "2020", "--indicator", "jobseekers_share=v1/v2"]
    assert main([*arguments, "--report", str(report), *TOLD]) == 1
    assert FigureColumn.objects.filter(is_derived=False).count() == 1
    assert len(report.read_text("utf-8-sig").splitlines()) == 5


@pytest.mark.reference
def test_the_real_sectors_and_neighbourhoods_come_in_whole(shared: Path, capsys: Capture) -> None:
    places = shared / "data" / "places"
    main(["import", "organisations", str(shared / "data" / "gemeenten.csv")])
    sectors = [str(places / "sectoren2024_benaderd.parquet"), "--attributes", str(places / "sectoren2024.parquet")]
    assert (
        main(["import", "sectors", *sectors, "--vintage", "2020", "--from-year", "2020", "--approximate", *TOLD]) == 0
    )
    assert Sector.objects.filter(is_unlocated=False).count() == 9904
    assert Sector.objects.filter(is_unlocated=True).count() == 323
    named = ["--vintage", "2020", "--edition", "2024", "--code", "ggw72024", "--name", "naam"]
    assert main(["import", "divisions", str(places / "wijken2024.parquet"), *named, *TOLD]) == 0
    assert "2730 nieuw" in capsys.readouterr().out
