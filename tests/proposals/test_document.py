"""The database holds the whole document: what is loaded comes back the same."""

from __future__ import annotations

import dataclasses
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from proposals.conftest import Town
from wijkcontract.proposals import operations, queries
from wijkcontract.proposals.forms import FORMS
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.reader import read
from wijkcontract.proposals.records import KINDS
from wijkcontract.rules import proposal_form, proposal_shape
from wijkcontract.rules.example_proposal import example

pytestmark = pytest.mark.django_db
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def without_ids(document: proposal_shape.Proposal) -> Any:  # noqa: ANN401 - JSON
    """The document with every id named by the order in which it appears, and without files."""
    bare = dataclasses.replace(
        document,
        files=(),
        submitted_on=None,
        applicant=dataclasses.replace(document.applicant, kbo="", ovo=""),
        local_decisions=tuple(dataclasses.replace(one, file=None) for one in document.local_decisions),
        partners=tuple(
            dataclasses.replace(
                partner,
                body="",
                pledges=tuple(dataclasses.replace(pledge, file=None) for pledge in partner.pledges),
            )
            for partner in document.partners
        ),
    )
    data = proposal_form.to_json(bare)
    names: dict[str, str] = {}

    def ids(value: Any) -> None:  # noqa: ANN401 - JSON
        if isinstance(value, dict):
            if "id" in value:
                names[value["id"]] = f"#{len(names)}"
            for one in value.values():
                ids(one)
        elif isinstance(value, list):
            for one in value:
                ids(one)

    ids(data)
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(f'"{name}"', f'"{names[name]}"')
    return json.loads(text)


def test_a_loaded_document_comes_back_the_same(complete: Proposal) -> None:
    assert without_ids(queries.document(complete)) == without_ids(example())


def test_the_example_has_no_findings_on_the_site_either(town: Town, complete: Proposal) -> None:
    assert [finding.code for finding in queries.findings(complete)] == []


def test_the_canonical_bytes_of_a_proposal_do_not_depend_on_the_moment_of_reading(complete: Proposal) -> None:
    again = Proposal.objects.select_related("call", "applicant").get(pk=complete.pk)
    assert proposal_form.canonical(queries.document(complete)) == proposal_form.canonical(queries.document(again))


@pytest.mark.parametrize("value", ["0.1", "18.4", "9999999999.9999", "-3.25", "1200"])
def test_a_figure_keeps_every_digit(town: Town, draft: Proposal, value: str) -> None:
    operations.save_record(
        actor=town.eli, proposal_id=draft.pk, kind="figure", data={"indicator": "poverty", "value": Decimal(value)}
    )
    assert queries.document(draft).figures[0].value == Decimal(value)


def test_a_document_is_read_with_one_query_beside_those_of_organisations_and_files(complete: Proposal) -> None:
    queries.document(complete)
    with CaptureQueriesContext(connection) as captured:
        queries.document(complete)
        assert len(captured) == 3


def test_what_the_reader_gives_is_what_the_tables_hold(complete: Proposal) -> None:
    parts = read(complete)
    for kind in KINDS.values():
        stored = list(kind.model._default_manager.filter(proposal=complete))
        assert list(parts.of(kind.model)) == stored
        for mine, other in zip(parts.of(kind.model), stored, strict=True):
            names = [field.attname for field in kind.model._meta.concrete_fields]
            assert [getattr(mine, name) for name in names] == [getattr(other, name) for name in names]


def test_a_link_that_the_document_cannot_hold_is_not_typed_either(town: Town, complete: Proposal) -> None:
    def faults(link: str) -> set[str]:
        return set(FORMS["local_decision"]({"link": link}, proposal=complete, actor=town.eli, only=("link",)).errors)

    assert all(faults(link) == {"link"} for link in ("javascript:alert(1)", "ftp://besluiten.example/1"))
    assert faults("besluiten.example/1") == faults("") == set()
