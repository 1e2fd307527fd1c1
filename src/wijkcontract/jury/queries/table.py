"""The deliberation table, the progress while the points are open, and the advice: each row as far as its reader may see."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wijkcontract.accounts.actors import Actor
from wijkcontract.calls.models import Criterion
from wijkcontract.jury import policy
from wijkcontract.jury.models import Advice, Assessment, Deliberation, Juror, JurorKind, Jury
from wijkcontract.jury.queries.doors import (
    Door,
    Way,
    closed_for,
    closed_sentence,
    declarations,
    find_way,
    proposals_of,
    ways,
)
from wijkcontract.jury.queries.positions import PositionCounts, position_counts
from wijkcontract.jury.queries.room import juries, members_of, seat_of
from wijkcontract.jury.queries.tally import Tally, ranked, tally
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules.scoring import Ranked, Result
from wijkcontract.rules.verdicts import NotVisible, Refused, require


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """An open row. `points` has, per criterion, what each voting juror gave, from low to high; empty for who reads totals."""

    proposal_id: uuid.UUID
    title: str
    applicant: str
    subsidy_cents: int
    place: int | None
    is_tied: bool
    total: Fraction | None
    means: Mapping[str, Fraction]
    spread: Mapping[str, int]
    points: Mapping[str, Sequence[int]]
    positions: PositionCounts


@dataclass(frozen=True, slots=True)
class ClosedRow:
    """A row behind a door: what it is called and why it is closed. `declare`: it opens after the declaration."""

    proposal_id: uuid.UUID
    title: str
    applicant: str
    reason: str
    declare: bool


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The table as one reader may see it; places are counted among the rows that are open to that reader.

    `minutes` are those of the whole meeting, `seat` is the reader's own.
    """

    criteria: Sequence[Criterion]
    rows: Sequence[ScoreRow]
    closed: Sequence[ClosedRow]
    shows_votes: bool
    voting: int
    minutes: str
    seat: Juror | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the jury is, in numbers of proposals: never a point."""

    juror: Juror
    declared: int
    conflicts: int
    scored: int
    asked: int


@dataclass(frozen=True, slots=True)
class VoteRow:
    """The points of one juror on one proposal, in the order of the criteria, after the lock."""

    juror: str
    points: Sequence[int | None]
    motivation: str


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """The advice of the jury on one proposal; without rank when no total could be made."""

    proposal_id: uuid.UUID
    title: str
    applicant: str
    subsidy_cents: int
    rank: int | None
    total: Fraction | None
    is_favourable: bool
    motivation: str


@dataclass(frozen=True, slots=True)
class DeliberationRow:
    """Minutes and draft advice of one proposal."""

    minutes: str = ""
    is_favourable: bool | None = None
    motivation: str = ""


def score_table(actor: Actor, jury: Jury) -> ScoreTable:
    """The locked points. Raises Refused while they are open, NotVisible for who never reads them."""
    seat = seat_of(actor, jury)
    if seat is None and not actor.has(*policy.READS_VOTES):
        raise NotVisible
    if not policy.reads_totals(actor, seat, jury):
        raise Refused("De punten zijn nog open. U ziet de tabel als alle punten vergrendeld zijn.")
    found, closed = _doors(actor, seat, jury)
    counted = tally(jury)
    results = {one.pk: counted.result(one.pk) for one in found}
    places = {one.proposal: one for one in ranked(jury, results)}
    positions = position_counts(actor, seat, results)
    shows_votes = policy.reads_votes(actor, seat, jury)
    rows = [
        _score_row(one, results[one.pk], places.get(str(one.pk)), positions.get(one.pk, PositionCounts()),
                   _points(counted, one.pk) if shows_votes else {}, shows_votes)
        for one in found
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.place is None, row.place or 0, row.applicant, row.title))
    minutes = jury.minutes if policy.reads_minutes(actor, seat, jury) else ""
    return ScoreTable(counted.criteria, rows, closed, shows_votes, len(counted.voting), minutes, seat)


def progress(actor: Actor, jury: Jury) -> list[Progress]:
    """How far each juror who declares is; empty for who may not know (access.md, 'score @open')."""
    if not policy.reads_progress(actor):
        return []
    counted = tally(jury)
    ids = [one.pk for one in proposals_of(jury)]
    declared = declarations(jury)
    rows = []
    for juror in members_of(jury):
        if juror.kind == JurorKind.OBSERVER:
            continue
        own = [declared[juror.pk, pk] for pk in ids if (juror.pk, pk) in declared]
        conflicts = sum(one.has_conflict for one in own)
        scored = sum((juror.pk, pk) in counted.clear and counted.is_complete(juror.pk, pk) for pk in ids)
        asked = len(ids) - conflicts if juror.kind == JurorKind.VOTING else 0
        rows.append(Progress(juror, len(own), conflicts, scored, asked))
    return rows


def conflicts_of(actor: Actor, jury: Jury) -> list[tuple[Juror, Proposal, str]]:
    """Who has a conflict on what, and why: for the agency, the chair and the auditor."""
    seat = seat_of(actor, jury)
    if not policy.reads_declarations(actor, seat):
        return []
    hidden = closed_for(actor, jury)
    jurors = {one.pk: one for one in members_of(jury)}
    proposals = {one.pk: one for one in proposals_of(jury)}
    return [
        (jurors[juror], proposals[proposal], one.reason)
        for (juror, proposal), one in declarations(jury).items()
        if one.has_conflict and proposal in proposals and proposal not in hidden
    ]


def open_proposals(actor: Actor, jury: Jury) -> list[Proposal]:
    """The proposals of the jury on which the actor has no conflict, for who composes and follows it; else nothing."""
    if not policy.may_compose(actor):
        return []
    return _doors(actor, seat_of(actor, jury), jury)[0]


def jury_of_proposal(actor: Actor, proposal_id: uuid.UUID) -> Jury:
    """The jury that has a proposal. Raises NotVisible when there is none for this actor."""
    call_id = Proposal.objects.filter(pk=proposal_id, state__in=policy.AT_THE_JURY).values("call_id")
    jury = juries(actor).filter(call_id__in=call_id).first()
    if jury is None:
        raise NotVisible
    return jury


def votes_of(actor: Actor, jury: Jury, proposal_id: uuid.UUID) -> list[VoteRow]:
    """The points and motivations of each juror on one proposal; empty for who may not read them, or not yet."""
    seat = seat_of(actor, jury)
    if not policy.reads_votes(actor, seat, jury) or not _is_open(actor, seat, jury, proposal_id):
        return []
    counted = tally(jury, proposal_id=proposal_id)
    said = dict(
        Assessment.objects.filter(juror__jury=jury, proposal_id=proposal_id)
        .order_by("id").values_list("juror_id", "motivation")
    )  # fmt: skip
    names = {one.pk: one.person.name for one in members_of(jury)}
    return [
        VoteRow(names[juror], [row.get(one.code) for one in counted.criteria], said.get(juror, ""))
        for juror, row in counted.counted(proposal_id).items()
    ]


def deliberation_of(actor: Actor, jury: Jury, proposal_id: uuid.UUID) -> DeliberationRow | None:
    """Minutes and draft advice of one proposal; None for who may not read them, or not yet."""
    seat = seat_of(actor, jury)
    if not policy.reads_minutes(actor, seat, jury) or not _is_open(actor, seat, jury, proposal_id):
        return None
    row = Deliberation.objects.filter(jury=jury, proposal_id=proposal_id).first()
    return DeliberationRow(row.minutes, row.is_favourable, row.motivation) if row else DeliberationRow()


def minutes_of(actor: Actor, jury: Jury) -> str:
    """The minutes of the whole meeting; empty for who may not read them, or not yet."""
    return jury.minutes if policy.reads_minutes(actor, seat_of(actor, jury), jury) else ""


def undecided(jury: Jury) -> list[Proposal]:
    """The proposals of the jury whose draft advice is not complete."""
    ready = Deliberation.objects.filter(jury=jury, is_favourable__isnull=False).exclude(motivation="")
    return list(proposals_of(jury).exclude(pk__in=ready.values("proposal_id")))


def advices(actor: Actor, jury: Jury) -> list[AdviceRow]:
    """The advice in order of rank, as far as this reader may see; empty before it is given.

    A rank is the place among the rows that are open to the reader, so that a gap tells nothing of a closed one.
    """
    seat = seat_of(actor, jury)
    if not policy.reads_minutes(actor, seat, jury):
        return []
    visible = {one.pk for one in _doors(actor, seat, jury)[0]}
    rows = [row for row in jury.advices.select_related("proposal__applicant") if row.proposal_id in visible]
    ranks = sorted(row.rank for row in rows if row.rank is not None)
    return [_advice_row(row, None if row.rank is None else 1 + ranks.index(row.rank)) for row in rows]


def advice_of(actor: Actor, proposal: Proposal) -> AdviceRow | None:
    """The advice on one proposal that the caller was allowed to fetch; None when there is none for this reader."""
    jury = juries(actor).filter(call_id=proposal.call_id).first()
    found = advices(actor, jury) if jury is not None else []
    return next((row for row in found if row.proposal_id == proposal.pk), None)


def require_open(actor: Actor, jury: Jury, proposal_id: uuid.UUID) -> None:
    """Raise NotVisible when the jury has no such proposal for this actor, Refused when a conflict closes it."""
    seat = seat_of(actor, jury)
    if seat is not None:
        way = find_way(actor, proposal_id)[1]
        if way.door is Door.CLOSED:
            raise Refused(way.reason)
        require(policy.may_see_content(way.standing))
    if not proposals_of(jury).filter(pk=proposal_id).exists():
        raise NotVisible
    if proposal_id in (closed := closed_for(actor, jury)):
        raise Refused(closed_sentence(closed[proposal_id]))


def _doors(actor: Actor, seat: Juror | None, jury: Jury) -> tuple[list[Proposal], list[ClosedRow]]:
    """The open proposals of a reader, and the closed ones with the reason."""
    found = list(proposals_of(jury))
    if seat is None:
        closed = closed_for(actor, jury)
        return (
            [one for one in found if one.pk not in closed],
            [_closed(one, closed_sentence(closed[one.pk])) for one in found if one.pk in closed],
        )
    doors: list[Way] = ways(seat, found)
    return (
        [way.proposal for way in doors if way.door is Door.OPEN],
        [_closed(way.proposal, way.reason, way.door is Door.DECLARE) for way in doors if way.door is not Door.OPEN],
    )


def _is_open(actor: Actor, seat: Juror | None, jury: Jury, proposal_id: uuid.UUID) -> bool:
    if seat is None:
        return proposal_id not in closed_for(actor, jury)
    try:
        return find_way(actor, proposal_id)[1].door is Door.OPEN
    except NotVisible:
        return False


def _closed(proposal: Proposal, reason: str, declare: bool = False) -> ClosedRow:
    return ClosedRow(proposal.pk, proposal.title, proposal.applicant.name, reason, declare)


def _points(counted: Tally, proposal_id: uuid.UUID) -> dict[str, list[int]]:
    """What the counting jurors gave, per criterion from low to high: the place in the row tells no name."""
    points: dict[str, list[int]] = {one.code: [] for one in counted.criteria}
    for row in counted.counted(proposal_id).values():
        for code, given in row.items():
            points[code].append(given)
    return {code: sorted(given) for code, given in points.items()}


def _score_row(
    proposal: Proposal,
    result: Result,
    place: Ranked | None,
    positions: PositionCounts,
    points: Mapping[str, Sequence[int]],
    shows_votes: bool,
) -> ScoreRow:
    return ScoreRow(
        proposal_id=proposal.pk,
        title=proposal.title,
        applicant=proposal.applicant.name,
        subsidy_cents=proposal.subsidy_cents,
        place=place.place if place else None,
        is_tied=place.is_tied if place else False,
        total=result.total,
        means=result.means if shows_votes else {},
        spread=result.spread if shows_votes else {},
        points=points,
        positions=positions,
    )


def _advice_row(row: Advice, rank: int | None) -> AdviceRow:
    total = None
    if row.total_numerator is not None and row.total_denominator is not None:
        total = Fraction(row.total_numerator, row.total_denominator)
    proposal = row.proposal
    return AdviceRow(
        proposal.pk, proposal.title, proposal.applicant.name, proposal.subsidy_cents,
        rank, total, row.is_favourable, row.motivation,
    )  # fmt: skip
