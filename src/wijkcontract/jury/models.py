"""The jury: composition, conflicts, positions, scores, deliberation, advice (R17). Imported only inside this room (secrecy)."""

from __future__ import annotations

import uuid

from django.db import models

from wijkcontract.accounts.models import Organisation, Person
from wijkcontract.calls.models import Call, Criterion
from wijkcontract.proposals.models import Pledge, Proposal


class JurorKind(models.TextChoices):
    VOTING = "voting", "Stemgerechtigd"
    NON_VOTING = "non_voting", "Niet-stemgerechtigd"
    OBSERVER = "observer", "Waarnemer"


class JuryState(models.TextChoices):
    COMPOSED = "composed", "Samengesteld"
    SCORING = "scoring", "Beoordeling loopt"
    LOCKED = "locked", "Punten vergrendeld"
    ADVISED = "advised", "Advies gegeven"


class Jury(models.Model):
    """The jury of one call, appointed by the minister. Scores are open until the jury locks them for the deliberation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=JuryState, default=JuryState.COMPOSED)
    appointed_on = models.DateField()
    appointment = models.CharField(max_length=200, help_text="number and date of the ministerial order")
    locked_at = models.DateTimeField(null=True)
    minutes = models.TextField(blank=True)
    deliberated_on = models.DateField(null=True, blank=True)
    advised_at = models.DateTimeField(null=True)


class Juror(models.Model):
    """A member of a jury: external experts vote, members of Flemish bodies do not, an observer watches."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="jurors")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=JurorKind)
    is_chair = models.BooleanField(default=False)

    class Meta:
        ordering = ("kind", "person__name")
        constraints = (models.UniqueConstraint(fields=["jury", "person"], name="jury_one_seat_per_person"),)


class ConflictDeclaration(models.Model):
    """A juror declares, per proposal, whether there is a conflict of interest. The newest declaration counts; none is removed."""

    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="declarations")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    has_conflict = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)


class Position(models.Model):
    """The position of a Flemish body on a proposal, or on one pledge asked of it: feasibility and engagement (R12, R17)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    feasibility = models.CharField(max_length=20)
    engagement = models.CharField(max_length=20)
    motivation = models.TextField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ("given_at",)


class Score(models.Model):
    """The points of one juror for one criterion of one proposal. Append-only: the newest row counts (threats.md row 6)."""

    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="scores")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    motivation = models.TextField(blank=True)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)


class Advice(models.Model):
    """The jury's advice on one proposal: its rank, the exact weighted total as a fraction, and why. Append-only."""

    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="advices")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField()
    total_numerator = models.BigIntegerField()
    total_denominator = models.BigIntegerField()
    is_favourable = models.BooleanField()
    motivation = models.TextField()

    class Meta:
        ordering = ("rank",)
