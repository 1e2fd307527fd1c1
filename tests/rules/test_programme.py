"""The programme files: every limit of the first call is data, and a wrong file names all its faults."""

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from wijkcontract.rules import programme
from wijkcontract.rules.codec import DocumentError


def test_the_first_call() -> None:
    first = programme.load("wijkverbeteringscontract-2021")
    limits = first.limits
    assert (limits.window_months_min, limits.window_months_max, limits.term_months_max) == (4, 5, 48)
    assert (limits.own_contribution_min, limits.infrastructure_max) == (Fraction(1, 5), Fraction(1, 5))
    assert (limits.subsidy_ceiling, limits.call_budget) == (80_000_000, 400_000_000)
    assert (first.funding.commitment_years, first.funding.last_vek_month) == ((2021, 2022), date(2026, 7, 31))
    assert (first.reporting.reports_per_year, first.deciding_body) == (3, programme.DecidingBody.FLEMISH_GOVERNMENT)
    assert len(first.instruments) == 8
    assert len(first.criteria) == 9
    assert sum(first.weights().values()) == 100


def test_the_second_call_is_only_another_file() -> None:
    first, second = (programme.load(f"wijkverbeteringscontract-{year}") for year in (2021, 2026))
    assert second.example
    assert second.funding.last_vek_month is None
    assert second.limits.call_budget == 600_000_000
    assert second.questions == first.questions


@pytest.mark.parametrize("name", programme.names())
def test_a_call_keeps_a_json_copy(name: str) -> None:
    loaded = programme.load(name)
    assert programme.from_dict(json.loads(json.dumps(programme.to_dict(loaded)))) == loaded


def test_all_faults_of_a_programme_at_once() -> None:
    data: dict[str, Any] = programme.to_dict(programme.load("wijkverbeteringscontract-2021"))
    data["limits"]["own_contribution_min"] = "6/5"
    data["questions"][0]["section"] = "nergens"
    data["payment_plan"][0]["share"] = "1/10"
    data["scoring"]["tie_break"] = ["geluk"]
    data["criteria"][1]["code"] = "tailoring"
    data["reporting"]["months"] = [2]
    with pytest.raises(DocumentError) as error:
        programme.from_dict(data)
    assert [fault.where for fault in error.value.faults] == [
        "/limits/own_contribution_min",
        "/criteria/1/code",
        "/questions/0/section",
        "/scoring/tie_break/0",
        "/payment_plan",
        "/reporting/months",
    ]


def test_a_missing_or_mistyped_field_is_named() -> None:
    data: dict[str, Any] = programme.to_dict(programme.load("wijkverbeteringscontract-2021"))
    del data["limits"]["call_budget"]
    data["limits"]["subsidy_ceiling"] = 800000
    data["titel"] = "x"
    with pytest.raises(DocumentError) as error:
        programme.from_dict(data)
    assert {fault.where for fault in error.value.faults} == {
        "/titel",
        "/limits/call_budget",
        "/limits/subsidy_ceiling",
    }


def test_an_unknown_programme() -> None:
    with pytest.raises(KeyError, match="wijkverbeteringscontract-2021"):
        programme.load("../iets")
