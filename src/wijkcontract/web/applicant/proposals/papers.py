"""A proposal to take along: the draft or a submitted version as Word and PDF, and the receipt as PDF (R16)."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from wijkcontract.proposals import queries
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.web.http import ActorRequest, for_audience
from wijkcontract.web.papers.download import as_file
from wijkcontract.web.papers.proposal import draft_paper, frozen_paper
from wijkcontract.web.papers.receipt import receipt_paper


@require_safe
@for_audience("applicant")
def proposal_document(request: ActorRequest, proposal_id: uuid.UUID, kind: str) -> HttpResponse:
    """The proposal as it stands: the draft of this moment, or what was submitted last."""
    found = queries.get_proposal(request.actor, proposal_id)
    submission = None if found.state == ProposalState.DRAFT else queries.latest_submission(found)
    if submission is None:
        return as_file(draft_paper(request.actor, found), kind, f"{found.title} ontwerp")
    return as_file(frozen_paper(submission, found.call), kind, f"{found.title} versie {submission.number}")


@require_safe
@for_audience("applicant")
def version_document(request: ActorRequest, proposal_id: uuid.UUID, number: int, kind: str) -> HttpResponse:
    """A submitted version, from its frozen content."""
    found = queries.get_proposal(request.actor, proposal_id)
    submission = queries.get_submission(request.actor, proposal_id, number)
    return as_file(frozen_paper(submission, found.call), kind, f"{found.title} versie {number}")


@require_safe
@for_audience("applicant")
def receipt_pdf(request: ActorRequest, proposal_id: uuid.UUID, number: int) -> HttpResponse:
    """The receipt of a submission, to keep."""
    found = queries.get_proposal(request.actor, proposal_id)
    submission = queries.get_submission(request.actor, proposal_id, number)
    return as_file(receipt_paper(submission, found.call), "pdf", f"ontvangstbewijs {found.title} versie {number}")
