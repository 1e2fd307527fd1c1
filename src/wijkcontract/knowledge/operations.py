"""Write, share and publish lessons (R26)."""

from __future__ import annotations

import uuid

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.knowledge.models import Lesson, Visibility
from wijkcontract.knowledge.policy import may_change, may_publish, may_write_lessons
from wijkcontract.knowledge.queries import get_lesson, instruments, themes
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Fault, Invalid, require


@operation
def create_lesson(
    *, actor: Actor, title: str, theme: str, text: str, instrument: str = "", contact: str = ""
) -> Lesson:
    """Begin a lesson of the own organisation, as a draft that only colleagues read."""
    require(may_write_lessons(actor))
    _check(title, theme, instrument, text)
    if Lesson.objects.filter(organisation_id=actor.organisation_id, title=title.strip(), text=text.strip()).exists():
        raise Invalid.because("Deze les staat al in de lijst van uw bestuur.", "title")
    now = clock.now()
    lesson = Lesson.objects.create(
        organisation_id=actor.organisation_id,
        title=title.strip(),
        theme=theme,
        instrument=instrument,
        text=text.strip(),
        contact=contact.strip(),
        created_at=now,
        changed_at=now,
    )
    record(actor, "knowledge.lesson_created", lesson, title=lesson.title)
    return lesson


@operation
def change_lesson(
    *,
    actor: Actor,
    lesson_id: uuid.UUID | str,
    title: str,
    theme: str,
    text: str,
    instrument: str = "",
    contact: str = "",
) -> Lesson:
    """Change a draft of the own organisation."""
    lesson = get_lesson(actor, lesson_id)
    require(may_change(actor, lesson))
    _check(title, theme, instrument, text)
    lesson.title, lesson.theme, lesson.instrument = title.strip(), theme, instrument
    lesson.text, lesson.contact, lesson.changed_at = text.strip(), contact.strip(), clock.now()
    lesson.save(update_fields=["title", "theme", "instrument", "text", "contact", "changed_at"])
    record(actor, "knowledge.lesson_changed", lesson, title=lesson.title)
    return lesson


@operation
def share_lesson(*, actor: Actor, lesson_id: uuid.UUID | str) -> Lesson:
    """Let every local authority read a draft. It cannot be changed after."""
    lesson = get_lesson(actor, lesson_id)
    require(may_change(actor, lesson))
    return _show(actor, lesson, Visibility.SHARED, "knowledge.lesson_shared")


@operation
def publish_lesson(*, actor: Actor, lesson_id: uuid.UUID | str) -> Lesson:
    """Let everyone read a lesson that was shared."""
    lesson = get_lesson(actor, lesson_id)
    require(may_publish(actor))
    if lesson.visibility != Visibility.SHARED:
        raise Invalid.because("Alleen een gedeelde les kan openbaar worden.")
    return _show(actor, lesson, Visibility.PUBLIC, "knowledge.lesson_published")


def _show(actor: Actor, lesson: Lesson, visibility: Visibility, verb: str) -> Lesson:
    lesson.visibility, lesson.changed_at = visibility, clock.now()
    lesson.save(update_fields=["visibility", "changed_at"])
    record(actor, verb, lesson, title=lesson.title)
    return lesson


def _check(title: str, theme: str, instrument: str, text: str) -> None:
    faults = []
    if not title.strip():
        faults.append(Fault("title", "Geef de les een titel."))
    if theme not in themes():
        faults.append(Fault("theme", "Kies een thema uit de lijst."))
    if instrument and instrument not in instruments():
        faults.append(Fault("instrument", "Kies een instrument uit de lijst."))
    if not text.strip():
        faults.append(Fault("text", "Schrijf wat u leerde."))
    if faults:
        raise Invalid(faults)
