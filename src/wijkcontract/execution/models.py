"""Carrying out: the agency opens a round, the municipality reports, a certifier signs, the agency accepts (R24)."""

from __future__ import annotations

import uuid

from django.db import models

from wijkcontract.contracts.models import Contract, ContractMeasure, ContractTarget


class RoundState(models.TextChoices):
    DRAFT = "draft", "Voorbereid"
    OPEN = "open", "Open"
    CLOSED = "closed", "Afgesloten"


class ReportState(models.TextChoices):
    DRAFT = "draft", "In opmaak"
    SUBMITTED = "submitted", "Gecertificeerd en ingediend"
    RETURNED = "returned", "Terug voor aanpassing"
    ACCEPTED = "accepted", "Aanvaard"


class Light(models.TextChoices):
    """The reporting colours of the recovery plan (money.md); shown with shape and word, never as colour alone."""

    NOT_STARTED = "not_started", "Niet gestart"
    STARTED = "started", "Gestart"
    ON_TRACK = "on_track", "In uitvoering"
    ATTENTION = "attention", "Aandacht nodig"
    ACTION = "action", "Extra actie nodig"
    REALISED = "realised", "Gerealiseerd"
    STOPPED = "stopped", "Stopgezet"


class Round(models.Model):
    """A moment of the reporting calendar: every running contract reports on the state of `moment`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    moment = models.DateField(help_text="the state on this day is reported")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.DRAFT)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-moment",)

    def __str__(self) -> str:
        return self.title


class ProgressReport(models.Model):
    """What one municipality reports on one contract in one round."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reports")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    light = models.CharField(max_length=12, choices=Light, default=Light.NOT_STARTED)
    cause = models.CharField(max_length=300, blank=True, help_text="why, when the light asks for attention")
    summary = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    certified_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    return_reason = models.TextField(blank=True)

    class Meta:
        ordering = ("contract__number",)
        constraints = (models.UniqueConstraint(fields=["round", "contract"], name="execution_one_report"),)


class MeasureProgress(models.Model):
    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="measures")
    measure = models.ForeignKey(ContractMeasure, on_delete=models.PROTECT, related_name="+")
    light = models.CharField(max_length=12, choices=Light, default=Light.NOT_STARTED)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("measure__position",)
        constraints = (models.UniqueConstraint(fields=["report", "measure"], name="execution_one_progress"),)


class Measurement(models.Model):
    """A measured value against its target."""

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="measurements")
    target = models.ForeignKey(ContractTarget, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    measured_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("target__position",)
        constraints = (models.UniqueConstraint(fields=["report", "target"], name="execution_one_measurement"),)


class Spending(models.Model):
    """What was really spent up to the moment of the round, per category (cumulative, cents)."""

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="spending")
    category = models.CharField(max_length=30)
    amount_cents = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["report", "category"], name="execution_one_spending"),)
