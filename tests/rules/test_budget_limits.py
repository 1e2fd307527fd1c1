"""The meters, exact at the cent border, and the settlement (R13, R14, R20)."""

from fractions import Fraction

from hypothesis import given, strategies as st

from wijkcontract.rules import programme
from wijkcontract.rules.budget_limits import (
    Totals,
    call_budget_meter,
    ceiling_meter,
    infrastructure_meter,
    meters,
    own_meter,
    totals,
)
from wijkcontract.rules.example_proposal import example
from wijkcontract.rules.proposal_shape import CostLine, Source
from wijkcontract.rules.settlement import settle

FIRST = programme.load("wijkverbeteringscontract-2021")
FIFTH = Fraction(1, 5)
amounts = st.integers(0, 10**11)


def budget(own: int = 0, subsidy: int = 0, works: int = 0) -> Totals:
    """Totals of a budget with only own money and subsidy, in cents; `works` is a part of the subsidy."""
    return totals(
        [
            CostLine("1", category="staff", source=Source.OWN_STAFF, amount=own),
            CostLine("2", category="operation", source=Source.SUBSIDY, amount=subsidy - works),
            CostLine("3", category="infrastructure", source=Source.SUBSIDY, amount=works),
        ],
        FIRST,
    )


def test_worked_example_of_the_requirements() -> None:
    enough = budget(own=8_150_000, subsidy=32_600_000, works=6_520_000)
    assert enough.cost == 40_750_000
    assert [meter.ok for meter in meters(enough, FIRST)] == [True, True, True]
    assert [meter.room_cents for meter in meters(enough, FIRST)] == [0, 0, 47_400_000]
    short = budget(own=8_149_999, subsidy=32_600_000, works=6_520_001)
    assert [meter.ok for meter in meters(short, FIRST)] == [False, False, True]
    assert [meter.percent for meter in meters(short, FIRST)][:2] == ["19,99 %", "20,01 %"]


@given(amounts, amounts)
def test_the_own_meter_is_the_exact_test(own: int, subsidy: int) -> None:
    sums = budget(own=own, subsidy=subsidy)
    meter = own_meter(sums, FIRST)
    assert meter.ok == (sums.cost > 0 and own * 5 >= sums.cost)
    assert sums.cost == 0 or meter.ok == (meter.room_cents >= 0)


@given(st.integers(1, 10**9))
def test_a_cent_decides_at_the_border(fifth: int) -> None:
    assert own_meter(budget(own=fifth, subsidy=4 * fifth), FIRST).ok
    assert not own_meter(budget(own=fifth - 1, subsidy=4 * fifth), FIRST).ok
    assert infrastructure_meter(budget(subsidy=5 * fifth, works=fifth), FIRST).ok
    assert not infrastructure_meter(budget(subsidy=5 * fifth, works=fifth + 1), FIRST).ok


def test_the_advice_of_the_own_meter_is_enough() -> None:
    """Adding own money also raises the cost: the sentence counts with that."""
    meter = own_meter(budget(own=1_000_000, subsidy=32_600_000), FIRST)
    assert "voeg 71.500,00 EUR eigen inbreng toe" in meter.sentence
    assert own_meter(budget(own=8_150_000, subsidy=32_600_000), FIRST).ok


def test_the_ceiling_and_the_budget_of_the_call() -> None:
    assert ceiling_meter(budget(subsidy=80_000_000), FIRST).ok
    assert not ceiling_meter(budget(subsidy=80_000_001), FIRST).ok
    assert call_budget_meter([80_000_000] * 5, FIRST).ok
    assert call_budget_meter([80_000_000] * 5 + [1], FIRST).room_cents == -1


def test_ineligible_cost_counts_neither_as_cost_nor_as_own() -> None:
    lines = [CostLine("1", category="other", source=Source.OWN_MONEY, amount=100), CostLine("2", amount=None)]
    sums = totals(lines, FIRST)
    assert (sums.cost, sums.own) == (0, 0)


def test_totals_of_the_example() -> None:
    sums = totals(example().cost_lines, FIRST)
    assert (sums.cost, sums.own, sums.subsidy, sums.infrastructure) == (42_850_000, 8_750_000, 32_600_000, 5_840_000)
    assert (sums.partners, sums.other) == (1_500_000, 0)
    assert sum(sums.by_year.values()) == sum(sums.by_category.values()) == sum(sums.by_source.values()) == sums.cost


def test_settlement_counts_infrastructure_up_to_a_fifth_of_the_final_subsidy() -> None:
    full = settle(
        granted_cents=32_600_000,
        accepted_other_cents=34_910_000,
        subsidised_infrastructure_cents=5_840_000,
        partner_cents=0,
        other_subsidy_cents=0,
        paid_cents=29_340_000,
        own_minimum=FIFTH,
        infrastructure_maximum=FIFTH,
    )
    assert (full.final_cents, full.infrastructure_counted_cents, full.due_cents) == (32_600_000, 5_840_000, 3_260_000)


@given(amounts, amounts, amounts, amounts, amounts, amounts)
def test_settlement_meets_both_rules(
    granted: int, accepted: int, works: int, partners: int, other: int, paid: int
) -> None:
    done = settle(
        granted_cents=granted,
        accepted_other_cents=accepted,
        subsidised_infrastructure_cents=works,
        partner_cents=partners,
        other_subsidy_cents=other,
        paid_cents=paid,
        own_minimum=FIFTH,
        infrastructure_maximum=FIFTH,
    )
    counted = done.accepted_cents
    assert done.final_cents == max(0, min(granted, counted - (counted + 4) // 5 - partners - other))
    assert done.infrastructure_counted_cents <= done.final_cents // 5
    assert 0 <= done.final_cents <= granted
    assert done.due_cents == done.final_cents - paid


def test_meters_speak_dutch() -> None:
    assert own_meter(totals(example().cost_lines, FIRST), FIRST).sentence == (
        "Voldoet. 87.500,00 EUR van 428.500,00 EUR kosten. Ruimte: 1.800,00 EUR."
    )
    assert own_meter(budget(), FIRST).sentence.startswith("Er zijn nog geen kosten")
