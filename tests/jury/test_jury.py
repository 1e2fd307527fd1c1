"""The jury: who sits, who sees, who scores, and what stays as it was given (R17)."""

from __future__ import annotations

import dataclasses

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from jury import factories
from jury.factories import People
from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.models import Event
from wijkcontract.calls.models import Call
from wijkcontract.files.operations import keep
from wijkcontract.files.queries import get_file
from wijkcontract.jury import operations, queries
from wijkcontract.jury.invariants import points_are_as_given
from wijkcontract.jury.models import Assessment, Jury
from wijkcontract.jury.queries import Door
from wijkcontract.outbox.models import Message
from wijkcontract.proposals.models import Attachment, Proposal
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

# composition


def test_only_external_experts_vote_and_each_kind_asks_its_role(people: People, call: Call) -> None:
    jury = factories.composed(people, call)
    wrong = [(people.owner, "voting"), (people.cabinet, "voting"), (people.outsider, "non_voting"),
             (people.outsider, "observer"), (people.manager, "voting")]  # fmt: skip
    for person, kind in wrong:
        with pytest.raises(Invalid):
            operations.add_juror(actor=people.manager, jury_id=jury.pk, person_id=person.person_id, kind=kind)


def test_there_is_one_chair_and_the_chair_votes(people: People, call: Call) -> None:
    jury = factories.composed(people, call)
    with pytest.raises(Invalid, match="al een voorzitter"):
        operations.add_juror(
            actor=people.manager, jury_id=jury.pk, person_id=people.outsider.person_id, kind="voting", is_chair=True
        )
    with pytest.raises(Invalid, match="stemgerechtigd"):
        operations.add_juror(
            actor=people.manager, jury_id=jury.pk, person_id=people.outsider.person_id, kind="observer", is_chair=True
        )


def test_only_the_programme_manager_composes_and_others_read_the_reason(people: People, call: Call) -> None:
    jury = factories.composed(people, call)
    for actor in (people.finance, people.cabinet, people.chair):
        with pytest.raises(Refused, match="programmabeheerder"):
            operations.remove_juror(actor=actor, jury_id=jury.pk, juror_id=jury.jurors.all()[0].pk)
    for actor in (people.outsider, people.owner, people.inspector):
        with pytest.raises(NotVisible):
            queries.get_jury(actor, jury.pk)


def test_a_call_has_one_jury(people: People, call: Call) -> None:
    factories.composed(people, call)
    with pytest.raises(Invalid, match="al een jury"):
        factories.composed(people, call)


def test_the_jury_starts_with_a_voter_a_chair_and_an_admissible_proposal(people: People, call: Call) -> None:
    jury = operations.compose_jury(
        actor=people.manager, call_id=call.pk, appointed_on=factories.APPOINTED_ON, appointment="MB"
    )
    with pytest.raises(Invalid) as refused:
        operations.start_scoring(actor=people.manager, jury_id=jury.pk)
    assert len(refused.value.faults) == 3


def test_the_start_sends_the_proposals_and_tells_the_members_once(people: People, jury: Jury, call: Call) -> None:
    assert set(Proposal.objects.values_list("state", flat=True)) == {"in_jury"}
    assert Message.objects.filter(kind="jury_start").count() == 6
    late = factories.proposal(call)
    operations.start_scoring(actor=people.manager, jury_id=jury.pk)
    late.refresh_from_db()
    assert late.state == "in_jury"
    assert Message.objects.filter(kind="jury_start").count() == 6
    with pytest.raises(Invalid, match="al bij de jury"):
        operations.start_scoring(actor=people.manager, jury_id=jury.pk)


def test_a_juror_who_spoke_is_not_removed(people: People, jury: Jury, bijloke: Proposal) -> None:
    factories.conflict(people.jan, bijloke)
    seat = jury.jurors.get(person_id=people.jan.person_id)
    with pytest.raises(Refused, match="blijft in de jury"):
        operations.remove_juror(actor=people.manager, jury_id=jury.pk, juror_id=seat.pk)


def test_a_minister_is_invited_once_and_answers_with_a_delegate(people: People, jury: Jury) -> None:
    made = operations.invite_minister(
        actor=people.manager, jury_id=jury.pk, minister="minister van Wonen", invited_on=factories.APPOINTED_ON
    )
    with pytest.raises(Invalid, match="al uitgenodigd"):
        operations.invite_minister(
            actor=people.manager, jury_id=jury.pk, minister="minister van Wonen", invited_on=factories.APPOINTED_ON
        )
    with pytest.raises(Invalid, match="naam van de afgevaardigde"):
        operations.record_reply(actor=people.manager, jury_id=jury.pk, invitation_id=made.pk, reply="designated")


# doors


def test_content_opens_after_declaring_no_conflict(people: People, jury: Jury, bijloke: Proposal) -> None:
    with pytest.raises(Refused, match="Verklaar eerst"):
        queries.get_proposal_in_jury(people.jan, bijloke.pk)
    operations.declare_conflict(actor=people.jan, proposal_id=bijloke.pk, has_conflict=False)
    assert queries.get_proposal_in_jury(people.jan, bijloke.pk).document.title == "De Bijloke leeft"


def test_a_conflict_closes_the_door_at_once_with_the_reason(people: People, jury: Jury, bijloke: Proposal) -> None:
    factories.give(people.jan, bijloke, 9)
    factories.conflict(people.jan, bijloke)
    with pytest.raises(Refused) as refused:
        queries.get_proposal_in_jury(people.jan, bijloke.pk)
    assert refused.value.reason == factories.SENTENCE
    row = next(row for row in queries.proposals_for_juror(people.jan) if row.proposal_id == bijloke.pk)
    assert (row.door, row.reason, row.subsidy_cents, row.points) == (Door.CLOSED, factories.SENTENCE, None, 0)


def test_a_juror_does_not_lift_the_own_conflict_but_the_chair_does(
    people: People, jury: Jury, bijloke: Proposal
) -> None:
    factories.conflict(people.jan, bijloke)
    with pytest.raises(Refused, match="voorzitter of het agentschap"):
        operations.declare_conflict(actor=people.jan, proposal_id=bijloke.pk, has_conflict=False)
    seat = jury.jurors.get(person_id=people.jan.person_id)
    lift = {
        "jury_id": jury.pk,
        "juror_id": seat.pk,
        "proposal_id": bijloke.pk,
        "has_conflict": False,
        "reason": "Fout.",
    }
    with pytest.raises(Refused, match="voorzitter of het agentschap"):
        operations.declare_conflict_for(actor=people.jes, **lift)
    operations.declare_conflict_for(actor=people.chair, **lift)
    assert queries.get_proposal_in_jury(people.jan, bijloke.pk)
    factories.lock(people, jury)
    operations.declare_conflict(actor=people.jan, proposal_id=bijloke.pk, has_conflict=True, reason="Toch.")
    with pytest.raises(Refused, match="blijft staan"):
        operations.declare_conflict_for(actor=people.chair, **lift)


def test_a_flemish_body_finds_only_the_proposals_to_which_it_is_called(
    people: People, jury: Jury, bijloke: Proposal, kaai: Proposal
) -> None:
    assert [row.title for row in queries.proposals_for_juror(people.body)] == ["De Bijloke leeft"]
    with pytest.raises(NotVisible):
        queries.find_way(people.body, kaai.pk)
    seat = jury.jurors.get(person_id=people.body.person_id)
    operations.call_up(actor=people.chair, jury_id=jury.pk, juror_id=seat.pk, proposal_id=kaai.pk)
    assert len(queries.proposals_for_juror(people.body)) == 2


def test_outsiders_and_lost_mandates_find_nothing(people: People, jury: Jury, bijloke: Proposal) -> None:
    lost = dataclasses.replace(people.jan, roles=frozenset())
    elsewhere = dataclasses.replace(people.jan, organisation_id=people.owner.organisation_id)
    for actor in (people.outsider, people.owner, people.manager, people.inspector, lost, elsewhere, Actor()):
        assert queries.proposals_for_juror(actor) == []
        with pytest.raises(NotVisible):
            queries.get_proposal_in_jury(actor, bijloke.pk)


def test_an_observer_reads_and_does_nothing_else(people: People, jury: Jury, bijloke: Proposal) -> None:
    assert queries.get_proposal_in_jury(people.observer, bijloke.pk)
    with pytest.raises(Refused, match="Alleen stemgerechtigde"):
        operations.score(actor=people.observer, proposal_id=bijloke.pk, points={})
    with pytest.raises(Refused, match="verklaart geen"):
        factories.conflict(people.observer, bijloke)
    with pytest.raises(Refused, match="Vlaamse instanties"):
        position(people.observer, bijloke)


def test_the_documents_of_a_proposal_and_of_the_appointment_follow_the_doors(
    people: People, jury: Jury, bijloke: Proposal
) -> None:
    decision = bijloke.local_decisions.create(body="council")
    carried = Attachment(proposal=bijloke, kind="local_decision", record_id=decision.pk, is_frozen=True)
    document = keep(actor=people.owner, owner=carried, upload=SimpleUploadedFile("besluit.pdf", PDF))
    carried.file = document
    carried.save()
    order = operations.attach_appointment(
        actor=people.manager, jury_id=jury.pk, upload=SimpleUploadedFile("aanstelling.pdf", PDF)
    )
    operations.declare_conflict(actor=people.jan, proposal_id=bijloke.pk, has_conflict=False)
    factories.conflict(people.jes, bijloke)
    for actor in (people.jan, people.observer, people.owner, people.manager):
        assert get_file(actor, document.pk)
    for actor in (people.jes, people.chair, people.other_body, people.outsider, people.inspector):
        with pytest.raises(NotVisible):
            get_file(actor, document.pk)
    for actor in (people.jes, people.finance, people.cabinet):
        assert get_file(actor, order.pk)
    for actor in (people.owner, people.outsider, people.inspector):
        with pytest.raises(NotVisible):
            get_file(actor, order.pk)


# points


def test_a_draft_may_be_partial_and_the_newest_counts_as_a_whole(people: People, jury: Jury, bijloke: Proposal) -> None:
    factories.give(people.jan, bijloke, 5)
    operations.score(actor=people.jan, proposal_id=bijloke.pk, points={"tailoring": 8, "feasibility": None})
    assert queries.get_proposal_in_jury(people.jan, bijloke.pk).own.points == {"tailoring": 8}
    assert Assessment.objects.count() == 2


def test_a_double_click_writes_one_assessment(people: People, jury: Jury, bijloke: Proposal) -> None:
    for _ in range(2):
        factories.give(people.jan, bijloke, 5, "Goed.")
    assert Assessment.objects.count() == 1


def test_points_outside_the_scale_are_refused_all_at_once(people: People, jury: Jury, bijloke: Proposal) -> None:
    operations.declare_conflict(actor=people.jan, proposal_id=bijloke.pk, has_conflict=False)
    with pytest.raises(Invalid) as refused:
        operations.score(
            actor=people.jan, proposal_id=bijloke.pk, points={"tailoring": 11, "feasibility": -1, "onbekend": 3}
        )
    assert [fault.where for fault in refused.value.faults] == [
        "points_tailoring", "points_feasibility", "points_onbekend",
    ]  # fmt: skip


def test_who_does_not_vote_cannot_score(people: People, jury: Jury, bijloke: Proposal) -> None:
    operations.declare_conflict(actor=people.body, proposal_id=bijloke.pk, has_conflict=False)
    with pytest.raises(Refused, match="Alleen stemgerechtigde"):
        operations.score(actor=people.body, proposal_id=bijloke.pk, points={"tailoring": 5})


def test_the_log_holds_no_point_and_no_motivation(people: People, jury: Jury, bijloke: Proposal) -> None:
    factories.give(people.jan, bijloke, 7, "KANARIE")
    event = Event.objects.get(verb="jury.scored")
    assert set(event.data) == {"digest"}


PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.mark.parametrize("statement", ["UPDATE jury_score SET points = 10", "DELETE FROM jury_assessment"])
def test_the_database_refuses_to_change_points(people: People, jury: Jury, bijloke: Proposal, statement: str) -> None:
    factories.give(people.jan, bijloke, 7)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_points_added_beside_the_product_are_found(people: People, jury: Jury, bijloke: Proposal) -> None:
    factories.give(people.jan, bijloke, 7)
    assert points_are_as_given() == []
    first = Assessment.objects.get()
    forged = Assessment.objects.create(juror=first.juror, proposal=bijloke, given_at=first.given_at, nonce="0" * 32)
    assert points_are_as_given() == [f"Beoordeling {forged.pk}: de punten zijn niet die van het logboek."]


# positions


def position(actor: Actor, on: Proposal, pledge: object = None, feasibility: str = "feasible") -> None:
    operations.give_position(
        actor=actor, proposal_id=on.pk, pledge_id=pledge, feasibility=feasibility, engagement="yes", motivation="Ja."
    )  # type: ignore[arg-type]


def test_a_body_takes_a_position_on_its_own_pledge_and_the_newest_counts(
    people: People, jury: Jury, bijloke: Proposal, kaai: Proposal
) -> None:
    with pytest.raises(Refused, match="Verklaar eerst"):
        position(people.body, bijloke)
    operations.declare_conflict(actor=people.body, proposal_id=bijloke.pk, has_conflict=False)
    pledge = bijloke.pledges.get()
    position(people.body, bijloke, pledge.pk)
    position(people.body, bijloke, pledge.pk, "not_feasible")
    other = factories.proposal(bijloke.call, asks_sport=True).pledges.get()
    with pytest.raises(Invalid, match="niet aan uw instantie"):
        position(people.body, bijloke, other.pk)
    operations.declare_conflict(actor=people.jan, proposal_id=bijloke.pk, has_conflict=False)
    rows = queries.get_proposal_in_jury(people.jan, bijloke.pk).positions
    assert [(row.organisation, row.pledge, row.feasibility) for row in rows] == [
        ("Sport Vlaanderen", "Een buurtsportmedewerker", "not_feasible")
    ]


def test_a_body_reads_only_its_own_position(people: People, jury: Jury, bijloke: Proposal) -> None:
    seat = jury.jurors.get(person_id=people.other_body.person_id)
    operations.call_up(actor=people.manager, jury_id=jury.pk, juror_id=seat.pk, proposal_id=bijloke.pk)
    for actor in (people.body, people.other_body):
        operations.declare_conflict(actor=actor, proposal_id=bijloke.pk, has_conflict=False)
    position(people.body, bijloke)
    assert queries.get_proposal_in_jury(people.other_body, bijloke.pk).positions == []
