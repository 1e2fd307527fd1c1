"""The secrecy of the jury as a machine: named jurors declare, score, lock and look in any order (threats.md rows 5 and 6).

Canary words stand in every document and in every motivation; a page may hold one only when its reader may read it at that moment.
`WIJKCONTRACT_SEQUENCES` sets how many sequences are tried.
"""

from __future__ import annotations

import os
from fractions import Fraction

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from jury import factories
from wijkcontract.accounts.models import Person
from wijkcontract.jury import operations, queries
from wijkcontract.jury.models import Jury
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

SEQUENCES = int(os.environ.get("WIJKCONTRACT_SEQUENCES", "25"))
JURORS = st.sampled_from([0, 1, 2])
PROPOSALS = st.sampled_from([0, 1])
VIEWERS = st.sampled_from(["chair", "jan", "jes", "observer", "other_body", "manager", "owner", "outsider"])


class Jurors(RuleBasedStateMachine):
    """What the jurors did, beside what the product shows of it."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.people = factories.make_people()
        call = factories.call(criteria=2)
        self.proposals = [factories.proposal(call, f"Wijk {n}", canary=f"inhoud-{n}-geheim") for n in (0, 1)]
        self.jury = factories.scoring(self.people, call)
        self.conflict: dict[tuple[int, int], bool] = {}
        self.points: dict[tuple[int, int], int] = {}
        self.asked = self.locked = False

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(juror=JURORS, on=PROPOSALS, conflict=st.booleans())
    def declare(self, juror: int, on: int, conflict: bool) -> None:
        before = self.conflict.get((juror, on))
        try:
            operations.declare_conflict(
                actor=self.people.voting[juror], proposal_id=self.proposals[on].pk, has_conflict=conflict, reason="Ja."
            )
        except Refused:
            assert before
            assert not conflict
        else:
            assert conflict or not before
            self.conflict[juror, on] = conflict

    @rule(juror=st.sampled_from([1, 2]), on=PROPOSALS)
    def chair_lifts(self, juror: int, on: int) -> None:
        seat = self.jury.jurors.get(person_id=self.people.voting[juror].person_id)
        try:
            operations.declare_conflict_for(
                actor=self.people.chair, jury_id=self.jury.pk, juror_id=seat.pk, proposal_id=self.proposals[on].pk,
                has_conflict=False, reason="Vergissing.",
            )  # fmt: skip
        except Refused:
            assert self.locked
        else:
            assert not self.locked
            self.conflict[juror, on] = False

    @rule(juror=JURORS, on=PROPOSALS, points=st.integers(0, 10))
    def score(self, juror: int, on: int, points: int) -> None:
        may = self.conflict.get((juror, on)) is False and not self.asked
        codes = self.proposals[on].call.criteria.values_list("code", flat=True)
        try:
            operations.score(
                actor=self.people.voting[juror], proposal_id=self.proposals[on].pk, points=dict.fromkeys(codes, points),
                motivation=f"stem-{juror}-{on}-geheim",
            )  # fmt: skip
        except Refused:
            assert not may
        else:
            assert may
            self.points[juror, on] = points

    @rule()
    def chair_asks_to_lock(self) -> None:
        try:
            operations.lock_scores(actor=self.people.chair, jury_id=self.jury.pk, accept_missing=True)
        except Refused:
            assert self.locked
        else:
            self.asked = True

    @rule()
    def agency_confirms(self) -> None:
        try:
            operations.lock_scores(actor=self.people.manager, jury_id=self.jury.pk)
        except Refused:
            assert self.locked or not self.asked
        else:
            assert self.asked
            self.locked = True

    @rule()
    def agency_reopens(self) -> None:
        try:
            operations.reopen_scores(actor=self.people.manager, jury_id=self.jury.pk)
        except Refused:
            assert self.locked
        else:
            self.asked = False

    @rule(viewer=VIEWERS, on=PROPOSALS)
    def look(self, viewer: str, on: int) -> None:
        """Every page of the jury holds only the canaries that this viewer may read now."""
        actor = getattr(self.people, viewer)
        client = Client()
        client.force_login(Person.objects.get(pk=actor.person_id))
        here = f"?voorstel={self.proposals[on].pk}"
        pages = [
            reverse("juror:home"), reverse("juror:proposals"),
            reverse("juror:proposal", args=[self.proposals[on].pk]),
            reverse("juror:declare", args=[self.proposals[on].pk]),
            reverse("juror:deliberate", args=[self.proposals[on].pk]),
            reverse("juror:table", args=[self.jury.pk]) + here,
            reverse("agency:jury", args=[self.jury.pk]), reverse("agency:jury_table", args=[self.jury.pk]) + here,
        ]  # fmt: skip
        for url in pages:
            body = client.get(url).content.decode()
            for one in (0, 1):
                if not self.reads_content(viewer, one):
                    assert f"inhoud-{one}-geheim" not in body, (viewer, url)
                for juror in (0, 1, 2):
                    if not self.reads_vote(viewer, juror, one):
                        assert f"stem-{juror}-{one}-geheim" not in body, (viewer, url)

    @invariant()
    def a_document_opens_for_who_declared_no_conflict(self) -> None:
        for on, proposal in enumerate(self.proposals):
            for juror, actor in enumerate(self.people.voting):
                if self.conflict.get((juror, on)) is False:
                    own = queries.get_proposal_in_jury(actor, proposal.pk).own
                    assert set(own.points.values()) <= {self.points.get((juror, on))}
                else:
                    with pytest.raises(Refused):
                        queries.get_proposal_in_jury(actor, proposal.pk)

    @invariant()
    def the_table_shows_the_counting_points_of_open_rows_after_the_lock(self) -> None:
        jury = Jury.objects.select_related("call").get(pk=self.jury.pk)
        for juror, actor in enumerate(self.people.voting):
            if not self.locked:
                with pytest.raises(Refused):
                    queries.score_table(actor, jury)
                continue
            open_rows = [on for on in (0, 1) if self.conflict.get((juror, on)) is False]
            table = queries.score_table(actor, jury)
            assert {row.title for row in table.rows} == {f"Wijk {on}" for on in open_rows}
            for row in table.rows:
                counting = self.counting(int(row.title[-1]))
                assert [list(points) for points in row.points.values()] == [counting, counting]
                assert row.total == (Fraction(sum(counting) * 10, len(counting)) if counting else None)
            assert sorted(row.place for row in table.rows if row.place) in ([], [1], [1, 1], [1, 2])

    def counting(self, on: int) -> list[int]:
        """The points of who declared no conflict, by the machine's own memory."""
        return sorted(
            points for (juror, one), points in self.points.items() if one == on and self.conflict[juror, one] is False
        )

    def voter(self, viewer: str) -> int | None:
        return {"chair": 0, "jan": 1, "jes": 2}.get(viewer)

    def reads_content(self, viewer: str, on: int) -> bool:
        voter = self.voter(viewer)
        return viewer == "observer" or (voter is not None and self.conflict.get((voter, on)) is False)

    def reads_vote(self, viewer: str, juror: int, on: int) -> bool:
        counts = self.conflict.get((juror, on)) is False
        if viewer == "manager":
            return self.locked and counts
        voter = self.voter(viewer)
        if voter is None or not self.reads_content(viewer, on):
            return False
        return voter == juror or (self.locked and counts)


@pytest.mark.django_db
def test_no_sequence_of_steps_leaks_a_document_a_point_or_a_motivation() -> None:
    run_state_machine_as_test(
        Jurors,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=14,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_the_machine_can_tell_a_leak() -> None:
    """The pages do hold the canaries for who may read them, so that their absence means something."""
    machine = Jurors()
    try:
        machine.declare(0, 0, False)
        machine.score(0, 0, 7)
        machine.chair_asks_to_lock()
        machine.agency_confirms()
        client = Client()
        client.force_login(Person.objects.get(pk=machine.people.chair.person_id))
        assert (
            "inhoud-0-geheim" in client.get(reverse("juror:proposal", args=[machine.proposals[0].pk])).content.decode()
        )
        table = reverse("juror:table", args=[machine.jury.pk]) + f"?voorstel={machine.proposals[0].pk}"
        assert "stem-0-0-geheim" in client.get(table).content.decode()
        with pytest.raises((NotVisible, Invalid)):
            queries.get_proposal_in_jury(machine.people.outsider, machine.proposals[0].pk)
    finally:
        machine.teardown()
