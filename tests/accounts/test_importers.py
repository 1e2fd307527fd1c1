"""Import of the codes of municipalities, on small files and on the real one (R4)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from wijkcontract.accounts.actors import ANONYMOUS, SYSTEM
from wijkcontract.accounts.importers import Report, import_organisations
from wijkcontract.accounts.models import Organisation, OrganisationKind
from wijkcontract.accounts.queries import AGENCY_OVO, municipalities
from wijkcontract.accounts.seed import seed_organisations
from wijkcontract.audit.models import Event
from wijkcontract.rules.verdicts import Invalid

pytestmark = pytest.mark.django_db
HEAD = "naam,naam_voor_2025,uri,kbo,ovo,nis_2019_2024,nis_2025,geldig_van,geldig_tot,opvolger_uri"
AALST = "Aalst,,urn:aalst,0207437468,OVO001992,41002,41002,,,"
GONE = "Borgloon,,urn:borgloon,0206914361,OVO002028,73009,,,2024-12-31,urn:tongeren"
MERGED = "Tongeren-Borgloon,Tongeren,urn:tongeren,0207067482,OVO002252,73083,73111,,,"


@pytest.fixture(autouse=True)
def _organisations(db: None) -> None:
    seed_organisations()


def run(folder: Path, *rows: str, head: str = HEAD) -> Report:
    path = folder / "gemeenten.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return import_organisations(actor=SYSTEM, path=path)


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.made, report.changed, report.unchanged, len(report.refused)


def test_the_seed_knows_the_municipalities_the_agency_and_flemish_bodies_and_repeats_nothing() -> None:
    assert Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).count() == 285
    assert Organisation.objects.get(kind=OrganisationKind.AGENCY).ovo == AGENCY_OVO
    domains = set(
        Organisation.objects.filter(kind=OrganisationKind.FLEMISH_BODY).values_list("policy_domain", flat=True)
    )
    assert {"housing", "work", "education", "welfare", "environment"} <= domains
    assert seed_organisations() == 0


def test_a_known_municipality_gets_its_codes(tmp_path: Path) -> None:
    assert counts(run(tmp_path, AALST)) == (0, 1, 0, 0)
    aalst = Organisation.objects.get(nis="41002")
    assert (aalst.kbo, aalst.ovo, aalst.uri) == ("0207437468", "OVO001992", "urn:aalst")


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    run(tmp_path, AALST, GONE, MERGED)
    assert counts(run(tmp_path, AALST, GONE, MERGED)) == (0, 0, 3, 0)


def test_a_former_municipality_points_to_its_successor_and_is_none_of_today(tmp_path: Path) -> None:
    run(tmp_path, GONE, MERGED)
    borgloon = Organisation.objects.get(nis="73009")
    assert borgloon.successor == Organisation.objects.get(nis="73111")
    assert borgloon not in municipalities(ANONYMOUS, dt.date(2025, 1, 1))
    assert borgloon in municipalities(ANONYMOUS, dt.date(2024, 12, 31))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (AALST.replace("Aalst", "", 1), "Regel 2, zonder naam: de naam ontbreekt."),
        (AALST.replace("41002", "4100"), "Regel 2, Aalst: '4100' is geen NIS-code van vijf cijfers."),
        (AALST.replace("0207437468", "0207437469"), "Regel 2, Aalst: '0207437469' is geen geldig KBO-nummer."),
        (AALST.replace("OVO001992", "1992"), "Regel 2, Aalst: '1992' is geen OVO-nummer."),
        (GONE.replace("2024-12-31", ""), "Regel 2, Borgloon: zonder NIS-code van 2025 moet er een einddatum staan."),
        (GONE.replace("2024-12-31", "31/12/2024"), "'31/12/2024' in geldig_tot is geen datum (jjjj-mm-dd)."),
        (GONE, "Regel 2, Borgloon: de opvolger urn:tongeren staat niet in het bestand."),
    ],
)
def test_a_row_that_cannot_be_right_is_listed_with_its_line(tmp_path: Path, row: str, reason: str) -> None:
    refused = run(tmp_path, row).refused
    assert len(refused) == 1
    assert refused[0].endswith(reason)


def test_a_refused_row_does_not_stop_the_others(tmp_path: Path) -> None:
    report = run(tmp_path, AALST.replace("41002", "x"), MERGED, MERGED)
    assert counts(report) == (0, 1, 0, 2)
    assert report.refused[1] == "Regel 4, Tongeren-Borgloon: de NIS-code 73111 staat ook op regel 3."


def test_a_file_without_its_columns_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="ontbreken de kolommen kbo"):
        run(tmp_path, AALST, head=HEAD.replace("kbo", "nummer"))
    with pytest.raises(Invalid, match="kan niet gelezen worden"):
        import_organisations(actor=SYSTEM, path=tmp_path / "weg.csv")


@pytest.mark.reference
def test_the_real_file_gives_every_municipality_of_today_and_the_merged_ones(shared: Path) -> None:
    path = shared / "data" / "gemeenten.csv"
    first, second = (import_organisations(actor=SYSTEM, path=path) for _ in range(2))
    assert counts(first) == (19, 285, 0, 0)
    assert counts(second) == (0, 0, 304, 0)
    known = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)
    assert known.filter(active_until=None).exclude(kbo="").exclude(ovo="").count() == 285
    assert known.exclude(active_until=None).exclude(successor=None).count() == 19
    assert Event.objects.filter(verb="accounts.organisations_imported").count() == 2
