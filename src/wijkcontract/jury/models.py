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


class Feasibility(models.TextChoices):
    FEASIBLE = "feasible", "Haalbaar"
    CONDITIONAL = "conditional", "Mits voorwaarde"
    NOT_FEASIBLE = "not_feasible", "Niet haalbaar"


class BodyEngagement(models.TextChoices):
    YES = "yes", "Zegt toe"
    PARTLY = "partly", "Zegt deels toe"
    NO = "no", "Zegt niet toe"
    NONE = "none", "Niets gevraagd"


class Reply(models.TextChoices):
    WAITING = "waiting", "Nog geen antwoord"
    DESIGNATED = "designated", "Afgevaardigde aangeduid"
    DECLINED = "declined", "Geen afgevaardigde"


class Jury(models.Model):
    """The jury of one call, appointed by the minister. Scores are open until two persons locked them for the deliberation.

    Locking: the chair asks (`lock_asked_*`), the agency confirms (`locked_*`); in between nobody gives points.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=JuryState, default=JuryState.COMPOSED)
    appointed_on = models.DateField()
    appointment = models.CharField(max_length=200, help_text="number and date of the ministerial order")
    score_until = models.DateField(null=True, blank=True, help_text="last day that jurors are asked to give points")
    lock_asked_at = models.DateTimeField(null=True)
    lock_asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    locked_at = models.DateTimeField(null=True)
    locked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    minutes = models.TextField(blank=True, help_text="what concerns the whole meeting and no proposal")
    deliberated_on = models.DateField(null=True, blank=True)
    advised_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-appointed_on", "id")


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
        constraints = (
            models.UniqueConstraint(fields=["jury", "person"], name="jury_one_seat_per_person"),
            models.UniqueConstraint(fields=["jury"], condition=models.Q(is_chair=True), name="jury_one_chair"),
            models.CheckConstraint(
                condition=models.Q(is_chair=False) | models.Q(kind="voting"), name="jury_chair_is_voting"
            ),
        )


class Invitation(models.Model):
    """The minister invites another member of the Government to designate a delegate; the reply is kept (R17)."""

    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="invitations")
    minister = models.CharField(max_length=200)
    invited_on = models.DateField()
    reply = models.CharField(max_length=10, choices=Reply, default=Reply.WAITING)
    delegate = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("invited_on", "minister")
        constraints = (models.UniqueConstraint(fields=["jury", "minister"], name="jury_one_invitation"),)


class CallUp(models.Model):
    """A member of a Flemish body is called to a proposal in which its body was asked no pledge (R17: on call)."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="call_ups")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["juror", "proposal"], name="jury_called_once"),)


class ConflictDeclaration(models.Model):
    """A juror declares, per proposal, whether there is a conflict of interest. The newest declaration counts; none is removed.

    The chair or the agency may record one for a juror; `declared_by` says who did.
    """

    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="declarations")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    has_conflict = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    declared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)


class Position(models.Model):
    """The position of a Flemish body on a proposal, or on one pledge asked of it: feasibility and engagement (R12, R17).

    Append-only: the newest of a body on the same pledge counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    feasibility = models.CharField(max_length=20, choices=Feasibility)
    engagement = models.CharField(max_length=20, choices=BodyEngagement)
    motivation = models.TextField()
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    number = models.PositiveIntegerField(
        help_text="1 for the first position on a proposal; the order does not hang on the clock"
    )

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["proposal", "number"], name="jury_one_position_number"),)


class Assessment(models.Model):
    """One time that a juror saved the points of a proposal, complete or not, with the motivation. Append-only.

    The newest counts as a whole, so that a point which is taken back is gone (threats.md row 6).
    """

    juror = models.ForeignKey(Juror, on_delete=models.PROTECT, related_name="assessments")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    motivation = models.TextField(blank=True)
    given_at = models.DateTimeField()
    nonce = models.CharField(
        max_length=32, help_text="secret part of the digest in the log, so that nobody guesses points"
    )

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["juror", "proposal"], name="jury_assessment_pair"),)


class Score(models.Model):
    """The points for one criterion in one assessment. Append-only."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["assessment", "criterion"], name="jury_one_score"),)


class Note(models.Model):
    """What a juror writes down on a proposal for own use. Nobody else reads it."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="notes")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["juror", "proposal"], name="jury_one_note"),)


class Deliberation(models.Model):
    """What the jury said of one proposal: minutes, and the advice as it is being prepared. Kept apart per proposal, so that
    a juror with a conflict reads the minutes of the others only."""

    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="deliberations")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="+")
    minutes = models.TextField(blank=True)
    is_favourable = models.BooleanField(null=True)
    motivation = models.TextField(blank=True)
    changed_at = models.DateTimeField()


class Advice(models.Model):
    """The jury's advice on one proposal: its rank, the exact weighted total as a fraction, and why. Append-only.

    Without rank: no voting juror could give points on every criterion.
    """

    jury = models.ForeignKey(Jury, on_delete=models.PROTECT, related_name="advices")
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField(null=True)
    total_numerator = models.BigIntegerField(null=True)
    total_denominator = models.BigIntegerField(null=True)
    is_favourable = models.BooleanField()
    motivation = models.TextField()

    class Meta:
        ordering = (models.F("rank").asc(nulls_last=True), "id")
