"""Any sequence of committing, posting, planning and paying keeps the invariants of the State's money (threats, row 24)."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from contracts import factories
from contracts.factories import People
from wijkcontract.accounts.actors import Actor
from wijkcontract.contracts import invariants, operations, queries
from wijkcontract.contracts.models import (
    Appropriation,
    BudgetArticle,
    Contract,
    Convention,
    Instalment,
    PaymentRequest,
    ScheduledCharge,
)
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Invalid, Refused

ACTIONS = ("commit", "post", "pay", "plan", "ask", "confirm", "send_back", "credit", "next_year", "next_year")
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTIONS), st.integers(0, 1), st.integers(0, 3), st.booleans()), min_size=4, max_size=24
)

OPENINGS = st.sampled_from([(), ("commit",), ("commit", "plan"), ("commit", "plan", "next_year", "pay", "post")])


class Rollback(Exception):
    """Ends one example: the database is as it was before."""


class Story:
    """Two contracts on one article with tight credits; every step may be refused, none may break an invariant."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.article: BudgetArticle = factories.article(vak=500_000_00, vek=150_000_00)
        self.contracts = [factories.contract(), factories.contract(250_000_01, end=dt.date(2024, 3, 15))]
        self.year = 2021

    def step(self, action: str, which: int, number: int, first: bool) -> None:
        who = self.people.finance if first else self.people.second
        moment = clock.parse_moment(f"{self.year}-12-{17 + number}T09:00:00")
        with clock.frozen(moment), contextlib.suppress(Invalid, Refused), transaction.atomic():
            getattr(self, action)(who, self.contracts[which], number)

    def commit(self, who: Actor, contract: Contract, number: int) -> None:
        convention = Convention.MONTHS if number == 3 else Convention.ACTUAL_DAYS
        operations.commit_subsidy(
            actor=who, contract_id=contract.pk, article_id=self.article.pk, committed_on=clock.today(), document="MB",
            convention=convention,
        )  # fmt: skip

    def post(self, who: Actor, contract: Contract, number: int) -> None:
        due = ScheduledCharge.objects.filter(commitment__contract=contract).first()
        year = due.year if due and number < 3 else 2022 + number
        operations.post_charge(actor=who, contract_id=contract.pk, year=year, document="MB")

    def plan(self, who: Actor, contract: Contract, number: int) -> None:
        rows = queries.default_payment_plan(contract)
        operations.make_payment_plan(
            actor=who, contract_id=contract.pk, rows=rows[: number + 1] if number < 2 else rows
        )

    def ask(self, who: Actor, contract: Contract, number: int) -> None:
        unpaid = Instalment.objects.filter(contract=contract, payment=None).first()
        instalment = unpaid if number < 3 else Instalment.objects.filter(contract=contract).last()
        if instalment:
            operations.ask_payment(actor=who, instalment_id=instalment.pk, document="BV")

    def confirm(self, who: Actor, contract: Contract, number: int) -> None:
        requests = PaymentRequest.objects.filter(instalment__contract=contract)
        for request in requests if number == 3 else requests.filter(returned_at=None, payment=None):
            operations.confirm_payment(actor=who, request_id=request.pk, paid_on=clock.today())

    def pay(self, who: Actor, contract: Contract, number: int) -> None:
        other = self.people.second if who == self.people.finance else self.people.finance
        self.ask(who, contract, number)
        self.confirm(other, contract, 0)

    def send_back(self, who: Actor, contract: Contract, number: int) -> None:
        for request in PaymentRequest.objects.filter(instalment__contract=contract)[:1]:
            operations.return_payment(actor=who, request_id=request.pk, reason="Kijk na.")

    def credit(self, who: Actor, contract: Contract, number: int) -> None:
        credit = Appropriation.objects.get(article=self.article, year=2021 + number)
        operations.set_appropriation(
            actor=who, article_id=self.article.pk, year=credit.year,
            commitment_cents=credit.commitment_cents // 2, payment_cents=credit.payment_cents // (1 + number),
        )  # fmt: skip

    def next_year(self, who: Actor, contract: Contract, number: int) -> None:
        self.year = min(self.year + 1, 2026)


@pytest.mark.django_db
@given(opening=OPENINGS, steps=STEPS)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_sequence_of_steps_breaks_an_invariant(
    people: People, opening: tuple[str, ...], steps: list[tuple[Any, ...]]
) -> None:
    with contextlib.suppress(Rollback), transaction.atomic():
        story = Story(people)
        for action in opening:
            story.step(action, 0, 2, True)
        for step in steps:
            story.step(*step)
        assert invariants.breaches() == {}
        raise Rollback
