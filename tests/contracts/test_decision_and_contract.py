"""From advice to a signed contract (R18, R20)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from contracts import factories
from contracts.factories import People
from wijkcontract.audit.models import Event
from wijkcontract.contracts import operations, queries
from wijkcontract.contracts.models import ContractState, Decision, Outcome
from wijkcontract.outbox.models import Message
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

TODAY = dt.date(2021, 12, 17)


def decide(people: People, proposal: Proposal, **changes: Any) -> Decision:  # noqa: ANN401
    asked: dict[str, Any] = {
        "actor": people.manager,
        "proposal_id": proposal.pk,
        "outcome": Outcome.GRANTED,
        "decided_on": factories.DECIDED_ON,
        "document": "VR 2021 1012 DOC.1400",
        "proposed_by": "de minister van Binnenlands Bestuur",
        "motivation": "Sterk voorstel.",
        "amount_cents": 326_000_00,
        "term_start": factories.START,
        "term_end": factories.END,
    }
    return operations.record_decision(**(asked | changes))


def test_a_grant_decides_the_proposal_and_tells_the_applicant(people: People) -> None:
    proposal = factories.proposal()
    decision = decide(people, proposal)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.DECIDED
    assert decision.deciding_body == "flemish_government"
    assert Message.objects.filter(kind="contracts.decision", recipient__contains="algemeen.directeur").count() == 1
    assert Event.objects.filter(verb="contracts.decision_recorded").count() == 1


def test_a_refusal_keeps_no_amount_and_no_term(people: People) -> None:
    decision = decide(people, factories.proposal(), outcome=Outcome.REFUSED)
    assert (decision.amount_cents, decision.term_start) == (0, None)


def test_only_an_advised_proposal_is_decided(people: People) -> None:
    with pytest.raises(Refused, match=r"kunt u niet beslissen"):
        decide(people, factories.proposal(state=ProposalState.ADMISSIBLE))


def test_a_second_decision_is_refused_with_the_reason(people: People) -> None:
    proposal = factories.proposal()
    decide(people, proposal)
    with pytest.raises(Invalid, match=r"al beslist"):
        decide(people, proposal)


def test_a_finance_person_may_not_decide(people: People) -> None:
    with pytest.raises((Refused, NotVisible)):
        decide(people, factories.proposal(), actor=people.finance)


def test_every_fault_of_a_decision_comes_at_once(people: People) -> None:
    with pytest.raises(Invalid) as caught:
        decide(people, factories.proposal(), document=" ", motivation="", amount_cents=0, term_end=None)
    assert {fault.where for fault in caught.value.faults} == {"document", "motivation", "amount", "term_end"}


def test_more_than_was_asked_is_refused(people: People) -> None:
    with pytest.raises(Invalid, match=r"vroeg 326.000,00 EUR"):
        decide(people, factories.proposal(), amount_cents=326_000_01)


def test_the_grants_of_a_call_stay_within_its_budget(people: People) -> None:
    call = factories.call(budget_cents=600_000_00)
    decide(people, factories.proposal(call))
    with pytest.raises(Invalid, match=r"blijft 274.000,00 EUR over"):
        decide(people, factories.proposal(call))


def test_a_term_of_more_than_48_months_is_refused(people: People) -> None:
    with pytest.raises(Invalid, match=r"tot en met 31/12/2025"):
        decide(people, factories.proposal(), term_end=dt.date(2026, 1, 1))


def test_what_falls_after_the_last_month_of_vek_is_refused_with_the_exact_figure(people: People) -> None:
    term = {"term_start": dt.date(2022, 10, 1), "term_end": dt.date(2026, 9, 30)}
    with pytest.raises(Invalid, match=r"33.401,78 EUR valt na 31/07/2026"):
        decide(people, factories.proposal(subsidy_cents=800_000_00), amount_cents=800_000_00, **term)


def test_the_last_start_of_four_years_that_fits_is_the_first_of_august(people: People) -> None:
    term = {"term_start": dt.date(2022, 8, 1), "term_end": dt.date(2026, 7, 31)}
    assert decide(people, factories.proposal(), **term).term_end == dt.date(2026, 7, 31)


def test_a_contract_copies_the_frozen_submission(people: People) -> None:
    proposal = factories.proposal()
    decide(people, proposal)
    contract = operations.make_contract(actor=people.manager, proposal_id=proposal.pk)
    assert contract.number == "WVC-2021-001"
    assert contract.state == ContractState.DRAFT
    assert (contract.subsidy_cents, contract.own_cents) == (326_000_00, 87_500_00)
    counts = (contract.measures.count(), contract.pledges.count(), contract.milestones.count())
    assert counts == (6, 6, 7)
    target = contract.targets.first()
    assert target is not None
    assert target.source_id


def test_numbers_of_contracts_follow_each_other(people: People) -> None:
    call, made = factories.call(), []
    for _ in range(2):
        proposal = factories.proposal(call)
        decide(people, proposal)
        made.append(operations.make_contract(actor=people.manager, proposal_id=proposal.pk).number)
    assert made == ["WVC-2021-001", "WVC-2021-002"]


def test_an_amount_below_the_request_waits_for_an_adjusted_budget(people: People) -> None:
    proposal = factories.proposal()
    decide(people, proposal, amount_cents=300_000_00)
    with pytest.raises(Invalid, match=r"past eerst de begroting en de streefwaarden aan"):
        operations.make_contract(actor=people.manager, proposal_id=proposal.pk)


def test_a_contract_is_made_once(people: People) -> None:
    proposal = factories.proposal()
    decide(people, proposal)
    operations.make_contract(actor=people.manager, proposal_id=proposal.pk)
    with pytest.raises(Invalid, match=r"al opgemaakt"):
        operations.make_contract(actor=people.manager, proposal_id=proposal.pk)


def test_a_contract_is_signed_when_both_parties_signed(people: People) -> None:
    contract = factories.contract(state=ContractState.DRAFT)
    sign = {"contract_id": contract.pk, "function": "burgemeester", "signed_on": TODAY}
    operations.record_signature(actor=people.director, organisation_id=people.director.organisation_id, **sign)
    contract.refresh_from_db()
    assert contract.state == ContractState.DRAFT
    operations.record_signature(actor=people.manager, organisation_id=people.manager.organisation_id, **sign)
    contract.refresh_from_db()
    assert contract.state == ContractState.SIGNED


def test_a_party_signs_once(people: People) -> None:
    contract = factories.contract(state=ContractState.DRAFT)
    sign = {"contract_id": contract.pk, "function": "burgemeester", "signed_on": TODAY}
    operations.record_signature(actor=people.director, organisation_id=people.director.organisation_id, **sign)
    with pytest.raises(Invalid, match=r"al ondertekend"):
        operations.record_signature(actor=people.director, organisation_id=people.director.organisation_id, **sign)


def test_a_colleague_without_mandate_does_not_sign(people: People) -> None:
    contract = factories.contract(state=ContractState.DRAFT)
    with pytest.raises(Refused, match=r"gemandateerde indiener van Dendermonde"):
        operations.record_signature(
            actor=people.editor,
            contract_id=contract.pk,
            organisation_id=people.editor.organisation_id,
            function="projectleider",
            signed_on=TODAY,
        )


def test_the_agency_does_not_sign_for_the_authority(people: People) -> None:
    contract = factories.contract(state=ContractState.DRAFT)
    with pytest.raises(Refused):
        operations.record_signature(
            actor=people.manager,
            contract_id=contract.pk,
            organisation_id=contract.local_authority_id,
            function="burgemeester",
            signed_on=TODAY,
        )


def test_a_contract_does_not_exist_for_another_authority(people: People) -> None:
    contract = factories.contract()
    with pytest.raises(NotVisible):
        queries.get_contract(people.outsider, contract.pk)
    assert list(queries.visible_contracts(people.outsider)) == []
    assert queries.get_contract(people.editor, contract.pk) == contract


def test_the_public_sees_only_signed_contracts(people: People) -> None:
    factories.contract(state=ContractState.DRAFT)
    signed = factories.contract()
    assert [one.number for one in queries.public_contracts(people.outsider)] == [signed.number]
