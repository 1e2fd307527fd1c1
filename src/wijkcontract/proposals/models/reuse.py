"""Where a draft began from: an earlier proposal of the same authority, and what did not come along (R16, decision 0025)."""

from __future__ import annotations

from django.db import models

from wijkcontract.proposals.models.proposal import Proposal


class Reuse(models.Model):
    """The earlier proposal that a draft took its texts and records from."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="reuse")
    source = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="reused_by")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)


class LeftOut(models.Model):
    """Something that did not come along: what it was called, why it stayed behind, and its text, so that nobody looks for it."""

    reuse = models.ForeignKey(Reuse, on_delete=models.CASCADE, related_name="left_out")
    label = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
