"""The writers' pages of pledges: who asked what of whom, the letters to sign, and what is asked of Flanders."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from proposals.conftest import AFTER, As, Town
from proposals.test_pledge_links import CHANGE, CONFIRM, answer, ask, change, give_mail, replies
from wijkcontract.proposals import operations
from wijkcontract.proposals.models import Partner, PledgeLink, Proposal
from wijkcontract.rules import clock

pytestmark = pytest.mark.django_db
HARD = "School <b>& 'Zoon' \u202e\U0001f600"


@pytest.fixture
def school(complete: Proposal) -> Partner:
    return give_mail(complete.partners.get(name__startswith="Scholengroep"), "petra@school.example")


def address(proposal: Proposal, rest: str) -> str:
    return f"/aanvrager/voorstellen/{proposal.pk}/{rest}"


def text_of(client: Client, url: str) -> str:
    given = client.get(url)
    assert given.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", given.content.decode()))


def test_the_writer_asks_with_a_button_and_sees_what_becomes_of_it(town: Town, school: Partner, as_: As) -> None:
    client, page = as_(town.eli), address(school.proposal, "bevestigingen/")
    assert "Vul het mailadres van Lokale sportwinkel" in text_of(client, page)
    sent = client.post(address(school.proposal, f"bevestigingen/{school.pk}/vragen/"))
    assert sent.headers["Location"] == f"{page}#partner-{school.pk}"
    assert "De vraag gaat naar petra@school.example. De link werkt tot en met 10/07/2021." in (
        said := text_of(client, page)
    )
    assert "Wacht op antwoord" in said
    client.post(address(school.proposal, f"bevestigingen/{school.pk}/intrekken/"))
    assert "Ingetrokken op 06/07/2021" in text_of(client, page)
    PledgeLink.objects.update(sent_at=clock.now().replace(hour=1))
    answer(ask(town.eli, school), replies(school, CONFIRM, "Graag."))
    change(town.eli, school.pledges.get(what__startswith="Lokalen"), what="Lokalen zonder begeleiders")
    said = text_of(client, page)
    assert "Bevestigd Drie speelplaatsen na de schooluren" in said
    assert "Bevestigd voor een vroegere tekst Lokalen zonder begeleiders" in said
    assert "Toen stond er: Lokalen en begeleiders (geld), 10.000,00 EUR, tegen 31/12/2024. Graag." in said
    assert "bevestigd door Petra Peeters, directeur op 06/07/2021" in text_of(
        client, address(school.proposal, "nalezen/")
    )


def test_a_wish_for_a_change_is_a_task_of_the_team_and_no_longer_a_wait(town: Town, school: Partner, as_: As) -> None:
    pledge = school.pledges.get(what__startswith="Lokalen")
    waits, client = f"Handtekening van {school.name}", as_(town.eli)
    school.pledges.exclude(pk=pledge.pk).update(status="signed")
    pledge.status = "promised"
    pledge.save()
    assert waits in text_of(client, "/aanvrager/")
    said = [one for one in replies(school, CONFIRM) if one.pledge_id != str(pledge.pk)]
    said += [one for one in replies(school, CHANGE, "De waarde is 8.000 euro.") if one.pledge_id == str(pledge.pk)]
    answer(ask(town.eli, school), said)
    home = text_of(client, "/aanvrager/")
    assert f"{school.name} vraagt een wijziging" in home
    assert "'De waarde is 8.000 euro.'" in unescape(home)
    assert waits not in home
    assert (
        address(school.proposal, f"onderdeel/partners/pledge/{pledge.pk}/")
        in client.get("/aanvrager/").content.decode()
    )
    row = text_of(client, address(school.proposal, "onderdeel/partners/"))
    assert "vraagt een wijziging, op 06/07/2021" in row
    assert "Wijziging gevraagd Lokalen en begeleiders" in text_of(client, address(school.proposal, "bevestigingen/"))
    operations.submit(actor=town.saar, proposal_id=school.proposal_id)
    with clock.frozen(AFTER):
        dossier = unescape(text_of(as_(town.ada), f"/agentschap/voorstellen/{school.proposal_id}/"))
    assert "vraagt een wijziging, op 06/07/2021: 'De waarde is 8.000 euro.'" in dossier


def test_who_reads_along_sees_the_state_without_a_button_and_the_outsider_nothing(
    town: Town, school: Partner, as_: As
) -> None:
    ask(town.eli, school)
    body = text_of(as_(town.cas), address(school.proposal, "bevestigingen/"))
    assert "Wacht op antwoord" in body
    assert "Vraag opnieuw" not in body
    assert as_(town.cas).post(address(school.proposal, f"bevestigingen/{school.pk}/vragen/")).status_code == 403
    for rest in ("bevestigingen/", "vlaanderen/", f"bevestigingen/{school.pk}/intentiebrief.pdf"):
        assert as_(town.omar).get(address(school.proposal, rest)).status_code == 404
    assert as_(town.omar).post(address(school.proposal, f"bevestigingen/{school.pk}/vragen/")).status_code == 404


def test_after_submission_the_page_takes_a_link_back_and_asks_nothing(town: Town, school: Partner, as_: As) -> None:
    ask(town.eli, school)
    operations.submit(actor=town.saar, proposal_id=school.proposal_id)
    client, page = as_(town.saar), address(school.proposal, "bevestigingen/")
    body = text_of(client, page)
    assert body.count("Trek de link in") == 1
    assert "Vraag opnieuw" not in body
    assert "Trek de link in" not in text_of(as_(town.cas), page)
    client.post(address(school.proposal, f"bevestigingen/{school.pk}/intrekken/"))
    body = text_of(client, page)
    assert "Ingetrokken op 06/07/2021" in body
    assert "Trek de link in" not in body


def test_the_page_costs_the_same_whatever_the_number_of_partners(town: Town, school: Partner, as_: As) -> None:
    client, page = as_(town.eli), address(school.proposal, "bevestigingen/")

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(page)
        return len(caught)

    before = queries()
    for number in range(20):
        school.proposal.partners.create(name=f"Partner {number}", kind="private").pledges.create(
            proposal=school.proposal, what="Inzet", form="staff"
        )
    assert queries() == before
    assert before <= 10


def test_after_the_call_the_page_says_why_nothing_can_be_asked(town: Town, school: Partner, as_: As) -> None:
    with clock.frozen(AFTER):
        body = text_of(as_(town.eli), address(school.proposal, "bevestigingen/"))
        assert "De oproep is afgesloten" in body
        assert "Vraag bevestiging" not in body


def test_the_letter_holds_the_pledges_of_this_partner_and_a_place_to_sign(town: Town, school: Partner, as_: As) -> None:
    Partner.objects.filter(pk=school.pk).update(name=HARD)
    base = f"bevestigingen/{school.pk}/intentiebrief"
    word = as_(town.cas).get(address(school.proposal, f"{base}.docx"))
    made = Document(BytesIO(word.content))
    lines = [paragraph.text for paragraph in made.paragraphs]
    cells = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert "Intentiebrief van School <b>& 'Zoon'" in lines[0]
    assert "Handtekening:" in lines
    assert cells[1:] == [
        ["Drie speelplaatsen na de schooluren", "Andere", "–", "01/09/2022"],
        ["Lokalen en begeleiders", "Geld", "10.000,00", "31/12/2024"],
    ]
    assert [cell.text for cell in made.tables[1].rows[0].cells] == ["Plaats en datum", "Naam", "Functie"]
    assert "Begeleiders voor twee avonden" not in str([lines, cells])
    pdf = as_(town.eli).get(address(school.proposal, f"{base}.pdf"))
    assert pdf.content.startswith(b"%PDF-1.7")
    assert b"pdfuaid" in pdf.content
    assert as_(town.eli).get(address(school.proposal, f"{base}.xlsx")).status_code == 404


def test_what_is_asked_of_flanders_leads_to_the_field_that_lacks(town: Town, complete: Proposal, as_: As) -> None:
    support = complete.additional_support.get()
    page = as_(town.eli).get(address(complete, "vlaanderen/")).content.decode()
    assert f"onderdeel/partners/additional_support/{support.pk}/#id_budget_article" in page
    assert "Sport Vlaanderen" in page
    with clock.frozen(AFTER):
        assert "#id_budget_article" not in as_(town.eli).get(address(complete, "vlaanderen/")).content.decode()


def test_the_agency_reads_the_same_lists_in_the_frozen_proposal(town: Town, complete: Proposal, as_: As) -> None:
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    with clock.frozen(AFTER):
        body = text_of(as_(town.ada), f"/agentschap/voorstellen/{complete.pk}/")
    assert "Gevraagd aan Vlaamse instanties" in body
    assert "Vlaams minister bevoegd voor Sport" in body
