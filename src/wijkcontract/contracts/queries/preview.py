"""What a commitment would do before it is booked, and the payment plan that the programme proposes. Nothing is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from wijkcontract.contracts.models import BudgetArticle, Contract, FundingKind
from wijkcontract.contracts.queries.credits import YearPosition, article_position
from wijkcontract.contracts.queries.limits import years_nl
from wijkcontract.contracts.queries.money import commitment_of, days_by_year
from wijkcontract.rules import clock, periods, proration
from wijkcontract.rules.money import format_nl
from wijkcontract.rules.verdicts import Fault


@dataclass(frozen=True)
class PreviewRow:
    """The charge of one year beside the VEK of the article; `credit` does not hold this charge yet."""

    year: int
    days: int
    amount: int
    credit: YearPosition

    @property
    def room(self) -> int:
        """VEK that is left after this charge; below zero it does not fit."""
        return self.credit.forecast_room - self.amount

    @property
    def flag(self) -> str:
        """Why the year does not fit, or nothing."""
        if not self.credit.has_credit:
            return "Nog geen VEK ingeschreven"
        return f"{format_nl(-self.room)} EUR tekort" if self.room < 0 else ""


@dataclass(frozen=True)
class CommitmentPreview:
    """The schedule that a commitment would make, what refuses it, and what only needs attention."""

    rows: tuple[PreviewRow, ...]
    faults: tuple[Fault, ...]
    total: int

    @property
    def flags(self) -> tuple[str, ...]:
        return tuple(f"{row.year}: {row.flag}" for row in self.rows if row.flag)


@dataclass(frozen=True)
class PlannedInstalment:
    """A row of a payment plan as it is proposed or typed; `percent` is shown, the cents count."""

    label: str
    percent: Decimal
    amount_cents: int
    condition: str
    due_on: dt.date


def commitment_preview(
    contract: Contract, article: BudgetArticle, committed_on: dt.date, convention: proration.Convention
) -> CommitmentPreview:
    """Compute the schedule of charges and every reason why this commitment cannot be booked (R21, R22)."""
    amount, start, end = contract.subsidy_cents, contract.term_start, contract.term_end
    charges = proration.charges_by_year(amount, start, end, convention)
    days = days_by_year(start, end, convention)
    position = article_position(article)
    rows = tuple(PreviewRow(year, days[year], cents, position.of(year)) for year, cents in charges.items())
    faults = [
        *_contract_faults(contract, committed_on),
        *_article_faults(contract, article, position.of(committed_on.year)),
        *vek_limit_faults(contract, convention),
    ]
    return CommitmentPreview(rows, tuple(faults), sum(charges.values()))


def vek_limit_faults(contract: Contract, convention: proration.Convention) -> list[Fault]:
    """R22: nothing of the subsidy may fall after the last month of VEK."""
    last_month = contract.call.programme.funding.last_vek_month
    amount, start, end = contract.subsidy_cents, contract.term_start, contract.term_end
    return beyond_faults(amount, start, end, convention, last_month)


def beyond_faults(
    amount: int, start: dt.date, end: dt.date, convention: proration.Convention, last_month: dt.date | None
) -> list[Fault]:
    """The exact part of an amount (cents) that falls after the last month of VEK, as a fault on the end of the term."""
    beyond = proration.beyond_limit(amount, start, end, convention, last_month)
    if not beyond or last_month is None:
        return []
    last_day = periods.day_nl(periods.last_day_of_month(last_month))
    sentence = (
        f"{format_nl(beyond)} EUR valt na {last_day}, de laatste dag voor VEK van de relancemiddelen. "
        "Laat de looptijd vroeger beginnen of vroeger eindigen."
    )
    return [Fault("term_end", sentence)]


def default_payment_plan(contract: Contract) -> list[PlannedInstalment]:
    """The plan of the programme for this subsidy: each share in whole cents, the last instalment takes the remainder."""
    parts = contract.call.programme.payment_plan
    subsidy, left = contract.subsidy_cents, contract.subsidy_cents
    shared = sum((part.share for part in parts), Fraction(0))
    plan = []
    for index, part in enumerate(parts):
        is_last = index == len(parts) - 1
        amount = left if is_last and shared == 1 else int(subsidy * part.share)
        left -= amount
        percent = (Decimal(part.share.numerator) * 100 / Decimal(part.share.denominator)).quantize(Decimal("0.01"))
        plan.append(PlannedInstalment(part.label, percent, amount, part.condition, _due_on(contract, index, is_last)))
    return plan


def _due_on(contract: Contract, index: int, is_last: bool) -> dt.date:
    """The advance a month after the start, each next one a year later, the balance three months after the end."""
    last_month = contract.call.programme.funding.last_vek_month
    due = (
        periods.add_months(contract.term_end, 3) if is_last else periods.add_months(contract.term_start, 12 * index + 1)
    )
    return min(due, periods.last_day_of_month(last_month)) if last_month else due


def _contract_faults(contract: Contract, committed_on: dt.date) -> list[Fault]:
    faults = []
    if commitment_of(contract) is not None:
        faults.append(Fault("", "De subsidie van dit contract is al vastgelegd. Ze wordt één keer vastgelegd."))
    if committed_on > clock.today():
        faults.append(Fault("committed_on", "De datum van de vastlegging ligt in de toekomst."))
    if committed_on < contract.decision.decided_on:
        decided = periods.day_nl(contract.decision.decided_on)
        faults.append(Fault("committed_on", f"De vastlegging kan niet voor de beslissing van {decided} liggen."))
    years = contract.call.programme.funding.commitment_years
    if years and committed_on.year not in years:
        sentence = (
            f"Een vastlegging in {committed_on.year} kan niet: deze relancemiddelen worden vastgelegd in "
            f"{years_nl(years)}."
        )
        faults.append(Fault("committed_on", sentence))
    return faults


def _article_faults(contract: Contract, article: BudgetArticle, credit: YearPosition) -> list[Fault]:
    asked = contract.call.programme.funding.article_description
    faults = []
    if asked and (article.funding != FundingKind.RECOVERY or not article.description.startswith(asked)):
        sentence = f"Relancemiddelen staan op een apart artikel waarvan de omschrijving begint met '{asked}'."
        faults.append(Fault("article", sentence))
    if not asked and article.funding == FundingKind.RECOVERY:
        faults.append(Fault("article", "Dit artikel dient enkel voor relancemiddelen. Kies een ander artikel."))
    if commitment_of(contract) is None and contract.subsidy_cents > credit.vak_room:
        sentence = (
            f"De VAK van {credit.year} op artikel {article.code} is {format_nl(credit.vak)} EUR, waarvan "
            f"{format_nl(credit.committed)} EUR is vastgelegd. Voor {format_nl(contract.subsidy_cents)} EUR ontbreekt "
            f"{format_nl(contract.subsidy_cents - credit.vak_room)} EUR."
        )
        faults.append(Fault("article", sentence))
    return faults
