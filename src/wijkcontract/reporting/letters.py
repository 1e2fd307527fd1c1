"""The letter of intent of a partner, made from its pledges: what Word and PDF have in common (R8)."""

from __future__ import annotations

import uuid
from typing import Final, TypedDict

from wijkcontract.accounts.actors import Actor
from wijkcontract.proposals import queries
from wijkcontract.proposals.models import Partner, Pledge
from wijkcontract.proposals.records import KINDS
from wijkcontract.rules import clock
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.periods import day_nl

NOTHING: Final = "–"


class PledgeText(TypedDict):
    """One pledge as text."""

    what: str
    form: str
    amount: str
    due: str


class Letter(TypedDict):
    """The whole letter as text."""

    partner: str
    authority: str
    proposal: str
    call: str
    neighbourhood: str
    pledges: list[PledgeText]
    day: str
    moment_iso: str


def letter(actor: Actor, proposal_id: uuid.UUID | str, partner_id: uuid.UUID | str) -> Letter:
    """The letter of one partner, from the draft as it stands. Raises NotVisible for who may not read the proposal."""
    proposal = queries.get_proposal(actor, proposal_id)
    partner = queries.get_record(proposal, KINDS["partner"], partner_id)
    assert isinstance(partner, Partner)  # noqa: S101 - the kind says so
    now = clock.now()
    return Letter(
        partner=partner.name,
        authority=proposal.applicant.name,
        proposal=proposal.title,
        call=proposal.call.title,
        neighbourhood=proposal.neighbourhood,
        pledges=[_text(one) for one in partner.pledges.all()],
        day=day_nl(now.date()),
        moment_iso=now.isoformat(),
    )


def _text(pledge: Pledge) -> PledgeText:
    return PledgeText(
        what=pledge.what,
        form=str(pledge.get_form_display()) or NOTHING,
        amount=NOTHING if pledge.amount_cents is None else f"{format_nl(pledge.amount_cents)} EUR",
        due=day_nl(pledge.due_on) if pledge.due_on else NOTHING,
    )
