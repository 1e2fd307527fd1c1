"""Every finding of a proposal by one fault in the valid example: exactly that finding, at that place."""

from collections.abc import Callable
from datetime import date

import pytest

from prepared import CASES, FIRST, IDS, ON, Document, findings, valid
from wijkcontract.rules import programme
from wijkcontract.rules.completeness import CATALOGUE, check, has_block
from wijkcontract.rules.proposal_form import from_json

TABLE = """
no_problem R1 block; problem_without_groups R1 flag; no_figures R2 flag; nothing_beyond_capacity R3 flag;
no_neighbourhood R2 block; existing_policy_empty R5 block; problem_unanswered R5 flag;
measure_without_problem R5 flag; only_hard_or_only_soft R5 flag; no_new_instrument R6 block;
no_participation R6 block; programme_not_named R6 flag; single_domain R7 flag; single_level R7 flag;
no_partner R8 flag; pledge_without_date R8 flag; pledge_without_proof R8 flag;
pledge_changed_after_confirmation R8 flag; pledge_declined R8 flag; pledge_change_asked R8 flag;
no_risk R9 block; objective_without_risk R9 flag; measure_without_risk R9 flag; risk_without_mitigation R9 flag;
experiment_incomplete R10 flag; no_objective R11 block; no_target_at_all R11 block;
objective_without_target R11 flag; measure_without_objective R11 flag; measure_without_cost R11 flag;
milestone_missing R11 flag; flemish_pledge_without_body R12 flag; no_cost R13 block; own_below_minimum R13 block;
infrastructure_above_maximum R14 block; subsidy_above_ceiling R14 block; term_too_long R14 block;
cost_outside_term R14 block; ineligible_cost_subsidised R14 block; overfunded_item R14 flag;
double_subsidy R14 flag; continuation_empty R14 block; continuation_incomplete R14 flag;
measure_without_continuation R14 flag; local_decision_missing R16 block;
local_decision_after_submission R16 flag; support_log_empty R16 flag; dissemination_empty R26 block;
required_text_empty block; text_too_long block; file_missing block; additional_support_unnamed R19 flag;
residents_above_inhabitants R1 flag; partner_money_unpledged R8 flag; leans_on_one_partner R8 flag;
measure_without_lead R9 flag; high_risk_without_owner R9 flag; baseline_without_source R11 flag;
target_outside_term R11 flag; milestone_outside_term R11 flag; action_outside_term R14 flag;
cost_only_in_last_year R14 flag
"""
"""The table of the requirements; three codes take the requirement of their question or file."""


@pytest.mark.parametrize("name", [one for one in programme.names() if one.startswith("wijkverbeteringscontract")])
def test_the_example_has_no_finding_against_any_programme_of_its_instrument(name: str) -> None:
    rules = programme.load(name)
    assert check(from_json(valid(), rules), rules, date(2021, 1, 1)) == []


@pytest.mark.parametrize(("code", "path", "mutate"), CASES, ids=IDS)
def test_one_fault_gives_exactly_that_finding(code: str, path: str, mutate: Callable[[Document], None]) -> None:
    document = valid()
    mutate(document)
    found = findings(document)
    assert [(finding.code, finding.path) for finding in found] == [(code, path)]
    assert found[0].message.endswith((".", "?"))
    assert "  " not in found[0].message


def test_codes_requirements_and_severities_are_those_of_the_table() -> None:
    rows = [row.split() for row in TABLE.replace("\n", " ").split(";")]
    expected = {row[0]: (row[1] if len(row) == 3 else "", row[-1]) for row in rows}
    assert {code: (kind.requirement, kind.severity.value) for code, kind in CATALOGUE.items()} == expected
    assert {code for code, _, _ in CASES} == set(expected)


def test_the_message_names_the_thing_and_the_repair() -> None:
    document = valid()
    document["measures"][3].update(objectives=[], title="Groene speelstraten")
    assert findings(document)[0].message == (
        "Maatregel 4, Groene speelstraten, heeft geen doelstelling. Kies er minstens één."
    )


def test_an_empty_draft_gives_every_finding_in_the_order_of_the_note() -> None:
    found = findings({"format": "wijkcontract-proposal/1"})
    order = [(int(finding.requirement[1:]), finding.path) for finding in found]
    assert order == sorted(order)
    assert has_block(found)
    codes = [finding.code for finding in found]
    assert codes.count("dissemination_empty") == codes.count("no_participation") == 1


def test_a_line_end_counts_as_one_character() -> None:
    document = valid()
    document["answers"]["continuation"] = "a\r\n" * 900
    assert findings(document) == []


def test_a_text_that_is_one_character_too_long_says_so_in_words() -> None:
    document = valid()
    document["answers"]["continuation"] = "a" * 1801
    assert findings(document)[0].message == (
        "Het antwoord op 'Voortzetting' is 1 teken te lang. Kort het in tot hoogstens 1.800 tekens."
    )


def test_a_refused_subsidy_covers_nothing() -> None:
    document = valid()
    document["other_subsidies"][0].update(covers="M4", status="geweigerd")
    assert findings(document) == []


def test_a_section_that_is_off_finds_nothing() -> None:
    data = programme.to_dict(FIRST)
    for section in data["sections"]:
        section["enabled"] = section["code"] != "risks"
    document = valid()
    document["risks"] = []
    rules = programme.from_dict(data)
    assert check(from_json(document, rules), rules, ON) == []


def test_a_proposal_may_be_checked_after_its_last_day_of_drafting() -> None:
    document = valid()
    document["submitted_on"] = None
    assert findings(document) == []
    assert [finding.code for finding in check(from_json(document), FIRST, date(2021, 7, 4))] == [
        "local_decision_after_submission"
    ]
