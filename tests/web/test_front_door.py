"""The moment of arrival as the front door stamps it, and the page that says whether a process is fit (threats.md row 2)."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from ipaddress import ip_network
from typing import Any

import pytest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from repository.tree import SOURCE, python_files, short
from wijkcontract.config import middleware
from wijkcontract.config.environment import read
from wijkcontract.config.middleware import FrontDoor
from wijkcontract.outbox.models import Message
from wijkcontract.rules import clock
from wijkcontract.rules.arrival import Arrival, StampedBy
from wijkcontract.web.public import health

NOW = clock.parse_moment("2021-07-06T10:00:00")
EARLIER = NOW - dt.timedelta(seconds=30)
STAMP = f"t={EARLIER.timestamp():.3f}"
DOOR = "10.0.0.5"


@pytest.fixture(autouse=True)
def _behind_a_front_door(settings: Any) -> None:  # noqa: ANN401 - pytest-django's wrapper has no public type
    settings.TRUSTED_PROXIES = [ip_network(DOOR), ip_network("fd00::/8")]


def arrival(address: str, **meta: str) -> Arrival:
    """What the view sees of a request that comes from this address."""
    seen: list[Any] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    with clock.frozen(NOW):
        FrontDoor(view)(RequestFactory().post("/", REMOTE_ADDR=address, **meta))
    found: Arrival = seen[0].arrival
    return found


@pytest.mark.parametrize("address", [DOOR, f"::ffff:{DOOR}", "fd00::7"])
def test_a_trusted_front_door_is_believed(address: str) -> None:
    assert arrival(address, HTTP_X_REQUEST_START=STAMP) == Arrival(EARLIER, StampedBy.FRONT_DOOR)


@pytest.mark.parametrize("address", ["10.0.0.6", "127.0.0.1", "::1", "", "unix:", "2001:db8::1"])
def test_a_stranger_who_sends_the_header_is_not(address: str, caplog: pytest.LogCaptureFixture) -> None:
    assert arrival(address, HTTP_X_REQUEST_START=STAMP) == Arrival(NOW, StampedBy.APPLICATION)
    assert not caplog.records


@pytest.mark.parametrize("header", [f"{STAMP}, {STAMP}", "gisteren", "t=9999999999", "t=1000000000"])
def test_a_stamp_that_cannot_be_is_not_believed_and_stands_in_the_log(
    header: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        middleware.logger, "disabled", False
    )  # import-linter, run by another test, silences every logger
    assert arrival(DOOR, HTTP_X_REQUEST_START=header).at == NOW
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_without_a_stamp_the_first_sight_counts() -> None:
    assert arrival(DOOR) == Arrival(NOW, StampedBy.APPLICATION)


def test_only_the_front_door_makes_an_arrival() -> None:
    makers = [
        short(path)
        for path in python_files(SOURCE)
        if any(call in path.read_text(encoding="utf-8") for call in ("arrival.stamp(", " Arrival(", "import stamp"))
    ]
    assert sorted(makers) == ["src/wijkcontract/config/middleware.py", "src/wijkcontract/rules/arrival.py"]


def test_the_front_door_stands_outermost(settings: Any) -> None:  # noqa: ANN401 - as above
    assert settings.MIDDLEWARE[0] == "wijkcontract.config.middleware.FrontDoor"


def test_the_environment_names_the_front_doors_or_says_what_is_wrong() -> None:
    found = read({"WIJKCONTRACT_ENV": "test", "WIJKCONTRACT_TRUSTED_PROXIES": "10.0.0.5, fd00::/8"})
    assert [str(one) for one in found.trusted_proxies] == ["10.0.0.5/32", "fd00::/8"]
    with pytest.raises(Exception, match="WIJKCONTRACT_TRUSTED_PROXIES noemt 'voordeur'"):
        read({"WIJKCONTRACT_ENV": "test", "WIJKCONTRACT_TRUSTED_PROXIES": "voordeur"})


def ask_health() -> tuple[int, dict[str, Any]]:
    answer = Client().get(reverse("public:health"))
    return answer.status_code, answer.json()


@pytest.mark.django_db
def test_a_fit_process_says_so_and_tells_nothing_else() -> None:
    status, answer = ask_health()
    assert (status, answer["goed"]) == (HTTPStatus.OK, True)
    assert {name: one["goed"] for name, one in answer["controles"].items()} == dict.fromkeys(
        ("databank", "klok", "opslag", "postvak"), True
    )
    assert abs(answer["controles"]["klok"]["verschil_seconden"]) < 2


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "status"), [(1.5, 200), (-1.5, 200), (2.5, 503), (-2.5, 503)])
def test_two_clocks_that_differ_by_more_than_two_seconds_are_red(
    seconds: float, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shifted = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
    monkeypatch.setattr(health, "database_clock", lambda: shifted)
    assert ask_health()[0] == status


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_red_and_keeps_its_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> dt.datetime:
        raise DatabaseError("password of the database")

    monkeypatch.setattr(health, "database_clock", refuse)
    status, answer = ask_health()
    assert (status, answer["controles"]["klok"]) == (HTTPStatus.SERVICE_UNAVAILABLE, {"goed": False})


@pytest.mark.django_db
def test_mail_that_waits_is_told_and_takes_nothing_down() -> None:
    Message.objects.create(
        key="x", kind="receipt", recipient="saar@dendermonde.example", subject="x", body="x",
        queued_at=clock.now() - dt.timedelta(hours=1), due_at=clock.now(),
    )  # fmt: skip
    status, answer = ask_health()
    assert status == HTTPStatus.OK
    assert answer["controles"]["postvak"] == {"goed": False, "wachtend": 1, "oudste_minuten": 60}
