"""Knowledge sharing: lessons that one local authority learned and others can use (R26)."""

from __future__ import annotations

import uuid

from django.db import models

from wijkcontract.accounts.models import Organisation
from wijkcontract.contracts.models import Contract


class Visibility(models.TextChoices):
    DRAFT = "draft", "Ontwerp"
    SHARED = "shared", "Gedeeld met besturen"
    PUBLIC = "public", "Openbaar"


class Lesson(models.Model):
    """One lesson: what was tried, what it taught, whom to ask."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    title = models.CharField(max_length=200)
    theme = models.CharField(max_length=40)
    instrument = models.CharField(max_length=30, blank=True)
    text = models.TextField()
    contact = models.CharField(max_length=200, blank=True, help_text="function and general mail address, no person")
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.DRAFT)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("-changed_at",)
