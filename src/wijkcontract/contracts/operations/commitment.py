"""Committing the subsidy takes VAK once; posting a charge takes VEK of its year (R21, R22, money.md)."""

from __future__ import annotations

import datetime as dt
import uuid

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.contracts import policy
from wijkcontract.contracts.models import (
    BudgetArticle,
    Commitment,
    Contract,
    Convention,
    PostedCharge,
    ScheduledCharge,
)
from wijkcontract.contracts.queries import article_position, commitment_preview, get_article, get_contract
from wijkcontract.contracts.queries.money import COMMITTED
from wijkcontract.rules import clock, periods, proration
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.verdicts import Fault, Invalid, require


@operation
def commit_subsidy(
    *,
    actor: Actor,
    contract_id: uuid.UUID | str,
    article_id: uuid.UUID | str,
    committed_on: dt.date,
    document: str,
    convention: Convention | str = Convention.ACTUAL_DAYS,
) -> Commitment:
    """Commit the whole subsidy on one article and store the schedule of charges per budget year.

    Raises Invalid with all reasons: committed before, VAK too small, a year or an article that the recovery funds
    do not allow, or a part after the last month of VEK.
    """
    contract = get_contract(actor, contract_id)
    require(policy.may_book(actor))
    article = get_article(actor, article_id)
    article = BudgetArticle.objects.select_for_update().get(pk=article.pk)
    contract = Contract.objects.select_for_update().get(pk=contract.pk)
    preview = commitment_preview(contract, article, committed_on, proration.Convention(str(convention)))
    if faults := [*preview.faults, *_document_faults(document, "Vul het nummer van het subsidiebesluit in.")]:
        raise Invalid(faults)
    commitment = Commitment.objects.create(
        contract=contract,
        article=article,
        year=committed_on.year,
        committed_on=committed_on,
        amount_cents=contract.subsidy_cents,
        convention=Convention(str(convention)),
        document=document.strip(),
        recorded_at=clock.now(),
    )
    ScheduledCharge.objects.bulk_create(
        ScheduledCharge(commitment=commitment, year=row.year, amount_cents=row.amount) for row in preview.rows
    )
    record(
        actor, COMMITTED, contract,
        article=article.code, amount=commitment.amount_cents, document=commitment.document, flags=list(preview.flags),
    )  # fmt: skip
    return commitment


@operation
def post_charge(*, actor: Actor, contract_id: uuid.UUID | str, year: int, document: str) -> PostedCharge:
    """Book the charge of the running year, or of an earlier year that is still open; years are booked in order.

    The year is closed by it and leaves the schedule. Raises Invalid when VEK of that year is too small.
    """
    contract = get_contract(actor, contract_id)
    require(policy.may_book(actor))
    commitment = Commitment.objects.filter(contract=contract).select_related("article", "contract__call").first()
    if commitment is None:
        raise Invalid.because("De subsidie is nog niet vastgelegd: er is niets om aan te rekenen.")
    BudgetArticle.objects.select_for_update().get(pk=commitment.article_id)
    scheduled = list(commitment.schedule.order_by("year"))
    faults = [
        *_turn_faults(commitment, scheduled, year),
        *_document_faults(document, "Vul het nummer van het stuk in."),
    ]
    charge = next((row for row in scheduled if row.year == year), None)
    if charge is not None:
        faults += _vek_faults(commitment, year, charge.amount_cents)
    if faults or charge is None:
        raise Invalid(faults)
    posted = PostedCharge.objects.create(
        commitment=commitment,
        year=year,
        amount_cents=charge.amount_cents,
        document=document.strip(),
        posted_on=clock.today(),
        posted_by_id=actor.person_id,
        posted_by_name=actor.name,
        recorded_at=clock.now(),
    )
    charge.delete()
    record(
        actor, "contracts.charge_posted", contract, year=year, amount=posted.amount_cents, document=posted.document
    )  # fmt: skip
    return posted


def _document_faults(document: str, sentence: str) -> list[Fault]:
    return [] if document.strip() else [Fault("document", sentence)]


def _turn_faults(commitment: Commitment, scheduled: list[ScheduledCharge], year: int) -> list[Fault]:
    """Is it this year's turn?"""
    if commitment.posted.filter(year=year).exists():
        return [Fault("", f"{year} is al geboekt en afgesloten. Een afgesloten jaar wijzigt niet meer.")]
    if not any(row.year == year for row in scheduled):
        return [Fault("", f"In {year} is er geen aanrekening voor dit contract.")]
    if year > clock.today().year:
        return [Fault("", f"{year} is nog niet begonnen. U boekt het lopende jaar of een vroeger jaar.")]
    if scheduled[0].year < year:
        return [Fault("", f"Boek eerst {scheduled[0].year}: de jaren worden in volgorde geboekt.")]
    return []


def _vek_faults(commitment: Commitment, year: int, amount: int) -> list[Fault]:
    faults = []
    credit = article_position(commitment.article).of(year)
    if amount > credit.vek_room:
        sentence = (
            f"De VEK van {year} op artikel {commitment.article.code} is {format_nl(credit.vek)} EUR, waarvan "
            f"{format_nl(credit.posted)} EUR is aangerekend. Voor {format_nl(amount)} EUR ontbreekt "
            f"{format_nl(amount - credit.vek_room)} EUR."
        )
        faults.append(Fault("", sentence))
    last_month = commitment.contract.call.programme.funding.last_vek_month
    if last_month is not None and clock.today() > periods.last_day_of_month(last_month):
        last_day = periods.day_nl(periods.last_day_of_month(last_month))
        faults.append(Fault("", f"Na {last_day} kan op relancemiddelen niets meer worden aangerekend."))
    return faults
