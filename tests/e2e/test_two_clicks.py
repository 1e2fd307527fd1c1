"""From the overview to the field at fault in two clicks (three are allowed), for each of the prepared proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from drafting import written
from e2e.open_call import DURING, open_call
from e2e.session import log_in
from people import actor
from prepared import ANSWERED_BY_A_PARTNER, CASES, Document, valid
from registering import register
from wijkcontract.accounts.models import Organisation, OrganisationKind
from wijkcontract.accounts.roles import Role
from wijkcontract.calls.models import Call
from wijkcontract.rules import clock
from wijkcontract.rules.proposal_form import from_json

pytestmark = pytest.mark.story
STORED = [
    pytest.param(number, code, mutate, id=f"{code} {path}")
    for number, (code, path, mutate) in enumerate(CASES)
    if code not in ANSWERED_BY_A_PARTNER
]

IN_VIEW = """id => {
  const found = document.getElementById(id);
  if (!found) return `#${id} staat niet op de pagina`;
  const box = found.getBoundingClientRect();
  if (!box.width && !box.height) return `#${id} is niet te zien`;
  return box.top < innerHeight && box.bottom > 0 ? "" : `#${id} valt buiten het scherm (${box.top})`;
}"""


@pytest.fixture(scope="module")
def call(site: str) -> Call:
    """A call of the first programme."""
    return open_call("Oproep voor drie klikken")


@pytest.fixture(autouse=True)
def _while_the_call_is_open() -> Iterator[None]:
    with clock.frozen(DURING):
        yield


@pytest.fixture(scope="module")
def window(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="nl-BE", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


@pytest.mark.parametrize(("number", "code", "mutate"), STORED)
def test_the_field_at_fault_is_two_clicks_away(
    site: str, call: Call, window: Page, number: int, code: str, mutate: Callable[[Document], None]
) -> None:
    document = valid()
    mutate(document)
    document["submitted_on"] = None
    town = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).order_by("name")[number]
    person = actor("Bewerker", town, Role.EDITOR, Role.SUBMITTER)
    register(person.organisation_id, from_json(document))
    written(person, call, from_json(document), with_file=code not in ("local_decision_missing", "file_missing"))
    log_in(window, site, person)

    window.goto(f"{site}/aanvrager/")
    window.get_by_role("link", name="Voorstel nalezen").first.click()
    missing = window.locator("#ontbreekt a")
    missing.first.wait_for()
    missing.first.click()
    window.wait_for_load_state("load")
    anchor = urlsplit(window.url).fragment
    assert anchor, f"{window.url} leads to a page and to no place on it"
    window.wait_for_function(f"id => ({IN_VIEW})(id) === ''", arg=anchor, timeout=2_000)
    if anchor.startswith("id_"):
        place = window.locator(f"[id='{anchor}']")
        assert place.is_editable() if place.evaluate("e => e.matches('input,select,textarea')") else place.is_visible()
