"""A proposal that was submitted twice is taken along and compared in the browser: on a wide screen and at 320 px."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Browser

from e2e.walker import Walker
from people import actor, municipality
from prepared import valid
from wijkcontract.accounts.models import Person
from wijkcontract.accounts.roles import Role
from wijkcontract.calls.models import Call, CallState
from wijkcontract.proposals import operations
from wijkcontract.rules import clock, programme
from wijkcontract.rules.proposal_form import from_json

pytestmark = pytest.mark.story
DURING = dt.datetime(2021, 7, 6, 10, tzinfo=clock.BRUSSELS)
PROGRAMME = "wijkverbeteringscontract-2021"
TITLE = "Een wijk op papier"
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def _while_the_call_is_open() -> Iterator[None]:
    with clock.frozen(DURING):
        yield


@pytest.fixture(scope="module")
def director(site: str) -> Person:
    """Who submitted, took the proposal back, changed its summary and submitted again."""
    with clock.frozen(DURING):
        call = Call.objects.create(
            title="Oproep op papier", programme_name=PROGRAMME, terms=programme.to_dict(programme.load(PROGRAMME)),
            state=CallState.LAUNCHED, published_on=dt.date(2021, 3, 11), last_day=dt.date(2021, 7, 10),
            budget_cents=4_000_000_00, ceiling_cents=800_000_00, created_at=DURING,
        )  # fmt: skip
        saar = actor("Saar", municipality("Dendermonde", "42006"), Role.EDITOR, Role.SUBMITTER)
        proposal = operations.import_document(
            actor=saar, call_id=call.pk, document=from_json(valid() | {"title": TITLE, "submitted_on": None})
        )
        for decision in proposal.local_decisions.all():
            operations.attach_decision_document(
                actor=saar, proposal_id=proposal.pk, local_decision_id=decision.pk,
                upload=SimpleUploadedFile("besluit.pdf", PDF),
            )  # fmt: skip
        operations.submit(actor=saar, proposal_id=proposal.pk)
        again = operations.withdraw(actor=saar, proposal_id=proposal.pk)
        operations.save_answers(
            actor=saar, proposal_id=proposal.pk, version=again.version, answers={"summary": "Een nieuwe samenvatting."}
        )
        operations.submit(actor=saar, proposal_id=proposal.pk)
    return Person.objects.get(pk=saar.person_id)


@pytest.mark.parametrize("width", [1440, 320])
def test_versions_are_read_compared_and_taken_along(
    site: str, browser: Browser, pictures: Path | None, director: Person, width: int
) -> None:
    walker = Walker(browser, site, pictures, width)
    client = Client()
    client.force_login(director, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    walker.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
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
