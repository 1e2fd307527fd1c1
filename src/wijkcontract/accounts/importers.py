"""Import of the codes of municipalities and of the municipalities that merged (R4), from a CSV file of the operator.

Columns: naam, naam_voor_2025, uri, kbo, ovo, nis_2019_2024, nis_2025, geldig_van, geldig_tot, opvolger_uri. A row with
`nis_2025` is a municipality of today; a row without it and with `geldig_tot` is a former one with its successor.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from stdnum.be import vat as kbo_number
from stdnum.exceptions import ValidationError

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Organisation, OrganisationKind
from wijkcontract.audit.operations import operation, record
from wijkcontract.rules.verdicts import Invalid

COLUMNS = frozenset(
    {"naam", "uri", "kbo", "ovo", "nis_2019_2024", "nis_2025", "geldig_van", "geldig_tot", "opvolger_uri"}
)


@dataclass
class Report:
    """What an import did: how many rows were new, changed or as they were, and which were refused with the reason."""

    made: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """One municipality of the file, checked."""

    line: int
    nis: str
    name: str
    uri: str
    kbo: str
    ovo: str
    active_from: dt.date | None
    active_until: dt.date | None
    successor_uri: str


@operation
def import_organisations(*, actor: Actor, path: Path) -> Report:
    """Import a file in one transaction. Refused rows are reported, the others are kept; the same file again changes nothing.

    Raises Invalid when the file cannot be read or lacks a column.
    """
    report = Report()
    rows = list(_rows(_read(path), report))
    kept: list[tuple[Row, Organisation]] = []
    for row in rows:
        kept.append((row, _keep(row, report)))
    _link_successors(kept, report)
    subject = Organisation.objects.get(kind=OrganisationKind.AGENCY)
    record(
        actor,
        "accounts.organisations_imported",
        subject,
        file=path.name,
        made=report.made,
        changed=report.changed,
        refused=len(report.refused),
    )
    return report


def _read(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = COLUMNS - set(reader.fieldnames or ())
            if missing:
                raise Invalid.because(f"In {path.name} ontbreken de kolommen {', '.join(sorted(missing))}.")
            return list(reader)
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid.because(f"{path} kan niet gelezen worden: {error}.") from error


def _rows(records: Iterable[dict[str, str]], report: Report) -> Iterable[Row]:
    """The rows that hold; the others go into the report with their line and reason."""
    seen: dict[str, int] = {}
    for line, values in enumerate(records, 2):
        record_ = {column: (values.get(column) or "").strip() for column in COLUMNS}
        reason = _fault(record_)
        nis = record_["nis_2025"] or record_["nis_2019_2024"]
        if not reason and nis in seen:
            reason = f"de NIS-code {nis} staat ook op regel {seen[nis]}"
        if reason:
            report.refused.append(f"Regel {line}, {record_['naam'] or 'zonder naam'}: {reason}.")
            continue
        seen[nis] = line
        yield Row(
            line=line,
            nis=nis,
            name=record_["naam"],
            uri=record_["uri"],
            kbo=record_["kbo"],
            ovo=record_["ovo"],
            active_from=_day(record_["geldig_van"]),
            active_until=_day(record_["geldig_tot"]),
            successor_uri=record_["opvolger_uri"],
        )


def _fault(values: dict[str, str]) -> str:
    """Why a row is refused, or nothing."""
    nis = values["nis_2025"] or values["nis_2019_2024"]
    if not values["naam"]:
        return "de naam ontbreekt"
    if not (len(nis) == 5 and nis.isdigit()):
        return f"'{nis}' is geen NIS-code van vijf cijfers"
    if not values["nis_2025"] and not values["geldig_tot"]:
        return "zonder NIS-code van 2025 moet er een einddatum staan"
    if values["ovo"] and not (values["ovo"].startswith("OVO") and values["ovo"][3:].isdigit()):
        return f"'{values['ovo']}' is geen OVO-nummer"
    for column in ("geldig_van", "geldig_tot"):
        try:
            _day(values[column])
        except ValueError:
            return f"'{values[column]}' in {column} is geen datum (jjjj-mm-dd)"
    try:
        if values["kbo"]:
            kbo_number.validate(values["kbo"])
    except ValidationError:
        return f"'{values['kbo']}' is geen geldig KBO-nummer"
    return ""


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _keep(row: Row, report: Report) -> Organisation:
    """Make or change the municipality with this NIS code."""
    wanted = {
        "name": row.name,
        "uri": row.uri,
        "kbo": row.kbo,
        "ovo": row.ovo,
        "active_from": row.active_from,
        "active_until": row.active_until,
    }
    found = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, nis=row.nis).first()
    if found is None:
        report.made += 1
        return Organisation.objects.create(kind=OrganisationKind.MUNICIPALITY, nis=row.nis, **wanted)
    different = {name: value for name, value in wanted.items() if getattr(found, name) != value}
    if not different:
        report.unchanged += 1
        return found
    for name, value in different.items():
        setattr(found, name, value)
    found.save(update_fields=list(different))
    report.changed += 1
    return found


def _link_successors(kept: list[tuple[Row, Organisation]], report: Report) -> None:
    """Point every former municipality to its successor, by URI."""
    by_uri = {organisation.uri: organisation for _, organisation in kept if organisation.uri}
    for row, organisation in kept:
        successor = by_uri.get(row.successor_uri)
        if row.successor_uri and successor is None:
            report.refused.append(
                f"Regel {row.line}, {row.name}: de opvolger {row.successor_uri} staat niet in het bestand."
            )
        elif organisation.successor_id != (successor.pk if successor else None):
            organisation.successor = successor
            organisation.save(update_fields=["successor"])
