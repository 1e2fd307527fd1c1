"""Participation: the moments of the process, the groups reached and what was decided with them (R25)."""

from __future__ import annotations

import uuid

from django.db import models

from wijkcontract.contracts.models import Contract


class ProcessMoment(models.Model):
    """A moment with residents in the carrying out of a contract."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    form = models.CharField(max_length=100, help_text="co-production, self-management, meeting, ...")
    groups = models.TextField(blank=True, help_text="groups reached, a line each")
    residents = models.PositiveIntegerField(null=True, blank=True)
    decided = models.TextField(blank=True, help_text="what was decided with the residents")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-held_on",)
