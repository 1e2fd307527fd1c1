"""The money of a proposal in a browser: a budget out to Excel and back, and a subsidy in the register, wide and at 320 px."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser

from e2e.open_call import DURING, open_call
from e2e.walker import Walker
from wijkcontract.accounts.models import Organisation, OrganisationKind, Person
from wijkcontract.accounts.queries import actor_of
from wijkcontract.demo import people
from wijkcontract.proposals import operations
from wijkcontract.proposals.models import CostLine, Proposal
from wijkcontract.rules import clock
from wijkcontract.rules.example_proposal import example

pytestmark = pytest.mark.story
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EDITOR = "projectleider@dendermonde.example"
CSV = (
    "nis;naam;verstrekker;referentie;omschrijving;bedrag;van;tot\r\n"
    "42006;Sportplan;Sport Vlaanderen;SV-12-{width};Loon van de buurtsportmedewerker;90.000,00;01/01/2022;31/12/2023\r\n"
    "42006;Fietspad;Mobiliteit;;Fietspad;veel;01/01/2022;31/12/2023\r\n"
)


@pytest.fixture(autouse=True)
def _while_the_call_is_open() -> Iterator[None]:
    with clock.frozen(DURING):
        yield


def draft(title: str) -> Proposal:
    call = open_call(title)
    editor = actor_of(Person.objects.get(email=EDITOR))
    return operations.import_document(actor=editor, call_id=call.pk, document=example())


def filled(content: bytes, **cells: object) -> bytes:
    book = load_workbook(io.BytesIO(content))
    for place, value in cells.items():
        book["Begroting"][place].value = value  # type: ignore[index]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def send(walker: Walker, name: str, kind: str, content: bytes) -> None:
    walker.checked.clear()  # what follows has the address of the form
    walker.page.set_input_files("input[type=file]", {"name": name, "mimeType": kind, "buffer": content})
    walker.press("Bekijk wat er verandert")


@pytest.mark.parametrize("width", [1440, 320])
def test_a_budget_goes_to_excel_and_back(browser: Browser, site: str, pictures: Path | None, width: int) -> None:
    proposal = draft(f"Begroting op {width}")
    walker = Walker(browser, site, pictures, width=width)
    walker.become(EDITOR)
    walker.open(f"/aanvrager/voorstellen/{proposal.pk}/onderdeel/budget/")
    walker.follow("Lees in uit Excel")
    content = walker.download("Download begroting.xlsx")
    send(walker, "begroting.xlsx", EXCEL, filled(content, F2="12,5x", C3=1999))
    walker.sees("2 punten in het bestand", "Rij 2, kolom F (Bedrag): '12,5x' is geen duidelijk bedrag.")
    last = CostLine.objects.filter(proposal=proposal).count() + 2
    row = {"A": "Buurtgids", "C": 2023, "D": "Personeel", "E": "Partner", "F": 1_250.5}
    send(
        walker, "begroting.xlsx", EXCEL,
        filled(content, F2=25_000, **{f"{column}{last}": value for column, value in row.items()}),
    )  # fmt: skip
    walker.sees("1 nieuw, 1 gewijzigd, 0 verwijderd", "Buurtgids", "1.250,50", "24.000,00 → 25.000,00")
    walker.press("Bevestig deze begroting")
    walker.sees("Begroting ingelezen: 1 nieuw, 1 gewijzigd, 0 verwijderd.", "Buurtgids")
    walker.close()


@pytest.mark.parametrize("width", [1440, 320])
def test_a_register_comes_in_and_the_authority_sees_what_would_be_paid_twice(
    browser: Browser, site: str, pictures: Path | None, width: int
) -> None:
    town = Organisation.objects.get(kind=OrganisationKind.MUNICIPALITY, name="Dendermonde")
    assert town.nis == "42006"
    proposal = draft(f"Register op {width}")
    walker = Walker(browser, site, pictures, width=width)
    walker.become(people.MANAGER)
    walker.open("/agentschap/kredieten/")
    walker.follow("register van subsidies")
    walker.follow("Lees een CSV in")
    send(walker, "register.csv", "text/csv", CSV.format(width=width).encode())
    walker.sees("1 nieuw, 0 gewijzigd, 0 ongewijzigd, 1 geweigerd", "deze cel is leeg. Vul ze in.")
    walker.press("Bevestig")
    walker.sees("Register ingelezen: 1 nieuw", "Sportplan", "90.000,00")
    walker.page.locator("tr", has_text=f"SV-12-{width}").get_by_role("link", name="Bewerk").click()
    walker.check()
    walker.fill("Bedrag", "veel")
    walker.press("Bewaar")
    walker.sees("Kijk dit na")
    walker.fill("Bedrag", "90.000,00")
    walker.press("Bewaar")
    walker.sees("Subsidie bewaard in het register.")
    walker.become(EDITOR)
    walker.open(f"/aanvrager/voorstellen/{proposal.pk}/onderdeel/budget/")
    walker.sees(f"maar in het register staat Sportplan van Sport Vlaanderen (SV-12-{width})")
    walker.follow("Naar het register")
    walker.follow("Voeg een subsidie toe")
    walker.press("Bewaar")
    walker.sees("Kijk dit na")
    typed = {
        "Naam van de subsidie": "Buurtfonds", "Wie geeft ze?": "Fonds X", "Nummer of referentie": f"F-{width}",
        "Wat betaalt ze?": "Zaalhuur", "Bedrag": "5.000,00", "Van": "01/01/2022", "Tot en met": "31/12/2022",
    }  # fmt: skip
    for label, value in typed.items():
        walker.page.get_by_label(label, exact=True).first.fill(value)
    walker.press("Bewaar")
    walker.sees("Subsidie bewaard in het register.", "Zaalhuur")
    walker.open(f"/aanvrager/voorstellen/{proposal.pk}/onderdeel/knowledge/")
    walker.follow("Voortzetting toevoegen")
    walker.sees("Wie doet verder?", "Wie betaalt?")
    walker.close()
