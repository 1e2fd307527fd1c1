"""Steps 4 and 5: the decision of the Government, the contract, and its money to the cent."""

from __future__ import annotations

from e2e.steps import SUBMITTER, fill, object_of, on
from e2e.walker import Walker
from wijkcontract.demo import people

CHARGES = ("81.444,22", "81.444,21", "81.667,35", "81.444,22")
CREDITS = {2021: ("4.000.000,00", "0,00"), **dict.fromkeys(range(2022, 2027), ("0,00", "1.100.000,00"))}


def the_government_decides_and_both_parties_sign(walker: Walker) -> None:
    """Step 4: the approval on the minister's proposal, the contract made from the proposal, the signatures."""
    on(2021, 12, 10)
    walker.become(people.MANAGER)
    walker.open("/agentschap/voorstellen/")
    walker.follow("Bijloke")
    proposal = object_of(walker, "/agentschap/voorstellen/")
    walker.open(f"{proposal}beslissing/")
    walker.page.locator("[name='outcome'][value='granted']").check()
    fill(
        walker,
        {
            "decided_on": "10/12/2021",
            "document": "VR 2021 1012 DOC.1 (voorbeeld)",
            "proposed_by": "De minister bevoegd voor Binnenlands Bestuur",
            "amount": "326.000,00",
            "term_start": "01/01/2022",
            "term_end": "31/12/2025",
            "motivation": "Het advies van de jury is gunstig.",
        },
    )
    walker.press("Leg de beslissing vast")
    walker.open(f"{proposal}beslissing/")
    walker.press("Maak het contract op")
    walker.sees("WVC-2021-001")
    contract = object_of(walker, "/agentschap/contracten/")
    on(2021, 12, 16)
    walker.become(SUBMITTER)
    walker.open("/aanvrager/contracten/")
    walker.follow("Bijloke")
    walker.follow("Onderteken")
    fill(walker, {"function": "Burgemeester en algemeen directeur", "signed_on": "15/12/2021"})
    walker.press("Onderteken")
    walker.become(people.MANAGER)
    walker.open(f"{contract}ondertekening/")
    fill(walker, {"function": "Minister bevoegd voor Binnenlands Bestuur", "signed_on": "16/12/2021"})
    walker.press("Onderteken")
    walker.sees("Ondertekend")


def the_subsidy_is_committed(walker: Walker) -> None:
    """Step 5, first half: an article of the recovery funds with VAK and VEK, and the commitment with its schedule."""
    on(2021, 12, 17)
    walker.become(people.FINANCE)
    walker.open("/agentschap/kredieten/")
    walker.follow("Voeg een artikel toe")
    walker.page.locator("[name='funding'][value='recovery']").check()
    article = {"code": "SJ0-1SGE2EA-WT", "description": "Wijkverbeteringscontracten", "described_on": "30/06/2021"}
    fill(walker, article)
    walker.press("Bewaar het artikel")
    walker.sees("RELANCE BUDGET")
    fill(walker, {"description": "RELANCE BUDGET VV021 Wijkverbeteringscontracten"})
    walker.press("Bewaar het artikel")
    for year, (vak, vek) in CREDITS.items():
        _set_credits(walker, year, vak, vek)
    walker.open("/agentschap/contracten/")
    walker.follow("Bijloke")
    contract = object_of(walker, "/agentschap/contracten/")
    walker.open(f"{contract}geld/")
    walker.follow("Leg de subsidie vast")
    options = walker.page.locator("select[name='article'] option")
    walker.page.locator("select[name='article']").select_option(index=options.count() - 1)
    fill(walker, {"committed_on": "17/12/2021"})
    walker.press("Bereken de aanrekening")
    walker.sees(*CHARGES)
    fill(walker, {"document": "Subsidiebesluit 17/12/2021 (voorbeeld)"})
    walker.press("Leg 326.000,00 EUR vast")
    walker.sees(*CHARGES, "326.000,00")
    walker.open(f"{contract}betalingsplan/")
    walker.press("Bewaar het plan")
    walker.sees("97.800,00")


def _set_credits(walker: Walker, year: int, vak: str, vek: str) -> None:
    walker.open("/agentschap/kredieten/")
    walker.page.locator("a[href$='/jaar/']").first.click()
    walker.check()
    fill(walker, {"year": str(year), "commitment_cents": vak, "payment_cents": vek})
    walker.press("Bewaar de kredieten")
    walker.sees(str(year))


def an_instalment_is_paid_by_two_persons(walker: Walker) -> None:
    """Step 5, second half: who asks cannot confirm; a second person does; the running year is posted."""
    on(2022, 2, 1)
    walker.become(people.FINANCE)
    walker.open("/agentschap/contracten/")
    walker.follow("Bijloke")
    contract = object_of(walker, "/agentschap/contracten/")
    walker.open(f"{contract}geld/")
    walker.page.locator("a[href*='/schijven/']").first.click()
    walker.check()
    fill(walker, {"document": "BV-2022-031 (voorbeeld)"})
    walker.press("Vraag de betaling")
    walker.open(f"{contract}geld/")
    assert walker.page.get_by_role("button", name="Bevestig").count() == 0, "who asked may not confirm"
    walker.become(people.SECOND_FINANCE)
    walker.open(f"{contract}geld/")
    fill(walker, {"paid_on": "01/02/2022"})
    walker.press("Bevestig")
    walker.sees("Betaald")
    on(2022, 12, 31)
    walker.open(f"{contract}geld/")
    walker.follow("Boek de aanrekening")
    fill(walker, {"document": "Aanrekening 2022 (voorbeeld)"})
    walker.press("Boek 81.444,22 EUR")
    walker.sees(*CHARGES, "+16.355,78")
