"""The login of the demonstration: only demonstration accounts, and only where the environment asks for it."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import clear_url_caches, resolve
from django.urls.exceptions import Resolver404

from web.town import Town
from wijkcontract.config import environment, urls


def login(client: Client, town: Town, email: str) -> int:
    return client.post("/demo/", {"persoon": email, "organisatie": str(town.home.pk)}).status_code


def test_page_lists_demonstration_accounts_by_organisation_and_nobody_else(client: Client, town: Town) -> None:
    page = client.get("/demo/").content.decode()
    assert "Saar" in page
    assert "Eli" in page
    assert "Noor" not in page


@pytest.mark.parametrize(
    ("query", "seen", "hidden"),
    [
        ("?q=saar", "Saar", "Eli"),
        ("?q=LINDE+eli", "", "Saar"),
        ("?rol=editor", "Eli", "Saar"),
        ("?q=eli%40", "Eli", "Saar"),
    ],
)
def test_page_searches_and_filters(client: Client, town: Town, query: str, seen: str, hidden: str) -> None:
    page = client.get("/demo/" + query).content.decode()
    assert seen in page
    assert f"<h3>{hidden}</h3>" not in page


def test_choosing_an_account_logs_in_for_its_organisation(client: Client, town: Town) -> None:
    assert login(client, town, town.saar.email) == 302
    assert client.session["organisation_id"] == str(town.home.pk)
    assert "Saar" in client.get("/organisatie/mensen/").content.decode()


def test_somebody_real_cannot_be_chosen(client: Client, town: Town) -> None:
    assert login(client, town, town.noor.email) == 404
    assert "_auth_user_id" not in client.session


def test_looking_logs_nobody_in(client: Client, town: Town) -> None:
    client.get("/demo/", {"persoon": town.saar.email, "organisatie": str(town.home.pk)})
    assert "_auth_user_id" not in client.session


def test_without_demonstration_nobody_is_logged_in_even_if_the_page_were_there(
    client: Client,
    town: Town,
    settings: Any,  # noqa: ANN401 - pytest-django's wrapper has no public type
) -> None:
    settings.DEMO = False
    assert login(client, town, town.saar.email) == 404


def test_without_demonstration_the_address_does_not_exist(
    settings: Any,  # noqa: ANN401 - pytest-django's wrapper has no public type
) -> None:
    settings.DEMO = False
    try:
        importlib.reload(urls)
        clear_url_caches()
        with pytest.raises(Resolver404):
            resolve("/demo/")
    finally:
        settings.DEMO = True
        importlib.reload(urls)
        clear_url_caches()


def test_production_refuses_to_start_with_the_demonstration() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        environment.read({"WIJKCONTRACT_ENV": "production", "WIJKCONTRACT_DEMO": "1", "WIJKCONTRACT_NOW": "2021-01-01"})
    said = str(refusal.value)
    assert "WIJKCONTRACT_DEMO mag niet in productie" in said
    assert "WIJKCONTRACT_NOW mag niet in productie" in said
    assert "SECRET_KEY ontbreekt" in said


def test_production_starts_without_it(tmp_path: Path) -> None:
    read = environment.read(
        {
            "WIJKCONTRACT_ENV": "production",
            "SECRET_KEY": "x",
            "WIJKCONTRACT_HOSTS": "wijk.example",
            "WIJKCONTRACT_DATA": str(tmp_path),
        }
    )
    assert read.is_production
    assert not read.demo
