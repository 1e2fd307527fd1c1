"""`wijkcontract delineate` through its front door."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from wijkcontract.cli.main import main

SIDE = 1000.0
CELLS = [(x, y) for y in range(3) for x in range(4)]
CODES = [f"S{number:02}" for number in range(len(CELLS))]
PEOPLE = [700, 400, 1000, 150, 1300, 700, 400, 1000, 700, 150, 400, 1000]
SCORES = [60.0, 20, 80, 55, 70, 10, 90, 65, 30, 75, 52, None]
OUTLINES = [shapely.box(x * SIDE, y * SIDE, (x + 1) * SIDE, (y + 1) * SIDE) for x, y in CELLS]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A town of nine sectors and a neighbour of three, as GeoParquet; the scores as CSV, without one of them."""
    table = {
        "code": CODES,
        "gemeente": ["A"] * 9 + ["B"] * 3,
        "inwoners": PEOPLE,
        "geometry": [shapely.to_wkb(one) for one in OUTLINES],
    }
    pq.write_table(pa.table(table), tmp_path / "sectoren.parquet")
    rows = [f"{code},{score}" for code, score in zip(CODES, SCORES, strict=True) if score is not None]
    (tmp_path / "scores.csv").write_text("\n".join(["sector,score", *rows, "ELDERS,5"]), encoding="utf-8")
    return tmp_path


def delineate(files: Path, *more: str, sectors: str = "sectoren.parquet") -> list[str]:
    return [
        "delineate", "--sectors", str(files / sectors), "--id", "code", "--population", "inwoners", "--scores",
        str(files / "scores.csv"), "--scores-id", "sector", "--score", "score", *more,
    ]  # fmt: skip


BOUNDS = ("--threshold", "50", "--inhabitants", "1000", "3000")


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(capsys.readouterr().out)
    return shown


def test_other_calculations_of_the_score_say_how_firm_each_sector_is(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    same = {code: score for code, score in zip(CODES, SCORES, strict=True) if score is not None}
    turned = {code: 100 - score for code, score in same.items()}
    rows = [f"{code},{score},{score},{turned[code]}" for code, score in same.items()]
    (files / "scores.csv").write_text("\n".join(["sector,score,zelfde,omgekeerd", *rows]), encoding="utf-8")
    assert main(delineate(files, *BOUNDS, "--also", "zelfde", "--json")) == 0
    shown = answer(capsys)
    assert shown["stability"] == dict.fromkeys(shown["sectors"], 1.0)
    assert main(delineate(files, *BOUNDS, "--also", "zelfde", "omgekeerd", "--quick", "--json")) == 0
    quick = answer(capsys)
    assert quick["proven"] is False
    assert quick["sectors"] == shown["sectors"]
    assert min(quick["stability"].values()) == 0.5
    assert main(delineate(files, *BOUNDS, "--also", "elders")) == 64
    assert "geen kolom 'elders'" in capsys.readouterr().err


def test_the_answer_is_json_with_everything_that_was_promised(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(delineate(files, *BOUNDS, "--alternatives", "2", "--json")) == 0
    shown = answer(capsys)
    assert shown["proven"] is True
    assert shown["gap"] == 0
    assert shown["bound"] == pytest.approx(shown["objective"])
    assert shown["inhabitants"] == sum(PEOPLE[CODES.index(code)] for code in shown["sectors"])
    assert 1000 <= shown["inhabitants"] <= 3000
    assert shown["unscored"] == ["S11"]
    assert len(shown["alternatives"]) == 2
    assert shown["alternatives"][0]["objective"] <= shown["objective"]


def test_only_the_sectors_of_the_chosen_municipalities(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(delineate(files, *BOUNDS, "--where", "gemeente=B", "--json")) == 0
    assert set(answer(capsys)["sectors"]) <= set(CODES[9:])
    both = ("--where", "gemeente=A", "--where", "gemeente=B")
    assert main(delineate(files, *BOUNDS, *both, "--json")) == 0
    joined = answer(capsys)["objective"]
    assert main(delineate(files, *BOUNDS, "--json")) == 0
    assert answer(capsys)["objective"] == joined


def test_a_quantile_counts_over_the_whole_file_of_scores(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = ("--threshold-quantile", "0.5", "--inhabitants", "1000", "3000", "--where", "gemeente=B", "--json")
    assert main(delineate(files, *wanted)) == 0
    assert answer(capsys)["threshold"] == pytest.approx(57.5)


def test_forced_sectors_and_the_area_are_kept(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forced = ("--force-in", "S00", "S01", "--force-out", "S04", "--max-area", "3")
    assert main(delineate(files, *BOUNDS, *forced, "--json")) == 0
    sectors = answer(capsys)["sectors"]
    assert {"S00", "S01"} <= set(sectors)
    assert "S04" not in sectors
    assert len(sectors) <= 3


def test_when_nothing_fits_it_leaves_with_3_and_a_reason(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nothing = ("--threshold", "50", "--inhabitants", "90000", "99000", "--json")
    assert main(delineate(files, *nothing)) == 3
    shown = answer(capsys)
    assert shown["sectors"] == []
    assert "ondergrens" in shown["reason"]


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "shp"])
def test_other_files_of_areas_give_the_same_answer(
    files: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    name = f"sectoren.{ending}"
    columns = [pa.array(CODES), pa.array(PEOPLE)]
    pyogrio.raw.write(
        files / name,
        shapely.to_wkb(OUTLINES),
        field_data=[column.to_numpy(zero_copy_only=False) for column in columns],
        fields=["code", "inwoners"],
        geometry_type="Polygon",
        crs="EPSG:31370",
    )
    assert main(delineate(files, *BOUNDS, "--json", sectors=name)) == 0
    found = answer(capsys)
    assert main(delineate(files, *BOUNDS, "--json")) == 0
    assert found["sectors"] == answer(capsys)["sectors"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("--inhabitants", "9", "1"), "--inhabitants"),
        (("--where", "gemeente"), "mist een ="),
        (("--where", "gemeente=Z"), "geen enkele sector"),
        (("--force-in", "S99"), "S99"),
        (("--population", "mensen"), "geen kolom 'mensen'"),
        (("--force-in", "S01", "--force-out", "S01"), "tegelijk"),
    ],
)
def test_a_wrong_choice_says_what_and_where(
    files: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, ...], words: str
) -> None:
    assert main(delineate(files, *BOUNDS, *change, "--json")) == 64
    shown = capsys.readouterr()
    assert shown.out == ""
    assert words in shown.err


def test_a_file_in_degrees_is_refused(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = pa.table({"code": ["S00"], "inwoners": [9], "geometry": [shapely.to_wkb(shapely.box(4, 50, 5, 51))]})
    pq.write_table(table, files / "graden.parquet")
    assert main(delineate(files, *BOUNDS, sectors="graden.parquet")) == 64
    assert "Lambert 72" in capsys.readouterr().err
