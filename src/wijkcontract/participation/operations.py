"""Record what was done with residents in carrying out a contract (R25)."""

from __future__ import annotations

import datetime as dt
import uuid

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.contracts.models import ContractState
from wijkcontract.contracts.queries import get_contract
from wijkcontract.participation.models import ProcessMoment
from wijkcontract.participation.policy import may_record
from wijkcontract.rules import clock
from wijkcontract.rules.periods import day_nl
from wijkcontract.rules.verdicts import Fault, Invalid, require


@operation
def record_moment(
    *,
    actor: Actor,
    contract_id: uuid.UUID | str,
    title: str,
    held_on: dt.date,
    form: str,
    groups: str = "",
    residents: int | None = None,
    decided: str = "",
) -> ProcessMoment:
    """Record one moment: what, when, in which form, which groups were reached (a line each), what was decided with them."""
    contract = get_contract(actor, contract_id)
    require(may_record(actor, contract))
    faults = []
    if contract.state != ContractState.SIGNED:
        faults.append(Fault("contract", "Dit contract is niet in uitvoering."))
    if not title.strip():
        faults.append(Fault("title", "Geef het moment een naam."))
    if not form.strip():
        faults.append(Fault("form", "Zeg hoe bewoners meededen, zoals een wijktafel of een bevraging."))
    if held_on > clock.today():
        faults.append(Fault("held_on", f"{day_nl(held_on)} moet nog komen. Noteer een moment nadat het er was."))
    if residents is not None and residents < 0:
        faults.append(Fault("residents", "Het aantal bewoners is niet negatief."))
    if ProcessMoment.objects.filter(contract=contract, title=title.strip(), held_on=held_on).exists():
        faults.append(Fault("title", "Dit moment staat al in de lijst."))
    if faults:
        raise Invalid(faults)
    moment = ProcessMoment.objects.create(
        contract=contract,
        title=title.strip(),
        held_on=held_on,
        form=form.strip(),
        groups=groups.strip(),
        residents=residents,
        decided=decided.strip(),
        created_at=clock.now(),
    )
    record(actor, "participation.moment_recorded", moment, contract=contract.number, held_on=held_on.isoformat())
    return moment
