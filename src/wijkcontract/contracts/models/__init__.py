"""The contract and its money."""

from wijkcontract.contracts.models.contract import (
    Contract,
    ContractMeasure,
    ContractMilestone,
    ContractPledge,
    ContractRecord,
    ContractState,
    ContractTarget,
    Decision,
    Outcome,
    Signature,
)
from wijkcontract.contracts.models.money import (
    Appropriation,
    BudgetArticle,
    Commitment,
    Convention,
    FundingKind,
    Instalment,
    Payment,
    PaymentRequest,
    PostedCharge,
    ScheduledCharge,
)

__all__ = [
    "Appropriation",
    "BudgetArticle",
    "Commitment",
    "Contract",
    "ContractMeasure",
    "ContractMilestone",
    "ContractPledge",
    "ContractRecord",
    "ContractState",
    "ContractTarget",
    "Convention",
    "Decision",
    "FundingKind",
    "Instalment",
    "Outcome",
    "Payment",
    "PaymentRequest",
    "PostedCharge",
    "ScheduledCharge",
    "Signature",
]
