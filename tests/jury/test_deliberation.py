"""Locking, deliberation and advice: two persons lock, each reads as much as the role allows, the ranking follows (R17)."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest

from jury import factories
from jury.factories import People
from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.models import Event
from wijkcontract.calls.models import Call
from wijkcontract.jury import operations, queries
from wijkcontract.jury.invariants import advice_follows_from_points
from wijkcontract.jury.models import Assessment, Jury, Score
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.queries import get_proposal
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused


def titles(actor: Actor, jury: Jury) -> dict[str, int | None]:
    return {row.title: row.place for row in queries.score_table(actor, jury).rows}


# lock


def test_locking_takes_the_chair_and_then_the_agency(people: People, jury: Jury, bijloke: Proposal) -> None:
    with pytest.raises(Refused, match="nog niet gevraagd"):
        operations.lock_scores(actor=people.manager, jury_id=jury.pk)
    with pytest.raises(Refused, match="De voorzitter vraagt"):
        operations.lock_scores(actor=people.jan, jury_id=jury.pk)
    with pytest.raises(Invalid, match="Bij 2 voorstellen ontbreken"):
        operations.lock_scores(actor=people.chair, jury_id=jury.pk)
    asked = operations.lock_scores(actor=people.chair, jury_id=jury.pk, accept_missing=True)
    assert asked.state == "scoring"
    operations.declare_conflict(actor=people.jan, proposal_id=bijloke.pk, has_conflict=False)
    with pytest.raises(Refused, match="vroeg om de punten te vergrendelen"):
        operations.score(actor=people.jan, proposal_id=bijloke.pk, points={"tailoring": 5})
    assert operations.lock_scores(actor=people.manager, jury_id=jury.pk).state == "locked"


def test_one_person_with_both_roles_does_not_lock_alone(people: People, jury: Jury) -> None:
    operations.lock_scores(actor=people.chair, jury_id=jury.pk, accept_missing=True)
    both = dataclasses.replace(people.manager, person_id=people.chair.person_id)
    with pytest.raises(Refused, match="twee personen"):
        operations.lock_scores(actor=both, jury_id=jury.pk)


def test_the_question_to_lock_can_be_taken_back(people: People, jury: Jury, bijloke: Proposal) -> None:
    operations.lock_scores(actor=people.chair, jury_id=jury.pk, accept_missing=True)
    operations.reopen_scores(actor=people.manager, jury_id=jury.pk)
    factories.give(people.jan, bijloke, 5)
    with pytest.raises(Refused, match="nog niet gevraagd"):
        operations.lock_scores(actor=people.manager, jury_id=jury.pk)


def test_nobody_reads_the_table_before_the_lock(people: People, jury: Jury, bijloke: Proposal) -> None:
    factories.give(people.jan, bijloke, 9)
    for actor in people.everyone:
        with pytest.raises((Refused, NotVisible)):
            queries.score_table(actor, jury)
        assert queries.votes_of(actor, jury, bijloke.pk) == []


def test_after_the_lock_each_reads_as_much_as_the_role_allows(
    people: People, jury: Jury, bijloke: Proposal, kaai: Proposal
) -> None:
    for juror in people.voting:
        factories.give(juror, bijloke, 8)
        factories.give(juror, kaai, 6)
    jury = factories.lock(people, jury)
    for actor in (people.chair, people.manager, people.auditor):
        table = queries.score_table(actor, jury)
        assert table.shows_votes
        assert table.rows[0].points["tailoring"] == [8, 8, 8]
        assert len(queries.votes_of(actor, jury, bijloke.pk)) == 3
    table = queries.score_table(people.observer, jury)
    assert (table.rows[0].total, table.rows[0].points, table.rows[0].means) == (Fraction(80), {}, {})
    assert queries.votes_of(people.observer, jury, bijloke.pk) == []
    for actor in (people.finance, people.cabinet, people.inspector, people.owner, people.outsider):
        with pytest.raises(NotVisible):
            queries.score_table(actor, jury)


def test_a_conflict_hides_the_row_and_leaves_no_gap_in_the_ranks(
    people: People, jury: Jury, bijloke: Proposal, kaai: Proposal, call: Call
) -> None:
    factories.conflict(people.jan, bijloke)
    for juror in people.voting:
        factories.give(juror, kaai, 4)
    for juror in (people.chair, people.jes):
        factories.give(juror, bijloke, 9)
    jury = factories.lock(people, jury)
    assert titles(people.chair, jury) == {"De Bijloke leeft": 1, "Nieuwe Kaai": 2}
    assert titles(people.jan, jury) == {"Nieuwe Kaai": 1}
    assert [row.reason for row in queries.score_table(people.jan, jury).closed] == [factories.SENTENCE]
    assert queries.votes_of(people.jan, jury, bijloke.pk) == []
    jury = factories.advise(people, jury)
    assert [(row.title, row.rank) for row in queries.advices(people.jan, jury)] == [("Nieuwe Kaai", 1)]
    assert queries.deliberation_of(people.jan, jury, bijloke.pk) is None


def test_a_conflict_follows_the_person_into_another_role(people: People, jury: Jury, bijloke: Proposal) -> None:
    factories.conflict(people.jan, bijloke)
    jury = factories.lock(people, jury)
    as_manager = dataclasses.replace(people.manager, person_id=people.jan.person_id)
    assert "De Bijloke leeft" not in titles(as_manager, jury)


@pytest.mark.parametrize("role", ["manager", "finance", "auditor", "cabinet", "inspector"])
def test_a_conflict_closes_the_proposal_in_the_rooms_of_the_state_too(
    people: People, jury: Jury, bijloke: Proposal, kaai: Proposal, role: str
) -> None:
    factories.conflict(people.jan, bijloke)
    factories.advise(people, factories.lock(people, jury))
    same_person = dataclasses.replace(getattr(people, role), person_id=people.jan.person_id)
    with pytest.raises(NotVisible):
        get_proposal(same_person, bijloke.pk)
    assert get_proposal(same_person, kaai.pk) == kaai
    assert get_proposal(getattr(people, role), bijloke.pk) == bijloke


def test_a_lifted_conflict_opens_the_proposal_again(people: People, jury: Jury, bijloke: Proposal) -> None:
    factories.conflict(people.jan, bijloke)
    seat = jury.jurors.get(person_id=people.jan.person_id)
    operations.declare_conflict_for(
        actor=people.chair,
        jury_id=jury.pk,
        juror_id=seat.pk,
        proposal_id=bijloke.pk,
        has_conflict=False,
        reason="Fout.",
    )
    as_manager = dataclasses.replace(people.manager, person_id=people.jan.person_id)
    assert get_proposal(as_manager, bijloke.pk) == bijloke


# advice


def test_points_of_a_conflicted_juror_do_not_count(
    people: People, jury: Jury, bijloke: Proposal, kaai: Proposal
) -> None:
    factories.give(people.jan, bijloke, 10)
    factories.give(people.chair, bijloke, 5)
    factories.conflict(people.jan, bijloke)
    jury = factories.lock(people, jury)
    assert queries.score_table(people.chair, jury).rows[0].total == 50


def test_the_advice_is_ranked_by_the_rules_with_the_declared_tie_rule(
    people: People, jury: Jury, bijloke: Proposal, kaai: Proposal
) -> None:
    for juror in people.voting:
        factories.give(juror, bijloke, 7, tailoring=6, new_instruments=8)
        factories.give(juror, kaai, 7, tailoring=8, new_instruments=6)
    jury = factories.advise(people, factories.lock(people, jury))
    rows = queries.advices(people.cabinet, jury)
    assert [(row.title, row.rank, row.total) for row in rows] == [
        ("Nieuwe Kaai", 1, Fraction(70)), ("De Bijloke leeft", 2, Fraction(70)),
    ]  # fmt: skip
    assert set(Proposal.objects.values_list("state", flat=True)) == {"advised"}
    assert advice_follows_from_points() == []


def test_advice_that_does_not_follow_from_the_points_is_found(people: People, jury: Jury, bijloke: Proposal) -> None:
    factories.give(people.jan, bijloke, 7)
    factories.advise(people, factories.lock(people, jury))
    first = Assessment.objects.get()
    forged = Assessment.objects.create(juror=first.juror, proposal=bijloke, given_at=first.given_at, nonce="0" * 32)
    Score.objects.create(assessment=forged, criterion=bijloke.call.criteria.all()[0], points=10)
    assert len(advice_follows_from_points()) == 1


def test_a_proposal_without_points_gets_an_advice_without_rank(people: People, jury: Jury, kaai: Proposal) -> None:
    factories.give(people.jan, kaai, 7)
    jury = factories.advise(people, factories.lock(people, jury))
    assert [(row.title, row.rank) for row in queries.advices(people.manager, jury)] == [
        ("Nieuwe Kaai", 1), ("De Bijloke leeft", None),
    ]  # fmt: skip


def test_the_advice_waits_for_minutes_and_for_every_motivation(
    people: People, jury: Jury, bijloke: Proposal, kaai: Proposal
) -> None:
    operations.declare_conflict(actor=people.chair, proposal_id=bijloke.pk, has_conflict=False)
    factories.conflict(people.chair, kaai)
    with pytest.raises(Refused, match="Vergrendel eerst"):
        operations.give_advice(actor=people.chair, jury_id=jury.pk)
    factories.lock(people, jury)
    lines = {bijloke.pk: operations.Line(True, "Sterk.")}
    with pytest.raises(Invalid) as refused:
        operations.give_advice(actor=people.chair, jury_id=jury.pk, lines=lines)
    assert [fault.message[:16] for fault in refused.value.faults] == ["Vul eerst in het", "Bij 1 voorstel o"]
    with pytest.raises(Refused) as closed:
        operations.give_advice(actor=people.chair, jury_id=jury.pk, lines={kaai.pk: operations.Line(True, "Sterk.")})
    assert closed.value.reason == factories.SENTENCE
    with pytest.raises(Refused, match="Alleen de voorzitter"):
        operations.give_advice(actor=people.jan, jury_id=jury.pk)


def test_cabinet_and_inspectorate_read_the_advice_once_it_is_given(
    people: People, jury: Jury, bijloke: Proposal
) -> None:
    factories.give(people.jan, bijloke, 7)
    jury = factories.lock(people, jury)
    assert queries.advices(people.cabinet, jury) == []
    assert queries.minutes_of(people.cabinet, jury) == ""
    jury = factories.advise(people, jury)
    for actor in (people.cabinet, people.inspector):
        advice = queries.advice_of(actor, bijloke)
        assert advice is not None
        assert advice.rank == 1
    for actor in (people.owner, people.outsider, people.finance):
        assert queries.advice_of(actor, bijloke) is None
    assert not Event.objects.filter(verb="proposals.advised", actor_name=people.chair.name).exists()
