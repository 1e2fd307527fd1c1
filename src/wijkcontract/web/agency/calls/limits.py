"""The limits of a call as rows of a table (R4 to R23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wijkcontract.accounts.models import OrganisationKind
from wijkcontract.rules.programme import Programme
from wijkcontract.web.components.formats import MONTHS, euro_unit, percent


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit: what, and how much."""

    label: str
    value: str


def limit_rows(terms: Programme) -> Sequence[LimitRow]:
    """Every limit of a call, in the order of the note: who, what, how much, how it goes on."""
    limits = terms.limits
    kinds = [str(OrganisationKind(kind).label) for kind in terms.applicants.kinds]
    return [
        LimitRow("Wie mag indienen", " of ".join(kinds)),
        LimitRow("Participatieproces", _required(terms.participation_required)),
        LimitRow("Eigen inbreng", f"minstens {percent(limits.own_contribution_min)} van de begrote kostprijs"),
        LimitRow("Kleine infrastructuur", f"hoogstens {percent(limits.infrastructure_max)} van de subsidie"),
        LimitRow("Looptijd van een contract", f"hoogstens {limits.term_months_max} maanden"),
        LimitRow("Subsidie per contract", f"hoogstens {euro_unit(limits.subsidy_ceiling)}"),
        LimitRow("Budget van de oproep", euro_unit(limits.call_budget)),
        LimitRow(
            "Indieningsperiode",
            f"{limits.window_months_min} tot {limits.window_months_max} maanden vanaf de publicatie",
        ),
        LimitRow("Link om een engagement te bevestigen", f"werkt {limits.pledge_link_days} dagen"),
        LimitRow("Beslissing van college of raad", _required(terms.local_decision_required)),
        LimitRow("Wie beslist", terms.deciding_body.label),
        *_funding_rows(terms),
        LimitRow("Rapporten aan de ministers", f"{terms.reporting.reports_per_year} per jaar"),
    ]


def _funding_rows(terms: Programme) -> list[LimitRow]:
    """The conditions of the money; a condition that the programme does not have is left out."""
    funding = terms.funding
    rows = [LimitRow("Herkomst van de middelen", funding.label)]
    if funding.commitment_years:
        years = " of ".join(str(year) for year in funding.commitment_years)
        rows.append(LimitRow("Vastlegging (VAK)", f"in {years}"))
    if funding.last_vek_month:
        month = f"{MONTHS[funding.last_vek_month.month - 1]} {funding.last_vek_month.year}"
        rows.append(LimitRow("Aanrekening (VEK)", f"tot en met {month}"))
    if funding.last_extra_request_year:
        rows.append(LimitRow("Meervraag of verschuiving", f"niet voor de jaren na {funding.last_extra_request_year}"))
    return rows


def _required(required: bool) -> str:
    return "verplicht" if required else "niet verplicht"
