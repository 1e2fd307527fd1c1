"""Asking a partner to confirm its pledges through a link, and what it answered (R8, R16; decision 0026)."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models

from wijkcontract.proposals.models.backing import Partner
from wijkcontract.proposals.models.proposal import Proposal
from wijkcontract.rules import clock


class AnswerKind(models.TextChoices):
    """What a partner says of one pledge."""

    CONFIRMED = "confirmed", "Bevestigd"
    DECLINED = "declined", "Geweigerd"
    CHANGE_ASKED = "change_asked", "Wijziging gevraagd"


class PledgeLink(models.Model):
    """A link that was mailed to a partner. Only the hash of its token is kept; it serves once, until `stops_at`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="pledge_links")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    recipient = models.EmailField()
    sent_at = models.DateTimeField()
    sent_by_id = models.CharField(max_length=36)
    sent_by_name = models.CharField(max_length=200)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-sent_at",)

    @property
    def stops_at(self) -> dt.datetime:
        """When the link stops working: when it expires, never later than the call closes, whatever its last day becomes."""
        closes_at = self.proposal.call.closes_at
        return min(self.expires_at, closes_at) if closes_at else self.expires_at

    @property
    def last_day(self) -> dt.date:
        """The last day on which the link works; one that stops at midnight works the day before."""
        return (self.stops_at.astimezone(clock.BRUSSELS) - dt.timedelta(microseconds=1)).date()


class PledgeAnswer(models.Model):
    """What a partner answered on one pledge, with the words it answered on. The database refuses to change or remove it.

    It names the link, the partner and the pledge by id, because those may be taken out of the draft later.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="pledge_answers")
    link_id = models.UUIDField()
    partner_id = models.UUIDField()
    pledge_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=AnswerKind)
    words = models.JSONField(help_text="what the pledge said: what, form, amount_cents, due_on")
    words_sha256 = models.CharField(max_length=64)
    signed_by = models.CharField(max_length=200)
    function = models.CharField(max_length=200)
    remark = models.TextField(blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["link_id", "pledge_id"], name="proposals_one_pledge_answer"),)
