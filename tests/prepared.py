"""The prepared proposals: the valid example with one fault each, and the one finding that each must give.

The rules, the command line and the site are held to the same table.
"""

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

from wijkcontract.rules import programme
from wijkcontract.rules.completeness import Finding, check
from wijkcontract.rules.example_proposal import example
from wijkcontract.rules.proposal_form import from_json, to_json

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


def set_first(name: str, **values: object) -> Callable[[Document], None]:
    def mutate(document: Document) -> None:
        document[name][0].update(copy.deepcopy(values))

    return mutate


def without_amounts_of_pledges(document: Document) -> None:
    for partner in document["partners"]:
        for pledge in partner["pledges"]:
            pledge["amount"] = None


def leaning_on_the_first_partner(document: Document) -> None:
    document["partners"][0]["pledges"][0].update(form="money", amount="900000.00", status="asked")


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


def registered(**values: object) -> Callable[[Document], None]:
    """A subsidy that the agency registered for the applicant, for the whole term."""
    one = {
        "id": "G1", "name": "Sportplan", "provider": "Sport Vlaanderen", "reference": "SV-12", "covers": "", "amount": "90000.00",
        "start": "2022-01-01", "end": "2023-12-31", "registrar": "agency",
    }  # fmt: skip
    return set_in("registered", value=[one | values])


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
    (
        "pledge_changed_after_confirmation",
        "/partners/1/pledges/0/what",
        set_in("partners", 1, "pledges", 0, "confirmed", value={"by": "Els", "earlier_words": "Twee speelplaatsen"}),
    ),
    (
        "pledge_declined",
        "/partners/1/pledges/0",
        set_in("partners", 1, "pledges", 0, "declined_on", value="2021-07-01"),
    ),
    (
        "pledge_change_asked",
        "/partners/1/pledges/0",
        set_in("partners", 1, "pledges", 0, "change_asked", value={"on": "2021-07-01", "remark": "Twee, geen drie."}),
    ),
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
    ("term_too_long", "/term", set_in("term", "end", value="2200-12-31")),
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
    ("double_subsidy", "/cost_lines/7", registered(covers="loon BUURTSPORTMEDEWERKER")),
    ("double_subsidy", "/cost_lines/0", registered(covers="Het digitaal buurtplatform om de bewoners te verbinden")),
    (
        "double_subsidy",
        "/other_subsidies/0/covers",
        together(
            registered(covers="Loon van de buurtsportmedewerker"),
            set_in("other_subsidies", 0, "covers", value="Loon van de buurtsportmedewerker"),
            set_in("other_subsidies", 0, "registered", value="G1"),
        ),
    ),
    ("continuation_incomplete", "/continuations/0/paid_by", set_in("continuations", 0, "paid_by", value=" ")),
    ("continuation_incomplete", "/continuations/1/carried_by", set_in("continuations", 1, "carried_by", value="")),
    ("measure_without_continuation", "/continuations", set_in("continuations", 0, "measure", value=None)),
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
    ("residents_above_inhabitants", "/problems/0/residents", set_in("problems", 0, "residents", value=1_000_000)),
    ("measure_without_lead", "/measures/2/lead", set_in("measures", 2, "lead", value=" ")),
    ("high_risk_without_owner", "/risks/0/owner", set_first("risks", likelihood=5, impact=4, owner="")),
    (
        "baseline_without_source",
        "/objectives/0/targets/0/baseline_source",
        set_in("objectives", 0, "targets", 0, "baseline_source", value=""),
    ),
    (
        "target_outside_term",
        "/objectives/0/targets/0/target_on",
        set_in("objectives", 0, "targets", 0, "target_on", value="2027-01-01"),
    ),
    ("milestone_outside_term", "/milestones/0/due_on", set_in("milestones", 0, "due_on", value="2020-01-01")),
    (
        "action_outside_term",
        "/measures/0/actions/0/end",
        set_first("measures", actions=[{"id": "H1", "title": "Planten", "start": "2022-02-01", "end": "2030-01-01"}]),
    ),
    ("cost_only_in_last_year", "/cost_lines", set_all("cost_lines", year=2025)),
    ("partner_money_unpledged", "/cost_lines", without_amounts_of_pledges),
    ("leans_on_one_partner", "/partners/0", leaning_on_the_first_partner),
]
IDS = [f"{code} {path}" for code, path, _ in CASES]
ANSWERED_BY_A_PARTNER = ("pledge_changed_after_confirmation", "pledge_declined", "pledge_change_asked")
"""Only a partner confirms, refuses or wants it otherwise, through its link, and never an import: see
`test_pledge_links.py`."""
