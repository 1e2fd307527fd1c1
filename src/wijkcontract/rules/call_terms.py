"""What a call may change of its programme (R15), and what it did change, each in a readable sentence.

The agency adapts a draft call in the screen: sections, questions, limits, criteria. The shipped programme is the frame: what
the note or the legal basis asks cannot be switched off, and a limit may become stricter, never wider.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from wijkcontract.rules.money import format_nl, percent_nl
from wijkcontract.rules.numbers import characters_nl
from wijkcontract.rules.programme_shape import Limits, Programme, Question
from wijkcontract.rules.verdicts import Fault

OWN_REQUIREMENT: Final = "R15"
"""The requirement of a question that a call adds itself: the terms of the call."""
REFERRED: Final = {"problems": ("measures",), "objectives": ("measures",), "measures": ("budget", "risks")}
"""The sections that point to the records of another one: it stays on as long as they are."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing in which a call differs from its programme."""

    subject: str
    programme: str
    call: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that a call may make stricter: its field, its name, how it reads, and whether a lower value is wider."""

    code: str
    label: str
    text: Callable[[Limits], str]
    is_minimum: bool


def _share(share: Fraction) -> str:
    return percent_nl(share.numerator, share.denominator).replace(",00 %", " %")


LIMITS: Final = (
    Limit("own_contribution_min", "Eigen inbreng, minstens", lambda one: _share(one.own_contribution_min), True),
    Limit("infrastructure_max", "Kleine infrastructuur, hoogstens", lambda one: _share(one.infrastructure_max), False),
    Limit("subsidy_ceiling", "Subsidie per contract, hoogstens", lambda one: _euro(one.subsidy_ceiling), False),
    Limit("term_months_max", "Looptijd, hoogstens", lambda one: _months(one.term_months_max), False),
    Limit("window_months_min", "Indieningsperiode, minstens", lambda one: _months(one.window_months_min), True),
    Limit("window_months_max", "Indieningsperiode, hoogstens", lambda one: _months(one.window_months_max), False),
)


def why_not_off(programme: Programme, code: str) -> str:
    """Why a section that is on cannot go off; empty when it can."""
    if code == "neighbourhood":
        return "Hier staan de titel en de wijk van elk voorstel."
    if code == "budget":
        return "Zonder begroting is de subsidie niet te berekenen."
    if code == "participation" and programme.participation_required:
        return "Het programma verplicht een participatieproces."
    if code == "local_decision" and programme.local_decision_required:
        return "Het programma verplicht een beslissing van het college of de raad."
    labels = [one.label for one in programme.sections if one.enabled and one.code in REFERRED.get(code, ())]
    if labels:
        return f"Dit onderdeel is nodig voor {' en '.join(labels)}. Zet dat eerst uit."
    asked = [one.label for one in programme.questions if one.section == code and is_fixed(one)]
    if asked:
        return f"Het programma verplicht hier een antwoord op '{asked[0]}'."
    return ""


def is_fixed(question: Question) -> bool:
    """Must this question be asked? A compulsory question of the programme is; one of the call itself is not."""
    return question.required and question.requirement != OWN_REQUIREMENT


def terms_faults(shipped: Programme, adapted: Programme) -> list[Fault]:
    """Everything in which the terms of a call leave the frame of its programme, each at its field."""
    return [*_section_faults(shipped, adapted), *_question_faults(shipped, adapted), *_limit_faults(shipped, adapted)]


def _section_faults(shipped: Programme, adapted: Programme) -> Iterator[Fault]:
    on = {one.code for one in adapted.sections if one.enabled}
    for section in shipped.sections:
        if section.enabled and section.code not in on and (why := why_not_off(_with_on(shipped, on), section.code)):
            yield Fault(f"on_{section.code}", f"'{section.label}' kan niet uit. {why}")
        if not section.enabled and section.code in on:
            yield Fault(f"on_{section.code}", f"'{section.label}' hoort niet bij deze fase van het programma.")


def _with_on(shipped: Programme, on: set[str]) -> Programme:
    """The programme with just these sections on, so that two that go off together do not hold each other."""
    return replace(shipped, sections=tuple(replace(one, enabled=one.code in on) for one in shipped.sections))


def _question_faults(shipped: Programme, adapted: Programme) -> Iterator[Fault]:
    asked = {question.code: question for question in adapted.questions}
    for question in shipped.questions:
        here = asked.get(question.code)
        if not is_fixed(question):
            continue
        if here is None:
            yield Fault("question", f"Het programma verplicht de vraag '{question.label}'.")
        elif not here.required:
            yield Fault("required", f"Het programma verplicht een antwoord op '{here.label}'.")


def _limit_faults(shipped: Programme, adapted: Programme) -> Iterator[Fault]:
    for limit in LIMITS:
        frame, here = getattr(shipped.limits, limit.code), getattr(adapted.limits, limit.code)
        if (here < frame) if limit.is_minimum else (here > frame):
            bound = "minstens" if limit.is_minimum else "hoogstens"
            yield Fault(
                limit.code, f"Het programma vraagt {bound} {limit.text(shipped.limits)}. Strenger mag, ruimer niet."
            )


def deviations(shipped: Programme, adapted: Programme) -> list[Deviation]:
    """In what a call differs from its programme, in the order of the form."""
    return [
        *_section_deviations(shipped, adapted),
        *_question_deviations(shipped, adapted),
        *_limit_deviations(shipped, adapted),
        *_criterion_deviations(shipped, adapted),
    ]


def _section_deviations(shipped: Programme, adapted: Programme) -> Iterator[Deviation]:
    here = {one.code: one for one in adapted.sections}
    for section in shipped.sections:
        now = here.get(section.code)
        if section.enabled and (now is None or not now.enabled):
            yield Deviation(f"Onderdeel '{section.label}'", "gevraagd", "niet gevraagd")
        if now is not None and section.help != now.help:
            yield Deviation(f"Uitleg bij '{section.label}'", section.help or "de gewone uitleg", now.help or "geen")


def _question_deviations(shipped: Programme, adapted: Programme) -> Iterator[Deviation]:
    asked = {question.code: question for question in adapted.questions}
    known = {question.code for question in shipped.questions}
    for question in shipped.questions:
        if question.code not in asked:
            yield Deviation(f"Vraag '{question.label}'", "gevraagd", "niet gevraagd")
        elif (now := asked[question.code]) != question:
            yield from _changes(question, now)
    for question in adapted.questions:
        if question.code not in known:
            yield Deviation(f"Vraag '{question.label}'", "bestaat niet", f"eigen vraag, {_answer(question)}")
    for section in shipped.sections:
        before = [one.code for one in shipped.questions if one.section == section.code and one.code in asked]
        after = [one.code for one in adapted.questions if one.section == section.code and one.code in known]
        if before != after:
            yield Deviation(f"Volgorde in '{section.label}'", "van het programma", "eigen volgorde")


def _changes(question: Question, now: Question) -> Iterator[Deviation]:
    if question.label != now.label:
        yield Deviation(f"Vraag '{question.label}'", question.label, now.label)
    if question.help != now.help:
        yield Deviation(f"Uitleg bij '{now.label}'", question.help or "geen", now.help or "geen")
    if _answer(question) != _answer(now):
        yield Deviation(f"Antwoord op '{now.label}'", _answer(question), _answer(now))


def _limit_deviations(shipped: Programme, adapted: Programme) -> Iterator[Deviation]:
    for limit in LIMITS:
        before, after = limit.text(shipped.limits), limit.text(adapted.limits)
        if before != after:
            yield Deviation(limit.label, before, after)
    if shipped.limits.call_budget != adapted.limits.call_budget:
        yield Deviation("Budget van de oproep", _euro(shipped.limits.call_budget), _euro(adapted.limits.call_budget))


def _criterion_deviations(shipped: Programme, adapted: Programme) -> Iterator[Deviation]:
    before = {one.code: one for one in shipped.criteria}
    after = {one.code: one for one in adapted.criteria}
    for code in {**before, **after}:
        old, new = before.get(code), after.get(code)
        if new is None and old is not None:
            yield Deviation(f"Criterium '{old.label}'", f"gewicht {old.weight}", "telt niet")
        elif old is None and new is not None:
            yield Deviation(f"Criterium '{new.label}'", "bestaat niet", f"gewicht {new.weight}")
        elif old is not None and new is not None and (old.label, old.weight) != (new.label, new.weight):
            yield Deviation(f"Criterium '{old.label}'", f"gewicht {old.weight}", f"{new.label}, gewicht {new.weight}")
        elif old is not None and new is not None and old.help != new.help:
            yield Deviation(f"Uitleg bij criterium '{old.label}'", old.help or "geen", new.help or "geen")


def _answer(question: Question) -> str:
    return f"{'verplicht' if question.required else 'vrij'}, hoogstens {characters_nl(question.max_chars)}"


def _months(months: int) -> str:
    return f"{months} maanden"


def _euro(cents: int) -> str:
    return f"{format_nl(cents)} EUR"
