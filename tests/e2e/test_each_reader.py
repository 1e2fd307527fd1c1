"""A draft as each of its people meets it, wide and at 320 px: who writes, who only does the money, who submits, who reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from e2e.open_call import DURING, open_call
from e2e.session import log_in
from e2e.walker import Walker
from people import actor
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Organisation
from wijkcontract.accounts.roles import Role
from wijkcontract.proposals import operations
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import clock

pytestmark = pytest.mark.story
ENDLESS = "Wijkverbeteringscontractbegeleidingscommissievergadering" * 3
"""A word without a place to break: an address, or a name that nobody expected."""


@dataclass(frozen=True)
class Draft:
    """A draft with names of the greatest length, and the people of its authority."""

    proposal: Proposal
    editor: Actor
    certifier: Actor
    submitter: Actor

    def at(self, rest: str) -> str:
        return f"/aanvrager/voorstellen/{self.proposal.pk}/{rest}"


@pytest.fixture(autouse=True)
def _while_the_call_is_open() -> Iterator[None]:
    with clock.frozen(DURING):
        yield


@pytest.fixture(scope="module")
def draft(site: str) -> Draft:
    with clock.frozen(DURING):
        call = open_call("Oproep voor lange namen")
        town = Organisation.objects.get(name="Herstappe")
        editor = actor("Elke Editor", town, Role.EDITOR)
        proposal = operations.start_proposal(actor=editor, call_id=call.pk, title=ENDLESS)
        for kind, data in (
            ("problem", {"title": ENDLESS}),
            ("objective", {"title": ENDLESS}),
            ("partner", {"name": ENDLESS, "kind": "public"}),
            ("figure", {"indicator": "poverty", "value": 12, "source": ENDLESS}),
        ):
            operations.save_record(actor=editor, proposal_id=proposal.pk, kind=kind, data=data)
        return Draft(
            proposal,
            editor,
            actor("Cleo Certificeerder", town, Role.CERTIFIER),
            actor("Sam Indiener", town, Role.SUBMITTER),
        )


@pytest.mark.parametrize("width", [1440, 320])
def test_a_name_without_end_widens_no_page_and_each_person_finds_the_way(
    browser: Browser, site: str, draft: Draft, pictures: Path | None, width: int
) -> None:
    walker = Walker(browser, site, pictures, width=width)
    walker.page.set_default_timeout(30_000)
    log_in(walker.page, site, draft.editor)
    for address in ("/aanvrager/", "/aanvrager/voorstellen/", draft.at("nalezen/")):
        walker.open(address)
    for section in ("neighbourhood", "problems", "objectives", "measures", "partners"):
        walker.open(draft.at(f"onderdeel/{section}/"))
    walker.open(draft.at("onderdeel/measures/measure/nieuw/"))
    walker.press("Bewaar maatregel")
    walker.sees("Kijk dit na")
    assert walker.page.evaluate("document.activeElement.className") == "error-summary"
    _takes_a_problem_away(walker, draft)
    _reads_without_writing(walker, site, draft)
    _hears_what_lacks(walker, site, draft)
    walker.close()


def _takes_a_problem_away(walker: Walker, draft: Draft) -> None:
    """Who takes something away hears where it can come back."""
    made = operations.save_record(
        actor=draft.editor, proposal_id=draft.proposal.pk, kind="problem", data={"title": "Leegstand"}
    )
    walker.open(draft.at(f"onderdeel/problems/problem/{made.pk}/verwijderen/"))
    walker.press("Verwijder probleem")
    walker.sees("Terugzetten kan in de geschiedenis van dit onderdeel")
    walker.follow("Geschiedenis van dit onderdeel")
    walker.sees("Leegstand")


def _reads_without_writing(walker: Walker, site: str, draft: Draft) -> None:
    """Who certifies reads the draft and finds no button that would be refused."""
    log_in(walker.page, site, draft.certifier)
    walker.checked.clear()
    walker.open("/aanvrager/")
    walker.follow("Voorstel nalezen")
    walker.open(draft.at("onderdeel/problems/"))
    walker.sees(ENDLESS)
    assert walker.page.get_by_role("link", name="toevoegen").count() == 0
    assert walker.page.get_by_role("button", name="Bewaar").count() == 0


def _hears_what_lacks(walker: Walker, site: str, draft: Draft) -> None:
    """Who submits gets from the reading page to what lacks, and from there to the field."""
    log_in(walker.page, site, draft.submitter)
    walker.open(draft.at("nalezen/"))
    walker.sees("U kunt nog niet indienen")
    walker.follow("Elk punt in de lijst")
    walker.page.locator("#ontbreekt a").first.click()
    walker.check()
    assert "#" in walker.page.url
