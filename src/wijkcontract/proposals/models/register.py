"""The register of subsidies that local authorities already receive: nothing is paid twice (R14)."""

from __future__ import annotations

import uuid

from django.db import models

from wijkcontract.accounts.models import Organisation


class Registrar(models.TextChoices):
    """Who put a subsidy in the register."""

    AGENCY = "agency", "Agentschap"
    AUTHORITY = "authority", "Lokaal bestuur"


class RegisteredSubsidy(models.Model):
    """A subsidy of any provider to a local authority. Its provider and reference name it; the registrar says who wrote it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    beneficiary = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    provider = models.CharField(max_length=200)
    reference = models.CharField(max_length=100)
    covers = models.CharField(max_length=300, help_text="what it pays, in words")
    amount_cents = models.PositiveBigIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    registrar = models.CharField(max_length=10, choices=Registrar)
    registered_at = models.DateTimeField()
    registered_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ("beneficiary__name", "-ends_on", "provider", "reference", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["beneficiary", "provider", "reference", "registrar"], name="proposals_one_registered_subsidy"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="proposals_registered_period"
            ),
        )

    def __str__(self) -> str:
        return self.name
