"""The overview of the applicant: what must I do now, who do I wait for, what changed."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from drafting import attach_decision, written
from people import actor, municipality
from proposals.conftest import AFTER, DURING, Town
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Person
from wijkcontract.accounts.roles import Role
from wijkcontract.calls.models import Call
from wijkcontract.proposals import operations
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import clock
from wijkcontract.rules.example_proposal import example

pytestmark = pytest.mark.django_db


def visit(client: Client, who: Actor) -> str:
    client.force_login(Person.objects.get(pk=who.person_id))
    answer = client.get(reverse("applicant:home"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_a_proposal_the_open_call_is_the_task(client: Client, town: Town, call: Call) -> None:
    shown = visit(client, town.eli)
    assert "Begin een voorstel voor &#x27;Oproep 2021&#x27;" in shown
    assert f"{reverse('applicant:proposal_new')}?oproep={call.pk}" in shown


def test_the_certifier_is_not_sent_to_a_door_that_is_closed(client: Client, town: Town, call: Call) -> None:
    shown = visit(client, town.cas)
    assert "Begin een voorstel" not in shown
    assert "u hoeft nu niets te doen" in shown


def test_without_any_call_the_page_says_when_there_will_be_something(client: Client, town: Town) -> None:
    assert "Zodra er een oproep openstaat" in visit(client, town.eli)


def test_a_draft_names_what_blocks_and_links_to_the_field(client: Client, town: Town, draft: Proposal) -> None:
    shown = visit(client, town.eli)
    assert "punten ontbreken" in shown
    assert "Indienen kan tot 10 juli 2021 om 23.59 uur" in shown
    assert reverse("applicant:section", args=[draft.pk, "risks"]) in shown
    assert "Werk verder aan Wijk en cijfers" in shown


def test_a_complete_draft_sends_the_submitter_to_submitting(client: Client, town: Town, complete: Proposal) -> None:
    shown = visit(client, town.saar)
    assert "Alles wat verplicht is, staat erin" in shown
    assert reverse("applicant:proposal_submit", args=[complete.pk]) in shown


def test_the_colleague_without_mandate_waits_for_the_submitter(client: Client, town: Town, complete: Proposal) -> None:
    shown = visit(client, town.eli)
    assert reverse("applicant:proposal_submit", args=[complete.pk]) not in shown
    assert "Indienen door Saar" in shown


def test_partners_that_have_not_signed_are_waited_for(client: Client, town: Town, complete: Proposal) -> None:
    pledge = complete.pledges.select_related("partner").exclude(status="signed").first()
    assert pledge is not None
    shown = visit(client, town.eli)
    assert f"Handtekening van {pledge.partner.name}" in shown
    pledge.status = "signed"
    pledge.save()
    assert f"Engagement: {pledge.what}" not in visit(client, town.eli)


def test_a_submitted_proposal_waits_for_the_agency_and_shows_its_receipt(
    client: Client, town: Town, complete: Proposal
) -> None:
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    during = visit(client, town.eli)
    assert "Tot dan kunt u het intrekken" in during
    assert reverse("applicant:receipt", args=[complete.pk]) in during
    with clock.frozen(AFTER):
        assert "Het agentschap kijkt na of" in visit(client, town.eli)


def test_a_local_decision_is_done_when_its_day_is_past_and_its_document_is_there(
    client: Client, town: Town, call: Call
) -> None:
    proposal = written(town.eli, call, example(), with_file=False)
    decision = proposal.local_decisions.get()

    def stop(on: dt.date) -> str:
        decision.decided_on = on
        decision.save()
        way = visit(client, town.eli).split("<b>Lokale beslissing</b>")[1].split("</li>")[0]
        return re.sub("<[^>]+>", "", way)

    yesterday, tomorrow = DURING.date() - dt.timedelta(days=1), DURING.date() + dt.timedelta(days=1)
    assert stop(yesterday) == "05/07/2021, document ontbreekt, nog te komen"
    attach_decision(town.eli, proposal, decision.pk)
    assert stop(yesterday) == "05/07/2021, gebeurd"
    assert stop(tomorrow) == "07/07/2021, nog te komen"


def test_the_way_and_the_wait_follow_the_proposal_to_the_decision(
    client: Client, town: Town, complete: Proposal
) -> None:
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    with clock.frozen(AFTER):
        operations.declare_admissible(actor=town.ada, proposal_id=complete.pk)
        operations.mark_in_jury(actor=town.ada, proposal_id=complete.pk)
        assert "De jury beoordeelt" in visit(client, town.eli)
        operations.mark_advised(actor=town.ada, proposal_id=complete.pk)
        assert "De Vlaamse Regering beslist over" in visit(client, town.eli)
        operations.mark_decided(actor=town.ada, proposal_id=complete.pk)
        assert "Over dit voorstel is beslist" in visit(client, town.eli)


def test_the_reason_of_an_inadmissible_proposal_is_read_here(client: Client, town: Town, complete: Proposal) -> None:
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    with clock.frozen(AFTER):
        operations.declare_inadmissible(actor=town.ada, proposal_id=complete.pk, reason="Geen lokaal bestuur.")
        assert "onontvankelijk: Geen lokaal bestuur." in visit(client, town.eli)


def test_a_draft_that_was_not_submitted_says_so_after_the_deadline(client: Client, town: Town, draft: Proposal) -> None:
    with clock.frozen(AFTER):
        shown = visit(client, town.eli)
    assert "niet ingediend en kan niet meer veranderen" in shown
    assert "Werk verder" not in shown


def test_the_nearest_deadline_comes_first_and_the_other_draft_is_a_task(
    client: Client, town: Town, call: Call, draft: Proposal
) -> None:
    later = Call.objects.get(pk=call.pk)
    later.pk, later.title, later.last_day = None, "Oproep B", dt.date(2021, 8, 10)
    later._state.adding = True
    later.save()
    operations.start_proposal(actor=town.eli, call_id=later.pk, title="Tweede wijk")
    shown = visit(client, town.eli)
    assert '<h2 id="nu">De Bijloke leeft</h2>' in shown
    assert "Werk verder aan &#x27;Tweede wijk&#x27;" in shown


def test_what_changed_joins_the_saves_of_one_person(client: Client, town: Town, draft: Proposal) -> None:
    for title in ("Een", "Twee"):
        operations.save_record(actor=town.saar, proposal_id=draft.pk, kind="problem", data={"title": title})
    assert visit(client, town.eli).count("Problemen bewaard") == 1


def test_the_outsider_reads_nothing_of_the_proposal(client: Client, town: Town, complete: Proposal) -> None:
    assert complete.title not in visit(client, town.omar)


def test_the_agency_has_another_home(client: Client, town: Town) -> None:
    client.force_login(Person.objects.get(pk=town.ada.person_id))
    assert client.get(reverse("applicant:home")).status_code == 404


def test_three_proposals_cost_as_many_queries_as_one(
    client: Client, town: Town, complete: Proposal, call: Call
) -> None:
    visit(client, town.eli)
    with CaptureQueriesContext(
        connection,
    ) as one:
        visit(client, town.eli)
    for title in ("Tweede wijk", "Derde wijk"):
        made = operations.start_proposal(actor=town.eli, call_id=call.pk, title=title)
        Proposal.objects.filter(pk=made.pk).update(changed_at=DURING - dt.timedelta(days=1))
    with CaptureQueriesContext(connection) as three:
        visit(client, town.eli)
    assert len(three) == len(one)


def test_a_partner_by_link_sees_no_proposal(client: Client, town: Town, complete: Proposal) -> None:
    partner = actor("Pia", municipality("Dendermonde", "42006"), Role.PARTNER)
    assert complete.title not in visit(client, partner)


def test_the_measures_page_names_what_the_package_does_not_touch(
    client: Client, town: Town, complete: Proposal
) -> None:
    client.force_login(Person.objects.get(pk=town.eli.person_id))
    shown = client.get(reverse("applicant:section", args=[complete.pk, "measures"])).content.decode()
    assert "Geheel van het pakket" in shown
    assert "2 hard, 4 zacht" in shown
    assert "Geen enkele maatregel raakt deze beleidsdomeinen" in shown


def test_a_call_is_chosen_with_its_last_day_and_its_ceiling(client: Client, town: Town, call: Call) -> None:
    client.force_login(Person.objects.get(pk=town.eli.person_id))
    shown = client.get(reverse("applicant:proposal_new")).content.decode()
    assert "Indienen kan tot en met 10/07/2021. De subsidie is hoogstens 800.000,00 euro." in shown
