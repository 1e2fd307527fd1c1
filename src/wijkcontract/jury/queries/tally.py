"""The points as they count: the newest assessment of every voting juror without a conflict, added up on exact fractions.

Nothing here asks who reads: `table` and `assessing` give of it what an actor may know.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max

from wijkcontract.calls.models import Criterion
from wijkcontract.calls.queries import criteria_of
from wijkcontract.jury.models import Assessment, ConflictDeclaration, Juror, JurorKind, Jury, Score
from wijkcontract.rules import scoring
from wijkcontract.rules.scoring import Ranked, Result, Weight


@dataclass(frozen=True, slots=True)
class Tally:
    """Everything given, by proposal. `given` has every newest assessment; `counted` and `results` only those that count."""

    criteria: Sequence[Criterion]
    voting: Sequence[uuid.UUID]
    clear: frozenset[tuple[uuid.UUID, uuid.UUID]]
    conflicted: frozenset[tuple[uuid.UUID, uuid.UUID]]
    given: Mapping[uuid.UUID, Mapping[uuid.UUID, Mapping[str, int]]]

    @property
    def weights(self) -> list[Weight]:
        return [Weight(one.code, one.weight, one.max_points) for one in self.criteria]

    def voters(self, proposal_id: uuid.UUID) -> list[uuid.UUID]:
        """The voting jurors who declared to have no conflict on this proposal."""
        return [juror for juror in self.voting if (juror, proposal_id) in self.clear]

    def counted(self, proposal_id: uuid.UUID) -> dict[uuid.UUID, Mapping[str, int]]:
        """The points that count, by juror."""
        given = self.given.get(proposal_id, {})
        return {juror: given[juror] for juror in self.voters(proposal_id) if juror in given}

    def result(self, proposal_id: uuid.UUID) -> Result:
        """Total, means and spread of one proposal (rules.scoring)."""
        counted = self.counted(proposal_id)
        scores = [
            scoring.Score(str(juror), code, points) for juror, row in counted.items() for code, points in row.items()
        ]
        return scoring.result(scores, self.weights, {str(juror) for juror in counted})

    def missing(self, proposal_id: uuid.UUID) -> int:
        """How many voting jurors did not declare, or did not give every point, on this proposal."""
        asked = {one.code for one in self.criteria if one.weight}
        counted = self.counted(proposal_id)
        complete = sum(asked <= set(row) for row in counted.values())
        excused = sum((juror, proposal_id) in self.conflicted for juror in self.voting)
        return len(self.voting) - excused - complete

    def is_complete(self, juror: uuid.UUID, proposal_id: uuid.UUID) -> bool:
        asked = {one.code for one in self.criteria if one.weight}
        return asked <= set(self.given.get(proposal_id, {}).get(juror, {}))


def tally(jury: Jury, *, proposal_id: uuid.UUID | None = None) -> Tally:
    """Read the points of a jury, or of one of its proposals: a fixed number of queries."""
    only = {} if proposal_id is None else {"proposal_id": proposal_id}
    criteria = list(criteria_of(jury.call))
    voting = Juror.objects.filter(jury=jury, kind=JurorKind.VOTING).order_by("person__name", "pk")
    clear, conflicted = _declared(jury, only)
    return Tally(criteria, list(voting.values_list("pk", flat=True)), clear, conflicted, _given(jury, criteria, only))


def recomputed_ranking(jury: Jury) -> list[Ranked]:
    """The ranking as it follows from the rows, for everyone who may read all of it and for the nightly check."""
    found = tally(jury)
    return ranked(jury, {proposal_id: found.result(proposal_id) for proposal_id in found.given})


def ranked(jury: Jury, results: Mapping[uuid.UUID, Result]) -> list[Ranked]:
    """The places among these results, by the tie rule that the programme of the call declares."""
    by_name = {str(proposal_id): result for proposal_id, result in results.items()}
    return scoring.ranking(by_name, jury.call.programme.scoring.tie_break)


def _declared(
    jury: Jury, only: Mapping[str, uuid.UUID]
) -> tuple[frozenset[tuple[uuid.UUID, uuid.UUID]], frozenset[tuple[uuid.UUID, uuid.UUID]]]:
    """The pairs of juror and proposal of which the newest declaration says no conflict, and those that say conflict."""
    every = ConflictDeclaration.objects.filter(juror__jury=jury, juror__kind=JurorKind.VOTING, **only).order_by()
    newest = every.values("juror_id", "proposal_id").annotate(last=Max("id")).values("last")
    rows = ConflictDeclaration.objects.filter(id__in=newest).values_list("juror_id", "proposal_id", "has_conflict")
    pairs = [((juror, proposal), has_conflict) for juror, proposal, has_conflict in rows]
    return (
        frozenset(pair for pair, has_conflict in pairs if not has_conflict),
        frozenset(pair for pair, has_conflict in pairs if has_conflict),
    )


def _given(
    jury: Jury, criteria: Sequence[Criterion], only: Mapping[str, uuid.UUID]
) -> dict[uuid.UUID, dict[uuid.UUID, dict[str, int]]]:
    """The points of every newest assessment, by proposal and juror."""
    every = Assessment.objects.filter(juror__jury=jury, **only).order_by()
    newest = every.values("juror_id", "proposal_id").annotate(last=Max("id")).values("last")
    places = {
        pk: (proposal, juror)
        for pk, juror, proposal in Assessment.objects.filter(id__in=newest).values_list("id", "juror_id", "proposal_id")
    }
    codes = {one.pk: one.code for one in criteria}
    given: dict[uuid.UUID, dict[uuid.UUID, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    scores = Score.objects.filter(assessment__in=newest).order_by("id")
    for assessment, criterion, points in scores.values_list("assessment_id", "criterion_id", "points"):
        proposal, juror = places[assessment]
        given[proposal][juror][codes[criterion]] = points
    return {proposal: dict(rows) for proposal, rows in given.items()}
