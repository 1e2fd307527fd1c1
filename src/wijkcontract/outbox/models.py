"""Mail that was promised inside a transaction and is sent after it."""

from __future__ import annotations

from django.db import models


class Message(models.Model):
    """One mail to one address. `key` names the promise, so that the same promise is never made twice."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    is_secret = models.BooleanField(
        default=False, help_text="holds a personal link: the text is wiped once it was sent"
    )
    subject_kind = models.CharField(max_length=80, blank=True)
    subject_id = models.CharField(max_length=36, blank=True)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    leased_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True, db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)
