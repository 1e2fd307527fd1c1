"""A question of the agency about one section of a submitted proposal, and the answer of the authority (R16, decision 0030)."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models

from wijkcontract.proposals.models.proposal import Proposal, Submission
from wijkcontract.rules import clock, periods


class ClarificationState(models.TextChoices):
    """The states of `rules.lifecycle`; that the time to answer has passed is no state, the clock says so."""

    ASKED = "asked", "Gevraagd"
    ANSWERED = "answered", "Beantwoord"
    WITHDRAWN = "withdrawn", "Ingetrokken"


class Clarification(models.Model):
    """One request. While it is open, its section may be written; `before` and `after` are the frozen versions around the answer.

    `answer` belongs to the authority alone until it is sent; `answer_version` counts its saves.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="clarifications")
    section = models.CharField(max_length=30)
    number = models.PositiveIntegerField(help_text="1 for the first request about this proposal")
    question = models.TextField()
    state = models.CharField(max_length=10, choices=ClarificationState, default=ClarificationState.ASKED)
    last_day = models.DateField(help_text="last day on which one may answer")
    before = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    after = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="clarification", null=True)
    from_version = models.PositiveIntegerField(help_text="version of the proposal when the section was opened")
    asked_at = models.DateTimeField()
    asked_by_id = models.CharField(max_length=36)
    asked_by_name = models.CharField(max_length=200)
    answer = models.TextField(blank=True)
    answer_version = models.PositiveIntegerField(default=0)
    answer_editor_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    extension_reason = models.TextField(blank=True)
    withdrawal_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["proposal", "number"], name="proposals_one_clarification_number"),
            models.UniqueConstraint(
                fields=["proposal", "section"],
                condition=models.Q(state="asked"),
                name="proposals_one_open_clarification",
            ),
        )

    @property
    def closes_at(self) -> dt.datetime:
        """00:00 in Brussels on the day after the last day."""
        return periods.closes_at(self.last_day)

    @property
    def is_open(self) -> bool:
        """May the section be written and the answer be sent now?"""
        return self.state == ClarificationState.ASKED and clock.now() < self.closes_at

    @property
    def is_late(self) -> bool:
        """Was it not answered in time?"""
        return self.state == ClarificationState.ASKED and not self.is_open

    @property
    def label(self) -> str:
        """The name of the section, from the call."""
        sections = self.proposal.call.programme.sections
        return next((part.label for part in sections if part.code == self.section), self.section)
