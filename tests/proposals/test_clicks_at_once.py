"""A button that is pressed twice makes one thing, after each other and at once (threats.md row 16)."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from proposals.conftest import As, Town
from wijkcontract.accounts.actors import Actor
from wijkcontract.calls.models import Call, CallQuestion
from wijkcontract.proposals import operations
from wijkcontract.proposals.models import LeftOut, Proposal, RegisteredSubsidy
from wijkcontract.proposals.register.reading import read_register

NEW = "/aanvrager/voorstellen/nieuw/"
SUBSIDY = "/aanvrager/subsidies/nieuw/"
CLICKS, ROUNDS = 8, 3
needs_connections = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="the database of SQLite tests lives in one connection"
)
Post = Callable[[dict[str, str]], HttpResponse]


def subsidy(reference: str) -> dict[str, str]:
    return {
        "name": "Buurtfonds", "provider": "Fonds X", "reference": reference, "covers": "Loon", "amount_cents": "5.000,00",
        "starts_on": "01/01/2022", "ends_on": "31/12/2022",
    }  # fmt: skip


def at_once(as_: As, actor: Actor, address: str, clicks: list[dict[str, str]]) -> list[tuple[int, str]]:
    """The status and the place of each of these posts, sent at the same moment over connections of their own."""
    gate = threading.Barrier(len(clicks))
    browsers = [as_(actor) for _ in clicks]

    def click(browser: Client, data: dict[str, str]) -> tuple[int, str]:
        browser.raise_request_exception = False
        try:
            gate.wait()
            answer = browser.post(address, data)
            return answer.status_code, answer.get("Location", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clicks)) as pool:
        return list(pool.map(click, browsers, clicks))


@pytest.fixture
def eli_begins(town: Town, call: Call, as_: As) -> Post:
    """The form with which Eli begins a proposal."""
    client, page = as_(town.eli), uuid.uuid4()
    assert 'name="nieuw"' in client.get(NEW).content.decode()
    return lambda data: client.post(NEW, {"call": str(call.pk), "title": "Twee keer", "nieuw": str(page)} | data)  # type: ignore[return-value]


@pytest.mark.django_db
def test_a_second_click_lands_on_the_draft_that_the_first_began(eli_begins: Post, town: Town, as_: As) -> None:
    first, second = eli_begins({}), eli_begins({})
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Proposal.objects.count() == 1
    other = eli_begins({"nieuw": str(uuid.uuid4())})
    assert other.status_code == 200
    assert "al een voorstel met deze titel" in other.content.decode()


@pytest.mark.django_db
def test_a_second_click_copies_an_earlier_proposal_once(eli_begins: Post, town: Town, complete: Proposal) -> None:
    first, second = (eli_begins({"source": str(complete.pk)}) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert first["Location"].endswith("/wat-niet-meekwam/")
    made = Proposal.objects.exclude(pk=complete.pk).get()
    assert made.measures.count() == complete.measures.count()
    assert LeftOut.objects.filter(reuse__proposal=made).values("label").distinct().count() == LeftOut.objects.count()


@pytest.mark.django_db
def test_the_id_of_a_proposal_of_another_town_is_nothing(eli_begins: Post, town: Town, as_: As, call: Call) -> None:
    eli_begins({})
    taken = Proposal.objects.get()
    data = {"call": str(call.pk), "title": "Van Omar", "nieuw": str(taken.pk)}
    assert as_(town.omar).post(NEW, data).status_code == 404
    question = {"text": "Mag dit?", "nieuw": str(uuid.uuid4())}
    address = f"/aanvrager/oproepen/{call.pk}/vragen/"
    assert as_(town.eli).post(address, question).status_code == 302
    assert as_(town.omar).post(address, question).status_code == 404
    assert CallQuestion.objects.count() == 1


@needs_connections
@pytest.mark.usefixtures("committed")
def test_clicks_at_once_begin_one_draft(town: Town, call: Call, as_: As) -> None:
    for number in range(1, ROUNDS + 1):
        data = {"call": str(call.pk), "title": f"Ronde {number}", "nieuw": str(uuid.uuid4())}
        answers = at_once(as_, town.eli, NEW, [data] * CLICKS)
        assert len(set(answers)) == 1
        assert answers[0][0] == 302
        assert Proposal.objects.count() == number


@needs_connections
@pytest.mark.usefixtures("committed")
def test_pages_at_once_with_one_title_begin_one_draft_and_tell_the_others(town: Town, call: Call, as_: As) -> None:
    clicks = [{"call": str(call.pk), "title": "Zelfde", "nieuw": str(uuid.uuid4())} for _ in range(CLICKS)]
    assert sorted(status for status, _ in at_once(as_, town.eli, NEW, clicks)) == [200] * (CLICKS - 1) + [302]


@needs_connections
@pytest.mark.usefixtures("committed")
def test_clicks_at_once_ask_one_question(town: Town, call: Call, as_: As) -> None:
    for number in range(1, ROUNDS + 1):
        data = {"text": "Mag een parking ook?", "nieuw": str(uuid.uuid4())}
        answers = at_once(as_, town.eli, f"/aanvrager/oproepen/{call.pk}/vragen/", [data] * CLICKS)
        assert {status for status, _ in answers} == {302}
        assert CallQuestion.objects.count() == number


@needs_connections
@pytest.mark.usefixtures("committed")
def test_clicks_at_once_register_one_subsidy(town: Town, as_: As) -> None:
    for number in range(1, ROUNDS + 1):
        data = subsidy(f"F-{number}") | {"nieuw": str(uuid.uuid4())}
        assert {status for status, _ in at_once(as_, town.eli, SUBSIDY, [data] * CLICKS)} == {302}
        assert RegisteredSubsidy.objects.count() == number
    clicks = [subsidy("F-anders") | {"nieuw": str(uuid.uuid4())} for _ in range(CLICKS)]
    assert sorted(status for status, _ in at_once(as_, town.eli, SUBSIDY, clicks)) == [302] + [422] * (CLICKS - 1)


@needs_connections
@pytest.mark.usefixtures("committed")
def test_confirming_a_file_of_the_register_at_once_adds_it_once(town: Town) -> None:
    """The agency confirms the same preview in two windows."""
    head = "nis;naam;verstrekker;referentie;omschrijving;bedrag;van;tot\n"
    rows = read_register(
        "register.csv", f"{head}42006;Sport;Sport Vlaanderen;SV-12;Loon;90.000,00;01/01/2022;31/12/2023\n".encode()
    ).rows
    gate = threading.Barrier(CLICKS)

    def confirm(_: int) -> int:
        try:
            gate.wait()
            return len(operations.import_subsidies(actor=town.ada, name="register.csv", rows=rows).added)
        finally:
            connection.close()

    with ThreadPoolExecutor(CLICKS) as pool:
        assert sum(pool.map(confirm, range(CLICKS))) == 1
    assert RegisteredSubsidy.objects.count() == 1
