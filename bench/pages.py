"""The pages that are measured, with their targets: a new list page adds its row here.

The targets are those of the design for 1,000 proposals. Queries are exact and a page over its target fails the
run. Processor time depends on the machine and is shown beside its target.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bench.volume import Volume
from wijkcontract.accounts.models import Person


@dataclass(frozen=True)
class Page:
    """One address as one reader sees it. `arguments` picks the object out of the volume; with `post` it is a save.

    `post` makes what is sent, other words each time: saving what already stands costs less.
    """

    name: str
    route: str
    reader: Callable[[Volume], Person]
    max_queries: int
    target_ms: int
    arguments: Callable[[Volume], tuple[object, ...]] = lambda volume: ()
    query: str = ""
    post: Callable[[Volume, int], Mapping[str, object]] | None = None


def manager(volume: Volume) -> Person:
    """The programme manager: reads every proposal of a closed call."""
    return volume.manager


def one_proposal(volume: Volume) -> tuple[object, ...]:
    """A proposal from the middle of the list."""
    return (volume.proposals[len(volume.proposals) // 2].pk,)


def writer(volume: Volume) -> Person:
    """Who writes and submits the draft of realistic size."""
    return volume.writer


def section(code: str) -> Callable[[Volume], tuple[object, ...]]:
    """One section of that draft."""
    return lambda volume: (volume.draft.pk, code)


def draft(*more: object) -> Callable[[Volume], tuple[object, ...]]:
    """That draft, with what else its address asks."""
    return lambda volume: (volume.draft.pk, *more)


def typed(volume: Volume, number: int) -> Mapping[str, object]:
    """What the script of a page sends while somebody types a measure."""
    measure = volume.draft.measures.all()[0]
    return {
        "deel": f"measures/measure/{measure.pk}",
        "veld": "description",
        "description": f"Een plein met schaduw, versie {number}",
        "version": 10**6,
    }


PAGES: Final = (
    Page("lijst van voorstellen", "agency:proposals", manager, 12, 60),
    Page("lijst, op kostprijs", "agency:proposals", manager, 12, 60, query="sorteer=-kostprijs"),
    Page("lijst, op moment van indiening", "agency:proposals", manager, 12, 60, query="sorteer=-ingediend"),
    Page("lijst, één gemeente", "agency:proposals", manager, 12, 60, query="q=Dendermonde"),
    Page("één voorstel", "agency:proposal", manager, 15, 40, one_proposal),
    Page("ontwerp, Maatregelen", "applicant:section", writer, 15, 40, section("measures")),
    Page("ontwerp, Begroting", "applicant:section", writer, 15, 40, section("budget")),
    Page("ontwerp, een veld bewaart zichzelf", "applicant:autosave", writer, 10, 20, section("measures"), post=typed),
    Page("ontwerp, meters en wat ontbreekt", "applicant:standing", writer, 10, 40, section("measures")),
    Page("ontwerp, nalezen", "applicant:proposal_check", writer, 15, 100, draft()),
    Page("ontwerp als Word", "applicant:proposal_document", writer, 15, 2_000, draft("docx")),
    Page("ontwerp als pdf", "applicant:proposal_document", writer, 15, 2_000, draft("pdf")),
    Page("begroting naar Excel", "applicant:budget_download", writer, 15, 400, draft()),
)
