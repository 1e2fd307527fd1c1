"""People, calls and proposals for the tests of this room, written straight into the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Mandate, Organisation, OrganisationKind, Person
from wijkcontract.accounts.queries import actor_of
from wijkcontract.accounts.roles import Role
from wijkcontract.calls import operations
from wijkcontract.calls.models import Call, CallState
from wijkcontract.proposals.models import Proposal, Submission
from wijkcontract.rules import clock, proposal_form
from wijkcontract.rules.example_proposal import example

PROGRAMME = "wijkverbeteringscontract-2021"
PUBLISHED = dt.date(2021, 3, 11)
LAST_DAY = dt.date(2021, 7, 10)
BEFORE = clock.parse_moment("2021-03-01T09:00:00")
DURING = clock.parse_moment("2021-05-01T09:00:00")
AFTER = clock.parse_moment("2021-07-11T00:00:00")
KINDS = {
    Role.AGENCY_MANAGER: OrganisationKind.AGENCY,
    Role.AGENCY_FINANCE: OrganisationKind.AGENCY,
    Role.CABINET: OrganisationKind.CABINET,
    Role.INSPECTORATE: OrganisationKind.INSPECTORATE,
    Role.AUDITOR: OrganisationKind.AUDIT,
    Role.JUROR: OrganisationKind.EXPERT,
    Role.OPERATOR: OrganisationKind.PARTNER,
    Role.PARTNER: OrganisationKind.PARTNER,
}


def organisation(kind: OrganisationKind, name: str = "") -> Organisation:
    return Organisation.objects.get_or_create(kind=kind, name=name or str(kind.label))[0]


def person_as(role: Role, name: str = "", organisation_name: str = "") -> Person:
    """Someone with one mandate."""
    person = Person.objects.create(email=f"{name or role.value}@example.invalid", name=name or str(role.label))
    kind = KINDS.get(role, OrganisationKind.MUNICIPALITY)
    Mandate.objects.create(
        person=person,
        organisation=organisation(kind, organisation_name),
        role=role,
        starts_on=dt.date(2020, 1, 1),
    )
    return person


def actor_as(role: Role, name: str = "") -> Actor:
    return actor_of(person_as(role, name))


def inspectorate() -> Organisation:
    found = organisation(OrganisationKind.INSPECTORATE)
    found.mail = "inspectie@example.invalid"
    found.save()
    return found


def draft_call(manager: Actor, title: str = "Oproep 2021", **changes: object) -> Call:
    """A draft with the dates of the first call."""
    call = operations.create_call(actor=manager, programme_name=PROGRAMME, title=title)
    values: dict[str, Any] = {
        "title": title,
        "published_on": PUBLISHED,
        "last_day": LAST_DAY,
        "budget_cents": call.budget_cents,
        "ceiling_cents": call.ceiling_cents,
        "term_start": dt.date(2022, 1, 1),
        "term_end": dt.date(2025, 12, 31),
    }
    return operations.save_call(actor=manager, call_id=call.pk, **(values | changes))


def launched_call(manager: Actor, title: str = "Oproep 2021") -> Call:
    """A call that was launched on the day of its publication."""
    call = draft_call(manager, title)
    Call.objects.filter(pk=call.pk).update(state=CallState.LAUNCHED, launched_at=BEFORE)
    call.refresh_from_db()
    return call


def proposal(call: Call, state: str, municipality: str = "Dendermonde", **changes: object) -> Proposal:
    values: dict[str, Any] = {
        "title": f"Voorstel van {municipality}",
        "neighbourhood": "Bijloke",
        "cost_cents": 407_500_00,
        "subsidy_cents": 326_000_00,
        "created_at": DURING,
        "changed_at": DURING,
    }
    return Proposal.objects.create(
        call=call,
        applicant=organisation(OrganisationKind.MUNICIPALITY, municipality),
        state=state,
        **(values | changes),
    )


def submitted(call: Call, municipality: str = "Dendermonde", **changes: object) -> Proposal:
    """A proposal that was submitted while the call was open, with its frozen content: the example of the product."""
    made = proposal(call, "submitted", municipality, **changes)
    document = example()
    Submission.objects.create(
        proposal=made,
        number=1,
        arrived_at=DURING,
        submitted_by_id="x",
        submitted_by_name="Algemeen directeur",
        content=proposal_form.canonical(document).decode(),
        sha256=proposal_form.sha256(document),
    )
    return made
