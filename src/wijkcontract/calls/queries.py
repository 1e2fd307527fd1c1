"""Reading calls: what an actor may not see does not exist for that actor."""

from __future__ import annotations

import uuid
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import OrganisationKind
from wijkcontract.accounts.queries import organisation_of_kind, people_with_role
from wijkcontract.accounts.roles import Role
from wijkcontract.calls import policy
from wijkcontract.calls.models import Announcement, Call, CallAnswer, CallQuestion, CallState, Criterion, Extension
from wijkcontract.rules import call_terms, clock, programme, window
from wijkcontract.rules.call_terms import Deviation
from wijkcontract.rules.lifecycle import CALL
from wijkcontract.rules.periods import day_nl, last_day_of_window, months_between
from wijkcontract.rules.programme import Programme, Question
from wijkcontract.rules.programme_phases import for_phase, phase_before
from wijkcontract.rules.verdicts import Fault, NotVisible


def _published(on: date) -> Q:
    return Q(state=CallState.LAUNCHED, published_on__lte=on)


def public_calls() -> QuerySet[Call]:
    """Calls that are launched and whose day of publication has come: open to anyone (R27)."""
    return Call.objects.filter(_published(clock.today()))


def visible_calls(actor: Actor) -> QuerySet[Call]:
    """The calls that the actor may read; drafts and announced calls only inside the agency and its supervisors."""
    if policy.reads_drafts(actor):
        return Call.objects.all()
    return public_calls() if policy.reads_published(actor) else Call.objects.none()


def get_call(actor: Actor, call_id: uuid.UUID | str) -> Call:
    """One call. Raises NotVisible when it does not exist for this actor."""
    call = visible_calls(actor).filter(pk=call_id).first()
    if call is None:
        raise NotVisible
    return call


def open_calls(actor: Actor) -> QuerySet[Call]:
    """Published calls whose last day has not passed in Brussels."""
    today = clock.today()
    return visible_calls(actor).filter(_published(today), last_day__gte=today)


def criteria_of(call: Call) -> QuerySet[Criterion]:
    """The criteria of a call that the caller was allowed to fetch, in order."""
    return call.criteria.all()


def announcements_of(call: Call) -> QuerySet[Announcement]:
    """Who was told of a call, oldest first (R15)."""
    return call.announcements.all()


def extensions_of(call: Call) -> QuerySet[Extension]:
    """The extensions of a call, oldest first."""
    return call.extensions.all()


def programme_of(call: Call) -> Programme:
    """The shipped programme that the call was made from: the ceiling of a call never rises above it.

    A programme or a phase that no longer ships is replaced by the call's own copy.
    """
    if call.programme_name not in programme.names():
        return call.programme
    shipped = programme.load(call.programme_name)
    if call.programme.phase not in ([one.code for one in shipped.phases] or [""]):
        return call.programme
    return for_phase(shipped, call.programme.phase)


def deviations_of(call: Call) -> list[Deviation]:
    """In what the call differs from its shipped programme, as sentences (R15)."""
    return call_terms.deviations(programme_of(call), call.programme)


def questions_left_out(call: Call) -> list[Question]:
    """The questions of the programme that this call does not ask, in its order."""
    asked = {one.code for one in call.programme.questions}
    return [one for one in programme_of(call).questions if one.code not in asked]


def predecessors(actor: Actor, call: Call) -> QuerySet[Call]:
    """The launched calls of the same programme for the phase before; none for a first or only phase."""
    before = phase_before(call.programme)
    found = visible_calls(actor).filter(programme_name=call.programme_name, state=CallState.LAUNCHED)
    return found.filter(terms__phase=before.code) if before else Call.objects.none()


def published_answers(call: Call, words: str = "", section: str = "") -> QuerySet[CallQuestion]:
    """The published questions of a call that the caller was allowed to fetch, in order, with every version of the answer.

    `words` are looked for in the newest version; one may ask for a section only.
    """
    found = call.asked.exclude(number=None)
    if section:
        found = found.filter(section=section)
    if words.strip():
        newer = CallAnswer.objects.filter(question=OuterRef("question"), version__gt=OuterRef("version"))
        hits = CallAnswer.objects.filter(~Exists(newer), question__call=call)
        for word in words.split():
            hits = hits.filter(Q(wording__icontains=word) | Q(text__icontains=word))
        found = found.filter(pk__in=hits.values("question"))
    return found.prefetch_related("answers")


def own_questions(actor: Actor, call: Call) -> QuerySet[CallQuestion]:
    """What the actor's own authority asked about a call, newest first."""
    if not actor.organisation_id:
        return CallQuestion.objects.none()
    return call.asked.filter(organisation_id=actor.organisation_id).order_by("-asked_at", "id")


def waiting_questions(actor: Actor, call: Call | None = None) -> QuerySet[CallQuestion]:
    """The questions that the agency has not answered yet, oldest first; of one call or of all."""
    if not policy.may_create_call(actor):
        return CallQuestion.objects.none()
    waiting = CallQuestion.objects.filter(number=None).order_by("asked_at", "id")
    return waiting.filter(call=call) if call else waiting


def get_question(actor: Actor, question_id: uuid.UUID | str) -> CallQuestion:
    """One question with what was asked, for the agency that answers it. Raises NotVisible."""
    found = CallQuestion.objects.filter(pk=question_id).select_related("call", "organisation").first()
    if found is None or not policy.may_create_call(actor):
        raise NotVisible
    return found


def window_sentence(call: Call) -> str:
    """What stands beside the dates: how long the window is when it fits, else what is wrong with it."""
    if call.published_on is None or call.last_day is None:
        limits = call.programme.limits
        return (
            f"Vul de dag van publicatie en de laatste indiendag in. De oproep staat {limits.window_months_min} "
            f"tot {limits.window_months_max} maanden open."
        )
    findings = window_findings(call)
    if findings:
        return " ".join(findings)
    months = months_between(call.published_on, call.last_day)
    return f"De oproep staat {months} maanden open, van {day_nl(call.published_on)} tot en met {day_nl(call.last_day)}."


def window_findings(call: Call) -> list[str]:
    """What is wrong with the window of the call, by the limits of its programme (R15); nothing when a date is missing."""
    if call.published_on is None or call.last_day is None:
        return []
    limits = call.programme.limits
    return window.window_findings(call.published_on, call.last_day, limits.window_months_min, limits.window_months_max)


def inspectorate_addresses() -> list[str]:
    """Where the notice to the Inspectorate goes: its own address, else those of its people; empty when there is none."""
    inspectorate = organisation_of_kind(OrganisationKind.INSPECTORATE)
    if inspectorate and inspectorate.mail:
        return [inspectorate.mail]
    return sorted(people_with_role(Role.INSPECTORATE).values_list("email", flat=True))


def launch_faults(call: Call) -> list[Fault]:
    """Everything that stops the launch of a draft, each at the field where it is repaired (R15)."""
    faults = [Fault("last_day", finding) for finding in window_findings(call)]
    if call.published_on is None:
        faults.append(Fault("published_on", "Vul de dag van publicatie in."))
    elif call.published_on < clock.today():
        faults.append(
            Fault(
                "published_on",
                f"De dag van publicatie, {day_nl(call.published_on)}, is voorbij. Kies vandaag of een latere dag.",
            )
        )
    if call.last_day is None:
        faults.append(Fault("last_day", "Vul de laatste indiendag in."))
    elif fault := term_fault(call, call.last_day):
        faults.append(Fault("term_start", fault))
    before = phase_before(call.programme)
    if before is not None and call.predecessor_id is None:
        faults.append(Fault("predecessor", f"Kies de oproep van '{before.label}' waaruit men geselecteerd is."))
    if call.budget_cents <= 0:
        faults.append(Fault("budget", "Vul het budget van de oproep in."))
    if not call.criteria.exists():
        faults.append(Fault("criteria", "Geef minstens één criterium met een gewicht."))
    if not inspectorate_addresses():
        faults.append(Fault("", "De Inspectie van Financiën heeft nog geen mailadres. De beheerder vult dat eerst in."))
    return faults


def term_fault(call: Call, last_day: date) -> str:
    """Why the first day of the contracts does not go with this last day for submitting; empty when it does."""
    if call.term_start and call.term_start <= last_day:
        return f"Een contract kan pas lopen na de laatste indiendag, {day_nl(last_day)}."
    return ""


def window_of(call: Call) -> tuple[date, date]:
    """The day of publication and the last day of a call that has both. Raises ValueError for a call without."""
    if call.published_on is None or call.last_day is None:
        raise ValueError("De oproep heeft nog geen dag van publicatie of geen laatste indiendag.")
    return call.published_on, call.last_day


def latest_last_day(call: Call) -> date:
    """The latest last day that an extension of a launched call may give (R15)."""
    return last_day_of_window(window_of(call)[0], call.programme.limits.window_months_max)


def why_not_extended(call: Call) -> str:
    """Why a launched call cannot get a later last day, as a sentence (R15); empty when it can."""
    last_day = window_of(call)[1]
    if call.is_closed:
        return f"De oproep sloot op {day_nl(last_day)}. Verlengen kan alleen zolang ze open is."
    if last_day >= latest_last_day(call):
        months = call.programme.limits.window_months_max
        return (
            f"Verlengen kan niet meer. De oproep staat al de langste periode open die haar grenzen toelaten: {months} maanden, "
            f"tot en met {day_nl(last_day)}."
        )
    return ""


def is_draft(call: Call) -> bool:
    """May the terms of the call still change?"""
    return call.state == CALL.initial
