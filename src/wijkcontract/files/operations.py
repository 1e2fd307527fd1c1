"""Keep a file: bytes first, row after, so that a row never points to nothing. Called inside the operation of a room."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models

from wijkcontract.audit.operations import ActorLike, record
from wijkcontract.files import guard
from wijkcontract.files.models import StoredFile
from wijkcontract.rules import clock


def keep(*, actor: ActorLike, owner: models.Model, upload: UploadedFile[bytes]) -> StoredFile:
    """Check, store and register one upload for `owner`; raises Invalid when the guard refuses it."""
    name = (upload.name or "bestand")[-200:]
    content = upload.read(settings.MAX_UPLOAD_BYTES + 1)
    kind = guard.check(name, content, settings.MAX_UPLOAD_BYTES)
    stored = StoredFile(
        owner_kind=owner._meta.label_lower,
        owner_id=str(owner.pk),
        name=name,
        media_type=kind.media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        stored_at=clock.now(),
        stored_by=actor.person_id,
    )
    if not default_storage.exists(stored.path):
        default_storage.save(stored.path, ContentFile(content))
    stored.save()
    record(
        actor,
        "files.kept",
        stored,
        name=name,
        sha256=stored.sha256,
        owner_kind=stored.owner_kind,
        owner_id=stored.owner_id,
    )
    return stored
