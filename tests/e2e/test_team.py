"""A team on a phone: a question to a colleague by name, the task done; a partner who reads along; a draft from an earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from e2e.open_call import DURING, open_call
from e2e.steps import CERTIFIER, EDITOR, SUBMITTER
from e2e.walker import Walker
from wijkcontract.accounts.models import Person
from wijkcontract.accounts.queries import actor_of
from wijkcontract.calls.models import Call
from wijkcontract.outbox.models import Message
from wijkcontract.proposals import operations
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import clock

pytestmark = pytest.mark.story


@pytest.fixture
def proposal(site: str) -> Iterator[Proposal]:
    """A draft with one measure, for an open call, of the authority of the demonstration's editor."""
    with clock.frozen(DURING):
        call = open_call(f"Oproep {Call.objects.count()}")
        writer = actor_of(Person.objects.get(email=EDITOR))
        made = operations.start_proposal(actor=writer, call_id=call.pk, title="Samen geschreven")
        operations.save_record(
            actor=writer, proposal_id=made.pk, kind="measure",
            data={"title": "Buurtsport", "nature": "soft", "instrument": "public_service"},
        )  # fmt: skip
        yield made


@pytest.mark.parametrize("width", [320, 1440])
def test_a_colleague_is_asked_answers_and_it_is_done(
    browser: Browser, site: str, proposal: Proposal, pictures: Path | None, width: int
) -> None:
    walker = Walker(browser, site, pictures, width)
    section = f"/aanvrager/voorstellen/{proposal.pk}/onderdeel/measures/"
    walker.become(EDITOR)
    walker.open(section)
    walker.follow("Opmerkingen en taken")
    walker.sees("Nog geen opmerkingen")
    walker.press("Bewaar de opmerking")
    walker.sees("Kijk dit na", "Uw opmerking: Vul dit in.")
    walker.fill("Uw opmerking", "@Financieel directeur, is dit haalbaar?")
    walker.pick("Waarover?", "M1 Buurtsport")
    walker.pick("Wie doet dit?", "Financieel directeur Dendermonde")
    walker.fill("Tegen wanneer?", "09/07/2021")
    walker.press("Bewaar de opmerking")
    walker.sees(
        "Voor Financieel directeur Dendermonde, tegen 09/07/2021", "Verwittigd: Financieel directeur Dendermonde"
    )
    walker.open(f"{section}opmerkingen/")
    walker.page.get_by_label("Klaar om na te lezen").check()
    walker.page.get_by_label("Verantwoordelijk").select_option(label="Projectleider Dendermonde")
    walker.press("Bewaar de stand")
    walker.open(section)
    walker.sees("1 open opmerking", "Open opmerkingen 1", "Klaar om na te lezen")
    walker.become(CERTIFIER)
    walker.open("/aanvrager/")
    walker.follow("Aan u toegewezen")
    walker.page.locator("[name=text]").fill("Ja, met een halve kracht minder.")
    walker.press("Bewaar het antwoord")
    walker.sees("Ja, met een halve kracht minder.")
    walker.press("Afgehandeld")
    walker.sees("Afgehandeld door Financieel directeur Dendermonde")
    walker.open("/aanvrager/")
    assert "Aan u toegewezen" not in walker.text()
    walker.close()


def link_of_the_mail(email: str) -> str:
    """The path of the link in the newest invitation to an address."""
    body = Message.objects.filter(kind="invitation", recipient=email).latest("id").body
    found = re.search(r"/uitnodiging/\S+", body)
    assert found, body
    return found[0]


@pytest.mark.parametrize("width", [320, 1440])
def test_a_partner_is_invited_accepts_reads_and_is_sent_off(
    browser: Browser, site: str, proposal: Proposal, pictures: Path | None, width: int
) -> None:
    walker, email = Walker(browser, site, pictures, width), f"pia.{width}@buurtwerk.example"
    walker.become(SUBMITTER)
    walker.open(f"/aanvrager/voorstellen/{proposal.pk}/onderdeel/measures/")
    walker.follow("Wie doet mee")
    walker.sees("Niemand leest mee")
    walker.fill("Naam", f"Pia {width}")
    walker.fill("Organisatie", "Buurtwerk Noord")
    walker.fill("E-mailadres", email)
    walker.press("Verstuur de uitnodiging")
    walker.sees(f"Pia {width} krijgt een mail met een link.", "Uitgenodigd, link geldig tot")
    walker.context.clear_cookies()
    walker.open(link_of_the_mail(email))
    walker.sees("Dendermonde nodigt u uit", "U kunt er niets in veranderen")
    walker.press("Aanvaard de uitnodiging")
    walker.sees(f"U kunt zich nu aanmelden met het adres {email}")
    walker.page.goto(site + link_of_the_mail(email))
    walker.sees("Deze uitnodiging is al aanvaard")
    walker.become(email)
    walker.open("/aanvrager/voorstellen/")
    walker.follow("Samen geschreven")
    walker.open(f"/aanvrager/voorstellen/{proposal.pk}/onderdeel/measures/")
    walker.sees("Buurtsport", "U leest dit voorstel mee")
    assert "Samen schrijven" not in walker.text()
    walker.become(SUBMITTER)
    walker.open(f"/aanvrager/voorstellen/{proposal.pk}/wie-doet-mee/")
    walker.press("Trek in")
    walker.sees(f"Pia {width} leest niet meer mee.")
    walker.become(email)
    answer = walker.page.goto(f"{site}/aanvrager/voorstellen/{proposal.pk}/nalezen/")
    assert answer is not None
    assert answer.status == 404
    walker.close()


def test_a_colleague_is_invited_from_the_page_of_people(
    browser: Browser, site: str, proposal: Proposal, pictures: Path | None
) -> None:
    walker = Walker(browser, site, pictures, 320)
    walker.become(SUBMITTER)
    walker.open("/organisatie/mensen/")
    walker.follow("Uitnodigingen")
    walker.fill("Naam", "Dienst Sport")
    walker.fill("E-mailadres", "sport@dendermonde.example")
    walker.page.get_by_label("Bewerker").check()
    walker.press("Verstuur de uitnodiging")
    walker.sees("Dienst Sport krijgt een mail met een link.")
    walker.open(link_of_the_mail("sport@dendermonde.example"))
    walker.press("Aanvaard de uitnodiging")
    walker.become("sport@dendermonde.example")
    walker.open(f"/aanvrager/voorstellen/{proposal.pk}/onderdeel/measures/")
    walker.sees("Uw teksten")
    walker.close()


def test_a_draft_begins_from_an_earlier_one(
    browser: Browser, site: str, proposal: Proposal, pictures: Path | None
) -> None:
    walker = Walker(browser, site, pictures, 320)
    walker.become(EDITOR)
    walker.open(f"/aanvrager/voorstellen/nieuw/?oproep={proposal.call_id}")
    walker.fill("Titel", "Nog eens")
    walker.page.get_by_label("Begin vanaf een eerder voorstel").select_option(value=str(proposal.pk))
    walker.press("Begin het voorstel")
    walker.sees("Wat niet meekwam", "Kijk dit altijd na")
    made = Proposal.objects.get(title="Nog eens")
    walker.open(f"/aanvrager/voorstellen/{made.pk}/onderdeel/measures/")
    walker.sees("Buurtsport")
    walker.close()
