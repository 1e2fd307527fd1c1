"""Taking an upload in: it is looked at and its bytes are stored before any transaction begins, for neither may hold one up."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from wijkcontract.files import guard
from wijkcontract.files.models import path_of


@dataclass(frozen=True)
class Arrived:
    """An upload that the guard let through and whose bytes are stored under their SHA-256; no row points to them yet."""

    name: str
    media_type: str
    size: int
    sha256: str


def take_in(upload: UploadedFile[bytes]) -> Arrived:
    """Check one upload and store its bytes. Raises Invalid with a sentence on what to do when the guard refuses it."""
    name = upload.name or "bestand"
    guard.check_size(name, upload.size or 0, settings.MAX_UPLOAD_BYTES)
    content = upload.read(settings.MAX_UPLOAD_BYTES + 1)
    kind = guard.check(name, content, settings.MAX_UPLOAD_BYTES)
    arrived = Arrived(name, kind.media_type, len(content), hashlib.sha256(content).hexdigest())
    path = path_of(arrived.sha256)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    return arrived
