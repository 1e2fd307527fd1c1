"""Weighted totals, spread and ranking of the jury's scores, on exact fractions (R17).

Only scores of voting jurors without a conflict may come in; `conflicts.counts` says who they are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Score:
    """The points of one juror for one criterion of one proposal."""

    juror: str
    criterion: str
    points: int


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a criterion weighs, and the most points it can have."""

    criterion: str
    weight: int
    max_points: int


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one proposal.

    `total` is out of 100, None while a criterion with weight has no score. `means` and `spread` (highest
    minus lowest) are in points, per criterion.
    """

    total: Fraction | None
    means: Mapping[str, Fraction]
    spread: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A proposal's place; equals share a place (1, 2, 2, 4) and `is_tied` says so."""

    place: int
    proposal: str
    total: Fraction
    is_tied: bool


def result(scores: Iterable[Score], weights: Sequence[Weight], voters: AbstractSet[str]) -> Result:
    """Add up the scores of the voters for one proposal; those of anyone else are left out."""
    points: dict[str, list[int]] = {weight.criterion: [] for weight in weights}
    for score in scores:
        if score.juror in voters and score.criterion in points:
            points[score.criterion].append(score.points)
    means = {criterion: Fraction(sum(given), len(given)) for criterion, given in points.items() if given}
    spread = {criterion: max(given) - min(given) for criterion, given in points.items() if given}
    return Result(_total(means, weights), means, spread)


def missing_scores(
    scores: Iterable[Score], weights: Sequence[Weight], voters: AbstractSet[str]
) -> list[tuple[str, str]]:
    """The (juror, criterion) pairs that still lack a score, so that nobody locks too early."""
    given = {(score.juror, score.criterion) for score in scores}
    asked = ((juror, weight.criterion) for juror in sorted(voters) for weight in weights if weight.weight)
    return [pair for pair in asked if pair not in given]


def ranking(results: Mapping[str, Result], tie_break: Sequence[str]) -> list[Ranked]:
    """The proposals from best to worst; one without a total is left out.

    Declared tie rule: equal totals are ordered by the mean on each criterion of `tie_break`, in turn; what
    is still equal shares a place, and the jury decides.
    """
    keys = {
        proposal: (found.total, *(found.means.get(criterion, Fraction()) for criterion in tie_break))
        for proposal, found in results.items()
        if found.total is not None
    }
    ordered = sorted(sorted(keys), key=lambda proposal: keys[proposal], reverse=True)
    same = Counter(keys.values())
    places: dict[tuple[Fraction, ...], int] = {}
    for place, proposal in enumerate(ordered, 1):
        places.setdefault(keys[proposal], place)
    return [
        Ranked(
            place=places[keys[proposal]],
            proposal=proposal,
            total=keys[proposal][0],
            is_tied=same[keys[proposal]] > 1,
        )
        for proposal in ordered
    ]


def _total(means: Mapping[str, Fraction], weights: Sequence[Weight]) -> Fraction | None:
    counted = [weight for weight in weights if weight.weight]
    if not counted or any(weight.criterion not in means for weight in counted):
        return None
    earned = sum((means[weight.criterion] * weight.weight / weight.max_points for weight in counted), Fraction())
    return earned * 100 / sum(weight.weight for weight in counted)
