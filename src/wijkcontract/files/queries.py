"""Fetching a file asks the room that owns it: a file may be read exactly by who may read its object (access.md, 'attachment')."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable

from django.core.files.storage import default_storage
from django.db import models

from wijkcontract.audit.operations import ActorLike
from wijkcontract.files.models import StoredFile
from wijkcontract.rules.verdicts import NotVisible

Guard = Callable[[ActorLike, str], bool]
_guards: dict[str, Guard] = {}


def register_guard(owner_kind: str, may_read: Guard) -> None:
    """A room tells, at start, who may read the files of one of its models (`app.model`, lower case)."""
    _guards[owner_kind] = may_read


def get_file(actor: ActorLike, file_id: uuid.UUID) -> StoredFile:
    """The file, or NotVisible when it does not exist, its object is not visible, or no room answers for it."""
    stored = StoredFile.objects.filter(pk=file_id).first()
    guard = _guards.get(stored.owner_kind) if stored else None
    if stored is None or guard is None or not guard(actor, stored.owner_id):
        raise NotVisible
    return stored


def files_of(owner_kind: str, owner_ids: Iterable[object]) -> models.QuerySet[StoredFile]:
    """The files of objects that the caller was allowed to fetch."""
    return StoredFile.objects.filter(owner_kind=owner_kind, owner_id__in=[str(one) for one in owner_ids])


def has_bytes(stored: StoredFile) -> bool:
    """Are the bytes of a file still where the storage keeps them?"""
    return default_storage.exists(stored.path)
