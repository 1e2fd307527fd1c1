"""A proposal that was submitted twice is taken along and compared in the browser: on a wide screen and at 320 px."""

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
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.proposals import operations
from wijkcontract.rules import clock
from wijkcontract.rules.proposal_form import from_json

pytestmark = pytest.mark.story
TITLE = "Een wijk op papier"


@pytest.fixture(autouse=True)
def _while_the_call_is_open() -> Iterator[None]:
    with clock.frozen(DURING):
        yield


@pytest.fixture(scope="module")
def director(site: str) -> Actor:
    """Who submitted, took the proposal back, changed its summary and submitted again."""
    with clock.frozen(DURING):
        call = open_call("Oproep op papier")
        saar = actor("Saar", municipality("Dendermonde", "42006"), Role.EDITOR, Role.SUBMITTER)
        proposal = written(saar, call, from_json(valid() | {"title": TITLE, "submitted_on": None}))
        operations.submit(actor=saar, proposal_id=proposal.pk)
        again = operations.withdraw(actor=saar, proposal_id=proposal.pk)
        operations.save_answers(
            actor=saar, proposal_id=proposal.pk, version=again.version, answers={"summary": "Een nieuwe samenvatting."}
        )
        operations.submit(actor=saar, proposal_id=proposal.pk)
    return saar


@pytest.mark.parametrize("width", [1440, 320])
def test_versions_are_read_compared_and_taken_along(
    site: str, browser: Browser, pictures: Path | None, director: Actor, width: int
) -> None:
    walker = Walker(browser, site, pictures, width)
    log_in(walker.page, site, director)
    walker.open("/aanvrager/voorstellen/")
    walker.follow(TITLE)
    assert walker.download("Bewaar het ontvangstbewijs als pdf").startswith(b"%PDF")
    assert walker.download("Het voorstel als Word").startswith(b"PK")
    walker.follow("Ingediende versies")
    walker.sees("Versie 2", "Versie 1")
    assert walker.download("Versie 1 als pdf").startswith(b"%PDF")
    walker.follow("Verschil met versie 1")
    walker.sees("Verschil tussen versie 1 en versie 2", "Een nieuwe samenvatting.")
    walker.open("/oproepen/")
    walker.follow("Oproep op papier")
    assert walker.download("Het sjabloon als Word").startswith(b"PK")
    walker.close()
