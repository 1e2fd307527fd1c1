"""The pages of a clarification: the manager asks, the editor writes, the submitter sends, and who may not read finds nothing."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.test import Client

from proposals.conftest import AFTER, As, Town
from wijkcontract.proposals import operations
from wijkcontract.proposals.models import Clarification, Proposal, Submission
from wijkcontract.rules import clock

TOO_LATE = clock.parse_moment("2021-07-21T00:00:00")
CANARY = "Kanarie-antwoord dat nog niet verstuurd is"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_window(town: Town, complete: Proposal) -> Iterator[None]:
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    with clock.frozen(AFTER):
        yield


def agency(proposal: Proposal, rest: str = "") -> str:
    return f"/agentschap/voorstellen/{proposal.pk}/{rest}"


def mine(proposal: Proposal, rest: str = "") -> str:
    return f"/aanvrager/voorstellen/{proposal.pk}/{rest}"


def text_of(client: Client, url: str, status: int = HTTPStatus.OK) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def ask(town: Town, proposal: Proposal, section: str = "risks") -> Clarification:
    return operations.ask_clarification(
        actor=town.ada, proposal_id=proposal.pk, section=section, question="Wie beheert het plein?",
        last_day=dt.date(2021, 7, 20),
    )  # fmt: skip


def test_the_whole_way_from_question_to_second_version(town: Town, complete: Proposal, as_: As) -> None:
    ada, eli, saar = (as_(one) for one in (town.ada, town.eli, town.saar))
    assert "Vraag verduidelijking" in text_of(ada, agency(complete))
    form = {"section": "risks", "question": "Wie beheert het plein?", "last_day": "20/07/2021"}
    assert ada.post(agency(complete, "verduidelijking/nieuw/"), form).status_code == HTTPStatus.FOUND
    asked = Clarification.objects.get()
    here = mine(complete, f"verduidelijkingen/{asked.pk}/")
    assert "Verduidelijk Risico" in text_of(eli, "/aanvrager/")
    section = text_of(eli, mine(complete, "onderdeel/risks/"))
    assert "Wie beheert het plein?" in section
    assert "Dit voorstel is ingediend en de oproep is afgesloten" in text_of(eli, mine(complete, "onderdeel/budget/"))
    risk = complete.risks.all()[0]
    written = eli.post(
        mine(complete, "onderdeel/risks/bewaren/"),
        {"deel": f"risks/risk/{risk.pk}", "veld": "mitigation", "mitigation": "De stad beheert het.", "version": 10**6},
    )
    assert written.json()["saved"] == ["mitigation"]
    assert eli.post(here, {"answer": CANARY, "version": "0"}).status_code == HTTPStatus.FOUND
    assert "<ins>" in text_of(eli, here)
    send = f"{here}versturen/"
    assert "Verstuur het antwoord" in text_of(saar, send)
    assert saar.post(send).status_code == saar.post(send).status_code == HTTPStatus.FOUND
    assert Submission.objects.count() == 2
    for client, url in ((ada, agency(complete, f"verduidelijking/{asked.pk}/")), (eli, here)):
        body = text_of(client, url)
        assert CANARY in body
        assert "<ins>" in body
    assert "Versie 2, na verduidelijking van Risico" in text_of(ada, agency(complete))
    assert "Versie 2, na verduidelijking van Risico" in text_of(saar, mine(complete, "ontvangstbewijs/"))


def test_a_reopened_section_offers_no_link_to_records_of_other_sections(
    town: Town, complete: Proposal, as_: As
) -> None:
    ask(town, complete, "measures")
    record = mine(complete, f"onderdeel/measures/measure/{complete.measures.all()[0].pk}/")
    shown = text_of(as_(town.eli), record)
    assert "Bewaar maatregel" in shown
    assert "verbinden/" not in shown
    assert "Verbonden onderdelen" not in shown


def test_what_is_not_sent_is_read_by_nobody_outside_the_authority(town: Town, complete: Proposal, as_: As) -> None:
    asked = ask(town, complete)
    operations.write_clarification_answer(actor=town.eli, clarification_id=asked.pk, answer=CANARY, version=0)
    operations.save_record(actor=town.eli, proposal_id=complete.pk, kind="risk", data={"title": CANARY})
    ada = as_(town.ada)
    for rest in ("", f"verduidelijking/{asked.pk}/"):
        assert CANARY not in text_of(ada, agency(complete, rest))
    for home in ("/agentschap/", "/agentschap/voorstellen/"):
        assert CANARY not in text_of(ada, home)


def test_who_may_not_read_the_question_gets_a_404(town: Town, complete: Proposal, as_: As) -> None:
    asked = ask(town, complete)
    for stranger in (town.fien, town.cabinet):
        text_of(as_(stranger), agency(complete, f"verduidelijking/{asked.pk}/"), HTTPStatus.NOT_FOUND)
    assert "Verduidelijking" not in text_of(as_(town.fien), agency(complete))
    for rest in (f"verduidelijkingen/{asked.pk}/", f"verduidelijkingen/{asked.pk}/versturen/", "verduidelijkingen/"):
        text_of(as_(town.omar), mine(complete, rest), HTTPStatus.NOT_FOUND)


def test_a_question_is_found_only_under_its_own_proposal(town: Town, complete: Proposal, as_: As) -> None:
    asked = ask(town, complete)
    other = Proposal.objects.create(
        call=complete.call, applicant=complete.applicant, title="Ander", created_at=AFTER, changed_at=AFTER
    )
    text_of(as_(town.eli), mine(other, f"verduidelijkingen/{asked.pk}/"), HTTPStatus.NOT_FOUND)


def test_the_editor_reads_and_does_not_send(town: Town, complete: Proposal, as_: As) -> None:
    asked = ask(town, complete)
    eli = as_(town.eli)
    assert "Alleen de gemandateerde indiener" in text_of(eli, mine(complete, f"verduidelijkingen/{asked.pk}/"))
    text_of(eli, mine(complete, f"verduidelijkingen/{asked.pk}/versturen/"), HTTPStatus.FORBIDDEN)


def test_faults_stand_on_the_page_and_what_was_typed_stays(town: Town, complete: Proposal, as_: As) -> None:
    ada = as_(town.ada)
    body = ada.post(
        agency(complete, "verduidelijking/nieuw/"), {"section": "", "question": "Waarom?", "last_day": "1/7/2021"}
    ).content.decode()
    assert "Waarom?" in body
    assert not Clarification.objects.exists()
    body = ada.post(
        agency(complete, "verduidelijking/nieuw/"), {"section": "risks", "question": "Waarom?", "last_day": "1/7/2021"}
    ).content.decode()
    assert "Kies een dag na vandaag" in body


def test_a_colleague_who_was_first_is_shown_beside_what_was_typed(town: Town, complete: Proposal, as_: As) -> None:
    asked = ask(town, complete)
    operations.write_clarification_answer(actor=town.eli, clarification_id=asked.pk, answer="Eerst.", version=0)
    here = mine(complete, f"verduidelijkingen/{asked.pk}/")
    typed = "Daarna, op 't plein.\r\nEen tweede regel."
    answer = as_(town.eli).post(here, {"answer": typed, "version": "0"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    body = answer.content.decode()
    assert "Eerst." in body
    assert [html.unescape(one) for one in re.findall(r"<textarea[^>]*>\s*(.*?)</textarea>", body, re.DOTALL)] == [typed]
    assert 'name="version" value="1"' in body


def test_after_the_last_day_the_page_says_so_and_the_manager_gives_more_time(
    town: Town, complete: Proposal, as_: As
) -> None:
    asked = ask(town, complete)
    here = mine(complete, f"verduidelijkingen/{asked.pk}/")
    with clock.frozen(TOO_LATE):
        assert "De termijn is voorbij" in text_of(as_(town.eli), here)
        text_of(as_(town.saar), f"{here}versturen/", HTTPStatus.FORBIDDEN)
        ada = as_(town.ada)
        assert "antwoordde niet op tijd" in text_of(ada, "/agentschap/")
        form = {"last_day": "30/07/2021", "reason": "Vakantie."}
        ada.post(agency(complete, f"verduidelijking/{asked.pk}/meer-tijd/"), form)
        assert "Bewaar het antwoord" in text_of(as_(town.eli), here)
        ada.post(agency(complete, f"verduidelijking/{asked.pk}/intrekken/"), {"reason": "Al duidelijk."})
        assert "Ingetrokken" in text_of(as_(town.eli), here)
