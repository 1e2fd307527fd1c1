"""Adding files to a record of a draft, and taking them away. What is refused is named with its reason; the rest is kept."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from wijkcontract.files.intake import Arrived, take_in
from wijkcontract.proposals import operations, policy, queries
from wijkcontract.proposals.models import Proposal, ProposalRecord
from wijkcontract.proposals.records import Kind
from wijkcontract.rules.verdicts import Invalid, NotVisible, require
from wijkcontract.web.applicant.proposals import presenters
from wijkcontract.web.applicant.proposals.writing import plan_and_kind, record_to_write
from wijkcontract.web.http import ActorRequest, for_audience, page

NOTHING_SENT = "Kies minstens één bestand."


@require_POST
@for_audience("applicant")
def attach(request: ActorRequest, proposal_id: uuid.UUID, code: str, kind: str, record_id: uuid.UUID) -> HttpResponse:
    """Let a record carry the files that were sent."""
    proposal = queries.get_proposal(request.actor, proposal_id)
    plan, shape = plan_and_kind(proposal, code, kind)
    one = queries.get_record(proposal, shape, record_id)
    require(policy.may_edit(request.actor, proposal, shape.section))
    if not shape.is_attachable:
        raise NotVisible
    arrived, refused = _taken_in(request.FILES.getlist("file"))
    done = operations.attach_files(
        actor=request.actor, proposal_id=proposal.pk, kind=kind, record_id=record_id, arrived=arrived
    )
    refused += done.refused
    if done.kept:
        number = len(done.kept)
        messages.success(request, "Bestand bewaard." if number == 1 else f"{number} bestanden bewaard.")
    if refused:
        return record_to_write(request, proposal, plan, shape, one, refused)
    return redirect(_files_url(proposal, shape, one))


def _taken_in(uploads: Iterable[UploadedFile[bytes]]) -> tuple[list[Arrived], list[str]]:
    """The uploads that the guard let through, and why the others were refused."""
    arrived, refused = [], []
    for upload in uploads:
        try:
            arrived.append(take_in(upload))
        except Invalid as invalid:
            refused += [fault.message for fault in invalid.faults]
    return arrived, refused if arrived or refused else [NOTHING_SENT]


@require_http_methods(["GET", "HEAD", "POST"])
@for_audience("applicant")
def detach(
    request: ActorRequest, proposal_id: uuid.UUID, code: str, kind: str, record_id: uuid.UUID, attachment_id: uuid.UUID
) -> HttpResponse:
    """Ask first what taking a file away means, then do it."""
    proposal = queries.get_proposal(request.actor, proposal_id)
    _, shape = plan_and_kind(proposal, code, kind)
    one = queries.get_record(proposal, shape, record_id)
    require(policy.may_edit(request.actor, proposal, shape.section))
    back = _files_url(proposal, shape, one)
    if request.method == "POST":
        operations.detach_file(actor=request.actor, proposal_id=proposal.pk, attachment_id=attachment_id)
        messages.success(request, "Bestand weggehaald.")
        return redirect(back)
    context = {
        "proposal": proposal,
        "dossier": presenters.dossier(proposal, "Bestand weghalen"),
        "attachment": queries.get_attachment(proposal, attachment_id),
        "title": getattr(one, shape.title_field),
        "back": back,
    }
    return page(request, "applicant/proposals/detach.html", context)


def _files_url(proposal: Proposal, kind: Kind, one: ProposalRecord) -> str:
    return reverse("applicant:record", args=[proposal.pk, kind.section, kind.code, one.pk]) + "#bestanden"
