"""What writing together leaves behind: the history of every part, what was typed and could not be stored yet, who is here.

None of this is the proposal itself: it is not checked, not frozen, not submitted (decision 0020).
"""

from __future__ import annotations

from typing import Any, Final

from django.db import models

from wijkcontract.audit.operations import HistoryRow
from wijkcontract.proposals.models.proposal import Proposal


class Change(models.TextChoices):
    """What happened to a part in one revision."""

    WRITTEN = "written", "gewijzigd"
    ADDED = "added", "toegevoegd"
    REMOVED = "removed", "verwijderd"
    RESTORED = "restored", "teruggezet"


class Revision(HistoryRow):
    """One change of one part by one person: the fields it touched, as they were before and after (R16).

    `part` is a block of fields ("plan/looptijd") or a record ("measures/measure/<id>"). `version` is the version of the proposal
    that the change made, `from_version` the one it began from; saves of one person on the same fields, minutes apart, share a row.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="revisions")
    section = models.CharField(max_length=30)
    part = models.CharField(max_length=110)
    change = models.CharField(max_length=10, choices=Change)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    pointers = models.JSONField(default=dict, help_text="of a removed record: what pointed to it, by kind.field")
    from_version = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    editor_id = models.CharField(max_length=36)
    editor_name = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("-version", "-id")
        indexes = (models.Index(fields=["proposal", "section", "version"], name="proposals_revision_part"),)


class UnfinishedInput(HistoryRow):
    """What one person typed in one part and what is not in the proposal yet: a fault, or a colleague was first.

    `fields` holds, by field name, what was typed as it was sent and the version of the proposal that it was typed over.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="unfinished_inputs")
    part = models.CharField(max_length=110)
    person_id = models.CharField(max_length=36)
    fields: models.JSONField[Any, Any] = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["proposal", "person_id", "part"], name="proposals_one_unfinished"),
        )


PRESENT_SECONDS: Final = 30


class Presence(models.Model):
    """Who is on a page of a proposal now. A mark of half a minute, not content: no event, and old rows are removed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="presences")
    person_id = models.CharField(max_length=36)
    person_name = models.CharField(max_length=200)
    section = models.CharField(max_length=30)
    is_writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["proposal", "person_id"], name="proposals_one_presence"),)
