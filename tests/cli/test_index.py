"""`wijkcontract index` through its front door, on small tables and on the Belgian index of 2001 (R2)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from wijkcontract.cli.main import main
from wijkcontract.engines import index_definition, tables, vulnerability
from wijkcontract.engines.ranking import Floats

PLACES = Path("../shared/data/places")
DEFINITION = """
code = "proef"
version = "3"
label = "Proef"
[file]
id = "sector"
inhabitants = "inwoners"
municipality = "gemeente"
[scoring]
indicators = "none"
domains = "percentile"
aggregation = "arithmetic"
[[domains]]
code = "werk"
label = "Werk"
weight = 3
[[domains.indicators]]
code = "werkzoekenden"
direction = "high"
[[domains]]
code = "wonen"
label = "Wonen"
weight = 1
[[domains.indicators]]
code = "woonkwaliteit"
direction = "low"
[[variants]]
code = "zonder_wonen"
label = "Zonder wonen"
without = ["wonen"]
"""
FIGURES = """sector;gemeente;inwoners;werkzoekenden;woonkwaliteit
01A;Aa;100;12,5;3
01B;Aa;300;-99997;2
02A;Bee;50;7,5;1
02B;Bee;50;;4
02C;Bee;10;2,5;9
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "proef.toml").write_text(DEFINITION, encoding="utf-8")
    (tmp_path / "cijfers.csv").write_text(FIGURES, encoding="utf-8")
    return tmp_path


def run(
    folder: Path, *more: str, file: str = "cijfers.csv", definition: str = "proef.toml", out: str = "uit.csv"
) -> int:
    return main(
        ["index", str(folder / file), "--definition", str(folder / definition), "--out", str(folder / out), *more]
    )


def test_rows_keep_their_place_and_a_missing_figure_leaves_them_empty(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "--averages", str(folder / "gemiddeld.csv")) == 0
    assert (folder / "uit.csv").read_text(encoding="utf-8") == (
        '"sector","score","rank","decile","score_werk","decile_werk","score_wonen","decile_wonen","score_zonder_wonen"\n'
        '"01A",90,1,1,100,1,60,5,100\n'
        '"01B",,,,,,,,\n'
        '"02A",75,2,5,66.66666666666666,5,100,1,66.66666666666666\n'
        '"02B",,,,,,,,\n'
        '"02C",29.999999999999996,3,10,33.33333333333333,10,20,10,33.33333333333333\n'
    )
    rows = (folder / "gemiddeld.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith('"municipality","score","rank","decile","score_werk"')
    assert [row.split(",")[:3] for row in rows[1:]] == [['"Aa"', "90", "1"], ['"Bee"', "67.5", "2"]]
    assert "Proef, versie 3: 3 van 5 rijen hebben een score." in capsys.readouterr().out


def test_parquet_keeps_the_type_of_the_codes_and_gives_certainty(folder: Path) -> None:
    columns = {
        "sector": pa.array([7, 8, 9]),
        "gemeente": ["A"] * 3,
        "werkzoekenden": [3, 2, None],
        "woonkwaliteit": [1.0, 2, 3],
    }
    pq.write_table(pa.table(columns), folder / "in.parquet")
    assert run(folder, "--uncertainty", file="in.parquet", out="uit.parquet") == 0
    found = pq.read_table(folder / "uit.parquet")
    assert found["sector"].type == pa.int64()
    assert found["rank"].to_pylist() == [1, 2, None]
    assert found["certainty"].to_pylist() == [1.0, 0.0, None]
    assert found["rank_high"].to_pylist() == [1, 2, None]


def test_what_was_done_to_the_figures_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    definition = DEFINITION.replace('"werkzoekenden"', '"werkzoekenden"\nshrink = true').replace(
        'aggregation = "arithmetic"', 'aggregation = "arithmetic"\nwinsorise_upper = 0.9\nminimum_share = 0.5'
    )
    (folder / "proef.toml").write_text(definition, encoding="utf-8")
    (folder / "cijfers.csv").write_text(FIGURES.replace(";4\n", ";2\n").replace(";-99997;", ";3;"), encoding="utf-8")
    assert run(folder, "--uncertainty") == 0
    said = capsys.readouterr()
    assert "4 van 5 rijen hebben een score." in said.out
    assert "Uiterste cijfers teruggebracht tot de grens: werkzoekenden (1), woonkwaliteit (1)." in said.out
    assert "zonder Wonen: " in said.out
    assert (
        said.err
        == "Niet naar de gemeente bijgetrokken, want de kolommen met teller en noemer ontbreken: werkzoekenden.\n"
    )


def test_every_fault_of_the_figures_is_said_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = (
        FIGURES.replace("12,5", "veel")
        .replace("02B;", "02A;")
        .replace("Aa;300", ";300")
        .replace("woonkwaliteit", "kwaliteit")
    )
    (folder / "cijfers.csv").write_text(wrong, encoding="utf-8")
    assert run(folder) == 64
    said = capsys.readouterr().err
    for part in (
        "De kolom 'woonkwaliteit' ontbreekt.",
        "geen getal op rij 2 ('veel')",
        "1 codes meer dan eens, zoals 02A",
    ):
        assert part in said
    assert not (folder / "uit.csv").exists()
    assert list(folder.glob(".*")) == []


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"file": "weg.csv"}, "bestaat niet"),
        ({"file": "cijfers.xlsx"}, ".parquet of .csv"),
        ({"out": "cijfers.csv"}, "hetzelfde bestand"),
        ({"out": "weg/uit.csv"}, "kan niet worden geschreven"),
        ({"definition": "weg.toml"}, "Meegeleverd zijn: bimd, vlaamse-wijk"),
        ({"definition": "cijfers.csv"}, "geen geldige definitie"),
        ({"file": "leeg.csv"}, "is leeg"),
        ({"file": "oud.csv"}, "geen UTF-8"),
        ({"file": "dubbel.csv"}, "meer dan eens voor: sector"),
    ],
)
def test_wrong_use_says_what_to_do(
    folder: Path, options: dict[str, str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "leeg.csv").write_text("", encoding="utf-8")
    (folder / "oud.csv").write_bytes("sector;gemeente\n1;Liège\n".encode("latin-1"))
    (folder / "dubbel.csv").write_text("sector;sector\n1;2\n", encoding="utf-8")
    assert run(folder, **options) == 64
    assert says in capsys.readouterr().err


def test_a_file_without_one_whole_row_ends_with_1(folder: Path) -> None:
    (folder / "cijfers.csv").write_text(FIGURES.splitlines()[0] + "\n", encoding="utf-8")
    assert run(folder) == 1
    assert len((folder / "uit.csv").read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.reference
def test_the_belgian_index_of_2001_is_reproduced(tmp_path: Path) -> None:
    source, out, means = PLACES / "bimd_sector_2001.parquet", tmp_path / "uit.parquet", tmp_path / "gemeenten.parquet"
    shipped = Path(str(index_definition.__file__)).parent / "definitions" / "bimd.toml"
    assert main(["index", str(source), "--definition", str(shipped), "--out", str(out), "--averages", str(means)]) == 0
    found, published = tables.read(out), tables.read(source)
    assert found.texts("statsec") == published.texts("statsec")
    scores = {"score": "bimd_score", "score_without_health": "bimd_zonder_gezondheid_score"}
    same = {"rank": "bimd_rank", "decile": "bimd_deciles"}
    for domain, short in _SHORT.items():
        scores[f"score_{domain}"] = f"exp_score_{short}"
        same[f"decile_{domain}"] = f"deciles_{short}"
    _equal(found, published, scores, same)
    averages, municipalities = tables.read(means), tables.read(PLACES / "bimd_gemeente_2001.parquet")
    assert averages.texts("code") == municipalities.texts("code")
    scores = {"score": "average_score_bimd"} | {f"score_{one}": f"average_score_{one}" for one in _SHORT}
    same = {"rank": "rank_average_score_bimd", "decile": "decile_bimd"}
    _equal(averages, municipalities, scores, same | {f"decile_{one}": f"decile_{one}" for one in _SHORT})


@pytest.mark.reference
def test_the_ranks_of_the_variant_without_health_are_those_that_were_published() -> None:
    definition, table = index_definition.load("bimd"), tables.read(PLACES / "bimd_sector_2001.parquet")
    codes, towns = np.unique([code[:5] for code in table.texts("statsec")], return_inverse=True)
    columns = {name: table.figures(name) for name in definition.needed_columns()}
    found = vulnerability.compute(definition, vulnerability.Units(columns, towns, codes.tolist())).variants[
        "without_health"
    ]
    assert np.array_equal(found.rank, table.figures("bimd_zonder_gezondheid_rank"))
    assert np.array_equal(found.decile, table.figures("bimd_zonder_gezondheid_deciles"))


_SHORT = {
    "income": "income", "employment": "employment", "education": "edu", "housing": "hous", "crime": "crime", "health": "health",
}  # fmt: skip


def _equal(found: tables.Table, published: tables.Table, scores: dict[str, str], same: dict[str, str]) -> None:
    """Scores within 1e-9, ranks and deciles without one difference."""
    for ours, theirs in scores.items():
        difference: Floats = np.abs(found.figures(ours) - published.figures(theirs))
        assert difference.max() < 1e-9, ours
    for ours, theirs in same.items():
        assert np.array_equal(found.figures(ours), published.figures(theirs)), ours
