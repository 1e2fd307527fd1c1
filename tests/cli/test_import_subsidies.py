"""`wijkcontract import subsidies` through its front door."""

from __future__ import annotations

from pathlib import Path

import pytest

from people import municipality
from wijkcontract.cli.main import main
from wijkcontract.proposals.models import RegisteredSubsidy

pytestmark = pytest.mark.django_db
Capture = pytest.CaptureFixture[str]
HEAD = "nis;naam;verstrekker;referentie;omschrijving;bedrag;van;tot"
ROW = "42006;Sportplan;Sport Vlaanderen;SV-12;Loon;90.000,00;01/01/2022;31/12/2023"


def file_of(folder: Path, *rows: str) -> str:
    path = folder / "subsidies.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return str(path)


def test_a_register_comes_in_and_says_what_it_did(tmp_path: Path, capsys: Capture) -> None:
    municipality("Dendermonde", "42006")
    assert main(["import", "subsidies", file_of(tmp_path, ROW)]) == 0
    assert capsys.readouterr().out == "1 nieuw, 0 gewijzigd, 0 ongewijzigd, 0 geweigerd.\n"
    assert RegisteredSubsidy.objects.get().amount_cents == 90_000_00


def test_refused_rows_are_named_the_others_come_in_and_the_exit_code_tells(tmp_path: Path, capsys: Capture) -> None:
    municipality("Dendermonde", "42006")
    assert main(["import", "subsidies", file_of(tmp_path, ROW, ROW.replace("42006", "1"))]) == 1
    said = capsys.readouterr()
    assert said.out == "1 nieuw, 0 gewijzigd, 0 ongewijzigd, 1 geweigerd.\n"
    assert said.err == "Regel 3, nis: '1' is geen lokaal bestuur dat hier bekend is. Kijk de code na.\n"


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path, capsys: Capture) -> None:
    assert main(["import", "subsidies", str(tmp_path / "niets.csv")]) == 64
    assert "kan niet gelezen worden" in capsys.readouterr().err
