"""A signed contract with everything that a round needs, written straight into the database: the Dendermonde case."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from people import actor, municipality, organisation
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Organisation, OrganisationKind
from wijkcontract.accounts.roles import Role
from wijkcontract.calls.models import Call, CallState
from wijkcontract.contracts.models import (
    Appropriation,
    BudgetArticle,
    Commitment,
    Contract,
    ContractMeasure,
    ContractMilestone,
    ContractPledge,
    ContractState,
    ContractTarget,
    Decision,
    Instalment,
    Outcome,
    Payment,
    PaymentRequest,
    PostedCharge,
    ScheduledCharge,
)
from wijkcontract.execution import operations
from wijkcontract.execution.models import ProgressReport, Round
from wijkcontract.execution.operations import MeasureLine, MeasurementLine
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.models import Proposal, Submission
from wijkcontract.rules import clock, programme

NOW = clock.parse_moment("2023-03-01T10:00:00")
MOMENT = dt.date(2023, 2, 28)
DUE = dt.date(2023, 3, 15)
CHARGES = {2022: 81_444_22, 2023: 81_444_21, 2024: 81_667_35, 2025: 81_444_22}
ARTICLE = "SJ0-1SGE2EA-WT"


def agency() -> Organisation:
    return organisation(OrganisationKind.AGENCY, "Agentschap")


def manager() -> Actor:
    return actor("Ada", agency(), Role.AGENCY_MANAGER)


def finance() -> Actor:
    return actor("Fien", agency(), Role.AGENCY_FINANCE)


def editor(place: str = "Dendermonde") -> Actor:
    return actor("Saar", municipality(place), Role.EDITOR)


def certifier(place: str = "Dendermonde") -> Actor:
    return actor("Eli", municipality(place), Role.CERTIFIER)


def cabinet() -> Actor:
    return actor("Cas", organisation(OrganisationKind.CABINET, "Kabinet"), Role.CABINET)


def call(title: str = "Oproep 2021") -> Call:
    loaded = programme.load("wijkverbeteringscontract-2021")
    return Call.objects.get_or_create(
        title=title,
        defaults={
            "summary": "Voor kwetsbare wijken.",
            "programme_name": loaded.name,
            "terms": programme.to_dict(loaded),
            "state": CallState.LAUNCHED,
            "published_on": dt.date(2021, 3, 11),
            "last_day": dt.date(2021, 7, 10),
            "budget_cents": 4_000_000_00,
            "ceiling_cents": 800_000_00,
            "created_at": NOW,
        },
    )[0]


def contract(place: str = "Dendermonde", number: str = "WVC-2021-01", **changes: object) -> Contract:
    """A contract of 326,000 EUR over four years, with two measures, two targets, a milestone and pledges."""
    owner = municipality(place)
    proposal = Proposal.objects.create(
        call=call(),
        applicant=owner,
        title=f"Voorstel {number}",
        state=ProposalState.DECIDED,
        created_at=NOW,
        changed_at=NOW,
    )
    submission = Submission.objects.create(
        proposal=proposal, number=1, arrived_at=NOW, submitted_by_name="Omar", content="{}", sha256="0" * 64
    )
    decision = Decision.objects.create(
        proposal=proposal,
        outcome=Outcome.GRANTED,
        deciding_body="de Vlaamse Regering",
        proposed_by="de minister",
        decided_on=dt.date(2021, 12, 10),
        document="VR 2021 1012",
        amount_cents=326_000_00,
        motivation="goed",
        recorded_at=NOW,
    )
    values: dict[str, Any] = {
        "title": f"De Keur van {place}",
        "neighbourhood": "Keur",
        "state": ContractState.SIGNED,
        "term_start": dt.date(2022, 1, 1),
        "term_end": dt.date(2025, 12, 31),
        "subsidy_cents": 326_000_00,
        "cost_cents": 407_500_00,
        "own_cents": 81_500_00,
    }
    made = Contract.objects.create(
        decision=decision,
        submission=submission,
        call=proposal.call,
        local_authority=owner,
        number=number,
        created_at=NOW,
        **(values | changes),
    )
    _parts(made)
    return made


def _parts(made: Contract) -> None:
    for position, title in enumerate(("Buurtregisseur", "Speelstraat")):
        ContractMeasure.objects.create(
            contract=made, position=position, title=title, nature="soft", instrument="extra_capacity"
        )
    for position, (indicator, baseline, target) in enumerate((("Werkzoekenden", "18", "9"), ("Bomen", "10", "60"))):
        ContractTarget.objects.create(
            contract=made,
            position=position,
            objective=f"Doel {indicator}",
            indicator=indicator,
            unit="%",
            direction="down" if position == 0 else "up",
            baseline=Decimal(baseline),
            baseline_on=dt.date(2021, 1, 1),
            target=Decimal(target),
            target_on=dt.date(2025, 12, 31),
        )
    ContractMilestone.objects.create(contract=made, title="De speelstraat is open", due_on=dt.date(2023, 1, 15))
    ContractPledge.objects.create(
        contract=made, partner="Woonmaatschappij Dender", partner_kind="public", what="woningen", form="staff"
    )
    ContractPledge.objects.create(
        contract=made, partner="KANARIE-BEWONER", partner_kind="resident_group", what="feest", form="other"
    )


def money(of: Contract, *, posted: int | None = 2022, paid: bool = True) -> Commitment:
    """The subsidy committed on its article, scheduled per year, one year posted, the advance paid."""
    article, fresh = BudgetArticle.objects.get_or_create(
        code=ARTICLE,
        defaults={
            "description": "RELANCE BUDGET VV095 wijken",
            "described_on": dt.date(2021, 7, 1),
            "funding": "recovery",
        },
    )
    if fresh:
        Appropriation.objects.create(article=article, year=2021, commitment_cents=4_000_000_00, payment_cents=0)
        Appropriation.objects.create(article=article, year=2022, commitment_cents=0, payment_cents=900_000_00)
    commitment = Commitment.objects.create(
        contract=of,
        article=article,
        year=2021,
        committed_on=dt.date(2021, 12, 17),
        amount_cents=326_000_00,
        document="VR 2021 1012",
        recorded_at=NOW,
    )
    for year, cents in CHARGES.items():
        if year != posted:
            ScheduledCharge.objects.create(commitment=commitment, year=year, amount_cents=cents)
    if posted:
        post(commitment, posted, dt.date(posted, 12, 31))
    instalment = Instalment.objects.create(
        contract=of,
        position=1,
        label="Voorschot",
        percent=Decimal(30),
        amount_cents=97_800_00,
        condition="Contract ondertekend",
        due_on=dt.date(2022, 2, 15),
    )
    if paid:
        pay(instalment, dt.date(2022, 2, 15))
    return commitment


def post(commitment: Commitment, year: int, on: dt.date) -> None:
    ScheduledCharge.objects.filter(commitment=commitment, year=year).delete()
    PostedCharge.objects.create(
        commitment=commitment,
        year=year,
        amount_cents=CHARGES[year],
        document="subsidiebesluit",
        posted_on=on,
        posted_by_id="x",
        posted_by_name="Fien",
        recorded_at=NOW,
    )


def pay(instalment: Instalment, on: dt.date) -> None:
    request = PaymentRequest.objects.create(
        instalment=instalment, asked_by_id="a", asked_by_name="Fien", asked_at=NOW, document="BV-1"
    )
    Payment.objects.create(
        instalment=instalment,
        request=request,
        amount_cents=instalment.amount_cents,
        paid_on=on,
        confirmed_by_id="b",
        confirmed_by_name="Jan",
        recorded_at=NOW,
    )


def opened_round(title: str = "Ronde 1 van 2023") -> Round:
    """A round opened by the agency; contracts must exist before."""
    made = operations.create_round(actor=manager(), title=title, moment=MOMENT, due_on=DUE)
    return operations.open_round(actor=manager(), round_id=made.pk)


def report_of(of: Contract) -> ProgressReport:
    return ProgressReport.objects.select_related("contract__local_authority", "round").get(contract=of)


def filled(report: ProgressReport, **changes: object) -> dict[str, Any]:
    """The arguments of a complete save: every measure a light, the first target measured."""
    first = report.measurements.order_by("target__position")[0]
    values: dict[str, Any] = {
        "report_id": report.pk,
        "version": report.version,
        "light": "attention",
        "cause": "De regisseur vertrok.",
        "summary": "De speelstraat is klaar.",
        "measures": [MeasureLine(one.measure_id, "on_track", "loopt") for one in report.measures.all()],
        "measurements": [MeasurementLine(first.target_id, Decimal("13.5"), dt.date(2023, 2, 20), "VDAB")],
        "spending": {"staff": 60_000_00, "operation": 12_345_67},
    }
    return values | changes


def certified(of: Contract, **changes: object) -> ProgressReport:
    """The report of a contract in an open round, filled in and certified."""
    report = report_of(of)
    place = of.local_authority.name
    operations.save_report(actor=editor(place), **filled(report, **changes))
    return operations.certify(actor=certifier(place), report_id=report.pk)


def accepted(of: Contract, **changes: object) -> ProgressReport:
    """The same, accepted by the agency."""
    return operations.accept(actor=manager(), report_id=certified(of, **changes).pk)
