"""Saar, Eli and Cas talk about their draft; Omar of Beringen, the agency and what is submitted never hear a word of it."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from proposals.conftest import AFTER, As, Town
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Mandate
from wijkcontract.audit.models import Event
from wijkcontract.outbox.models import Message
from wijkcontract.outbox.operations import deliver_due
from wijkcontract.proposals import operations, team_queries
from wijkcontract.proposals.models import Comment, Proposal, SectionWork, WorkState
from wijkcontract.proposals.operations import Task, Written
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

pytestmark = pytest.mark.django_db
CANARY = "Kanarievogel"
LINK = "https://stad.example/opmerking/"
SUNDAY = dt.date(2021, 7, 9)


def say(by: Actor, proposal: Proposal, text: str = "Klopt dit?", section: str = "budget", **more: Any) -> Written:  # noqa: ANN401
    asked = {"key": uuid.uuid4(), "address": LINK} | more
    return operations.write_comment(actor=by, proposal_id=proposal.pk, section=section, text=text, **asked)


def settle(by: Actor, comment: Comment, *, is_resolved: bool = True) -> Comment:
    return operations.resolve_comment(
        actor=by, proposal_id=comment.proposal_id, section=comment.section, key=comment.key, is_resolved=is_resolved
    )


def change(by: Actor, comment: Comment, text: str) -> Written:
    return operations.change_comment(
        actor=by, proposal_id=comment.proposal_id, section=comment.section, key=comment.key, text=text, address=LINK
    )


def remove(by: Actor, comment: Comment) -> Proposal:
    return operations.remove_comment(
        actor=by, proposal_id=comment.proposal_id, section=comment.section, key=comment.key
    )


def address(proposal: Proposal, rest: str = "", section: str = "budget") -> str:
    return f"/aanvrager/voorstellen/{proposal.pk}/onderdeel/{section}/{rest}"


def open_in(proposal: Proposal, section: str = "budget") -> int:
    return SectionWork.objects.get(proposal=proposal, section=section).open_comments


def test_who_is_called_or_ticked_gets_one_mail_that_does_not_say_what_was_said(town: Town, draft: Proposal) -> None:
    said = say(town.eli, draft, f"@Cas en @Certificeerder, {CANARY}? Ook @Wouter.", tell=[town.saar.person_id])
    assert said.unknown == ("Wouter",)
    deliver_due()
    deliver_due()
    assert sorted(one.to[0] for one in mail.outbox) == ["cas@dendermonde.example", "saar@dendermonde.example"]
    assert all(LINK in str(one.body) and CANARY not in f"{one.subject} {one.body}" for one in mail.outbox)


def test_one_is_not_mailed_about_the_own_words(town: Town, draft: Proposal) -> None:
    say(town.eli, draft, "@Eli onthoud dit", tell=[town.eli.person_id])
    assert not Message.objects.exists()


def test_a_reply_is_told_to_everyone_in_the_thread_but_who_writes_it(town: Town, draft: Proposal) -> None:
    asked = say(town.saar, draft).comment
    say(town.cas, draft, "Ik kijk het na.", parent_key=asked.key)
    Mandate.objects.filter(person_id=town.cas.person_id).update(ends_on=dt.date(2021, 1, 1))
    say(town.eli, draft, f"Het klopt: {CANARY}.", parent_key=asked.key)
    subjects = Message.objects.order_by("pk").values_list("recipient", "subject")
    title = draft.title
    assert list(subjects) == [
        ("saar@dendermonde.example", f"Cas antwoordt op een opmerking: {title}"),
        ("saar@dendermonde.example", f"Eli antwoordt op een opmerking: {title}"),
    ]
    assert not Message.objects.filter(body__contains=CANARY).exists()


def test_a_second_click_makes_no_second_comment_and_no_second_mail(town: Town, draft: Proposal) -> None:
    key = uuid.uuid4()
    first, again = (say(town.eli, draft, "@Saar kijk", key=key).comment for _ in range(2))
    assert first.pk == again.pk
    assert (Comment.objects.count(), Message.objects.count(), open_in(draft)) == (1, 1, 1)


def test_a_key_of_another_proposal_gives_nothing_away(town: Town, draft: Proposal, complete: Proposal) -> None:
    key = say(town.eli, complete).comment.key
    with pytest.raises(NotVisible):
        say(town.eli, draft, key=key)


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x" * 2_001}, "text"),
        ({"task": Task(str(uuid.uuid4()))}, "assignee"),
        ({"task": Task("", SUNDAY)}, "assignee"),
        ({"tell": [str(uuid.uuid4())]}, "tell"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(
    town: Town, draft: Proposal, asked: dict[str, Any], where: str
) -> None:
    with pytest.raises(Invalid) as refused:
        say(town.eli, draft, **asked)
    assert [fault.where for fault in refused.value.faults] == [where]
    assert not Comment.objects.exists()


def test_a_day_that_is_past_is_refused(town: Town, draft: Proposal) -> None:
    with pytest.raises(Invalid, match="Deze dag is voorbij"):
        say(town.eli, draft, task=Task(town.cas.person_id, dt.date(2021, 7, 5)))


def test_a_colleague_of_another_authority_cannot_be_told_or_given_a_task(town: Town, draft: Proposal) -> None:
    with pytest.raises(Invalid):
        say(town.eli, draft, tell=[town.omar.person_id])
    assert say(town.eli, draft, "@Omar weet het").unknown == ("Omar",)


def test_a_reply_stands_under_its_comment_and_a_reply_has_no_replies(town: Town, draft: Proposal) -> None:
    root = say(town.eli, draft).comment
    reply = say(town.cas, draft, "Ja", parent_key=root.key).comment
    assert (reply.parent, open_in(draft)) == (root, 1)
    with pytest.raises(NotVisible):
        say(town.eli, draft, parent_key=reply.key)
    with pytest.raises(NotVisible):
        say(town.eli, draft, section="risks", parent_key=root.key)


def test_dealt_with_and_opened_again_is_counted_once(town: Town, draft: Proposal) -> None:
    root = say(town.eli, draft).comment
    say(town.eli, draft)
    for _ in range(2):
        settle(town.cas, root)
    assert (open_in(draft), Event.objects.filter(verb="proposals.comment_resolved").count()) == (1, 1)
    settle(town.saar, root, is_resolved=False)
    assert open_in(draft) == 2


def test_the_own_words_change_until_somebody_answers(town: Town, draft: Proposal) -> None:
    root = say(town.eli, draft).comment
    assert change(town.eli, root, "Klopt dit wel? @Cas").comment.edited_at is not None
    assert Message.objects.count() == 1
    change(town.eli, root, "@Cas, nog eens")
    assert Message.objects.count() == 1
    with pytest.raises(Refused, match="wie de opmerking schreef"):
        change(town.saar, root, "Iets anders")
    reply = say(town.cas, draft, "Ja", parent_key=root.key).comment
    with pytest.raises(Refused, match="antwoordde al"):
        remove(town.eli, root)
    settle(town.saar, root)
    with pytest.raises(Refused, match="afgehandeld"):
        change(town.cas, reply, "Nee")


def test_removed_is_gone_and_the_log_knows_that_it_was_there(town: Town, draft: Proposal) -> None:
    root = say(town.eli, draft, CANARY).comment
    remove(town.eli, root)
    assert (Comment.objects.count(), open_in(draft)) == (0, 0)
    assert [event.verb for event in Event.objects.filter(subject_kind="proposals.comment")] == [
        "proposals.comment_written", "proposals.comment_removed",
    ]  # fmt: skip


def test_a_task_stands_in_the_overview_of_the_colleague_until_it_is_dealt_with(
    town: Town, draft: Proposal, as_: As
) -> None:
    root = say(town.eli, draft, "Reken de kosten na", task=Task(town.cas.person_id, SUNDAY)).comment
    page = as_(town.cas).get("/aanvrager/").content.decode()
    assert "Aan u toegewezen: Reken de kosten na" in page
    assert address(draft, f"opmerkingen/{root.key}/") in page
    assert "Aan u toegewezen" not in as_(town.eli).get("/aanvrager/").content.decode()
    settle(town.cas, root)
    assert "Aan u toegewezen" not in as_(town.cas).get("/aanvrager/").content.decode()


def test_a_task_of_a_draft_that_can_no_longer_change_is_no_task(town: Town, draft: Proposal) -> None:
    say(town.eli, draft, task=Task(town.cas.person_id))
    with clock.frozen(AFTER):
        assert not team_queries.tasks_assigned_to(town.cas).exists()
        with pytest.raises(Refused, match="verandert niet meer"):
            say(town.eli, draft)


def test_a_task_is_handed_on_and_each_hears_it_once(town: Town, draft: Proposal) -> None:
    root = say(town.eli, draft, tell=[town.cas.person_id]).comment
    for who in (town.cas, town.cas, town.saar):
        operations.assign_comment(
            actor=town.eli, proposal_id=draft.pk, section="budget", key=root.key, task=Task(who.person_id), address=LINK
        )
    told = Message.objects.order_by("pk").values_list("recipient", flat=True)
    assert list(told) == ["cas@dendermonde.example", "cas@dendermonde.example", "saar@dendermonde.example"]
    assert not team_queries.tasks_assigned_to(town.cas).exists()


def test_a_colleague_whose_mandate_ended_is_not_told(town: Town, draft: Proposal) -> None:
    Mandate.objects.filter(person_id=town.cas.person_id).update(ends_on=dt.date(2021, 7, 1))
    assert say(town.eli, draft, "@Cas?").unknown == ("Cas",)
    assert not Message.objects.exists()


def test_a_section_has_a_state_and_somebody_who_sees_to_it(town: Town, draft: Proposal, as_: As) -> None:
    page = as_(town.eli)
    page.post(address(draft, "stand-van-het-werk/"), {"state": "ready", "editor": town.saar.person_id})
    say(town.eli, draft)
    shown = page.get(address(draft, section="risks")).content.decode()
    assert "Saar, klaar om na te lezen, 1 opmerking" in shown
    live = page.get(address(draft, "stand/", "risks")).json()["fragments"]["stappen"]
    assert "Saar, klaar om na te lezen, 1 opmerking" in live
    assert draft.version == Proposal.objects.get(pk=draft.pk).version


def test_who_does_not_write_is_not_made_responsible_and_makes_nobody_responsible(town: Town, draft: Proposal) -> None:
    def hand_over(by: Actor, to: Actor) -> SectionWork:
        return operations.hand_over_section(
            actor=by, proposal_id=draft.pk, section="budget", state=WorkState.READY, editor_id=to.person_id
        )

    with pytest.raises(Invalid, match="mag schrijven"):
        hand_over(town.eli, town.cas)
    with pytest.raises(Refused):
        hand_over(town.cas, town.eli)
    with pytest.raises(NotVisible):
        hand_over(town.omar, town.eli)


def test_the_certifier_talks_along_and_writes_nothing_in_the_proposal(town: Town, draft: Proposal, as_: As) -> None:
    assert say(town.cas, draft, "De som klopt niet").comment.author_name == "Cas"
    assert "Bewaar de stand" not in as_(town.cas).get(address(draft, "opmerkingen/")).content.decode()


def test_nobody_outside_the_authority_finds_a_comment(town: Town, complete: Proposal, as_: As) -> None:
    root = say(town.eli, complete, CANARY).comment
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    with clock.frozen(AFTER):
        for who in (town.omar, town.ada, town.fien, town.cabinet):
            client = as_(who)
            for rest in ("opmerkingen/", f"opmerkingen/{root.key}/", f"opmerkingen/{root.key}/wijzigen/"):
                assert client.get(address(complete, rest)).status_code == 404
            for rest in ("afgehandeld/", "doorgeven/", "verwijderen/", ""):
                assert client.post(address(complete, f"opmerkingen/{root.key}/{rest}")).status_code == 404
            assert not team_queries.section_work(who, complete)
            assert not team_queries.threads(who, complete, "budget")
    assert Comment.objects.get().text == CANARY


def test_no_word_of_a_comment_is_submitted_logged_or_shown_to_the_agency(
    town: Town, complete: Proposal, as_: As
) -> None:
    root = say(town.eli, complete, CANARY, about=operations.About(label=CANARY)).comment
    change(town.eli, root, f"{CANARY} opnieuw")
    say(town.cas, complete, CANARY, parent_key=root.key)
    submission = operations.submit(actor=town.saar, proposal_id=complete.pk)
    assert CANARY not in submission.content
    assert not [event for event in Event.objects.all() if CANARY in str(event.data)]
    with clock.frozen(AFTER):
        agency = as_(town.ada)
        for url in (
            reverse("agency:home"),
            reverse("agency:proposals"),
            reverse("agency:proposal", args=[complete.pk]),
        ):
            page = agency.get(url).content.decode()
            assert CANARY not in page
            assert "opmerking" not in page.lower()
    assert CANARY in as_(town.saar).get(address(complete, "opmerkingen/")).content.decode()


def test_the_pages_do_what_the_operations_say(town: Town, complete: Proposal, as_: As) -> None:
    client = as_(town.eli)
    page = client.get(address(complete, "opmerkingen/", "measures")).content.decode()
    measure = complete.measures.order_by("position")[0]
    key, about = str(uuid.uuid4()), f"measures/measure/{measure.pk}"
    assert f'value="{about}"' in page
    typed = {"key": key, "text": "@Cas en @Niemand", "about": about, "assignee": town.saar.person_id, "due_on": "31/12"}
    wrong = client.post(address(complete, "opmerkingen/", "measures"), typed)
    assert wrong.status_code == 422
    assert "is geen datum" in wrong.content.decode()
    assert "@Cas en @Niemand</textarea>" in wrong.content.decode()
    shown = client.post(address(complete, "opmerkingen/", "measures"), typed | {"due_on": "09/07/2021"}, follow=True)
    thread = shown.content.decode()
    assert "Voor Saar, tegen 09/07/2021" in thread
    assert f"M1 {measure.title}" in thread
    assert f"#record-{measure.pk}" in thread
    assert "Wij weten niet wie u bedoelt met &#x27;@Niemand&#x27;" in thread
    assert re.search(r"Verwittigd: (Cas, Saar|Saar, Cas)", thread)
    one = address(complete, f"opmerkingen/{key}/", "measures")
    answer = as_(town.cas).post(one, {"key": str(uuid.uuid4()), "text": "Komt in orde"}, follow=True)
    assert "Komt in orde" in answer.content.decode()
    assert client.post(f"{one}verwijderen/").status_code == 403
    client.post(f"{one}afgehandeld/", {"afgehandeld": "ja"})
    assert "Afgehandeld door Eli" in client.get(address(complete, "opmerkingen/", "measures")).content.decode()
    assert "Opmerkingen en taken" in client.get(address(complete, section="measures")).content.decode()


def test_ten_threads_cost_as_many_queries_as_one(town: Town, draft: Proposal, as_: As) -> None:
    client = as_(town.eli)

    def queries_of() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address(draft, "opmerkingen/"))
        return len(captured)

    root = say(town.eli, draft, "@Cas?").comment
    say(town.cas, draft, "Ja, @Eli", parent_key=root.key)
    client.get(address(draft, "opmerkingen/"))
    one = queries_of()
    for _ in range(9):
        root = say(town.eli, draft, "@Cas?").comment
        say(town.cas, draft, "Ja, @Eli", parent_key=root.key)
    assert queries_of() == one
