"""Who reads figures, who imports them, and who works on a neighbourhood analysis (access.md, rows "neighbourhood ...")."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db.models import Q

from wijkcontract.accounts.actors import SYSTEM, Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.places.enums import AnalysisState
from wijkcontract.places.models import NeighbourhoodAnalysis
from wijkcontract.rules.verdicts import ALLOWED, Verdict, refuse

LOCAL_ROLES: Final = (Role.EDITOR, Role.SUBMITTER, Role.CERTIFIER)

Door = Callable[[Actor], Q]
_doors: list[Door] = []


def register_door(opened_to: Door) -> None:
    """A room above tells, at start, which frozen analyses it opens to an actor: those of the proposals that he may read.

    `opened_to` gives a condition on `NeighbourhoodAnalysis`. Drafts stay closed whatever it says.
    """
    if opened_to not in _doors:
        _doors.append(opened_to)


def may_read_figures(actor: Actor) -> Verdict:
    """Published figures are for everyone but the system operator, who sees no content."""
    if actor.roles == {Role.OPERATOR}:
        return refuse("De systeembeheerder ziet geen inhoud.")
    return ALLOWED


def readable_indicators(actor: Actor) -> Q:
    """Visitors and residents see the indicators whose licence lets everyone see them; who works here sees all."""
    if not may_read_figures(actor):
        return Q(pk__in=())
    if actor.roles - {Role.RESIDENT, Role.OPERATOR} or actor == SYSTEM:
        return Q()
    return Q(is_public=True)


def may_import(actor: Actor) -> Verdict:
    """Figures and borders come in through the agency, or through the operator's command."""
    if actor.has(Role.AGENCY_MANAGER) or actor == SYSTEM:
        return ALLOWED
    return refuse("Alleen de programmabeheerder van het agentschap laadt cijfers en grenzen in.")


def visible_analyses(actor: Actor) -> Q:
    """The own analyses in every state, and the frozen ones that another room opens to this actor."""
    own, opened = Q(pk__in=()), Q(pk__in=())
    if actor.has(*LOCAL_ROLES) and actor.organisation_id:
        own = Q(organisation_id=actor.organisation_id)
    for opened_to in _doors:
        opened |= opened_to(actor)
    return own | (opened & Q(state=AnalysisState.FROZEN))


def may_start_analysis(actor: Actor) -> Verdict:
    """An analysis is made by an editor of a local authority."""
    if actor.has(Role.EDITOR) and actor.organisation_id:
        return ALLOWED
    return refuse("Alleen een bewerker van een lokaal bestuur maakt een wijkanalyse.")


def may_edit_analysis(actor: Actor, analysis: NeighbourhoodAnalysis) -> Verdict:
    """Draw, freeze or delete a draft of the own authority."""
    if not actor.acts_for(analysis.organisation_id) or not actor.has(Role.EDITOR):
        return refuse("U leest deze wijkanalyse mee. Tekenen doen de bewerkers van het bestuur.")
    if analysis.state != AnalysisState.DRAFT:
        return refuse("Deze wijkanalyse ligt vast en verandert niet meer. Begin een kopie als u verder wilt tekenen.")
    return ALLOWED
