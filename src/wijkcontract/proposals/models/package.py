"""The package of a proposal: problem, objective, measure, cost, risk and milestone, linked to each other (R1-R7, R9, R11, R13)."""

from __future__ import annotations

import uuid

from django.db import models

from wijkcontract.proposals.enums import Direction, FundingSource, Nature
from wijkcontract.proposals.models.proposal import Proposal


class ProposalRecord(models.Model):
    """What every part of a proposal has: an opaque id, its proposal, and a place in its list."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ("position", "id")


class Figure(ProposalRecord):
    """A figure of the neighbourhood with its source and year (R2); typed here until the neighbourhood analysis freezes it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="figures")
    indicator = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=14, decimal_places=4)
    compare_value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    year = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)


class Problem(ProposalRecord):
    """A problem, the groups it hits, and what exceeds the local authority (R1, R3, R10)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="problems")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    groups = models.TextField(blank=True, help_text="groups of residents that it hits, a line each")
    residents = models.PositiveIntegerField(null=True, blank=True)
    beyond_capacity = models.TextField(blank=True)
    blocking_rule = models.CharField(max_length=300, blank=True)
    blocking_body = models.CharField(max_length=200, blank=True)
    experiment_what = models.TextField(blank=True, help_text="the experiment with rules that is asked for (R10)")
    experiment_rule = models.CharField(max_length=300, blank=True)
    experiment_link = models.URLField(blank=True)
    experiment_body = models.CharField(max_length=200, blank=True)
    experiment_area = models.CharField(max_length=200, blank=True)
    experiment_start = models.DateField(null=True, blank=True)
    experiment_end = models.DateField(null=True, blank=True)


class Objective(ProposalRecord):
    """What must have changed at the end (R11)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="objectives")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)


class Target(ProposalRecord):
    """How an objective is measured: from a baseline to a target, each with its day (R11)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="targets")
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="targets")
    indicator = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=4, choices=Direction)
    baseline = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_source = models.CharField(max_length=200, blank=True)
    target = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    aggregation = models.CharField(max_length=40, blank=True)


class Measure(ProposalRecord):
    """A hard or soft measure: which instrument, which problems it answers, which objectives it serves (R5-R7)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="measures")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    nature = models.CharField(max_length=4, choices=Nature)
    instrument = models.CharField(max_length=30)
    is_new = models.BooleanField(default=False)
    policy_domains = models.JSONField(default=list)
    levels = models.JSONField(default=list)
    programme_name = models.CharField(
        max_length=200, blank=True, help_text="the programme that goes faster (instrument d)"
    )
    acceleration = models.CharField(max_length=200, blank=True, help_text="by how long it goes faster")
    lead = models.CharField(max_length=200, blank=True)
    problems = models.ManyToManyField(Problem, related_name="measures", blank=True)
    objectives = models.ManyToManyField(Objective, related_name="measures", blank=True)


class Action(ProposalRecord):
    """A part of a measure that somebody carries out between two days. Cost lines, risks and milestones may hang on it."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="actions")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="actions")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    lead = models.CharField(max_length=200, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)


class CostLine(ProposalRecord):
    """Who pays how much of which cost in which year (R13, R14). Lines of one item and measure form one cost item."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="cost_lines")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="cost_lines", null=True, blank=True)
    action = models.ForeignKey(Action, on_delete=models.SET_NULL, related_name="cost_lines", null=True, blank=True)
    item = models.CharField(max_length=200)
    year = models.PositiveIntegerField()
    category = models.CharField(max_length=30)
    source = models.CharField(max_length=15, choices=FundingSource)
    amount_cents = models.PositiveBigIntegerField()
    item_cost_cents = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="full cost of the item, if stated"
    )


class Risk(ProposalRecord):
    """What may go wrong, how likely and how bad (1 to 5), and what is done about it (R9)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="risks")
    title = models.CharField(max_length=200)
    likelihood = models.PositiveSmallIntegerField(null=True, blank=True)
    impact = models.PositiveSmallIntegerField(null=True, blank=True)
    mitigation = models.TextField(blank=True)
    owner = models.CharField(max_length=200, blank=True)
    measures = models.ManyToManyField(Measure, related_name="risks", blank=True)
    objectives = models.ManyToManyField(Objective, related_name="risks", blank=True)
    actions = models.ManyToManyField(Action, related_name="risks", blank=True)


class Milestone(ProposalRecord):
    """A dated, verifiable sentence of the plan (R11)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="milestones")
    measure = models.ForeignKey(Measure, on_delete=models.SET_NULL, related_name="milestones", null=True, blank=True)
    action = models.ForeignKey(Action, on_delete=models.SET_NULL, related_name="milestones", null=True, blank=True)
    title = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
