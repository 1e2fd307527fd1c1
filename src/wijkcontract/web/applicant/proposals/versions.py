"""The submitted versions of a proposal, and what differs between two of them or between one and the draft of today (R16)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from itertools import zip_longest

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from wijkcontract.audit.models import Event
from wijkcontract.proposals import queries
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.models import Proposal, Submission
from wijkcontract.proposals.models.proposal import SubmissionKind
from wijkcontract.rules import proposal_shape as shape
from wijkcontract.rules.verdicts import NotVisible
from wijkcontract.web.applicant.proposals import presenters
from wijkcontract.web.http import ActorRequest, for_audience, page
from wijkcontract.web.proposal_versions import changes_between

DRAFT = "het ontwerp van nu"


@require_safe
@for_audience("applicant")
def versions(request: ActorRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Every submitted version, the newest first: when, by whom, its hash, its documents, and what changed since the one before."""
    found = queries.get_own_proposal(request.actor, proposal_id)
    frozen = list(queries.submissions(found))
    context = {
        "proposal": found,
        "dossier": presenters.dossier(found, "Versies"),
        "versions": list(zip_longest(frozen, frozen[1:], _withdrawn(found, frozen))),
        "newest": frozen[0] if frozen else None,
        "is_draft": found.state == ProposalState.DRAFT,
    }
    return page(request, "applicant/proposals/versions.html", context)


def _withdrawn(proposal: Proposal, frozen: Sequence[Submission]) -> list[Event | None]:
    """For each version, newest first, how it was taken back: a proposal is submitted again only after that, so they alternate."""
    submitted = [one.pk for one in reversed(frozen) if one.kind == SubmissionKind.SUBMISSION]
    taken_back = dict(zip(submitted, queries.withdrawals(proposal), strict=False))
    return [taken_back.get(one.pk) for one in frozen]


@require_safe
@for_audience("applicant")
def version_difference(request: ActorRequest, proposal_id: uuid.UUID, before: int, after: int) -> HttpResponse:
    """What changed from one submitted version to another."""
    found = queries.get_proposal(request.actor, proposal_id)
    newer = queries.frozen_document(queries.get_submission(request.actor, proposal_id, after))
    return _difference(request, found, before, newer, f"versie {after}")


@require_safe
@for_audience("applicant")
def draft_difference(request: ActorRequest, proposal_id: uuid.UUID, before: int) -> HttpResponse:
    """What changed in the draft since a submitted version."""
    found = queries.get_proposal(request.actor, proposal_id)
    if found.state != ProposalState.DRAFT:
        raise NotVisible
    return _difference(request, found, before, queries.document(found), DRAFT)


def _difference(
    request: ActorRequest, found: Proposal, before: int, newer: shape.Proposal, newer_name: str
) -> HttpResponse:
    older = queries.frozen_document(queries.get_submission(request.actor, found.pk, before))
    context = {
        "proposal": found,
        "dossier": presenters.dossier(found, "Verschil tussen versies"),
        "older": f"versie {before}",
        "newer": newer_name,
        "sections": changes_between(older, newer, found.call),
    }
    return page(request, "applicant/proposals/version_difference.html", context)
