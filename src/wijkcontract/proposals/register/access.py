"""Who reads and changes the register of subsidies: the agency all of it, a local authority its own part."""

from __future__ import annotations

import uuid
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from wijkcontract.accounts.actors import SYSTEM, Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.proposals.models import RegisteredSubsidy, Registrar
from wijkcontract.proposals.policy import LOCAL_ROLES, WRITERS
from wijkcontract.rules.verdicts import ALLOWED, NotVisible, Verdict, refuse

READERS: Final = (Role.AGENCY_MANAGER, Role.AGENCY_FINANCE, Role.INSPECTORATE, Role.AUDITOR)


def visible(actor: Actor) -> Q:
    """Which registered subsidies exist for this actor; a merged municipality's belong to its successor too."""
    if actor.has(*READERS):
        return Q()
    if actor.has(*LOCAL_ROLES) and actor.organisation_id:
        return Q(beneficiary=actor.organisation_id) | Q(beneficiary__successor=actor.organisation_id)
    return Q(pk__in=())


def may_read(actor: Actor) -> Verdict:
    """The pages of the whole register are for the agency and who controls it."""
    return (
        ALLOWED
        if actor.has(*READERS)
        else refuse("Het register van subsidies is voor het agentschap en wie het nakijkt.")
    )


def may_import(actor: Actor) -> Verdict:
    """A file comes in through the agency manager, or through the operator's command."""
    if actor.has(Role.AGENCY_MANAGER) or actor == SYSTEM:
        return ALLOWED
    return refuse("Alleen de programmabeheerder van het agentschap laadt een register van subsidies in.")


def may_register(actor: Actor) -> Verdict:
    """Who writes for a local authority adds the subsidies that it receives."""
    if actor.has(*WRITERS) and actor.organisation_id:
        return ALLOWED
    return refuse("Alleen een bewerker of indiener van een lokaal bestuur voegt subsidies van dat bestuur toe.")


def may_change(actor: Actor, one: RegisteredSubsidy) -> Verdict:
    """The agency changes what it registered itself, an authority what it registered itself."""
    if one.registrar == Registrar.AGENCY:
        if actor.has(Role.AGENCY_MANAGER):
            return ALLOWED
        return refuse(
            "Het agentschap registreerde deze subsidie. Klopt ze niet? Vraag het agentschap om ze te verbeteren."
        )
    if actor.has(*WRITERS) and actor.acts_for(one.beneficiary_id):
        return ALLOWED
    return refuse(
        "Het lokaal bestuur registreerde deze subsidie zelf. Alleen een bewerker of indiener ervan wijzigt ze."
    )


def registered_subsidies(actor: Actor) -> QuerySet[RegisteredSubsidy]:
    """The registered subsidies that exist for this actor, by authority."""
    return RegisteredSubsidy.objects.filter(visible(actor)).select_related("beneficiary")


def get_registered(actor: Actor, subsidy_id: uuid.UUID | str) -> RegisteredSubsidy:
    """One registered subsidy. Raises NotVisible when it does not exist for this actor."""
    try:
        found = registered_subsidies(actor).filter(pk=subsidy_id).first()
    except ValidationError:
        found = None
    if found is None:
        raise NotVisible
    return found
