"""Building a call, seeing it as an applicant, and questions with answers, as a browser gets them."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from calls import factories
from people import actor, municipality, person
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Person
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.models import Event
from wijkcontract.calls import operations, queries
from wijkcontract.calls.models import Call, CallQuestion
from wijkcontract.outbox.models import Message
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import clock

pytestmark = pytest.mark.django_db
SECRET = "Mag dit bij ons in Dendermonde?"


@pytest.fixture
def managers(manager: Actor) -> Client:
    """The browser of the programme manager."""
    client = Client()
    client.force_login(Person.objects.get(pk=manager.person_id))
    return client


def client_of(name: str, place: str, *roles: Role) -> Client:
    client = Client()
    client.force_login(person(name, municipality(place), *roles))
    return client


def text(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200, (response.status_code, name)
    return response.content.decode()


def test_an_own_question_is_typed_placed_and_seen_in_the_preview(managers: Client, manager: Actor) -> None:
    call = factories.draft_call(manager)
    new = reverse("agency:call_question_new", args=[call.pk])
    wrong = managers.post(
        new, {"section": "measures", "label": "Klimaat", "help": "Schrijf dit niet weg", "max_chars": "9"}
    )
    assert "Kies een getal van 50 tot 20.000." in wrong.content.decode()
    assert "Schrijf dit niet weg" in wrong.content.decode()
    typed = {
        "section": "measures",
        "label": "Klimaat",
        "help": "Hoe wordt het koeler?",
        "max_chars": "900",
        "required": "on",
    }
    assert "eigen vraag" in managers.post(new, typed, follow=True).content.decode()
    step = reverse("agency:call_question_step", args=[call.pk, "klimaat"])
    managers.post(step, {"stap": "hoger"})
    codes = [one.code for one in Call.objects.get().programme.questions if one.section == "measures"]
    assert codes == ["existing_policy", "mix_motivation", "klimaat", "new_character"]
    shown = text(managers, "agency:call_preview_section", call.pk, "measures")
    assert "Hoe wordt het koeler? Hoogstens 900 tekens." in shown
    assert "Welke beleidsdomeinen raakt dit?" in shown
    assert "Onderdeel 4 van 11" in shown
    managers.post(step, {"stap": "weg"})
    assert "Klimaat" not in text(managers, "agency:call_preview_section", call.pk, "measures")


def test_what_the_programme_holds_is_said_and_not_done(managers: Client, manager: Actor) -> None:
    call = factories.draft_call(manager)
    step = reverse("agency:call_question_step", args=[call.pk, "summary"])
    answer = managers.post(step, {"stap": "weg"}, follow=True).content.decode()
    assert "Het programma verplicht de vraag &#x27;Samenvatting&#x27;." in answer
    assert managers.post(step, {"stap": "onzin"}).status_code == 404
    limits = {
        "own_contribution_min": "10", "infrastructure_max": "20", "term_months_max": "36", "window_months_min": "4",
        "window_months_max": "5",
    }  # fmt: skip
    address = reverse("agency:call_limits", args=[call.pk])
    wrong = managers.post(address, limits).content.decode()
    assert "Het programma vraagt minstens 20 %. Strenger mag, ruimer niet." in wrong
    assert 'value="36"' in wrong
    managers.post(address, limits | {"own_contribution_min": "22,5"})
    detail = text(managers, "agency:call", call.pk)
    assert "22,50 %" in detail
    assert "36 maanden" in detail
    sections = {f"help_{one.code}": "" for one in call.programme.sections}
    boxes = {f"on_{one}": "on" for one in ("problems", "objectives", "measures", "partners", "knowledge", "plan")}
    managers.post(reverse("agency:call_form", args=[call.pk]), sections | boxes)
    assert not Call.objects.get().programme.is_enabled("risks")


def test_no_page_of_a_call_shows_the_numbers_of_our_own_requirements(managers: Client, manager: Actor) -> None:
    call = factories.draft_call(manager)
    for name in ("agency:call", "agency:call_edit", "agency:call_form", "agency:call_limits", "agency:call_launch"):
        assert re.findall(r"\bR[1-9]\d?\b", text(managers, name, call.pk)) == []


def test_a_preview_writes_nothing(managers: Client, manager: Actor) -> None:
    call = factories.draft_call(manager)
    before = Event.objects.count()
    for section in call.programme.sections:
        text(managers, "agency:call_preview_section", call.pk, section.code)
    assert (Event.objects.count(), Proposal.objects.count()) == (before, 0)
    assert managers.get(reverse("agency:call_preview_section", args=[call.pk, "nergens"])).status_code == 404


def test_a_launched_call_sends_the_builder_back(managers: Client, manager: Actor) -> None:
    call = factories.launched_call(manager)
    for name in ("agency:call_form", "agency:call_limits", "agency:call_question_new"):
        answer = managers.get(reverse(name, args=[call.pk]), follow=True)
        assert "Haar gegevens staan vast." in answer.content.decode()


def test_a_question_goes_from_the_applicant_to_everybody_without_its_asker(managers: Client, manager: Actor) -> None:
    call = factories.launched_call(manager)
    factories.proposal(call, "draft", "Dendermonde")
    saar, omar = client_of("Saar", "Dendermonde", Role.SUBMITTER), client_of("Omar", "Beringen", Role.EDITOR)
    with clock.frozen(factories.DURING):
        ask = reverse("applicant:call_questions", args=[call.pk])
        assert "Schrijf uw vraag." in saar.post(ask, {"text": "", "section": ""}).content.decode()
        typed = {"text": SECRET, "section": "measures", "nieuw": str(uuid.uuid4())}
        for _ in range(2):
            assert "Uw vraag is gesteld." in saar.post(ask, typed, follow=True).content.decode()
        question = CallQuestion.objects.get()
        assert SECRET in text(saar, "applicant:call_questions", call.pk)
        assert SECRET not in text(omar, "applicant:call_questions", call.pk)
        assert "Beantwoord 1 vraag" in text(managers, "agency:home")
        assert SECRET in text(managers, "agency:call_answers", call.pk)
        other = factories.launched_call(manager, "Andere oproep")
        assert managers.get(reverse("agency:call_answer", args=[other.pk, question.pk])).status_code == 404
        answer = reverse("agency:call_answer", args=[call.pk, question.pk])
        assert "Waarover gaat de vraag?" in text(managers, "agency:call_answer", call.pk, question.pk)
        wording = {"section": "measures", "wording": "Mag dit in elke stad?"}
        half = managers.post(answer, wording | {"answer": ""}, follow=True).content.decode()
        assert "Bewaard, maar nog niet klaar: het antwoord is nog leeg." in half
        assert "Mag dit in elke stad?" in text(managers, "agency:call_answer", call.pk, question.pk)
        managers.post(answer, wording | {"answer": "Ja, overal."})
        managers.post(reverse("agency:call_answers", args=[call.pk]), {"vraag": [str(question.pk), "geen-id"]})
        mail = Message.objects.get(kind="call_answered", recipient="saar@dendermonde.example")
        assert f"http://testserver{reverse('public:call_questions', args=[call.pk])}" in mail.body
        public = text(Client(), "public:call_questions", call.pk)
        assert "Mag dit in elke stad?" in public
        assert "Dendermonde" not in public
        assert "Saar" not in public
        assert "Beantwoord" not in text(managers, "agency:home")
        managers.post(answer, {"wording": "Mag dit in elke stad?", "answer": "Neen.", "reason": "Wij lazen fout."})
        public = text(Client(), "public:call_questions", call.pk)
        assert all(words in public for words in ("Neen.", "Ja, overal.", "Reden: Wij lazen fout."))
        found = Client().get(reverse("public:call_questions", args=[call.pk]), {"tekst": "overal"}).content.decode()
        assert "Niets gevonden" in found


def test_who_asks_from_a_section_finds_the_way_back_to_it(manager: Actor) -> None:
    call = factories.launched_call(manager)
    made, theirs = factories.proposal(call, "draft", "Dendermonde"), factories.proposal(call, "draft", "Beringen")
    other = factories.launched_call(manager, "Andere oproep")
    saar = client_of("Saar", "Dendermonde", Role.SUBMITTER)
    with clock.frozen(factories.DURING):
        section = reverse("applicant:section", args=[made.pk, "problems"])
        ask = f"{reverse('applicant:call_questions', args=[call.pk])}?voorstel={made.pk}&onderdeel=problems"
        assert ask.replace("&", "&amp;") in text(saar, "applicant:section", made.pk, "problems")
        typed = {"text": SECRET, "section": "problems"}
        for shown in (saar.get(ask), saar.post(ask, typed, follow=True)):
            assert f'href="{section}"' in shown.content.decode()
        assert reverse("applicant:proposals") in text(saar, "applicant:call_questions", call.pk)
        for wrong in (f"{ask.split('?')[0]}?voorstel={theirs.pk}", ask.replace(str(call.pk), str(other.pk))):
            assert saar.get(wrong).status_code == 404


def test_an_extension_is_seen_by_the_applicant_and_by_everybody(managers: Client, manager: Actor) -> None:
    factories.inspectorate()
    call = factories.launched_call(manager)
    made = factories.proposal(call, "draft", "Dendermonde")
    saar = client_of("Saar", "Dendermonde", Role.SUBMITTER)
    with clock.frozen(factories.DURING):
        values = {"new_last_day": "20/07/2021", "reason": "De verkiezingen vielen ertussen."}
        managers.post(reverse("agency:call_extend", args=[call.pk]), values)
        pages = [
            text(saar, "applicant:home"),
            text(saar, "applicant:section", made.pk, "problems"),
            text(Client(), "public:call", call.pk),
        ]
    for shown in pages:
        assert "erlengd tot en met 20 juli 2021" in shown
        assert "De verkiezingen vielen ertussen." in shown


def test_answers_cost_the_same_with_one_and_with_three(
    manager: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    call = factories.launched_call(manager)
    saar = actor("Saar", municipality("Dendermonde"), Role.SUBMITTER)
    with clock.frozen(factories.DURING):
        for words in (["Een"], ["Twee", "Drie"]):
            for word in words:
                asked = operations.ask_question(actor=saar, call_id=call.pk, text=word)
                operations.save_answer(actor=manager, question_id=asked.pk, wording=word, answer="Ja.")
            waiting = [one.pk for one in queries.waiting_questions(manager, call)]
            operations.publish_answers(actor=manager, call_id=call.pk, question_ids=waiting, address="x")
            with django_assert_num_queries(3):
                Client().get(reverse("public:call_questions", args=[call.pk]))
