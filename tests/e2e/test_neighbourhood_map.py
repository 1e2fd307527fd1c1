"""The map of sectors in a browser: by mouse, by keyboard alone, without JavaScript, wide and at 320 px."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django.plugin import DjangoDbBlocker

from e2e.session import log_in
from e2e.walker import Walker
from jury import factories
from web import sectors
from wijkcontract.accounts.models import Organisation
from wijkcontract.calls.models import Call
from wijkcontract.jury import operations as jury
from wijkcontract.places import operations as places
from wijkcontract.proposals.models import ProposalEvidence
from wijkcontract.rules import clock

pytestmark = pytest.mark.story
EDITOR = "projectleider@dendermonde.example"


@pytest.fixture(scope="module")
def mapped(site: str, django_db_blocker: DjangoDbBlocker) -> str:
    """The site with sectors, figures and an index of one municipality."""
    with django_db_blocker.unblock():
        sectors.build(Organisation.objects.get(name="Dendermonde"), 60)
    return site


def test_a_neighbourhood_is_drawn_with_the_mouse_saved_and_frozen(
    browser: Browser, mapped: str, pictures: Path | None
) -> None:
    walker = Walker(browser, mapped, pictures)
    walker.page.set_default_timeout(5_000)
    walker.become(EDITOR)
    walker.open("/aanvrager/wijkcijfers/")
    walker.fill("Naam van de wijk", "De Lindenbuurt")
    walker.press("Begin")
    walker.sees("Nog geen sector gekozen", "voorbeeldcijfers")
    shapes = walker.page.locator(".leaflet-container path[data-code]")
    for at in (0, 1):
        shapes.nth(at).click()
    walker.page.get_by_text("Eén aaneengesloten wijk").wait_for()
    assert walker.page.locator("input[name=sector]:checked").count() == 2
    walker.check()
    walker.press("Bewaar deze wijk")
    walker.sees("De wijk is bewaard.", "610 inwoners")
    walker.follow("Profiel")
    walker.sees("Waar achterstellingen samenkomen", "Inwoners naar leeftijd")
    walker.follow("Leg deze wijk vast")
    walker.press("Leg vast")
    walker.sees("liggen vast")
    walker.follow("Kaart")
    walker.sees("Vastgezet")
    walker.close()


def test_a_neighbourhood_is_drawn_with_the_keyboard_alone(browser: Browser, mapped: str, pictures: Path | None) -> None:
    walker = Walker(browser, mapped, pictures, width=320)
    walker.page.set_default_timeout(5_000)
    walker.become(EDITOR)
    walker.open("/aanvrager/wijkcijfers/")
    walker.page.get_by_label("Naam van de wijk").focus()
    walker.page.keyboard.type("Met het klavier")
    with walker.page.expect_navigation():
        walker.page.keyboard.press("Enter")
    walker.page.locator("input[name=sector]").first.focus()
    walker.page.keyboard.press("Space")
    walker.page.get_by_text("Eén aaneengesloten wijk").wait_for()
    walker.check()
    walker.page.get_by_role("button", name="Bewaar deze wijk").focus()
    with walker.page.expect_navigation():
        walker.page.keyboard.press("Enter")
    walker.sees("De wijk is bewaard.")
    walker.follow("Profiel")
    walker.close()


@pytest.mark.parametrize("width", [1440, 320])
def test_the_engine_proposes_a_neighbourhood_and_the_map_shows_it(
    browser: Browser, mapped: str, pictures: Path | None, width: int
) -> None:
    walker = Walker(browser, mapped, pictures, width=width)
    walker.page.set_default_timeout(5_000)
    walker.become(EDITOR)
    walker.open("/aanvrager/wijkcijfers/")
    walker.fill("Naam van de wijk", f"Voorgesteld {width}")
    walker.press("Begin")
    walker.follow("Laat de rekenmotor een wijk voorstellen")
    walker.fill("Inwoners, minstens", "900")
    walker.fill("Inwoners, hoogstens", "100")
    walker.press("Zoek een wijk")
    walker.sees("De bovengrens ligt onder de ondergrens")
    walker.fill("Inwoners, hoogstens", "2000")
    walker.press("Zoek een wijk")
    walker.sees("Beste voorstel", "Bewezen")
    walker.follow("Bekijk op de kaart")
    walker.sees("Eén aaneengesloten wijk")
    with walker.page.expect_navigation():
        walker.page.get_by_role("button", name="Bewaar deze wijk").click()
    walker.sees("De wijk is bewaard.")
    walker.close()


def test_a_neighbourhood_is_drawn_without_javascript(browser: Browser, mapped: str) -> None:
    walker = Walker(browser, mapped)
    walker.become(EDITOR)
    context = browser.new_context(java_script_enabled=False, storage_state=walker.context.storage_state())
    page = context.new_page()
    page.goto(f"{mapped}/aanvrager/wijkcijfers/")
    page.get_by_label("Naam van de wijk").fill("Zonder script")
    page.get_by_role("button", name="Begin").click()
    page.locator("input[name=sector]").nth(3).check()
    page.get_by_role("button", name="Bereken opnieuw").click()
    assert "Eén aaneengesloten wijk" in page.content()
    page.get_by_role("button", name="Bewaar deze wijk").click()
    assert "De wijk is bewaard." in page.content()
    assert page.locator("svg.map").is_visible()
    context.close()
    walker.close()


@pytest.fixture(scope="module")
def compared(mapped: str, django_db_blocker: DjangoDbBlocker) -> factories.People:
    """Two proposals of a closed call, each with a frozen neighbourhood; juror Jan has a conflict of interest with the second."""
    with django_db_blocker.unblock(), clock.frozen(factories.DURING):
        team, call = factories.make_people(), factories.call(2)
        home = Organisation.objects.get(name="Dendermonde")
        shown = []
        for title, rows in (("De Bijloke", (0, 1)), ("De Donck", (7, 8))):
            proposal = factories.proposal(call, title)
            analysis = places.start_analysis(
                actor=team.owner, title=f"Buurt van {title}", sectors=[sectors.code(home.nis, row) for row in rows]
            )
            frozen = places.freeze_analysis(actor=team.owner, analysis_id=analysis.pk, version=0)
            ProposalEvidence.objects.create(
                proposal=proposal, evidence=frozen, attached_at=clock.now(), attached_by_name="Saar"
            )
            shown.append(proposal)
        factories.scoring(team, call)
        jury.declare_conflict(actor=team.jan, proposal_id=shown[0].pk, has_conflict=False)
        factories.conflict(team.jan, shown[1])
    return team


@pytest.mark.parametrize("width", [1440, 320])
def test_the_agency_and_a_juror_lay_neighbourhoods_side_by_side(
    browser: Browser, mapped: str, compared: factories.People, pictures: Path | None, width: int
) -> None:
    walker = Walker(browser, mapped, pictures, width=width)
    with clock.frozen(factories.DURING):
        log_in(walker.page, mapped, compared.manager)
        walker.open("/agentschap/oproepen/")
        walker.page.get_by_role("link", name=Call.objects.order_by("-created_at")[0].title).first.click()
        walker.follow("vergelijk de wijken")
        walker.sees("Buurt van De Bijloke", "Buurt van De Donck", "Armoede", "voorbeeldcijfers")
        log_in(walker.page, mapped, compared.jan)
        walker.open("/jury/voorstellen/")
        walker.follow("Vergelijk de wijken")
        walker.sees("Buurt van De Bijloke", "Deze cijfers zijn vastgezet")
        assert "Buurt van De Donck" not in walker.text(), "a conflict of interest closes the figures too"
        log_in(walker.page, mapped, compared.outsider)
        walker.open("/jury/wijken/")
        walker.sees("Nog geen wijkcijfers om te vergelijken")
    walker.close()
