"""`wijkcontract rank-sectors` through its front door."""

from pathlib import Path

import pytest

from people import municipality
from web import sectors
from wijkcontract.cli.main import main
from wijkcontract.demo.city import VINTAGE, load_city
from wijkcontract.places.models import IndexRun


def test_the_index_of_a_vintage_is_computed_from_what_was_imported(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, nis in (("Beringen", "71004"), ("Dendermonde", "42006"), ("Vilvoorde", "23088")):
        municipality(name, nis)
    assert load_city()
    before = IndexRun.objects.get().ranked
    IndexRun.objects.all().delete()
    assert main(["rank-sectors", VINTAGE]) == 0
    assert f"{before} sectoren hebben een score" in capsys.readouterr().out
    assert IndexRun.objects.get().ranked == before


def test_too_few_figures_are_no_index(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    sectors.build(municipality("Lindeveld", "99001"))
    assert main(["rank-sectors", "test"]) == 64
    assert "Laad eerst cijfers in" in capsys.readouterr().err


def test_an_unknown_vintage_and_a_wrong_definition_say_what_to_do(
    db: None, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["rank-sectors", "2030"]) == 64
    assert "nog geen" in capsys.readouterr().err
    sectors.build(municipality("Lindeveld", "99001"))
    wrong = tmp_path / "eigen.toml"
    wrong.write_text("version = 1\n", encoding="utf-8")
    assert main(["rank-sectors", "test", "--definition", str(wrong)]) == 64
    assert capsys.readouterr().err
    assert main(["rank-sectors", "test", "--definition", str(tmp_path / "weg.toml")]) == 64
    assert "--definition" in capsys.readouterr().err
