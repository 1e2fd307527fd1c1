"""Adding files to the records of a draft, and taking them away (R1, R5, R8, R14, R16; threats.md row 10)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import nothing_changed, operation
from wijkcontract.files import operations as files
from wijkcontract.files.intake import Arrived
from wijkcontract.proposals import attachments, queries
from wijkcontract.proposals.keeping import editable, record_save, step
from wijkcontract.proposals.models import Attachment, Proposal
from wijkcontract.proposals.records import KINDS, Kind
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import NotVisible

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Attached:
    """What became of some uploads: those that the record carries now, and why the others were refused."""

    kept: Sequence[Attachment]
    refused: Sequence[str]


@operation
def attach_files(
    *, actor: Actor, proposal_id: uuid.UUID | str, kind: str, record_id: uuid.UUID | str, arrived: Sequence[Arrived]
) -> Attached:
    """Let a record carry files that were taken in; a file that it carries already is not added again.

    Raises NotVisible for a record of another proposal or a kind that carries no files, Refused as writing does.
    """
    shape = KINDS[kind]
    proposal = editable(actor, proposal_id, shape.section)
    one = queries.get_record(proposal, shape, record_id)
    if not shape.is_attachable:
        raise NotVisible
    carried = attachments.with_a_record(proposal, attachments.attachments_of(proposal))
    kept, refused = [], []
    for upload in arrived:
        same = next((has for has in carried if has.record_id == one.pk and has.file.sha256 == upload.sha256), None)
        if same is None and (reason := _over_the_limit(carried, upload)):
            refused.append(reason)
            continue
        added = same or _add(actor, proposal, shape, one.pk, upload, carried)
        if same is None:
            carried.append(added)
        kept.append(added)
    if kept:
        step(proposal)
        record_save(
            actor, proposal, shape.section, kind=kind, record=str(one.pk), files=[has.file.name for has in kept]
        )
    else:
        nothing_changed()
    return Attached(kept, refused)


def _over_the_limit(carried: Sequence[Attachment], upload: Arrived) -> str:
    """Why the proposal cannot carry this file too; empty when it can."""
    if len(carried) >= settings.MAX_ATTACHMENTS:
        return (
            f"{upload.name}: een voorstel heeft hoogstens {settings.MAX_ATTACHMENTS} bestanden. Haal er eerst een weg."
        )
    if sum(one.file.size for one in carried) + upload.size > settings.MAX_ATTACHED_BYTES:
        most = settings.MAX_ATTACHED_BYTES // MEGABYTE
        return (
            f"{upload.name}: de bestanden van een voorstel zijn samen hoogstens {most} MB. "
            "Maak het bestand kleiner, of haal er eerst een weg."
        )
    return ""


def _add(
    actor: Actor,
    proposal: Proposal,
    kind: Kind,
    record_id: uuid.UUID,
    upload: Arrived,
    carried: Sequence[Attachment],
) -> Attachment:
    position = max((has.position for has in carried), default=0) + 1
    one = Attachment(
        proposal=proposal, kind=kind.code, record_id=record_id, position=position, added_by_name=actor.name
    )
    one.file = files.keep(actor=actor, owner=one, upload=upload)
    one.save()
    return one


@operation
def detach_file(*, actor: Actor, proposal_id: uuid.UUID | str, attachment_id: uuid.UUID | str) -> Proposal:
    """Take a file out of the draft. It is gone for good, unless a submitted version holds it; a second click changes nothing."""
    there = Attachment.objects.filter(pk=attachment_id, removed_at=None).select_related("file")
    known = there.filter(proposal=queries.get_proposal(actor, proposal_id)).first()
    proposal = editable(actor, proposal_id, KINDS[known.kind].section if known else "")
    one = there.filter(proposal=proposal).first()
    if one is None:
        nothing_changed()
        return proposal
    name = one.file.name
    if one.is_frozen:
        one.removed_at = clock.now()
        one.save(update_fields=["removed_at"])
    else:
        one.delete()
        files.discard(actor=actor, stored=one.file)
    step(proposal)
    record_save(actor, proposal, KINDS[one.kind].section, kind=one.kind, record=str(one.record_id), detached=name)
    return proposal
