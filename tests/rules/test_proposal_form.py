"""The JSON form of a proposal: its schema, its faults with their places, and its one byte form."""

import copy
import json
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, strategies as st

from wijkcontract.rules import programme
from wijkcontract.rules.codec import DocumentError
from wijkcontract.rules.example_proposal import example
from wijkcontract.rules.proposal_form import canonical, derived_schema, from_json, schema, sha256, to_json
from wijkcontract.rules.proposal_shape import CostLine, Format, Measure, Proposal, Source, Term

VALIDATOR = jsonschema.Draft202012Validator(schema())
FIRST = programme.load("wijkverbeteringscontract-2021")
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
cents = st.integers(0, 10**15 - 1)
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
ids = st.from_regex(r"[A-Za-z0-9._:-]{1,12}", fullmatch=True)
lines = st.builds(CostLine, id=ids, item=texts, source=st.sampled_from(Source), amount=st.none() | cents)
measures = st.builds(Measure, id=ids, title=texts, description=texts, new=st.booleans())
proposals = st.builds(
    Proposal,
    format=st.just(Format.ONE),
    title=texts,
    term=st.builds(Term, start=st.none() | days, end=st.none() | days),
    answers=st.dictionaries(ids, texts, max_size=3),
    measures=st.lists(measures, max_size=3, unique_by=lambda measure: measure.id).map(tuple),
    cost_lines=st.lists(lines, max_size=3, unique_by=lambda line: line.id).map(tuple),
)


def faults(data: object) -> dict[str, str]:
    with pytest.raises(DocumentError) as error:
        from_json(data, FIRST)
    return {fault.where: fault.message for fault in error.value.faults}


def test_the_published_schema_is_what_the_records_say() -> None:
    assert schema() == json.loads(json.dumps(derived_schema()))
    jsonschema.Draft202012Validator.check_schema(schema())
    published = Path(__file__).parents[2] / "docs" / "proposal.schema.json"
    assert published.is_symlink()
    assert json.loads(published.read_text(encoding="utf-8")) == schema()


@pytest.mark.parametrize(
    "data",
    [
        to_json(example()),
        {"format": "wijkcontract-proposal/1"},
        {
            "format": "wijkcontract-proposal/1",
            "measures": None,
            "term": None,
            "problems": [{"id": "P1", "groups": None}],
        },
    ],
)
def test_valid_and_incomplete_documents_fit_the_schema(data: dict[str, Any]) -> None:
    jsonschema.validate(data, schema())
    jsonschema.validate(to_json(from_json(data)), schema())


@given(proposals)
def test_reading_back_what_was_written_changes_nothing(document: Proposal) -> None:
    data = json.loads(json.dumps(to_json(document)))
    assert from_json(data) == document
    assert VALIDATOR.is_valid(data)


@given(proposals)
def test_the_canonical_bytes_are_stable(document: Proposal) -> None:
    content = canonical(document)
    assert canonical(from_json(json.loads(content))) == content
    assert unicodedata.is_normalized("NFC", content.decode())


def test_composed_and_decomposed_text_have_the_same_hash() -> None:
    composed = replace(example(), title="Coöperatie")
    decomposed = replace(example(), title=unicodedata.normalize("NFD", "Coöperatie"))
    assert composed != decomposed
    assert sha256(composed) == sha256(decomposed)
    assert b": " not in canonical(Proposal(format=Format.ONE))


def test_every_fault_of_a_document_has_its_place() -> None:
    found = faults(
        {
            "format": "wijkcontract-proposal/2",
            "onbekend": 1,
            "term": {"start": "2022-02-30"},
            "answers": {"a/b": 3},
            "measures": [{"id": "M1", "nature": "middel", "new": "ja"}, {"title": "zonder kenmerk"}],
            "cost_lines": [{"id": "K1", "amount": 5.0}, {"id": "K2", "amount": "5"}, {"id": "K3", "amount": "-5.00"}],
            "risks": [{"id": "R1", "impact": 6, "likelihood": True}],
            "problems": "geen",
            "title": "a\u0000b",
        }
    )
    assert set(found) == {
        "/format",
        "/onbekend",
        "/term/start",
        "/answers/a~1b",
        "/measures/0/nature",
        "/measures/0/new",
        "/measures/1/id",
        "/cost_lines/0/amount",
        "/cost_lines/1/amount",
        "/cost_lines/2/amount",
        "/risks/0/impact",
        "/risks/0/likelihood",
        "/problems",
        "/title",
    }


def test_a_day_in_a_year_that_cannot_be_meant_is_refused_at_its_place() -> None:
    found = faults({"format": "wijkcontract-proposal/1", "term": {"start": "1899-12-31", "end": "9999-12-31"}})
    assert found == {
        f"/term/{name}": f"Het jaar {year} kan niet. Schrijf een jaar van 1900 tot en met 2200."
        for name, year in (("start", 1899), ("end", 9999))
    }


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "//example.invalid", "ftp://a.example", "https://a b", "https://"]
)
def test_only_the_address_of_a_page_stands_where_a_link_is_drawn(link: str) -> None:
    problem, decision = {"id": "P1", "experiment": {"rule_link": link}}, {"id": "B1", "link": link}
    found = faults({"format": "wijkcontract-proposal/1", "problems": [problem], "local_decisions": [decision]})
    assert sorted(found) == ["/local_decisions/0/link", "/problems/0/experiment/rule_link"]
    assert all("Hier hoort een adres dat begint met https:// of http://" in message for message in found.values())
    for kept in ("", "http://besluiten.example/1", "https://codex.example/?id=1#a"):
        whole = {"format": "wijkcontract-proposal/1", "local_decisions": [decision | {"link": kept}]}
        assert from_json(whole).local_decisions[0].link == kept


def test_references_that_lead_nowhere_double_ids_and_unknown_codes() -> None:
    data = copy.deepcopy(to_json(example()))
    data["measures"][1]["id"] = "M1"
    data["measures"][2]["objectives"] = ["D1", "D9"]
    data["partners"][1]["pledges"][1]["id"] = "E1"
    data["additional_support"][0]["pledge"] = "E99"
    data["measures"][0].update(policy_domains=["sport", "ruimtevaart"], instrument="toverstok", levels=["maan"])
    data["cost_lines"][3]["category"] = "feest"
    data["answers"]["lievelingskleur"] = "blauw"
    data["milestones"][0]["measure"] = "M77"
    assert set(faults(data)) == {
        "/measures/1/id",
        "/measures/2/objectives/1",
        "/partners/1/pledges/1/id",
        "/additional_support/0/pledge",
        "/measures/0/policy_domains/1",
        "/measures/0/instrument",
        "/measures/0/levels/0",
        "/cost_lines/3/category",
        "/answers/lievelingskleur",
        "/milestones/0/measure",
        *(f"/cost_lines/{index}/measure" for index in range(3, 7)),
        *(f"/milestones/{index}/measure" for index in (1, 2)),
        "/risks/1/measures/0",
    }


@pytest.mark.parametrize("data", [None, [], "x", 3])
def test_something_that_is_no_object_is_refused(data: object) -> None:
    assert list(faults(data)) == [""]


def test_the_term_of_the_example_is_that_of_the_case() -> None:
    assert example().term == Term(date(2022, 1, 1), date(2025, 12, 31))
