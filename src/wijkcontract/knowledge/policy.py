"""Who may write, share and publish lessons (access.md, row lesson)."""

from __future__ import annotations

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.knowledge.models import Lesson, Visibility
from wijkcontract.rules.verdicts import ALLOWED, Verdict, refuse

LOCAL_ROLES = (Role.EDITOR, Role.SUBMITTER, Role.CERTIFIER)
READERS_OF_ALL = (
    Role.AGENCY_MANAGER, Role.AGENCY_FINANCE, Role.JUROR, Role.BODY_MEMBER, Role.OBSERVER, Role.CABINET, Role.INSPECTORATE,
    Role.AUDITOR,
)  # fmt: skip


def may_write_lessons(actor: Actor) -> Verdict:
    """Begin a lesson for the own organisation."""
    if actor.has(*LOCAL_ROLES, Role.AGENCY_MANAGER) and actor.organisation_id:
        return ALLOWED
    return refuse("Alleen lokale besturen en het agentschap schrijven lessen.")


def may_change(actor: Actor, lesson: Lesson) -> Verdict:
    """Change or share a draft of the own organisation; what is shared stays as others read it."""
    verdict = may_write_lessons(actor)
    if not verdict:
        return verdict
    if not actor.acts_for(lesson.organisation_id):
        return refuse("Deze les is van een ander bestuur.")
    if lesson.visibility != Visibility.DRAFT:
        return refuse("Deze les is al gedeeld en verandert niet meer. Schrijf een nieuwe les als u meer weet.")
    return ALLOWED


def may_publish(actor: Actor) -> Verdict:
    """Make a shared lesson public for everyone."""
    if actor.has(Role.AGENCY_MANAGER):
        return ALLOWED
    return refuse("Alleen de programmabeheerder van het agentschap maakt een les openbaar.")
