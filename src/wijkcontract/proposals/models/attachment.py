"""The files that the records of a proposal carry as evidence (R1, R5, R8, R14, R16)."""

from __future__ import annotations

import uuid

from django.db import models

from wijkcontract.files.models import StoredFile
from wijkcontract.proposals.models.proposal import Proposal


class Attachment(models.Model):
    """One file of one record, by the code of its kind and its id: it goes and comes back with its record.

    `is_frozen` says that a submitted version holds it. Such a file leaves the draft by `removed_at` and is kept; another one is
    really gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=30)
    record_id = models.UUIDField()
    position = models.PositiveIntegerField(default=0, help_text="the newest file of a record comes last")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_by_name = models.CharField(max_length=200)
    is_frozen = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "id")
