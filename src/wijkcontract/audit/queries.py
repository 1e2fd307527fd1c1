"""Reading the log: the history of one object, the last changes, and whether the chain still holds."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from wijkcontract.audit.chain import GENESIS, chain_digest
from wijkcontract.audit.models import Event, Seal


def history(subject: models.Model) -> models.QuerySet[Event]:
    """Every event of one object, newest first. The caller has fetched the object, so it may be seen."""
    return Event.objects.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk)).order_by("-id")


def latest(subject_kind: str, subject_ids: Iterable[object], limit: int = 8) -> models.QuerySet[Event]:
    """The newest events of a set of objects that the caller was allowed to fetch."""
    ids = [str(one) for one in subject_ids]
    return Event.objects.filter(subject_kind=subject_kind, subject_id__in=ids).order_by("-id")[:limit]


def broken_seals() -> list[int]:
    """Positions of the chain whose digest does not follow from the event and the digest before; empty means intact."""
    broken, previous, expected_position = [], GENESIS, 1
    for seal in Seal.objects.select_related("event").order_by("position").iterator():
        if seal.position != expected_position or seal.digest != chain_digest(previous, seal.event):
            broken.append(seal.position)
        previous, expected_position = seal.digest, seal.position + 1
    return broken
