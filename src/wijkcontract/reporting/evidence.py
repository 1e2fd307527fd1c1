"""The evidence of a neighbourhood as one document to hand over: what Word, PDF and Excel have in common (R2).

A frozen analysis gives its frozen content, for ever the same. A draft gives what the figures say today, and says that it is
a draft.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Final, TypedDict

from wijkcontract.accounts.actors import Actor
from wijkcontract.places import evidence, queries
from wijkcontract.places.enums import AnalysisState, Method
from wijkcontract.places.models import NeighbourhoodAnalysis
from wijkcontract.rules import clock
from wijkcontract.rules.numbers import number_nl
from wijkcontract.rules.verdicts import Invalid

NOTHING: Final = "–"


class SectorLine(TypedDict):
    """A sector of the neighbourhood."""

    code: str
    name: str
    inhabitants: str
    score: str
    decile: str
    certainty: str


class FigureLine(TypedDict):
    """The newest figure of an indicator beside municipality, province and Flanders."""

    label: str
    unit: str
    year: str
    own: str
    municipality: str
    province: str
    region: str
    note: str


class SourceLine(TypedDict):
    """Where an indicator comes from."""

    label: str
    definition: str
    source: str
    licence: str


class Document(TypedDict):
    """The whole document as text."""

    title: str
    municipality: str
    state: str
    frozen: bool
    moment: str
    moment_iso: str
    inhabitants: str
    area: str
    warning: str
    sectors: list[SectorLine]
    figures: list[FigureLine]
    sources: list[SourceLine]
    index: str
    borders: str
    origin: str
    sha256: str


def content_of(actor: Actor, analysis: NeighbourhoodAnalysis) -> tuple[dict[str, Any], str]:
    """The content and its SHA-256: the frozen one, or that of a draft as it stands now. Raises Invalid without a border."""
    if analysis.state == AnalysisState.FROZEN:
        frozen = queries.get_evidence(actor, analysis.pk)
        return json.loads(frozen.content), frozen.sha256
    town = queries.sector_map(actor, analysis.organisation_id, analysis.vintage)
    drawn = [shape for shape in queries.shapes(actor, town, analysis.sectors) if shape is not None]
    if not drawn:
        raise Invalid.because("Kies eerst de sectoren van de wijk en bewaar. Daarna is er een document.")
    content = evidence.build(
        analysis, town, queries.profile(actor, town, analysis.sectors), queries.index_of(actor, town),
        evidence.border_of(drawn), data_version=queries.data_version(actor), frozen_at=clock.now(),
    )  # fmt: skip
    return content, evidence.digest(evidence.canonical(content))


def document(content: dict[str, Any], sha256: str, *, frozen: bool) -> Document:
    """The content written for people."""
    place, vintage, index = content["neighbourhood"], content["vintage"], content["index"]
    moment = clock.parse_moment(content["frozen_at"]).astimezone(clock.BRUSSELS)
    return Document(
        title=place["title"],
        municipality=place["municipality"],
        state="Vastgelegd" if frozen else "Ontwerp, nog niet vastgelegd",
        frozen=frozen,
        moment=f"{moment:%d/%m/%Y} om {moment:%H.%M} uur",
        moment_iso=moment.isoformat(),
        inhabitants=number_nl(place["inhabitants"], 0),
        area=f"{_nl(place['area_m2'], 2, 1e-6)} km²",
        warning=_warning(content),
        sectors=_sectors(content),
        figures=[_figure(line) for line in content["figures"]],
        sources=[
            SourceLine(
                label=one["label"], definition=one["definition"] or f"{one['label']}, {one['unit']}",
                source=one["source"], licence=one["licence"],
            )
            for one in content["figures"]
        ],
        index="" if index is None else _index(index),
        borders=f"{vintage['label']}. {vintage['source']} ({vintage['licence']}).",
        origin=f"{Method(place['method']).label.capitalize()}. Gegevensversie {content['data_version']}.",
        sha256=sha256,
    )  # fmt: skip


def _warning(content: dict[str, Any]) -> str:
    if content["vintage"]["is_example"] or any(one["is_example"] for one in content["figures"]):
        return "Voorbeeldcijfers: de sectoren en de cijfers in dit document zijn verzonnen."
    return (
        ""
        if content["vintage"]["is_official"]
        else "Benaderde grenzen: de grenzen van deze sectoren zijn niet de officiële."
    )


def _sectors(content: dict[str, Any]) -> list[SectorLine]:
    scores = {one["code"]: one for one in (content["index"] or {"sectors": []})["sectors"]}
    lines = []
    for one in content["sectors"]:
        score = scores.get(one["code"], {})
        certainty = score.get("certainty")
        lines.append(
            SectorLine(
                code=one["code"],
                name=one["name"],
                inhabitants=_nl(one["inhabitants"], 0),
                score=_nl(score.get("score"), 1),
                decile=_nl(score.get("decile"), 0),
                certainty=NOTHING if certainty is None else f"{_nl(certainty, 0, 100)} %",
            )
        )
    return lines


def _figure(line: dict[str, Any]) -> FigureLine:
    """The newest year with a figure of the neighbourhood, else the newest year."""
    decimals = line["decimals"]
    shown = next((one for one in reversed(line["years"]) if one["value"] is not None), line["years"][-1])
    note = ""
    if shown["value"] is None:
        note = "niet optelbaar" if line["aggregation"] == "median" else "geen cijfers"
    elif shown["sectors_missing"]:
        note = f"zonder {shown['sectors_missing']} {'sector' if shown['sectors_missing'] == 1 else 'sectoren'}"
    return FigureLine(
        label=line["label"], unit=line["unit"], year=str(shown["year"]), own=_nl(shown["value"], decimals),
        municipality=_nl(shown["municipality"], decimals), province=_nl(shown["province"], decimals),
        region=_nl(shown["region"], decimals), note=note,
    )  # fmt: skip


def _index(index: dict[str, Any]) -> str:
    definition = index["definition"]
    return (
        f"Samengesteld volgens definitie {definition['code']}, versie {definition['version']}, over {number_nl(index['ranked'], 0)}"
        f" sectoren, cijfers tot en met {index['year']}. Deciel 1 is het kwetsbaarste tiende. Zekerheid: in hoeveel van"
        f" {number_nl(index['variants'], 0)} rekenvarianten de sector in dat tiende ligt."
    )


def _nl(text: str | None, decimals: int, scale: float = 1) -> str:
    """A decimal as text, for people; absent is a dash."""
    return NOTHING if text is None else number_nl(Decimal(text) * Decimal(str(scale)), decimals)
