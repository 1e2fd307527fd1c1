"""A proposal: the whole that a local authority writes and submits. Its parts are records of their own."""

from __future__ import annotations

import uuid

from django.db import models

from wijkcontract.accounts.models import Organisation
from wijkcontract.calls.models import Call
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.rules import clock


class Proposal(models.Model):
    """One authority's proposal for one call (R4). `version` counts saves, so that a second editor is never overwritten."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    applicant = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=15, choices=ProposalState, default=ProposalState.DRAFT, db_index=True)
    neighbourhood = models.CharField(max_length=200, blank=True)
    inhabitants = models.PositiveIntegerField(null=True, blank=True)
    sectors = models.TextField(blank=True, help_text="codes of statistical sectors, separated by commas")
    term_start = models.DateField(null=True, blank=True)
    term_end = models.DateField(null=True, blank=True)
    target_groups = models.TextField(blank=True, help_text="groups that the participation process reaches, a line each")
    version = models.PositiveIntegerField(default=0)
    cost_cents = models.PositiveBigIntegerField(default=0, help_text="budgeted cost, kept with every save for lists")
    subsidy_cents = models.PositiveBigIntegerField(default=0, help_text="subsidy asked, kept with every save for lists")
    inadmissible_reason = models.TextField(blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("-changed_at",)
        constraints = (models.UniqueConstraint(fields=["call", "applicant", "title"], name="proposals_one_title"),)

    def __str__(self) -> str:
        return self.title

    @property
    def years_of_cost(self) -> range:
        """The years in which cost may fall: those of the term, else those of the call."""
        start = self.term_start or self.call.term_start
        end = self.term_end or self.call.term_end
        if start is None or end is None:
            first = (self.call.published_on or clock.day_of(self.created_at)).year
            return range(first, first + 6)
        return range(start.year, max(start, end).year + 1)


class Answer(models.Model):
    """The text that answers one question of the call; the questions are data of its programme."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=40)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["proposal", "question"], name="proposals_one_answer"),)


class SubmissionKind(models.TextChoices):
    """How a frozen version came to be."""

    SUBMISSION = "submission", "Ingediend"
    CLARIFICATION = "clarification", "Na verduidelijking"


class Submission(models.Model):
    """A submitted version, frozen: canonical JSON and its SHA-256. The database refuses to change or remove it (R16)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField(
        help_text="1 for the first version, 2 after a withdrawal or a clarification, ..."
    )
    kind = models.CharField(max_length=15, choices=SubmissionKind, default=SubmissionKind.SUBMISSION)
    arrived_at = models.DateTimeField()
    submitted_by_id = models.CharField(max_length=36)
    submitted_by_name = models.CharField(max_length=200)
    content = models.TextField(help_text="canonical JSON, UTF-8, as hashed")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["proposal", "number"], name="proposals_one_number"),)
