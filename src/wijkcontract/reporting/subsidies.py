"""The register of subsidies as CSV, in the columns in which it comes in (R14)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wijkcontract.proposals.models import RegisteredSubsidy
from wijkcontract.reporting.register import as_csv
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.periods import day_nl

HEAD: Final = (
    "kbo", "nis", "ovo", "begunstigde", "naam", "verstrekker", "referentie", "omschrijving", "bedrag", "van", "tot",
    "geregistreerd door",
)  # fmt: skip


def register_csv(found: Iterable[RegisteredSubsidy]) -> str:
    """One line per subsidy; each brings its beneficiary along."""
    return as_csv(HEAD, (_line(one) for one in found))


def _line(one: RegisteredSubsidy) -> tuple[str, ...]:
    of = one.beneficiary
    return (
        of.kbo, of.nis, of.ovo, of.name, one.name, one.provider, one.reference, one.covers, format_nl(one.amount_cents),
        day_nl(one.starts_on), day_nl(one.ends_on), str(one.get_registrar_display()),
    )  # fmt: skip
