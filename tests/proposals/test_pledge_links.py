"""A partner confirms through its link: what it sees, what it may do, how long, and what a later change of the words means.

Petra answers for the school, Bart for the sports clubs; both are partners in the draft of Dendermonde.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from proposals.conftest import AFTER, DURING, Town
from wijkcontract.accounts.actors import ANONYMOUS, Actor
from wijkcontract.audit.queries import history
from wijkcontract.outbox.models import Message
from wijkcontract.outbox.operations import deliver_due
from wijkcontract.proposals import operations, pledges, queries
from wijkcontract.proposals.models import Partner, Pledge, PledgeAnswer, PledgeLink, Proposal
from wijkcontract.proposals.operations import Reply
from wijkcontract.rules import clock
from wijkcontract.rules.completeness import Severity
from wijkcontract.rules.tokens import token_sha256
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

pytestmark = pytest.mark.django_db
CANARY = "kanarie-7719"
CONFIRM, DECLINE, CHANGE = "confirmed", "declined", "change_asked"


def give_mail(partner: Partner, mail: str) -> Partner:
    partner.contact_mail = mail
    partner.save()
    return partner


@pytest.fixture
def school(complete: Proposal) -> Partner:
    return give_mail(complete.partners.get(name__startswith="Scholengroep"), "petra@school.example")


@pytest.fixture
def club(complete: Proposal) -> Partner:
    return give_mail(complete.partners.get(name__startswith="Sportverenigingen"), "bart@club.example")


def ask(actor: Actor, partner: Partner) -> str:
    """Ask, and read the token where only the partner reads it: in the mail."""
    kept: list[str] = []
    operations.ask_confirmation(
        actor=actor, proposal_id=partner.proposal_id, partner_id=partner.pk,
        address_of=lambda token: kept.append(token) or f"https://site.example/engagement/{token}/",  # type: ignore[func-returns-value]
    )  # fmt: skip
    body = Message.objects.filter(kind="pledge_link", recipient=partner.contact_mail).latest("id").body
    return body.split("/engagement/")[1].split("/")[0]


def replies(partner: Partner, kind: str = CONFIRM, remark: str = "") -> list[Reply]:
    return [
        Reply(str(one.pk), kind, pledges.words_sha256(pledges.words_of(one)), remark) for one in partner.pledges.all()
    ]


def answer(token: str, said: Sequence[Reply], *, may_bind: bool = True) -> PledgeLink:
    return operations.answer_pledges(
        actor=ANONYMOUS,
        token=token,
        replies=said,
        signed_by="Petra Peeters",
        function="directeur",
        may_bind=may_bind,
        address="https://site.example/bevestigingen/",
    )


def change(actor: Actor, pledge: Pledge, **data: object) -> None:
    operations.save_record(actor=actor, proposal_id=pledge.proposal_id, kind="pledge", record_id=pledge.pk, data=data)


def codes(proposal: Proposal) -> list[str]:
    return [one.code for one in queries.findings(proposal)]


def test_the_link_is_mailed_and_only_its_hash_is_kept(town: Town, school: Partner) -> None:
    token = ask(town.eli, school)
    link = PledgeLink.objects.get()
    assert len(token) >= 43
    assert link.token_sha256 == token_sha256(token)
    assert link.expires_at == DURING + dt.timedelta(days=30)
    assert link.stops_at == queries.get_proposal(town.eli, school.proposal_id).call.closes_at  # sooner than 30 days
    assert token not in str([event.data for event in history(school.proposal)])
    assert deliver_due() > 0
    assert token not in "".join(Message.objects.values_list("body", flat=True))


def test_a_link_lives_as_long_as_the_call_says(town: Town, school: Partner) -> None:
    call = school.proposal.call
    call.terms["limits"]["pledge_link_days"] = 2
    call.save()
    token = ask(town.eli, school)
    with clock.frozen(DURING + dt.timedelta(days=2, minutes=-1)):
        assert queries.get_pledge_link(token).partner == school
    with clock.frozen(DURING + dt.timedelta(days=2)):
        for act in (lambda: queries.get_pledge_link(token), lambda: answer(token, replies(school))):
            with pytest.raises(NotVisible):
                act()


def test_who_writes_asks_the_certifier_and_the_outsider_do_not(town: Town, school: Partner) -> None:
    with pytest.raises(Refused):
        ask(town.cas, school)
    with pytest.raises(NotVisible):
        ask(town.omar, school)
    with pytest.raises(NotVisible):
        operations.revoke_link(actor=town.omar, proposal_id=school.proposal_id, partner_id=school.pk)
    assert not PledgeLink.objects.exists()
    ask(town.saar, school)


def test_without_an_address_or_a_pledge_the_writer_is_told_what_to_do(town: Town, complete: Proposal) -> None:
    silent = complete.partners.get(name__startswith="Sportverenigingen")
    with pytest.raises(Invalid, match="mailadres"):
        ask(town.eli, silent)
    empty = complete.partners.create(name="Buurtwinkel", kind="private", contact_mail="winkel@winkel.example")
    with pytest.raises(Invalid, match="geen engagement"):
        ask(town.eli, empty)


def test_a_second_click_sends_one_mail_and_a_new_question_revokes_the_old_link(town: Town, school: Partner) -> None:
    first = ask(town.eli, school)
    assert ask(town.eli, school) == first
    assert Message.objects.filter(kind="pledge_link").count() == 1
    with clock.frozen(DURING + dt.timedelta(hours=1)):
        second = ask(town.saar, school)
        assert queries.get_pledge_link(second).partner == school
        with pytest.raises(NotVisible):
            queries.get_pledge_link(first)
        operations.revoke_link(actor=town.eli, proposal_id=school.proposal_id, partner_id=school.pk)
        with pytest.raises(NotVisible):
            answer(second, replies(school))
    verbs = [event.verb for event in history(school.proposal)]
    assert (verbs.count("proposals.pledge_asked"), verbs.count("proposals.pledge_link_revoked")) == (2, 1)


def test_a_link_is_taken_back_after_submission_by_who_writes_and_nobody_else(town: Town, school: Partner) -> None:
    token = ask(town.eli, school)
    operations.submit(actor=town.saar, proposal_id=school.proposal_id)
    for stranger, refusal in ((town.cas, Refused), (town.omar, NotVisible), (town.ada, NotVisible)):
        with pytest.raises(refusal):
            operations.revoke_link(actor=stranger, proposal_id=school.proposal_id, partner_id=school.pk)
    assert queries.get_pledge_link(token).partner == school
    operations.revoke_link(actor=town.eli, proposal_id=school.proposal_id, partner_id=school.pk)
    with pytest.raises(NotVisible):
        queries.get_pledge_link(token)
    assert "proposals.pledge_link_revoked" in [event.verb for event in history(school.proposal)]


def test_a_confirmation_is_proof_stands_in_the_document_and_is_frozen(town: Town, school: Partner) -> None:
    proposal, pledge = school.proposal, school.pledges.get(what__startswith="Drie speelplaatsen")
    change(town.eli, pledge, proof="", status="asked")
    assert codes(proposal) == ["pledge_without_proof"]
    answer(ask(town.eli, school), replies(school))
    assert codes(proposal) == []
    pledge.refresh_from_db()
    assert pledge.status == "promised"
    submission = operations.submit(actor=town.saar, proposal_id=proposal.pk)
    frozen = queries.frozen_document(submission).partners[1].pledges[0]
    assert frozen.confirmed is not None
    assert (frozen.confirmed.by, frozen.confirmed.on) == ("Petra Peeters, directeur", DURING.date())
    mails = Message.objects.filter(kind="pledge_answer")
    assert {one.recipient for one in mails} == {"saar@dendermonde.example", "eli@dendermonde.example"}
    assert "Bevestigd: Drie speelplaatsen na de schooluren" in mails[0].body
    assert "onder 'Bevestigingen van partners':\nhttps://site.example/bevestigingen/\n" in mails[0].body


def test_words_that_change_after_the_confirmation_are_not_confirmed(town: Town, school: Partner) -> None:
    pledge = school.pledges.get(what__startswith="Lokalen")
    answer(ask(town.eli, school), replies(school))
    change(town.eli, pledge, amount_cents=2_000_000, proof="")
    assert codes(school.proposal) == ["pledge_without_proof", "pledge_changed_after_confirmation"]
    confirmed = queries.document(school.proposal).partners[1].pledges[1].confirmed
    assert confirmed is not None
    assert confirmed.earlier_words == "Lokalen en begeleiders (geld), 10.000,00 EUR, tegen 31/12/2024"
    assert [one.pk for one in queries.pledges_to_answer(school)] == [pledge.pk]
    change(town.eli, pledge, amount_cents=1_000_000)
    assert codes(school.proposal) == []


def test_a_link_serves_once(town: Town, school: Partner) -> None:
    token, said = ask(town.eli, school), replies(school)
    answer(token, said)
    answer(token, replies(school, DECLINE, "toch niet"))
    assert set(PledgeAnswer.objects.values_list("kind", flat=True)) == {CONFIRM}
    with clock.frozen(DURING + dt.timedelta(minutes=3)), pytest.raises(NotVisible):
        answer(token, said)
    row = PledgeAnswer.objects.first()
    assert row is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        PledgeAnswer.objects.create(
            proposal=row.proposal, link_id=row.link_id, partner_id=row.partner_id, pledge_id=row.pledge_id, kind=DECLINE,
            words=row.words, words_sha256=row.words_sha256, signed_by="x", function="x", answered_at=DURING,
        )  # fmt: skip


def test_everything_that_lacks_is_said_at_once_and_nothing_is_kept(town: Town, school: Partner) -> None:
    token = ask(town.eli, school)
    first, second = replies(school)
    with pytest.raises(Invalid) as caught:
        operations.answer_pledges(
            actor=ANONYMOUS, token=token, replies=[first, Reply(second.pledge_id, DECLINE, second.words_sha256)],
            signed_by=" ", function="", may_bind=False, address="",
        )  # fmt: skip
    wrong = {fault.where for fault in caught.value.faults}
    assert wrong == {"signed_by", "function", "may_bind", f"remark_{second.pledge_id}"}
    assert not PledgeAnswer.objects.exists()
    assert queries.get_pledge_link(token).answered_at is None


def test_a_partner_never_confirms_words_that_it_did_not_see(town: Town, school: Partner) -> None:
    token, seen = ask(town.eli, school), replies(school)
    change(town.eli, school.pledges.get(what__startswith="Lokalen"), amount_cents=9_000_000)
    with pytest.raises(Invalid, match="wijzigde dit engagement terwijl u las"):
        answer(token, seen)
    answer(token, replies(school))
    assert PledgeAnswer.objects.get(words__amount_cents=9_000_000).kind == CONFIRM


def test_a_partner_answers_only_on_its_own_pledges(town: Town, school: Partner, club: Partner) -> None:
    ask(town.eli, club)
    token = ask(town.eli, school)
    with pytest.raises(Invalid, match="intussen veranderd"):
        answer(token, [*replies(school), *replies(club)])
    with pytest.raises(Invalid, match="Kies wat u"):
        answer(token, replies(club))
    answer(token, replies(school))
    assert not PledgeAnswer.objects.filter(partner_id=club.pk).exists()


def test_a_refusal_is_seen_by_the_writers_and_by_the_jury(town: Town, school: Partner) -> None:
    answer(ask(town.eli, school), replies(school, DECLINE, "De raad van bestuur wil niet."), may_bind=False)
    assert codes(school.proposal).count("pledge_declined") == 2
    assert set(school.pledges.values_list("status", flat=True)) == {"asked"}
    assert "De raad van bestuur wil niet." in Message.objects.filter(kind="pledge_answer")[0].body
    newest = queries.revisions(school.proposal, "partners")[0]
    assert (newest.editor_name, newest.after) == (f"Petra Peeters ({school.name})", {"status": "asked"})


def test_a_wish_for_a_change_leaves_the_pledge_and_a_new_link_asks_again(town: Town, school: Partner) -> None:
    answer(ask(town.eli, school), replies(school, CHANGE, "Twee speelplaatsen,\ngeen drie."))
    found = queries.findings(school.proposal)
    assert [(one.code, one.severity) for one in found] == [("pledge_change_asked", Severity.FLAG)] * 2
    assert found[0].message == (
        f"{school.name} vraagt een wijziging van het engagement 'Drie speelplaatsen na de schooluren': 'Twee speelplaatsen, "
        "geen drie'. Pas het engagement aan of spreek af, en vraag opnieuw om te bevestigen."
    )
    pledge = school.pledges.get(what__startswith="Drie speelplaatsen")
    change(town.eli, pledge, what="Twee speelplaatsen na de schooluren")
    assert codes(school.proposal) == ["pledge_change_asked"]
    answer(ask(town.eli, school), replies(school))
    assert queries.document(school.proposal).partners[1].pledges[0].confirmed is not None


def test_after_the_call_closed_confirming_is_refused_with_the_reason(town: Town, school: Partner) -> None:
    token = ask(town.eli, school)
    with clock.frozen(AFTER), pytest.raises(Refused, match="afgesloten"):
        answer(token, replies(school))
    with clock.frozen(AFTER), pytest.raises(Refused, match="afgesloten"):
        queries.get_pledge_link(token)


def test_a_link_whose_pledges_are_gone_asks_nothing_and_takes_nothing(town: Town, school: Partner) -> None:
    token = ask(town.eli, school)
    school.pledges.all().delete()
    assert "Er is niets meer te bevestigen." in Client().get(f"/engagement/{token}/").content.decode()
    with pytest.raises(Invalid, match="niets meer te bevestigen"):
        answer(token, [])


def test_a_name_with_the_end_of_a_line_stops_no_mail(town: Town, school: Partner) -> None:
    Partner.objects.filter(pk=school.pk).update(name="Scholengroep\r\nBcc: kanarie@x.example")
    answer(ask(town.eli, school), replies(school))
    deliver_due()
    assert not Message.objects.exclude(last_error="").exists()
    assert Message.objects.filter(kind="pledge_answer", sent_at=None).count() == 0


def test_an_answer_on_a_submitted_proposal_waits_for_the_next_submission(town: Town, school: Partner) -> None:
    token, proposal = ask(town.eli, school), school.proposal
    first = operations.submit(actor=town.saar, proposal_id=proposal.pk)
    version = Proposal.objects.get(pk=proposal.pk).version
    answer(token, replies(school))
    assert Proposal.objects.get(pk=proposal.pk).version == version
    assert queries.frozen_document(first).partners[1].pledges[0].confirmed is None
    operations.withdraw(actor=town.saar, proposal_id=proposal.pk)
    second = operations.submit(actor=town.saar, proposal_id=proposal.pk)
    assert queries.frozen_document(second).partners[1].pledges[0].confirmed is not None


def test_a_pledge_that_was_removed_and_put_back_is_still_confirmed(town: Town, school: Partner) -> None:
    answer(ask(town.eli, school), replies(school))
    pledge = school.pledges.get(what__startswith="Lokalen")
    operations.delete_record(actor=town.eli, proposal_id=school.proposal_id, kind="pledge", record_id=pledge.pk)
    operations.restore(
        actor=town.eli, proposal_id=school.proposal_id, revision_id=queries.revisions(school.proposal, "partners")[0].pk
    )
    assert queries.document(school.proposal).partners[1].pledges[1].confirmed is not None
