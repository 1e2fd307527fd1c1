"""The positions of Flemish bodies: feasibility and engagement, per proposal and pledge; the newest of a body counts (R12, R17)."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from wijkcontract.accounts.actors import Actor
from wijkcontract.jury import policy
from wijkcontract.jury.models import BodyEngagement, Feasibility, Juror, JurorKind, Position
from wijkcontract.proposals.models import Pledge

LIGHTS = {Feasibility.FEASIBLE: "ok", Feasibility.CONDITIONAL: "warn", Feasibility.NOT_FEASIBLE: "bad"}


@dataclass(frozen=True, slots=True)
class PositionRow:
    """What one body says on a proposal, or on one pledge; `light` is ok, warn or bad."""

    organisation_id: uuid.UUID
    organisation: str
    pledge_id: uuid.UUID | None
    pledge: str
    feasibility: str
    feasibility_label: str
    light: str
    engagement_label: str
    motivation: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PositionCounts:
    """How many bodies find a proposal feasible, feasible on a condition, or not feasible: the worst word of a body counts."""

    feasible: int = 0
    conditional: int = 0
    not_feasible: int = 0


def positions_on(actor: Actor, seat: Juror | None, proposal_id: uuid.UUID) -> list[PositionRow]:
    """The newest positions on a proposal that the caller was allowed to fetch; a body reads only its own."""
    rows = _readable(actor, seat, Position.objects.filter(proposal_id=proposal_id))
    newest = {(row.organisation_id, row.pledge_id): row for row in rows.select_related("organisation", "pledge")}
    return sorted((_row(row) for row in newest.values()), key=lambda row: (row.organisation, row.pledge))


def position_counts(
    actor: Actor, seat: Juror | None, proposal_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, PositionCounts]:
    """The counts for a table, in one query."""
    rows = _readable(actor, seat, Position.objects.filter(proposal_id__in=proposal_ids))
    fields = ("proposal_id", "organisation_id", "pledge_id", "feasibility")
    newest = {(row[0], row[1], row[2]): row[3] for row in rows.values_list(*fields)}
    order = list(Feasibility.values)
    worst: dict[tuple[uuid.UUID, uuid.UUID], int] = {}
    for (proposal, body, _), word in newest.items():
        worst[proposal, body] = max(worst.get((proposal, body), 0), order.index(word))
    counted: dict[uuid.UUID, Counter[int]] = {}
    for (proposal, _), place in worst.items():
        counted.setdefault(proposal, Counter())[place] += 1
    return {proposal: PositionCounts(found[0], found[1], found[2]) for proposal, found in counted.items()}


def pledges_asked(seat: Juror, proposal_id: uuid.UUID) -> QuerySet[Pledge]:
    """The pledges that a proposal asks of the juror's body."""
    found = Pledge.objects.filter(proposal_id=proposal_id, partner__body=seat.organisation_id)
    return found.select_related("partner")


def _readable(actor: Actor, seat: Juror | None, rows: QuerySet[Position]) -> QuerySet[Position]:
    """Voting members, observers, the agency and the auditor read every position; a body its own."""
    rows = rows.order_by("number")
    if actor.has(*policy.READS_ALL_POSITIONS) or (seat is not None and seat.kind != JurorKind.NON_VOTING):
        return rows
    return rows.filter(organisation=seat.organisation_id) if seat is not None else rows.none()


def _row(row: Position) -> PositionRow:
    return PositionRow(
        organisation_id=row.organisation_id,
        organisation=row.organisation.name,
        pledge_id=row.pledge_id,
        pledge=row.pledge.what if row.pledge else "",
        feasibility=row.feasibility,
        feasibility_label=str(Feasibility(row.feasibility).label),
        light=LIGHTS[Feasibility(row.feasibility)],
        engagement_label=str(BodyEngagement(row.engagement).label),
        motivation=row.motivation,
        at=row.given_at,
    )
