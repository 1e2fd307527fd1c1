"""Questions about a call and their answers, published to all (access.md, row "questions and answers")."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Final

from django.db.models import Max

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Organisation
from wijkcontract.audit.operations import operation, record
from wijkcontract.calls import notices, policy, queries, steps
from wijkcontract.calls.models import CallAnswer, CallQuestion
from wijkcontract.rules import clock
from wijkcontract.rules.numbers import characters_nl, number_nl
from wijkcontract.rules.verdicts import Fault, Invalid, NotVisible, require

LONGEST_QUESTION: Final = 2000
LONGEST_ANSWER: Final = 6000


@operation
def ask_question(
    *, actor: Actor, call_id: uuid.UUID | str, text: str, section: str = "", new_id: uuid.UUID | None = None
) -> CallQuestion:
    """Ask the agency something about an open call, for the own authority. The same `new_id` twice asks it once.

    Raises Refused for who does not write proposals and after the last day for questions, Invalid with all faults,
    NotVisible for a `new_id` of somebody else.
    """
    call = queries.get_call(actor, call_id)
    require(policy.may_ask(actor, call))
    Organisation.objects.select_for_update().get(pk=actor.organisation_id)
    known = CallQuestion.objects.filter(pk=new_id).first() if new_id else None
    if known is not None:
        if not queries.own_questions(actor, call).filter(pk=known.pk).exists():
            raise NotVisible
        record(actor, "calls.question_repeated", call, question=str(known.pk))
        return known
    faults = _text_faults("text", text, LONGEST_QUESTION, "Schrijf uw vraag.")
    if section and section not in {one.code for one in call.programme.sections if one.enabled}:
        faults.append(Fault("section", "Kies een onderdeel van deze oproep."))
    if faults:
        raise Invalid(faults)
    asked = CallQuestion.objects.create(
        id=new_id or uuid.uuid4(),
        call=call,
        section=section,
        asked=text.strip(),
        asked_at=clock.now(),
        asked_by_id=actor.person_id,
        asked_by_name=actor.name,
        organisation_id=actor.organisation_id,
    )
    record(actor, "calls.question_asked", call, question=str(asked.pk), section=section)
    return asked


@operation
def save_answer(
    *, actor: Actor, question_id: uuid.UUID | str, wording: str, answer: str, section: str = ""
) -> CallQuestion:
    """Keep the answer of a question before it is published; both texts may still be empty."""
    question = _locked(actor, question_id)
    if question.number is not None:
        raise Invalid.because("Dit antwoord is gepubliceerd. Verbeter het met een reden.")
    faults = [*_too_long("wording", wording, LONGEST_QUESTION), *_too_long("answer", answer, LONGEST_ANSWER)]
    if section and section not in {one.code for one in question.call.programme.sections}:
        faults.append(Fault("section", "Kies een onderdeel van deze oproep."))
    if faults:
        raise Invalid(faults)
    question.wording, question.draft, question.section = wording.strip(), answer.strip(), section
    question.save(update_fields=["wording", "draft", "section"])
    record(actor, "calls.answer_saved", question.call, question=str(question.pk))
    return question


@operation
def publish_answers(
    *, actor: Actor, call_id: uuid.UUID | str, question_ids: Collection[uuid.UUID | str], address: str
) -> list[CallAnswer]:
    """Publish the answers that stand ready, numbered in the order of asking, with one mail to each who writes (R15).

    `address` is the full address of the page with all questions and answers of the call, for the mail. Raises Invalid
    when one has no text yet. One that was published already is left as it is.
    """
    call = steps.locked(actor, call_id)
    require(policy.may_manage_call(actor, call))
    chosen = list(call.asked.filter(pk__in=question_ids, number=None).order_by("asked_at", "id"))
    empty = [one for one in chosen if not one.wording or not one.draft]
    if empty:
        raise Invalid.because(f"{len(empty)} van de gekozen vragen heeft nog geen tekst of geen antwoord.", "question")
    number = call.asked.aggregate(last=Max("number"))["last"] or 0
    published = []
    for number, one in enumerate(chosen, number + 1):  # noqa: B020 - goes on from the last number
        one.number = number
        one.save(update_fields=["number"])
        published.append(_version(actor, one, 1, one.wording, one.draft, ""))
    if published:
        notices.tell_of_answers(call, published, address)
    record(actor, "calls.answers_published", call, numbers=[one.number for one in chosen])
    return published


@operation
def correct_answer(
    *, actor: Actor, question_id: uuid.UUID | str, wording: str, answer: str, reason: str, address: str
) -> CallAnswer:
    """Publish a new version of an answer with the reason; the earlier text stays readable beside it.

    `address` is the full address of the page with all questions and answers of the call, for the mail.
    """
    question = _locked(actor, question_id)
    latest = question.answers.last()
    if latest is None:
        raise Invalid.because("Deze vraag heeft nog geen gepubliceerd antwoord.")
    faults = [
        *_text_faults("wording", wording, LONGEST_QUESTION, "Schrijf de vraag."),
        *_text_faults("answer", answer, LONGEST_ANSWER, "Schrijf het antwoord."),
        *_text_faults("reason", reason, LONGEST_QUESTION, "Schrijf waarom u het antwoord verbetert."),
    ]
    if not faults and (wording.strip(), answer.strip()) == (latest.wording, latest.text):
        faults.append(Fault("answer", "De tekst is dezelfde als nu."))
    if faults:
        raise Invalid(faults)
    made = _version(actor, question, latest.version + 1, wording, answer, reason)
    notices.tell_of_answers(question.call, [made], address)
    record(actor, "calls.answer_corrected", question.call, number=question.number, reason=reason.strip())
    return made


def _locked(actor: Actor, question_id: uuid.UUID | str) -> CallQuestion:
    """A question with its call locked, for who manages it. Raises NotVisible, Refused."""
    found = queries.get_question(actor, question_id)
    call = steps.locked(actor, found.call_id)
    require(policy.may_manage_call(actor, call))
    question = call.asked.filter(pk=found.pk).first()
    if question is None:
        raise NotVisible
    question.call = call
    return question


def _version(actor: Actor, question: CallQuestion, version: int, wording: str, text: str, reason: str) -> CallAnswer:
    return CallAnswer.objects.create(
        question=question,
        version=version,
        wording=wording.strip(),
        text=text.strip(),
        reason=reason.strip(),
        published_at=clock.now(),
        published_by=actor.organisation_name,
    )


def _text_faults(field: str, text: str, longest: int, missing: str) -> list[Fault]:
    return _too_long(field, text, longest) if text.strip() else [Fault(field, missing)]


def _too_long(field: str, text: str, longest: int) -> list[Fault]:
    over = len(text.strip()) - longest
    return (
        [Fault(field, f"De tekst is {characters_nl(over)} te lang: hoogstens {number_nl(longest)}.")]
        if over > 0
        else []
    )
