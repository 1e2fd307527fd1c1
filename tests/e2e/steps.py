"""The steps of the journey, each by the person who takes it and at the moment of the story."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from e2e.walker import Walker
from e2e.writer import Writer
from e2e.writing import write
from wijkcontract.demo import facts, people
from wijkcontract.demo.documents import Frame, document
from wijkcontract.demo.facts import DENDERMONDE
from wijkcontract.demo.stage import decision_pdf
from wijkcontract.rules import clock, programme

EDITOR = "projectleider@dendermonde.example"
SUBMITTER = "algemeen.directeur@dendermonde.example"
CERTIFIER = "financieel.directeur@dendermonde.example"
FRAME = Frame(facts.TERM_START, facts.TERM_END, DENDERMONDE.granted_cents or 0, dt.date(2021, 6, 28))
PROGRAMME = programme.load("wijkverbeteringscontract-2021")


def on(year: int, month: int, day: int, hour: int = 10) -> None:
    """Set the one clock to a moment of the story; sessions and the browser keep their own."""
    clock.freeze(dt.datetime(year, month, day, hour, tzinfo=clock.BRUSSELS))


def fill(walker: Walker, values: Mapping[str, str]) -> None:
    """Fill fields by their name."""
    for name, value in values.items():
        walker.page.locator(f"[name='{name}']:visible").first.fill(value)


def object_of(walker: Walker, prefix: str) -> str:
    """The address of the object whose page, or one of whose pages, is open."""
    found = re.match(re.escape(prefix) + "[^/]+/", urlsplit(walker.page.url).path)
    assert found, walker.page.url
    return found[0]


def the_call_is_launched(walker: Walker) -> None:
    """Step 1: a call from the shipped programme; a window that is too short is refused; the Inspectorate is told."""
    on(2021, 3, 11, 8)
    walker.become(people.MANAGER)
    walker.open("/agentschap/oproepen/")
    walker.follow("Maak een oproep")
    walker.page.locator("[name='programme_name']").select_option(value=PROGRAMME.name)
    walker.page.locator("[name='title']").fill("Oproep wijkverbeteringscontracten 2021")
    walker.press("Maak het ontwerp")
    call = object_of(walker, "/agentschap/oproepen/")
    walker.open(f"{call}gegevens/")
    typed = {
        "summary": "Voor wijken waar bestaande instrumenten niet volstaan.",
        "published_on": "11/03/2021",
        "last_day": "10/06/2021",
        "budget": "4.000.000,00",
        "ceiling": "800.000,00",
        "term_start": "01/01/2022",
        "term_end": "31/12/2025",
    }
    fill(walker, typed)
    walker.press("Bewaar")
    walker.open(f"{call}lanceren/")
    walker.sees("Dit ontbreekt nog", "maanden")
    walker.follow("Naar de gegevens")
    walker.page.locator("[name='last_day']").fill("10/07/2021")
    walker.press("Bewaar")
    walker.open(f"{call}lanceren/")
    walker.press("Lanceer de oproep")
    walker.sees("Inspectie van Financiën", "10/07/2021")
    walker.context.clear_cookies()
    walker.open("/")
    walker.sees("Oproep wijkverbeteringscontracten 2021")


def the_proposal_is_written_and_submitted(walker: Walker) -> None:
    """Step 2: the project leader writes everything; only the mandated person submits; the receipt has time and hash."""
    on(2021, 7, 1)
    walker.become(EDITOR)
    walker.open("/aanvrager/voorstellen/nieuw/")
    walker.page.locator("[name='title']").fill("De Bijloke")
    walker.press("Begin het voorstel")
    base = object_of(walker, "/aanvrager/voorstellen/")
    labels = {one.code: one.label for one in (*PROGRAMME.policy_domains, *PROGRAMME.levels)}
    written = document(DENDERMONDE, FRAME)
    walker.open(f"{base}nalezen/")
    walker.sees("U kunt nog niet indienen")
    write(Writer(walker, base), written, labels, decision_pdf(DENDERMONDE))
    walker.open(f"{base}onderdeel/budget/")
    walker.sees("326.000,00", "Eigen inbreng", "20 %", "Voldoet")
    walker.open(f"{base}nalezen/")
    walker.sees("Alles wat verplicht is, is er", "gemandateerde indiener")
    on(2021, 7, 8, 16)
    walker.become(SUBMITTER)
    walker.open(f"{base}nalezen/")
    walker.follow("Verder naar indienen")
    walker.press("Dien het voorstel in")
    walker.sees("Ontvangstbewijs", "8 juli 2021 om 16.00 uur", "SHA-256")


def the_agency_declares_it_admissible(walker: Walker) -> None:
    """Step 3, first half: after the window has closed the agency reads what was submitted."""
    on(2021, 7, 9)
    walker.become(people.MANAGER)
    walker.open("/agentschap/voorstellen/")
    assert walker.page.get_by_role("link", name=re.compile("Bijloke")).count() == 0, "readable before the window closed"
    on(2021, 7, 14)
    walker.open("/agentschap/voorstellen/")
    walker.page.get_by_role("link", name=re.compile("Bijloke")).first.click()
    walker.check()
    walker.sees("Bevroren inhoud", "326.000,00")
    walker.follow("Verklaar ontvankelijk")
    walker.press("Verklaar ontvankelijk")
    walker.sees("Het voorstel is ontvankelijk.")
