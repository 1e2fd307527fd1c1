"""A procedure in steps: the programme as one of its phases asks it.

A programme without phases is for one call. With phases, each call is for one of them, and a later one is open to who was
selected in the call of the phase before.
"""

from dataclasses import replace

from wijkcontract.rules.programme_shape import Phase, Programme


def for_phase(programme: Programme, code: str) -> Programme:
    """The programme with only the sections and questions of a phase on, in its order.

    A programme without phases stays as it is. Raises KeyError for a phase that it does not have.
    """
    if not programme.phases and not code:
        return programme
    phase = phase_of(programme, code)
    sections = {section.code: section for section in programme.sections}
    questions = {question.code: question for question in programme.questions}
    asked = phase.questions or tuple(one.code for one in programme.questions if one.section in phase.sections)
    return replace(
        programme,
        phase=phase.code,
        sections=(
            *(replace(sections[one], enabled=True) for one in phase.sections),
            *(replace(one, enabled=False) for one in programme.sections if one.code not in phase.sections),
        ),
        questions=tuple(questions[one] for one in asked),
    )


def phase_of(programme: Programme, code: str) -> Phase:
    """The phase with this code. Raises KeyError when there is none."""
    return {phase.code: phase for phase in programme.phases}[code]


def phase_before(programme: Programme) -> Phase | None:
    """The phase that comes before the one that this programme is for; None for the first, and without phases."""
    codes = [phase.code for phase in programme.phases]
    place = codes.index(programme.phase) if programme.phase in codes else 0
    return programme.phases[place - 1] if place else None


def is_last_phase(programme: Programme) -> bool:
    """True when a contract follows on a grant: the last phase, or a programme without phases."""
    return not programme.phases or programme.phase == programme.phases[-1].code


def phase_label(programme: Programme) -> str:
    """The name of the phase that this programme is for; empty without phases."""
    return next((phase.label for phase in programme.phases if phase.code == programme.phase), "")
