"""The payment plan, and a payment by two persons: one asks, another confirms or returns (R21, money.md)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import Sum

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.queries import people_with_role
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.operations import operation, record
from wijkcontract.contracts import policy
from wijkcontract.contracts.models import Contract, ContractState, Instalment, Payment, PaymentRequest
from wijkcontract.contracts.queries import PlannedInstalment, get_contract, get_instalment, get_payment_request
from wijkcontract.contracts.queries.money import commitment_of
from wijkcontract.outbox.operations import queue_mail
from wijkcontract.rules import clock, periods
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.verdicts import Fault, Invalid, require


@operation
def make_payment_plan(
    *, actor: Actor, contract_id: uuid.UUID | str, rows: Sequence[PlannedInstalment]
) -> list[Instalment]:
    """Set the whole payment plan; together the instalments are the subsidy, to the cent.

    It may be made again until the first payment is asked. Raises Invalid; `where` of a fault is `rows-0-label` and so on.
    """
    contract = get_contract(actor, contract_id)
    require(policy.may_book(actor))
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    if PaymentRequest.objects.filter(instalment__contract=contract).exists():
        raise Invalid.because("Er is al een betaling gevraagd: het betalingsplan wijzigt niet meer.")
    faults = [fault for index, row in enumerate(rows) for fault in _row_faults(contract, index, row)]
    total = sum(row.amount_cents for row in rows)
    if total != contract.subsidy_cents:
        sentence = (
            f"De schijven zijn samen {format_nl(total)} EUR. De subsidie is {format_nl(contract.subsidy_cents)} EUR: "
            f"{_difference(contract.subsidy_cents - total)}."
        )
        faults.append(Fault("", sentence))
    if faults:
        raise Invalid(faults)
    contract.instalments.all().delete()
    plan = Instalment.objects.bulk_create(
        Instalment(
            contract=contract,
            position=position,
            label=row.label.strip(),
            percent=row.percent,
            amount_cents=row.amount_cents,
            condition=row.condition.strip(),
            due_on=row.due_on,
        )
        for position, row in enumerate(rows, 1)
    )
    record(actor, "contracts.payment_plan_made", contract, amounts=[row.amount_cents for row in rows])
    return plan


@operation
def ask_payment(*, actor: Actor, instalment_id: uuid.UUID | str, document: str) -> PaymentRequest:
    """The first person asks to pay an instalment of a signed and committed contract. Raises Invalid."""
    instalment = get_instalment(actor, instalment_id)
    require(policy.may_book(actor))
    contract = Contract.objects.select_for_update().get(pk=instalment.contract_id)
    faults = _payable_faults(contract, instalment)
    if not document.strip():
        faults.append(Fault("document", "Vul het nummer van de betalingsopdracht in."))
    if faults:
        raise Invalid(faults)
    request = PaymentRequest.objects.create(
        instalment=instalment,
        asked_by_id=actor.person_id,
        asked_by_name=actor.name,
        asked_at=clock.now(),
        document=document.strip(),
    )
    record(
        actor, "contracts.payment_asked", contract,
        instalment=instalment.label, amount=instalment.amount_cents, document=request.document,
    )  # fmt: skip
    _ask_second_person(actor, contract, request)
    return request


@operation
def return_payment(*, actor: Actor, request_id: uuid.UUID | str, reason: str) -> PaymentRequest:
    """Send a payment request back with the reason; it may then be asked again. Raises Invalid when it is settled."""
    request = get_payment_request(actor, request_id)
    require(policy.may_book(actor))
    request = PaymentRequest.objects.select_for_update().select_related("instalment__contract").get(pk=request.pk)
    _require_open(request)
    if not reason.strip():
        raise Invalid.because("Vul in waarom u de betaling terugstuurt.", "reason")
    request.returned_at, request.returned_by_name = clock.now(), actor.name
    request.return_reason = reason.strip()
    request.save(update_fields=["returned_at", "returned_by_name", "return_reason"])
    record(
        actor, "contracts.payment_returned", request.instalment.contract,
        instalment=request.instalment.label, reason=request.return_reason,
    )  # fmt: skip
    return request


@operation
def confirm_payment(*, actor: Actor, request_id: uuid.UUID | str, paid_on: dt.date) -> Payment:
    """The second, different person confirms: the instalment is paid, once, and never above what is committed.

    Raises Refused for the person who asked, Invalid when it is settled or the day cannot be right.
    """
    request = get_payment_request(actor, request_id)
    require(policy.may_confirm_payment(actor, request))
    contract = Contract.objects.select_for_update().get(pk=request.instalment.contract_id)
    request = PaymentRequest.objects.select_for_update().select_related("instalment").get(pk=request.pk)
    _require_open(request)
    faults = _commitment_faults(contract, request.instalment)
    if paid_on > clock.today():
        faults.append(Fault("paid_on", "De datum van de betaling ligt in de toekomst."))
    if paid_on < clock.day_of(request.asked_at):
        faults.append(Fault("paid_on", "De betaling kan niet voor de aanvraag van de betaling liggen."))
    if faults:
        raise Invalid(faults)
    payment = Payment.objects.create(
        instalment=request.instalment,
        request=request,
        amount_cents=request.instalment.amount_cents,
        paid_on=paid_on,
        confirmed_by_id=actor.person_id,
        confirmed_by_name=actor.name,
        recorded_at=clock.now(),
    )
    record(
        actor, "contracts.payment_confirmed", contract,
        instalment=request.instalment.label, amount=payment.amount_cents, document=request.document,
    )  # fmt: skip
    return payment


def _row_faults(contract: Contract, index: int, row: PlannedInstalment) -> list[Fault]:
    faults = []
    if not row.label.strip():
        faults.append(Fault(f"rows-{index}-label", f"Geef schijf {index + 1} een naam."))
    if not row.condition.strip():
        faults.append(Fault(f"rows-{index}-condition", f"Vul de voorwaarde van schijf {index + 1} in."))
    if row.amount_cents <= 0:
        faults.append(Fault(f"rows-{index}-amount", f"Het bedrag van schijf {index + 1} moet groter zijn dan 0."))
    if row.due_on < contract.decision.decided_on:
        faults.append(Fault(f"rows-{index}-due_on", f"De datum van schijf {index + 1} ligt voor de beslissing."))
    return faults


def _difference(cents: int) -> str:
    return f"{format_nl(cents)} EUR te weinig" if cents > 0 else f"{format_nl(-cents)} EUR te veel"


def _payable_faults(contract: Contract, instalment: Instalment) -> list[Fault]:
    if Payment.objects.filter(instalment=instalment).exists():
        return [Fault("", "Deze schijf is al betaald.")]
    if instalment.requests.filter(returned_at=None).exists():
        return [Fault("", "Deze betaling is al gevraagd. Ze wacht op een tweede persoon.")]
    faults = _commitment_faults(contract, instalment)
    if contract.state != ContractState.SIGNED:
        faults.append(Fault("", "Er wordt pas betaald als beide partijen het contract hebben ondertekend."))
    return faults


def _commitment_faults(contract: Contract, instalment: Instalment) -> list[Fault]:
    """What is paid in all never passes what is committed."""
    commitment = commitment_of(contract)
    if commitment is None:
        return [Fault("", "De subsidie is nog niet vastgelegd: er kan niets worden betaald.")]
    paid = Payment.objects.filter(instalment__contract=contract).aggregate(cents=Sum("amount_cents"))["cents"] or 0
    room = commitment.amount_cents - paid
    if instalment.amount_cents > room:
        return [Fault("", f"Er is nog {format_nl(room)} EUR vastgelegd en niet betaald. Deze schijf is groter.")]
    return []


def _require_open(request: PaymentRequest) -> None:
    """A request is settled once: a second click or a stale page learns what happened."""
    payment = Payment.objects.filter(request=request).first()
    if payment is not None:
        paid_on = periods.day_nl(payment.paid_on)
        raise Invalid.because(f"Deze schijf is al betaald op {paid_on}, bevestigd door {payment.confirmed_by_name}.")
    if request.returned_at is not None:
        raise Invalid.because(f"{request.returned_by_name} stuurde deze betaling al terug.")


def _ask_second_person(actor: Actor, contract: Contract, request: PaymentRequest) -> None:
    for person in people_with_role(Role.AGENCY_FINANCE).exclude(pk=actor.person_id):
        queue_mail(
            key=f"contracts.payment_asked:{request.pk}:{person.pk}",
            kind="contracts.payment_asked",
            recipient=person.email,
            subject=f"Betaling te bevestigen: {contract.number}",
            body=(
                f"{request.asked_by_name} vraagt om {request.instalment.label} van contract {contract.number} te betalen: "
                f"{format_nl(request.instalment.amount_cents)} EUR. U bevestigt als tweede persoon.\n"
            ),
            about=request,
        )
