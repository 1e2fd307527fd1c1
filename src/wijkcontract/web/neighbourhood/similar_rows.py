"""The existing neighbourhoods that look most like a choice of sectors, written for people (R2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wijkcontract.places.queries import Profile, SimilarDivision
from wijkcontract.places.queries.narrative import newest
from wijkcontract.places.queries.similar import Difference
from wijkcontract.web.components.formats import number


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """One existing neighbourhood: how far it lies in standard deviations, and what makes most of the difference."""

    name: str
    municipality: str
    distance: str
    differences: str


def similar_rows(found: Sequence[SimilarDivision], own: Profile) -> tuple[SimilarRow, ...]:
    """The nearest first, each difference with the figure there and here."""
    here = {line.indicator.code: at for line in own.lines if (at := newest(line)) is not None}
    return tuple(
        SimilarRow(
            one.name,
            one.municipality,
            number(one.distance, 1),
            "; ".join(filter(None, (_told(each, here) for each in one.differences))) or "geen verschil",
        )
        for one in found
    )


def _told(one: Difference, here: dict[str, int]) -> str:
    """The figure there and here: "Armoede: 12,1 daar, 14,8 hier". Empty when they are shown as the same."""
    indicator, own = one.line.indicator, one.line.value[here[one.line.indicator.code]]
    there, mine = number(one.value, indicator.decimals), number(float(own), indicator.decimals)
    return "" if there == mine else f"{indicator.label}: {there} daar, {mine} hier"
