"""The map page of an analysis as one value: what is looked at, the choice, and what the choice comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.safestring import SafeString

from wijkcontract.accounts.actors import Actor
from wijkcontract.places import queries
from wijkcontract.places.models import NeighbourhoodAnalysis
from wijkcontract.web.components.formats import number
from wijkcontract.web.neighbourhood.choice import Standing, standing
from wijkcontract.web.neighbourhood.drawing import draw_map
from wijkcontract.web.neighbourhood.looking import METHODS, Look, Theme, asked_of, look, themes

CHOSEN, SECTOR, PROPOSAL = "gekozen", "sector", "voorstel"


@dataclass(frozen=True, slots=True)
class MapPage:
    """What the map page shows. `look` is None while no figures were loaded; `changed` when the choice is not the saved one;
    `proposed` holds the sectors of the engine's proposal that the choice began with, joined by commas."""

    themes: tuple[Theme, ...]
    years: tuple[int, ...]
    methods: tuple[tuple[str, str], ...]
    look: Look | None
    drawing: SafeString | str
    standing: Standing
    chosen: tuple[str, ...]
    changed: bool
    approximate: bool
    proposed: str


def chosen_of(analysis: NeighbourhoodAnalysis, query: QueryDict) -> tuple[str, ...]:
    """The choice that the address carries, else the saved one."""
    if query.get(CHOSEN):
        return tuple(sorted(set(query.getlist(SECTOR))))
    return tuple(analysis.sectors)


def standing_of(actor: Actor, analysis: NeighbourhoodAnalysis, chosen: Sequence[str]) -> Standing:
    """What a choice comes to, without the map."""
    town = queries.sector_map(actor, analysis.organisation_id, analysis.vintage)
    return standing(town, queries.borders(actor, town), queries.index_of(actor, town), chosen)


def build_map(actor: Actor, analysis: NeighbourhoodAnalysis, query: QueryDict) -> MapPage:
    """Everything for the page of one analysis: eight queries, whatever the number of sectors."""
    town = queries.sector_map(actor, analysis.organisation_id, analysis.vintage)
    index = queries.index_of(actor, town)
    known = themes(actor, town, index)
    chosen = tuple(code for code in chosen_of(analysis, query) if code in town.rows)
    asked = asked_of(query, known)
    shown = look(actor, town, index, asked, chosen) if asked else None
    state = standing(town, queries.borders(actor, town), index, chosen)
    return MapPage(
        themes=tuple(known),
        years=asked.theme.years if asked else (),
        methods=tuple((method.value, label) for method, label in METHODS.items()),
        look=shown,
        drawing=_drawing(analysis, shown, state) if shown else "",
        standing=state,
        chosen=chosen,
        changed=chosen != tuple(analysis.sectors),
        approximate=not town.vintage.is_official,
        proposed=query.get(PROPOSAL, ""),
    )


def _drawing(analysis: NeighbourhoodAnalysis, shown: Look, state: Standing) -> SafeString:
    count = len(shown.areas)
    chosen = (
        f"{number(state.sectors)} ervan zijn gekozen en omlijnd." if state.sectors else "Er is nog geen sector gekozen."
    )
    return draw_map(
        shown.areas,
        title=f"{shown.title} per statistische sector, {analysis.organisation.name}",
        description=f"{number(count)} sectoren in {len(shown.legend)} klassen. {chosen} De lijst geeft dezelfde cijfers.",
    )
