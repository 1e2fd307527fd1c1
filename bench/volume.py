"""A database of realistic size, written in bulk: 285 municipalities, a closed and an open call, 1,000 submitted proposals."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import cycle, islice

from bench.realistic import realistic
from wijkcontract.accounts.models import Mandate, Organisation, OrganisationKind, Person
from wijkcontract.accounts.roles import Role
from wijkcontract.accounts.seed import seed_organisations
from wijkcontract.calls.models import Call, CallState
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.models import Proposal, Submission
from wijkcontract.rules import clock, programme, proposal_form
from wijkcontract.rules.example_proposal import example

PROGRAMME = "wijkverbeteringscontract-2021"
ARRIVED = clock.parse_moment("2021-07-06T10:00:00")
STATES = (ProposalState.SUBMITTED, ProposalState.ADMISSIBLE, ProposalState.ADVISED, ProposalState.DECIDED)
SMALLEST_SUBSIDY_CENTS = 100_000_00
STEP_CENTS = 700_00
BATCH = 500


@dataclass(frozen=True)
class Volume:
    """What the pages are asked with."""

    manager: Person
    call: Call
    proposals: list[Proposal]
    draft: Proposal
    writer: Person


def build(number: int = 1_000) -> Volume:
    """Fill an empty, migrated database with `number` submitted proposals."""
    seed_organisations()
    call = _call("Oproep 2021", dt.date(2021, 3, 11), dt.date(2021, 7, 10))
    opened = clock.today() - dt.timedelta(days=30)
    running = _call("Oproep die openstaat", opened, opened + dt.timedelta(days=140))
    town = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).order_by("name")[0]
    return Volume(
        manager=_manager(), call=call, proposals=add_proposals(call, number), draft=realistic(running, town),
        writer=_writer(town),
    )  # fmt: skip


def _writer(town: Organisation) -> Person:
    person = Person.objects.create(email="projectleider@gemeente.example", name="Projectleider")
    for role in (Role.EDITOR, Role.SUBMITTER):
        Mandate.objects.create(person=person, organisation=town, role=role, starts_on=dt.date(2020, 1, 1))
    return person


def _call(title: str, published_on: dt.date, last_day: dt.date) -> Call:
    terms = programme.load(PROGRAMME)
    return Call.objects.create(
        title=title,
        programme_name=PROGRAMME,
        terms=programme.to_dict(terms),
        state=CallState.LAUNCHED,
        published_on=published_on,
        last_day=last_day,
        budget_cents=4_000_000_00,
        ceiling_cents=800_000_00,
        launched_at=ARRIVED,
        created_at=ARRIVED,
    )


def _manager() -> Person:
    agency = Organisation.objects.get(kind=OrganisationKind.AGENCY)
    person = Person.objects.create(email="programmabeheerder@agentschap.example", name="Programmabeheerder")
    Mandate.objects.create(person=person, organisation=agency, role=Role.AGENCY_MANAGER, starts_on=dt.date(2020, 1, 1))
    return person


def add_proposals(call: Call, number: int) -> list[Proposal]:
    """Proposals of every municipality in turn, each with the frozen content of a whole example."""
    towns = list(Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY))
    first = Proposal.objects.count()
    made = Proposal.objects.bulk_create(
        [_proposal(call, town, place) for place, town in enumerate(islice(cycle(towns), number), first)],
        batch_size=BATCH,
    )
    Submission.objects.bulk_create([_submission(proposal) for proposal in made], batch_size=BATCH)
    return made


def _proposal(call: Call, applicant: Organisation, place: int) -> Proposal:
    subsidy = SMALLEST_SUBSIDY_CENTS + STEP_CENTS * place
    return Proposal(
        call=call,
        applicant=applicant,
        title=f"Wijk {place} van {applicant.name}",
        state=STATES[place % len(STATES)],
        neighbourhood=f"Wijk {place}",
        inhabitants=1_000 + place,
        term_start=dt.date(2022, 1, 1),
        term_end=dt.date(2025, 12, 31),
        cost_cents=subsidy * 5 // 4,
        subsidy_cents=subsidy,
        created_at=ARRIVED,
        changed_at=ARRIVED + dt.timedelta(seconds=place),
    )


def _submission(proposal: Proposal) -> Submission:
    document = replace(example(), title=proposal.title)
    content = proposal_form.canonical(document)
    return Submission(
        proposal=proposal,
        number=1,
        arrived_at=proposal.changed_at,
        submitted_by_id=str(proposal.applicant_id),
        submitted_by_name="Algemeen directeur",
        content=content.decode(),
        sha256=proposal_form.sha256(document),
    )
