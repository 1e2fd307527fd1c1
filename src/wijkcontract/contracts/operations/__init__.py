"""Every write of this room: the decision, the contract, the credits, and the State money of a contract."""

from wijkcontract.contracts.operations.commitment import commit_subsidy, post_charge
from wijkcontract.contracts.operations.contract import make_contract, record_signature
from wijkcontract.contracts.operations.credits import save_article, set_appropriation
from wijkcontract.contracts.operations.decision import record_decision
from wijkcontract.contracts.operations.payment import (
    ask_payment,
    confirm_payment,
    make_payment_plan,
    return_payment,
)

__all__ = [
    "ask_payment",
    "commit_subsidy",
    "confirm_payment",
    "make_contract",
    "make_payment_plan",
    "post_charge",
    "record_decision",
    "record_signature",
    "return_payment",
    "save_article",
    "set_appropriation",
]
