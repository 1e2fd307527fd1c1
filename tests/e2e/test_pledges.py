"""The writer asks, the partner opens the link of its mail on a phone and confirms, the writer sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from e2e.open_call import DURING, open_call
from e2e.steps import EDITOR
from e2e.walker import Walker
from wijkcontract.accounts.models import Person
from wijkcontract.accounts.queries import actor_of
from wijkcontract.outbox.models import Message
from wijkcontract.proposals import operations
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import clock
from wijkcontract.rules.example_proposal import example

pytestmark = pytest.mark.story
PHONE = 320


@pytest.fixture
def proposal(site: str) -> Iterator[Proposal]:
    """The example proposal as a draft for an open call."""
    with clock.frozen(DURING):
        call = open_call("Oproep voor partners")
        writer = actor_of(Person.objects.get(email=EDITOR))
        yield operations.import_document(actor=writer, call_id=call.pk, document=example())


def test_a_partner_confirms_on_a_phone_and_the_writer_sees_it(
    browser: Browser, site: str, proposal: Proposal, pictures: Path | None
) -> None:
    writer, partner = Walker(browser, site, pictures), Walker(browser, site, pictures, width=PHONE)
    writer.become(EDITOR)
    writer.open(f"/aanvrager/voorstellen/{proposal.pk}/onderdeel/partners/")
    writer.follow("Laat partners hun engagement bevestigen")
    writer.follow("Vul het mailadres van Scholengroep")
    writer.fill("Mailadres", "directie@school.example")
    with writer.page.expect_navigation():
        writer.page.get_by_role("button", name="Bewaar partner").click()
    writer.sees("Partner bewaard.")
    writer.open(f"/aanvrager/voorstellen/{proposal.pk}/bevestigingen/")
    writer.press("Vraag bevestiging aan Scholengroep")
    writer.sees("De vraag gaat naar directie@school.example", "Wacht op antwoord")
    link = re.search(r"https?://\S+(/engagement/\S+/)", Message.objects.get(kind="pledge_link").body)
    assert link
    partner.open(link[1])
    partner.sees("vraagt u iets te bevestigen", "Drie speelplaatsen na de schooluren", "Lokalen en begeleiders")
    assert "Bewonersgroep" not in partner.text()
    partner.press("Verstuur uw antwoord")
    partner.sees("Kijk dit na: 4 punten")
    for box in partner.page.locator("input[value='confirmed']").all():
        box.check()
    partner.fill("Uw naam", "Petra Peeters")
    partner.fill("Uw functie", "Directeur")
    partner.tick("Ik mag mijn organisatie verbinden")
    partner.press("Verstuur uw antwoord")
    partner.sees("Bedankt voor uw antwoord")
    assert partner.page.goto(site + link[1]).status == 404  # type: ignore[union-attr]
    partner.check()
    writer.open(f"/aanvrager/voorstellen/{proposal.pk}/bevestigingen/")
    writer.sees("Bevestigd Drie speelplaatsen", "Petra Peeters, Directeur, op 06/07/2021")
    assert writer.download("PDF voor Scholengroep").startswith(b"%PDF")
    phone = Walker(browser, site, pictures, width=PHONE)
    phone.become(EDITOR)
    phone.open(f"/aanvrager/voorstellen/{proposal.pk}/bevestigingen/")
    phone.open(f"/aanvrager/voorstellen/{proposal.pk}/vlaanderen/")
    phone.follow("het begrotingsartikel")
    assert phone.page.url.endswith("#id_budget_article")
    writer.open(f"/aanvrager/voorstellen/{proposal.pk}/vlaanderen/")
    writer.sees("Gevraagd aan Vlaamse instanties", "Bijkomende steun van andere ministers")
    for one in (writer, partner, phone):
        one.close()
