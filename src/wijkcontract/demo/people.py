"""The accounts of the demonstration: functions, never persons. Mail addresses end on `.example`, which belongs to nobody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from wijkcontract.accounts.models import Mandate, Organisation, OrganisationKind, Person
from wijkcontract.accounts.roles import Role
from wijkcontract.accounts.seed import seed_organisations
from wijkcontract.demo.facts import CASES

STARTS_ON = dt.date(2021, 1, 1)


@dataclass(frozen=True)
class Account:
    """One demonstration account: what it is called, where it acts, and as what."""

    email: str
    name: str
    organisation: str
    roles: tuple[Role, ...]


MANAGER = "programmabeheerder@agentschap.example"
FINANCE = "financieel.beheerder@agentschap.example"
SECOND_FINANCE = "tweede.financieel.beheerder@agentschap.example"
CHAIR = "voorzitter@jury.example"
EXPERT = "deskundige.samenleven@jury.example"
SECOND_EXPERT = "deskundige.economie@jury.example"
HOUSING_MEMBER = "lid@wonen.example"
OBSERVER = "waarnemer@kabinet.example"

AGENCY = "Agentschap Binnenlands Bestuur"
CABINET = "Kabinet van de minister van Binnenlands Bestuur"
EXPERTS = "Externe deskundigen (voorbeeld)"
AUDIT = "Auditdienst (voorbeeld)"
OPERATIONS = "Beheer van de toepassing (voorbeeld)"

STATE = (
    Account(MANAGER, "Programmabeheerder", AGENCY, (Role.AGENCY_MANAGER,)),
    Account(FINANCE, "Financieel beheerder", AGENCY, (Role.AGENCY_FINANCE,)),
    Account(SECOND_FINANCE, "Tweede financieel beheerder", AGENCY, (Role.AGENCY_FINANCE,)),
    Account(CHAIR, "Voorzitter van de jury", EXPERTS, (Role.JUROR,)),
    Account(EXPERT, "Deskundige samenleven", EXPERTS, (Role.JUROR,)),
    Account(SECOND_EXPERT, "Deskundige lokale economie", EXPERTS, (Role.JUROR,)),
    Account(HOUSING_MEMBER, "Jurylid Wonen in Vlaanderen", "Wonen in Vlaanderen", (Role.BODY_MEMBER,)),
    Account("lid@vdab.example", "Jurylid VDAB", "VDAB", (Role.BODY_MEMBER,)),
    Account(OBSERVER, "Waarnemer van de minister", CABINET, (Role.OBSERVER,)),
    Account("adviseur@kabinet.example", "Adviseur van het kabinet", CABINET, (Role.CABINET,)),
    Account(
        "inspecteur@inspectie.example", "Inspecteur van Financiën", "Inspectie van Financiën", (Role.INSPECTORATE,)
    ),
    Account("auditor@audit.example", "Auditor", AUDIT, (Role.AUDITOR,)),
    Account("beheerder@beheer.example", "Systeembeheerder", OPERATIONS, (Role.OPERATOR,)),
    Account("bewoner@wijk.example", "Bewoner van de wijk", "Dendermonde", (Role.RESIDENT,)),
)
OWN_ORGANISATIONS = {
    EXPERTS: OrganisationKind.EXPERT,
    AUDIT: OrganisationKind.AUDIT,
    OPERATIONS: OrganisationKind.PARTNER,
}


def local_accounts(municipality: str) -> tuple[Account, ...]:
    """The three mandates of a municipality: who writes, who submits and signs, who certifies."""
    domain = f"{municipality.lower()}.example"
    return (
        Account(f"projectleider@{domain}", f"Projectleider {municipality}", municipality, (Role.EDITOR,)),
        Account(
            f"algemeen.directeur@{domain}",
            f"Algemeen directeur {municipality}",
            municipality,
            (Role.SUBMITTER, Role.EDITOR),
        ),
        Account(
            f"financieel.directeur@{domain}",
            f"Financieel directeur {municipality}",
            municipality,
            (Role.CERTIFIER, Role.EDITOR),
        ),
    )


def all_accounts() -> list[Account]:
    """Every account of the demonstration, the State's first."""
    return [*STATE, *(account for case in CASES for account in local_accounts(case.municipality))]


def make_people() -> int:
    """Make the accounts and their mandates; those that exist stay as they are. Returns how many were made."""
    for name, kind in OWN_ORGANISATIONS.items():
        Organisation.objects.get_or_create(name=name, defaults={"kind": kind})
    organisations = {
        one.name: one for one in Organisation.objects.filter(name__in={a.organisation for a in all_accounts()})
    }
    made = 0
    for account in all_accounts():
        person, created = Person.objects.get_or_create(
            email=account.email, defaults={"name": account.name, "is_demo": True}
        )
        made += created
        for role in account.roles:
            Mandate.objects.get_or_create(
                person=person,
                organisation=organisations[account.organisation],
                role=role,
                defaults={"starts_on": STARTS_ON},
            )
    return made


def organisations_and_people() -> None:
    """Today's municipalities, the State, the codes of the three municipalities of the demonstration, and its accounts."""
    seed_organisations()
    for case in CASES:
        Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY, nis=case.nis).update(kbo=case.kbo, ovo=case.ovo)
    make_people()
