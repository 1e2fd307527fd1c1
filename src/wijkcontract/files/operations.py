"""Keep a file: bytes first, row after, so that a row never points to nothing. Called inside the operation of a room."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from wijkcontract.audit.operations import ActorLike, record
from wijkcontract.files.intake import Arrived, take_in
from wijkcontract.files.models import StoredFile
from wijkcontract.rules import clock


def keep(*, actor: ActorLike, owner: models.Model, upload: UploadedFile[bytes] | Arrived) -> StoredFile:
    """Register one upload for `owner`; one that was not taken in before is now. Raises Invalid when the guard refuses it."""
    arrived = upload if isinstance(upload, Arrived) else take_in(upload)
    stored = StoredFile.objects.create(
        owner_kind=owner._meta.label_lower,
        owner_id=str(owner.pk),
        name=arrived.name,
        media_type=arrived.media_type,
        size=arrived.size,
        sha256=arrived.sha256,
        stored_at=clock.now(),
        stored_by=actor.person_id,
    )
    record(
        actor,
        "files.kept",
        stored,
        name=stored.name,
        sha256=stored.sha256,
        owner_kind=stored.owner_kind,
        owner_id=stored.owner_id,
    )
    return stored


def discard(*, actor: ActorLike, stored: StoredFile) -> None:
    """Forget one file; its bytes go once this is final and no other file has the same."""
    record(actor, "files.discarded", stored, name=stored.name, sha256=stored.sha256, owner_id=stored.owner_id)
    path, sha256 = stored.path, stored.sha256
    stored.delete()

    def remove_bytes() -> None:
        if not StoredFile.objects.filter(sha256=sha256).exists():
            default_storage.delete(path)

    transaction.on_commit(remove_bytes)
