"""After the deadline the agency asks, one section opens, the authority answers, and both read what changed: at 1440 and 320 px."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from drafting import written
from e2e.open_call import DURING, open_call
from e2e.session import log_in
from e2e.walker import Walker
from people import actor, municipality
from prepared import valid
from wijkcontract.accounts.roles import Role
from wijkcontract.demo import people
from wijkcontract.proposals import operations
from wijkcontract.rules import clock
from wijkcontract.rules.proposal_form import from_json

pytestmark = pytest.mark.story
AFTER = clock.parse_moment("2021-07-12T10:00:00")
QUESTION = "Wie beheert het plein na de werken?"
ANSWER = "De stad, vanaf 2024."
MITIGATION = "Groendienst."
"""One word, so that no difference by words cuts it up."""


@pytest.fixture(autouse=True)
def _after_the_deadline() -> Iterator[None]:
    with clock.frozen(AFTER):
        yield


@pytest.mark.parametrize("width", [1440, 320])
def test_a_question_is_asked_answered_and_read(browser: Browser, site: str, pictures: Path | None, width: int) -> None:
    title = f"Een plein op {width} px"
    town = municipality("Dendermonde", "42006")
    editor, submitter = actor("Eli", town, Role.EDITOR), actor("Saar", town, Role.SUBMITTER)
    with clock.frozen(DURING):
        proposal = written(editor, open_call(title), from_json(valid() | {"title": title, "submitted_on": None}))
        operations.submit(actor=submitter, proposal_id=proposal.pk)
    walker = Walker(browser, site, pictures, width)
    _asked(walker, title)
    log_in(walker.page, site, editor)
    _prepared(walker)
    log_in(walker.page, site, submitter)
    _sent(walker)
    _read(walker, title)
    walker.close()


def _asked(walker: Walker, title: str) -> None:
    walker.become(people.MANAGER)
    walker.open("/agentschap/voorstellen/")
    walker.follow(title)
    walker.follow("Vraag verduidelijking")
    walker.press("Verstuur de vraag")
    walker.sees("Kijk dit na")
    walker.page.locator("[name='section']").select_option(value="risks")
    walker.page.locator("[name='question']").fill(QUESTION)
    walker.page.locator("[name='last_day']").fill("20/07/2021")
    walker.press("Verstuur de vraag")
    walker.sees(QUESTION)


def _prepared(walker: Walker) -> None:
    """The editor follows the task on the own page, changes the section that opened, and writes the answer."""
    walker.open("/aanvrager/")
    walker.follow("Verduidelijk Risico")
    walker.sees(QUESTION, "Tot dan staat alleen dit onderdeel open")
    walker.follow("Naar Risico")
    walker.page.locator("details.fold summary").first.click()
    walker.follow("Bewerk R1")
    walker.page.locator("[name='mitigation']").fill(MITIGATION)
    with walker.page.expect_navigation():
        walker.page.get_by_role("button", name="Bewaar risico").click()
    walker.check()
    walker.sees("bewaard.", QUESTION)
    walker.open("/aanvrager/")
    walker.follow("Verduidelijk Risico")
    walker.sees(MITIGATION)
    walker.page.locator("[name='answer']").fill(ANSWER)
    walker.press("Bewaar het antwoord")
    walker.sees("Uw antwoord is bewaard.", "Alleen de gemandateerde indiener")


def _sent(walker: Walker) -> None:
    walker.open("/aanvrager/")
    walker.follow("Verduidelijk Risico")
    walker.follow("Verder naar versturen")
    walker.sees(ANSWER, MITIGATION)
    walker.press("Verstuur het antwoord")
    walker.sees("Uw antwoord is verstuurd. Dit is nu versie 2.")


def _read(walker: Walker, title: str) -> None:
    """The manager reads the answer beside what changed, and both versions stand in the file."""
    walker.become(people.MANAGER)
    walker.open("/agentschap/voorstellen/")
    walker.follow(title)
    walker.sees("Versie 2, na verduidelijking van Risico", MITIGATION)
    walker.follow("Vraag 1: Risico")
    walker.sees(QUESTION, ANSWER, MITIGATION)
