"""Reading neighbourhood analyses and the evidence frozen from them: what is not visible does not exist (404)."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from wijkcontract.accounts.actors import Actor
from wijkcontract.places import policy
from wijkcontract.places.models import FrozenEvidence, NeighbourhoodAnalysis
from wijkcontract.rules.verdicts import NotVisible


def visible_analyses(actor: Actor) -> QuerySet[NeighbourhoodAnalysis]:
    """The analyses that this actor may read, last changed first."""
    found = NeighbourhoodAnalysis.objects.filter(policy.visible_analyses(actor))
    return found.select_related("organisation", "vintage", "run__definition")


def get_analysis(actor: Actor, analysis_id: uuid.UUID | str) -> NeighbourhoodAnalysis:
    """The analysis, or NotVisible."""
    try:
        found = visible_analyses(actor).filter(pk=analysis_id).first()
    except (ValidationError, ValueError):
        found = None
    if found is None:
        raise NotVisible
    return found


def get_evidence(actor: Actor, analysis_id: uuid.UUID | str) -> FrozenEvidence:
    """The evidence frozen from an analysis, or NotVisible."""
    found = FrozenEvidence.objects.filter(analysis=get_analysis(actor, analysis_id)).first()
    if found is None:
        raise NotVisible
    return found
