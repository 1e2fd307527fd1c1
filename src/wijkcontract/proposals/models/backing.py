"""What backs a proposal: partners and pledges, participation, knowledge sharing, other money, local decisions.

Requirements R8, R12, R14, R16, R19, R25, R26.
"""

from __future__ import annotations

from django.db import models

from wijkcontract.accounts.models import Organisation
from wijkcontract.proposals.enums import DecisionBody, PledgeForm, PledgeStatus
from wijkcontract.proposals.models.package import Measure, ProposalRecord
from wijkcontract.proposals.models.proposal import Proposal
from wijkcontract.proposals.models.register import RegisteredSubsidy


class Partner(ProposalRecord):
    """Who takes part beside the local authority (R8). A Flemish body is an organisation that the product knows (R12)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, help_text="code of a kind of partner of the programme")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    contact_mail = models.EmailField(blank=True, help_text="where the link to confirm a pledge is sent")


class Pledge(ProposalRecord):
    """What a partner binds itself to: what, how much, by when, how sure (R8). Asked of a Flemish body it gets a position (R17)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="pledges")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="pledges")
    what = models.CharField(max_length=300)
    form = models.CharField(max_length=10, choices=PledgeForm)
    amount_cents = models.PositiveBigIntegerField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=PledgeStatus, default=PledgeStatus.ASKED)
    proof = models.CharField(max_length=200, blank=True, help_text="the letter or decision that proves it")
    measures = models.ManyToManyField(Measure, related_name="pledges", blank=True)


class AdditionalSupport(ProposalRecord):
    """Support asked of another member of the Government, named in the proposal and tied to a pledge (R19)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="additional_support")
    minister = models.CharField(max_length=200)
    what = models.CharField(max_length=300)
    amount_cents = models.PositiveBigIntegerField(null=True, blank=True)
    pledge = models.ForeignKey(
        Pledge, on_delete=models.SET_NULL, related_name="additional_support", null=True, blank=True
    )
    budget_article = models.CharField(max_length=60, blank=True)
    procedure = models.CharField(max_length=200, blank=True)


class ParticipationMoment(ProposalRecord):
    """A moment of the participation process, held or planned (R6e, R25)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="participation_moments")
    title = models.CharField(max_length=200)
    held_on = models.DateField(null=True, blank=True)
    form = models.CharField(max_length=100, blank=True)
    groups = models.CharField(max_length=300, blank=True)


class SupportLogEntry(ProposalRecord):
    """A step of the support process before submission (R16)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="support_log")
    held_on = models.DateField(null=True, blank=True)
    with_whom = models.CharField(max_length=200)
    what = models.TextField(blank=True)


class DisseminationMoment(ProposalRecord):
    """A planned moment of knowledge sharing (R26)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="dissemination")
    planned_on = models.DateField(null=True, blank=True)
    what = models.CharField(max_length=300)
    audience = models.CharField(max_length=200, blank=True)


class OtherSubsidy(ProposalRecord):
    """Money of other channels, asked or received: nothing is paid twice (R14)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="other_subsidies")
    name = models.CharField(max_length=200)
    provider = models.CharField(max_length=200, blank=True)
    amount_cents = models.PositiveBigIntegerField(null=True, blank=True)
    covers = models.CharField(max_length=200, blank=True, help_text="the cost item that it pays")
    status = models.CharField(max_length=40, blank=True)
    registered = models.ForeignKey(
        RegisteredSubsidy, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", null=True, blank=True,
        help_text="the same subsidy in the register; one that left the register is no link any more",
    )  # fmt: skip


class Continuation(ProposalRecord):
    """What goes on after the term, who carries on and who pays (R14)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="continuations")
    measure = models.ForeignKey(Measure, on_delete=models.SET_NULL, related_name="continuations", null=True, blank=True)
    what = models.CharField(max_length=300)
    carried_by = models.CharField(max_length=200, blank=True)
    paid_by = models.CharField(max_length=200, blank=True)
    amount_cents = models.PositiveBigIntegerField(null=True, blank=True, help_text="a year")
    starts_on = models.DateField(null=True, blank=True)
    certain = models.BooleanField(default=False)


class LocalDecision(ProposalRecord):
    """The decision of the executive or the council that carries the proposal (R16); its document is a file of this record."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="local_decisions")
    body = models.CharField(max_length=10, choices=DecisionBody)
    decided_on = models.DateField(null=True, blank=True)
    number = models.CharField(max_length=60, blank=True)
    link = models.URLField(blank=True)
