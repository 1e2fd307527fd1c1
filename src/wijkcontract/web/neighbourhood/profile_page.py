"""The profile of a neighbourhood as the page shows it: every figure written for people, with its drawings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.utils.safestring import SafeString
from numpy.typing import NDArray

from wijkcontract.accounts.actors import Actor
from wijkcontract.engines import profile as statistics
from wijkcontract.places import queries
from wijkcontract.places.arrays import Floats
from wijkcontract.places.enums import Direction
from wijkcontract.places.models import NeighbourhoodAnalysis
from wijkcontract.places.queries import IndexView, ProfileLine, Published, Pyramid, SectorMap
from wijkcontract.places.queries.narrative import margins, narrative, newest
from wijkcontract.rules.figure_sentences import domains_sentence, far_sentence, variants_sentence
from wijkcontract.web.components.formats import NOTHING, number
from wijkcontract.web.neighbourhood import charts
from wijkcontract.web.neighbourhood.similar_rows import SimilarRow, similar_rows

AGE_EDGES: Final = (0, 6, 12, 18, 25, 35, 45, 55, 65, 75, 85)
WORST_DECILES: Final = 2
SIGNS: Final = {Direction.HIGH: 1.0, Direction.LOW: -1.0, Direction.NONE: 0.0}
EVERYWHERE: Final = "alle sectoren"
NOT_ADDITIVE, NO_FIGURES = "niet optelbaar", "geen cijfers"


@dataclass(frozen=True, slots=True)
class YearCell:
    """The figures of one year, for the table beside the line."""

    year: int
    own: str
    municipality: str
    region: str


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One indicator, written for people. `reason` says why there is no figure of the neighbourhood."""

    label: str
    unit: str
    year: str
    own: str
    margin: str
    municipality: str
    province: str
    region: str
    source: str
    reason: str
    missing: str
    distance: float | None
    drawing: SafeString
    words: str
    spark: SafeString
    years: tuple[YearCell, ...]


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A decile of a sector on a domain: `look` is worst, bad or empty."""

    text: str
    look: str


@dataclass(frozen=True, slots=True)
class Combination:
    """Where disadvantages come together: sectors x domains, with how many domains are in the worst fifth."""

    domains: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...], str], ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """The index of the neighbourhood in one figure and its sentences."""

    score: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfilePage:
    """Everything of the profile page."""

    rows: tuple[ProfileRow, ...]
    far: str
    similar: tuple[SimilarRow, ...]
    sentences: tuple[tuple[str, list[str]], ...]
    headline: Headline | None
    combination: Combination | None
    pyramid: SafeString | str
    ages: tuple[charts.AgeGroup, ...]
    pyramid_source: str
    sectors: int
    inhabitants: int
    is_example: bool
    approximate: bool


def build_profile(actor: Actor, analysis: NeighbourhoodAnalysis, codes: Sequence[str]) -> ProfilePage:
    """The profile of a choice of sectors: twelve queries at most, whatever their number."""
    town = queries.sector_map(actor, analysis.organisation_id, analysis.vintage)
    columns = queries.columns_of(actor, town)
    index = queries.index_of(actor, town)
    people = queries.pyramid(actor, town)
    found = queries.profile(actor, town, codes)
    spreads = _spreads(town, columns)
    groups = _age_groups(people, town, codes) if people else ()
    rows = tuple(row_of(line, spreads.get(line.indicator.code, np.nan)) for line in found.lines)
    return ProfilePage(
        rows=rows,
        far=_far(rows),
        similar=similar_rows(queries.similar_divisions(actor, town, found), found),
        sentences=tuple(
            (
                line.indicator.label,
                narrative(
                    line, area="de wijk", municipality=analysis.organisation.name, sectors=len(found.codes),
                    inhabitants=found.inhabitants,
                ),
            )
            for line in found.lines
            if newest(line) is not None
        ),
        headline=_headline(index, town, codes) if index else None,
        combination=_combination(index, town, codes) if index else None,
        pyramid=charts.pyramid(
            groups, title=f"Inwoners naar leeftijd en geslacht, {analysis.title}",
            description="Mannen links, vrouwen rechts, de oudsten boven. De tabel geeft dezelfde cijfers.",
            elsewhere=f"het aandeel in {analysis.organisation.name}",
        ),
        ages=groups,
        pyramid_source=f"{people.source}, {people.year}" if people else "",
        sectors=len(found.codes),
        inhabitants=found.inhabitants,
        is_example=town.vintage.is_example or any(one.is_example for one in columns),
        approximate=not town.vintage.is_official,
    )  # fmt: skip


def row_of(line: ProfileLine, spread: float) -> ProfileRow:
    """One indicator as text and drawings, of the newest year with a figure of the neighbourhood.

    `spread` is the standard deviation between sectors, NaN when unknown: then there is no distance to Flanders.
    """
    indicator, decimals = line.indicator, line.indicator.decimals
    shown = newest(line)
    at = len(line.years) - 1 if shown is None else shown
    bounds = margins(line)
    low, high = float(bounds.lower[at]), float(bounds.upper[at])
    seen = np.array([line.value[at], low, high, line.municipality[at]])
    sign = np.full(4, SIGNS[Direction(indicator.direction)])
    own, first, last, town = statistics.standardised_distance(seen, line.region[at], np.full(4, spread), sign).tolist()
    return ProfileRow(
        label=indicator.label,
        unit=indicator.unit,
        year=str(line.years[at]),
        own=_shown(line.value[at], decimals),
        margin="" if np.isnan(low) else f"{number(low, decimals)} tot {number(high, decimals)}",
        municipality=_shown(line.municipality[at], decimals),
        province=_shown(line.province[at], decimals),
        region=_shown(line.region[at], decimals),
        source=f"{line.source} ({line.licence})" if line.licence else line.source,
        reason="" if shown is not None else NO_FIGURES if line.additive else NOT_ADDITIVE,
        missing=_missing(line, at) if shown is not None else "",
        distance=_known(own),
        drawing=charts.deviation(_known(own), _known(first), _known(last), _known(town)),
        words=charts.deviation_words(_known(own)),
        spark=charts.spark([_points(line.steady.value), _points(line.municipality), _points(line.region)]),
        years=tuple(
            YearCell(year, *(_shown(one[place], decimals) for one in (line.value, line.municipality, line.region)))
            for place, year in enumerate(line.years)
        ),
    )


def _spreads(town: SectorMap, columns: Sequence[Published]) -> dict[str, float]:
    """The standard deviation between the sectors of the municipality of each indicator, in its newest year."""
    newest = {one.indicator.code: one for one in columns}
    weights = np.nan_to_num(town.inhabitants)
    return {
        code: float(statistics.spread(one.figures.value[None, :], weights)[0])
        for code, one in newest.items()
        if one.codes == town.codes
    }


def _missing(line: ProfileLine, at: int) -> str:
    """What the figure does not cover."""
    count = int(line.sectors_missing[at])
    if not count:
        return ""
    covered = float(line.coverage[at])
    share = "" if np.isnan(covered) else f": het cijfer dekt {number(int(covered * 100))} % van de inwoners"
    return f"zonder {count} {'sector' if count == 1 else 'sectoren'}{share}"


def _headline(index: IndexView, town: SectorMap, codes: Sequence[str]) -> Headline | None:
    rows = town.rows_of(codes)
    weights = np.where(np.isnan(index.score[rows]), 0.0, np.nan_to_num(town.inhabitants[rows]))
    if not weights.sum() > 0:
        return None
    score = float(np.average(np.nan_to_num(index.score[rows]), weights=weights))
    worst = int((index.decile[rows] == 1).sum())
    sentences = [f"Dat is het gemiddelde van {len(rows)} sectoren, waarin elke inwoner even zwaar telt."]
    sentences.append(
        f"{number(worst)} van de {number(len(rows))} sectoren {'hoort' if worst == 1 else 'horen'} bij het kwetsbaarste tiende"
        f" van de {number(index.run.ranked)} sectoren met een score."
    )
    sure = index.certainty[rows]
    if index.run.variants and not np.isnan(sure).all():
        share = float(np.average(np.nan_to_num(sure), weights=weights))
        sentences.append(
            f"Een inwoner van de wijk woont gemiddeld in {number(share * 100)} % van {number(index.run.variants)} rekenvarianten"
            " in een sector van dat kwetsbaarste tiende."
        )
    sentences += _worst(index, town, rows)
    return Headline(number(score, 1), tuple(sentences))


def _worst(index: IndexView, town: SectorMap, rows: NDArray[np.intp]) -> list[str]:
    """Of the most vulnerable sector: which disadvantages come together there, and how certain its place is."""
    row = int(rows[np.nanargmax(index.score[rows])])
    area, deciles = f"de sector {town.names[row]}", index.domain_deciles[row].tolist()
    labels = [str(one["label"]) for one in index.run.domains]
    known = [label for label, decile in zip(labels, deciles, strict=True) if not np.isnan(decile)]
    worst = [label for label, decile in zip(labels, deciles, strict=True) if decile <= WORST_DECILES]
    found = [domains_sentence(area, EVERYWHERE, worst, known)]
    if index.run.variants and not np.isnan(index.certainty[row]):
        inside = round(float(index.certainty[row]) * index.run.variants)
        found.append(variants_sentence(area, EVERYWHERE, inside, index.run.variants))
    return found


def _far(rows: Sequence[ProfileRow]) -> str:
    """The indicators on which the neighbourhood lies a whole standard deviation from Flanders on the vulnerable side."""
    known = [row for row in rows if row.distance is not None]
    return far_sentence(
        "de wijk",
        "Vlaanderen",
        [row.label for row in known if row.distance is not None and row.distance >= 1],
        len(known),
    )


def _combination(index: IndexView, town: SectorMap, codes: Sequence[str]) -> Combination | None:
    rows = town.rows_of(codes).tolist()
    if not rows or not index.run.domains:
        return None
    return Combination(
        tuple(str(one["label"]) for one in index.run.domains),
        tuple(
            (
                town.names[row],
                tuple(_heat(decile) for decile in index.domain_deciles[row].tolist()),
                NOTHING if np.isnan(index.burdened[row]) else str(int(index.burdened[row])),
            )
            for row in rows
        ),
    )


def _heat(decile: float) -> HeatCell:
    if np.isnan(decile):
        return HeatCell(NOTHING, "")
    return HeatCell(str(int(decile)), "worst" if decile == 1 else "bad" if decile <= WORST_DECILES else "")


def _age_groups(people: Pyramid, town: SectorMap, codes: Sequence[str]) -> tuple[charts.AgeGroup, ...]:
    """The neighbourhood in age groups, beside the municipality: the sum of all its sectors."""
    wanted = frozenset(codes) & frozenset(town.codes)
    inside = [at for at, code in enumerate(people.codes) if code in wanted]
    edges = [edge for edge in AGE_EDGES if edge in people.ages]
    if not inside or not edges or edges[0] != people.ages[0]:
        return ()
    own = statistics.pyramid(people.counts[inside].sum(axis=0), people.ages, edges)
    all_of_it = statistics.pyramid(people.counts.sum(axis=0), people.ages, edges)
    shares, elsewhere = own.shares(), all_of_it.shares()
    return tuple(
        charts.AgeGroup(
            label, float(own.men[at]), float(own.women[at]), float(shares[0, at]), float(shares[1, at]),
            float(elsewhere[0, at]), float(elsewhere[1, at]),
        )
        for at, label in enumerate(own.labels)
    )  # fmt: skip


def _known(figure: float) -> float | None:
    return None if np.isnan(figure) else figure


def _shown(figure: float, decimals: int) -> str:
    return number(_known(float(figure)), decimals)


def _points(figures: Floats) -> list[float | None]:
    return [_known(one) for one in figures.tolist()]
