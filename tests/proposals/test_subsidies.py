"""The register of subsidies: what comes in, who sees what, and what a proposal hears of it (R14)."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import uuid
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from people import municipality
from proposals.conftest import AFTER, As, Town
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Organisation
from wijkcontract.proposals import operations, queries
from wijkcontract.proposals.models import Proposal, RegisteredSubsidy, Registrar
from wijkcontract.proposals.register.access import registered_subsidies
from wijkcontract.proposals.register.reading import read_register
from wijkcontract.rules import clock
from wijkcontract.rules.findings.cost_items import covers_the_same
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

pytestmark = pytest.mark.django_db
HEAD = "nis;naam;verstrekker;referentie;omschrijving;bedrag;van;tot"
SPORT = "42006;Sportplan;Sport Vlaanderen;SV-12;Loon van de buurtsportmedewerker;90.000,00;01/01/2022;31/12/2023"
CANARY = "kanarie-van-beringen"
BERINGEN = f"71004;{CANARY};Sport Vlaanderen;SV-13;Fietspad;1000;2022-01-01;2022-12-31"
OWN = {
    "name": "Buurtfonds", "provider": "Fonds X", "reference": "F-1", "covers": "Zaalhuur", "amount_cents": 5_000_00,
    "starts_on": dt.date(2022, 1, 1), "ends_on": dt.date(2022, 12, 31),
}  # fmt: skip


def file_of(*rows: str, head: str = HEAD) -> bytes:
    return "\r\n".join([head, *rows]).encode("utf-8")


def take_in(actor: Actor, *rows: str) -> Any:  # noqa: ANN401 - a difference
    read = read_register("register.csv", file_of(*rows))
    assert not read.refused
    return operations.import_subsidies(actor=actor, name="register.csv", rows=read.rows)


def overlaps(proposal: Proposal) -> list[str]:
    return [one.message for one in queries.findings(proposal) if one.code == "double_subsidy"]


REFUSED: list[tuple[str, list[str]]] = [
    (
        SPORT.replace("42006", "99999"),
        ["Regel 2, nis: '99999' is geen lokaal bestuur dat hier bekend is. Kijk de code na."],
    ),
    (SPORT.replace("42006", ""), ["Regel 2, kbo: er is geen code van de begunstigde. Vul kbo, nis of ovo in."]),
    (
        SPORT.replace("90.000,00", "veel").replace("31/12/2023", "31/02/2023"),
        [
            "Regel 2, bedrag: 'veel' is geen duidelijk bedrag. Schrijf een komma voor de centen en eventueel punten tussen "
            "de duizendtallen, zoals 1.234,56.",
            "Regel 2, tot: ",
        ],
    ),
    (
        SPORT.replace("31/12/2023", "31/12/9999"),
        ["Regel 2, tot: Het jaar 9999 kan niet. Schrijf een jaar van 1900 tot en met 2200."],
    ),
    (SPORT.replace("SV-12", ""), ["Regel 2, referentie: deze cel is leeg. Vul ze in."]),
    (SPORT.replace("31/12/2023", "31/12/2021"), ["Regel 2, tot: deze dag ligt voor het begin. Kijk van en tot na."]),
]


@pytest.mark.parametrize(
    ("row", "messages"), REFUSED, ids=["nis", "no code", "amount and day", "year", "reference", "period"]
)
def test_a_refused_row_says_its_line_its_column_and_the_repair(town: Town, row: str, messages: list[str]) -> None:
    read = read_register("register.csv", file_of(row, BERINGEN))
    assert len(read.refused) == len(messages)
    for cell, message in zip(read.refused, messages, strict=True):
        assert str(cell).startswith(message)
    assert [one.name for one in read.rows] == [CANARY]
    assert read.refused_rows == 1


def test_a_row_that_stands_twice_counts_once(town: Town) -> None:
    read = read_register("register.csv", file_of(SPORT, SPORT))
    assert [str(one) for one in read.refused] == [
        "Regel 3, referentie: deze subsidie staat ook op regel 2. Laat één regel weg."
    ]


def test_codes_that_name_two_authorities_are_refused(town: Town) -> None:
    Organisation.objects.filter(nis="71004").update(kbo="0207465676")
    read = read_register("register.csv", file_of(f"0207.465.676;{SPORT}", head=f"KBO;{HEAD}"))
    assert "verschillende besturen" in str(read.refused[0])


def test_a_file_of_excel_in_belgium_is_read_and_one_that_is_no_register_is_not(town: Town) -> None:
    content = file_of(SPORT.replace("Sportplan", "Café des Sports")).decode().encode("cp1252")
    assert read_register("register.csv", content).rows[0].name == "Café des Sports"
    for wrong in (b"", b"naam;bedrag\r\nx;1", b"PK\x03\x04\x00\x00"):
        with pytest.raises(Invalid):
            read_register("register.csv", wrong)


def test_the_same_file_again_changes_nothing_and_a_changed_row_changes_one(town: Town) -> None:
    first = take_in(town.ada, SPORT, BERINGEN)
    assert (len(first.added), len(first.changed)) == (2, 0)
    assert take_in(town.ada, SPORT, BERINGEN).unchanged == 2
    again = take_in(town.ada, SPORT.replace("90.000,00", "80.000,00"))
    assert (len(again.added), len(again.changed)) == (0, 1)
    assert sorted(RegisteredSubsidy.objects.values_list("amount_cents", flat=True)) == [1_000_00, 80_000_00]


def test_an_authority_sees_its_own_part_and_the_agency_all(town: Town) -> None:
    take_in(town.ada, SPORT, BERINGEN)
    assert [one.name for one in registered_subsidies(town.eli)] == ["Sportplan"]
    assert [one.name for one in registered_subsidies(town.omar)] == [CANARY]
    assert {one.name for one in registered_subsidies(town.fien)} == {"Sportplan", CANARY}
    assert not registered_subsidies(town.cabinet).exists()


def test_a_merged_municipality_leaves_its_subsidies_to_its_successor(town: Town) -> None:
    former = municipality("Vroeger", "42999")
    former.successor_id = uuid.UUID(town.eli.organisation_id)
    former.save()
    take_in(town.ada, SPORT.replace("42006", "42999"))
    assert [one.name for one in registered_subsidies(town.eli)] == ["Sportplan"]


def test_an_authority_adds_changes_and_removes_its_own_and_nothing_of_the_agency(town: Town) -> None:
    made = operations.register_subsidy(actor=town.eli, **OWN)
    assert made.registrar == Registrar.AUTHORITY
    changed = operations.register_subsidy(actor=town.saar, subsidy_id=made.pk, **OWN | {"amount_cents": 1})
    assert (changed.pk, changed.amount_cents) == (made.pk, 1)
    with pytest.raises(Invalid, match="staat al in het register"):
        operations.register_subsidy(actor=town.eli, **OWN)
    with pytest.raises(Invalid, match="ligt voor het begin"):
        operations.register_subsidy(actor=town.eli, **OWN | {"reference": "F-2", "ends_on": dt.date(2021, 1, 1)})
    take_in(town.ada, SPORT)
    of_agency = RegisteredSubsidy.objects.get(registrar=Registrar.AGENCY)
    for actor, error in ((town.cas, Refused), (town.omar, NotVisible), (town.ada, Refused)):
        with pytest.raises(error):
            operations.remove_registered_subsidy(actor=actor, subsidy_id=made.pk)
    with pytest.raises(Refused):
        operations.remove_registered_subsidy(actor=town.eli, subsidy_id=of_agency.pk)
    with pytest.raises(Refused):
        operations.import_subsidies(actor=town.fien, name="x", rows=[])
    operations.remove_registered_subsidy(actor=town.eli, subsidy_id=made.pk)
    assert [one.pk for one in RegisteredSubsidy.objects.all()] == [of_agency.pk]


def test_the_id_of_a_row_of_another_is_no_way_to_write_over_it(town: Town) -> None:
    take_in(town.ada, SPORT)
    of_agency = RegisteredSubsidy.objects.get()
    own = operations.register_subsidy(actor=town.eli, **OWN)
    for actor, subsidy_id in ((town.eli, of_agency.pk), (town.omar, own.pk), (town.omar, of_agency.pk)):
        with pytest.raises(NotVisible):
            operations.register_subsidy(actor=actor, new_id=subsidy_id, **OWN | {"reference": "F-9"})
    assert sorted(RegisteredSubsidy.objects.values_list("reference", flat=True)) == ["F-1", "SV-12"]


@pytest.mark.parametrize(
    ("registered", "ours", "same"),
    [
        ("Loon van de buurtsportmedewerker", "LOON buurtsportmedewerker", True),
        ("Aanleg en beplanting van het plein", "Beplanting plein", True),
        ("Beplanting plein", "Aanleg en beplanting van het plein", True),
        ("Onderhoud", "Onderhoud", True),
        ("Onderhoud", "Onderhoud van het buurtplatform", False),
        ("Coördinatie: café", "coordinatie cafe", True),
        ("Sporthal buiten de wijk", "Speelplein in de wijk", False),
        ("", "Onderhoud", False),
        ("van de", "van de", False),
    ],
)
def test_two_descriptions_are_the_same_by_their_telling_words(registered: str, ours: str, same: bool) -> None:
    assert covers_the_same(registered, ours) is same


def test_an_overlap_is_named_with_the_subsidy_and_its_period(town: Town, complete: Proposal) -> None:
    assert overlaps(complete) == []
    take_in(town.ada, SPORT, BERINGEN)
    assert overlaps(complete) == [
        "De projectsubsidie betaalt de kostenposten K8 en K9 Loon van de buurtsportmedewerker, maar in het register staat "
        "Sportplan van Sport Vlaanderen (SV-12), van 01/01/2022 tot en met 31/12/2023, voor: Loon van de buurtsportmedewerker. "
        "Haal die kosten uit de projectsubsidie, of laat het register verbeteren."
    ]


def test_another_period_another_authority_and_other_costs_are_no_overlap(town: Town, complete: Proposal) -> None:
    take_in(
        town.ada,
        SPORT.replace("01/01/2022;31/12/2023", "01/01/2019;31/12/2021"),
        SPORT.replace("42006", "71004"),
        SPORT.replace("SV-12", "SV-14").replace("Loon van de buurtsportmedewerker", "Sporthal buiten de wijk"),
    )
    assert overlaps(complete) == []
    assert [one.reference for one in queries.document(complete).registered] == ["SV-14"]


def test_what_both_registered_counts_once(town: Town, complete: Proposal) -> None:
    own = OWN | {"provider": "sport vlaanderen", "reference": "sv-12", "covers": "Loon buurtsportmedewerker"}
    operations.register_subsidy(actor=town.eli, **own)
    assert len(overlaps(complete)) == 1
    take_in(town.ada, SPORT)
    assert len(overlaps(complete)) == 1
    assert queries.document(complete).registered[0].name == "Sportplan"


def test_a_link_by_hand_says_which_subsidy_it_is_and_is_said_once(town: Town, complete: Proposal) -> None:
    take_in(town.ada, SPORT)
    one = RegisteredSubsidy.objects.get()
    other = complete.other_subsidies.first()
    data = {"covers": "Loon van de buurtsportmedewerker", "registered": str(one.pk)}
    operations.save_record(actor=town.eli, proposal_id=complete.pk, kind="other_subsidy", record_id=other.pk, data=data)
    (said,) = overlaps(complete)
    assert "in het register Sportplan van Sport Vlaanderen (SV-12), betaalt mee voor" in said
    operations.remove_registered_subsidy(actor=town.ada, subsidy_id=one.pk)
    assert queries.document(complete).other_subsidies[0].registered is None


def test_the_register_adds_no_query_to_reading_a_proposal(town: Town, complete: Proposal) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            queries.document(complete)
        return len(captured)

    cost()
    before = cost()
    take_in(town.ada, SPORT, *(SPORT.replace("SV-12", f"SV-{number}") for number in range(100, 140)))
    assert cost() == before == 3


def test_a_submission_keeps_what_the_register_said(town: Town, complete: Proposal) -> None:
    take_in(town.ada, SPORT)
    submission = operations.submit(actor=town.saar, proposal_id=complete.pk)
    operations.remove_registered_subsidy(actor=town.ada, subsidy_id=RegisteredSubsidy.objects.get().pk)
    assert [one.reference for one in queries.frozen_document(submission).registered] == ["SV-12"]


def test_the_agency_sees_what_a_file_changes_before_it_confirms_and_a_double_click_adds_once(
    town: Town, as_: As
) -> None:
    client = as_(town.ada)
    content = file_of(SPORT, BERINGEN, SPORT.replace("SV-12", ""))
    answer = client.post("/agentschap/subsidies/inlezen/", {"file": SimpleUploadedFile("register.csv", content)})
    body = unescape(answer.content.decode())
    assert "2 nieuw, 0 gewijzigd, 0 ongewijzigd, 1 geweigerd" in body
    assert "deze cel is leeg. Vul ze in." in body
    assert not RegisteredSubsidy.objects.exists()
    carried = re.search(r'name="rijen" value="([^"]+)"', answer.content.decode())
    assert carried
    for _ in range(2):
        assert client.post("/agentschap/subsidies/bevestigen/", {"rijen": carried[1]}).status_code == 302
    assert RegisteredSubsidy.objects.count() == 2
    assert client.post("/agentschap/subsidies/bevestigen/", {"rijen": "geknoei"}).status_code == 422
    wrong = client.post("/agentschap/subsidies/inlezen/", {"file": SimpleUploadedFile("x.csv", b"naam\r\nx")})
    assert wrong.status_code == 422
    assert "ontbreken deze kolommen" in unescape(wrong.content.decode())


def test_the_list_is_searched_filtered_and_exported_without_live_formulas(town: Town, as_: As) -> None:
    take_in(town.ada, SPORT.replace("Sportplan", "=1+1"), BERINGEN)
    client = as_(town.ada)
    assert CANARY in client.get("/agentschap/subsidies/").content.decode()
    assert CANARY not in client.get("/agentschap/subsidies/?q=buurtsport").content.decode()
    own = client.get(f"/agentschap/subsidies/?bestuur={town.eli.organisation_id}").content.decode()
    assert CANARY not in own
    assert "Niets gevonden" in client.get("/agentschap/subsidies/?q=niets").content.decode()
    text = client.get("/agentschap/subsidies/csv/").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {row["naam"] for row in rows} == {"'=1+1", CANARY}
    again = read_register("register.csv", text.encode("utf-8-sig"))
    assert not again.refused
    assert {row.amount_cents for row in again.rows} == {90_000_00, 1_000_00}


def test_the_agency_corrects_what_it_registered_and_nothing_else(town: Town, as_: As) -> None:
    take_in(town.ada, SPORT)
    mine = RegisteredSubsidy.objects.get()
    theirs = operations.register_subsidy(actor=town.eli, **OWN)
    typed = {
        "name": "Sportplan", "provider": "Sport Vlaanderen", "reference": "SV-12", "covers": "Loon",
        "amount_cents": "80.000,00", "starts_on": "01/01/2022", "ends_on": "31/12/2023",
    }  # fmt: skip
    client = as_(town.ada)
    wrong = client.post(f"/agentschap/subsidies/{mine.pk}/", typed | {"amount_cents": "veel", "name": CANARY})
    assert wrong.status_code == 422
    assert CANARY in wrong.content.decode()
    assert client.post(f"/agentschap/subsidies/{mine.pk}/", typed).status_code == 302
    assert client.post(f"/agentschap/subsidies/{theirs.pk}/", typed).status_code == 403
    amounts = RegisteredSubsidy.objects.order_by("name").values_list("name", "amount_cents")
    assert list(amounts) == [("Buurtfonds", 5_000_00), ("Sportplan", 80_000_00)]


def test_the_list_costs_the_same_for_one_row_and_for_forty(town: Town, as_: As) -> None:
    client = as_(town.ada)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/agentschap/subsidies/").status_code == 200
        return len(captured)

    take_in(town.ada, SPORT)
    cost()
    few = cost()
    take_in(town.ada, *(SPORT.replace("SV-12", f"SV-{number}") for number in range(100, 140)))
    assert cost() == few


def test_the_authority_adds_a_subsidy_on_its_own_page_and_sees_it_beside_the_budget(
    town: Town, complete: Proposal, as_: As
) -> None:
    client = as_(town.eli)
    assert "Nog geen subsidies geregistreerd" in client.get("/aanvrager/subsidies/").content.decode()
    typed = {
        "name": "Buurtfonds", "provider": "Fonds X", "reference": "F-1", "covers": "Loon buurtsportmedewerker",
        "amount_cents": "5.000,00", "starts_on": "01/01/2022", "ends_on": "31/12/2022", "nieuw": str(uuid.uuid4()),
    }  # fmt: skip
    wrong = client.post("/aanvrager/subsidies/nieuw/", typed | {"ends_on": "31/12/2020"})
    assert wrong.status_code == 422
    assert "Het einde ligt voor het begin" in wrong.content.decode()
    for _ in range(2):
        assert client.post("/aanvrager/subsidies/nieuw/", typed).status_code == 302
    assert RegisteredSubsidy.objects.count() == 1
    body = unescape(client.get(f"/aanvrager/voorstellen/{complete.pk}/onderdeel/budget/").content.decode())
    assert "Buurtfonds, Fonds X (F-1)" in body
    assert "maar in het register staat Buurtfonds" in body
    assert "Buurtfonds" not in as_(town.omar).get("/aanvrager/subsidies/").content.decode()
    form = f"/aanvrager/voorstellen/{complete.pk}/onderdeel/budget/other_subsidy/nieuw/"
    assert "Buurtfonds, Fonds X, F-1" in client.get(form).content.decode()


def test_the_agency_reads_the_overlap_in_what_was_submitted(town: Town, complete: Proposal, as_: As) -> None:
    take_in(town.ada, SPORT)
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    with clock.frozen(AFTER):
        body = unescape(as_(town.ada).get(f"/agentschap/voorstellen/{complete.pk}/").content.decode())
    assert "maar in het register staat Sportplan van Sport Vlaanderen (SV-12)" in body
    assert "In het register van subsidies, tijdens de looptijd" in body
