"""Which files the records of a proposal carry, and who reads them (access.md, row "attachment")."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import ActorLike
from wijkcontract.proposals import policy
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.models import Attachment, Proposal
from wijkcontract.proposals.records import KINDS

ATTACHMENT_KIND: Final = "proposals.attachment"


def attachments_of(proposal: Proposal) -> list[Attachment]:
    """The files that the draft carries, oldest first, with those of records that were taken away; one query."""
    return list(Attachment.objects.filter(proposal=proposal, removed_at=None).select_related("file"))


def by_record(attachments: Iterable[Attachment]) -> dict[str, list[Attachment]]:
    """The files by the id of their record."""
    found: dict[str, list[Attachment]] = defaultdict(list)
    for one in attachments:
        found[str(one.record_id)].append(one)
    return found


def with_a_record(proposal: Proposal, attachments: Iterable[Attachment]) -> list[Attachment]:
    """Those of them whose record is still there; a query per kind."""
    by_kind: dict[str, list[Attachment]] = defaultdict(list)
    for one in attachments:
        by_kind[one.kind].append(one)
    there: set[uuid.UUID] = set()
    for code, found in by_kind.items():
        rows = KINDS[code].model._default_manager.filter(pk__in=[one.record_id for one in found])
        there.update(rows.order_by().values_list("pk", flat=True))
    return [one for found in by_kind.values() for one in found if one.record_id in there]


def belongs_to(one: Attachment) -> str:
    """The record of a file as the document names it: "measures/<id>"."""
    return f"{KINDS[one.kind].collection}/{one.record_id}"


def newest_by_record(attachments: Iterable[Attachment]) -> Mapping[str, str]:
    """The id of the newest file of each record, by the id of the record."""
    return {str(one.record_id): str(one.file_id) for one in attachments}


def may_read_attachment(actor: ActorLike, attachment_id: str) -> bool:
    """Who reads a section of the proposal reads its files; who reads only what was submitted, only the files that were."""
    if not isinstance(actor, Actor):
        return False
    visible = Attachment.objects.filter(proposal__in=Proposal.objects.filter(policy.visible(actor)))
    one = visible.filter(pk=attachment_id).select_related("proposal").first()
    if one is None:
        return False
    sections = policy.readable_sections(actor, one.proposal)
    if sections is not None and KINDS[one.kind].section not in sections:
        return False
    is_writing = one.proposal.state == ProposalState.DRAFT or actor.acts_for(one.proposal.applicant_id)
    return is_writing or one.is_frozen


def proposal_of_frozen(attachment_id: str) -> uuid.UUID | None:
    """The proposal that was submitted with this file; None when it never was. For a room with doors of its own (the jury)."""
    found = Attachment.objects.filter(pk=attachment_id, is_frozen=True).values_list("proposal_id", flat=True)
    return found.first()
