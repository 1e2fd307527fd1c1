"""The pages that are measured, with their targets: a new list page adds its row here.

The targets are those of the design for 1,000 proposals. Queries are exact and a page over its target fails the
run. Processor time depends on the machine and is shown beside its target.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bench.volume import Volume
from wijkcontract.accounts.models import Person


@dataclass(frozen=True)
class Page:
    """One address as one reader sees it. `arguments` picks the object out of the volume."""

    name: str
    route: str
    reader: Callable[[Volume], Person]
    max_queries: int
    target_ms: int
    arguments: Callable[[Volume], tuple[object, ...]] = lambda volume: ()
    query: str = ""


def manager(volume: Volume) -> Person:
    """The programme manager: reads every proposal of a closed call."""
    return volume.manager


def one_proposal(volume: Volume) -> tuple[object, ...]:
    """A proposal from the middle of the list."""
    return (volume.proposals[len(volume.proposals) // 2].pk,)


PAGES: Final = (
    Page("lijst van voorstellen", "agency:proposals", manager, 12, 60),
    Page("lijst, op kostprijs", "agency:proposals", manager, 12, 60, query="sorteer=-kostprijs"),
    Page("lijst, op moment van indiening", "agency:proposals", manager, 12, 60, query="sorteer=-ingediend"),
    Page("lijst, één gemeente", "agency:proposals", manager, 12, 60, query="q=Dendermonde"),
    Page("één voorstel", "agency:proposal", manager, 15, 40, one_proposal),
)
