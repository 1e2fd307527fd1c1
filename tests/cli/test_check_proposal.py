"""`wijkcontract check-proposal` and `example-proposal` through their front door."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prepared import CASES, IDS, ON, Document, valid
from wijkcontract.cli.main import main
from wijkcontract.rules import programme
from wijkcontract.rules.example_proposal import example
from wijkcontract.rules.proposal_form import to_json

FIRST = "wijkverbeteringscontract-2021"


def write(folder: Path, content: object) -> str:
    path = folder / "voorstel.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def changed(**parts: object) -> dict[str, Any]:
    return to_json(example()) | parts


@pytest.mark.parametrize("name", [one for one in programme.names() if one.startswith("wijkverbeteringscontract")])
def test_the_printed_example_is_valid(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["example-proposal"]) == 0
    path = write(tmp_path, capsys.readouterr().out)
    assert main(["check-proposal", path, "--programme", name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"findings": [], "blocks": 0, "flags": 0}


def test_a_block_and_a_flag(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, changed(risks=[], support_log=[]))
    assert main(["check-proposal", path, "--programme", FIRST, "--json"]) == 1
    shown = capsys.readouterr().out
    assert json.loads(shown) == {
        "findings": [
            {
                "code": "no_risk",
                "requirement": "R9",
                "severity": "block",
                "path": "/risks",
                "message": "Er is geen risicoanalyse. Beschrijf minstens één risico en hoe u ermee omgaat.",
            },
            {
                "code": "support_log_empty",
                "requirement": "R16",
                "severity": "flag",
                "path": "/support_log",
                "message": "Er is nog geen stap naar draagvlak. Noteer met wie u al overlegde, en wanneer.",
            },
        ],
        "blocks": 1,
        "flags": 1,
    }
    assert "één" in shown


def test_a_flag_alone_does_not_block(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, changed(support_log=[]))
    assert main(["check-proposal", path, "--programme", FIRST]) == 0
    assert "R16 aandacht" in capsys.readouterr().out


def test_the_day_of_the_check_is_an_argument_or_the_clock(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    check = ["check-proposal", write(tmp_path, changed(submitted_on=None)), "--programme", FIRST, "--json"]
    assert main([*check, "--on", "2021-07-04"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"][0]["code"] == "local_decision_after_submission"
    monkeypatch.setenv("WIJKCONTRACT_NOW", "2021-07-04T12:00")
    main(check)
    assert json.loads(capsys.readouterr().out)["flags"] == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{", "geen geldige JSON"),
        ("", "geen geldige JSON"),
        ("NaN", "geen geldige JSON"),
        ("[" * 100_000, "geen geldige JSON"),
        ('{"format": "wijkcontract-proposal/1", "title": "a", "title": "b"}', "twee keer"),
        ({"format": "anders"}, "/format"),
        ({}, "/format"),
        (changed(cost_lines=[{"id": "K1", "amount": 12}]), "/cost_lines/0/amount"),
        (changed(answers={"lievelingskleur": "blauw"}), "/answers/lievelingskleur"),
        (changed(milestones=[{"id": "J1", "measure": "M99"}]), "/milestones/0/measure"),
        (changed(files=[{"id": "B1"}, {"id": "B1"}]), "/files/1/id"),
    ],
)
def test_an_unreadable_proposal_leaves_with_64_and_the_place(
    content: object, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check-proposal", write(tmp_path, content), "--programme", FIRST, "--json"]) == 64
    shown = capsys.readouterr()
    assert shown.out == ""
    assert expected in shown.err


def test_every_fault_is_shown_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, changed(title=3, term={"start": "1/1/2022"}, measures=[{}]))
    assert main(["check-proposal", path, "--programme", FIRST, "--json"]) == 64
    shown = capsys.readouterr().err
    assert all(place in shown for place in ("/title:", "/term/start:", "/measures/0/id:"))


def test_a_file_that_is_no_text_or_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    binary = tmp_path / "binair"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (binary, tmp_path, tmp_path / "weg", "a\0b"):
        assert main(["check-proposal", str(path), "--programme", FIRST, "--json"]) == 64
        shown = capsys.readouterr()
        assert shown.out == ""
        assert shown.err


@pytest.mark.parametrize("extra", [["--programme", "onbekend"], [], ["--programme", FIRST, "--on", "gisteren"]])
def test_wrong_arguments_leave_with_64(extra: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-proposal", write(tmp_path, changed()), *extra, "--json"]) == 64
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("code", "path", "mutate"), CASES, ids=IDS)
def test_a_prepared_proposal_gives_exactly_its_finding(
    code: str, path: str, mutate: Callable[[Document], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = valid()
    mutate(document)
    blocked = main(["check-proposal", write(tmp_path, document), "--programme", FIRST, "--on", f"{ON}", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert [(one["code"], one["path"]) for one in answer["findings"]] == [(code, path)]
    assert blocked == (1 if answer["findings"][0]["severity"] == "block" else 0)
