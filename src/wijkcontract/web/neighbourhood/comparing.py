"""The neighbourhoods of a call side by side, from the frozen figures of their proposals only (R2, R17)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wijkcontract.proposals.models import ProposalEvidence
from wijkcontract.web.components.formats import NOTHING, number


@dataclass(frozen=True, slots=True)
class Column:
    """An indicator of the comparison, with Flanders as its newest frozen year says."""

    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class Cell:
    """The figure of a neighbourhood and, under it, that of its municipality; the year stands beside it."""

    own: str
    municipality: str
    year: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One row: what was frozen, when and as what."""

    title: str
    municipality: str
    proposal: str
    inhabitants: str
    score: str
    worst_tenth: str
    cells: tuple[Cell, ...]
    frozen_on: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table. `is_example` when one of the neighbourhoods rests on invented figures."""

    columns: tuple[Column, ...]
    rows: tuple[Neighbourhood, ...]
    is_example: bool


def compare(carried: Iterable[ProposalEvidence]) -> Comparison:
    """Every indicator that at least one neighbourhood has a figure of, in the order in which they come."""
    contents = [(one, json.loads(one.evidence.content)) for one in carried]
    columns: dict[str, Column] = {}
    for _, content in contents:
        for line in content["figures"]:
            if _newest(line) is not None:
                columns.setdefault(line["indicator"], Column(line["label"], line["unit"]))
    return Comparison(
        columns=tuple(columns.values()),
        rows=tuple(_row(one, content, columns) for one, content in contents),
        is_example=any(content["vintage"]["is_example"] for _, content in contents),
    )


def _row(carried: ProposalEvidence, content: Mapping[str, Any], columns: Iterable[str]) -> Neighbourhood:
    place, lines = content["neighbourhood"], {line["indicator"]: line for line in content["figures"]}
    score, worst = _index(content)
    return Neighbourhood(
        title=place["title"],
        municipality=place["municipality"],
        proposal=carried.proposal.title,
        inhabitants=number(int(Decimal(place["inhabitants"]))),
        score=score,
        worst_tenth=worst,
        cells=tuple(_cell(lines.get(code)) for code in columns),
        frozen_on=f"{carried.evidence.frozen_at:%d/%m/%Y}",
        sha256=carried.evidence.sha256[:12],
    )


def _index(content: Mapping[str, Any]) -> tuple[str, str]:
    """The mean score weighted by inhabitants, and how many sectors lie in the most vulnerable tenth."""
    if content["index"] is None:
        return NOTHING, NOTHING
    people = {one["code"]: Decimal(one["inhabitants"] or 0) for one in content["sectors"]}
    scored = [(people[one["code"]], Decimal(one["score"])) for one in content["index"]["sectors"] if one["score"]]
    weight = sum(count for count, _ in scored)
    mean = number(sum(count * score for count, score in scored) / weight, 1) if weight else NOTHING
    worst = sum(one["decile"] == "1" for one in content["index"]["sectors"])
    return mean, f"{worst} van {len(content['sectors'])}"


def _cell(line: Mapping[str, Any] | None) -> Cell:
    shown = None if line is None else _newest(line)
    if line is None or shown is None:
        return Cell(NOTHING, "", "")
    town = shown["municipality"]
    return Cell(
        own=number(Decimal(shown["value"]), line["decimals"]),
        municipality=NOTHING if town is None else number(Decimal(town), line["decimals"]),
        year=str(shown["year"]),
    )


def _newest(line: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The newest year with a figure of the neighbourhood."""
    return next((one for one in reversed(line["years"]) if one["value"] is not None), None)
