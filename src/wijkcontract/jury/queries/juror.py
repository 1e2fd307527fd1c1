"""What a juror sees: the own work list, one proposal beside the own points, and nothing of others before the lock."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from wijkcontract.accounts.actors import Actor
from wijkcontract.calls.models import Criterion
from wijkcontract.calls.queries import criteria_of
from wijkcontract.jury import policy
from wijkcontract.jury.models import Assessment, Juror, JurorKind, Jury, JuryState, Note, Position, Score
from wijkcontract.jury.queries.doors import Door, Way, open_way, proposals_of, ways
from wijkcontract.jury.queries.positions import PositionRow, positions_on
from wijkcontract.jury.queries.room import seats_of
from wijkcontract.proposals.clarification_queries import clarifications_for_jury
from wijkcontract.proposals.models import Clarification, Proposal, ProposalEvidence, Submission
from wijkcontract.proposals.queries import (
    evidence_of_proposals,
    frozen_document,
    latest_submission,
)
from wijkcontract.rules.proposal_shape import Proposal as Document
from wijkcontract.rules.verdicts import NotVisible, Verdict


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal in the juror's list. Behind a closed or undeclared door only its name and municipality are known.

    `to_do` is declare, score, position or empty; `points` of `criteria` are given.
    """

    proposal_id: uuid.UUID
    title: str
    applicant: str
    neighbourhood: str
    door: Door
    reason: str
    to_do: str
    subsidy_cents: int | None
    points: int
    criteria: int
    has_position: bool


@dataclass(frozen=True)
class Work:
    """One seat of a juror, and the proposals of that jury."""

    seat: Juror
    jury: Jury
    rows: Sequence[Row]

    def count(self, to_do: str) -> int:
        """How many proposals still ask this of the juror."""
        return sum(row.to_do == to_do for row in self.rows)

    @property
    def closed(self) -> int:
        return sum(row.door is Door.CLOSED for row in self.rows)

    @property
    def scored(self) -> int:
        """Proposals on which the juror gave every point."""
        return sum(row.door is Door.OPEN and 0 < row.criteria == row.points for row in self.rows)


@dataclass(frozen=True, slots=True)
class OwnAssessment:
    """The juror's own newest points, by code of the criterion."""

    points: Mapping[str, int] = field(default_factory=dict)
    motivation: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class JuryProposal:
    """A proposal behind an open door: its frozen document, and what the juror may do with it."""

    proposal: Proposal
    submission: Submission
    document: Document
    jury: Jury
    seat: Juror
    criteria: Sequence[Criterion]
    own: OwnAssessment
    note: str
    positions: Sequence[PositionRow]
    clarifications: Sequence[Clarification]
    may_score: Verdict
    may_take_position: Verdict


def juror_home(actor: Actor) -> list[Work]:
    """The work of every seat of the actor, the newest jury first."""
    return [_work(seat) for seat in seats_of(actor)]


def proposals_for_juror(actor: Actor) -> list[Row]:
    """The proposals of every jury in which the actor sits, closed doors included."""
    return [row for work in juror_home(actor) for row in work.rows]


def evidence_for_juror(actor: Actor) -> list[ProposalEvidence]:
    """The frozen figures of the proposals behind an open door; a conflict closes them with the proposal (R2, R17)."""
    return evidence_of_proposals([row.proposal_id for row in proposals_for_juror(actor) if row.door is Door.OPEN])


def get_proposal_in_jury(actor: Actor, proposal_id: uuid.UUID | str) -> JuryProposal:
    """A proposal with its frozen document. Raises NotVisible outside the jury, Refused behind a closed door."""
    seat, way = open_way(actor, proposal_id)
    submission = latest_submission(way.proposal)
    if submission is None:
        raise NotVisible
    return JuryProposal(
        proposal=way.proposal,
        submission=submission,
        document=frozen_document(submission),
        jury=seat.jury,
        seat=seat,
        criteria=list(criteria_of(way.proposal.call)),
        own=own_assessment(seat, way.proposal.pk),
        note=Note.objects.filter(juror=seat, proposal=way.proposal).values_list("text", flat=True).first() or "",
        positions=positions_on(actor, seat, way.proposal.pk),
        clarifications=[] if seat.kind == JurorKind.NON_VOTING else clarifications_for_jury(way.proposal),
        may_score=policy.may_score(way.standing, seat.jury),
        may_take_position=policy.may_take_position(way.standing, seat.jury),
    )


def own_assessment(seat: Juror, proposal_id: uuid.UUID) -> OwnAssessment:
    """The newest points of a juror on a proposal that the caller opened for that juror."""
    newest = Assessment.objects.filter(juror=seat, proposal_id=proposal_id).order_by("-id").first()
    if newest is None:
        return OwnAssessment()
    points = dict(newest.scores.values_list("criterion__code", "points"))
    return OwnAssessment(points, newest.motivation, newest.given_at)


def _work(seat: Juror) -> Work:
    jury = seat.jury
    found = ways(seat, list(proposals_of(jury)))
    criteria = {one.pk for one in criteria_of(jury.call) if one.weight}
    points = _points_given(seat, criteria) if seat.kind == JurorKind.VOTING else {}
    given = set()
    if seat.kind == JurorKind.NON_VOTING:
        own = Position.objects.filter(organisation=seat.organisation_id, proposal__call_id=jury.call_id)
        given = set(own.order_by().values_list("proposal_id", flat=True))
    return Work(seat, jury, [_row(seat, way, points, len(criteria), given) for way in found])


def _points_given(seat: Juror, criteria: set[int]) -> dict[uuid.UUID, int]:
    """How many weighted criteria the newest assessment of each proposal has."""
    newest = dict(Assessment.objects.filter(juror=seat).order_by("id").values_list("proposal_id", "pk"))
    counted = dict.fromkeys(newest.values(), 0)
    rows = Score.objects.filter(assessment__in=counted).order_by().values_list("assessment_id", "criterion_id")
    for assessment, criterion in rows:
        counted[assessment] += criterion in criteria
    return {proposal: counted[assessment] for proposal, assessment in newest.items()}


def _row(seat: Juror, way: Way, points: Mapping[uuid.UUID, int], criteria: int, given: set[uuid.UUID]) -> Row:
    proposal, is_open = way.proposal, way.door is Door.OPEN
    done = points.get(proposal.pk, 0)
    return Row(
        proposal_id=proposal.pk,
        title=proposal.title,
        applicant=proposal.applicant.name,
        neighbourhood=proposal.neighbourhood,
        door=way.door,
        reason=way.reason,
        to_do=_to_do(seat, way, done < criteria, proposal.pk not in given),
        subsidy_cents=proposal.subsidy_cents if is_open else None,
        points=done if is_open else 0,
        criteria=criteria if seat.kind == JurorKind.VOTING else 0,
        has_position=is_open and proposal.pk in given,
    )


def _to_do(seat: Juror, way: Way, lacks_points: bool, lacks_position: bool) -> str:
    if way.door is Door.CLOSED or seat.jury.state == JuryState.ADVISED:
        return ""
    if way.door is Door.DECLARE:
        return "declare"
    if lacks_points and policy.may_score(way.standing, seat.jury):
        return "score"
    return "position" if lacks_position and policy.may_take_position(way.standing, seat.jury) else ""
