"""A proposal and its parts: the package that a neighbourhood gets, and what backs it."""

from wijkcontract.proposals.models.attachment import Attachment
from wijkcontract.proposals.models.backing import (
    AdditionalSupport,
    Continuation,
    DisseminationMoment,
    LocalDecision,
    OtherSubsidy,
    ParticipationMoment,
    Partner,
    Pledge,
    SupportLogEntry,
)
from wijkcontract.proposals.models.clarification import (
    Clarification as Clarification,
    ClarificationState as ClarificationState,
)
from wijkcontract.proposals.models.evidence import ProposalEvidence
from wijkcontract.proposals.models.history import Change, Presence, Revision, UnfinishedInput
from wijkcontract.proposals.models.package import (
    Action,
    CostLine,
    Figure,
    Measure,
    Milestone,
    Objective,
    Problem,
    ProposalRecord,
    Risk,
    Target,
)
from wijkcontract.proposals.models.pledging import AnswerKind, PledgeAnswer, PledgeLink
from wijkcontract.proposals.models.proposal import Answer, Proposal, Submission
from wijkcontract.proposals.models.register import RegisteredSubsidy, Registrar
from wijkcontract.proposals.models.reuse import LeftOut, Reuse
from wijkcontract.proposals.models.team import Comment, CommentMention, ReadGrant, SectionWork, WorkState

__all__ = [
    "Action",
    "AdditionalSupport",
    "Answer",
    "AnswerKind",
    "Attachment",
    "Change",
    "Comment",
    "CommentMention",
    "Continuation",
    "CostLine",
    "DisseminationMoment",
    "Figure",
    "LeftOut",
    "LocalDecision",
    "Measure",
    "Milestone",
    "Objective",
    "OtherSubsidy",
    "ParticipationMoment",
    "Partner",
    "Pledge",
    "PledgeAnswer",
    "PledgeLink",
    "Presence",
    "Problem",
    "Proposal",
    "ProposalEvidence",
    "ProposalRecord",
    "ReadGrant",
    "RegisteredSubsidy",
    "Registrar",
    "Reuse",
    "Revision",
    "Risk",
    "SectionWork",
    "Submission",
    "SupportLogEntry",
    "Target",
    "UnfinishedInput",
    "WorkState",
]
