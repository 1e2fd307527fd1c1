"""The closed lists of a proposal: each value as it stands in the document and in the database."""

from enum import StrEnum


class Format(StrEnum):
    """The version of this shape."""

    ONE = "wijkcontract-proposal/1"


class Nature(StrEnum):
    """Hard measures build or lay out, soft measures guide or organise (R5)."""

    HARD = "hard"
    SOFT = "soft"


class Direction(StrEnum):
    """The way an indicator must go (R11)."""

    UP = "up"
    DOWN = "down"


class PledgeForm(StrEnum):
    """What a partner gives."""

    MONEY = "money"
    STAFF = "staff"
    EXPERTISE = "expertise"
    OTHER = "other"


class PledgeStatus(StrEnum):
    """How firm a pledge is."""

    ASKED = "asked"
    PROMISED = "promised"
    SIGNED = "signed"


class Source(StrEnum):
    """Who pays a cost line; a line has one source (R13)."""

    SUBSIDY = "subsidy"
    OWN_MONEY = "own_money"
    OWN_STAFF = "own_staff"
    PARTNER = "partner"
    OTHER_SUBSIDY = "other_subsidy"


class LocalBody(StrEnum):
    """Who of the local authority decided (R16)."""

    EXECUTIVE = "executive"
    COUNCIL = "council"
