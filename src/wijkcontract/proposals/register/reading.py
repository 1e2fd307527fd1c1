"""A CSV file of subsidies: rows that hold, and every refused cell with its line, the reason and how to repair it (R14)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Q

from wijkcontract.accounts.formfields import DayField
from wijkcontract.accounts.models import Organisation, OrganisationKind
from wijkcontract.rules.money import AmountError, parse_amount_nl
from wijkcontract.rules.verdicts import Invalid

CODES: Final = ("kbo", "nis", "ovo")
REQUIRED: Final = ("naam", "verstrekker", "referentie", "omschrijving", "bedrag", "van", "tot")
LONGEST: Final[Mapping[str, int]] = {"naam": 200, "verstrekker": 200, "referentie": 100, "omschrijving": 300}
MOST_BYTES: Final = 20 * 1024 * 1024
BENEFICIARIES: Final = (OrganisationKind.MUNICIPALITY, OrganisationKind.SOCIAL_WELFARE)


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell that keeps its row out: the line of the file, the column, and a sentence that says how to repair it."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"Regel {self.line}, {self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class SubsidyRow:
    """One row that holds."""

    line: int
    beneficiary_id: str
    name: str
    provider: str
    reference: str
    covers: str
    amount_cents: int
    starts_on: dt.date
    ends_on: dt.date

    @property
    def key(self) -> tuple[str, str, str]:
        """What names a subsidy in the register."""
        return self.beneficiary_id, self.provider, self.reference


@dataclass(slots=True)
class ReadFile:
    """What a file holds."""

    rows: list[SubsidyRow] = field(default_factory=list)
    refused: list[RefusedCell] = field(default_factory=list)

    @property
    def refused_rows(self) -> int:
        return len({cell.line for cell in self.refused})


def read_register(name: str, content: bytes) -> ReadFile:
    """Read a file; one query. Raises Invalid when it is no CSV of subsidies at all."""
    records = _records(name, content)
    known = _beneficiaries(records)
    found = ReadFile()
    seen: dict[tuple[str, str, str], int] = {}
    for line, record in records:
        row, refused = _Row(line, record, known).read()
        if row is not None and row.key in seen:
            refused = [
                RefusedCell(
                    line, "referentie", f"deze subsidie staat ook op regel {seen[row.key]}. Laat één regel weg."
                )
            ]
        if row is not None and not refused:
            seen[row.key] = line
            found.rows.append(row)
        found.refused += refused
    return found


def _records(name: str, content: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows by column, each with the line on which a person finds it."""
    if len(content) > MOST_BYTES:
        raise Invalid.because(f"{name} is te groot. Hoogstens {MOST_BYTES // 1_048_576} MB kan.", "file")
    if b"\x00" in content:
        raise Invalid.because(f"{name} is geen CSV. Bewaar het register als CSV (puntkomma's, UTF-8).", "file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # what Excel in Belgium writes
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=head.count))
    try:
        columns = [one.strip().casefold() for one in next(reader, [])]
        missing = [one for one in REQUIRED if one not in columns]
        if not any(code in columns for code in CODES):
            missing.insert(0, "kbo, nis of ovo")
        if missing:
            raise Invalid.because(f"In {name} ontbreken deze kolommen: {'; '.join(missing)}.", "file")
        return [
            (reader.line_num, dict(zip(columns, (cell.strip() for cell in row), strict=False)))
            for row in reader
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise Invalid.because(
            f"{name} kan niet gelezen worden op regel {reader.line_num}. Bewaar het opnieuw.", "file"
        ) from error


def _beneficiaries(records: Iterable[tuple[int, Mapping[str, str]]]) -> dict[tuple[str, str], str]:
    """The id of each local authority that the file names, by the kind of code and the code."""
    asked: dict[str, set[str]] = {code: set() for code in CODES}
    for _, record in records:
        for code in CODES:
            asked[code].add(_code(record.get(code, "")))
    named = Q(kbo__in=asked["kbo"]) | Q(nis__in=asked["nis"]) | Q(ovo__in=asked["ovo"])
    found: dict[tuple[str, str], str] = {}
    for one in Organisation.objects.filter(named, kind__in=BENEFICIARIES).order_by("kind"):
        for code in CODES:
            found.setdefault((code, getattr(one, code)), str(one.pk))
    return found


def _code(text: str) -> str:
    return "".join(one for one in text if one.isalnum()).upper()


class _Row:
    """Reads one row, with all that is wrong in it."""

    def __init__(self, line: int, record: Mapping[str, str], known: Mapping[tuple[str, str], str]) -> None:
        self.line, self.record, self.known = line, record, known
        self.refused: list[RefusedCell] = []

    def read(self) -> tuple[SubsidyRow | None, list[RefusedCell]]:
        """The row, or None, and its refused cells."""
        beneficiary = self._beneficiary()
        texts = {column: self._text(column) for column in LONGEST}
        amount, start, end = self._amount(), self._day("van"), self._day("tot")
        if start and end and end < start:
            self._refuse("tot", "deze dag ligt voor het begin. Kijk van en tot na.")
        if self.refused or amount is None or start is None or end is None:
            return None, self.refused
        row = SubsidyRow(
            self.line, beneficiary, texts["naam"], texts["verstrekker"], texts["referentie"], texts["omschrijving"],
            amount, start, end,
        )  # fmt: skip
        return row, []

    def _refuse(self, column: str, message: str) -> None:
        self.refused.append(RefusedCell(self.line, column, message))

    def _beneficiary(self) -> str:
        """The one authority that every code of the row names."""
        codes = {code: _code(self.record.get(code, "")) for code in CODES if self.record.get(code)}
        if not codes:
            self._refuse("kbo", "er is geen code van de begunstigde. Vul kbo, nis of ovo in.")
        found = {code: self.known.get((code, value), "") for code, value in codes.items()}
        for code in (code for code, one in found.items() if not one):
            self._refuse(
                code, f"'{self.record[code][:20]}' is geen lokaal bestuur dat hier bekend is. Kijk de code na."
            )
        named = {one for one in found.values() if one}
        if len(named) > 1:
            self._refuse(next(iter(codes)), "de codes wijzen naar verschillende besturen. Laat de verkeerde code weg.")
        return next(iter(named), "")

    def _text(self, column: str) -> str:
        text = " ".join(self.record.get(column, "").split())
        if not text:
            self._refuse(column, "deze cel is leeg. Vul ze in.")
        elif len(text) > LONGEST[column]:
            self._refuse(column, f"dit is {len(text)} tekens lang. Hoogstens {LONGEST[column]} tekens kan.")
        return text

    def _amount(self) -> int | None:
        try:
            return parse_amount_nl(self.record.get("bedrag", ""))
        except AmountError as wrong:
            self._refuse("bedrag", str(wrong))
            return None

    def _day(self, column: str) -> dt.date | None:
        try:
            found = DayField(required=False).clean(self.record.get(column, ""))
        except ValidationError as wrong:
            self._refuse(column, " ".join(wrong.messages))
            return None
        if not isinstance(found, dt.date):
            self._refuse(column, "deze cel is leeg. Schrijf een dag, zoals 31/12/2025.")
            return None
        return found


def rows_to_carry(rows: Sequence[SubsidyRow]) -> list[list[Any]]:
    """Rows as JSON, for the page of the preview."""
    return [
        [one.line, one.beneficiary_id, one.name, one.provider, one.reference, one.covers, one.amount_cents,
         one.starts_on.isoformat(), one.ends_on.isoformat()]
        for one in rows
    ]  # fmt: skip


def rows_carried(content: Iterable[Sequence[Any]]) -> list[SubsidyRow]:
    """The same rows back."""
    return [
        SubsidyRow(
            line, beneficiary, name, provider, reference, covers, cents,
            dt.date.fromisoformat(start), dt.date.fromisoformat(end),
        )
        for line, beneficiary, name, provider, reference, covers, cents, start, end in content
    ]  # fmt: skip
