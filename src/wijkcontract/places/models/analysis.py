"""The neighbourhood analysis of a local authority, and the evidence that is frozen from it (R2)."""

from __future__ import annotations

import uuid

from django.db import models

from wijkcontract.accounts.models import Organisation
from wijkcontract.places.enums import AnalysisState, Method
from wijkcontract.places.models.geography import Vintage
from wijkcontract.places.models.results import IndexRun


class NeighbourhoodAnalysis(models.Model):
    """A neighbourhood as its authority draws it: sectors of one vintage. `version` counts saves, as with a proposal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    vintage = models.ForeignKey(Vintage, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    sectors = models.JSONField(default=list, help_text="list of sector codes, sorted")
    method = models.CharField(max_length=10, choices=Method, default=Method.DRAWN)
    run = models.ForeignKey(
        IndexRun, on_delete=models.PROTECT, related_name="+", null=True, blank=True, help_text="the index looked at"
    )
    settings = models.JSONField(
        default=dict, help_text="what the proposal of the engine was asked: inhabitants, threshold"
    )
    state = models.CharField(max_length=10, choices=AnalysisState, default=AnalysisState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("-changed_at",)
        constraints = (models.UniqueConstraint(fields=["organisation", "title"], name="places_one_analysis"),)

    def __str__(self) -> str:
        return self.title


class FrozenEvidence(models.Model):
    """What the figures said when the analysis was frozen: canonical JSON (`places.evidence`) and its SHA-256. Append-only.

    The content holds the border, the sectors, every published figure with source, licence and year, the index with its
    definition, and the data version: nothing in it points to a row that may change.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    analysis = models.OneToOneField(NeighbourhoodAnalysis, on_delete=models.PROTECT, related_name="evidence")
    data_version = models.PositiveIntegerField()
    border = models.BinaryField(help_text="WKB in EPSG:31370")
    content = models.TextField(help_text="canonical JSON, UTF-8, as hashed")
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by_id = models.CharField(max_length=36)
    frozen_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ("-frozen_at",)
