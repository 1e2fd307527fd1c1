"""Two browsers in one draft, and a connection that drops: nothing typed is lost, and both see what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e.open_call import DURING, open_call
from e2e.steps import EDITOR, SUBMITTER
from e2e.walker import Walker
from wijkcontract.accounts.models import Person
from wijkcontract.accounts.queries import actor_of
from wijkcontract.calls.models import Call
from wijkcontract.proposals import operations, queries
from wijkcontract.proposals.models import Proposal, ProposalRecord
from wijkcontract.rules import clock

pytestmark = pytest.mark.story
WAIT = 8_000


@dataclass
class Desk:
    """One person at one browser, on one proposal."""

    walker: Walker
    proposal: Proposal

    @property
    def page(self) -> Page:
        return self.walker.page

    def address(self, rest: str) -> str:
        return f"/aanvrager/voorstellen/{self.proposal.pk}/onderdeel/{rest}"

    def open(self, rest: str) -> Page:
        self.walker.open(self.address(rest))
        return self.page

    def says(self, text: str) -> None:
        expect(self.page.locator("#bewaard")).to_contain_text(text, timeout=WAIT)


@pytest.fixture
def proposal(site: str) -> Iterator[Proposal]:
    """A draft for an open call, of the authority of the demonstration's editor."""
    with clock.frozen(DURING):
        call = open_call(f"Oproep {Call.objects.count()}")
        writer = actor_of(Person.objects.get(email=EDITOR))
        yield operations.start_proposal(actor=writer, call_id=call.pk, title="Twee schrijvers")


@pytest.fixture
def desks(browser: Browser, site: str, proposal: Proposal) -> Iterator[tuple[Desk, Desk]]:
    """The editor and the submitter of one authority, each in a browser of their own."""
    made = []
    for email in (EDITOR, SUBMITTER):
        walker = Walker(browser, site)
        walker.become(email)
        made.append(Desk(walker, proposal))
    yield made[0], made[1]
    for desk in made:
        assert desk.walker.faults == []
        desk.walker.context.close()


def text_of(proposal: Proposal, question: str) -> str:
    found = proposal.answers.filter(question=question).first()
    return found.text if found else ""


def test_what_is_typed_is_on_the_server_within_two_seconds(desks: tuple[Desk, Desk]) -> None:
    one, _ = desks
    one.open("measures").locator("[name=existing_policy]").press_sequentially("Wij doen al veel.")
    one.page.wait_for_timeout(2_000)
    assert text_of(one.proposal, "existing_policy") == "Wij doen al veel."
    one.says("Opgeslagen om")
    form = one.page.locator("form", has=one.page.locator("[name=existing_policy]"))
    expect(form.locator(".actions")).to_contain_text("Opgeslagen om")
    expect(form).to_contain_text("17 van ")


def test_an_action_that_is_chosen_shows_its_measure_and_both_stand(desks: tuple[Desk, Desk]) -> None:
    one, _ = desks
    editor = actor_of(Person.objects.get(email=EDITOR))

    def made(kind: str, **data: object) -> ProposalRecord:
        return operations.save_record(actor=editor, proposal_id=one.proposal.pk, kind=kind, data=data)

    measure = made("measure", title="Plein", nature="hard", instrument="extra_capacity")
    action = made("action", measure=measure.pk, title="Bomen planten")
    line = made("milestone", title="Bomen geplant")
    page = one.page
    page.goto(
        f"{one.walker.site}/aanvrager/voorstellen/{one.proposal.pk}/onderdeel/plan/milestone/{line.pk}/#formulier"
    )
    page.locator("[name=action]").select_option(value=str(action.pk))
    one.says("Opgeslagen om")
    expect(page.locator("[name=measure]")).to_have_value(str(measure.pk))
    with page.expect_navigation():
        page.locator("#formulier").get_by_role("button", name="Bewaar mijlpaal").click()
    line.refresh_from_db()
    assert (str(line.measure_id), str(line.action_id)) == (measure.pk, action.pk)  # type: ignore[attr-defined]


def test_two_people_in_one_text_lose_nothing_and_both_see_what_happened(desks: tuple[Desk, Desk]) -> None:
    one, other = desks
    one.open("measures")
    other.open("measures")
    one.page.locator("[name=existing_policy]").fill("De tekst van de een.")
    one.page.locator("[name=existing_policy]").press("Tab")
    one.says("Opgeslagen om")
    other.page.locator("[name=existing_policy]").fill("De tekst van de ander.")
    other.page.locator("[name=mix_motivation]").fill("Een ander veld.")
    other.says("Kies welke tekst blijft")
    panel = other.page.locator(".conflict")
    expect(panel).to_contain_text("De tekst van de een.")
    assert other.page.locator("[name=existing_policy]").input_value() == "De tekst van de ander."
    assert (text_of(one.proposal, "existing_policy"), text_of(one.proposal, "mix_motivation")) == (
        "De tekst van de een.", "Een ander veld.",
    )  # fmt: skip
    other.walker.checked.clear()
    other.walker.check()
    other.page.reload()
    assert other.page.locator("[name=existing_policy]").input_value() == "De tekst van de ander."
    other.walker.sees("Dit bewaarde uw collega intussen", "De tekst van de een.")
    other.page.locator("[name=existing_policy]").press("End")
    other.page.locator("[name=existing_policy]").press_sequentially(" Samen.")
    other.says("Opgeslagen om")
    assert text_of(one.proposal, "existing_policy") == "De tekst van de ander. Samen."
    expect(one.page.locator("[name=existing_policy]")).to_have_value("De tekst van de ander. Samen.", timeout=15_000)
    one.says("wijzigde dit onderdeel")
    expect(one.page.locator("#aanwezig")).to_contain_text("in Maatregelen")
    one.open("measures/geschiedenis")
    one.walker.sees("De tekst van de een.")


def test_one_takes_the_text_of_a_colleague_with_a_button(desks: tuple[Desk, Desk]) -> None:
    one, other = desks
    one.open("measures")
    other.open("measures")
    one.page.locator("[name=existing_policy]").fill("De tekst van de een.")
    one.says("Opgeslagen om")
    other.page.locator("[name=existing_policy]").fill("De tekst van de ander.")
    other.page.locator(".conflict [data-kies=hun]").click(timeout=WAIT)
    other.says("Opgeslagen om")
    assert other.page.locator("[name=existing_policy]").input_value() == "De tekst van de een."
    assert text_of(one.proposal, "existing_policy") == "De tekst van de een."
    kept = queries.unfinished_inputs(actor_of(Person.objects.get(email=SUBMITTER)), one.proposal)
    assert kept == {}


def test_a_connection_that_drops_loses_nothing(desks: tuple[Desk, Desk]) -> None:
    one, _ = desks
    page = one.open("measures")
    one.walker.context.set_offline(True)
    page.locator("[name=existing_policy]").press_sequentially("Getypt zonder verbinding.")
    one.says("Geen verbinding")
    assert text_of(one.proposal, "existing_policy") == ""
    one.walker.context.set_offline(False)
    one.says("Opgeslagen om")
    assert text_of(one.proposal, "existing_policy") == "Getypt zonder verbinding."


def test_what_was_typed_without_a_connection_survives_a_closed_page(desks: tuple[Desk, Desk]) -> None:
    one, _ = desks
    page = one.open("measures/measure/nieuw")
    one.walker.context.set_offline(True)
    page.locator("[name=title]").fill("Buurtsport")
    page.locator("[name=description]").fill("Getypt zonder verbinding.")
    one.says("Geen verbinding")
    page.close()
    one.walker.context.set_offline(False)
    one.walker.page = one.walker.context.new_page()
    page = one.open("measures/measure/nieuw")
    assert page.locator("[name=title]").input_value() == "Buurtsport"
    one.says("Vul nog aan: Soort maatregel, Instrument")
    page.locator("[name=nature][value=soft]").check()
    page.locator("[name=instrument]").select_option("public_service")
    one.says("Opgeslagen om")
    assert one.proposal.measures.get().description == "Getypt zonder verbinding."
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar maatregel").click()
    one.walker.sees("Maatregel bewaard.")
    assert one.proposal.measures.count() == 1


def test_the_meters_and_what_is_missing_follow_what_is_typed(desks: tuple[Desk, Desk]) -> None:
    one, _ = desks
    page = one.open("measures")
    expect(page.locator("#ontbreekt")).to_contain_text("Bestaand wijkbeleid")
    page.locator("[name=existing_policy]").fill("Wij doen al veel in deze wijk.")
    expect(page.locator("#ontbreekt")).not_to_contain_text("Bestaand wijkbeleid", timeout=WAIT)


def test_without_javascript_the_button_saves(
    browser: Browser, site: str, proposal: Proposal, desks: tuple[Desk, Desk]
) -> None:
    one, _ = desks
    context = browser.new_context(java_script_enabled=False, locale="nl-BE")
    context.add_cookies(one.walker.context.cookies())
    page = context.new_page()
    page.goto(site + one.address("measures/"))
    page.locator("[name=existing_policy]").fill("Zonder script.")
    page.locator("form[data-deel='measures/teksten']").get_by_role("button", name="Bewaar").click()
    expect(page.locator("body")).to_contain_text("Bewaard.")
    assert text_of(proposal, "existing_policy") == "Zonder script."
    context.close()
