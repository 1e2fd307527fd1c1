"""What a reader looks at on the map: the index or an indicator, of a year, cut into classes; and what every sector shows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.http import QueryDict

from wijkcontract.accounts.actors import Actor
from wijkcontract.engines.classes import MOST, Classes, Method, classify
from wijkcontract.places import queries
from wijkcontract.places.arrays import Floats
from wijkcontract.places.enums import Missing
from wijkcontract.places.queries import IndexView, SectorMap
from wijkcontract.web.components.formats import NOTHING, number
from wijkcontract.web.neighbourhood.drawing import Area

INDEX: Final = "index"
METHODS: Final = {
    Method.QUANTILES: "Evenveel sectoren per klasse",
    Method.DEVIATIONS: "Gemiddelde en standaardafwijking",
    Method.OWN: "Eigen grenzen",
}
REASONS: Final = {
    Missing.PRESENT: "klein aantal, afgeschermd",
    Missing.EMPTY: "geen cijfer",
    Missing.HIDDEN_BY_SOURCE: "afgeschermd door de bron",
    Missing.NOT_APPLICABLE: "niet van toepassing",
    Missing.NO_ANSWER: "geen antwoord",
}
NO_SCORE: Final = "geen score"


@dataclass(frozen=True, slots=True)
class Theme:
    """One thing that can be put on the map, with the years that it has, newest first. The index has none."""

    code: str
    label: str
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, made valid: an unknown theme, year or method becomes the first one that there is."""

    theme: Theme
    year: int | None
    method: Method
    own: tuple[float, ...]
    fault: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One class: its look, its borders in words, and how many sectors it holds."""

    look: int
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SectorRow:
    """A sector as the list shows it, the twin of the map. `value` is written for people, or says why there is none."""

    code: str
    name: str
    inhabitants: str
    value: str
    look: int
    inside: bool
    pickable: bool
    class_label: str
    decile: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that the map and its list show."""

    asked: Asked
    title: str
    unit: str
    source: str
    rows: tuple[SectorRow, ...]
    areas: tuple[Area, ...]
    legend: tuple[LegendRow, ...]
    is_example: bool


def themes(actor: Actor, town: SectorMap, index: IndexView | None) -> list[Theme]:
    """The index first when it was computed, then every indicator with figures of sectors."""
    labels = {one.code: one.label for one in queries.library(actor)}
    found = [Theme(INDEX, "Kwetsbaarheid (samengesteld)")] if index is not None else []
    return found + [
        Theme(code, labels[code], years[::-1])
        for code, years in queries.available(actor, town).items()
        if code in labels
    ]


def asked_of(query: QueryDict, known: Sequence[Theme]) -> Asked | None:
    """What the address asks; None when there is nothing to look at."""
    if not known:
        return None
    theme = next((one for one in known if one.code == query.get("cijfer")), known[0])
    year = next((one for one in theme.years if str(one) == query.get("jaar")), theme.years[0] if theme.years else None)
    method = next((one for one in METHODS if one.value == query.get("klassen")), Method.QUANTILES)
    typed = query.get("grenzen", "").strip()
    own, fault = _own(typed) if method is Method.OWN else ((), "")
    return Asked(theme, year, method, own, fault, typed)


def look(actor: Actor, town: SectorMap, index: IndexView | None, asked: Asked, chosen: Sequence[str]) -> Look:
    """The values of the theme for every sector, in classes."""
    inside = frozenset(chosen)
    if index is not None and asked.theme.code == INDEX:
        values, decimals = index.score, 1
        words = tuple(NO_SCORE for _ in town.codes)
        title, unit = asked.theme.label, "score, hoog is kwetsbaar"
        source = f"{index.run.definition}, cijfers tot en met {index.run.year}, gegevensversie {index.run.data_version}"
        example = index.run.vintage.is_example
    else:
        published = queries.figures_at(actor, town, asked.theme.code, asked.year or 0)
        if published is None:
            values, words, decimals = np.full(len(town.codes), np.nan), ("geen cijfer",) * len(town.codes), 0
            title, unit, source, example = asked.theme.label, "", "", False
        else:
            values, words = _in_order(town, published)
            decimals, unit = published.indicator.decimals, published.indicator.unit
            title = f"{asked.theme.label}, {asked.year}"
            source = f"{published.source} ({published.licence}), gegevensversie {published.data_version}"
            example = published.is_example
    cut = classify(values, asked.method, asked.own)
    labels = _labels(cut, decimals)
    rows = tuple(
        _row(town, index, row, values, words, decimals, int(cut.classes[row]), labels, town.codes[row] in inside)
        for row in range(len(town.codes))
    )
    areas = tuple(
        Area(one.code, one.name, town.outlines[row], _colour(one.look, cut), one.inside, one.value)
        for row, one in enumerate(rows)
    )
    legend = [LegendRow(_colour(at, cut), labels[at], count) for at, count in enumerate(cut.counts, 1)]
    legend += [LegendRow(0, "geen cijfer", cut.missing)] if cut.missing else []
    return Look(asked, title, unit, source, rows, areas, tuple(legend), example or town.vintage.is_example)


def _in_order(town: SectorMap, published: queries.Published) -> tuple[Floats, tuple[str, ...]]:
    """Figures in the order of the map, and for each why it would be absent."""
    place = {code: row for row, code in enumerate(published.codes)}
    values = np.full(len(town.codes), np.nan)
    words = []
    for row, code in enumerate(town.codes):
        at = place.get(code)
        if at is None:
            words.append(REASONS[Missing.EMPTY])
            continue
        values[row] = published.figures.value[at]
        hidden = published.figures.hidden[at] > 0
        words.append(REASONS[Missing.PRESENT] if hidden else REASONS[Missing(int(published.figures.missing[at]) or 1)])
    return values, tuple(words)


def _row(
    town: SectorMap, index: IndexView | None, row: int, values: Floats, words: Sequence[str], decimals: int, at: int,
    labels: Sequence[str], inside: bool,
) -> SectorRow:  # fmt: skip
    people = town.inhabitants[row]
    certain = index is not None and index.run.variants > 0 and not np.isnan(index.certainty[row])
    decile = index.decile[row] if index is not None else np.nan
    return SectorRow(
        code=town.codes[row],
        name=town.names[row],
        inhabitants=NOTHING if np.isnan(people) else number(int(people)),
        value=words[row] if np.isnan(values[row]) else number(float(values[row]), decimals),
        look=at,
        inside=inside,
        pickable=not bool(town.unlocated[row]),
        class_label=labels[at],
        decile=NOTHING if np.isnan(decile) else f"{int(decile)}",
        certainty=f"{round(float(index.certainty[row]) * 100)} %" if certain and index is not None else "",
    )


def _colour(at: int, cut: Classes) -> int:
    """The colour of a class: few classes use the ends of the scale as well."""
    count = len(cut.counts)
    return (
        0 if at == 0 else at if count == MOST else 3 if count == 1 else 1 + round((at - 1) * (MOST - 1) / (count - 1))
    )


def _labels(cut: Classes, decimals: int) -> list[str]:
    """Words for class 0 (no figure) and each class."""
    edges = [number(border, decimals) for border in cut.borders]
    if not edges:
        return ["geen cijfer", "alle sectoren"]
    between = [f"{low} tot {high}" for low, high in itertools.pairwise(edges)]
    return ["geen cijfer", f"onder {edges[0]}", *between, f"{edges[-1]} en meer"]


def _own(typed: str) -> tuple[tuple[float, ...], str]:
    """Own borders as typed, "10; 12,5; 20", and what is wrong with them."""
    try:
        numbers = tuple(float(one.replace(",", ".")) for one in typed.replace(";", " ").split())
    except ValueError:
        return (), "Schrijf bij eigen grenzen alleen getallen, met een puntkomma ertussen. Bijvoorbeeld: 10; 12,5; 20."
    if not numbers:
        return (), "Geef bij eigen grenzen minstens één grens. Bijvoorbeeld: 10; 12,5; 20."
    if len(numbers) >= MOST or not np.isfinite(numbers).all():
        return (), f"Geef hoogstens {MOST - 1} grenzen, elk een gewoon getal."
    return numbers, ""
