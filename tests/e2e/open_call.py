"""The call that the walks through a draft are for (the first programme, open until 10 July 2021), and a draft written for it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from wijkcontract.accounts.actors import Actor
from wijkcontract.calls.models import Call, CallState
from wijkcontract.proposals import operations
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import clock, programme
from wijkcontract.rules.proposal_form import from_json

PROGRAMME: Final = programme.load("wijkverbeteringscontract-2021")
DURING: Final = dt.datetime(2021, 7, 6, 10, tzinfo=clock.BRUSSELS)
"""A moment at which the call is open."""
PDF: Final = b"%PDF-1.7\n%%EOF\n"


def open_call(title: str) -> Call:
    """A launched call of this title."""
    return Call.objects.create(
        title=title, programme_name=PROGRAMME.name, terms=programme.to_dict(PROGRAMME), state=CallState.LAUNCHED,
        published_on=dt.date(2021, 3, 11), last_day=dt.date(2021, 7, 10), budget_cents=4_000_000_00,
        ceiling_cents=800_000_00, created_at=DURING,
    )  # fmt: skip


def written(person: Actor, call: Call, document: dict[str, Any], *, file: bool = True) -> Proposal:
    """The person's draft with this document and, unless `file` is false, a document of each decision."""
    proposal = operations.import_document(actor=person, call_id=call.pk, document=from_json(document))
    for decision in proposal.local_decisions.all() if file else ():
        operations.attach_decision_document(
            actor=person, proposal_id=proposal.pk, local_decision_id=decision.pk,
            upload=SimpleUploadedFile("besluit.pdf", PDF),
        )  # fmt: skip
    return proposal
