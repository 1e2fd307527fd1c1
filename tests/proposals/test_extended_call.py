"""The agency gives more time: a partner who reads along keeps reading, and the link that a partner was mailed keeps working.

Pia of Buurtwerk Noord reads the draft of Dendermonde; Petra answers for the school. The call closes on 10 July, then on 8 August.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable

import pytest
from django.apps import apps

from accounts.test_invitations import let_read, reader_of
from proposals.conftest import AFTER, DURING, As, Town
from proposals.test_pledge_links import answer, ask, give_mail, replies
from proposals.test_pledge_pages import address, text_of
from wijkcontract.accounts.actors import Actor
from wijkcontract.calls import operations as calls
from wijkcontract.calls.models import Call
from wijkcontract.proposals import queries
from wijkcontract.proposals.models import Partner, PledgeLink, Proposal, ReadGrant
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

pytestmark = pytest.mark.django_db
NEW_LAST_DAY = dt.date(2021, 8, 8)
OVER = clock.parse_moment("2021-08-09T00:00:00")


@pytest.fixture
def school(complete: Proposal) -> Partner:
    return give_mail(complete.partners.get(name__startswith="Scholengroep"), "petra@school.example")


@pytest.fixture
def extend(town: Town, call: Call) -> Callable[[], object]:
    return lambda: calls.extend(actor=town.ada, call_id=call.pk, new_last_day=NEW_LAST_DAY, reason="Vakantie.")


def reads(partner: Actor) -> bool:
    return queries.visible_proposals(partner).exists()


def people_page(town: Town, proposal: Proposal, as_: As) -> str:
    return text_of(as_(town.saar), address(proposal, "wie-doet-mee/"))


def test_who_reads_along_reads_until_the_new_last_day(
    town: Town, complete: Proposal, as_: As, extend: Callable[[], object]
) -> None:
    pia = reader_of(town, complete)
    assert "Leest mee tot en met 10/07/2021" in people_page(town, complete, as_)
    extend()
    with clock.frozen(AFTER):
        assert reads(pia)
        assert "Leest mee tot en met 08/08/2021" in people_page(town, complete, as_)
        with pytest.raises(Invalid, match="leest dit ontwerp al mee"):
            let_read(town.saar, complete)
    with clock.frozen(OVER):
        assert not reads(pia)
        assert "Leest niet meer mee" in people_page(town, complete, as_)


def test_a_day_that_was_chosen_for_a_partner_stays(
    town: Town, complete: Proposal, as_: As, extend: Callable[[], object]
) -> None:
    pia = reader_of(town, complete)
    ReadGrant.objects.update(until=dt.date(2021, 7, 8))
    extend()
    assert "Leest mee tot en met 08/07/2021" in people_page(town, complete, as_)
    with clock.frozen(AFTER):
        assert not reads(pia)


def test_a_link_works_for_its_own_thirty_days_when_the_call_runs_longer(
    town: Town, school: Partner, as_: As, extend: Callable[[], object]
) -> None:
    token, page = ask(town.eli, school), address(school.proposal, "bevestigingen/")
    assert "De link werkt tot en met 10/07/2021." in text_of(as_(town.eli), page)
    with clock.frozen(AFTER):
        with pytest.raises(Refused, match="afgesloten"):
            queries.get_pledge_link(token)
        assert "Verlopen op 10/07/2021" in text_of(as_(town.eli), page)
    extend()
    with clock.frozen(DURING + dt.timedelta(days=30)):
        with pytest.raises(NotVisible):
            queries.get_pledge_link(token)
        assert "Verlopen op 05/08/2021" in text_of(as_(town.eli), page)
    with clock.frozen(AFTER):
        assert "De link werkt tot en met 05/08/2021." in text_of(as_(town.eli), page)
        assert answer(token, replies(school)).answered_at == AFTER


def test_what_was_given_until_the_old_last_day_follows_the_call(
    town: Town, school: Partner, extend: Callable[[], object]
) -> None:
    pia, token = reader_of(town, school.proposal), ask(town.eli, school)
    ReadGrant.objects.update(until=school.proposal.call.last_day)
    PledgeLink.objects.update(expires_at=school.proposal.call.closes_at)
    importlib.import_module("wijkcontract.proposals.migrations.0013_partners_follow_the_call").follow(apps, None)
    extend()
    with clock.frozen(AFTER):
        assert reads(pia)
        assert queries.get_pledge_link(token).partner == school
