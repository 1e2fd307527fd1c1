"""The public register: what everyone may know of calls and signed contracts (R27). Only marked fields ever reach these values."""

from __future__ import annotations

import csv
import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import StringIO

from wijkcontract.accounts.actors import Actor
from wijkcontract.contracts.models import Contract
from wijkcontract.contracts.queries import PublicContract, public_contracts
from wijkcontract.contracts.queries.public import PublicMeasure, PublicTarget
from wijkcontract.execution.models import Measurement
from wijkcontract.execution.queries import latest_accepted, progress_of
from wijkcontract.participation.queries import PublicMoment, public_moments
from wijkcontract.proposals.enums import Nature
from wijkcontract.rules.money import format_cents
from wijkcontract.rules.verdicts import NotVisible

FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class RegisterTarget:
    """An objective's target with its newest accepted measurement."""

    target: PublicTarget
    actual: Measurement | None
    progress: Fraction | None


@dataclass(frozen=True)
class RegisterYear:
    """The charge of one budget year, in cents."""

    year: int
    charge_cents: int
    is_posted: bool


@dataclass(frozen=True)
class RegisterMeasure:
    title: str
    nature: str
    instrument: str


@dataclass(frozen=True)
class RegisterEntry:
    """One contract as the public reads it."""

    contract: PublicContract
    decision_document: str
    deciding_body: str
    decided_on: dt.date
    measures: list[RegisterMeasure]
    targets: list[RegisterTarget]
    years: list[RegisterYear]
    partners: list[str]
    moments: list[PublicMoment]


def register_entry(actor: Actor, contract_id: uuid.UUID) -> RegisterEntry:
    """A signed contract with objectives, measures, partners and money per year; NotVisible when it is not signed."""
    found = public_contracts(actor, contract_id=contract_id)
    if not found:
        raise NotVisible
    shown = found[0]
    contract = (
        Contract.objects.select_related("decision", "call")
        .prefetch_related("pledges", "commitment__schedule", "commitment__posted")
        .get(pk=shown.id)
    )
    return RegisterEntry(
        contract=shown,
        decision_document=contract.decision.document,
        deciding_body=contract.decision.deciding_body,
        decided_on=contract.decision.decided_on,
        measures=[_measure(one, contract) for one in shown.measures],
        targets=register_targets(shown),
        years=_years(contract),
        partners=_partners(contract),
        moments=public_moments(actor, shown.id),
    )


def register_targets(contract: PublicContract) -> list[RegisterTarget]:
    """The targets of one contract with what was last measured."""
    measured = latest_accepted([contract.id])
    rows = [(target, measured.get(target.id)) for target in contract.targets]
    return [RegisterTarget(target, one, progress_of(one) if one else None) for target, one in rows]


def contracts_csv(actor: Actor) -> str:
    """The register as CSV: a line per contract; amounts in EUR with a point and two decimals, days as ISO dates."""
    head = [
        "nummer", "gemeente", "nis", "kbo", "wijk", "titel", "oproep", "beslist_op", "begin", "einde", "stand",
        "subsidie_eur", "vastgelegd_eur", "betaald_eur",
    ]  # fmt: skip
    rows = (
        [
            one.number, one.local_authority, one.local_authority_nis, one.local_authority_kbo, one.neighbourhood, one.title,
            one.call_title, one.decided_on.isoformat(), one.term_start.isoformat(), one.term_end.isoformat(), one.state_label,
            format_cents(one.subsidy_cents), format_cents(one.committed_cents), format_cents(one.paid_cents),
        ]
        for one in public_contracts(actor)
    )  # fmt: skip
    return as_csv(head, rows)


def targets_csv(actor: Actor) -> str:
    """The objectives of every contract as CSV: baseline, target and the newest accepted measurement."""
    head = [
        "nummer", "gemeente", "doelstelling", "indicator", "eenheid", "nulmeting", "nulmeting_op", "streefwaarde", "streefdatum",
        "meting", "gemeten_op", "bron",
    ]  # fmt: skip
    contracts = public_contracts(actor)
    measured = latest_accepted([one.id for one in contracts])
    return as_csv(
        head, (_target_line(one, target, measured.get(target.id)) for one in contracts for target in one.targets)
    )


def safe_cell(text: str) -> str:
    """A text that a spreadsheet takes for a formula gets an apostrophe before it (threats.md row 11)."""
    return f"'{text}" if text.startswith(FORMULA_BEGINNINGS) else text


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table for a spreadsheet, with semicolons; a text that looks like a formula is no formula."""
    target = StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return target.getvalue()


def _target_line(contract: PublicContract, target: PublicTarget, actual: Measurement | None) -> list[str]:
    return [
        contract.number, contract.local_authority, target.objective, target.indicator, target.unit,
        *_plain(target.baseline, target.baseline_on), *_plain(target.target, target.target_on),
        *_plain(actual.value if actual else None, actual.measured_on if actual else None), actual.source if actual else "",
    ]  # fmt: skip


def _plain(value: object, on: dt.date | None) -> Iterator[str]:
    """A figure and its day; a negative figure is text to a careful spreadsheet, as every cell that begins with a minus."""
    yield "" if value is None else f"{value:f}".rstrip("0").rstrip(".")
    yield on.isoformat() if on else ""


def _measure(measure: PublicMeasure, contract: Contract) -> RegisterMeasure:
    instrument = contract.call.programme.instrument(measure.instrument)
    nature = Nature(measure.nature).label if measure.nature in Nature.values else measure.nature
    return RegisterMeasure(measure.title, str(nature), instrument.label if instrument else measure.instrument)


def _years(contract: Contract) -> list[RegisterYear]:
    commitment = getattr(contract, "commitment", None)
    if commitment is None:
        return []
    charges = {one.year: RegisterYear(one.year, one.amount_cents, False) for one in commitment.schedule.all()}
    charges |= {one.year: RegisterYear(one.year, one.amount_cents, True) for one in commitment.posted.all()}
    return [charges[year] for year in sorted(charges)]


def _partners(contract: Contract) -> list[str]:
    """Names of organisations; a group of residents is never named, nor a kind that the programme does not know."""
    kinds = {one.code: one for one in contract.call.programme.partner_kinds}
    pledges = [(one.partner, kinds[one.partner_kind]) for one in contract.pledges.all() if one.partner_kind in kinds]
    named = {partner for partner, kind in pledges if not kind.residents}
    unnamed = any(kind.residents for _, kind in pledges)
    return [*sorted(named), *(["bewonersgroep"] if unnamed else [])]
