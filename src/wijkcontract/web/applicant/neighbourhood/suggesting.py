"""The page on which the engine proposes a neighbourhood: bounds in, the best sets out, each a click away from the map."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

import numpy as np
from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wijkcontract.accounts.formfields import NumberField, WholeField
from wijkcontract.places import policy, queries
from wijkcontract.places.models import NeighbourhoodAnalysis
from wijkcontract.places.queries import IndexView, SectorMap, Suggestion, Wish
from wijkcontract.rules.verdicts import require
from wijkcontract.web.components.formats import number
from wijkcontract.web.http import ActorRequest, for_audience, page
from wijkcontract.web.neighbourhood.mapping import CHOSEN, PROPOSAL, SECTOR
from wijkcontract.web.neighbourhood.presenters import analysis_dossier

USUAL_LOW, USUAL_HIGH = 2000, 6000
"""Where the search begins when nobody said otherwise; the size of a neighbourhood is no rule of a call."""
SECONDS = 2.0
"""The time for each answer: a page may not wait longer. What is not proven by then says how much better it may still be."""

SHOWN = 12
"""How many other neighbourhoods stand beside the best proposal."""


class WishForm(forms.Form):
    """The bounds of a search."""

    van = WholeField(label="Inwoners, minstens", min_value=1, max_value=1_000_000)
    tot = WholeField(label="Inwoners, hoogstens", min_value=1, max_value=1_000_000)
    km2 = NumberField(label="Oppervlakte, hoogstens (km²)", min_value=Decimal("0.01"), max_value=500, required=False)
    houd = forms.BooleanField(label="Houd de bewaarde sectoren erin", required=False)

    def clean(self) -> dict[str, object]:
        typed = super().clean() or {}
        low, high = typed.get("van"), typed.get("tot")
        if low and high and low > high:
            self.add_error("tot", "De bovengrens ligt onder de ondergrens. Verhoog ze of verlaag de ondergrens.")
        return typed


@dataclass(frozen=True, slots=True)
class SuggestedSector:
    """A sector of a proposal."""

    code: str
    name: str
    inhabitants: str
    score: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Card:
    """One proposal as the page shows it. `url` opens it on the map, where it can be pushed and saved."""

    title: str
    inhabitants: str
    score: str
    proof: str
    proven: bool
    common: str
    sectors: Sequence[SuggestedSector]
    url: str


@dataclass(frozen=True, slots=True)
class BesideRow:
    """Another neighbourhood beside the best proposal, written for people."""

    name: str
    inhabitants: str
    weight: str
    common: str
    fits: bool


@require_safe
@for_audience("applicant")
def neighbourhood_suggest(request: ActorRequest, analysis_id: uuid.UUID) -> HttpResponse:
    """Ask the engine for a neighbourhood; nothing is saved until its reader saves it on the map."""
    analysis = queries.get_analysis(request.actor, analysis_id)
    require(policy.may_edit_analysis(request.actor, analysis))
    town = queries.sector_map(request.actor, analysis.organisation_id, analysis.vintage)
    index = queries.index_of(request.actor, town)
    asked = "van" in request.GET
    form = WishForm(request.GET if asked else None, initial={"van": USUAL_LOW, "tot": USUAL_HIGH})
    found: list[Suggestion] = []
    others: list[BesideRow] = []
    reason = ""
    if asked and index is not None and form.is_valid():
        typed = form.cleaned_data
        keep = analysis.sectors if typed["houd"] else ()
        wish = Wish(typed["van"], typed["tot"], float(typed["km2"]) if typed["km2"] else None, keep)
        edges = queries.borders(request.actor, town)
        found, reason = queries.suggestions(town, edges, index, wish, SECONDS)
        if found:
            known = queries.divisions(request.actor, town)
            others = [_beside(one) for one in queries.beside(town, edges, index, wish, found[0].codes, known)[:SHOWN]]
    context = {
        "analysis": analysis,
        "dossier_bar": analysis_dossier(analysis, "neighbourhood"),
        "form": form,
        "index": index,
        "reason": reason,
        "cards": [_card(place, one, analysis, town, index) for place, one in enumerate(found) if index is not None],
        "weight": number(found[0].objective, 0) if found else "",
        "others": others,
        "approximate": not town.vintage.is_official,
        "is_example": town.vintage.is_example,
    }
    return page(request, "applicant/neighbourhood/suggest.html", context, status=422 if form.errors else 200)


def _card(place: int, found: Suggestion, analysis: NeighbourhoodAnalysis, town: SectorMap, index: IndexView) -> Card:
    rows = town.rows_of(found.codes)
    people, scores = town.inhabitants[rows], index.score[rows]
    known = ~np.isnan(people) & ~np.isnan(scores)
    weight = float(people[known].sum())
    mean = float((people[known] * scores[known]).sum() / weight) if weight else None
    common = len(set(found.codes) & set(analysis.sectors))
    query = [(CHOSEN, "1"), *((SECTOR, code) for code in found.codes), (PROPOSAL, ",".join(found.codes))]
    return Card(
        title="Beste voorstel" if place == 0 else f"Alternatief {place}",
        inhabitants=number(found.inhabitants),
        score=number(mean, 1) if mean is not None else "geen score",
        proof=_proof(place, found),
        proven=found.proven,
        common=f"{common} van uw {len(analysis.sectors)} bewaarde sectoren zitten erin." if analysis.sectors else "",
        sectors=[_sector(int(row), town, index) for row in rows],
        url=f"{reverse('applicant:neighbourhood', args=[analysis.pk])}?{urlencode(query)}",
    )


def _beside(other: queries.Beside) -> BesideRow:
    return BesideRow(
        name=other.name or "De beste cirkel",
        inhabitants=number(other.inhabitants),
        weight=number(other.objective, 0),
        common=f"{round(other.overlap * 100)} %",
        fits=other.fits,
    )


def _proof(place: int, found: Suggestion) -> str:
    """How sure the answer is, and whether the figures ask for a neighbourhood at all."""
    if not found.proven:
        sure = (
            f"Nog niet bewezen binnen de tijd: een andere keuze kan hoogstens {number(found.gap, 0)} punten beter zijn."
        )
    elif place:
        sure = "Bewezen: geen keuze die genoeg verschilt van de vorige scoort hoger."
    else:
        sure = "Bewezen: geen enkele andere keuze scoort hoger."
    return (
        sure
        if found.objective > 0
        else f"{sure} Samen blijven deze sectoren onder de drempel: de cijfers vragen hier geen wijk."
    )


def _sector(row: int, town: SectorMap, index: IndexView) -> SuggestedSector:
    people, score, certain = town.inhabitants[row], index.score[row], index.certainty[row]
    return SuggestedSector(
        code=town.codes[row],
        name=town.names[row],
        inhabitants="onbekend" if np.isnan(people) else number(int(people)),
        score="geen score" if np.isnan(score) else number(float(score), 1),
        certainty="" if np.isnan(certain) or not index.run.variants else f"{round(float(certain) * 100)} %",
    )
