"""The decision of the Government and the contract that follows it: a new whole that points back and copies what it must follow."""

from __future__ import annotations

import uuid

from django.db import models

from wijkcontract.accounts.models import Organisation
from wijkcontract.calls.models import Call
from wijkcontract.proposals.models import Proposal, Submission


class Outcome(models.TextChoices):
    GRANTED = "granted", "Goedgekeurd"
    REFUSED = "refused", "Geweigerd"


class ContractState(models.TextChoices):
    DRAFT = "draft", "In opmaak"
    SIGNED = "signed", "Ondertekend"
    ENDED = "ended", "Beëindigd"


class Decision(models.Model):
    """The decision on one proposal, by the body that the programme names (R18). Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    deciding_body = models.CharField(max_length=60)
    proposed_by = models.CharField(max_length=200, help_text="the minister on whose proposal was decided")
    decided_on = models.DateField()
    document = models.CharField(max_length=200, help_text="number of the decision")
    amount_cents = models.PositiveBigIntegerField(default=0)
    term_start = models.DateField(null=True)
    term_end = models.DateField(null=True)
    motivation = models.TextField()
    recorded_at = models.DateTimeField()


class Contract(models.Model):
    """A neighbourhood improvement contract (R20): parties, term, subsidy, and what of the proposal it must follow."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="contract")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    local_authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=30, unique=True)
    title = models.CharField(max_length=200)
    neighbourhood = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=ContractState, default=ContractState.DRAFT)
    term_start = models.DateField()
    term_end = models.DateField()
    subsidy_cents = models.PositiveBigIntegerField()
    cost_cents = models.PositiveBigIntegerField(help_text="budgeted cost of the proposal")
    own_cents = models.PositiveBigIntegerField(help_text="own contribution of the proposal")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return self.title


class ContractRecord(models.Model):
    """What every copied part of a contract has; `source_id` is the id of the part of the proposal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField(default=0)
    source_id = models.CharField(max_length=36, blank=True)

    class Meta:
        abstract = True
        ordering = ("position", "id")


class ContractMeasure(ContractRecord):
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="measures")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    nature = models.CharField(max_length=4)
    instrument = models.CharField(max_length=30)


class ContractTarget(ContractRecord):
    """An objective's target as agreed: measured in every round against its baseline."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="targets")
    objective = models.CharField(max_length=200)
    indicator = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=4)
    baseline = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    baseline_on = models.DateField(null=True)
    target = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    target_on = models.DateField(null=True)


class ContractPledge(ContractRecord):
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="pledges")
    partner = models.CharField(max_length=200)
    partner_kind = models.CharField(max_length=20)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True)
    what = models.CharField(max_length=300)
    form = models.CharField(max_length=10)
    amount_cents = models.PositiveBigIntegerField(null=True)
    due_on = models.DateField(null=True)


class ContractMilestone(ContractRecord):
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=200)
    due_on = models.DateField(null=True)


class Signature(models.Model):
    """A party signed. The contract is signed when the local authority and the Flemish side both did. Append-only."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    function = models.CharField(max_length=200, help_text="function of who signed, never a name")
    signed_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("signed_on", "id")
        constraints = (models.UniqueConstraint(fields=["contract", "organisation"], name="contracts_signs_once"),)
