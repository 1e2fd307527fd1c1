"""What is asked of Flemish bodies and of other ministers, as two lists with totals, and what each line still lacks."""

from __future__ import annotations

import dataclasses

from wijkcontract.rules import programme
from wijkcontract.rules.example_proposal import example
from wijkcontract.rules.proposal_shape import AdditionalSupport, Proposal
from wijkcontract.web.components.flemish_asks import BodyRow, flemish_asks

FIRST = programme.load("wijkverbeteringscontract-2021")


def asked_of_sport(**changes: object) -> Proposal:
    """The example, with these fields on the pledge that it asks of Sport Vlaanderen."""
    document = example()
    partner = document.partners[4]
    pledge = dataclasses.replace(partner.pledges[0], **changes)  # type: ignore[arg-type]
    changed = dataclasses.replace(partner, pledges=(pledge,))
    return dataclasses.replace(document, partners=(*document.partners[:4], changed))


def row_of(document: Proposal) -> BodyRow:
    return flemish_asks(document, FIRST).bodies[0]


def test_only_flemish_bodies_stand_in_the_first_list() -> None:
    asks = flemish_asks(example(), FIRST)
    assert [row.body for row in asks.bodies] == ["Sport Vlaanderen"]
    assert [row.minister for row in asks.supports] == ["Vlaams minister bevoegd voor Sport"]
    assert asks.supports[0].pledge == asks.bodies[0].what


def test_a_pledge_says_which_measures_problems_and_rules_it_serves() -> None:
    measure = next(one for one in example().measures if "P3" in one.problems)
    row = row_of(asked_of_sport(measures=(measure.id,)))
    assert row.serves[0].endswith(measure.title)
    assert any(line.startswith("P3 ") for line in row.serves)
    assert row.rules == ["Aansprakelijkheid bij gebruik van schoolterreinen buiten de schooluren"]


def test_a_problem_whose_rule_is_of_the_body_is_named_without_a_measure() -> None:
    document = example()
    problems = tuple(
        dataclasses.replace(one, blocking_body="SPORT VLAANDEREN", blocking_rule="Een regel") if one.id == "P1" else one
        for one in document.problems
    )
    row = row_of(dataclasses.replace(document, problems=problems))
    assert [line.split()[0] for line in row.serves] == ["P1"]
    assert row.rules == ["Een regel"]


def test_the_totals_are_exact_sums_of_cents() -> None:
    document = dataclasses.replace(
        asked_of_sport(amount=10_01),
        additional_support=(AdditionalSupport("X1", amount=3), AdditionalSupport("X2", amount=4)),
    )
    asks = flemish_asks(document, FIRST)
    assert (asks.bodies_cents, asks.supports_cents) == (10_01, 7)
    assert flemish_asks(example(), FIRST).bodies_cents is None


def test_what_lacks_is_named_with_the_way_to_its_field_for_who_writes() -> None:
    document = dataclasses.replace(
        asked_of_sport(due_on=None), additional_support=(AdditionalSupport("X1", what="Advies"),)
    )
    asks = flemish_asks(document, FIRST, lambda kind, record_id, field: f"{kind}/{record_id}#{field}")
    assert [one.url for one in asks.bodies[0].missing] == ["pledge/E6#due_on", "pledge/E6#measures"]
    assert [one.label for one in asks.supports[0].missing] == [
        "de bevoegde minister", "het begrotingsartikel", "de procedure", "het engagement",
    ]  # fmt: skip
    assert {one.url for one in flemish_asks(document, FIRST).supports[0].missing} == {""}
