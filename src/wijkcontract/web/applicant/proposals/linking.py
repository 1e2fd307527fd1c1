"""Writing what was ticked on a record about the records that point to it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from wijkcontract.proposals import operations, policy, queries
from wijkcontract.proposals.operations import Ticked
from wijkcontract.proposals.records import ReverseLink, reverse_links
from wijkcontract.rules.verdicts import Invalid, require
from wijkcontract.web.applicant.proposals.connections import SHOWN
from wijkcontract.web.applicant.proposals.writing import plan_and_kind
from wijkcontract.web.http import ActorRequest, for_audience


@require_POST
@for_audience("applicant")
def link(request: ActorRequest, proposal_id: uuid.UUID, code: str, kind: str, record_id: uuid.UUID) -> HttpResponse:
    """Write what was ticked and unticked since the page was shown."""
    proposal = queries.get_proposal(request.actor, proposal_id)
    _, shape = plan_and_kind(proposal, code, kind)
    require(policy.may_edit(request.actor, proposal))
    ticked = {one.code: _ticked(request.POST, one) for one in reverse_links(shape) if one.is_many}
    try:
        operations.link_records(
            actor=request.actor, proposal_id=proposal.pk, kind=kind, record_id=record_id, ticked=ticked
        )
    except Invalid as invalid:
        messages.error(request, str(invalid))
    else:
        messages.success(request, "Verbindingen bewaard.")
    return redirect(reverse("applicant:record", args=[proposal.pk, code, kind, record_id]) + "#verbonden")


def _ticked(sent: QueryDict, link: ReverseLink) -> Ticked:
    now = set(sent.getlist(link.code))
    before = set(filter(None, sent.get(f"{SHOWN}-{link.code}", "").split(",")))
    return Ticked(added=_ids(now - before), removed=_ids(before - now))


def _ids(sent: Iterable[str]) -> list[str]:
    """Those that are ids; a page of ours sends nothing else."""
    found = []
    for one in sent:
        try:
            found.append(str(uuid.UUID(one)))
        except ValueError:
            continue
    return found
