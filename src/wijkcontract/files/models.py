"""Files that people attach. A file belongs to one object of a room; that room says who may read it."""

from __future__ import annotations

import uuid

from django.db import models


def path_of(sha256: str) -> str:
    """Where the storage keeps the bytes with this hash."""
    return f"{sha256[:2]}/{sha256}"


class StoredFile(models.Model):
    """One file, named by its content: the bytes lie under their SHA-256, written before the row that points to them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner_kind = models.CharField(max_length=80)
    owner_id = models.CharField(max_length=36)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_at = models.DateTimeField()
    stored_by = models.CharField(max_length=36)

    class Meta:
        ordering = ("stored_at", "name")
        indexes = (models.Index(fields=["owner_kind", "owner_id"], name="files_owner"),)

    @property
    def path(self) -> str:
        """Where the storage keeps the bytes."""
        return path_of(self.sha256)
