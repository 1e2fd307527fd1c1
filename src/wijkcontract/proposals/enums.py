"""The choices of a proposal that belong to the note itself; what belongs to a programme comes from the call's terms."""

from django.db import models


class ProposalState(models.TextChoices):
    """The states of `rules.lifecycle`, for the database."""

    DRAFT = "draft", "Ontwerp"
    SUBMITTED = "submitted", "Ingediend"
    ADMISSIBLE = "admissible", "Ontvankelijk"
    INADMISSIBLE = "inadmissible", "Onontvankelijk"
    IN_JURY = "in_jury", "Bij de jury"
    ADVISED = "advised", "Advies gegeven"
    DECIDED = "decided", "Beslist"


class Nature(models.TextChoices):
    HARD = "hard", "Hard"
    SOFT = "soft", "Zacht"


class Direction(models.TextChoices):
    UP = "up", "moet stijgen"
    DOWN = "down", "moet dalen"


class PledgeForm(models.TextChoices):
    MONEY = "money", "Geld"
    STAFF = "staff", "Personeel"
    EXPERTISE = "expertise", "Expertise"
    OTHER = "other", "Andere"


class PledgeStatus(models.TextChoices):
    ASKED = "asked", "Gevraagd"
    PROMISED = "promised", "Beloofd"
    SIGNED = "signed", "Ondertekend"


class FundingSource(models.TextChoices):
    SUBSIDY = "subsidy", "Projectsubsidie"
    OWN_MONEY = "own_money", "Eigen inbreng, geld"
    OWN_STAFF = "own_staff", "Eigen inbreng, personeel"
    PARTNER = "partner", "Partner"
    OTHER_SUBSIDY = "other_subsidy", "Andere subsidie"


class DecisionBody(models.TextChoices):
    EXECUTIVE = "executive", "College van burgemeester en schepenen"
    COUNCIL = "council", "Gemeenteraad"
