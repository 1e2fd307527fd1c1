"""One figure for a set of sectors: rates from summed numerators and denominators, of published cells only (R2).

A sum over published cells tells nothing that the published cells do not tell: two areas that differ by one hidden
sector have the same figure. What is missing is named with it: how many sectors, how many inhabitants, and the share
of the inhabitants that is covered. A median is never summed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from wijkcontract.engines.suppression import Booleans, Floats, Integers


class Aggregation(StrEnum):
    """How the figures of sectors become the figure of an area."""

    SUM = "sum"
    """A count: the sum of the numerators."""
    RATE = "rate"
    """A share or a rate: summed numerators over summed denominators."""
    WEIGHTED_MEAN = "weighted_mean"
    """A mean: numerator is value x weight, denominator the weight (for example income x returns)."""
    MEDIAN = "median"
    """Not additive: there is no figure for an area from the figures of its sectors."""


NOT_ADDITIVE: Final = "niet optelbaar"
NO_FIGURES: Final = "geen cijfers"
"""Why an area has no figure, as words for the screen."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one area, indicators x years; NaN where there is none."""

    numerators: Floats
    denominators: Floats
    values: Floats
    sectors_missing: Integers
    """Sectors of the area without a published figure."""
    inhabitants_missing: Floats
    coverage: Floats
    """Share (0..1) of the inhabitants of the area that lives in a sector with a published figure; NaN without inhabitants."""
    additive: Booleans
    """Per indicator: False when its figures may not be summed."""

    def reason(self, indicator: int, year: int) -> str:
        """Why there is no figure, in Dutch words; empty when there is one."""
        if not self.additive[indicator]:
            return NOT_ADDITIVE
        return NO_FIGURES if np.isnan(self.values[indicator, year]) else ""


def aggregate(
    numerators: Floats,
    denominators: Floats,
    published: Booleans,
    inhabitants: Floats,
    *,
    rules: Sequence[str],
    per: Floats,
) -> Figures:
    """The figures of the area that all given sectors form together.

    `numerators`, `denominators` and `published` are indicators x years x sectors, already cut to the sectors of the
    area; `inhabitants` is years x sectors. `rules` holds a code of `Aggregation` per indicator. `per` is what a rate
    is multiplied with (100 for a percentage, 1,000 for "per 1.000 inwoners"), per indicator. A cell counts when it is
    published and not missing; for a rate also its denominator must be there.
    """
    counts = np.array([rule == Aggregation.SUM for rule in rules], dtype=bool)
    additive = np.array([rule != Aggregation.MEDIAN for rule in rules], dtype=bool)
    used = published & ~np.isnan(numerators) & (counts[:, None, None] | ~np.isnan(denominators))
    used &= additive[:, None, None]
    above = _sum(numerators, used)
    below = _sum(denominators, used & ~np.isnan(denominators))
    share = np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)
    values = np.where(counts[:, None], above, share * np.asarray(per, dtype=np.float64)[:, None])
    people = np.nan_to_num(inhabitants)
    covered = np.einsum("iys,ys->iy", used, people)
    everyone = np.broadcast_to(people.sum(axis=1), covered.shape)
    return Figures(
        numerators=above,
        denominators=np.where(counts[:, None], np.nan, below),
        values=values,
        sectors_missing=(~used).sum(axis=2),
        inhabitants_missing=everyone - covered,
        coverage=np.divide(covered, everyone, out=np.full_like(covered, np.nan), where=everyone > 0),
        additive=additive,
    )


def _sum(numbers: Floats, used: Booleans) -> Floats:
    """The sum over sectors of the used cells; NaN where none is used."""
    sums = np.where(used, numbers, 0.0).sum(axis=2)
    return np.where(used.any(axis=2), sums, np.nan)
