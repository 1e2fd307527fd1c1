"""The engine proposes a neighbourhood: what is asked, what it answers, and what taking it over means."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from web import sectors
from web.town import Town
from wijkcontract.accounts.models import Person
from wijkcontract.places.enums import Method
from wijkcontract.places.models import NeighbourhoodAnalysis

As = Callable[[Person], Client]
BOUNDS = {"van": "500", "tot": "1500"}


def begin(client: Client) -> str:
    return str(client.post("/aanvrager/wijkcijfers/", {"title": "De Lindenbuurt"})["Location"])


def links(page: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'href="([^"]*gekozen=1[^"]*)"', page)]


def test_an_editor_takes_the_proposal_of_the_engine_over_whole(town: Town, as_: As) -> None:
    sectors.build(town.home)
    client = as_(town.eli)
    address = begin(client)
    page = client.get(f"{address}zoeken/", BOUNDS).content.decode()
    assert "Beste voorstel" in page
    assert "Bewezen" in page
    shown = client.get(links(page)[0])
    choice = shown.wsgi_request.GET.getlist("sector")
    assert choice
    proposed = shown.wsgi_request.GET["voorstel"]
    form = {"version": "0", "sector": choice, "voorstel": proposed, "bewaar": "1"}
    assert "De wijk is bewaard." in client.post(address, form, follow=True).content.decode()
    stored = NeighbourhoodAnalysis.objects.get()
    assert stored.sectors == sorted(choice)
    assert stored.method == Method.PROPOSED


def test_a_proposal_that_was_pushed_is_drawn(town: Town, as_: As) -> None:
    sectors.build(town.home)
    client = as_(town.eli)
    address = begin(client)
    choice = links(client.get(f"{address}zoeken/", BOUNDS).content.decode())[0]
    proposed = client.get(choice).wsgi_request.GET["voorstel"]
    pushed = proposed.split(",")[:-1]
    client.post(address, {"version": "0", "sector": pushed, "voorstel": proposed, "bewaar": "1"})
    assert NeighbourhoodAnalysis.objects.get().method == Method.DRAWN


def test_what_does_not_fit_says_why_and_wrong_bounds_say_where(town: Town, as_: As) -> None:
    sectors.build(town.home)
    client = as_(town.eli)
    address = f"{begin(client)}zoeken/"
    assert "ondergrens van 900000" in client.get(address, {"van": "900000", "tot": "900001"}).content.decode()
    wrong = client.get(address, {"van": "900", "tot": "100"})
    assert wrong.status_code == 422
    assert "Verhoog ze of verlaag de ondergrens" in wrong.content.decode()
    assert 'value="900"' in wrong.content.decode()


def test_saved_sectors_can_be_kept_in(town: Town, as_: As) -> None:
    sectors.build(town.home)
    client = as_(town.eli)
    address = begin(client)
    kept = sectors.code(town.home.nis, 0)
    client.post(address, {"version": "0", "sector": [kept], "bewaar": "1"})
    for link in links(client.get(f"{address}zoeken/", BOUNDS | {"houd": "on"}).content.decode()):
        assert kept in client.get(link).wsgi_request.GET.getlist("sector")


def test_the_proposal_stands_beside_existing_neighbourhoods_and_the_best_circle(town: Town, as_: As) -> None:
    sectors.build(town.home)
    sectors.neighbourhoods(town.home)
    client = as_(town.eli)
    page = client.get(f"{begin(client)}zoeken/", BOUNDS).content.decode()
    table = page[page.index('id="andere-wijken"') :]
    rows = [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table)[1:]
    ]
    assert [row[0] for row in rows] == ["Beste voorstel", "De beste cirkel", "Lindewijk", "Veldwijk"]
    assert [row[-1] for row in rows] == ["Ja", "Ja", "Ja", "Nee"], "Veldwijk lies in two pieces"
    best, *others = (int(row[2].replace(".", "").replace("\u2212", "-").replace("−", "-")) for row in rows)
    assert best >= max(others)
    assert rows[2][3] != "0 %"
    assert rows[3][3] == "0 %", "Veldwijk holds none of the most vulnerable sectors"


def test_asking_writes_nothing_and_costs_nine_queries(
    town: Town, as_: As, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sectors.build(town.home)
    client = as_(town.eli)
    address = f"{begin(client)}zoeken/"
    with django_assert_num_queries(9):
        client.get(address, BOUNDS)
    assert NeighbourhoodAnalysis.objects.get().sectors == []


def test_a_neighbouring_authority_finds_nothing_here(town: Town, as_: As) -> None:
    sectors.build(town.home)
    address = begin(as_(town.eli))
    assert as_(town.noor).get(f"{address}zoeken/", BOUNDS).status_code == 404
