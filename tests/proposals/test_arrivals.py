"""Submitting around the deadline: the moment of arrival decides, however late a worker comes to it (R16, threats.md row 2)."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from ipaddress import ip_network
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from proposals.conftest import Town
from wijkcontract.accounts.models import Person
from wijkcontract.audit.models import Event
from wijkcontract.calls.models import Call
from wijkcontract.outbox.models import Message
from wijkcontract.proposals import operations, queries
from wijkcontract.proposals.models import Proposal, Submission
from wijkcontract.rules import clock
from wijkcontract.rules.arrival import stamp
from wijkcontract.rules.verdicts import Refused

CLOSES = clock.parse_moment("2021-07-11T00:00:00")
DAYS = {
    dt.date(2021, 3, 28): "2021-03-28T22:00:00+00:00",
    dt.date(2021, 10, 30): "2021-10-30T22:00:00+00:00",
    dt.date(2021, 10, 31): "2021-10-31T23:00:00+00:00",
    dt.date(2024, 2, 29): "2024-02-29T23:00:00+00:00",
    dt.date(2024, 12, 31): "2024-12-31T23:00:00+00:00",
}
EACH = 40
DOOR = "10.0.0.5"
FEWEST_QUERIES = 10


def is_accepted(town: Town, proposal: Proposal, arrives: dt.datetime, now: dt.datetime) -> bool:
    """Submit with the stamp of a front door while the clock says `now`, and leave no trace."""
    found = stamp(f"{(arrives - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)}", now)
    with clock.frozen(now), transaction.atomic():
        try:
            made = operations.submit(actor=town.saar, proposal_id=proposal.pk, arrival=found)
        except Refused:
            return False
        assert made.arrived_at == arrives
        transaction.set_rollback(True)
    return True


@pytest.mark.django_db
@pytest.mark.parametrize(("last_day", "closing"), DAYS.items())
def test_a_submission_is_accepted_exactly_when_it_arrived_in_time(
    town: Town, complete: Proposal, last_day: dt.date, closing: str
) -> None:
    Call.objects.update(last_day=last_day)
    closes, chance, wrong = dt.datetime.fromisoformat(closing), random.Random(2), []  # noqa: S311 - the same each time
    offsets = [0, -1, 1, *(chance.randint(-5_000_000, 5_000_000) for _ in range(EACH - 3))]
    for offset in offsets:
        arrives = closes + dt.timedelta(microseconds=offset)
        now = arrives + dt.timedelta(seconds=chance.choice([0, 1, 30]))
        if is_accepted(town, complete, arrives, now) != (offset < 0):
            wrong.append(offset)
    assert wrong == []
    assert not Submission.objects.exists()


@pytest.mark.django_db
def test_an_arrival_in_the_future_is_now(town: Town, complete: Proposal) -> None:
    ahead = stamp(None, clock.now() + dt.timedelta(seconds=5))
    assert operations.submit(actor=town.saar, proposal_id=complete.pk, arrival=ahead).arrived_at == clock.now()


@pytest.mark.django_db
def test_taking_back_follows_the_same_rule(town: Town, complete: Proposal) -> None:
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    now = CLOSES + dt.timedelta(seconds=30)
    too_late = stamp(f"{CLOSES.timestamp():.3f}", now)
    in_time = stamp(f"{CLOSES.timestamp() - 0.001:.3f}", now)
    with clock.frozen(now):
        with pytest.raises(Refused, match="Intrekken kan niet meer"):
            operations.withdraw(actor=town.saar, proposal_id=complete.pk, arrival=too_late)
        assert operations.withdraw(actor=town.saar, proposal_id=complete.pk, arrival=in_time).state == "draft"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "seconds", "status"),
    [(DOOR, -1, HTTPStatus.FOUND), (DOOR, 0, HTTPStatus.FORBIDDEN), ("10.0.0.6", -1, HTTPStatus.FORBIDDEN)],
    ids=["in time, a worker half a minute late", "on the stroke of midnight", "the stamp of a stranger"],
)
def test_the_page_goes_by_the_stamp_of_a_trusted_front_door(
    town: Town,
    complete: Proposal,
    address: str,
    seconds: int,
    status: int,
    settings: Any,  # noqa: ANN401 - pytest-django
) -> None:
    settings.TRUSTED_PROXIES = [ip_network(DOOR)]
    client = Client()
    client.force_login(Person.objects.get(pk=town.saar.person_id))
    with clock.frozen(CLOSES + dt.timedelta(seconds=30)):
        answer = client.post(
            reverse("applicant:proposal_submit", args=[complete.pk]), REMOTE_ADDR=address,
            HTTP_X_REQUEST_START=f"t={CLOSES.timestamp() + seconds:.3f}",
        )  # fmt: skip
    assert answer.status_code == status
    assert Submission.objects.count() == (status == HTTPStatus.FOUND)


def state_of(proposal: Proposal) -> tuple[str, int, int, int]:
    """Everything that a submission writes: the state, the frozen version, the mail, the event."""
    stored = Proposal.objects.get(pk=proposal.pk).state
    return stored, Submission.objects.count(), Message.objects.count(), Event.objects.count()


@pytest.mark.django_db
def test_a_fault_at_any_query_of_submitting_leaves_nothing_half(town: Town, complete: Proposal) -> None:
    queries.document(complete)  # what is asked of the database once in the life of a process is asked here
    before = state_of(complete)
    for fault_at in itertools.count(1):
        asked = itertools.count(1)

        def fail(execute: Any, sql: str, params: Any, many: bool, context: Any, at: int = fault_at) -> Any:  # noqa: ANN401 - Django's own
            if next(asked) == at:  # noqa: B023 - used within this round only
                raise OperationalError("the database went away")
            return execute(sql, params, many, context)

        try:
            with connection.execute_wrapper(fail):
                operations.submit(actor=town.saar, proposal_id=complete.pk)
        except OperationalError:
            assert state_of(complete) == before, fault_at
        else:
            break
    assert fault_at > FEWEST_QUERIES
    assert state_of(complete)[:2] == ("submitted", 1)


PARALLEL, ROUNDS = 20, 3


@pytest.mark.usefixtures("committed")
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="the database of SQLite tests lives in one connection")
def test_twenty_clicks_at_once_are_one_submission_with_one_answer(town: Town, complete: Proposal) -> None:
    """The rows of the clicks wait for each other; the test runs twenty connections at once."""

    def click(_: int) -> tuple[int, str]:
        try:
            made = operations.submit(actor=town.saar, proposal_id=complete.pk)
            return made.number, made.sha256
        finally:
            connection.close()

    for number in range(1, ROUNDS + 1):
        with ThreadPoolExecutor(PARALLEL) as pool:
            answers = set(pool.map(click, range(PARALLEL)))
        assert [found for found, _ in answers] == [number]
        assert Submission.objects.filter(proposal=complete).count() == number
        assert Message.objects.filter(kind="receipt").count() == 3 * number
        operations.withdraw(actor=town.saar, proposal_id=complete.pk)
