"""No limit is code: a call of another instrument runs from draft to submission by its own file alone (issue: two phases)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from calls import factories
from people import actor, municipality
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.calls import operations, queries
from wijkcontract.calls.models import Call
from wijkcontract.contracts.models import Decision
from wijkcontract.proposals import operations as proposals, queries as proposal_queries
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import clock
from wijkcontract.rules.example_proposal import example
from wijkcontract.rules.proposal_form import from_json, to_json
from wijkcontract.rules.verdicts import Invalid

pytestmark = pytest.mark.django_db

NAME = "stadsvernieuwing-2024"


@pytest.fixture
def saar(db: None) -> Actor:
    """The submitter of Dendermonde."""
    return actor("Saar", municipality("Dendermonde"), Role.SUBMITTER)


def call_of_phase(manager: Actor, phase: str, **changes: Any) -> Call:  # noqa: ANN401 - fields of a call
    factories.inspectorate()
    call = operations.create_call(actor=manager, programme_name=NAME, phase=phase, title=f"Stadsvernieuwing {phase}")
    values: dict[str, Any] = {
        "title": call.title,
        "published_on": factories.PUBLISHED,
        "last_day": factories.LAST_DAY,
        "budget_cents": call.budget_cents,
        "ceiling_cents": call.ceiling_cents,
        "term_start": dt.date(2022, 1, 1),
        "term_end": dt.date(2028, 12, 31),
    }
    return operations.save_call(actor=manager, call_id=call.pk, **(values | changes))


def line(source: str, amount: str, category: str = "works") -> dict[str, Any]:
    return {
        "id": f"K-{source}-{category}", "item": "Heraanleg van het plein", "measure": "M1", "year": 2028, "category": category,
        "source": source, "amount": amount, "item_cost": None,
    }  # fmt: skip


def document(rules: Any, subsidy: str) -> Any:  # noqa: ANN401 - a document of the rules
    """The example, written again for this programme: seven years, its own kinds of partner, cost and instrument."""
    data = to_json(example())
    data["term"] = {"start": "2022-01-01", "end": "2028-12-31"}
    data["answers"] = {one.code: f"Antwoord op {one.label}" for one in rules.questions}
    data["measures"] = [data["measures"][0] | {"instrument": "public_space", "new": False}]
    data["measures"][0] |= {"problems": [one["id"] for one in data["problems"]]}
    data["partners"] = [data["partners"][1] | {"kind": "ppp"}]
    data["additional_support"], data["milestones"], data["risks"] = [], [], []
    data["continuations"] = []
    data["cost_lines"] = [line("subsidy", subsidy), line("own_money", "4000000.00")]
    return from_json(data, rules)


def test_a_call_of_urban_renewal_runs_from_draft_to_submission(manager: Actor, saar: Actor) -> None:
    call = operations.launch(actor=manager, call_id=call_of_phase(manager, "candidature").pk)
    with clock.frozen(factories.DURING):
        made = proposals.import_document(actor=saar, call_id=call.pk, document=document(call.programme, "5000000.01"))
        blocks = [one.code for one in proposal_queries.findings(made) if one.severity.value == "block"]
        assert blocks == ["subsidy_above_ceiling"]
        with pytest.raises(Invalid, match=r"5\.000\.000,00"):
            proposals.submit(actor=saar, proposal_id=made.pk)
        subsidy = made.cost_lines.get(source="subsidy")
        proposals.save_record(
            actor=saar, proposal_id=made.pk, kind="cost_line", record_id=subsidy.pk, data={"amount_cents": 5_000_000_00}
        )
        submission = proposals.submit(actor=saar, proposal_id=made.pk)
    frozen = proposal_queries.frozen_document(submission)
    assert frozen.partners[0].kind == "ppp"
    assert frozen.cost_lines[0].amount == 5_000_000_00


def test_the_kinds_of_partner_of_another_programme_are_refused(manager: Actor, saar: Actor) -> None:
    call = operations.launch(actor=manager, call_id=call_of_phase(manager, "candidature").pk)
    good = to_json(document(call.programme, "1000.00"))
    good["partners"][0]["kind"] = "civil_society"
    with clock.frozen(factories.DURING), pytest.raises(Invalid, match="civil_society"):
        proposals.import_document(actor=saar, call_id=call.pk, document=from_json(good))


def test_the_term_and_the_window_are_those_of_the_programme(manager: Actor) -> None:
    call = call_of_phase(manager, "candidature", last_day=dt.date(2021, 5, 12))
    assert queries.window_findings(call) == []
    assert call.programme.limits.term_months_max == 84
    with pytest.raises(Invalid, match=r"5\.000\.000,00 EUR"):
        call_of_phase(manager, "candidature", ceiling_cents=5_000_000_01)


def test_a_call_needs_its_phase_and_a_second_phase_its_first(manager: Actor) -> None:
    with pytest.raises(Invalid, match="fase"):
        operations.create_call(actor=manager, programme_name=NAME, title="Zonder fase")
    second = call_of_phase(manager, "full")
    assert "predecessor" in [fault.where for fault in queries.launch_faults(second)]
    first = call_of_phase(manager, "candidature")
    with pytest.raises(Invalid, match="vorige fase"):
        call_of_phase(manager, "full", predecessor_id=first.pk)
    operations.launch(actor=manager, call_id=first.pk)
    assert list(queries.predecessors(manager, second)) == [first]


def test_only_who_was_selected_in_the_first_phase_starts_in_the_second(manager: Actor, saar: Actor) -> None:
    first = operations.launch(actor=manager, call_id=call_of_phase(manager, "candidature").pk)
    second = operations.launch(actor=manager, call_id=call_of_phase(manager, "full", predecessor_id=first.pk).pk)
    chosen = factories.proposal(first, "submitted", "Dendermonde")
    with clock.frozen(factories.DURING):
        with pytest.raises(Invalid, match="Alleen wie geselecteerd is"):
            proposals.start_proposal(actor=saar, call_id=second.pk, title="Bijloke")
        Proposal.objects.filter(pk=chosen.pk).update(state="decided")
        with pytest.raises(Invalid, match="Alleen wie geselecteerd is"):
            proposals.start_proposal(actor=saar, call_id=second.pk, title="Bijloke")
        Decision.objects.create(
            proposal=chosen, outcome="granted", deciding_body="flemish_government", proposed_by="De minister",
            decided_on=dt.date(2021, 5, 1), document="VR 1", motivation="Sterk.", recorded_at=factories.DURING,
        )  # fmt: skip
        made = proposals.start_proposal(actor=saar, call_id=second.pk, title="Bijloke")
    assert made.call == second
