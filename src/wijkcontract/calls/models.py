"""A call of a programme: its terms are a copy of the programme's data, so that a later version changes nothing that runs."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import cached_property

from django.db import models

from wijkcontract.accounts.models import Organisation
from wijkcontract.rules import clock, lifecycle, periods, programme
from wijkcontract.rules.programme import Programme


class CallState(models.TextChoices):
    DRAFT = "draft", "In opmaak"
    LAUNCHED = "launched", "Gelanceerd"


PHASE_LABELS = {"draft": "In opmaak", "announced": "Aangekondigd", "open": "Open", "closed": "Afgesloten"}


class Call(models.Model):
    """A call (R15). Open or closed is no state: it follows from the launch and the clock."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    programme_name = models.CharField(max_length=80)
    terms = models.JSONField(help_text="copy of the programme's data, the limits of this call")
    state = models.CharField(max_length=10, choices=CallState, default=CallState.DRAFT)
    published_on = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True, help_text="last day on which one may submit")
    budget_cents = models.PositiveBigIntegerField(default=0)
    ceiling_cents = models.PositiveBigIntegerField(default=0)
    term_start = models.DateField(null=True, blank=True, help_text="first day that a contract may run")
    term_end = models.DateField(null=True, blank=True, help_text="last day that a contract may run")
    questions_until = models.DateField(
        null=True, blank=True, help_text="last day on which one may ask; empty: the last day"
    )
    extension_reason = models.TextField(
        blank=True, help_text="of the last extension, kept here so that a page needs no query"
    )
    predecessor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="the call of the phase before",
    )
    launched_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-published_on", "-created_at")

    def __str__(self) -> str:
        return self.title

    @cached_property
    def programme(self) -> Programme:
        """The limits of this call: its copy of the programme, with the call's own ceiling and budget."""
        return programme.from_dict(self.terms)

    @property
    def closes_at(self) -> dt.datetime | None:
        """00:00 in Brussels on the day after the last day: an arrival before it is in time."""
        return periods.closes_at(self.last_day) if self.last_day else None

    @property
    def takes_questions(self) -> bool:
        """May applicants ask a question now?"""
        return self.is_open and (self.questions_until is None or clock.today() <= self.questions_until)

    @property
    def opens_at(self) -> dt.datetime | None:
        """00:00 in Brussels on the day of publication."""
        return dt.datetime.combine(self.published_on, dt.time(), tzinfo=clock.BRUSSELS) if self.published_on else None

    @property
    def phase(self) -> str:
        """Where the call stands now: draft, announced, open or closed (`rules.lifecycle.call_phase`)."""
        return self.phase_at(clock.now())

    def phase_at(self, moment: dt.datetime) -> str:
        """Where the call stood or stands at an aware moment."""
        return lifecycle.call_phase(self.state, self.opens_at, self.closes_at, moment)

    @property
    def phase_label(self) -> str:
        """The state as a reader sees it."""
        return PHASE_LABELS[self.phase]

    @property
    def is_public(self) -> bool:
        """Launched, and the day of publication has come."""
        return self.phase in ("open", "closed")

    @property
    def is_open(self) -> bool:
        """May proposals be written and submitted now?"""
        return self.phase == "open"

    @property
    def is_closed(self) -> bool:
        """Has the window passed?"""
        return self.phase == "closed"


class Criterion(models.Model):
    """An assessment criterion of a call with its weight; jurors give points per criterion."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    guidance = models.TextField(blank=True)
    weight = models.PositiveIntegerField(help_text="relative weight, a whole number")
    max_points = models.PositiveIntegerField(default=10)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["call", "code"], name="calls_one_criterion_per_code"),)


class Announcement(models.Model):
    """Who was told of a call, when and through which channel (R15, remark 9)."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="announcements")
    audience = models.CharField(max_length=200)
    channel = models.CharField(max_length=60)
    told_at = models.DateTimeField()
    message_key = models.CharField(max_length=200, blank=True, help_text="the mail of the outbox, if it went by mail")

    class Meta:
        ordering = ("told_at", "id")


class Extension(models.Model):
    """A later last day with the reason for it; the window stays within the maximum of the programme (R15)."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="extensions")
    from_day = models.DateField()
    to_day = models.DateField()
    reason = models.TextField()
    extended_at = models.DateTimeField()
    extended_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("extended_at", "id")


class CallQuestion(models.Model):
    """A question about a call. What was asked, and by whom, only the asker and the agency read; the answers are for all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="asked")
    section = models.CharField(max_length=100, blank=True, help_text="code of the section that it is about")
    asked = models.TextField()
    asked_at = models.DateTimeField()
    asked_by_id = models.CharField(max_length=36)
    asked_by_name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    wording = models.TextField(blank=True, help_text="the question as everybody will read it, without who asked")
    draft = models.TextField(blank=True, help_text="the answer before it is published")
    number = models.PositiveIntegerField(null=True, help_text="the place in the published list")

    class Meta:
        ordering = ("number", "asked_at", "id")
        constraints = (models.UniqueConstraint(fields=["call", "number"], name="calls_one_question_per_number"),)

    @property
    def latest(self) -> CallAnswer | None:
        """The answer as it stands; earlier versions are in `answers`."""
        versions = list(self.answers.all())
        return versions[-1] if versions else None


class CallAnswer(models.Model):
    """A published answer with its question. A correction is a new version: the database changes no row."""

    question = models.ForeignKey(CallQuestion, on_delete=models.PROTECT, related_name="answers")
    version = models.PositiveIntegerField()
    wording = models.TextField()
    text = models.TextField()
    reason = models.TextField(blank=True, help_text="why an earlier answer was corrected")
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("version",)
        constraints = (models.UniqueConstraint(fields=["question", "version"], name="calls_one_answer_per_version"),)
