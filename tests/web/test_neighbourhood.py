"""The pages of the neighbourhood analysis: who sees what, what a choice does, what it costs."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pypdf
import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from web import sectors
from web.town import Town, person
from wijkcontract.accounts.models import Person
from wijkcontract.accounts.roles import Role
from wijkcontract.places.models import FrozenEvidence, NeighbourhoodAnalysis

As = Callable[[Person], Client]
WIJKCIJFERS = "/aanvrager/wijkcijfers/"
MAP_QUERIES, PROFILE_QUERIES = 10, 20


def chosen(town: Town, *rows: int) -> list[str]:
    return [sectors.code(town.home.nis, row) for row in rows]


def begin(client: Client, title: str = "De Lindenbuurt") -> str:
    answer = client.post(WIJKCIJFERS, {"title": title})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_an_editor_draws_a_neighbourhood_and_reads_what_it_comes_to(town: Town, as_: As) -> None:
    sectors.build(town.home)
    client = as_(town.eli)
    address = begin(client)
    page = client.get(address).content.decode()
    assert "voorbeeldcijfers" in page
    assert "Nog geen sector gekozen" in page
    saved = client.post(address, {"version": "0", "sector": chosen(town, 0, 1), "bewaar": "1"}, follow=True)
    page = saved.content.decode()
    assert "De wijk is bewaard." in page
    assert "Eén aaneengesloten wijk" in page
    assert "610 inwoners" in page
    assert page.count(" checked") == 2


def test_looking_at_another_figure_keeps_the_choice_and_writes_nothing(town: Town, as_: As) -> None:
    sectors.build(town.home)
    client = as_(town.eli)
    address = begin(client)
    looked = client.post(
        address,
        {"sector": chosen(town, 0, 20), "toon": "1", "cijfer": "poverty", "klassen": "own", "grenzen": "5; 10"},
        follow=True,
    )
    page = looked.content.decode()
    assert "Armoede, 2020" in page
    assert "Losse stukken" in page
    assert "Nog niet bewaard" in page
    assert "5,0 tot 10,0" in page
    assert "klein aantal, afgeschermd" in page
    assert NeighbourhoodAnalysis.objects.get().sectors == []


def test_faulty_own_borders_are_explained_and_stay_typed(town: Town, as_: As) -> None:
    sectors.build(town.home)
    client = as_(town.eli)
    page = client.get(begin(client) + "?klassen=own&grenzen=tien").content.decode()
    assert "alleen getallen" in page
    assert 'value="tien"' in page


def test_a_save_over_that_of_a_colleague_is_refused_and_loses_nothing(town: Town, as_: As) -> None:
    sectors.build(town.home)
    client = as_(town.eli)
    address = begin(client)
    client.post(address, {"version": "0", "sector": chosen(town, 0), "bewaar": "1"})
    late = client.post(address, {"version": "0", "sector": chosen(town, 7, 8), "bewaar": "1"})
    assert late.status_code == 422
    page = late.content.decode()
    assert "Een collega bewaarde" in page
    assert page.count(" checked") == 2
    assert NeighbourhoodAnalysis.objects.get().sectors == chosen(town, 0)


def test_a_colleague_reads_along_another_municipality_finds_nothing(town: Town, as_: As) -> None:
    sectors.build(town.home)
    address = begin(as_(town.eli))
    certifier = as_(person("Bas", town.home, Role.CERTIFIER))
    page = certifier.get(address).content.decode()
    assert "U leest deze wijkanalyse mee" in page
    assert 'name="bewaar"' not in page
    assert certifier.post(address, {"version": "0", "bewaar": "1", "sector": chosen(town, 1)}).status_code == 403
    stranger = as_(town.noor)
    for tail in ("", "stand/", "profiel/", "vastleggen/", "verwijderen/"):
        assert stranger.get(address + tail).status_code == 404


def test_a_profile_names_margins_what_is_missing_and_the_years(town: Town, as_: As) -> None:
    sectors.build(town.home)
    client = as_(town.eli)
    address = begin(client)
    assert "Nog geen sectoren gekozen" in client.get(address + "profiel/").content.decode()
    client.post(address, {"version": "0", "sector": chosen(town, 0, 1, 23), "bewaar": "1"})
    page = client.get(address + "profiel/").content.decode()
    assert "Waar achterstellingen samenkomen" in page
    assert "zonder 2 sectoren" in page  # the small one, and the one that would give it away
    assert "Cijfers per jaar" in page
    assert "Inwoners naar leeftijd" in page
    assert "In de wijk zoekt 21,0\u00a0% van de mensen van 18 tot 64 jaar werk." in page


def test_a_profile_names_neighbourhoods_that_look_like_it_and_its_most_vulnerable_sector(town: Town, as_: As) -> None:
    sectors.build(town.home)
    sectors.neighbourhoods(town.home)
    client = as_(town.eli)
    address = begin(client)
    client.post(address, {"version": "0", "sector": chosen(town, 4, 5), "bewaar": "1"})
    page = client.get(address + "profiel/").content.decode()
    similar = page[page.index('id="gelijkend"') :]
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td><td class="num">(.*?)</td><td>(.*?)</td>', similar)
    assert rows[0] == ("Lindewijk", town.home.name, "0,0", "geen verschil")
    assert rows[1][:2] == ("Veldwijk", town.home.name)
    assert "Armoede: 9,0 daar, 21,0 hier" in rows[1][3]
    assert (
        "De sector Sector 4 hoort voor 2 van de 2 domeinen bij de kwetsbaarste 20\u00a0% van alle sectoren: werk en wonen."
        in page
    )
    assert (
        "In 97\u00a0% van de 1.000 varianten van de berekening hoort de sector Sector 4 bij de kwetsbaarste 10" in page
    )


def test_what_is_frozen_changes_no_more(town: Town, as_: As) -> None:
    sectors.build(town.home)
    client = as_(town.eli)
    address = begin(client)
    assert client.post(address + "vastleggen/", {"version": "0"}).status_code == 422
    client.post(address, {"version": "0", "sector": chosen(town, 0, 1), "bewaar": "1"})
    frozen = client.post(address + "vastleggen/", {"version": "1"}, follow=True)
    assert "liggen vast" in frozen.content.decode()
    again = client.post(address, {"version": "1", "sector": chosen(town, 4), "bewaar": "1"})
    assert again.status_code == 403
    assert client.post(address + "verwijderen/").status_code == 403
    assert "nieuwe cijfers" not in client.get(address + "profiel/").content.decode()
    sectors.newer_figures(town.home)
    assert "nieuwe cijfers" in client.get(address + "profiel/").content.decode()


@pytest.mark.parametrize("count", [12, 40])
def test_the_pages_ask_as_many_queries_whatever_the_number_of_sectors(
    town: Town, as_: As, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    sectors.build(town.home, count)
    client = as_(town.eli)
    address = begin(client)
    client.post(address, {"version": "0", "sector": chosen(town, 0, 1), "bewaar": "1"})
    with django_assert_num_queries(MAP_QUERIES):
        client.get(address)
    with django_assert_num_queries(PROFILE_QUERIES):
        client.get(address + "profiel/")


def test_the_map_of_298_sectors_is_small(town: Town, as_: As) -> None:
    sectors.build(town.home, 298)
    client = as_(town.eli)
    address = begin(client)
    client.post(address, {"version": "0", "sector": chosen(town, 0, 1, 2), "bewaar": "1"})
    assert len(gzip.compress(client.get(address).content)) < 60_000


def test_the_evidence_is_a_word_a_pdf_and_an_excel_file_with_sources(town: Town, as_: As) -> None:
    sectors.build(town.home)
    client = as_(town.eli)
    address = begin(client, "Wijk <b>&{{ 1 }}")
    assert client.get(address + "document.pdf").status_code == 422
    client.post(address, {"version": "0", "sector": chosen(town, 0, 1), "bewaar": "1"})
    client.post(address + "vastleggen/", {"version": "1"})
    sha256 = FrozenEvidence.objects.get().sha256
    files = {kind: client.get(f"{address}document.{kind}") for kind in ("docx", "pdf", "xlsx")}
    assert {kind: answer.status_code for kind, answer in files.items()} == {"docx": 200, "pdf": 200, "xlsx": 200}
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"].content))
    assert book.sheetnames == ["cijfers", "sectoren", "bronnen", "herkomst"]
    assert isinstance(book["cijfers"]["D4"].value, int | float)
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["pdf"].content)).pages)
    word = zipfile.ZipFile(io.BytesIO(files["docx"].content)).read("word/document.xml").decode()
    for written in (text, word):
        assert sha256 in written.replace("\n", "")
        assert "Bron van de test" in written
        assert "Voorbeeldcijfers" in written
    assert "Wijk &lt;b&gt;&amp;{{ 1 }} in cijfers" in word
    assert client.get(address + "document.exe").status_code == 404
    assert as_(town.noor).get(address + "document.pdf").status_code == 404
