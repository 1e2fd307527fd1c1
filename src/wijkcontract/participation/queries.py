"""Reading the participation process of contracts. Other rooms and pages get these values, never the models (secrecy)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from wijkcontract.accounts.actors import Actor
from wijkcontract.contracts.models import ContractState
from wijkcontract.participation.models import ProcessMoment
from wijkcontract.participation.policy import LOCAL_ROLES, READERS_OF_ALL

PUBLIC_STATES = (ContractState.SIGNED, ContractState.ENDED)


@dataclass(frozen=True)
class PublicMoment:
    """What everyone may know of a moment: not which groups came, nor how many."""

    title: str
    held_on: dt.date
    form: str
    decided: str


def visible_moments(actor: Actor) -> QuerySet[ProcessMoment]:
    """The moments of the own contracts; of all contracts for the agency and the auditor."""
    moments = ProcessMoment.objects.select_related("contract", "contract__local_authority")
    if actor.has(*READERS_OF_ALL):
        return moments
    if actor.has(*LOCAL_ROLES) and actor.organisation_id:
        return moments.filter(contract__local_authority=uuid.UUID(actor.organisation_id))
    return moments.none()


def public_moments(actor: Actor, contract_id: uuid.UUID) -> list[PublicMoment]:
    """The public part of the moments of a signed contract, newest first (R25, R27). For anyone."""
    moments = ProcessMoment.objects.filter(contract_id=contract_id, contract__state__in=PUBLIC_STATES)
    return [PublicMoment(one.title, one.held_on, one.form, one.decided) for one in moments]
