"""What must hold between the parts of a programme; every fault at once, with its place."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, Protocol

from wijkcontract.rules.codec import pointer
from wijkcontract.rules.programme_shape import Programme
from wijkcontract.rules.verdicts import Fault

EMPTY_ANSWER_CODES: Final = frozenset(
    {"required_text_empty", "existing_policy_empty", "continuation_empty", "dissemination_empty", "no_participation"}
)
"""The finding codes that an empty required answer may have."""

LONGEST_KIND: Final = 20
"""How long the code of a kind of partner may be: it is kept with every partner and every pledge of a contract."""


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


def programme_faults(programme: Programme) -> list[Fault]:
    """Everything that is inconsistent in a programme; empty when it can be used."""
    return [
        *_limit_faults(programme),
        *_code_faults(programme),
        *_question_faults(programme),
        *_scoring_faults(programme),
        *_phase_faults(programme),
        *_payment_faults(programme),
        *_reporting_faults(programme),
    ]


def _limit_faults(programme: Programme) -> Iterator[Fault]:
    limits = programme.limits
    if limits.window_months_min > limits.window_months_max:
        yield Fault("/limits/window_months_min", "de kortste indieningsperiode is langer dan de langste.")
    if not 0 <= limits.own_contribution_min < 1:
        yield Fault("/limits/own_contribution_min", "de eigen inbreng moet minstens 0 en minder dan 1 zijn.")
    if not 0 <= limits.infrastructure_max <= 1:
        yield Fault("/limits/infrastructure_max", "het aandeel infrastructuur moet tussen 0 en 1 liggen.")
    if limits.subsidy_ceiling > limits.call_budget:
        yield Fault("/limits/subsidy_ceiling", "het plafond per contract is hoger dan het budget van de oproep.")


def _code_faults(programme: Programme) -> Iterator[Fault]:
    lists: dict[str, Sequence[_Coded]] = {
        "sections": programme.sections,
        "criteria": programme.criteria,
        "questions": programme.questions,
        "cost_categories": programme.cost_categories,
        "instruments": programme.instruments,
        "policy_domains": programme.policy_domains,
        "levels": programme.levels,
        "payment_plan": programme.payment_plan,
        "partner_kinds": programme.partner_kinds,
        "phases": programme.phases,
    }
    for name, items in lists.items():
        seen: set[str] = set()
        for index, item in enumerate(items):
            if item.code in seen:
                yield Fault(pointer(name, index, "code"), f"'{item.code}' komt twee keer voor in deze lijst.")
            seen.add(item.code)
    for name in ("cost_categories", "instruments", "policy_domains", "levels", "criteria", "partner_kinds"):
        if not lists[name]:
            yield Fault(pointer(name), "deze lijst mag niet leeg zijn.")
    for index, kind in enumerate(programme.partner_kinds):
        if len(kind.code) > LONGEST_KIND:
            yield Fault(
                pointer("partner_kinds", index, "code"), f"een soort partner telt hoogstens {LONGEST_KIND} tekens."
            )
    if not programme.applicants.kinds:
        yield Fault("/applicants/kinds", "noem minstens één soort bestuur dat mag aanvragen.")


def _question_faults(programme: Programme) -> Iterator[Fault]:
    sections = {section.code for section in programme.sections}
    for index, question in enumerate(programme.questions):
        if question.section not in sections:
            yield Fault(
                pointer("questions", index, "section"), f"het onderdeel '{question.section}' staat niet in 'sections'."
            )
        if re.fullmatch("R[0-9]{1,2}", question.requirement) is None:
            yield Fault(pointer("questions", index, "requirement"), "hier hoort een nummer zoals R5.")
        if question.finding not in EMPTY_ANSWER_CODES:
            yield Fault(
                pointer("questions", index, "finding"),
                f"kies een van deze waarden: {', '.join(sorted(EMPTY_ANSWER_CODES))}.",
            )


def _scoring_faults(programme: Programme) -> Iterator[Fault]:
    if programme.scoring.lowest >= programme.scoring.highest:
        yield Fault("/scoring/highest", "de hoogste score moet hoger zijn dan de laagste.")
    if not any(criterion.weight for criterion in programme.criteria):
        yield Fault("/criteria", "minstens één criterium moet een gewicht boven 0 hebben.")
    codes = {criterion.code for criterion in programme.criteria}
    for index, code in enumerate(programme.scoring.tie_break):
        if code not in codes:
            yield Fault(pointer("scoring", "tie_break", index), f"het criterium '{code}' bestaat niet.")


def _phase_faults(programme: Programme) -> Iterator[Fault]:
    known = {
        "sections": {section.code for section in programme.sections},
        "questions": {question.code for question in programme.questions},
    }
    for index, phase in enumerate(programme.phases):
        for name, codes in (("sections", phase.sections), ("questions", phase.questions)):
            for number, code in enumerate(codes):
                if not programme.phase and code not in known[name]:
                    yield Fault(pointer("phases", index, name, number), f"'{code}' staat niet in '{name}'.")
    if programme.phase and programme.phase not in {phase.code for phase in programme.phases}:
        yield Fault("/phase", f"de fase '{programme.phase}' bestaat niet.")


def _payment_faults(programme: Programme) -> Iterator[Fault]:
    total = sum((instalment.share for instalment in programme.payment_plan), Fraction())
    if programme.payment_plan and total != 1:
        yield Fault("/payment_plan", "de delen van het betaalplan moeten samen precies het hele bedrag zijn.")


def _reporting_faults(programme: Programme) -> Iterator[Fault]:
    reporting = programme.reporting
    if len(set(reporting.months)) != reporting.reports_per_year:
        yield Fault("/reporting/months", "noem evenveel verschillende maanden als er rapporten per jaar zijn.")
