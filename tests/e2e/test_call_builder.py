"""A call is built in the screen, seen as an applicant, launched, and its questions are answered: wide and at 320 px."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from e2e.walker import Walker
from wijkcontract.demo import people
from wijkcontract.rules import clock

pytestmark = pytest.mark.story
EDITOR = "projectleider@vilvoorde.example"
NOW = dt.datetime(2024, 3, 4, 10, tzinfo=clock.BRUSSELS)
VALUES = {
    "published_on": "04/03/2024", "last_day": "04/06/2024", "questions_until": "01/05/2024", "term_start": "01/01/2025",
    "term_end": "31/12/2031",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_a_day_in_march() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.mark.parametrize("width", [1440, 320])
def test_a_call_is_built_previewed_launched_and_answers_questions(
    browser: Browser, site: str, pictures: Path | None, width: int
) -> None:
    walker = Walker(browser, site, pictures, width)
    title = f"Stadsvernieuwing op {width} px"
    call = _built(walker, title)
    walker.open(f"{call}voorbeeld/measures/")
    walker.sees("Onderdeel 4 van 6", "Hoe wordt het stadsdeel koeler?", "Hoogstens 800 tekens")
    walker.open(f"{call}lanceren/")
    walker.press("Lanceer de oproep")
    walker.sees("De oproep is gelanceerd.")
    _asked(walker, title)
    _answered(walker, call)
    walker.close()


def _built(walker: Walker, title: str) -> str:
    """The address of a draft with an own question, a stricter term and its dates."""
    walker.become(people.MANAGER)
    walker.open("/agentschap/oproepen/nieuw/")
    walker.page.locator("[name='programme_name']").select_option(value="stadsvernieuwing-2024/candidature")
    walker.page.locator("[name='title']").fill(title)
    walker.press("Maak het ontwerp")
    call = urlsplit(walker.page.url).path.removesuffix("gegevens/")
    for name, value in VALUES.items():
        walker.page.locator(f"[name='{name}']").fill(value)
    walker.press("Bewaar")
    walker.follow("Wijzig de vragenlijst")
    walker.page.get_by_role("link", name="Vraag toevoegen aan Ingrepen").click()
    walker.fill("De vraag", "Hitte")
    walker.fill("Uitleg bij de vraag", "Hoe wordt het stadsdeel koeler?")
    walker.fill("Hoogstens hoeveel tekens?", "12")
    walker.press("Bewaar de vraag")
    walker.sees("Kies een getal van 50 tot 20.000.")
    walker.fill("Hoogstens hoeveel tekens?", "800")
    walker.press("Bewaar de vraag")
    walker.sees("Blijft aan.", "eigen vraag, vrij, hoogstens 800 tekens")
    walker.open(f"{call}grenzen/")
    walker.fill("Looptijd van een contract", "90")
    walker.press("Bewaar grenzen")
    walker.sees("Het programma vraagt hoogstens 84 maanden. Strenger mag, ruimer niet.")
    walker.fill("Looptijd van een contract", "60")
    walker.press("Bewaar grenzen")
    walker.sees("Wat afwijkt van het programma", "84 maanden", "60 maanden")
    return call


def _asked(walker: Walker, title: str) -> None:
    """An editor asks, and sees that the own question waits."""
    walker.become(EDITOR)
    walker.open("/oproepen/")
    walker.follow(title)
    call = urlsplit(walker.page.url).path
    walker.open(f"/aanvrager{call}vragen/")
    walker.page.locator("textarea[name='text']").fill("Mag in Vilvoorde de oude kazerne mee?")
    walker.press("Stel de vraag")
    walker.sees("Uw vraag is gesteld.", "Wacht op antwoord", "Vragen stellen kan tot en met 1 mei 2024")


def _answered(walker: Walker, call: str) -> None:
    """The agency answers and publishes; the public page says nothing of who asked."""
    walker.become(people.MANAGER)
    walker.sees("Beantwoord 1 vraag")
    walker.open(f"{call}antwoorden/")
    walker.follow("Beantwoord")
    walker.fill("De vraag, zoals iedereen ze leest", "Mag een gebouw mee dat leegstaat?")
    walker.fill("Het antwoord", "Ja, als het in het stadsdeel ligt.")
    walker.press("Bewaar het antwoord")
    walker.press("Publiceer")
    walker.sees("1 antwoord is gepubliceerd.")
    walker.follow("De openbare pagina")
    walker.sees("Vraag 1", "Mag een gebouw mee dat leegstaat?", "Ja, als het in het stadsdeel ligt.")
    assert "kazerne" not in walker.text()
