"""The two drawings of a package say what the document says, and name what hangs loose."""

import copy
import re
from typing import Any

from wijkcontract.rules import programme
from wijkcontract.rules.example_proposal import example
from wijkcontract.rules.proposal_form import from_json, to_json
from wijkcontract.rules.proposal_shape import Proposal
from wijkcontract.web.components.package_drawings import coverage_drawing, coverage_matrix, logic_drawing

FIRST = programme.load("wijkverbeteringscontract-2021")


def changed(**measures: dict[str, Any]) -> Proposal:
    data = copy.deepcopy(to_json(example()))
    for measure in data["measures"]:
        measure.update(measures.get(measure["id"], {}))
    return from_json(data)


def test_the_matrix_marks_exactly_what_the_measures_touch() -> None:
    document = example()
    matrix = coverage_matrix(document, FIRST)
    codes = [one.code for one in (*FIRST.policy_domains, *FIRST.levels)]
    assert [column.label for column in matrix.columns] == [one.label for one in (*FIRST.policy_domains, *FIRST.levels)]
    for row, measure in zip(matrix.rows, document.measures, strict=True):
        assert [code for code, mark in zip(codes, row.marks, strict=True) if mark] == [
            code for code in codes if code in {*measure.policy_domains, *measure.levels}
        ]
    assert [column.count for column in matrix.columns] == [
        sum(marks) for marks in zip(*(row.marks for row in matrix.rows), strict=True)
    ]


def test_a_domain_that_nothing_touches_is_named_in_the_drawing() -> None:
    matrix = coverage_matrix(example(), FIRST)
    drawing = coverage_drawing(matrix)
    gaps = [column.label for column in matrix.columns if not column.count]
    assert gaps
    assert f"Niet geraakt: {', '.join(gaps)}." in drawing
    assert drawing.count("leeg</text>") == len(gaps)
    assert drawing.count('class="hit"') == sum(column.count for column in matrix.columns)


def test_a_line_joins_a_problem_and_an_objective_only_through_a_measure() -> None:
    document = example()
    drawing = logic_drawing(document)
    first = {(problem, goal) for one in document.measures for problem in one.problems for goal in one.objectives}
    second = {(goal, one.id) for one in document.measures for goal in one.objectives}
    assert len(re.findall(r"<path ", drawing)) == len(first) + len(second)
    assert "Alles hangt aan elkaar." in drawing


def test_what_hangs_loose_says_so() -> None:
    drawing = logic_drawing(changed(M6={"problems": [], "objectives": []}))
    assert "geen probleem en geen doelstelling" in drawing
    assert 'class="lack"' in drawing


def test_a_title_is_text_and_never_markup() -> None:
    document = changed(M1={"title": '<script>alert("x")</script>'})
    for drawing in (logic_drawing(document), coverage_drawing(coverage_matrix(document, FIRST))):
        assert "<script" not in drawing
        assert "&lt;script" in drawing


def test_without_measures_there_is_nothing_to_draw() -> None:
    data = to_json(example()) | {"measures": [], "cost_lines": [], "risks": [], "milestones": [], "continuations": []}
    document = from_json(data)
    assert logic_drawing(document) == coverage_drawing(coverage_matrix(document, FIRST)) == ""
