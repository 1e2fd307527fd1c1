"""State money of a contract (R21, R22, money.md): credits, commitment, charges, payments. Integer cents."""

from __future__ import annotations

import uuid

from django.db import models

from wijkcontract.contracts.models.contract import Contract


class FundingKind(models.TextChoices):
    ORDINARY = "ordinary", "Gewone middelen"
    RECOVERY = "recovery", "Relancemiddelen"


class Convention(models.TextChoices):
    ACTUAL_DAYS = "actual_days", "Werkelijke dagen"
    MONTHS = "months", "Maanden (30/360)"


class BudgetArticle(models.Model):
    """A budget article, its code kept as given and never parsed. Recovery funds stand on an article of their own (R22)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40, unique=True)
    description = models.CharField(max_length=200)
    described_on = models.DateField(help_text="the day on which this description was set")
    entity = models.CharField(max_length=60, blank=True)
    basic_allocation = models.CharField(max_length=60, blank=True)
    esr_code = models.CharField(max_length=20, blank=True)
    funding = models.CharField(max_length=10, choices=FundingKind)

    class Meta:
        ordering = ("code",)


class Appropriation(models.Model):
    """The credits of an article in one budget year: VAK to commit, VEK to charge. Two credits, never one."""

    article = models.ForeignKey(BudgetArticle, on_delete=models.CASCADE, related_name="appropriations")
    year = models.PositiveIntegerField()
    commitment_cents = models.PositiveBigIntegerField(help_text="VAK")
    payment_cents = models.PositiveBigIntegerField(help_text="VEK")

    class Meta:
        ordering = ("year",)
        constraints = (models.UniqueConstraint(fields=["article", "year"], name="contracts_one_credit_a_year"),)


class Commitment(models.Model):
    """The subsidy is committed once on an article: it takes VAK of the year of commitment. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, related_name="commitment")
    article = models.ForeignKey(BudgetArticle, on_delete=models.PROTECT, related_name="commitments")
    year = models.PositiveIntegerField()
    committed_on = models.DateField()
    amount_cents = models.PositiveBigIntegerField()
    convention = models.CharField(max_length=12, choices=Convention, default=Convention.ACTUAL_DAYS)
    document = models.CharField(max_length=200, help_text="the grant order that it follows from")
    recorded_at = models.DateTimeField()


class ScheduledCharge(models.Model):
    """The charge that the rule gives for one budget year: replaceable until it is posted."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="schedule")
    year = models.PositiveIntegerField()
    amount_cents = models.PositiveBigIntegerField()

    class Meta:
        ordering = ("year",)
        constraints = (models.UniqueConstraint(fields=["commitment", "year"], name="contracts_one_charge_a_year"),)


class PostedCharge(models.Model):
    """A charge in the ledger of one budget year: it takes VEK of that year. Append-only; a year is posted once."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="posted")
    year = models.PositiveIntegerField()
    amount_cents = models.PositiveBigIntegerField()
    document = models.CharField(max_length=200)
    posted_on = models.DateField()
    posted_by_id = models.CharField(max_length=36)
    posted_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("year",)
        constraints = (models.UniqueConstraint(fields=["commitment", "year"], name="contracts_posted_once"),)


class Instalment(models.Model):
    """A part of the payment plan: the payment rhythm is apart from the charges (remark 8)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="instalments")
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=100)
    percent = models.DecimalField(
        max_digits=5, decimal_places=2, help_text="share of the subsidy, shown; the cents count"
    )
    amount_cents = models.PositiveBigIntegerField()
    condition = models.CharField(max_length=200)
    due_on = models.DateField()

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["contract", "position"], name="contracts_one_instalment"),)


class PaymentRequest(models.Model):
    """The first of two persons asks to pay an instalment; returned by the second, it may be asked again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instalment = models.ForeignKey(Instalment, on_delete=models.PROTECT, related_name="requests")
    asked_by_id = models.CharField(max_length=36)
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    document = models.CharField(max_length=200, help_text="the payment order")
    returned_at = models.DateTimeField(null=True)
    returned_by_name = models.CharField(max_length=200, blank=True)
    return_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["instalment"], condition=models.Q(returned_at=None), name="contracts_one_open_request"
            ),
        )


class Payment(models.Model):
    """An instalment paid, confirmed by a second person. Append-only; an instalment is paid once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instalment = models.OneToOneField(Instalment, on_delete=models.PROTECT, related_name="payment")
    request = models.OneToOneField(PaymentRequest, on_delete=models.PROTECT, related_name="payment")
    amount_cents = models.PositiveBigIntegerField()
    paid_on = models.DateField()
    confirmed_by_id = models.CharField(max_length=36)
    confirmed_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("paid_on",)
