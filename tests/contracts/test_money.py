"""Credits, commitment, charges and payments: the worked examples of the State's rules through the operations (R21, R22)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from contracts import factories
from contracts.factories import People
from wijkcontract.contracts import invariants, operations, queries
from wijkcontract.contracts.models import (
    BudgetArticle,
    Commitment,
    Contract,
    ContractState,
    Convention,
    FundingKind,
    PaymentRequest,
)
from wijkcontract.rules import clock, proration
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

TODAY = dt.date(2021, 12, 17)


def commit(
    people: People,
    contract: Contract,
    article: BudgetArticle,
    on: dt.date = TODAY,
    convention: Convention = Convention.ACTUAL_DAYS,
) -> Commitment:
    return operations.commit_subsidy(
        actor=people.finance,
        contract_id=contract.pk,
        article_id=article.pk,
        committed_on=on,
        convention=convention,
        document="MB 2021/114",
    )


def planned(people: People, contract: Contract) -> list[object]:
    rows = queries.default_payment_plan(contract)
    return list(operations.make_payment_plan(actor=people.finance, contract_id=contract.pk, rows=rows))


def asked(people: People, contract: Contract, position: int = 0) -> PaymentRequest:
    instalment = contract.instalments.all()[position]
    return operations.ask_payment(actor=people.finance, instalment_id=instalment.pk, document="BV-2021-001")


@pytest.mark.parametrize(
    ("amount", "start", "end", "convention", "charges"),
    [
        (
            326_000_00, dt.date(2022, 1, 1), dt.date(2025, 12, 31), Convention.ACTUAL_DAYS,
            [(2022, 8144422), (2023, 8144421), (2024, 8166735), (2025, 8144422)],
        ),
        (
            800_000_00, dt.date(2022, 4, 15), dt.date(2026, 4, 14), Convention.ACTUAL_DAYS,
            [(2022, 14291581), (2023, 19986311), (2024, 20041068), (2025, 19986310), (2026, 5694730)],
        ),
        (
            326_000_00, dt.date(2022, 1, 1), dt.date(2025, 12, 31), Convention.MONTHS,
            [(2022, 8150000), (2023, 8150000), (2024, 8150000), (2025, 8150000)],
        ),
    ],
)  # fmt: skip
def test_a_commitment_stores_the_schedule_of_the_worked_examples(
    people: People, amount: int, start: dt.date, end: dt.date, convention: Convention, charges: list[tuple[int, int]]
) -> None:
    contract = factories.contract(amount, start, end)
    commitment = commit(people, contract, factories.article(), convention=convention)
    assert list(commitment.schedule.values_list("year", "amount_cents")) == charges


def test_a_preview_writes_nothing_and_flags_the_years_without_credit(people: People) -> None:
    contract, article = factories.contract(), factories.article(years=range(2022, 2024))
    convention = proration.Convention.ACTUAL_DAYS
    preview = queries.commitment_preview(contract, article, TODAY, convention)
    assert [row.year for row in preview.rows if row.flag] == [2024, 2025]
    assert not preview.faults
    assert Commitment.objects.count() == 0


def test_a_commitment_that_is_flagged_is_still_booked_and_stands_in_the_limits(people: People) -> None:
    contract = factories.contract()
    commit(people, contract, factories.article(years=range(2022, 2025)))
    money = queries.money(queries.get_contract(people.manager, contract.pk))
    assert [(limit.sentence, limit.figure) for limit in money.limits if not limit.ok] == [
        ("Planning past niet in VEK 2025", "nog geen krediet")
    ]


def test_too_little_vak_is_refused_with_the_figures(people: People) -> None:
    with pytest.raises(Invalid, match=r"is 300.000,00 EUR, waarvan 0,00 EUR is vastgelegd. .* ontbreekt 26.000,00 EUR"):
        commit(people, factories.contract(), factories.article(vak=300_000_00))


def test_what_another_contract_committed_is_gone(people: People) -> None:
    article = factories.article(vak=500_000_00)
    commit(people, factories.contract(), article)
    with pytest.raises(Invalid, match=r"waarvan 326.000,00 EUR is vastgelegd"):
        commit(people, factories.contract(), article)


def test_recovery_funds_are_not_committed_in_2023(people: People) -> None:
    contract, article = factories.contract(), factories.article()
    with (
        clock.frozen(clock.parse_moment("2023-02-01T09:00:00")),
        pytest.raises(Invalid, match=r"Een vastlegging in 2023 kan niet: .* 2021 of 2022"),
    ):
        commit(people, contract, article, dt.date(2023, 2, 1))


def test_recovery_funds_are_not_committed_beyond_the_last_month_of_vek(people: People) -> None:
    contract = factories.contract(800_000_00, dt.date(2022, 10, 1), dt.date(2026, 9, 30))
    with pytest.raises(Invalid, match=r"33.401,78 EUR valt na 31/07/2026"):
        commit(people, contract, factories.article())


def test_recovery_funds_need_an_article_of_their_own(people: People) -> None:
    article = factories.article()
    article.funding = FundingKind.ORDINARY
    article.save()
    with pytest.raises(Invalid, match=r"begint met 'RELANCE BUDGET'"):
        commit(people, factories.contract(), article)


def test_a_subsidy_is_committed_once(people: People) -> None:
    contract, article = factories.contract(), factories.article()
    commit(people, contract, article)
    with pytest.raises(Invalid, match=r"al vastgelegd"):
        commit(people, contract, article)


@pytest.mark.parametrize("who", ["manager", "director", "editor"])
def test_only_finance_commits(people: People, who: str) -> None:
    contract, article = factories.contract(), factories.article()
    with pytest.raises(Refused, match=r"Alleen de financieel beheerder"):
        operations.commit_subsidy(
            actor=getattr(people, who),
            contract_id=contract.pk,
            article_id=article.pk,
            committed_on=TODAY,
            document="MB",
        )


def test_for_an_outsider_there_is_nothing_to_commit(people: People) -> None:
    contract, article = factories.contract(), factories.article()
    with pytest.raises(NotVisible):
        operations.commit_subsidy(
            actor=people.outsider, contract_id=contract.pk, article_id=article.pk, committed_on=TODAY, document="MB"
        )


def test_a_local_authority_does_not_see_the_credits(people: People) -> None:
    article = factories.article()
    with pytest.raises(NotVisible):
        queries.get_article(people.director, article.pk)


def test_a_posted_year_leaves_the_schedule_and_is_closed(people: People) -> None:
    contract = factories.contract()
    commit(people, contract, factories.article())
    with clock.frozen(factories.RUNNING_YEAR):
        posted = operations.post_charge(actor=people.finance, contract_id=contract.pk, year=2022, document="MB")
        with pytest.raises(Invalid, match=r"2022 is al geboekt"):
            operations.post_charge(actor=people.finance, contract_id=contract.pk, year=2022, document="MB")
    assert posted.amount_cents == 8144422
    assert list(posted.commitment.schedule.values_list("year", flat=True)) == [2023, 2024, 2025]
    assert invariants.breaches() == {}


def test_a_year_to_come_is_not_posted(people: People) -> None:
    contract = factories.contract()
    commit(people, contract, factories.article())
    with pytest.raises(Invalid, match=r"2022 is nog niet begonnen"):
        operations.post_charge(actor=people.finance, contract_id=contract.pk, year=2022, document="MB")


def test_years_are_posted_in_order(people: People) -> None:
    contract = factories.contract()
    commit(people, contract, factories.article())
    with (
        clock.frozen(clock.parse_moment("2023-11-01T09:00:00")),
        pytest.raises(Invalid, match=r"Boek eerst 2022"),
    ):
        operations.post_charge(actor=people.finance, contract_id=contract.pk, year=2023, document="MB")


def test_posting_needs_vek_of_that_year(people: People) -> None:
    contract = factories.contract()
    commit(people, contract, factories.article(vek=80_000_00))
    with (
        clock.frozen(factories.RUNNING_YEAR),
        pytest.raises(Invalid, match=r"VEK van 2022 .* 80.000,00 EUR.* ontbreekt 1.444,22 EUR"),
    ):
        operations.post_charge(actor=people.finance, contract_id=contract.pk, year=2022, document="MB")


def test_nothing_is_charged_on_recovery_funds_after_their_last_month(people: People) -> None:
    contract = factories.contract()
    commit(people, contract, factories.article())
    with (
        clock.frozen(clock.parse_moment("2026-08-01T09:00:00")),
        pytest.raises(Invalid, match=r"Na 31/07/2026"),
    ):
        operations.post_charge(actor=people.finance, contract_id=contract.pk, year=2022, document="MB")


def test_the_default_plan_is_the_subsidy_to_the_cent(people: People) -> None:
    contract = factories.contract(100_000_01)
    amounts = [row.amount_cents for row in queries.default_payment_plan(contract)]
    assert amounts == [30_000_00, 30_000_00, 30_000_00, 10_000_01]


def test_a_plan_that_is_not_the_subsidy_is_refused_with_the_difference(people: People) -> None:
    contract = factories.contract()
    rows = queries.default_payment_plan(contract)[:3]
    with pytest.raises(Invalid, match=r"32.600,00 EUR te weinig"):
        operations.make_payment_plan(actor=people.finance, contract_id=contract.pk, rows=rows)


def test_a_payment_needs_a_second_person(people: People) -> None:
    contract = factories.contract()
    commit(people, contract, factories.article())
    planned(people, contract)
    request = asked(people, contract)
    with pytest.raises(Refused, match=r"Een tweede persoon bevestigt"):
        operations.confirm_payment(actor=people.finance, request_id=request.pk, paid_on=TODAY)
    payment = operations.confirm_payment(actor=people.second, request_id=request.pk, paid_on=TODAY)
    assert payment.amount_cents == 97_800_00
    assert invariants.breaches() == {}


def test_an_instalment_is_paid_once(people: People) -> None:
    contract = factories.contract()
    commit(people, contract, factories.article())
    planned(people, contract)
    request = asked(people, contract)
    operations.confirm_payment(actor=people.second, request_id=request.pk, paid_on=TODAY)
    with pytest.raises(Invalid, match=r"al betaald op 17/12/2021"):
        operations.confirm_payment(actor=people.second, request_id=request.pk, paid_on=TODAY)
    with pytest.raises(Invalid, match=r"al betaald"):
        asked(people, contract)


def test_a_returned_payment_may_be_asked_again(people: People) -> None:
    contract = factories.contract()
    commit(people, contract, factories.article())
    planned(people, contract)
    request = asked(people, contract)
    operations.return_payment(actor=people.second, request_id=request.pk, reason="Het stuk ontbreekt.")
    with pytest.raises(Invalid, match=r"al terug"):
        operations.confirm_payment(actor=people.second, request_id=request.pk, paid_on=TODAY)
    assert asked(people, contract).pk != request.pk


def test_nothing_is_paid_before_both_signed(people: People) -> None:
    contract = factories.contract(state=ContractState.DRAFT)
    commit(people, contract, factories.article())
    planned(people, contract)
    with pytest.raises(Invalid, match=r"beide partijen"):
        asked(people, contract)


def test_nothing_is_paid_before_the_commitment(people: People) -> None:
    contract = factories.contract()
    planned(people, contract)
    with pytest.raises(Invalid, match=r"nog niet vastgelegd"):
        asked(people, contract)


def test_the_plan_stays_once_a_payment_is_asked(people: People) -> None:
    contract = factories.contract()
    commit(people, contract, factories.article())
    planned(people, contract)
    asked(people, contract)
    with pytest.raises(Invalid, match=r"betalingsplan wijzigt niet meer"):
        planned(people, contract)


@pytest.mark.parametrize("description", ["Wijkcontracten", "RELANCE BUDGET", "RELANCE BUDGET + VV087"])
def test_a_recovery_article_is_described_as_the_programme_asks(people: People, description: str) -> None:
    with pytest.raises(Invalid, match="'RELANCE BUDGET \\+ projectnummer \\+ omschrijving'"):
        operations.save_article(
            actor=people.finance, code="X", description=description, described_on=TODAY, funding=FundingKind.RECOVERY
        )


def test_an_article_keeps_its_code_as_given(people: People) -> None:
    made = operations.save_article(
        actor=people.finance,
        code="HB0/1HF-G-2-E/WT",
        description=factories.DESCRIPTION,
        described_on=TODAY,
        funding=FundingKind.RECOVERY,
    )
    assert made.code == "HB0/1HF-G-2-E/WT"


def test_credits_never_go_below_what_is_used(people: People) -> None:
    contract, article = factories.contract(), factories.article()
    commit(people, contract, article)
    with clock.frozen(factories.RUNNING_YEAR):
        operations.post_charge(actor=people.finance, contract_id=contract.pk, year=2022, document="MB")
    for year, sentence in ((2021, "al 326.000,00 EUR vastgelegd"), (2022, "al 81.444,22 EUR aangerekend")):
        with pytest.raises(Invalid, match=sentence):
            operations.set_appropriation(
                actor=people.finance, article_id=article.pk, year=year, commitment_cents=0, payment_cents=0
            )


@pytest.mark.parametrize(
    ("year", "vak", "vek", "sentence"),
    [(2023, 1, 0, "geen extra VAK voor de jaren na 2022"), (2027, 0, 1, "VEK loopt tot en met 31/07/2026")],
)
def test_recovery_credits_end_where_the_programme_says(
    people: People, year: int, vak: int, vek: int, sentence: str
) -> None:
    article = factories.article()
    with pytest.raises(Invalid, match=sentence):
        operations.set_appropriation(
            actor=people.finance, article_id=article.pk, year=year, commitment_cents=vak, payment_cents=vek
        )


def test_the_manager_reads_credits_and_does_not_change_them(people: People) -> None:
    article = factories.article()
    with pytest.raises(Refused):
        operations.set_appropriation(
            actor=people.manager, article_id=article.pk, year=2022, commitment_cents=0, payment_cents=0
        )


@pytest.mark.parametrize("table", ["contracts_commitment", "contracts_postedcharge", "contracts_payment"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET amount_cents = 1", "DELETE FROM {}"])
def test_the_database_refuses_to_change_the_ledger(people: People, table: str, statement: str) -> None:
    contract = factories.contract()
    commit(people, contract, factories.article())
    planned(people, contract)
    operations.confirm_payment(actor=people.second, request_id=asked(people, contract).pk, paid_on=TODAY)
    with clock.frozen(factories.RUNNING_YEAR):
        operations.post_charge(actor=people.finance, contract_id=contract.pk, year=2022, document="MB")
    with pytest.raises(DatabaseError, match=r"append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_paid_minus_charged_is_prepaid_at_the_end_of_the_year(people: People) -> None:
    contract = factories.contract()
    commit(people, contract, factories.article())
    planned(people, contract)
    with clock.frozen(factories.RUNNING_YEAR):
        request = asked(people, contract)
        operations.confirm_payment(actor=people.second, request_id=request.pk, paid_on=clock.today())
        operations.post_charge(actor=people.finance, contract_id=contract.pk, year=2022, document="MB")
        money = queries.money(queries.get_contract(people.director, contract.pk))
    row = next(row for row in money.rows if row.year == 2022)
    assert (row.balance, row.state) == (16_355_78, "posted")
    assert [entry.what for entry in money.ledger] == ["Aanrekening 2022", "Betaling voorschot", "Vastlegging"]
    assert money.ledger[1].by == "Financieel beheerder, Tweede financieel beheerder"
