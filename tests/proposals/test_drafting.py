"""Writing a draft: who may, what is kept, and what two writers see of each other."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from drafting import attach_decision
from proposals.conftest import AFTER, As, Town
from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.queries import history
from wijkcontract.calls.models import Call
from wijkcontract.files.queries import get_file
from wijkcontract.proposals import operations, queries
from wijkcontract.proposals.models import Proposal, Target
from wijkcontract.proposals.records import KINDS
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

pytestmark = pytest.mark.django_db

DAY = dt.date(2022, 9, 1)
TYPED: dict[str, dict[str, Any]] = {
    "figure": {
        "indicator": "poverty", "value": Decimal("18.4"), "compare_value": Decimal("9.1"), "unit": "%", "year": 2020,
        "source": "Provincies in Cijfers",
    },
    "problem": {
        "title": "Stenige pleintjes", "description": "Geen schaduw.", "groups": "kinderen\nouderen", "residents": 900,
        "beyond_capacity": "Het plein is van de school.", "blocking_rule": "Aansprakelijkheid", "blocking_body": "Onderwijs",
        "experiment_what": "Gedeeld gebruik", "experiment_rule": "Aansprakelijkheid", "experiment_link": "https://regel.example",
        "experiment_body": "Onderwijs", "experiment_area": "Drie scholen", "experiment_start": DAY,
        "experiment_end": dt.date(2024, 8, 31),
    },
    "objective": {"title": "Bewoners bewegen meer", "description": "Elke week."},
    "target": {
        "indicator": "Wekelijks sporten", "unit": "personen", "direction": "up", "baseline": Decimal(40),
        "baseline_on": dt.date(2021, 6, 1), "baseline_source": "Telling", "target": Decimal(320), "target_on": DAY,
        "aggregation": "last",
    },
    "measure": {
        "title": "Buurtsport", "description": "Elke avond.", "nature": "soft", "instrument": "extra_capacity", "is_new": True,
        "policy_domains": ["sport", "youth"], "levels": ["local", "flemish"], "programme_name": "Iedereen beweegt",
        "acceleration": "een jaar", "lead": "Sportdienst",
    },
    "action": {
        "title": "Bomen planten", "description": "Twintig bomen.", "lead": "Groendienst", "start": DAY,
        "end": dt.date(2024, 8, 31),
    },
    "partner": {
        "name": "Buurtwerk De Spil", "kind": "civil_society", "contact": "info@spil.example",
        "contact_mail": "info@spil.example",
    },
    "pledge": {
        "what": "Halftijdse medewerker", "form": "staff", "amount_cents": 25_000_00, "due_on": DAY, "status": "promised",
        "proof": "brief van 12 mei",
    },
    "additional_support": {
        "minister": "Minister van Sport", "what": "Sportvloer", "amount_cents": 10_000_00, "budget_article": "HB0",
        "procedure": "omzendbrief",
    },
    "cost_line": {
        "item": "Buurtsportmedewerker", "year": 2022, "category": "staff", "source": "subsidy", "amount_cents": 40_000_00,
        "item_cost_cents": 50_000_00,
    },
    "other_subsidy": {
        "name": "Sporthal", "provider": "Sport Vlaanderen", "amount_cents": 5_000_00, "covers": "Vloer", "status": "gevraagd",
        "registered": None,
    },
    "risk": {"title": "Geen trekker", "likelihood": 2, "impact": 4, "mitigation": "Duo", "owner": "Sportdienst"},
    "participation_moment": {"title": "Straatatelier", "held_on": DAY, "form": "coproductie", "groups": "kinderen, ouders"},
    "milestone": {"title": "Het eerste plein is open", "due_on": DAY},
    "continuation": {
        "what": "Buurtsport blijft", "carried_by": "Sportdienst", "paid_by": "De stad", "amount_cents": 46_000_00,
        "starts_on": DAY, "certain": True,
    },
    "dissemination": {"what": "Terugkomdag", "planned_on": DAY, "audience": "andere besturen"},
    "support_log": {"held_on": dt.date(2021, 5, 2), "with_whom": "Bewonersgroep", "what": "Plan besproken"},
    "local_decision": {
        "body": "executive", "decided_on": dt.date(2021, 6, 28), "number": "2021/114", "link": "https://besluit.example",
    },
}  # fmt: skip


def save(actor: Actor, proposal: Proposal, kind: str, **data: Any) -> uuid.UUID:  # noqa: ANN401 - typed values
    """Add one record of a kind, with what such a record usually holds."""
    made = operations.save_record(actor=actor, proposal_id=proposal.pk, kind=kind, data=TYPED[kind] | data)
    return made.pk


def save_with_parents(actor: Actor, proposal: Proposal, kind: str) -> uuid.UUID:
    """Add one record with all that it points to."""
    shape = KINDS[kind]
    links: dict[str, Any] = {name: save_with_parents(actor, proposal, code) for name, code in shape.links.items()}
    links |= {name: [save_with_parents(actor, proposal, code)] for name, code in shape.many_links.items()}
    return save(actor, proposal, kind, **links)


def test_the_sample_has_a_record_of_every_kind_with_every_field_that_can_be_typed() -> None:
    for code, kind in KINDS.items():
        assert set(TYPED[code]) == set(kind.fields) - set(kind.links) - set(kind.many_links) - {"body"} | (
            {"body"} & set(TYPED[code])
        ), code


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_record_is_read_back_as_it_was_typed(town: Town, draft: Proposal, kind: str) -> None:
    made = save_with_parents(town.eli, draft, kind)
    record = queries.get_record(draft, KINDS[kind], made)
    assert {name: getattr(record, name) for name in TYPED[kind]} == TYPED[kind]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_record_is_changed_and_taken_away(town: Town, draft: Proposal, kind: str) -> None:
    made = save_with_parents(town.eli, draft, kind)
    first = KINDS[kind].title_field
    changed = (
        {first: "council"}
        if kind == "local_decision"
        else {first: "poverty"}
        if kind == "figure"
        else {first: "Anders"}
    )
    operations.save_record(actor=town.eli, proposal_id=draft.pk, kind=kind, record_id=made, data=changed)
    assert getattr(queries.get_record(draft, KINDS[kind], made), first) == changed[first]
    operations.delete_record(actor=town.eli, proposal_id=draft.pk, kind=kind, record_id=made)
    with pytest.raises(NotVisible):
        queries.get_record(draft, KINDS[kind], made)


def test_a_draft_is_begun_for_the_own_authority_and_takes_the_term_of_the_call(town: Town, call: Call) -> None:
    call.term_start, call.term_end = dt.date(2022, 1, 1), dt.date(2025, 12, 31)
    call.save()
    made = operations.start_proposal(actor=town.eli, call_id=call.pk, title="  De Bijloke leeft ")
    assert (made.applicant.name, made.title, made.state) == ("Dendermonde", "De Bijloke leeft", "draft")
    assert (made.term_start, made.term_end) == (dt.date(2022, 1, 1), dt.date(2025, 12, 31))


def test_a_second_draft_with_the_same_title_is_refused(town: Town, call: Call, draft: Proposal) -> None:
    with pytest.raises(Invalid, match="al een voorstel met deze titel"):
        operations.start_proposal(actor=town.saar, call_id=call.pk, title=draft.title)


def test_a_draft_for_a_call_that_has_closed_is_refused(town: Town, call: Call) -> None:
    with clock.frozen(AFTER), pytest.raises(Invalid, match="staat niet open"):
        operations.start_proposal(actor=town.eli, call_id=call.pk, title="Te laat")


@pytest.mark.parametrize("name", ["cas", "ada", "cabinet"])
def test_only_who_writes_for_a_local_authority_begins_a_draft(town: Town, call: Call, name: str) -> None:
    with pytest.raises(Refused, match="bewerker of indiener"):
        operations.start_proposal(actor=getattr(town, name), call_id=call.pk, title="Titel")


def test_the_texts_of_a_section_are_kept_whole_even_when_they_are_too_long(town: Town, draft: Proposal) -> None:
    long = "a" * 9_000
    operations.save_answers(
        actor=town.eli, proposal_id=draft.pk, version=draft.version, answers={"summary": long, "analysis": " Kort. "}
    )
    assert queries.document(draft).answers == {"summary": long, "analysis": "Kort."}
    assert "text_too_long" in {finding.code for finding in queries.findings(draft)}


def test_an_answer_to_a_question_that_the_call_does_not_ask_is_refused(town: Town, draft: Proposal) -> None:
    with pytest.raises(Invalid, match="staat niet in de oproep"):
        operations.save_answers(
            actor=town.eli, proposal_id=draft.pk, version=draft.version, answers={"own_invention": "x"}
        )


def test_a_stale_page_writes_nothing_over_the_text_of_a_colleague(town: Town, draft: Proposal) -> None:
    seen = draft.version
    operations.save_answers(actor=town.saar, proposal_id=draft.pk, version=seen, answers={"summary": "Van Saar"})
    with pytest.raises(operations.StaleVersion, match="nog niets van u bewaard"):
        operations.save_answers(actor=town.eli, proposal_id=draft.pk, version=seen, answers={"summary": "Van Eli"})
    assert queries.document(draft).answers == {"summary": "Van Saar"}


def test_the_title_the_neighbourhood_and_the_term_are_kept(town: Town, draft: Proposal) -> None:
    saved = operations.save_basics(
        actor=town.eli, proposal_id=draft.pk, version=draft.version, title="Bijloke beweegt", neighbourhood="Bijloke",
        inhabitants=4200, sectors="42006A20-, 42006A21-",
    )  # fmt: skip
    start, end = dt.date(2022, 1, 1), dt.date(2025, 12, 31)
    operations.save_term(actor=town.eli, proposal_id=draft.pk, version=saved.version, term_start=start, term_end=end)
    document = queries.document(queries.get_proposal(town.eli, draft.pk))
    assert document.title == "Bijloke beweegt"
    assert document.neighbourhood.sectors == ("42006A20-", "42006A21-")
    assert (document.term.start, document.term.end) == (start, end)


def test_the_sums_that_lists_show_follow_every_cost_line(town: Town, draft: Proposal) -> None:
    save(town.eli, draft, "cost_line", measure=None)
    made = save(town.eli, draft, "cost_line", measure=None, source="own_money", amount_cents=10_000_00)
    draft.refresh_from_db()
    assert (draft.cost_cents, draft.subsidy_cents) == (50_000_00, 40_000_00)
    operations.delete_record(actor=town.eli, proposal_id=draft.pk, kind="cost_line", record_id=made)
    draft.refresh_from_db()
    assert (draft.cost_cents, draft.subsidy_cents) == (40_000_00, 40_000_00)


def test_a_measure_with_cost_lines_is_not_taken_away(town: Town, draft: Proposal) -> None:
    measure = save(town.eli, draft, "measure")
    save(town.eli, draft, "cost_line", measure=measure)
    with pytest.raises(Invalid, match="kostenposten"):
        operations.delete_record(actor=town.eli, proposal_id=draft.pk, kind="measure", record_id=measure)


def test_a_field_that_a_kind_does_not_have_is_never_written(town: Town, draft: Proposal) -> None:
    with pytest.raises(TypeError, match="proposal"):
        save(town.eli, draft, "problem", proposal=draft.pk)


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind.code, name) for kind in KINDS.values() for name in (*kind.links, *kind.many_links)],
)
def test_a_record_never_points_to_a_record_of_another_proposal(
    town: Town, call: Call, draft: Proposal, kind: str, name: str
) -> None:
    other = operations.start_proposal(actor=town.omar, call_id=call.pk, title="Van Beringen")
    shape = KINDS[kind]
    foreign = save_with_parents(town.omar, other, (shape.links | shape.many_links)[name])
    with pytest.raises(Invalid) as refused:
        save(town.eli, draft, kind, **{name: [foreign] if name in shape.many_links else foreign})
    assert {fault.where for fault in refused.value.faults} >= {name}


def test_a_record_of_another_proposal_is_not_found_through_the_own_one(town: Town, call: Call, draft: Proposal) -> None:
    other = operations.start_proposal(actor=town.omar, call_id=call.pk, title="Van Beringen")
    foreign = save(town.omar, other, "problem")
    with pytest.raises(NotVisible):
        operations.save_record(
            actor=town.eli, proposal_id=draft.pk, kind="problem", record_id=foreign, data={"title": "Gekaapt"}
        )
    with pytest.raises(NotVisible):
        operations.delete_record(actor=town.eli, proposal_id=draft.pk, kind="problem", record_id=foreign)


def test_a_target_belongs_to_an_objective(town: Town, draft: Proposal) -> None:
    with pytest.raises(Invalid, match="doelstelling"):
        save(town.eli, draft, "target")
    assert not Target.objects.filter(proposal=draft).exists()


def test_every_save_is_one_event_and_one_step_of_the_version(town: Town, draft: Proposal) -> None:
    before = draft.version
    save(town.eli, draft, "problem")
    draft.refresh_from_db()
    assert draft.version == before + 1
    newest = history(draft)[0]
    assert (newest.verb, newest.actor_name, newest.data["sections"]) == ("proposals.saved", "Eli", ["problems"])


WRITES: dict[str, Callable[[Actor, Proposal], object]] = {
    "record": lambda actor, one: save(actor, one, "problem"),
    "texts": lambda actor, one: operations.save_answers(
        actor=actor, proposal_id=one.pk, version=one.version, answers={"summary": "x"}
    ),
    "groups": lambda actor, one: operations.save_target_groups(
        actor=actor, proposal_id=one.pk, version=one.version, target_groups="ouders"
    ),
}


@pytest.mark.parametrize("write", sorted(WRITES))
def test_the_certifier_of_the_own_authority_reads_and_does_not_write(town: Town, draft: Proposal, write: str) -> None:
    with pytest.raises(Refused, match="leest dit voorstel mee"):
        WRITES[write](town.cas, draft)


@pytest.mark.parametrize("write", sorted(WRITES))
@pytest.mark.parametrize("name", ["omar", "ada", "fien", "cabinet"])
def test_a_draft_does_not_exist_for_anyone_else(town: Town, draft: Proposal, write: str, name: str) -> None:
    with pytest.raises(NotVisible):
        WRITES[write](getattr(town, name), draft)


def test_a_draft_stands_still_once_the_call_has_closed(town: Town, draft: Proposal) -> None:
    with clock.frozen(AFTER), pytest.raises(Refused, match="afgesloten"):
        save(town.eli, draft, "problem")


def test_the_agency_counts_drafts_and_sees_none(town: Town, call: Call, draft: Proposal) -> None:
    assert queries.count_by_call(town.ada) == {call.pk: 1}
    assert queries.count_by_call(town.omar) == {}
    assert not queries.visible_proposals(town.ada).exists()


def test_the_document_of_a_decision_is_read_exactly_by_who_reads_the_proposal(town: Town, draft: Proposal) -> None:
    decision = save(town.eli, draft, "local_decision")
    stored = attach_decision(town.eli, draft, decision)
    assert get_file(town.cas, stored.pk) == stored
    for stranger in (town.omar, town.ada):
        with pytest.raises(NotVisible):
            get_file(stranger, stored.pk)


def test_a_decision_of_another_authority_takes_no_document_of_ours(town: Town, call: Call, draft: Proposal) -> None:
    other = operations.start_proposal(actor=town.omar, call_id=call.pk, title="Van Beringen")
    foreign = save(town.omar, other, "local_decision")
    with pytest.raises(NotVisible):
        attach_decision(town.eli, draft, foreign)


def test_a_figure_of_a_year_to_come_is_refused_and_thousands_are_read(town: Town, draft: Proposal, as_: As) -> None:
    url = f"/aanvrager/voorstellen/{draft.pk}/onderdeel/neighbourhood/figure/nieuw/"
    typed = {
        "indicator": "income",
        "value": "18.450,5",
        "compare_value": "21.300",
        "year": "2099",
        "nieuw": str(uuid.uuid4()),
    }
    refused = as_(town.eli).post(url, typed)
    assert refused.status_code == 422
    assert "2099 moet nog komen" in refused.content.decode()
    assert as_(town.eli).post(url, typed | {"year": "2020"}).status_code == 302
    figure = draft.figures.get()
    assert (figure.value, figure.compare_value) == (Decimal("18450.5"), Decimal(21300))


def test_a_second_click_makes_no_second_record(town: Town, draft: Proposal) -> None:
    chosen = uuid.uuid4()
    for title in ("Stenige pleintjes", "Stenige pleinen"):
        operations.save_record(
            actor=town.eli, proposal_id=draft.pk, kind="problem", new_id=chosen, data={"title": title}
        )
    assert [(one.pk, one.title) for one in draft.problems.all()] == [(chosen, "Stenige pleinen")]


def test_the_id_of_a_record_of_another_proposal_is_never_taken_over(town: Town, call: Call, draft: Proposal) -> None:
    other = operations.start_proposal(actor=town.omar, call_id=call.pk, title="Van Beringen")
    foreign = save(town.omar, other, "problem")
    with pytest.raises(NotVisible):
        operations.save_record(
            actor=town.eli, proposal_id=draft.pk, kind="problem", new_id=foreign, data={"title": "Gekaapt"}
        )
    assert other.problems.get().title == TYPED["problem"]["title"]
