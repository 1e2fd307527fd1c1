"""What was promised and what went out, for the pages that show who was told."""

from __future__ import annotations

from django.db import models

from wijkcontract.outbox.models import Message


def messages_about(subject: models.Model) -> models.QuerySet[Message]:
    """Mail about one object that the caller was allowed to fetch, oldest first."""
    return Message.objects.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))
