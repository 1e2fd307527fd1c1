"""The money of a contract as one reads it: two separate lines, charges and payments, per budget year (R21, money.md)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import prefetch_related_objects

from wijkcontract.audit.models import Event
from wijkcontract.contracts.models import Commitment, Contract, Payment, PaymentRequest
from wijkcontract.contracts.queries.credits import ArticlePosition, article_positions
from wijkcontract.contracts.queries.limits import Limit, money_limits
from wijkcontract.rules import clock, proration

COMMITTED = "contracts.subsidy_committed"
"""The audit verb of a commitment; the ledger reads from it who committed."""
STATE_LABELS = {
    "closed": "Afgesloten",
    "posted": "Geboekt",
    "running": "Lopend",
    "late": "Nog te boeken",
    "planned": "Gepland",
    "open": "Niet vastgelegd",
}


@dataclass(frozen=True)
class YearRow:
    """One budget year, amounts in cents, None where nothing happens.

    `paid` holds what was paid and what is planned that year; `paid_planned` is the planned part. `balance` is paid
    minus charged, both summed, at 31 December: above zero prepaid, below zero owed.
    """

    year: int
    days: int | None
    committed: int | None
    charged: int | None
    is_posted: bool
    charged_total: int
    paid: int | None
    paid_planned: int
    paid_total: int
    state: str

    @property
    def balance(self) -> int:
        return self.paid_total - self.charged_total

    @property
    def state_label(self) -> str:
        return STATE_LABELS[self.state]


@dataclass(frozen=True)
class InstalmentRow:
    """One instalment: `state` is paid, asked, returned or planned."""

    id: uuid.UUID
    position: int
    label: str
    percent: Decimal
    amount: int
    condition: str
    due_on: dt.date
    state: str
    request: PaymentRequest | None
    payment: Payment | None

    @property
    def percent_text(self) -> str:
        return _percent(self.percent)


@dataclass(frozen=True)
class LedgerRow:
    """One entry of the ledger; exactly one of the three amounts (cents) is set."""

    on: dt.date
    what: str
    document: str
    by: str
    vak: int | None = None
    vek: int | None = None
    paid: int | None = None


@dataclass(frozen=True)
class ContractMoney:
    """Everything the money page, the report and the register need of one contract, in cents."""

    contract: Contract
    commitment: Commitment | None
    rows: tuple[YearRow, ...]
    instalments: tuple[InstalmentRow, ...]
    ledger: tuple[LedgerRow, ...]
    limits: tuple[Limit, ...]
    subsidy: int
    committed: int
    posted: int
    scheduled: int
    paid: int
    term_days: int

    def without_credits(self) -> ContractMoney:
        """The same money for who may not read the credits of the article: a local authority (access.md)."""
        return replace(self, limits=tuple(limit for limit in self.limits if not limit.shows_credits))

    @property
    def closes(self) -> bool:
        """Do posted and scheduled charges together make the committed subsidy, to the cent?"""
        return self.charged == self.committed

    @property
    def charged(self) -> int:
        """Posted and scheduled charges of all years."""
        return self.posted + self.scheduled

    @property
    def percent_text(self) -> str:
        """The shares of all instalments together."""
        return _percent(sum((row.percent for row in self.instalments), Decimal(0)))

    @property
    def paid_and_planned(self) -> int:
        return self.paid + self.planned

    @property
    def final_balance(self) -> int:
        """Paid minus charged at the end of everything that is planned; zero when it closes."""
        return self.rows[-1].balance

    @property
    def planned(self) -> int:
        """Instalments that are not paid yet."""
        return sum(row.amount for row in self.instalments if row.state != "paid")

    @property
    def plan_may_change(self) -> bool:
        """Is there a plan of which nothing was asked yet?"""
        return bool(self.instalments) and not any(row.request for row in self.instalments)

    @property
    def paid_count(self) -> int:
        return sum(row.state == "paid" for row in self.instalments)

    @property
    def last_posted(self) -> YearRow | None:
        """The last budget year whose charge stands in the ledger."""
        return next((row for row in reversed(self.rows) if row.is_posted), None)

    @property
    def next_to_post(self) -> YearRow | None:
        """The first year that is not posted yet, when its time has come: running or late."""
        row = next((row for row in self.rows if row.charged is not None and not row.is_posted), None)
        return row if row and row.state in ("running", "late") else None

    @property
    def open_requests(self) -> tuple[InstalmentRow, ...]:
        return tuple(row for row in self.instalments if row.state == "asked")

    @property
    def in_order(self) -> bool:
        return all(limit.ok for limit in self.limits)


def money(contract: Contract) -> ContractMoney:
    """The money of one contract that the caller fetched."""
    return money_of([contract])[0]


def money_of(contracts: Iterable[Contract]) -> list[ContractMoney]:
    """The money of contracts that the caller fetched, in their order; a fixed number of queries for any number of them."""
    fetched = list(contracts)
    prefetch_related_objects(
        fetched,
        "decision", "call", "local_authority",
        "commitment__article", "commitment__schedule", "commitment__posted",
        "instalments__requests", "instalments__payment__request",
    )  # fmt: skip
    commitments = [one for one in (commitment_of(contract) for contract in fetched) if one]
    positions = article_positions(commitment.article for commitment in commitments) if commitments else {}
    committers = _committers(fetched) if commitments else {}
    return [_money(contract, positions, committers.get(str(contract.pk), "")) for contract in fetched]


def commitment_of(contract: Contract) -> Commitment | None:
    """The commitment of a contract, or None when it is not committed yet."""
    found: Commitment | None = getattr(contract, "commitment", None)
    return found


def days_by_year(start: dt.date, end: dt.date, convention: proration.Convention) -> dict[int, int]:
    """The days of the term in each budget year by the convention; together they are the days of the term."""
    days, before = {}, 0
    for year in range(start.year, end.year + 1):
        until = proration.days(convention, start, min(end, dt.date(year, 12, 31)))
        days[year], before = until - before, until
    return days


def _percent(share: Decimal) -> str:
    return f"{share.normalize():f}".replace(".", ",") + " %"


def _committers(contracts: list[Contract]) -> dict[str, str]:
    events = Event.objects.filter(
        subject_kind=Contract._meta.label_lower, subject_id__in=[str(one.pk) for one in contracts], verb=COMMITTED
    ).order_by("id")
    return {event.subject_id: event.actor_name for event in events}


def _money(contract: Contract, positions: dict[uuid.UUID, ArticlePosition], committer: str) -> ContractMoney:
    commitment = commitment_of(contract)
    posted = {row.year: row.amount_cents for row in commitment.posted.all()} if commitment else {}
    scheduled = {row.year: row.amount_cents for row in commitment.schedule.all()} if commitment else {}
    instalments = tuple(_instalment_rows(contract))
    convention = proration.Convention(commitment.convention) if commitment else proration.Convention.ACTUAL_DAYS
    days = days_by_year(contract.term_start, contract.term_end, convention)
    rows = tuple(_year_rows(contract, commitment, posted, scheduled, instalments, days))
    paid = sum(row.payment.amount_cents for row in instalments if row.payment)
    return ContractMoney(
        contract=contract,
        commitment=commitment,
        rows=rows,
        instalments=instalments,
        ledger=tuple(_ledger(commitment, instalments, committer)),
        limits=money_limits(contract, commitment, posted, scheduled, paid, positions),
        subsidy=contract.subsidy_cents,
        committed=commitment.amount_cents if commitment else 0,
        posted=sum(posted.values()),
        scheduled=sum(scheduled.values()),
        paid=paid,
        term_days=sum(days.values()),
    )


def _instalment_rows(contract: Contract) -> Iterable[InstalmentRow]:
    for instalment in contract.instalments.all():
        payment: Payment | None = getattr(instalment, "payment", None)
        requests = list(instalment.requests.all())
        asked = next((one for one in requests if one.returned_at is None), None)
        if payment:
            state = "paid"
        elif asked:
            state = "asked"
        else:
            state = "returned" if requests else "planned"
        yield InstalmentRow(
            id=instalment.pk,
            position=instalment.position,
            label=instalment.label,
            percent=instalment.percent,
            amount=instalment.amount_cents,
            condition=instalment.condition,
            due_on=instalment.due_on,
            state=state,
            request=asked or (requests[0] if requests else None),
            payment=payment,
        )


def _year_rows(
    contract: Contract,
    commitment: Commitment | None,
    posted: dict[int, int],
    scheduled: dict[int, int],
    instalments: tuple[InstalmentRow, ...],
    days: dict[int, int],
) -> Iterable[YearRow]:
    today = clock.today()
    paid: dict[int, int] = {}
    planned: dict[int, int] = {}
    for row in instalments:
        into, year = (paid, row.payment.paid_on.year) if row.payment else (planned, max(row.due_on, today).year)
        into[year] = into.get(year, 0) + row.amount
    years = {*days, *posted, *scheduled, *paid, *planned, *([commitment.year] if commitment else [])}
    charged_total = paid_total = 0
    for year in range(min(years), max(years) + 1):
        charged = posted.get(year, scheduled.get(year))
        charged_total += charged or 0
        paid_this = paid.get(year, 0) + planned.get(year, 0)
        paid_total += paid_this
        yield YearRow(
            year=year,
            days=days.get(year),
            committed=commitment.amount_cents if commitment and commitment.year == year else None,
            charged=charged,
            is_posted=year in posted,
            charged_total=charged_total,
            paid=paid_this if year in paid or year in planned else None,
            paid_planned=planned.get(year, 0),
            paid_total=paid_total,
            state=_state(year, today.year, year in posted, year in scheduled) if commitment else "open",
        )


def _state(year: int, this_year: int, is_posted: bool, is_scheduled: bool) -> str:
    if year > this_year:
        return "planned"
    if year == this_year:
        return "posted" if is_posted else "running"
    return "late" if is_scheduled else "closed"


def _ledger(
    commitment: Commitment | None, instalments: tuple[InstalmentRow, ...], committer: str
) -> Iterable[LedgerRow]:
    if commitment is None:
        return []
    entries = [
        (
            commitment.recorded_at,
            LedgerRow(
                commitment.committed_on, "Vastlegging", commitment.document, committer, vak=commitment.amount_cents
            ),
        )
    ]
    for charge in commitment.posted.all():
        what = f"Aanrekening {charge.year}"
        row = LedgerRow(charge.posted_on, what, charge.document, charge.posted_by_name, vek=charge.amount_cents)
        entries.append((charge.recorded_at, row))
    for instalment in instalments:
        if payment := instalment.payment:
            by = f"{payment.request.asked_by_name}, {payment.confirmed_by_name}"
            what = f"Betaling {instalment.label[:1].lower()}{instalment.label[1:]}"
            row = LedgerRow(payment.paid_on, what, payment.request.document, by, paid=payment.amount_cents)
            entries.append((payment.recorded_at, row))
    entries.sort(key=lambda entry: (entry[1].on, entry[0]), reverse=True)
    return [row for _, row in entries]
