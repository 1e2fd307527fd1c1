"""The dossier of a proposal: every part of the document reaches the reader, and only the sections that it may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from wijkcontract.proposals.policy import BUDGET
from wijkcontract.rules import completeness, programme
from wijkcontract.rules.example_proposal import example
from wijkcontract.rules.proposal_shape import CostLine, Format, Proposal, Source
from wijkcontract.web.components.proposal_dossier import build

TERMS = programme.load("wijkverbeteringscontract-2021")


def drawn(document: Proposal, **options: frozenset[str]) -> str:
    findings = completeness.check(document, TERMS, dt.date(2021, 7, 10))
    return render_to_string("components/proposal_dossier.html", {"view": build(document, TERMS, findings, **options)})


def test_every_title_of_the_document_stands_in_the_dossier() -> None:
    document = example()
    page = drawn(document)
    parts = (document.problems, document.measures, document.objectives, document.risks, document.milestones)
    for part in parts:
        for one in part:
            assert one.title.replace("'", "&#x27;") in page, one.title
    for partner in document.partners:
        assert partner.name.replace("'", "&#x27;").replace("&", "&amp;") in page or partner.name in page


def test_an_empty_draft_is_drawn_with_what_is_missing() -> None:
    page = drawn(Proposal(format=Format.ONE))
    assert "Niet ingevuld." in page
    assert "Geen beslissing toegevoegd." in page
    assert "Verplicht: " in page


def test_markup_that_someone_typed_is_shown_as_text() -> None:
    document = example()
    hostile = replace(document.problems[0], title="<script>alert(1)</script>")
    page = drawn(replace(document, problems=(hostile,)))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_reader_of_one_section_gets_no_other() -> None:
    view = build(example(), TERMS, (), only=frozenset({BUDGET}))
    assert [section.code for section in view.sections] == [BUDGET]
    page = drawn(example(), only=frozenset({BUDGET}))
    assert example().problems[0].title not in page


def test_the_budget_adds_up_also_with_a_line_without_year_or_source() -> None:
    line = CostLine(id="los", item="Los", amount=100_00, category="operation")
    document = example()
    table = build(replace(document, cost_lines=(*document.cost_lines, line)), TERMS).budget
    assert table.total == sum(one.amount or 0 for one in document.cost_lines) + 100_00
    assert table.years[-1].year == "zonder jaar"
    assert table.sources[-1] == "Zonder bron"
    assert sum(table.totals) == table.total


def test_the_budget_shows_only_sources_that_pay() -> None:
    document = example()
    lines = tuple(line for line in document.cost_lines if line.source is Source.SUBSIDY)
    assert build(replace(document, cost_lines=lines), TERMS).budget.sources == ["Projectsubsidie"]


@pytest.mark.parametrize(
    ("value", "shown"), [(Decimal("12"), "12"), (Decimal("31.5000"), "31,5"), (Decimal("1300"), "1.300"), (None, "–")]
)
def test_a_measured_value_reads_as_people_write_it(value: Decimal | None, shown: str) -> None:
    document = example()
    figure = replace(document.figures[0], value=value)
    assert build(replace(document, figures=(figure,)), TERMS).indicators[0].value == shown
