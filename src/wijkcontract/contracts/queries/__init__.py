"""Reading contracts and their money. The first argument is the actor, or something that was fetched with one."""

from wijkcontract.contracts.queries.contracts import (
    decision_of,
    decisions_to_contract,
    get_contract,
    get_instalment,
    get_payment_request,
    get_signing_organisation,
    signing_agency,
    visible_contracts,
    waiting_payments,
)
from wijkcontract.contracts.queries.credits import (
    ArticlePosition,
    YearPosition,
    article_description_faults,
    article_position,
    article_positions,
    articles,
    conditions_of,
    get_article,
)
from wijkcontract.contracts.queries.limits import Limit
from wijkcontract.contracts.queries.money import (
    ContractMoney,
    InstalmentRow,
    LedgerRow,
    YearRow,
    money,
    money_of,
)
from wijkcontract.contracts.queries.preview import (
    CommitmentPreview,
    PlannedInstalment,
    commitment_preview,
    default_payment_plan,
)
from wijkcontract.contracts.queries.public import PublicContract, public_contracts

__all__ = [
    "ArticlePosition",
    "CommitmentPreview",
    "ContractMoney",
    "InstalmentRow",
    "LedgerRow",
    "Limit",
    "PlannedInstalment",
    "PublicContract",
    "YearPosition",
    "YearRow",
    "article_description_faults",
    "article_position",
    "article_positions",
    "articles",
    "commitment_preview",
    "conditions_of",
    "decision_of",
    "decisions_to_contract",
    "default_payment_plan",
    "get_article",
    "get_contract",
    "get_instalment",
    "get_payment_request",
    "get_signing_organisation",
    "money",
    "money_of",
    "public_contracts",
    "signing_agency",
    "visible_contracts",
    "waiting_payments",
]
