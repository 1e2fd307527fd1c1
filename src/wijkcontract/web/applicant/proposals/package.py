"""The measures together: hard and soft, instruments, policy domains and levels of government (R5 to R7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wijkcontract.rules.coverage import coverage, gaps
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.proposal_shape import Measure


@dataclass(frozen=True, slots=True)
class Package:
    """What the measures cover as a whole, as "6 van 8", and in words what none of them touches."""

    mix: str
    instruments: str
    domains: str
    levels: str
    gaps: Sequence[str]


def package_of(measures: Sequence[Measure], programme: Programme) -> Package | None:
    """The whole of the measures; None without any."""
    if not measures:
        return None
    picture = coverage(measures, programme)
    return Package(
        mix=f"{picture.hard} hard, {picture.soft} zacht",
        instruments=f"{picture.instruments} van {len(programme.instruments)}",
        domains=f"{picture.domains} van {len(programme.policy_domains)}",
        levels=f"{picture.levels} van {len(programme.levels)}",
        gaps=gaps(picture, programme),
    )
