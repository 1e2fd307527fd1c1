"""Every finding of a proposal by one fault in the valid example: exactly that finding, at that place."""

import copy
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from wijkcontract.rules import programme
from wijkcontract.rules.completeness import CATALOGUE, Finding, check, has_block
from wijkcontract.rules.example_proposal import example
from wijkcontract.rules.proposal_form import from_json, to_json

TABLE = """
no_problem R1 block; problem_without_groups R1 flag; no_figures R2 flag; nothing_beyond_capacity R3 flag;
no_neighbourhood R2 block; existing_policy_empty R5 block; problem_unanswered R5 flag;
measure_without_problem R5 flag; only_hard_or_only_soft R5 flag; no_new_instrument R6 block;
no_participation R6 block; programme_not_named R6 flag; single_domain R7 flag; single_level R7 flag;
no_partner R8 flag; pledge_without_date R8 flag; pledge_without_proof R8 flag; no_risk R9 block;
objective_without_risk R9 flag; measure_without_risk R9 flag; risk_without_mitigation R9 flag;
experiment_incomplete R10 flag; no_objective R11 block; no_target_at_all R11 block;
objective_without_target R11 flag; measure_without_objective R11 flag; measure_without_cost R11 flag;
milestone_missing R11 flag; flemish_pledge_without_body R12 flag; no_cost R13 block; own_below_minimum R13 block;
infrastructure_above_maximum R14 block; subsidy_above_ceiling R14 block; term_too_long R14 block;
cost_outside_term R14 block; ineligible_cost_subsidised R14 block; overfunded_item R14 flag;
double_subsidy R14 flag; continuation_empty R14 block; local_decision_missing R16 block;
local_decision_after_submission R16 flag; support_log_empty R16 flag; dissemination_empty R26 block;
required_text_empty block; text_too_long block; file_missing block; additional_support_unnamed R19 flag
"""
"""The table of the requirements; three codes take the requirement of their question or file."""

FIRST = programme.load("wijkverbeteringscontract-2021")
ON = date(2021, 7, 9)
Document = dict[str, Any]


def valid() -> Document:
    return copy.deepcopy(to_json(example()))


def findings(document: Document) -> list[Finding]:
    return check(from_json(document, FIRST), FIRST, ON)


def set_in(*path: str | int, value: object) -> Callable[[Document], None]:
    def mutate(document: Document) -> None:
        place: Any = document
        for part in path[:-1]:
            place = place[part]
        place[path[-1]] = value

    return mutate


def set_all(name: str, **values: object) -> Callable[[Document], None]:
    def mutate(document: Document) -> None:
        for record in document[name]:
            record.update(copy.deepcopy(values))

    return mutate


def together(*mutations: Callable[[Document], None]) -> Callable[[Document], None]:
    def mutate(document: Document) -> None:
        for mutation in mutations:
            mutation(document)

    return mutate


def without_targets(document: Document) -> None:
    for objective in document["objectives"]:
        objective["targets"] = []


def without_participation(document: Document) -> None:
    document["participation"] = None
    del document["answers"]["participation"]


def without_a_cost(document: Document) -> None:
    for line in document["cost_lines"]:
        line["measure"] = "M5" if line["measure"] == "M6" else line["measure"]


def another_subsidy_for_the_same_item(document: Document) -> None:
    line = {**document["cost_lines"][0], "id": "K99", "source": "other_subsidy", "amount": "1000.00"}
    document["cost_lines"].append(line)


CASES: list[tuple[str, str, Callable[[Document], None]]] = [
    ("no_problem", "/problems", together(set_in("problems", value=[]), set_all("measures", problems=[]))),
    ("problem_without_groups", "/problems/1/groups", set_in("problems", 1, "groups", value=[])),
    ("no_figures", "/figures", set_in("figures", value=[])),
    (
        "nothing_beyond_capacity",
        "/problems",
        together(
            set_all("problems", beyond_capacity="", blocking_rule=" ", blocking_body="", experiment=None),
            set_in("measures", 5, "instrument", value="public_service"),
        ),
    ),
    ("no_neighbourhood", "/neighbourhood", set_in("neighbourhood", "sectors", value=[])),
    ("existing_policy_empty", "/answers/existing_policy", set_in("answers", "existing_policy", value=" \n")),
    (
        "problem_unanswered",
        "/problems/2",
        together(
            set_in("measures", 5, "problems", value=["P1"]), set_in("measures", 5, "instrument", value="technology")
        ),
    ),
    ("measure_without_problem", "/measures/4/problems", set_in("measures", 4, "problems", value=[])),
    ("only_hard_or_only_soft", "/measures", set_all("measures", nature="soft")),
    ("no_new_instrument", "/measures", set_all("measures", new=False)),
    ("no_participation", "/answers/participation", set_in("answers", "participation", value="")),
    ("no_participation", "/participation/moments", set_in("participation", "moments", value=[])),
    (
        "no_participation",
        "/answers/participation",
        without_participation,
    ),
    (
        "programme_not_named",
        "/measures/4/programme_name",
        set_in("measures", 4, "instrument", value="accelerated_programme"),
    ),
    ("single_domain", "/measures", set_all("measures", policy_domains=["sport"])),
    ("single_level", "/measures", set_all("measures", levels=["local"])),
    ("no_partner", "/partners", together(set_in("partners", value=[]), set_in("additional_support", value=[]))),
    ("pledge_without_date", "/partners/1/pledges/0/due_on", set_in("partners", 1, "pledges", 0, "due_on", value=None)),
    ("pledge_without_proof", "/partners/1/pledges/0/proof", set_in("partners", 1, "pledges", 0, "proof", value="")),
    ("no_risk", "/risks", set_in("risks", value=[])),
    ("objective_without_risk", "/objectives/2", set_in("risks", 1, "objectives", value=[])),
    ("measure_without_risk", "/measures/1", set_in("risks", 1, "measures", value=[])),
    ("risk_without_mitigation", "/risks/3/mitigation", set_in("risks", 3, "mitigation", value="")),
    ("experiment_incomplete", "/problems/2/experiment", set_in("problems", 2, "experiment", "body", value="")),
    ("experiment_incomplete", "/measures/4/instrument", set_in("measures", 4, "instrument", value="rule_change")),
    (
        "no_objective",
        "/objectives",
        together(set_in("objectives", value=[]), set_all("measures", objectives=[]), set_all("risks", objectives=[])),
    ),
    ("no_target_at_all", "/objectives", without_targets),
    (
        "objective_without_target",
        "/objectives/1/targets",
        set_in("objectives", 1, "targets", 0, "baseline", value=None),
    ),
    ("measure_without_objective", "/measures/3/objectives", set_in("measures", 3, "objectives", value=[])),
    ("measure_without_cost", "/measures/5", without_a_cost),
    ("milestone_missing", "/measures/2", set_in("milestones", 3, "due_on", value=None)),
    ("milestone_missing", "/milestones", set_in("milestones", value=[])),
    ("flemish_pledge_without_body", "/partners/4/body", set_in("partners", 4, "body", value="")),
    ("no_cost", "/cost_lines", set_in("cost_lines", value=[])),
    ("own_below_minimum", "/cost_lines", set_in("cost_lines", 2, "amount", value="5000.00")),
    ("infrastructure_above_maximum", "/cost_lines", set_in("cost_lines", 0, "category", value="infrastructure")),
    (
        "subsidy_above_ceiling",
        "/cost_lines",
        together(
            set_in("cost_lines", 7, "amount", value="519000.01"), set_in("cost_lines", 12, "amount", value="200000.00")
        ),
    ),
    ("term_too_long", "/term", set_in("term", "end", value="2026-01-01")),
    ("term_too_long", "/term", set_in("term", "start", value=None)),
    ("term_too_long", "/term", set_in("term", "end", value="2021-12-31")),
    ("term_too_long", "/term", set_in("term", "end", value="9999-12-31")),
    ("cost_outside_term", "/cost_lines/1/year", set_in("cost_lines", 1, "year", value=2026)),
    ("ineligible_cost_subsidised", "/cost_lines/1/category", set_in("cost_lines", 1, "category", value="other")),
    ("overfunded_item", "/cost_lines/4", set_in("cost_lines", 6, "amount", value="10000.01")),
    ("double_subsidy", "/cost_lines/0", another_subsidy_for_the_same_item),
    (
        "double_subsidy",
        "/other_subsidies/0/covers",
        set_in("other_subsidies", 0, "covers", value="bouw en opstart van het Buurtplatform "),
    ),
    ("double_subsidy", "/other_subsidies/0/covers", set_in("other_subsidies", 0, "covers", value="M4")),
    ("continuation_empty", "/answers/continuation", set_in("answers", "continuation", value="")),
    ("local_decision_missing", "/local_decisions", set_in("local_decisions", value=[])),
    ("local_decision_missing", "/local_decisions", set_in("local_decisions", 0, "file", value=None)),
    (
        "local_decision_after_submission",
        "/local_decisions/0/decided_on",
        set_in("local_decisions", 0, "decided_on", value="2021-07-09"),
    ),
    ("support_log_empty", "/support_log", set_in("support_log", value=[])),
    ("dissemination_empty", "/answers/dissemination", set_in("answers", "dissemination", value="")),
    ("dissemination_empty", "/dissemination", set_all("dissemination", planned_on=None)),
    ("required_text_empty", "/answers/summary", set_in("answers", "summary", value=None)),
    ("text_too_long", "/answers/mix_motivation", set_in("answers", "mix_motivation", value="a" * 1801)),
    ("file_missing", "/local_decisions/0/file", set_in("local_decisions", 0, "file", value="B9")),
    ("file_missing", "/partners/0/pledges/0/file", set_in("partners", 0, "pledges", 0, "file", value="B9")),
    ("file_missing", "/files/1", set_in("files", 1, "sha256", value="")),
    ("additional_support_unnamed", "/additional_support/0", set_in("additional_support", 0, "pledge", value=None)),
    (
        "additional_support_unnamed",
        "/partners/4/pledges/0",
        together(set_in("additional_support", value=[]), set_in("partners", 4, "pledges", 0, "form", value="money")),
    ),
]


@pytest.mark.parametrize("name", programme.names())
def test_the_example_has_no_finding_against_any_programme(name: str) -> None:
    rules = programme.load(name)
    assert check(from_json(valid(), rules), rules, date(2021, 1, 1)) == []


@pytest.mark.parametrize(("code", "path", "mutate"), CASES, ids=[f"{code} {path}" for code, path, _ in CASES])
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


def test_a_large_proposal_is_checked_in_well_under_50_milliseconds() -> None:
    document = valid()
    for name, count in {"problems": 12, "measures": 25, "cost_lines": 120, "risks": 30}.items():
        records = document[name]
        document[name] = [{**records[i % len(records)], "id": f"{name}-{i}"} for i in range(count)]
    for name, fields in {"measures": ("problems", "objectives"), "risks": ("measures", "objectives")}.items():
        for record in document[name]:
            record.update({field: [] for field in fields})
    for record in document["cost_lines"] + document["milestones"]:
        record["measure"] = "measures-3"
    pledge = document["partners"][0]["pledges"][0]
    document["partners"][0]["pledges"] = [{**pledge, "id": f"E-{i}"} for i in range(40)]
    document["additional_support"] = []
    read = from_json(document, FIRST)
    fastest = min(_seconds(lambda: check(read, FIRST, ON)) for _ in range(5))
    assert fastest < 0.05


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
