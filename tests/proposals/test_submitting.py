"""Submitting: by whom, until when, what is frozen, and what the receipt proves."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import re

import pytest
from django.db import DatabaseError, connection, transaction

from proposals.conftest import AFTER, Town
from wijkcontract.files.queries import get_file
from wijkcontract.outbox.models import Message
from wijkcontract.outbox.operations import deliver_due
from wijkcontract.proposals import operations, queries
from wijkcontract.proposals.attachments import attachments_of
from wijkcontract.proposals.models import Proposal, Submission
from wijkcontract.rules import clock, proposal_form
from wijkcontract.rules.lifecycle import NotAllowed
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

pytestmark = pytest.mark.django_db

LAST_MOMENT = clock.parse_moment("2021-07-10T23:59:59")
TOO_LATE = clock.parse_moment("2021-07-11T00:00:00")


def submit(town: Town, proposal: Proposal) -> Submission:
    return operations.submit(actor=town.saar, proposal_id=proposal.pk)


def state_of(proposal: Proposal) -> str:
    return Proposal.objects.get(pk=proposal.pk).state


def test_the_mandated_submitter_submits_and_gets_a_receipt_to_the_second(town: Town, complete: Proposal) -> None:
    moment = clock.parse_moment("2021-07-07T14:32:17")
    with clock.frozen(moment):
        submission = submit(town, complete)
    assert (submission.number, submission.arrived_at, submission.submitted_by_name) == (1, moment, "Saar")
    assert state_of(complete) == "submitted"


@pytest.mark.parametrize("name", ["eli", "cas"])
def test_a_colleague_without_mandate_reads_why_it_is_refused(town: Town, complete: Proposal, name: str) -> None:
    with pytest.raises(Refused, match="Alleen de gemandateerde indiener"):
        operations.submit(actor=getattr(town, name), proposal_id=complete.pk)
    assert state_of(complete) == "draft"


@pytest.mark.parametrize("name", ["omar", "ada", "cabinet"])
def test_the_draft_of_another_authority_cannot_be_submitted_because_it_is_not_there(
    town: Town, complete: Proposal, name: str
) -> None:
    with pytest.raises(NotVisible):
        operations.submit(actor=getattr(town, name), proposal_id=complete.pk)


def test_every_point_that_blocks_is_named_at_once(town: Town, draft: Proposal) -> None:
    with pytest.raises(Invalid) as refused:
        submit(town, draft)
    blocks = [finding for finding in queries.findings(draft) if finding.severity.value == "block"]
    assert len(blocks) > 5
    assert [fault.message for fault in refused.value.faults] == [finding.message for finding in blocks]
    assert not Submission.objects.exists()


def test_one_second_before_the_end_of_the_last_day_is_in_time(town: Town, complete: Proposal) -> None:
    with clock.frozen(LAST_MOMENT):
        assert submit(town, complete).number == 1


def test_midnight_in_brussels_after_the_last_day_is_too_late(town: Town, complete: Proposal) -> None:
    with clock.frozen(TOO_LATE), pytest.raises(Refused, match="voorbij"):
        submit(town, complete)
    assert not Submission.objects.exists()


def test_a_second_click_gives_the_same_receipt(town: Town, complete: Proposal) -> None:
    first = submit(town, complete)
    assert submit(town, complete) == first
    assert Submission.objects.count() == 1


def test_a_second_click_after_the_deadline_still_gives_the_receipt(town: Town, complete: Proposal) -> None:
    first = submit(town, complete)
    with clock.frozen(TOO_LATE):
        assert submit(town, complete) == first


def test_the_hash_of_the_receipt_is_that_of_the_frozen_bytes(town: Town, complete: Proposal) -> None:
    submission = submit(town, complete)
    again = Submission.objects.get(pk=submission.pk)
    assert hashlib.sha256(again.content.encode()).hexdigest() == again.sha256
    assert proposal_form.sha256(queries.frozen_document(again)) == again.sha256


def test_the_frozen_document_is_the_proposal_with_its_day_and_the_hashes_of_its_files(
    town: Town, complete: Proposal
) -> None:
    before = queries.document(complete)
    frozen = queries.frozen_document(submit(town, complete))
    assert frozen == dataclasses.replace(before, submitted_on=clock.today())
    assert [len(one.sha256) for one in frozen.files] == [64] * len(complete.local_decisions.all())


@pytest.mark.parametrize("statement", ["UPDATE {0} SET content = '{{}}'", "DELETE FROM {0}"])
def test_the_database_refuses_to_change_a_frozen_version(town: Town, complete: Proposal, statement: str) -> None:
    submit(town, complete)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(Submission._meta.db_table))
    assert json.loads(Submission.objects.get().content)["title"] == complete.title


def test_nothing_is_written_in_a_submitted_proposal(town: Town, complete: Proposal) -> None:
    submit(town, complete)
    with pytest.raises(Refused, match="trek het dan eerst in"):
        operations.save_record(actor=town.eli, proposal_id=complete.pk, kind="problem", data={"title": "Nog een"})


def test_withdrawn_and_submitted_again_the_second_version_stands_beside_the_first(
    town: Town, complete: Proposal
) -> None:
    first = submit(town, complete)
    operations.withdraw(actor=town.saar, proposal_id=complete.pk)
    assert state_of(complete) == "draft"
    operations.save_record(actor=town.eli, proposal_id=complete.pk, kind="problem", data={"title": "Te weinig groen"})
    second = submit(town, complete)
    assert [one.number for one in Submission.objects.all()] == [1, 2]
    assert second.sha256 != first.sha256
    assert queries.get_submission(town.cas, complete.pk, 1).content == first.content
    assert queries.latest_submission(complete) == second


@pytest.mark.parametrize(("name", "reason"), [("eli", "gemandateerde indiener"), ("cas", "gemandateerde indiener")])
def test_only_the_submitter_withdraws(town: Town, complete: Proposal, name: str, reason: str) -> None:
    submit(town, complete)
    with pytest.raises(Refused, match=reason):
        operations.withdraw(actor=getattr(town, name), proposal_id=complete.pk)


def test_a_proposal_stands_once_the_call_has_closed(town: Town, complete: Proposal) -> None:
    submit(town, complete)
    with clock.frozen(TOO_LATE), pytest.raises(Refused, match="Intrekken kan niet meer"):
        operations.withdraw(actor=town.saar, proposal_id=complete.pk)


def test_a_draft_cannot_be_withdrawn(town: Town, complete: Proposal) -> None:
    with pytest.raises(Refused, match="ingediend voorstel"):
        operations.withdraw(actor=town.saar, proposal_id=complete.pk)


def test_the_receipt_goes_by_mail_once_to_everyone_of_the_authority(town: Town, complete: Proposal) -> None:
    submission = submit(town, complete)
    submit(town, complete)
    mails = Message.objects.filter(kind="receipt")
    assert sorted(mail.recipient.split("@")[0] for mail in mails) == ["cas", "eli", "saar"]
    assert all(submission.sha256 in mail.body for mail in mails)
    assert re.search(r"om \d\d\.\d\d uur en \d+ seconden?, tijd van Brussel", mails[0].body)


def test_a_title_with_the_end_of_a_line_stops_no_receipt(town: Town, complete: Proposal) -> None:
    Proposal.objects.filter(pk=complete.pk).update(title="De Bijloke\nBcc: kanarie@x.example")
    submit(town, complete)
    assert deliver_due() == 3
    receipts = Message.objects.filter(kind="receipt").values_list("subject", "last_error")
    assert set(receipts) == {("Ontvangstbewijs: De Bijloke Bcc: kanarie@x.example", "")}


def test_the_agency_sees_a_submitted_proposal_only_after_the_window(town: Town, complete: Proposal) -> None:
    submit(town, complete)
    with pytest.raises(NotVisible):
        queries.get_proposal(town.ada, complete.pk)
    with clock.frozen(TOO_LATE):
        assert queries.get_proposal(town.ada, complete.pk) == complete
        assert queries.get_proposal(town.fien, complete.pk) == complete


def test_the_agency_reads_the_document_of_the_decision_only_after_the_window(town: Town, complete: Proposal) -> None:
    submit(town, complete)
    stored = attachments_of(complete)[0].file
    with pytest.raises(NotVisible):
        get_file(town.ada, stored.pk)
    with clock.frozen(TOO_LATE):
        assert get_file(town.ada, stored.pk) == stored


def test_the_cabinet_reads_a_proposal_only_in_the_dossier_for_the_government(town: Town, complete: Proposal) -> None:
    submit(town, complete)
    with clock.frozen(AFTER):
        operations.declare_admissible(actor=town.ada, proposal_id=complete.pk)
        operations.mark_in_jury(actor=town.ada, proposal_id=complete.pk)
        with pytest.raises(NotVisible):
            queries.get_proposal(town.cabinet, complete.pk)
        operations.mark_advised(actor=town.ada, proposal_id=complete.pk)
        assert queries.get_proposal(town.cabinet, complete.pk) == complete


def test_a_proposal_goes_step_by_step_to_the_decision(town: Town, complete: Proposal) -> None:
    submit(town, complete)
    with clock.frozen(AFTER):
        for step, state in (
            (operations.declare_admissible, "admissible"),
            (operations.mark_in_jury, "in_jury"),
            (operations.mark_advised, "advised"),
            (operations.mark_decided, "decided"),
        ):
            step(actor=town.ada, proposal_id=complete.pk)
            assert state_of(complete) == state


def test_a_step_is_not_skipped(town: Town, complete: Proposal) -> None:
    submit(town, complete)
    with pytest.raises(NotAllowed):
        operations.mark_decided(actor=town.ada, proposal_id=complete.pk)


def test_the_agency_waits_for_the_end_of_the_window_by_the_clock(town: Town, complete: Proposal) -> None:
    submit(town, complete)
    with clock.frozen(LAST_MOMENT), pytest.raises(NotVisible):
        operations.declare_admissible(actor=town.ada, proposal_id=complete.pk)


def test_finance_reads_and_does_not_decide_on_admissibility(town: Town, complete: Proposal) -> None:
    submit(town, complete)
    with clock.frozen(AFTER), pytest.raises(Refused, match="programmabeheerder"):
        operations.declare_admissible(actor=town.fien, proposal_id=complete.pk)


def test_inadmissible_has_a_reason_that_the_authority_reads(town: Town, complete: Proposal) -> None:
    submit(town, complete)
    with clock.frozen(AFTER):
        with pytest.raises(Invalid) as refused:
            operations.declare_inadmissible(actor=town.ada, proposal_id=complete.pk, reason="  ")
        assert [fault.where for fault in refused.value.faults] == ["reason"]
        operations.declare_inadmissible(actor=town.ada, proposal_id=complete.pk, reason="Geen lokaal bestuur.")
    mine = queries.get_proposal(town.eli, complete.pk)
    assert (mine.state, mine.inadmissible_reason) == ("inadmissible", "Geen lokaal bestuur.")


def test_an_authority_declares_nothing_admissible(town: Town, complete: Proposal) -> None:
    submit(town, complete)
    with clock.frozen(AFTER), pytest.raises(Refused, match="programmabeheerder"):
        operations.declare_admissible(actor=town.saar, proposal_id=complete.pk)


def test_a_decision_dated_after_the_submission_is_only_flagged(town: Town, complete: Proposal) -> None:
    decision = complete.local_decisions.get()
    operations.save_record(
        actor=town.eli, proposal_id=complete.pk, kind="local_decision", record_id=decision.pk,
        data={"decided_on": dt.date(2021, 7, 9)},
    )  # fmt: skip
    assert [finding.code for finding in queries.findings(complete)] == ["local_decision_after_submission"]
    assert submit(town, complete).number == 1
