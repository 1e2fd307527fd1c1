"""The public part of signed contracts (R27): what anybody may read, and nothing else."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch

from wijkcontract.accounts.actors import Actor
from wijkcontract.contracts.models import Contract, ContractState, Instalment


@dataclass(frozen=True)
class PublicMeasure:
    title: str
    nature: str
    instrument: str


@dataclass(frozen=True)
class PublicTarget:
    """An objective's target as agreed; `id` is the ContractTarget that measurements point to."""

    id: uuid.UUID
    objective: str
    indicator: str
    unit: str
    direction: str
    baseline: Decimal | None
    baseline_on: dt.date | None
    target: Decimal | None
    target_on: dt.date | None


@dataclass(frozen=True)
class PublicContract:
    """A signed contract as the public reads it; amounts in cents."""

    id: uuid.UUID
    number: str
    title: str
    neighbourhood: str
    call_id: uuid.UUID
    call_title: str
    local_authority: str
    local_authority_nis: str
    local_authority_kbo: str
    state: str
    state_label: str
    decided_on: dt.date
    term_start: dt.date
    term_end: dt.date
    subsidy_cents: int
    committed_cents: int
    paid_cents: int
    measures: tuple[PublicMeasure, ...]
    targets: tuple[PublicTarget, ...]


def public_contracts(
    actor: Actor, *, call_id: uuid.UUID | None = None, contract_id: uuid.UUID | None = None
) -> list[PublicContract]:
    """Signed and ended contracts, by number; for one call or one contract when asked. A fixed number of queries."""
    contracts = Contract.objects.filter(state__in=(ContractState.SIGNED, ContractState.ENDED))
    if call_id is not None:
        contracts = contracts.filter(call_id=call_id)
    if contract_id is not None:
        contracts = contracts.filter(pk=contract_id)
    paid = Prefetch("instalments", queryset=Instalment.objects.select_related("payment"))
    contracts = contracts.select_related("call", "local_authority", "decision", "commitment")
    return [_public(contract) for contract in contracts.prefetch_related("measures", "targets", paid)]


def _public(contract: Contract) -> PublicContract:
    payments = [getattr(instalment, "payment", None) for instalment in contract.instalments.all()]
    commitment = getattr(contract, "commitment", None)
    return PublicContract(
        id=contract.pk,
        number=contract.number,
        title=contract.title,
        neighbourhood=contract.neighbourhood,
        call_id=contract.call_id,
        call_title=contract.call.title,
        local_authority=contract.local_authority.name,
        local_authority_nis=contract.local_authority.nis,
        local_authority_kbo=contract.local_authority.kbo,
        state=contract.state,
        state_label=str(ContractState(contract.state).label),
        decided_on=contract.decision.decided_on,
        term_start=contract.term_start,
        term_end=contract.term_end,
        subsidy_cents=contract.subsidy_cents,
        committed_cents=commitment.amount_cents if commitment else 0,
        paid_cents=sum(payment.amount_cents for payment in payments if payment),
        measures=tuple(PublicMeasure(m.title, m.nature, m.instrument) for m in contract.measures.all()),
        targets=tuple(
            PublicTarget(
                id=t.pk,
                objective=t.objective,
                indicator=t.indicator,
                unit=t.unit,
                direction=t.direction,
                baseline=t.baseline,
                baseline_on=t.baseline_on,
                target=t.target,
                target_on=t.target_on,
            )
            for t in contract.targets.all()
        ),
    )
