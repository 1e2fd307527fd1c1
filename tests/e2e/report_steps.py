"""Steps 6 to 8: the round, the report to the ministers in three forms with the same figures, and the public register."""

from __future__ import annotations

import io

from openpyxl import load_workbook
from pypdf import PdfReader

from e2e.money_steps import CHARGES
from e2e.steps import CERTIFIER, EDITOR, fill, object_of, on
from e2e.walker import Walker
from wijkcontract.demo import people

EUROS = [81444.22, 81444.21, 81667.35, 81444.22]


def the_municipality_reports_and_the_agency_accepts(walker: Walker) -> None:
    """Step 6: a round, progress, a measurement against its target, spending, certification, acceptance."""
    on(2023, 1, 3)
    walker.become(people.MANAGER)
    walker.open("/agentschap/rondes/nieuw/")
    fill(walker, {"title": "Stand op 31 december 2022", "moment": "31/12/2022", "due_on": "31/01/2023"})
    walker.press("Maak de ronde")
    walker.press("Open de ronde")
    round_ = object_of(walker, "/agentschap/rondes/")
    on(2023, 1, 10)
    walker.become(EDITOR)
    walker.open("/aanvrager/rapporten/")
    walker.page.get_by_role("link", name="Stand op 31 december 2022").first.click()
    walker.check()
    _fill_the_report(walker)
    walker.page.locator("button[name='certify']").click()
    walker.check()
    report = walker.page.url
    assert walker.page.get_by_role("button", name="Bevestig en dien in").count() == 0, "an editor may not certify"
    walker.become(CERTIFIER)
    walker.page.goto(report)
    walker.check()
    walker.press("Bevestig en dien in")
    walker.become(people.MANAGER)
    walker.open(round_)
    walker.follow("WVC-2021-001")
    walker.sees("52,5", "18.500,00")
    walker.press("Aanvaard het verslag")
    walker.sees("aanvaard")


def _fill_the_report(walker: Walker) -> None:
    page = walker.page
    _choose(walker, "light", "on_track")
    fill(walker, {"summary": "De buurtsportmedewerker werkt sinds maart."})
    names = page.locator("[name^='measure_'], [name^='target_'], [name^='spent_']")
    for name in dict.fromkeys(names.evaluate_all("nodes => nodes.map(node => node.name)")):
        if name.endswith("_light"):
            _choose(walker, name, "on_track")
        elif name.endswith("_value"):
            fill(walker, {name: "52,5"})
        elif name.endswith("_on"):
            fill(walker, {name: "15/12/2022"})
        elif name.startswith("spent_"):
            fill(walker, {name: "18.500,00" if name == "spent_staff" else "0,00"})
        else:
            fill(walker, {name: "Volgens planning (voorbeeld)"})


def _choose(walker: Walker, name: str, value: str) -> None:
    found = walker.page.locator(f"[name='{name}']")
    if found.first.evaluate("node => node.tagName") == "SELECT":
        found.select_option(value=value)
    else:
        walker.page.locator(f"[name='{name}'][value='{value}']").check()


def the_ministers_get_their_report(walker: Walker) -> None:
    """Step 7: one frozen report as page, Excel and PDF, with the same figures."""
    on(2023, 1, 20)
    walker.become(people.MANAGER)
    walker.open("/agentschap/rondes/")
    walker.follow("Stand op 31 december 2022")
    walker.follow("Bekijk het rapport")
    walker.press("Breng het rapport uit")
    walker.sees(*CHARGES, "97.800,00", "SHA-256")
    digest = walker.page.locator("dd code").last.inner_text()
    book = load_workbook(io.BytesIO(walker.download("Excel")), data_only=True)
    rows = list(book["aanrekening per jaar"].iter_rows(min_row=4, values_only=True))
    assert [row[4] for row in rows if row[0] == "WVC-2021-001"] == EUROS
    reader = PdfReader(io.BytesIO(walker.download("PDF")))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert all(charge in text for charge in CHARGES), text[:2000]
    assert digest[:16] in text.replace("\n", "")
    assert reader.metadata is not None
    assert reader.metadata.title


def everyone_reads_the_register(walker: Walker) -> None:
    """Step 8: without logging in, the call, the contract, its objectives and its figures; also on a phone."""
    walker.context.clear_cookies()
    for width in (1440, 390, 320):
        walker.page.set_viewport_size({"width": width, "height": 900})
        walker.width = width
        walker.checked.clear()
        walker.open("/")
        walker.open("/oproepen/")
        walker.follow("Oproep wijkverbeteringscontracten 2021")
        walker.open("/contracten/")
        walker.page.locator("main table a").first.click()
        walker.check()
        walker.sees("Bijloke", "326.000,00", *CHARGES, "52,5")
