"""How certain a rank is: the index again and again with other defensible choices (R2).

Each variant draws weights around the declared ones (Dirichlet), a normalisation, an aggregation, and leaves out one domain
or none. What is asked of all variants together: how often a unit is in the most vulnerable tenth, between which ranks it
stays, and which choice moves ranks most. After Saisana, Saltelli & Tarantola 2005 (Journal of the Royal Statistical
Society A 168). The same seed gives the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wijkcontract.engines.index_definition import Aggregation, IndexDefinition
from wijkcontract.engines.ranking import Floats, Integers, Normalisation, ranks_and_deciles
from wijkcontract.engines.vulnerability import IndexResult, rank_domain, weighted_sum

COVERED: Final = 0.90
"""The share of the variants that a rank interval holds."""
WEIGHT_DRAWS: Final = 50
"""How many drawn weights the sensitivity to weights is the mean of."""
_CHOICES: Final = {
    "weights": "andere gewichten",
    "normalisation": "een andere schaal",
    "aggregation": "een andere manier van samentellen",
}
Choice = tuple[Normalisation, Aggregation]


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Per unit, over `draws` variants; NaN where the index has no score.

    `certainty` is the share (0..1) of the variants in which the unit is in the most vulnerable tenth; `rank_low` and
    `rank_high` hold the middle 90 % of its ranks. `sensitivity`: the mean number of places that a unit moves when only that
    choice changes ("weights", "normalisation", "aggregation", "without_<domain>"), largest first.
    """

    draws: int
    certainty: Floats
    rank_low: Floats
    rank_high: Floats
    sensitivity: Mapping[str, float]


def uncertainty(
    definition: IndexDefinition,
    result: IndexResult,
    municipalities: Integers | None = None,
    *,
    draws: int | None = None,
    seed: int | None = None,
) -> Uncertainty:
    """Run the variants over the units that have a score. `draws` and `seed` stand in for those of the definition."""
    doubt = definition.doubt
    count = doubt.draws if draws is None else draws
    scored = ~np.isnan(result.index.score)
    variants = _Variants(definition, result, municipalities, scored)
    ranked = np.empty((count, int(np.count_nonzero(scored))), dtype=np.uint32)
    random = np.random.default_rng(doubt.seed if seed is None else seed)
    choices = random.integers(len(variants.choices), size=count)
    weights = variants.draw(random, count)
    for number, choice in enumerate(variants.choices):
        for place in np.flatnonzero(choices == number):
            ranked[place] = _ranks(variants.score(choice, weights[place]))
    low, high, certainty = (np.full(scored.shape, np.nan) for _ in range(3))
    if ranked.shape[1]:
        certainty[scored] = np.count_nonzero(ranked <= _tenth(definition, ranked.shape[1]), axis=0) / count
        low[scored], high[scored] = _interval(ranked)
    return Uncertainty(count, certainty, low, high, _sensitivity(variants, random))


def choice_label(definition: IndexDefinition, choice: str) -> str:
    """A key of `sensitivity` in Dutch, as it stands on a screen."""
    labels = {f"without_{domain.code}": f"zonder {domain.label}" for domain in definition.domains} | _CHOICES
    return labels[choice]


class _Variants:
    """The domains on every scale, and the score of one variant."""

    def __init__(
        self,
        definition: IndexDefinition,
        result: IndexResult,
        municipalities: Integers | None,
        scored: NDArray[np.bool_],
    ) -> None:
        doubt, scoring = definition.doubt, definition.scoring
        self.domains = [domain.code for domain in definition.domains]
        self.base = np.array([domain.weight for domain in definition.domains])
        self.doubt = doubt
        signed = (Normalisation.Z, Normalisation.NONE)
        self.choices: list[Choice] = [
            (scale, how)
            for scale in doubt.normalisations
            for how in doubt.aggregations
            if not (scale in signed and how is Aggregation.GEOMETRIC)
        ]
        self.declared: Choice = (scoring.domains, scoring.aggregation)
        self._terms: dict[Choice, Floats] = {}
        for choice in dict.fromkeys([*self.choices, self.declared]):
            rows = [
                rank_domain(definition, domain, result.inputs[domain.code], choice[0], municipalities).score[scored]
                for domain in definition.domains
            ]
            matrix = np.array(rows)
            self._terms[choice] = np.log1p(matrix) if choice[1] is Aggregation.GEOMETRIC else matrix
        self._known = ~np.isnan(self._terms[self.declared])
        self._whole = bool(self._known.all())
        for choice, terms in self._terms.items():
            self._terms[choice] = np.where(self._known & ~np.isnan(terms), terms, 0.0)

    def draw(self, random: np.random.Generator, count: int) -> Floats:
        """Weights of `count` variants, one row each; a domain that is left out has 0."""
        weights = random.dirichlet(self.base * self.doubt.concentration, size=count)
        weights += 1e-12 * self.base  # something is left when the domain that is left out had drawn all weight
        if self.doubt.leave_out and len(self.base) > 1:
            out = random.integers(len(self.base) + 1, size=count)  # the last number leaves nothing out
            rows = np.flatnonzero(out < len(self.base))
            weights[rows, out[rows]] = 0.0
        return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float64)

    def score(self, choice: Choice, weights: Floats) -> Floats:
        """What a unit is ranked by: the weighted mean of its known domains (of their logarithms when geometric)."""
        scores = weighted_sum(weights, self._terms[choice])
        if self._whole:
            return scores
        share = weighted_sum(weights, self._known)
        # A unit that only has the domain that is left out is ranked by the declared weights.
        declared = weighted_sum(self.base, self._terms[choice]) / weighted_sum(self.base, self._known)
        return np.divide(scores, share, out=declared, where=share > 0)


def _tenth(definition: IndexDefinition, count: int) -> int:
    """The last rank of the most vulnerable tenth of `count` units, by the quantile rule of the definition."""
    scoring = definition.scoring
    _, decile = ranks_and_deciles(-np.arange(count, dtype=np.float64), rule=scoring.quantiles, closed=scoring.closed)
    return int(np.count_nonzero(decile == 1))


def _ranks(scores: Floats) -> NDArray[np.uint32]:
    """Rank 1 for the highest score; equal scores share the smallest rank."""
    order = np.argsort(-scores)
    ordered = scores[order]
    first = np.arange(1, len(scores) + 1, dtype=np.uint32)
    first[1:][ordered[1:] == ordered[:-1]] = 0
    found = np.empty(len(scores), dtype=np.uint32)
    found[order] = np.maximum.accumulate(first)
    return found


def _interval(ranked: NDArray[np.uint32]) -> tuple[Floats, Floats]:
    """The ranks between which the middle 90 % of the variants of each unit lie; both are ranks that were reached."""
    count = len(ranked)
    low, high = int(count * (1 - COVERED) / 2), count - 1 - int(count * (1 - COVERED) / 2)
    ordered = np.partition(np.ascontiguousarray(ranked.T), (low, high), axis=1)
    return ordered[:, low].astype(np.float64), ordered[:, high].astype(np.float64)


def _sensitivity(variants: _Variants, random: np.random.Generator) -> dict[str, float]:
    """One choice at a time, the others as declared."""
    declared = _ranks(variants.score(variants.declared, variants.base)).astype(np.int64)

    def moved(choice: Choice, weights: Floats) -> float:
        places = np.abs(_ranks(variants.score(choice, weights)).astype(np.int64) - declared)
        return float(places.mean()) if len(places) else 0.0

    scale, how = variants.declared
    drawn = random.dirichlet(variants.base * variants.doubt.concentration, size=WEIGHT_DRAWS)
    found = {"weights": float(np.mean([moved(variants.declared, one) for one in drawn]))}
    others = {
        "normalisation": [one for one in variants.choices if one[0] != scale and one[1] == how],
        "aggregation": [one for one in variants.choices if one[0] == scale and one[1] != how],
    }
    for name, choices in others.items():
        if choices:
            found[name] = float(np.mean([moved(one, variants.base) for one in choices]))
    for place, code in enumerate(variants.domains if len(variants.domains) > 1 else ()):
        weights = variants.base.copy()
        weights[place] = 0.0
        found[f"without_{code}"] = moved(variants.declared, weights / weights.sum())
    return dict(sorted(found.items(), key=lambda item: -item[1]))
