"""Who writes for a call is told of an extension and of answers; the answers are for all, without who asked (R15)."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, transaction

from calls import factories
from people import actor, municipality
from wijkcontract.accounts.actors import ANONYMOUS, Actor
from wijkcontract.accounts.models import Person
from wijkcontract.accounts.roles import Role
from wijkcontract.calls import operations, queries
from wijkcontract.calls.models import Call, CallQuestion
from wijkcontract.outbox.models import Message
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

pytestmark = pytest.mark.django_db

ADDRESS = "https://site.example/oproepen/1/vragen/"
SECRET = "In Dendermonde, bij mevrouw Peeters, mag een parking ook?"


@pytest.fixture
def saar(db: None) -> Actor:
    """The submitter of Dendermonde."""
    return actor("Saar", municipality("Dendermonde"), Role.SUBMITTER)


@pytest.fixture
def eli(saar: Actor) -> Actor:
    """The editor of Dendermonde."""
    return actor("Eli", municipality("Dendermonde"), Role.EDITOR)


@pytest.fixture
def cas(saar: Actor) -> Actor:
    """The certifier of Dendermonde: reads, does not write."""
    return actor("Cas", municipality("Dendermonde"), Role.CERTIFIER)


@pytest.fixture
def omar(db: None) -> Actor:
    """The submitter of Beringen, an outsider."""
    return actor("Omar", municipality("Beringen"), Role.SUBMITTER)


def mails(kind: str) -> list[str]:
    return sorted(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


def ask(asker: Actor, call: Call, text: str = SECRET) -> CallQuestion:
    return operations.ask_question(actor=asker, call_id=call.pk, text=text, section="measures")


def answered(manager: Actor, question: CallQuestion, wording: str = "Mag een parking ook?") -> CallQuestion:
    return operations.save_answer(
        actor=manager, question_id=question.pk, wording=wording, answer="Ja, als ze klein is.", section="measures"
    )


def test_an_extension_tells_everybody_who_writes_or_submitted_once(
    manager: Actor, saar: Actor, eli: Actor, cas: Actor, omar: Actor
) -> None:
    factories.inspectorate()
    call = factories.launched_call(manager)
    factories.proposal(call, "draft", "Dendermonde")
    factories.proposal(call, "submitted", "Dendermonde", title="Een tweede")
    factories.proposal(factories.launched_call(manager, "Andere oproep"), "draft", "Beringen")
    with clock.frozen(factories.DURING):
        operations.extend(
            actor=manager, call_id=call.pk, new_last_day=dt.date(2021, 7, 20), reason="De verkiezingen vielen ertussen."
        )
        told = [f"{name}@dendermonde.example" for name in ("eli", "saar")]
        assert mails("call_extended") == sorted([*told, "inspectie@example.invalid"])
        body = Message.objects.get(recipient="saar@dendermonde.example").body
        assert "20/07/2021" in body
        assert "De verkiezingen vielen ertussen." in body
        operations.extend(actor=manager, call_id=call.pk, new_last_day=dt.date(2021, 7, 25), reason="Nog een keer.")
        assert mails("call_extended").count("saar@dendermonde.example") == 2
    call.refresh_from_db()
    assert call.extension_reason == "Nog een keer."


def test_a_question_is_read_by_its_authority_and_the_agency_only(
    manager: Actor, saar: Actor, eli: Actor, omar: Actor
) -> None:
    call = factories.launched_call(manager)
    with clock.frozen(factories.DURING):
        asked = ask(saar, call)
        assert list(queries.own_questions(eli, call)) == [asked]
        assert not queries.own_questions(omar, call).exists()
        assert not queries.own_questions(ANONYMOUS, call).exists()
        assert not queries.published_answers(call).exists()
        assert queries.get_question(manager, asked.pk).asked == SECRET
        assert list(queries.waiting_questions(manager)) == [asked]
        for outsider in (omar, saar, factories.actor_as(Role.AGENCY_FINANCE)):
            with pytest.raises(NotVisible):
                queries.get_question(outsider, asked.pk)
            assert not queries.waiting_questions(outsider).exists()
        with pytest.raises(NotVisible):
            operations.save_answer(actor=omar, question_id=asked.pk, wording="x", answer="y")


def test_a_second_click_asks_once_and_an_empty_question_is_refused(manager: Actor, saar: Actor) -> None:
    call = factories.launched_call(manager)
    with clock.frozen(factories.DURING):
        new_id = uuid.uuid4()
        for _ in range(2):
            operations.ask_question(actor=saar, call_id=call.pk, text=SECRET, new_id=new_id)
        assert CallQuestion.objects.count() == 1
        with pytest.raises(Invalid) as invalid:
            operations.ask_question(actor=saar, call_id=call.pk, text=" ", section="nergens")
    assert [fault.where for fault in invalid.value.faults] == ["text", "section"]


def test_asking_stops_on_the_day_that_the_call_says(manager: Actor, saar: Actor, cas: Actor) -> None:
    call = factories.launched_call(manager)
    Call.objects.filter(pk=call.pk).update(questions_until=dt.date(2021, 5, 1))
    with clock.frozen(factories.DURING):
        ask(saar, call)
        with pytest.raises(Refused, match="Alleen een bewerker"):
            ask(cas, call)
    with clock.frozen(clock.parse_moment("2021-05-02T00:00:00")), pytest.raises(Refused, match="kan niet meer"):
        ask(saar, call)


def test_a_publication_is_numbered_without_who_asked_and_is_one_mail_each(
    manager: Actor, saar: Actor, eli: Actor, omar: Actor
) -> None:
    call = factories.launched_call(manager)
    Proposal.objects.filter(pk=factories.proposal(call, "draft", "Beringen").pk).update(title="Van Beringen")
    with clock.frozen(factories.DURING):
        first, third = ask(saar, call), ask(saar, call, "Nog leeg")
    with clock.frozen(factories.DURING + dt.timedelta(minutes=1)):
        second = ask(omar, call, "Wanneer?")
        answered(manager, first)
        answered(manager, second, "Wanneer is er een beslissing?")
        with pytest.raises(Invalid, match="1 van de gekozen vragen"):
            operations.publish_answers(
                actor=manager, call_id=call.pk, question_ids=[first.pk, third.pk], address=ADDRESS
            )
        for _ in range(2):
            operations.publish_answers(
                actor=manager, call_id=call.pk, question_ids=[first.pk, second.pk], address=ADDRESS
            )
        shown = list(queries.published_answers(call))
        assert [(one.number, one.answers.all()[0].wording) for one in shown] == [
            (1, "Mag een parking ook?"),
            (2, "Wanneer is er een beslissing?"),
        ]
        assert [one.number for one in queries.published_answers(call, "beslissing WANNEER")] == [2]
        assert not queries.published_answers(call, "Peeters").exists()
        assert not queries.published_answers(call, "", "budget").exists()
        assert mails("call_answered") == ["omar@beringen.example", "saar@dendermonde.example"]
        ((subject, body),) = set(Message.objects.filter(kind="call_answered").values_list("subject", "body"))
        assert subject == "Nieuwe antwoorden over 'Oproep 2021'"
        assert f"van de oproep:\n{ADDRESS}\n" in body
        assert "Vraag 1. Mag een parking ook?" in body
        assert "Vraag 2." in body
        assert "Peeters" not in body
        assert "Dendermonde" not in body
        assert list(queries.waiting_questions(manager, call)) == [third]
        with pytest.raises(Refused):
            operations.publish_answers(
                actor=factories.actor_as(Role.AGENCY_FINANCE), call_id=call.pk, question_ids=[third.pk], address=ADDRESS
            )


def test_who_asked_is_told_without_a_proposal_once_and_not_after_leaving(
    manager: Actor, saar: Actor, eli: Actor
) -> None:
    call = factories.launched_call(manager)
    with clock.frozen(factories.DURING):
        asked = [answered(manager, ask(by, call)) for by in (saar, saar, eli)]
        Person.objects.filter(pk=eli.person_id).update(is_active=False)
        operations.publish_answers(
            actor=manager, call_id=call.pk, question_ids=[one.pk for one in asked], address=ADDRESS
        )
        assert mails("call_answered") == ["saar@dendermonde.example"]
        operations.correct_answer(
            actor=manager,
            question_id=asked[0].pk,
            wording="Mag een parking?",
            answer="Neen.",
            reason="Fout gelezen.",
            address=ADDRESS,
        )
    assert mails("call_answered") == ["saar@dendermonde.example"] * 2
    assert {one.audience for one in call.announcements.all()} == {"Wie een vraag stelde die beantwoord is"}


def test_a_correction_keeps_the_earlier_text_and_the_database_holds_it(manager: Actor, saar: Actor) -> None:
    call = factories.launched_call(manager)
    factories.proposal(call, "draft", "Dendermonde")
    with clock.frozen(factories.DURING):
        asked = answered(manager, ask(saar, call))
        operations.publish_answers(actor=manager, call_id=call.pk, question_ids=[asked.pk], address=ADDRESS)
        with pytest.raises(Invalid, match="gepubliceerd"):
            answered(manager, asked)
        with pytest.raises(Invalid) as invalid:
            operations.correct_answer(
                actor=manager,
                question_id=asked.pk,
                wording="Mag een parking ook?",
                answer="",
                reason="",
                address=ADDRESS,
            )
        assert [fault.where for fault in invalid.value.faults] == ["answer", "reason"]
        operations.correct_answer(
            actor=manager,
            question_id=asked.pk,
            wording="Mag een parking?",
            answer="Neen.",
            reason="Wij lazen R14 fout.",
            address=ADDRESS,
        )
        versions = [one.text for one in asked.answers.all()]
        assert versions == ["Ja, als ze klein is.", "Neen."]
        assert not queries.published_answers(call, "klein").exists()
        assert "Wij lazen R14 fout." in Message.objects.filter(kind="call_answered").order_by("queued_at", "id")[1].body
        with pytest.raises(DatabaseError), transaction.atomic():
            asked.answers.update(text="Herschreven")
