"""Deliberation: minutes of the meeting and of each proposal, and the advice with its ranking (R17)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import NamedTuple

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.jury import policy
from wijkcontract.jury.models import Advice, Deliberation, Jury
from wijkcontract.jury.operations.locking import locked_jury
from wijkcontract.jury.queries.doors import proposals_of
from wijkcontract.jury.queries.room import seat_of
from wijkcontract.jury.queries.table import require_open, undecided
from wijkcontract.jury.queries.tally import recomputed_ranking
from wijkcontract.proposals import operations as proposals
from wijkcontract.rules import clock
from wijkcontract.rules.lifecycle import JURY, advance
from wijkcontract.rules.verdicts import Fault, Invalid, require


class Line(NamedTuple):
    """The advice on one proposal."""

    is_favourable: bool
    motivation: str


@operation
def save_minutes(*, actor: Actor, jury_id: uuid.UUID | str, deliberated_on: dt.date, minutes: str) -> Jury:
    """Keep the day of the deliberation and the minutes of the whole meeting; every member reads these."""
    jury = locked_jury(actor, jury_id)
    require(policy.may_write_minutes(actor, seat_of(actor, jury), jury))
    if deliberated_on > clock.today():
        raise Invalid.because(
            "De beraadslaging ligt in de toekomst. Vul de dag in waarop de jury samenkwam.", "deliberated_on"
        )
    jury.deliberated_on, jury.minutes = deliberated_on, minutes.strip()
    jury.save(update_fields=["deliberated_on", "minutes"])
    record(actor, "jury.minutes_saved", jury)
    return jury


@operation
def save_deliberation(
    *,
    actor: Actor,
    jury_id: uuid.UUID | str,
    proposal_id: uuid.UUID,
    minutes: str,
    is_favourable: bool | None,
    motivation: str,
) -> Deliberation:
    """Keep the minutes and the draft advice of one proposal; closed to who has a conflict, the chair included."""
    jury = locked_jury(actor, jury_id)
    require_open(actor, jury, proposal_id)
    require(policy.may_write_minutes(actor, seat_of(actor, jury), jury))
    deliberation = _save_line(jury, proposal_id, is_favourable, motivation, minutes)
    record(actor, "jury.deliberated", deliberation, proposal=str(proposal_id))
    return deliberation


@operation
def give_advice(*, actor: Actor, jury_id: uuid.UUID | str, lines: Mapping[uuid.UUID, Line] | None = None) -> Jury:
    """The chair gives the advice of the jury on every proposal; the ranking follows from the points.

    `lines` completes or replaces the draft advices, by proposal. One that is closed to the chair must stand ready, prepared by the
    agency. Raises Invalid when the day of the deliberation or an advice is missing.
    """
    jury = locked_jury(actor, jury_id)
    require(policy.may_advise(seat_of(actor, jury), jury))
    for proposal_id, line in (lines or {}).items():
        require_open(actor, jury, proposal_id)
        _save_line(jury, proposal_id, line.is_favourable, line.motivation)
    faults = _advice_faults(jury)
    if faults:
        raise Invalid(faults)
    _write_advices(jury)
    jury.state, jury.advised_at = advance(JURY, jury.state, "advice_given"), clock.now()
    jury.save(update_fields=["state", "advised_at"])
    # The applicant reads the event of the proposal; the log of the jury keeps who gave the advice.
    as_jury = Actor(person_id=actor.person_id, name="De jury", organisation_id=actor.organisation_id)
    for proposal_id in proposals_of(jury).values_list("pk", flat=True):
        proposals.mark_advised(actor=as_jury, proposal_id=proposal_id)
    record(actor, "jury.advice_given", jury)
    return jury


def _save_line(
    jury: Jury, proposal_id: uuid.UUID, is_favourable: bool | None, motivation: str, minutes: str | None = None
) -> Deliberation:
    values = {"is_favourable": is_favourable, "motivation": motivation.strip(), "changed_at": clock.now()}
    if minutes is not None:
        values["minutes"] = minutes.strip()
    saved, _ = Deliberation.objects.update_or_create(
        proposal_id=proposal_id, defaults=values, create_defaults={**values, "jury": jury}
    )
    return saved


def _advice_faults(jury: Jury) -> list[Fault]:
    faults = []
    if jury.deliberated_on is None:
        faults.append(Fault("deliberated_on", "Vul eerst in het verslag de dag van de beraadslaging in."))
    missing = len(undecided(jury))
    if missing:
        noun = "voorstel" if missing == 1 else "voorstellen"
        faults.append(
            Fault("", f"Bij {missing} {noun} ontbreekt het advies of de motivering. Is een voorstel voor u gesloten, "
                      "dan vult het agentschap het in.")
        )  # fmt: skip
    return faults


def _write_advices(jury: Jury) -> None:
    """One row a proposal: its place and exact total as they follow from the points, and what the jury says."""
    places = {one.proposal: one for one in recomputed_ranking(jury)}
    rows = []
    for line in jury.deliberations.order_by("pk"):
        place = places.get(str(line.proposal_id))
        rows.append(
            Advice(
                jury=jury,
                proposal_id=line.proposal_id,
                rank=place.place if place else None,
                total_numerator=place.total.numerator if place else None,
                total_denominator=place.total.denominator if place else None,
                is_favourable=bool(line.is_favourable),
                motivation=line.motivation,
            )
        )
    Advice.objects.bulk_create(rows)
