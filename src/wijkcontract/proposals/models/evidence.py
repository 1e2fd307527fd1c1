"""The frozen figures that a proposal carries (R2)."""

from __future__ import annotations

from django.db import models

from wijkcontract.places.models import FrozenEvidence
from wijkcontract.proposals.models.proposal import Proposal


class ProposalEvidence(models.Model):
    """Which frozen neighbourhood analysis belongs to the proposal. Changes with the draft, never after submission."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="evidence")
    evidence = models.ForeignKey(FrozenEvidence, on_delete=models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()
    attached_by_name = models.CharField(max_length=200)
