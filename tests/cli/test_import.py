"""`wijkcontract import` and `check-invariants` through their front door."""

from __future__ import annotations

from pathlib import Path

import pytest

from accounts.test_importers import AALST, HEAD
from wijkcontract.accounts.models import Organisation
from wijkcontract.audit import invariants
from wijkcontract.cli.main import main

pytestmark = pytest.mark.django_db
Capture = pytest.CaptureFixture[str]


def file_of(folder: Path, *rows: str) -> str:
    path = folder / "gemeenten.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return str(path)


def test_an_import_says_what_it_did(tmp_path: Path, capsys: Capture) -> None:
    assert main(["import", "organisations", file_of(tmp_path, AALST)]) == 0
    assert capsys.readouterr().out == "0 nieuw, 1 gewijzigd, 0 ongewijzigd.\n"
    assert Organisation.objects.get(nis="41002").ovo == "OVO001992"


def test_refused_rows_go_to_the_error_output_and_the_exit_code(tmp_path: Path, capsys: Capture) -> None:
    assert main(["import", "organisations", file_of(tmp_path, AALST.replace("41002", "x"))]) == 1
    assert capsys.readouterr().err == "Regel 2, Aalst: 'x' is geen NIS-code van vijf cijfers.\n"


@pytest.mark.parametrize(
    "arguments", [["organisations", "bestaat-niet.csv"], ["organisations"], ["planeten", "x.csv"], []]
)
def test_wrong_use_leaves_with_64_and_nothing_on_the_output(arguments: list[str], capsys: Capture) -> None:
    assert main(["import", *arguments]) == 64
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err != ""


@pytest.mark.reference
def test_the_real_file_is_imported_without_a_refused_row(shared: Path, capsys: Capture) -> None:
    assert main(["import", "organisations", str(shared / "data" / "gemeenten.csv")]) == 0
    assert capsys.readouterr().out == "19 nieuw, 285 gewijzigd, 0 ongewijzigd.\n"


def test_sound_data_break_no_invariant(capsys: Capture) -> None:
    assert main(["check-invariants"]) == 0
    assert capsys.readouterr().out == f"{len(invariants.names())} controles, 0 fouten.\n"


def test_a_broken_invariant_is_named_and_fails(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invariants, "_checks", {"proef": lambda: ["Contract 12: de som klopt niet."]})
    assert main(["check-invariants"]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("1 controles, 1 fouten.\n", "Contract 12: de som klopt niet.\n")
