"""Who did what when. Rows are only ever added; the database itself refuses to change or remove one."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One thing that happened: a past-tense verb, its subject and what a reader needs to understand it later.

    The actor is kept as an id and as the name of that moment, so that the log outlives the person's account.
    """

    at = models.DateTimeField(db_index=True)
    actor_id = models.CharField(max_length=36, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    organisation_id = models.CharField(max_length=36, blank=True)
    verb = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=36)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["subject_kind", "subject_id"], name="audit_subject"),)


class Seal(models.Model):
    """The place of an event in the hash chain, given after commit by a sequencer so that writers do not wait for each other."""

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("position",)
