"""Adapting the form and the limits of a draft call, within the frame of its programme (R15, `rules.call_terms`)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.calls import queries, steps
from wijkcontract.calls.models import Call
from wijkcontract.rules import call_terms, programme
from wijkcontract.rules.numbers import characters_nl, number_nl
from wijkcontract.rules.programme import Programme, Question
from wijkcontract.rules.verdicts import Fault, Invalid, NotVisible

LONGEST_LABEL: Final = 200
LONGEST_HELP: Final = 1000
FEWEST_CHARACTERS: Final = 50
MOST_CHARACTERS: Final = 20_000


@dataclass(frozen=True)
class SectionInput:
    """A section as typed: is it asked, and what stands above it."""

    code: str
    enabled: bool
    help: str = ""


@dataclass(frozen=True)
class QuestionInput:
    """A question as typed. `section` counts for a new one; a question stays in its section."""

    label: str
    help: str
    required: bool
    max_chars: int
    section: str = ""


@dataclass(frozen=True)
class LimitsInput:
    """The limits of a call as typed."""

    own_contribution_min: Fraction
    infrastructure_max: Fraction
    term_months_max: int
    window_months_min: int
    window_months_max: int


@operation
def save_sections(*, actor: Actor, call_id: uuid.UUID | str, sections: Sequence[SectionInput]) -> Call:
    """Which sections a draft call asks, and their introductions; the order is that of the programme.

    Raises Invalid with a fault per section (`on_<code>`, `help_<code>`) that the programme does not let go.
    """
    call = steps.draft(actor, call_id)
    typed = {one.code: one for one in sections}
    faults = [
        Fault(f"help_{one.code}", f"De uitleg telt hoogstens {characters_nl(LONGEST_HELP)}.")
        for one in sections
        if len(one.help.strip()) > LONGEST_HELP
    ]
    adapted = replace(
        call.programme,
        sections=tuple(
            replace(one, enabled=typed[one.code].enabled, help=typed[one.code].help.strip())
            if one.code in typed
            else one
            for one in call.programme.sections
        ),
    )
    _keep(call, adapted, faults)
    record(actor, "calls.sections_saved", call, on=[one.code for one in adapted.sections if one.enabled])
    return call


@operation
def save_question(*, actor: Actor, call_id: uuid.UUID | str, code: str = "", typed: QuestionInput) -> Question:
    """Change a question of a draft call, or with an empty `code` add one at the end of its section.

    Raises Invalid with all faults by field, NotVisible for a question that the call does not ask.
    """
    call = steps.draft(actor, call_id)
    rules = call.programme
    faults = _question_faults(typed)
    if code:
        old = _asked(rules, code)
        kept = replace(
            old, label=typed.label.strip(), help=typed.help.strip(), required=typed.required, max_chars=typed.max_chars
        )
        questions = [kept if one.code == code else one for one in rules.questions]
    else:
        if typed.section not in {one.code for one in rules.sections if one.enabled}:
            faults.append(Fault("section", "Kies een onderdeel van deze oproep."))
        taken = {"nieuw", *(one.code for one in (*rules.questions, *queries.programme_of(call).questions))}
        kept = Question(
            code=steps.code(typed.label, taken),
            section=typed.section,
            label=typed.label.strip(),
            help=typed.help.strip(),
            required=typed.required,
            max_chars=max(1, typed.max_chars),
            requirement=call_terms.OWN_REQUIREMENT,
        )
        questions = [*rules.questions, kept]
    _keep(call, replace(rules, questions=tuple(questions)), faults)
    record(actor, "calls.question_saved", call, question=kept.code, label=kept.label, required=kept.required)
    return kept


@operation
def remove_question(*, actor: Actor, call_id: uuid.UUID | str, code: str) -> Call:
    """Ask a question no longer: an own one is gone, one of the programme can come back (`restore_question`)."""
    call = steps.draft(actor, call_id)
    gone = _asked(call.programme, code)
    _keep(call, replace(call.programme, questions=tuple(one for one in call.programme.questions if one != gone)))
    record(actor, "calls.question_removed", call, question=code, label=gone.label)
    return call


@operation
def restore_question(*, actor: Actor, call_id: uuid.UUID | str, code: str) -> Call:
    """Ask a question of the programme again, with the programme's words, at the end of its section."""
    call = steps.draft(actor, call_id)
    back = _asked(queries.programme_of(call), code)
    if all(one.code != code for one in call.programme.questions):
        _keep(call, replace(call.programme, questions=(*call.programme.questions, back)))
    record(actor, "calls.question_restored", call, question=code)
    return call


@operation
def move_question(*, actor: Actor, call_id: uuid.UUID | str, code: str, up: bool) -> Call:
    """Put a question one place higher or lower among those of its section; at the end it stays where it is."""
    call = steps.draft(actor, call_id)
    questions = list(call.programme.questions)
    moved = _asked(call.programme, code)
    places = [place for place, one in enumerate(questions) if one.section == moved.section]
    here = places.index(questions.index(moved))
    there = here - 1 if up else here + 1
    if 0 <= there < len(places):
        first, second = places[here], places[there]
        questions[first], questions[second] = questions[second], questions[first]
        _keep(call, replace(call.programme, questions=tuple(questions)))
    record(actor, "calls.question_moved", call, question=code, up=up)
    return call


@operation
def save_limits(*, actor: Actor, call_id: uuid.UUID | str, limits: LimitsInput) -> Call:
    """Make the limits of a draft call stricter than those of its programme (R13, R14, R15); wider is refused by field."""
    call = steps.draft(actor, call_id)
    adapted = replace(
        call.programme,
        limits=replace(
            call.programme.limits,
            own_contribution_min=limits.own_contribution_min,
            infrastructure_max=limits.infrastructure_max,
            term_months_max=limits.term_months_max,
            window_months_min=limits.window_months_min,
            window_months_max=limits.window_months_max,
        ),
    )
    faults = []
    if limits.window_months_min > limits.window_months_max:
        faults.append(Fault("window_months_max", "De langste periode is korter dan de kortste."))
    if limits.term_months_max < 1 or limits.window_months_min < 1:
        faults.append(Fault("", "Een periode telt minstens 1 maand."))
    if not limits.own_contribution_min < 1:
        faults.append(Fault("own_contribution_min", "De eigen inbreng is minder dan 100 %."))
    _keep(call, adapted, faults)
    record(
        actor,
        "calls.limits_saved",
        call,
        own_contribution_min=str(limits.own_contribution_min),
        infrastructure_max=str(limits.infrastructure_max),
        term_months_max=limits.term_months_max,
        window_months=[limits.window_months_min, limits.window_months_max],
    )
    return call


def _keep(call: Call, adapted: Programme, faults: Sequence[Fault] = ()) -> None:
    """Store the adapted terms. Raises Invalid when they leave the frame of the programme or are no programme any more."""
    if found := [*faults, *call_terms.terms_faults(queries.programme_of(call), adapted)]:
        raise Invalid(list(found))
    call.terms = programme.to_dict(adapted)
    programme.from_dict(call.terms)
    call.save(update_fields=["terms"])
    steps.refreshed(call)


def _asked(rules: Programme, code: str) -> Question:
    found = next((one for one in rules.questions if one.code == code), None)
    if found is None:
        raise NotVisible
    return found


def _question_faults(typed: QuestionInput) -> list[Fault]:
    faults = []
    if not typed.label.strip():
        faults.append(Fault("label", "Schrijf de vraag."))
    if len(typed.label.strip()) > LONGEST_LABEL:
        faults.append(
            Fault("label", f"De vraag telt hoogstens {characters_nl(LONGEST_LABEL)}. Zet de rest in de uitleg.")
        )
    if len(typed.help.strip()) > LONGEST_HELP:
        faults.append(Fault("help", f"De uitleg telt hoogstens {characters_nl(LONGEST_HELP)}."))
    if not FEWEST_CHARACTERS <= typed.max_chars <= MOST_CHARACTERS:
        faults.append(Fault("max_chars", f"Kies een getal van {FEWEST_CHARACTERS} tot {number_nl(MOST_CHARACTERS)}."))
    return faults
