"""A call of a programme: its terms are a copy of the programme's data, so that a later version changes nothing that runs."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import cached_property

from django.db import models

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
