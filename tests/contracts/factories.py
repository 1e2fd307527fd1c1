"""Decided proposals, contracts and credits for the tests of this room, with its named people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import count

from people import actor, municipality, organisation
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Organisation, OrganisationKind
from wijkcontract.accounts.roles import Role
from wijkcontract.calls.models import Call, CallState
from wijkcontract.contracts.models import (
    Appropriation,
    BudgetArticle,
    Contract,
    ContractState,
    Decision,
    FundingKind,
    Outcome,
)
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.models import Proposal, Submission
from wijkcontract.rules import clock, programme, proposal_form
from wijkcontract.rules.example_proposal import example

PROGRAMME = "wijkverbeteringscontract-2021"
AGENCY = "Agentschap Binnenlands Bestuur"
DECIDED_ON = dt.date(2021, 12, 10)
START, END = dt.date(2022, 1, 1), dt.date(2025, 12, 31)
YEAR_OF_COMMITMENT = clock.parse_moment("2021-12-17T10:00:00")
RUNNING_YEAR = clock.parse_moment("2022-11-15T10:00:00")
DESCRIPTION = "RELANCE BUDGET + VV087 + Wijkverbeteringscontracten"
_numbers = count(1)


@dataclass(frozen=True)
class People:
    """Those who act: the agency's manager and two finance people, the owner and colleague of a city, an outsider."""

    manager: Actor
    finance: Actor
    second: Actor
    director: Actor
    editor: Actor
    outsider: Actor


def make_people() -> People:
    agency = organisation(OrganisationKind.AGENCY, AGENCY, ovo="OVO001835")
    city, other = municipality("Dendermonde", "42006"), municipality("Beringen", "71004")
    return People(
        manager=actor("Programmabeheerder", agency, Role.AGENCY_MANAGER),
        finance=actor("Financieel beheerder", agency, Role.AGENCY_FINANCE),
        second=actor("Tweede financieel beheerder", agency, Role.AGENCY_FINANCE),
        director=actor("Algemeen directeur", city, Role.SUBMITTER, Role.EDITOR),
        editor=actor("Projectleider", city, Role.EDITOR),
        outsider=actor("Directeur elders", other, Role.SUBMITTER),
    )


def call(name: str = PROGRAMME, **fields: object) -> Call:
    """A launched call whose window passed."""
    defaults: dict[str, object] = {
        "title": f"Oproep {next(_numbers)}",
        "programme_name": name,
        "terms": programme.to_dict(programme.load(name)),
        "state": CallState.LAUNCHED,
        "published_on": dt.date(2021, 3, 11),
        "last_day": dt.date(2021, 7, 10),
        "budget_cents": 4_000_000_00,
        "ceiling_cents": 800_000_00,
        "created_at": clock.now(),
    }
    return Call.objects.create(**(defaults | fields))


def proposal(
    of: Call | None = None,
    applicant: Organisation | None = None,
    state: ProposalState = ProposalState.ADVISED,
    subsidy_cents: int = 326_000_00,
) -> Proposal:
    """A submitted proposal with the example document, frozen."""
    title = f"De wijk vooruit {next(_numbers)}"
    made = Proposal.objects.create(
        call=of or call(),
        applicant=applicant or municipality("Dendermonde", "42006"),
        title=title,
        state=state,
        neighbourhood="Bijloke",
        term_start=START,
        term_end=END,
        cost_cents=429_500_00,
        subsidy_cents=subsidy_cents,
        created_at=clock.now(),
        changed_at=clock.now(),
    )
    document = replace(example(), title=title)
    Submission.objects.create(
        proposal=made,
        number=1,
        arrived_at=clock.parse_moment("2021-07-08T10:00:00"),
        submitted_by_id="1",
        submitted_by_name="Algemeen directeur",
        content=proposal_form.canonical(document).decode(),
        sha256=proposal_form.sha256(document),
    )
    return made


def contract(
    amount: int = 326_000_00,
    start: dt.date = START,
    end: dt.date = END,
    of: Call | None = None,
    applicant: Organisation | None = None,
    state: ContractState = ContractState.SIGNED,
) -> Contract:
    """A contract of a granted proposal, signed unless asked otherwise."""
    source = proposal(of, applicant, ProposalState.DECIDED, amount)
    decision = Decision.objects.create(
        proposal=source,
        outcome=Outcome.GRANTED,
        deciding_body="flemish_government",
        proposed_by="de minister van Binnenlands Bestuur",
        decided_on=DECIDED_ON,
        document="VR 2021 1012 DOC.1400",
        amount_cents=amount,
        term_start=start,
        term_end=end,
        motivation="Sterk voorstel.",
        recorded_at=clock.now(),
    )
    made = Contract.objects.create(
        decision=decision,
        submission=source.submissions.get(),
        call=source.call,
        local_authority=source.applicant,
        number=f"WVC-2021-{next(_numbers):03d}",
        title=source.title,
        neighbourhood="Bijloke",
        state=state,
        term_start=start,
        term_end=end,
        subsidy_cents=amount,
        cost_cents=429_500_00,
        own_cents=87_500_00,
        created_at=clock.now(),
    )
    made.measures.create(title="Buurtsportmedewerker", nature="soft", instrument="extra_capacity", position=1)
    made.targets.create(objective="Meer ontmoeting", indicator="Deelnemers", direction="up", baseline=40, target=120)
    return made


def article(vak: int = 7_600_000_00, vek: int = 1_900_000_00, years: range = range(2022, 2027)) -> BudgetArticle:
    """An article of recovery funds: VAK in 2021 and 2022, VEK in every one of `years`."""
    made = BudgetArticle.objects.create(
        code=f"SJ0-1SGE2EA-WT/{next(_numbers)}",
        description=DESCRIPTION,
        described_on=dt.date(2021, 1, 15),
        funding=FundingKind.RECOVERY,
    )
    for year in sorted({2021, 2022, *years}):
        Appropriation.objects.create(
            article=made,
            year=year,
            commitment_cents=vak if year in (2021, 2022) else 0,
            payment_cents=vek if year in years else 0,
        )
    return made
