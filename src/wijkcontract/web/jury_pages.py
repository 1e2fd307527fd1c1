"""What the juror and the agency both show of a jury: its bar, the deliberation page, the proposal under discussion."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from wijkcontract.accounts.middleware import ActorRequest
from wijkcontract.jury import forms, policy, queries
from wijkcontract.jury.queries import PositionRow, ScoreRow, ScoreTable, VoteRow
from wijkcontract.rules import lifecycle
from wijkcontract.web import jury_table
from wijkcontract.web.components.parts import Dossier, Link

LOCKED = ("locked", "advised")


@dataclass(frozen=True, slots=True)
class Names:
    """The addresses of one audience."""

    home: str
    table: str
    proposal: str
    declare: str
    minutes: str
    deliberate: str


NAMES: Mapping[str, Names] = {
    "juror": Names(
        "juror:home", "juror:table", "juror:proposal", "juror:declare", "juror:minutes", "juror:deliberate"
    ),
    "agency": Names(
        "agency:juries", "agency:jury_table", "agency:proposal", "agency:proposal", "agency:jury_minutes",
        "agency:jury_deliberate",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """One criterion of the proposal under discussion; `given` are the points of each juror in the order of `Here.votes`."""

    name: str
    strip: SafeString
    mean: Fraction
    lowest: int
    highest: int
    is_wide: bool
    given: Sequence[int | None]

    @property
    def apart(self) -> int:
        """How far the highest vote lies from the lowest."""
        return self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class Here:
    """The proposal under discussion, as far as the reader may see."""

    row: ScoreRow
    spread: Sequence[SpreadRow]
    positions: Sequence[PositionRow]
    votes: Sequence[VoteRow]
    deliberation: queries.DeliberationRow | None
    proposal_url: str


def jury_dossier(jury: Any, audience: str, title: str, *crumbs: Link) -> Dossier:  # noqa: ANN401 - models stay in their room
    """The bar of a jury."""
    first = Link("Jury", reverse(NAMES[audience].home))
    return Dossier(
        title=title,
        crumbs=[first, *(crumbs or [Link(jury.call.title)])],
        state=jury.state,
        state_label=lifecycle.JURY.states[jury.state].label,
    )


def jury_link(jury: Any) -> Link:  # noqa: ANN401
    """The way back to the agency's page of a jury."""
    return Link(jury.call.title, reverse("agency:jury", args=[jury.pk]))


def deliberation(request: ActorRequest, jury: Any, audience: str) -> dict[str, Any]:  # noqa: ANN401
    """What the deliberation page shows once the points are locked."""
    names = NAMES[audience]
    table = queries.score_table(request.actor, jury)
    sorting = jury_table.sorting_from(request.GET, table)
    scale = _scale(jury)
    base = reverse(names.table, args=[jury.pk])
    order = request.GET.get("sorteer", "")

    def address(proposal_id: uuid.UUID) -> str:
        return f"{base}?voorstel={proposal_id}" + (f"&sorteer={sorting_text(order)}" if order else "") + "#nu"

    def declare(proposal_id: uuid.UUID) -> str:
        return reverse(names.declare, args=[proposal_id])

    return {
        "jury": jury,
        "table": table,
        "head": jury_table.head(table, sorting),
        "body": jury_table.body(table, sorting, scale, address, declare),
        "foot": jury_table.foot(table),
        "here": _here(request, jury, table, scale, sorting.here, names),
        "may_write": policy.may_write_minutes(request.actor, table.seat, jury),
        "minutes": table.minutes,
        "may_advise": policy.may_advise(table.seat, jury),
        "minutes_url": reverse(names.minutes, args=[jury.pk]),
        "deliberate_name": names.deliberate,
        "advices": queries.advices(request.actor, jury) if jury.state == "advised" else [],
        "dossier": jury_dossier(jury, audience, _title(jury)),
    }


def sorting_text(order: str) -> str:
    """The sorting as it may stand in an address: letters, digits, lines."""
    return "".join(sign for sign in order if sign.isalnum() or sign in "-_")


def minutes_form(request: ActorRequest, jury: Any) -> forms.MinutesForm:  # noqa: ANN401
    """The form of the minutes with what was kept."""
    initial = {"deliberated_on": jury.deliberated_on, "minutes": jury.minutes}
    return forms.MinutesForm(request.POST or None, initial=initial)


def _title(jury: Any) -> str:  # noqa: ANN401
    return f"Beraadslaging: {jury.call.title}"


def _scale(jury: Any) -> jury_table.Scale:  # noqa: ANN401
    scoring = jury.call.programme.scoring
    return jury_table.Scale(scoring.lowest, scoring.highest)


def _here(
    request: ActorRequest, jury: Any, table: ScoreTable, scale: jury_table.Scale, asked: str, names: Names  # noqa: ANN401
) -> Here | None:  # fmt: skip
    """The row that the address names, when it is open to the reader."""
    row = next((one for one in table.rows if str(one.proposal_id) == asked), None)
    if row is None:
        return None
    spread = []
    votes = queries.votes_of(request.actor, jury, row.proposal_id)
    for place, one in enumerate(table.criteria):
        points = tuple(row.points.get(one.code, ()))
        if points:
            wide = scale.is_wide(points[-1] - points[0])
            drawing = jury_table.strip(points, scale.lowest, scale.highest, wide)
            spread.append(
                SpreadRow(
                    one.name,
                    drawing,
                    row.means[one.code],
                    points[0],
                    points[-1],
                    wide,
                    [vote.points[place] for vote in votes],
                )
            )
    return Here(
        row=row,
        spread=spread,
        positions=queries.positions_on(request.actor, table.seat, row.proposal_id),
        votes=votes,
        deliberation=queries.deliberation_of(request.actor, jury, row.proposal_id),
        proposal_url=reverse(names.proposal, args=[row.proposal_id]),
    )
