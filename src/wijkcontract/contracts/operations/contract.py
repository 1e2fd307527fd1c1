"""Making the contract from the decided proposal, and recording who signed it (R20)."""

from __future__ import annotations

import datetime as dt
import uuid

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Organisation, OrganisationKind
from wijkcontract.accounts.queries import people_with_role
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.operations import operation, record
from wijkcontract.calls.models import Call
from wijkcontract.contracts import policy
from wijkcontract.contracts.models import (
    Contract,
    ContractMeasure,
    ContractMilestone,
    ContractPledge,
    ContractState,
    ContractTarget,
    Decision,
    Outcome,
    Signature,
)
from wijkcontract.contracts.queries import decision_of, get_contract, get_signing_organisation
from wijkcontract.outbox.operations import queue_mail
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.queries import frozen_document, get_proposal, latest_submission
from wijkcontract.rules import budget_limits, clock, lifecycle, periods
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.programme_phases import is_last_phase
from wijkcontract.rules.proposal_shape import Partner, Proposal as Document
from wijkcontract.rules.verdicts import Fault, Invalid, require


@operation
def make_contract(*, actor: Actor, proposal_id: uuid.UUID | str) -> Contract:
    """Make the contract of a granted proposal from its frozen submission: measures, targets, pledges, milestones, money.

    An amount below the request is refused until the budget and the targets are adjusted (R20). Raises Invalid.
    """
    proposal = get_proposal(actor, proposal_id)
    require(policy.may_make_contract(actor))
    decision = _grant_of(actor, proposal)
    call = Call.objects.select_for_update().get(pk=proposal.call_id)
    if Contract.objects.filter(decision=decision).exists():
        raise Invalid.because(f"Het contract voor “{proposal.title}” is al opgemaakt.")
    if not is_last_phase(call.programme):
        raise Invalid.because("Deze oproep is een eerdere fase. Het contract volgt op de laatste fase.")
    submission = latest_submission(proposal)
    if submission is None:
        raise Invalid.because("Er is geen ingediende versie van dit voorstel.")
    document = frozen_document(submission)
    sums = budget_limits.totals(document.cost_lines, call.programme)
    _require_same_amount(decision, sums.subsidy)
    if decision.term_start is None or decision.term_end is None:
        raise Invalid.because("De beslissing noemt geen looptijd.")
    contract = Contract.objects.create(
        decision=decision,
        submission=submission,
        call=call,
        local_authority=proposal.applicant,
        number=_next_number(call),
        title=document.title,
        neighbourhood=document.neighbourhood.name,
        term_start=decision.term_start,
        term_end=decision.term_end,
        subsidy_cents=decision.amount_cents,
        cost_cents=sums.cost,
        own_cents=sums.own,
        created_at=clock.now(),
    )
    _copy_package(contract, document)
    _copy_pledges(contract, document)
    record(actor, "contracts.made", contract, number=contract.number, submission=submission.sha256)
    _ask_signature(contract)
    return contract


@operation
def record_signature(
    *, actor: Actor, contract_id: uuid.UUID | str, organisation_id: uuid.UUID | str, function: str, signed_on: dt.date
) -> Signature:
    """A party signs: the submitter for the local authority, the programme manager for the Flemish side.

    With both signatures the contract is signed. Raises Invalid for a second signature, a missing function or a wrong day.
    """
    contract = get_contract(actor, contract_id)
    organisation = get_signing_organisation(actor, contract, organisation_id)
    require(policy.may_sign(actor, contract, organisation))
    contract = Contract.objects.select_for_update().select_related("decision").get(pk=contract.pk)
    if contract.signatures.filter(organisation=organisation).exists():
        raise Invalid.because(f"{organisation.name} heeft dit contract al ondertekend.")
    next_state = lifecycle.advance(lifecycle.CONTRACT, contract.state, "signed")
    faults = []
    if not function.strip():
        faults.append(Fault("function", "Vul de functie in van wie ondertekent."))
    if signed_on > clock.today():
        faults.append(Fault("signed_on", "De datum van ondertekening ligt in de toekomst."))
    if signed_on < contract.decision.decided_on:
        decided = periods.day_nl(contract.decision.decided_on)
        faults.append(Fault("signed_on", f"Ondertekenen kan pas vanaf de beslissing van {decided}."))
    if faults:
        raise Invalid(faults)
    signature = Signature.objects.create(
        contract=contract,
        organisation=organisation,
        function=function.strip(),
        signed_on=signed_on,
        recorded_at=clock.now(),
    )
    if contract.signatures.count() == 2:  # the local authority and the Flemish side; policy admits no other party
        contract.state = ContractState(next_state)
        contract.save(update_fields=["state"])
    record(
        actor, "contracts.signature_recorded", contract, organisation=organisation.name, state=str(contract.state)
    )  # fmt: skip
    return signature


def _grant_of(actor: Actor, proposal: Proposal) -> Decision:
    decision = decision_of(actor, proposal)
    if decision is None or decision.outcome != Outcome.GRANTED:
        raise Invalid.because("Een contract volgt uit een goedkeuring. Leg eerst de beslissing vast.")
    return decision


def _require_same_amount(decision: Decision, asked: int) -> None:
    if decision.amount_cents != asked:
        raise Invalid.because(
            f"Toegekend is {format_nl(decision.amount_cents)} EUR, gevraagd was {format_nl(asked)} EUR. Het bestuur past "
            "eerst de begroting en de streefwaarden aan; daarna volgt het contract."
        )


def _next_number(call: Call) -> str:
    """WVC, the year in which the call was published, and the next number of that year."""
    prefix = f"WVC-{(call.published_on or clock.today()).year}-"
    numbers = Contract.objects.filter(number__startswith=prefix).values_list("number", flat=True)
    highest = max((int(number.removeprefix(prefix)) for number in numbers), default=0)
    return f"{prefix}{highest + 1:03d}"


def _copy_package(contract: Contract, document: Document) -> None:
    ContractMeasure.objects.bulk_create(
        ContractMeasure(
            contract=contract,
            position=position,
            source_id=measure.id[:36],
            title=measure.title,
            description=measure.description,
            nature=measure.nature.value if measure.nature else "",
            instrument=measure.instrument or "",
        )
        for position, measure in enumerate(document.measures, 1)
    )
    targets = [(objective, target) for objective in document.objectives for target in objective.targets]
    ContractTarget.objects.bulk_create(
        ContractTarget(
            contract=contract,
            position=position,
            source_id=target.id[:36],
            objective=objective.title,
            indicator=target.indicator,
            unit=target.unit,
            direction=target.direction.value if target.direction else "",
            baseline=target.baseline,
            baseline_on=target.baseline_on,
            target=target.target,
            target_on=target.target_on,
        )
        for position, (objective, target) in enumerate(targets, 1)
    )
    ContractMilestone.objects.bulk_create(
        ContractMilestone(
            contract=contract,
            position=position,
            source_id=milestone.id[:36],
            title=milestone.title,
            due_on=milestone.due_on,
        )
        for position, milestone in enumerate(document.milestones, 1)
    )


def _copy_pledges(contract: Contract, document: Document) -> None:
    bodies = Organisation.objects.filter(kind=OrganisationKind.FLEMISH_BODY)
    by_name = {key: body for body in bodies for key in (body.name, body.ovo) if key}
    pledges = [(partner, pledge) for partner in document.partners for pledge in partner.pledges]
    ContractPledge.objects.bulk_create(
        ContractPledge(
            contract=contract,
            position=position,
            source_id=pledge.id[:36],
            partner=partner.name,
            partner_kind=partner.kind or "",
            body=_body_of(partner, contract.call.programme, by_name),
            what=pledge.what,
            form=pledge.form.value if pledge.form else "",
            amount_cents=pledge.amount,
            due_on=pledge.due_on,
        )
        for position, (partner, pledge) in enumerate(pledges, 1)
    )


def _body_of(partner: Partner, programme: Programme, bodies: dict[str, Organisation]) -> Organisation | None:
    """R12: the Flemish body whose pledge this is, by the name or code that the proposal gives."""
    if not programme.is_flemish_body(partner.kind):
        return None
    return bodies.get(partner.body) or bodies.get(partner.name)


def _ask_signature(contract: Contract) -> None:
    for person in people_with_role(Role.SUBMITTER, contract.local_authority_id):
        queue_mail(
            key=f"contracts.to_sign:{contract.pk}:{person.pk}",
            kind="contracts.to_sign",
            recipient=person.email,
            subject=f"Contract {contract.number} ligt klaar om te ondertekenen",
            body=f"Het contract {contract.number}, “{contract.title}”, ligt klaar. U ondertekent het voor uw bestuur.\n",
            about=contract,
        )
