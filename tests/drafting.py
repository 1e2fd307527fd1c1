"""A draft written from a document, carrying the documents of its decisions."""

from __future__ import annotations

import uuid
from typing import Final

from django.core.files.uploadedfile import SimpleUploadedFile

from wijkcontract.accounts.actors import Actor
from wijkcontract.calls.models import Call
from wijkcontract.files.intake import take_in
from wijkcontract.files.models import StoredFile
from wijkcontract.proposals import operations
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import proposal_shape as shape

PDF: Final = b"%PDF-1.7\n%%EOF\n"


def attach_decision(
    person: Actor, proposal: Proposal, decision_id: uuid.UUID | str, name: str = "besluit.pdf"
) -> StoredFile:
    """The stored file that a decision carries from now on."""
    done = operations.attach_files(
        actor=person, proposal_id=proposal.pk, kind="local_decision", record_id=decision_id,
        arrived=[take_in(SimpleUploadedFile(name, PDF))],
    )  # fmt: skip
    return done.kept[0].file


def written(person: Actor, call: Call, document: shape.Proposal, *, with_file: bool = True) -> Proposal:
    """The person's draft with this document and, unless told otherwise, a file at each decision."""
    proposal = operations.import_document(actor=person, call_id=call.pk, document=document)
    for decision in proposal.local_decisions.all() if with_file else ():
        attach_decision(person, proposal, decision.pk)
    proposal.refresh_from_db()
    return proposal
