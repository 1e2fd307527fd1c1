"""`wijkcontract charges` through its front door."""

import json
import os
import subprocess
import sys

import pytest

from wijkcontract.cli.main import main

FIRST = ["charges", "326000", "2022-01-01", "2025-12-31"]
LATE = ["charges", "800000", "2022-10-01", "2026-09-30", "--last-month", "2026-07", "--json"]


def test_the_first_worked_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*FIRST, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "charges": {"2022": "81444.22", "2023": "81444.21", "2024": "81667.35", "2025": "81444.22"},
        "total": "326000.00",
        "beyond_limit": "0.00",
    }


def test_by_months(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*FIRST, "--convention", "months", "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)["charges"].values()) == {"81500.00"}


def test_a_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(FIRST) == 0
    assert "Totaal  326.000,00 EUR" in capsys.readouterr().out


def test_money_past_the_last_month_is_refused_with_all_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(LATE) == 2
    refused = capsys.readouterr()
    assert "33.401,78 euro" in refused.err
    assert main([*LATE, "--allow-beyond"]) == 0
    allowed = capsys.readouterr()
    assert allowed.err == ""
    assert allowed.out == refused.out
    assert json.loads(allowed.out)["beyond_limit"] == "33401.78"
    assert json.loads(allowed.out)["total"] == "800000.00"


def test_a_term_that_ends_in_the_last_month_fits(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["charges", "800000.00", "2022-08-01", "2026-07-31", "--last-month", "2026-07", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["beyond_limit"] == "0.00"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["charges"],
        ["onbekend"],
        ["charges", "326000"],
        ["charges", "326000,00", "2022-01-01", "2025-12-31"],
        ["charges", "326000.0", "2022-01-01", "2025-12-31"],
        ["charges", "0.00", "2022-01-01", "2025-12-31"],
        ["charges", "-5", "2022-01-01", "2025-12-31"],
        ["charges", "9" * 40, "2022-01-01", "2025-12-31"],
        ["charges", "326000", "2022-02-30", "2025-12-31"],
        ["charges", "326000", "20220101", "2025-12-31"],
        ["charges", "326000", "2022-01-02", "2022-01-01"],
        [*FIRST, "--convention", "weeks"],
        [*FIRST, "--convention"],
        [*FIRST, "--last-month", "2026-13"],
        [*FIRST, "--last-month", ""],
        [*FIRST, "--onbekend"],
        [*FIRST, "--js"],
        [*FIRST, "--json=1"],
        [*FIRST, "extra"],
    ],
)
def test_wrong_use_says_why_in_dutch_and_leaves_with_64(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 64
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.strip()
    assert not any(english in shown.err for english in ("argument ", "expected", "required", "invalid", "usage"))


@pytest.mark.parametrize("arguments", [["--help"], ["charges", "--help"], ["check-proposal", "-h"]])
def test_help_is_no_fault(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out.startswith("Gebruik: wijkcontract")


def test_it_starts_without_django() -> None:
    code = (
        "import sys; from wijkcontract.cli.main import main;"
        f"status = main({[*FIRST, '--json']!r}); assert 'django' not in sys.modules; sys.exit(status)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=20, env=environment
    )
    assert json.loads(done.stdout)["total"] == "326000.00"


def test_a_reader_that_leaves_early_gets_no_traceback() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        left = subprocess.run(
            [sys.executable, "-m", "wijkcontract.cli", *FIRST, "--json"], stdout=closed, stderr=subprocess.PIPE
        )
    assert (left.returncode, left.stderr) == (141, b"")
