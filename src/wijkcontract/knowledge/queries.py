"""Reading lessons: own drafts, what local authorities share, and what is public (R26)."""

from __future__ import annotations

import uuid

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from wijkcontract.accounts.actors import Actor
from wijkcontract.knowledge.models import Lesson, Visibility
from wijkcontract.knowledge.policy import LOCAL_ROLES, READERS_OF_ALL
from wijkcontract.rules import programme
from wijkcontract.rules.verdicts import NotVisible


def visible_lessons(actor: Actor) -> QuerySet[Lesson]:
    """Public ones for anyone, shared ones for local authorities, drafts for who wrote them; newest first."""
    lessons = Lesson.objects.select_related("organisation", "contract")
    if actor.has(*READERS_OF_ALL):
        return lessons
    allowed = Q(visibility=Visibility.PUBLIC)
    if actor.has(*LOCAL_ROLES):
        allowed |= Q(visibility=Visibility.SHARED) | Q(organisation_id=actor.organisation_id or None)
    return lessons.filter(allowed)


def find_lessons(actor: Actor, *, text: str = "", theme: str = "", instrument: str = "") -> QuerySet[Lesson]:
    """Visible lessons with every word of `text` somewhere in title, text or name of the authority; by theme, by instrument."""
    found = visible_lessons(actor)
    for word in text.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(organisation__name__icontains=word))
    if theme:
        found = found.filter(theme=theme)
    if instrument:
        found = found.filter(instrument=instrument)
    return found


def get_lesson(actor: Actor, lesson_id: uuid.UUID | str) -> Lesson:
    """The lesson, or NotVisible."""
    try:
        found = visible_lessons(actor).filter(pk=lesson_id).first()
    except (ValidationError, ValueError):
        found = None
    if found is None:
        raise NotVisible
    return found


def public_lessons(limit: int = 20) -> QuerySet[Lesson]:
    """The newest public lessons, for anyone."""
    return Lesson.objects.filter(visibility=Visibility.PUBLIC).select_related("organisation")[:limit]


def themes() -> dict[str, str]:
    """Themes of a lesson: the policy domains of every shipped programme, code to label."""
    return {one.code: one.label for name in programme.names() for one in programme.load(name).policy_domains}


def instruments() -> dict[str, str]:
    """Instruments of a lesson: the instrument kinds of every shipped programme (R6), code to label."""
    return {one.code: one.label for name in programme.names() for one in programme.load(name).instruments}
