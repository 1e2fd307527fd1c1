"""People, the organisations they act for, and the mandates that say as what."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from wijkcontract.accounts.roles import Role


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", "Gemeente"
    SOCIAL_WELFARE = "ocmw", "OCMW"
    AGENCY = "agency", "Agentschap"
    FLEMISH_BODY = "flemish_body", "Vlaamse instantie"
    CABINET = "cabinet", "Kabinet"
    INSPECTORATE = "inspectorate", "Inspectie van Financiën"
    AUDIT = "audit", "Audit"
    EXPERT = "expert", "Externe deskundige"
    PARTNER = "partner", "Partner"


class Organisation(models.Model):
    """A body that acts: identified by NIS (municipalities), KBO and OVO. A merged municipality points to its successor."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    name = models.CharField(max_length=200)
    nis = models.CharField(max_length=5, blank=True)
    kbo = models.CharField(max_length=10, blank=True)
    ovo = models.CharField(max_length=9, blank=True)
    uri = models.CharField(max_length=200, blank=True)
    policy_domain = models.CharField(max_length=40, blank=True)
    agency_form = models.CharField(max_length=10, blank=True)
    mail = models.EmailField(blank=True)
    active_from = models.DateField(null=True)
    active_until = models.DateField(null=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="predecessors")

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["kind", "nis"], condition=~models.Q(nis=""), name="accounts_one_per_nis"),
            models.UniqueConstraint(fields=["ovo"], condition=~models.Q(ovo=""), name="accounts_one_per_ovo"),
        )

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Django's login looks a person up by mail address."""


class Person(AbstractBaseUser):
    """Someone who can log in. Names of demonstration people are functions, never persons."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """A person has a role for an organisation, from a day until a day (both included; no end means until further notice)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mandates")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=20, choices=Role)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("organisation__name", "person__name", "role")
        constraints = (
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=models.Q(ends_on=None),
                name="accounts_one_open_mandate",
            ),
        )


class Invitation(models.Model):
    """An invitation by mail to act for an organisation, or, for the role of partner, to read along with it (decision 0025).

    Only the hash of the link is kept. It is open until it is accepted, taken back, or too old.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=Role)
    partner_name = models.CharField(max_length=200, blank=True, help_text="the organisation of a partner, as typed")
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    invited_by_id = models.CharField(max_length=36)
    invited_by_name = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations", null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-sent_at", "id")
