"""What the agency and the applicant both show of a contract: its dossier bar, its history, its figures and its drawing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.safestring import SafeString

from wijkcontract.audit import queries as audit_queries
from wijkcontract.audit.models import Event
from wijkcontract.contracts.models import Contract, ContractState
from wijkcontract.contracts.queries import ContractMoney, YearRow
from wijkcontract.rules import clock, periods
from wijkcontract.web.components import charts
from wijkcontract.web.components.formats import day, euro, euro_unit
from wijkcontract.web.components.parts import Dossier, Figure, Happening, Link

HAPPENED = {
    "contracts.made": "Contract opgemaakt",
    "contracts.signature_recorded": "Ondertekend",
    "contracts.subsidy_committed": "Subsidie vastgelegd",
    "contracts.charge_posted": "Aanrekening geboekt",
    "contracts.payment_plan_made": "Betalingsplan gemaakt",
    "contracts.payment_asked": "Betaling gevraagd",
    "contracts.payment_returned": "Betaling teruggestuurd",
    "contracts.payment_confirmed": "Betaling bevestigd",
}


def contract_dossier(contract: Contract, audience: str, tab: str = "") -> Dossier:
    """The bar of a contract; `tab` is overview, money, or empty on a page under it."""
    overview, money = (reverse(f"{audience}:{name}", args=[contract.pk]) for name in ("contract", "contract_money"))
    crumbs = [
        Link("Contracten", reverse(f"{audience}:contracts")),
        Link(f"{contract.number}, {contract.local_authority.name}", "" if tab == "overview" else overview),
    ]
    tabs = [Link("Overzicht", overview, tab == "overview"), Link("Geld", money, tab == "money")]
    return Dossier(
        title=contract.title,
        crumbs=crumbs,
        state=contract.state,
        state_label=str(ContractState(contract.state).label),
        meta=f"{day(contract.term_start)} tot {day(contract.term_end)}",
        tabs=tabs,
        tabs_label="Contract",
        heading=bool(tab),
    )


def contract_history(contract: Contract) -> list[Happening]:
    """What happened to a contract that the caller fetched, oldest first."""
    events = sorted(audit_queries.history(contract), key=lambda event: (event.at, event.pk))
    return [Happening(HAPPENED.get(event.verb, event.verb), event.at, _details(event)) for event in events]


def _details(event: Event) -> str:
    data = event.data
    known = [
        data.get("organisation"),
        str(data["year"]) if "year" in data else None,
        data.get("instalment"),
        euro_unit(data["amount"]) if "amount" in data else None,
        data.get("reason"),
        event.actor_name,
    ]
    return ", ".join(part for part in known if part)


def money_figures(money: ContractMoney) -> list[Figure]:
    """The four figures at the top of the money page, in EUR."""
    committed = f"vastgelegd op {day(money.commitment.committed_on)}" if money.commitment else "nog niet vastgelegd"
    count = len(money.instalments)
    paid_note = f"{money.paid_count} van {count} {'schijf' if count == 1 else 'schijven'}" if count else "nog geen plan"
    return [
        Figure("Subsidie", euro(money.subsidy), committed),
        _charged_figure(money),
        Figure("Betaald", euro(money.paid), paid_note),
        _balance_figure(money.last_posted),
    ]


def _charged_figure(money: ContractMoney) -> Figure:
    last = money.last_posted
    if last is None:
        return Figure("Aangerekend", euro(0), "nog geen jaar geboekt")
    return Figure(f"Aangerekend t.e.m. {last.year}", euro(money.posted), "afgesloten, wijzigt niet meer")


def _balance_figure(last: YearRow | None) -> Figure:
    if last is None:
        return Figure("Op 31 december", euro(0), "betaald min aangerekend")
    note = "betaald min aangerekend"
    if last.paid_planned:
        note += ", met wat gepland is"
    name = "Vooruitbetaald" if last.balance > 0 else "Nog verschuldigd" if last.balance < 0 else "In evenwicht"
    return Figure(f"{name} op 31/12/{last.year}", euro(abs(last.balance)), note)


def money_lines(money: ContractMoney) -> list[charts.Line]:
    """The two lines of the drawing: charged goes evenly, paid goes in steps."""
    return [
        charts.Line("Aangerekend", list(_charged_points(money)), look=1),
        charts.Line("Betaald", list(_paid_points(money)), look=2, steps=True),
    ]


def money_drawing(money: ContractMoney) -> SafeString:
    """Charged and paid, summed, beside the last day of VEK; the table of years holds the same figures."""
    last_month = money.contract.call.programme.funding.last_vek_month
    return charts.money_over_time(
        money_lines(money),
        title="Aangerekend en betaald, opgeteld",
        description=(
            f"De aanrekening loopt van nul op {day(money.contract.term_start)} tot {euro_unit(money.committed)} op "
            f"{day(money.contract.term_end)}. De betalingen lopen in {len(money.instalments)} stappen tot "
            f"{euro_unit(money.paid + money.planned)}. De tabel per begrotingsjaar bevat dezelfde cijfers."
        ),
        today=clock.today(),
        last_day=periods.last_day_of_month(last_month) if last_month else None,
        ident="geld",
    )


def _charged_points(money: ContractMoney) -> Iterable[charts.Point]:
    if money.commitment is None:
        return
    start, end = money.contract.term_start, money.contract.term_end
    yield charts.Point(start, 0)
    for row in money.rows:
        if row.charged is not None:
            yield charts.Point(min(end, dt.date(row.year, 12, 31)), row.charged_total)


def _paid_points(money: ContractMoney) -> Iterable[charts.Point]:
    if not money.instalments:
        return
    today, total = clock.today(), 0
    moves = sorted(
        (row.payment.paid_on if row.payment else max(row.due_on, today), row.amount) for row in money.instalments
    )
    yield charts.Point(min(money.contract.term_start, moves[0][0]), 0)
    for on, cents in moves:
        total += cents
        yield charts.Point(on, total)
    yield charts.Point(dt.date(money.rows[-1].year, 12, 31), total)
