"""The limits of a call as rows of a table, each with the number of the requirement that it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wijkcontract.accounts.models import OrganisationKind
from wijkcontract.rules.programme import Programme
from wijkcontract.web.components.formats import MONTHS, euro_unit, percent


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit: what, how much, and where it comes from."""

    label: str
    value: str
    requirement: str


def limit_rows(terms: Programme) -> Sequence[LimitRow]:
    """Every limit of a call, in the order of the requirements."""
    limits = terms.limits
    kinds = [str(OrganisationKind(kind).label) for kind in terms.applicants.kinds]
    return [
        LimitRow("Wie mag indienen", " of ".join(kinds), "R4"),
        LimitRow("Participatieproces", _required(terms.participation_required), "R6"),
        LimitRow("Eigen inbreng", f"minstens {percent(limits.own_contribution_min)} van de begrote kostprijs", "R13"),
        LimitRow("Kleine infrastructuur", f"hoogstens {percent(limits.infrastructure_max)} van de subsidie", "R14"),
        LimitRow("Looptijd van een contract", f"hoogstens {limits.term_months_max} maanden", "R14"),
        LimitRow("Subsidie per contract", f"hoogstens {euro_unit(limits.subsidy_ceiling)}", "R14"),
        LimitRow("Budget van de oproep", euro_unit(limits.call_budget), "R14"),
        LimitRow(
            "Indieningsperiode",
            f"{limits.window_months_min} tot {limits.window_months_max} maanden vanaf de publicatie",
            "R15",
        ),
        LimitRow("Link om een engagement te bevestigen", f"werkt {limits.pledge_link_days} dagen", "R8"),
        LimitRow("Beslissing van college of raad", _required(terms.local_decision_required), "R16"),
        LimitRow("Wie beslist", terms.deciding_body.label, "R18"),
        *_funding_rows(terms),
        LimitRow("Rapporten aan de ministers", f"{terms.reporting.reports_per_year} per jaar", "R23"),
    ]


def _funding_rows(terms: Programme) -> list[LimitRow]:
    """The conditions of the money; a condition that the programme does not have is left out."""
    funding = terms.funding
    rows = [LimitRow("Herkomst van de middelen", funding.label, "R22")]
    if funding.commitment_years:
        years = " of ".join(str(year) for year in funding.commitment_years)
        rows.append(LimitRow("Vastlegging (VAK)", f"in {years}", "R22"))
    if funding.last_vek_month:
        month = f"{MONTHS[funding.last_vek_month.month - 1]} {funding.last_vek_month.year}"
        rows.append(LimitRow("Aanrekening (VEK)", f"tot en met {month}", "R22"))
    if funding.last_extra_request_year:
        rows.append(
            LimitRow("Meervraag of verschuiving", f"niet voor de jaren na {funding.last_extra_request_year}", "R22")
        )
    return rows


def _required(required: bool) -> str:
    return "verplicht" if required else "niet verplicht"
