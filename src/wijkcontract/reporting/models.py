"""The relance report to the ministers: frozen at the moment it is issued, so that it can be made again to the byte (R23)."""

from __future__ import annotations

import uuid

from django.db import models

from wijkcontract.execution.models import Round


class RelanceReport(models.Model):
    """An issued report: its figures as canonical JSON with their SHA-256. Page, Excel and PDF are made from it. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="1 for the first issue of a round, 2 when it was issued again")
    title = models.CharField(max_length=200)
    moment = models.DateField()
    content = models.TextField(help_text="canonical JSON, UTF-8, as hashed")
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ("-moment", "-number")
        constraints = (models.UniqueConstraint(fields=["round", "number"], name="reporting_one_issue"),)
