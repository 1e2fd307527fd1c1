"""What must hold of a jury at every moment, read from the live rows (threats.md rows 5 and 6)."""

from __future__ import annotations

from collections import defaultdict

from wijkcontract.audit.models import Event
from wijkcontract.jury.models import Assessment, Jury, JuryState, Score
from wijkcontract.jury.queries.digests import digest_of
from wijkcontract.jury.queries.tally import recomputed_ranking


def advice_follows_from_points() -> list[str]:
    """The stored advice equals the ranking recomputed from the rows."""
    broken = []
    for jury in Jury.objects.filter(state=JuryState.ADVISED).select_related("call"):
        computed = {
            one.proposal: (one.place, one.total.numerator, one.total.denominator) for one in recomputed_ranking(jury)
        }
        stored = {
            str(one.proposal_id): (one.rank, one.total_numerator, one.total_denominator)
            for one in jury.advices.all()
            if one.rank is not None
        }
        if computed != stored:
            broken.append(f"Jury van {jury.call.title}: het advies volgt niet uit de punten.")
    return broken


def points_are_as_given() -> list[str]:
    """Every assessment has its digest in the log: no row was added, changed or removed beside the product."""
    logged = dict(
        Event.objects.filter(subject_kind=Assessment._meta.label_lower, verb="jury.scored")
        .order_by("id").values_list("subject_id", "data__digest")
    )  # fmt: skip
    points: dict[int, dict[str, int]] = defaultdict(dict)
    for assessment, code, value in Score.objects.values_list("assessment_id", "criterion__code", "points"):
        points[assessment][code] = value
    rows = {str(row.pk): digest_of(row, points[row.pk]) for row in Assessment.objects.iterator()}
    broken = sorted({pk for pk, _ in set(rows.items()) ^ set(logged.items())}, key=int)
    return [f"Beoordeling {pk}: de punten zijn niet die van het logboek." for pk in broken]


INVARIANTS = {
    "jury.advice_follows_from_points": advice_follows_from_points,
    "jury.points_are_as_given": points_are_as_given,
}
