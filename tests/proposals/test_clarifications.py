"""Clarification after the deadline: one section opens, the rest stays as submitted, every version stays (R16, decision 0030)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator

import pytest

from people import actor, municipality, organisation
from proposals import writes
from proposals.conftest import AFTER, Town
from proposals.writes import LAST_DAY, QUESTION, TOO_LATE, answer, ask
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import OrganisationKind
from wijkcontract.accounts.roles import Role
from wijkcontract.outbox.models import Message
from wijkcontract.proposals import clarification_queries, operations, queries
from wijkcontract.proposals.keeping import Shown
from wijkcontract.proposals.models import Clarification, Proposal, Submission
from wijkcontract.proposals.operations import Typed
from wijkcontract.proposals.parts import Part
from wijkcontract.rules import clock, proposal_shape
from wijkcontract.rules.arrival import stamp
from wijkcontract.rules.lifecycle import NotAllowed
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

IN_TIME = clock.parse_moment("2021-07-20T23:59:59")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_window(town: Town, complete: Proposal) -> Iterator[None]:
    """The proposal is submitted in time; every test plays two days after the window."""
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    with clock.frozen(AFTER):
        yield


def rewrite_risk(town: Town, proposal: Proposal, text: str = "De stad beheert het plein.") -> None:
    risk = proposal.risks.all()[0]
    operations.save_record(
        actor=town.eli, proposal_id=proposal.pk, kind="risk", record_id=risk.pk, data={"mitigation": text}
    )


def latest(proposal: Proposal) -> proposal_shape.Proposal:
    submission = queries.latest_submission(proposal)
    assert submission is not None
    return queries.frozen_document(submission)


def test_the_answer_is_a_version_beside_the_first_in_which_only_that_section_changed(
    town: Town, complete: Proposal
) -> None:
    before = latest(complete)
    asked = ask(town, complete)
    rewrite_risk(town, complete)
    made = answer(town, asked)
    assert (made.number, made.kind, made.arrived_at) == (2, "clarification", AFTER)
    after = latest(complete)
    changed = [one.name for one in dataclasses.fields(after) if getattr(after, one.name) != getattr(before, one.name)]
    assert changed == ["risks"]
    assert after.risks[0].mitigation == "De stad beheert het plein."
    asked.refresh_from_db()
    assert (asked.state, asked.before.number, asked.after, asked.answered_by_name) == ("answered", 1, made, "Saar")
    assert queries.get_submission(town.eli, complete.pk, 1).kind == "submission"


@pytest.mark.parametrize("name", ["saar", "cas"])
def test_an_editor_writes_and_nobody_else_of_the_authority(town: Town, complete: Proposal, name: str) -> None:
    asked = ask(town, complete)
    writer: Actor = getattr(town, name)
    with pytest.raises(Refused):
        operations.save_record(actor=writer, proposal_id=complete.pk, kind="risk", data={"title": "Vertraging"})
    with pytest.raises(Refused):
        operations.write_clarification_answer(actor=writer, clarification_id=asked.pk, answer="x", version=0)


@pytest.mark.parametrize("name", ["eli", "cas"])
def test_only_the_submitter_sends(town: Town, complete: Proposal, name: str) -> None:
    asked = ask(town, complete)
    with pytest.raises(Refused, match="gemandateerde indiener"):
        operations.send_clarification(actor=getattr(town, name), clarification_id=asked.pk)
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("name", ["omar", "fien", "cabinet", "inspectorate", "juror"])
def test_who_may_not_read_the_question_does_not_find_it(town: Town, complete: Proposal, name: str) -> None:
    asked = ask(town, complete)
    others = {
        "inspectorate": actor("Inge", organisation(OrganisationKind.AGENCY, "Inspectie"), Role.INSPECTORATE),
        "juror": actor("Jo", municipality("Gent"), Role.JUROR),
    }
    stranger = others.get(name) or getattr(town, name)
    with pytest.raises(NotVisible):
        clarification_queries.get_clarification(stranger, asked.pk)
    with pytest.raises(NotVisible):
        operations.send_clarification(actor=stranger, clarification_id=asked.pk)
    assert clarification_queries.clarifications(stranger, complete) == []


@pytest.mark.parametrize("name", ["eli", "saar", "cas", "ada"])
def test_who_reads_the_question_finds_it(town: Town, complete: Proposal, name: str) -> None:
    assert clarification_queries.get_clarification(getattr(town, name), ask(town, complete).pk).question == QUESTION


@pytest.mark.parametrize("name", ["fien", "eli", "saar"])
def test_only_the_manager_asks(town: Town, complete: Proposal, name: str) -> None:
    with pytest.raises(Refused, match="programmabeheerder"):
        operations.ask_clarification(
            actor=getattr(town, name), proposal_id=complete.pk, section="risks", question="?", last_day=LAST_DAY
        )


def test_a_question_needs_words_a_later_day_and_a_section_without_another_question(
    town: Town, complete: Proposal
) -> None:
    ask(town, complete)
    with pytest.raises(Invalid) as refused:
        operations.ask_clarification(
            actor=town.ada, proposal_id=complete.pk, section="risks", question=" ", last_day=AFTER.date()
        )
    assert [fault.where for fault in refused.value.faults] == ["last_day", "question", "section"]


def test_nobody_asks_while_the_call_is_open_or_once_the_jury_has_it(town: Town, complete: Proposal) -> None:
    operations.declare_admissible(actor=town.ada, proposal_id=complete.pk)
    assert ask(town, complete).number == 1
    operations.withdraw_clarification(
        actor=town.ada, clarification_id=Clarification.objects.get().pk, reason="Al duidelijk."
    )
    operations.mark_in_jury(actor=town.ada, proposal_id=complete.pk)
    with pytest.raises(Refused, match="bij de jury"):
        ask(town, complete)


def test_the_answer_is_in_time_by_its_moment_of_arrival(town: Town, complete: Proposal) -> None:
    asked = ask(town, complete)
    operations.write_clarification_answer(actor=town.eli, clarification_id=asked.pk, answer="Ja.", version=0)
    late = TOO_LATE + dt.timedelta(seconds=30)
    with clock.frozen(late):
        too_late, in_time = (stamp(f"{one.timestamp():.3f}", late) for one in (TOO_LATE, IN_TIME))
        with pytest.raises(Refused, match="termijn"):
            operations.send_clarification(actor=town.saar, clarification_id=asked.pk, arrival=too_late)
        made = operations.send_clarification(actor=town.saar, clarification_id=asked.pk, arrival=in_time)
    assert made.arrived_at == IN_TIME


def test_a_second_click_gives_the_same_version(town: Town, complete: Proposal) -> None:
    asked = ask(town, complete)
    first = answer(town, asked)
    with clock.frozen(TOO_LATE):
        assert operations.send_clarification(actor=town.saar, clarification_id=asked.pk) == first
    assert Submission.objects.count() == 2


def test_an_answer_needs_its_text(town: Town, complete: Proposal) -> None:
    with pytest.raises(Invalid, match="Schrijf het antwoord"):
        operations.send_clarification(actor=town.saar, clarification_id=ask(town, complete).pk)


def test_what_blocks_a_submission_blocks_the_answer(town: Town, complete: Proposal) -> None:
    asked = ask(town, complete)
    for risk in complete.risks.all():
        operations.delete_record(actor=town.eli, proposal_id=complete.pk, kind="risk", record_id=risk.pk)
    with pytest.raises(Invalid, match="risico"):
        answer(town, asked)
    assert Submission.objects.count() == 1


def test_the_subsidy_may_not_rise_and_lists_show_what_was_sent(town: Town, complete: Proposal) -> None:
    asked = ask(town, complete, "budget")
    line = complete.cost_lines.filter(source="subsidy")[0]
    before = Proposal.objects.get(pk=complete.pk).subsidy_cents

    def pay(cents: int) -> None:
        operations.save_record(
            actor=town.eli, proposal_id=complete.pk, kind="cost_line", record_id=line.pk, data={"amount_cents": cents}
        )

    pay(line.amount_cents + 1)
    with pytest.raises(Invalid, match="mag de gevraagde subsidie niet verhogen"):
        answer(town, asked)
    pay(line.amount_cents - 100)
    assert Proposal.objects.get(pk=complete.pk).subsidy_cents == before
    operations.send_clarification(actor=town.saar, clarification_id=asked.pk)
    assert Proposal.objects.get(pk=complete.pk).subsidy_cents == before - 100


def test_title_and_neighbourhood_stay_as_submitted(town: Town, complete: Proposal) -> None:
    ask(town, complete, "neighbourhood")
    for name in ("title", "neighbourhood"):
        values = {
            "title": complete.title, "neighbourhood": complete.neighbourhood, "inhabitants": 1, "sectors": "", name: "X"
        }  # fmt: skip
        with pytest.raises(Invalid, match="blijft zoals ingediend"):
            operations.save_basics(
                actor=town.eli,
                proposal_id=complete.pk,
                version=complete.version,
                **values,  # type: ignore[arg-type]
            )


def test_a_record_that_another_section_points_to_is_not_taken_away(town: Town, complete: Proposal) -> None:
    ask(town, complete, "problems")
    with pytest.raises(Invalid, match="verwijst een ander onderdeel"):
        writes.delete("problem", "problems")(town, complete)


def test_each_question_has_its_own_versions(town: Town, complete: Proposal) -> None:
    risks, knowledge = ask(town, complete, "risks"), ask(town, complete, "knowledge")
    rewrite_risk(town, complete)
    writes.texts("knowledge")(town, complete)
    assert answer(town, knowledge).number == 2
    assert latest(complete).risks[0].mitigation != "De stad beheert het plein."
    assert "Nieuwe tekst." in latest(complete).answers.values()
    assert answer(town, risks).number == 3
    assert latest(complete).risks[0].mitigation == "De stad beheert het plein."
    assert "Nieuwe tekst." in latest(complete).answers.values()
    assert [one.after.number for one in Clarification.objects.order_by("section") if one.after] == [2, 3]


def test_a_link_to_what_was_not_sent_yet_waits_for_it(town: Town, complete: Proposal) -> None:
    measures, risks = ask(town, complete, "measures"), ask(town, complete, "risks")
    made = operations.save_record(actor=town.eli, proposal_id=complete.pk, kind="measure", data={"title": "Extra"})
    operations.save_record(
        actor=town.eli, proposal_id=complete.pk, kind="risk", record_id=complete.risks.all()[0].pk,
        data={"measures": [made.pk]},
    )  # fmt: skip
    with pytest.raises(Invalid, match="Verstuur eerst dat andere onderdeel"):
        answer(town, risks)
    answer(town, measures)
    assert operations.send_clarification(actor=town.saar, clarification_id=risks.pk).number == 3


def test_what_was_not_sent_in_time_never_reaches_the_jury(town: Town, complete: Proposal) -> None:
    before = queries.document(complete)
    operations.declare_admissible(actor=town.ada, proposal_id=complete.pk)
    ask(town, complete)
    rewrite_risk(town, complete)
    writes.add("risk", title="Vertraging")(town, complete)
    writes.delete("risk", "risks")(town, complete)
    with pytest.raises(Invalid, match="staat nog een vraag om verduidelijking open"):
        operations.mark_in_jury(actor=town.ada, proposal_id=complete.pk)
    with clock.frozen(TOO_LATE):
        operations.mark_in_jury(actor=town.ada, proposal_id=complete.pk)
    proposal = Proposal.objects.get(pk=complete.pk)
    found = queries.document(proposal)
    assert sorted(found.risks, key=lambda one: one.id) == sorted(before.risks, key=lambda one: one.id)
    assert dataclasses.replace(found, risks=()) == dataclasses.replace(before, risks=())
    assert Submission.objects.count() == 1
    kept = [one.after.get("mitigation") for one in queries.revisions(proposal, "risks")]
    assert "De stad beheert het plein." in kept


def test_more_time_keeps_what_was_written_and_a_question_taken_back_undoes_it(town: Town, complete: Proposal) -> None:
    first = latest(complete).risks[0].mitigation
    asked = ask(town, complete)
    rewrite_risk(town, complete)
    with clock.frozen(TOO_LATE):
        operations.extend_clarification(
            actor=town.ada, clarification_id=asked.pk, last_day=dt.date(2021, 7, 30), reason="Vakantie."
        )
        rewrite_risk(town, complete, "Nog beter.")
        operations.withdraw_clarification(actor=town.ada, clarification_id=asked.pk, reason="Al duidelijk.")
        assert queries.document(complete).risks[0].mitigation == first
        with pytest.raises(NotAllowed):
            operations.withdraw_clarification(actor=town.ada, clarification_id=asked.pk, reason="Nog eens.")
    with pytest.raises(Refused):
        rewrite_risk(town, complete)


def test_an_inadmissible_proposal_has_no_open_question_and_stands_as_it_was_submitted(
    town: Town, complete: Proposal
) -> None:
    before = queries.document(complete)
    asked, late = ask(town, complete), ask(town, complete, "knowledge")
    Clarification.objects.filter(pk=late.pk).update(last_day=AFTER.date() - dt.timedelta(days=1))
    rewrite_risk(town, complete)
    operations.declare_inadmissible(actor=town.ada, proposal_id=complete.pk, reason="Geen lokaal bestuur.")
    proposal = Proposal.objects.get(pk=complete.pk)
    assert (proposal.state, queries.document(proposal)) == ("inadmissible", before)
    for one in (asked, late):
        one.refresh_from_db()
        assert (one.state, one.withdrawal_reason) == (
            "withdrawn",
            "Het voorstel is onontvankelijk. Geen lokaal bestuur.",
        )
    operations.declare_admissible(actor=town.ada, proposal_id=complete.pk)
    assert ask(town, complete).number == 3


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("inadmissible", "is onontvankelijk"),
        ("in_jury", "al bij de jury"),
        ("advised", "gaf al advies"),
        ("decided", "al beslist"),
    ],
)
def test_why_a_question_is_not_asked_or_settled_any_more_is_true(
    town: Town, complete: Proposal, state: str, why: str
) -> None:
    asked = ask(town, complete)
    Proposal.objects.filter(pk=complete.pk).update(state=state)
    with pytest.raises(Refused, match=why):
        operations.withdraw_clarification(actor=town.ada, clarification_id=asked.pk, reason="Al duidelijk.")
    with pytest.raises(Refused, match=why):
        ask(town, complete, "knowledge")


def test_more_time_is_later_and_has_a_reason(town: Town, complete: Proposal) -> None:
    with pytest.raises(Invalid) as refused:
        operations.extend_clarification(
            actor=town.ada, clarification_id=ask(town, complete).pk, last_day=LAST_DAY, reason=""
        )
    assert [fault.where for fault in refused.value.faults] == ["last_day", "reason"]


def test_two_editors_of_one_answer_lose_nothing_in_silence(town: Town, complete: Proposal) -> None:
    asked = ask(town, complete)
    operations.write_clarification_answer(actor=town.eli, clarification_id=asked.pk, answer="Eerst.", version=0)
    with pytest.raises(Invalid, match="Eli bewaarde intussen een andere tekst"):
        operations.write_clarification_answer(actor=town.eli, clarification_id=asked.pk, answer="Dan.", version=0)
    operations.write_clarification_answer(actor=town.eli, clarification_id=asked.pk, answer="Dan.", version=1)
    asked.refresh_from_db()
    assert (asked.answer, asked.answer_version) == ("Dan.", 2)


def test_the_mails_go_to_who_must_act(town: Town, complete: Proposal) -> None:
    asked = ask(town, complete)
    mails = Message.objects.filter(kind="clarification")
    assert sorted(one.recipient.split("@")[0] for one in mails) == ["eli", "saar"]
    assert all(QUESTION in one.body for one in mails)
    made = answer(town, asked)
    told = mails.exclude(body__contains=QUESTION)
    assert [(one.recipient.split("@")[0], made.sha256 in one.body) for one in told] == [("ada", True)]


def test_a_save_of_the_draft_minutes_earlier_is_not_mixed_with_the_answer(town: Town, complete: Proposal) -> None:
    """The history of a section that opens begins anew, so that what is undone is only what was written for the answer."""
    part = Part("participation", "groepen")
    write = writes.autosave(part, "target_groups")
    asked = ask(town, complete, "participation")
    write(town, complete)
    answer(town, asked)
    again = ask(town, complete, "participation")
    operations.autosave(
        actor=town.eli, proposal_id=complete.pk, part=part, is_new=False, shown=Shown(10**6),
        read=lambda _: Typed({"target_groups": "Ouderen"}, {}, {"target_groups": ["Ouderen"]}),
    )  # fmt: skip
    operations.withdraw_clarification(actor=town.ada, clarification_id=again.pk, reason="Al duidelijk.")
    assert Proposal.objects.get(pk=complete.pk).target_groups == "Kinderen"
