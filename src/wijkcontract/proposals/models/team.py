"""What the people of one authority say to each other about a draft: who sees to a section, comments and tasks; who reads along.

None of this is the proposal itself: nobody else reads it, it is not checked, not frozen, not submitted (decision 0025).
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Final

from django.db import models

from wijkcontract.accounts.models import Invitation
from wijkcontract.proposals.models.proposal import Proposal

LONGEST_COMMENT: Final = 2_000


class WorkState(models.TextChoices):
    """How far the people of the authority say that a section is."""

    WRITING = "writing", "In bewerking"
    READY = "ready", "Klaar om na te lezen"


class SectionWork(models.Model):
    """The work on one section: its state, who sees to it, and how many comments are open, kept with every comment (R16)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="section_work")
    section = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=WorkState, default=WorkState.WRITING)
    editor_id = models.CharField(max_length=36, blank=True)
    editor_name = models.CharField(max_length=200, blank=True)
    open_comments = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["proposal", "section"], name="proposals_one_section_work"),)


class Comment(models.Model):
    """A remark about a section or a part of it, or a reply to one; assigned to a colleague it is a task, done when resolved (R16).

    `key` is the id that a page chose, so that a second click makes no second comment. `part` and `field` say what it is about,
    `about` is what that was called at the moment.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="comments")
    section = models.CharField(max_length=30)
    part = models.CharField(max_length=110, blank=True)
    field = models.CharField(max_length=40, blank=True)
    about = models.CharField(max_length=300, blank=True)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, related_name="replies", null=True, blank=True)
    author_id = models.CharField(max_length=36)
    author_name = models.CharField(max_length=200)
    text = models.TextField(max_length=LONGEST_COMMENT)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    assignee_id = models.CharField(max_length=36, blank=True)
    assignee_name = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=["proposal", "section"], name="proposals_comment_section"),
            models.Index(fields=["assignee_id", "resolved_at"], name="proposals_comment_task"),
        )


class CommentMention(models.Model):
    """Someone who was told of a comment by mail, once."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person_id = models.CharField(max_length=36)
    person_name = models.CharField(max_length=200)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["comment", "person_id"], name="proposals_one_mention"),)


class ReadGrant(models.Model):
    """A partner from outside may read one draft, never its comments, from the day the invitation is accepted (R8).

    Without an accepted invitation it gives nothing. It lasts as long as the call, whatever its last day becomes, or until a
    day that was chosen for this partner.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="read_grants")
    invitation = models.OneToOneField(Invitation, on_delete=models.CASCADE, related_name="+")
    until = models.DateField(
        null=True, blank=True, help_text="last day; the draft itself is no longer shown once submitted"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("invitation__sent_at", "id")

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which the partner reads along: the chosen one, never past that of the call as it is now."""
        return min((day for day in (self.until, self.proposal.call.last_day) if day), default=None)
