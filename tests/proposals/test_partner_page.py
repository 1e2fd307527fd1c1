"""The page behind the link of a partner: what it shows, what it keeps to itself, and what a second click gets (decision 0026)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.test import Client

from proposals.conftest import AFTER, DURING, Town
from proposals.test_pledge_links import CONFIRM, answer, ask, club as club, replies, school as school
from wijkcontract.outbox.models import Message
from wijkcontract.proposals import operations
from wijkcontract.proposals.models import Partner, PledgeAnswer, Proposal
from wijkcontract.rules import clock, programme

pytestmark = pytest.mark.django_db
CANARY = "kanarie-7719"


def plant_canaries(proposal: Proposal, own: Partner) -> None:
    """A word in everything that the partner may not read."""
    Proposal.objects.filter(pk=proposal.pk).update(title=f"{CANARY}-titel")
    for question in proposal.answers.exclude(question="summary"):
        proposal.answers.filter(pk=question.pk).update(text=f"{CANARY}-{question.question}")
    proposal.partners.exclude(pk=own.pk).update(
        name=f"{CANARY}-partner", contact=CANARY, contact_mail="x@kanarie-7719.example"
    )
    proposal.partners.filter(pk=own.pk).update(contact=CANARY)
    proposal.pledges.exclude(partner=own).update(what=f"{CANARY}-engagement", proof=CANARY)
    proposal.pledges.filter(partner=own).update(proof=CANARY)
    proposal.cost_lines.update(item=CANARY)
    proposal.measures.update(title=CANARY)
    proposal.problems.update(title=CANARY)
    proposal.additional_support.update(minister=CANARY)


def test_the_page_of_a_closed_call_says_so_and_nothing_of_the_proposal(town: Town, school: Partner) -> None:
    plant_canaries(school.proposal, school)
    url = f"/engagement/{ask(town.eli, school)}/"
    with clock.frozen(AFTER):
        given = Client().get(url)
    assert given.status_code == 403
    assert "De oproep is afgesloten" in (body := given.content.decode())
    assert CANARY not in body
    assert "speelplaatsen" not in body
    assert given.headers["Cache-Control"] == "no-store, private"


def test_the_page_shows_the_own_pledges_and_the_summary_and_nothing_else(town: Town, school: Partner) -> None:
    plant_canaries(school.proposal, school)
    summary = school.proposal.answers.get(question="summary").text
    answers = (client := Client()).get(f"/engagement/{ask(town.eli, school)}/")
    body = answers.content.decode()
    assert answers.status_code == 200
    assert CANARY not in body
    for own in ("Dendermonde", "Drie speelplaatsen na de schooluren", "10.000,00", summary[:40]):
        assert own in body
    assert answers.headers["Cache-Control"] == "no-store, private"
    assert answers.headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in answers.headers["X-Robots-Tag"]
    assert not client.cookies.get("sessionid")
    mails = Message.objects.filter(recipient=school.contact_mail).values_list("subject", "body")
    assert CANARY not in str(list(mails))


def test_the_programme_says_which_answers_a_partner_reads(town: Town, school: Partner) -> None:
    proposal = school.proposal
    proposal.answers.filter(question="analysis").update(text="De analyse van de wijk.")
    rules = proposal.call.programme
    proposal.call.terms = programme.to_dict(
        replace(
            rules, questions=tuple(replace(one, read_by_partners=one.code == "analysis") for one in rules.questions)
        )
    )
    proposal.call.save()
    body = Client().get(f"/engagement/{ask(town.eli, school)}/").content.decode()
    assert "De analyse van de wijk." in body
    assert proposal.answers.get(question="summary").text[:40] not in body


def test_every_link_that_does_not_work_gives_one_and_the_same_page(town: Town, school: Partner, club: Partner) -> None:
    used, old, revoked = ask(town.eli, school), ask(town.eli, club), ""
    answer(used, replies(school))
    with clock.frozen(DURING + dt.timedelta(hours=1)):
        revoked = ask(town.eli, club)
        operations.revoke_link(actor=town.eli, proposal_id=club.proposal_id, partner_id=club.pk)
        seen = set()
        for token in (used, old, revoked, "onbekend", str(uuid.uuid4())):
            for method in (Client().get, Client().post):
                given = method(f"/engagement/{token}/")
                seen.add((given.status_code, given.content, given.headers["Cache-Control"]))
        assert len(seen) == 1
        assert next(iter(seen))[0] == 404


def test_a_partner_confirms_on_the_page_and_a_second_click_is_thanked_too(town: Town, school: Partner) -> None:
    url, client = f"/engagement/{ask(town.eli, school)}/", Client()
    form = {f"kind_{one.pledge_id}": CONFIRM for one in replies(school)}
    form |= {f"words_{one.pledge_id}": one.words_sha256 for one in replies(school)}
    refused = client.post(url, form | {"signed_by": "Petra Peeters", "function": ""})
    assert refused.status_code == 422
    assert "Vul uw functie in." in refused.content.decode()
    assert 'value="Petra Peeters"' in refused.content.decode()
    for _ in range(2):
        given = client.post(url, form | {"signed_by": "Petra Peeters", "function": "directeur", "may_bind": "on"})
        assert (given.status_code, given.headers["Location"]) == (302, "/engagement/bedankt/")
    assert PledgeAnswer.objects.count() == 2
    page = f"http://testserver/aanvrager/voorstellen/{school.proposal_id}/bevestigingen/"
    assert page in Message.objects.filter(kind="pledge_answer")[0].body
    assert client.get(url).status_code == 404
    assert "Petra" not in client.get("/engagement/bedankt/").content.decode()
