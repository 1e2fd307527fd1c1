"""The pages of the jury through the browser's eyes: doors, secrets, forms that keep what was typed, a fixed number of queries."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jury import factories
from jury.factories import People
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Person
from wijkcontract.calls.models import Call
from wijkcontract.jury import operations
from wijkcontract.jury.models import Assessment, ConflictDeclaration, Juror, Jury, Position, Score
from wijkcontract.proposals.models import Clarification, Proposal
from wijkcontract.rules import clock

CANARY = "kanarie-van-jan"
SENTENCE = "U meldde op 2 september een belangenconflict."
TABLE_QUERIES = 15


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    return client


def text_of(actor: Actor, name: str, *args: object, status: int = 200, query: str = "") -> str:
    response = browser(actor).get(reverse(name, args=args) + query)
    assert response.status_code == status, response.content
    return response.content.decode()


def query_count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def scored(people: People, call: Call, proposals: int) -> Jury:
    """A locked jury with every voting juror's points on every proposal."""
    for number in range(proposals):
        factories.proposal(call, f"Wijk {number:03}", f"Gemeente {number:03}", asks_sport=True)
    jury = factories.scoring(people, call)
    for one in Proposal.objects.filter(call=call):
        for place, juror in enumerate(people.voting):
            factories.give(juror, one, 5 + place)
    return factories.lock(people, jury)


@pytest.fixture
def bijloke(call: Call) -> Proposal:
    return factories.proposal(call, "De Bijloke leeft", asks_sport=True)


@pytest.fixture
def jury(people: People, bijloke: Proposal) -> Jury:
    return factories.scoring(people, bijloke.call)


def test_home_says_what_to_do_now(people: People, jury: Jury, bijloke: Proposal) -> None:
    assert "Verklaar bij 1 voorstel" in text_of(people.jan, "juror:home")
    operations.declare_conflict(actor=people.jan, proposal_id=bijloke.pk, has_conflict=False)
    assert "Geef punten op 1 voorstel" in text_of(people.jan, "juror:home")
    factories.give(people.jan, bijloke, 6)
    assert "U bent klaar" in text_of(people.jan, "juror:home")
    operations.declare_conflict(actor=people.body, proposal_id=bijloke.pk, has_conflict=False)
    assert "Geef een standpunt over 1 voorstel" in text_of(people.body, "juror:home")
    assert "U zit nog in geen jury" in text_of(people.outsider, "juror:home")


def test_an_undeclared_proposal_leads_to_the_declaration(people: People, jury: Jury, bijloke: Proposal) -> None:
    client = browser(people.jan)
    response = client.get(reverse("juror:proposal", args=[bijloke.pk]))
    assert response.headers["Location"] == reverse("juror:declare", args=[bijloke.pk])
    page = client.post(reverse("juror:declare", args=[bijloke.pk]), {"has_conflict": "yes", "reason": ""})
    assert "Schrijf kort wat het belangenconflict is" in page.content.decode()
    client.post(reverse("juror:declare", args=[bijloke.pk]), {"has_conflict": "no"})
    assert "Uw punten" in client.get(reverse("juror:proposal", args=[bijloke.pk])).content.decode()


def test_a_closed_door_shows_its_reason_and_nothing_of_the_proposal(
    people: People, jury: Jury, bijloke: Proposal
) -> None:
    operations.declare_conflict(actor=people.jan, proposal_id=bijloke.pk, has_conflict=True, reason="Werkte er.")
    listed = text_of(people.jan, "juror:proposals")
    assert SENTENCE in listed
    assert "326.000" not in listed
    for name in ("juror:proposal", "juror:declare", "juror:position", "juror:deliberate"):
        page = text_of(people.jan, name, bijloke.pk, status=403)
        assert SENTENCE in page
        assert "Sport Vlaanderen" not in page
        assert "De Bijloke leeft" not in page
    for actor in (people.outsider, people.other_body):
        text_of(actor, "juror:proposal", bijloke.pk, status=404)


def test_a_clarification_is_read_by_voters_and_observer_not_by_a_body_or_behind_a_closed_door(
    people: People, jury: Jury, bijloke: Proposal
) -> None:
    Clarification.objects.create(
        proposal=bijloke, section="risks", number=1, question=CANARY, last_day=clock.today(),
        before=bijloke.submissions.get(), from_version=bijloke.version, asked_at=clock.now(), asked_by_name="Ada",
    )  # fmt: skip
    for actor in (people.chair, people.body):
        operations.declare_conflict(actor=actor, proposal_id=bijloke.pk, has_conflict=False)
    operations.declare_conflict(actor=people.jan, proposal_id=bijloke.pk, has_conflict=True, reason="Werkte er.")
    assert CANARY in text_of(people.chair, "juror:proposal", bijloke.pk)
    assert CANARY in text_of(people.observer, "juror:proposal", bijloke.pk)
    assert CANARY not in text_of(people.body, "juror:proposal", bijloke.pk)
    assert CANARY not in text_of(people.jan, "juror:proposal", bijloke.pk, status=403)


def test_points_are_saved_by_the_form_and_a_wrong_one_keeps_what_was_typed(
    people: People, jury: Jury, bijloke: Proposal
) -> None:
    operations.declare_conflict(actor=people.jan, proposal_id=bijloke.pk, has_conflict=False)
    client, url = browser(people.jan), reverse("juror:proposal", args=[bijloke.pk])
    wrong = client.post(url, {"points_tailoring": "99", "motivation": "Een sterk plan"})
    assert "Een sterk plan" in wrong.content.decode()
    assert not Assessment.objects.exists()
    saved = client.post(url, {"points_tailoring": "8", "motivation": "Een sterk plan"}, follow=True)
    assert "Bewaard als ontwerp" in saved.content.decode()
    assert list(Score.objects.values_list("points", flat=True)) == [8]
    noted = client.post(reverse("juror:note", args=[bijloke.pk]), {"text": "Vraag naar de planning."}, follow=True)
    assert "Vraag naar de planning." in noted.content.decode()


def test_a_body_gives_its_position_by_the_form(people: People, jury: Jury, bijloke: Proposal) -> None:
    operations.declare_conflict(actor=people.body, proposal_id=bijloke.pk, has_conflict=False)
    client, url = browser(people.body), reverse("juror:position", args=[bijloke.pk])
    assert "Een buurtsportmedewerker" in client.get(url).content.decode()
    data = {"pledge_id": bijloke.pledges.get().pk, "feasibility": "conditional", "engagement": "partly"}
    assert "Motivering" in client.post(url, data).content.decode()
    client.post(url, data | {"motivation": "Enkel tot 2024."})
    assert Position.objects.get().motivation == "Enkel tot 2024."


def test_nobody_else_reads_the_motivation_the_note_or_the_points_before_the_lock(
    people: People, jury: Jury, bijloke: Proposal
) -> None:
    factories.give(people.jan, bijloke, 9, CANARY)
    operations.save_note(actor=people.jan, proposal_id=bijloke.pk, text=f"notitie {CANARY}")
    others = [actor for actor in people.everyone if actor is not people.jan]
    for actor in (people.chair, people.jes, people.body):
        operations.declare_conflict(actor=actor, proposal_id=bijloke.pk, has_conflict=False)
    pages = [("juror:home", ()), ("juror:proposals", ()), ("juror:proposal", (bijloke.pk,)), ("juror:table", (jury.pk,)),
             ("juror:deliberate", (bijloke.pk,)), ("agency:juries", ()), ("agency:jury", (jury.pk,)),
             ("agency:jury_table", (jury.pk,)), ("agency:jury_deliberate", (bijloke.pk,)),
             ("agency:proposal", (bijloke.pk,)), ("agency:home", ()), ("applicant:home", ())]  # fmt: skip
    read = 0
    for actor in others:
        client = browser(actor)
        for name, args in pages:
            response = client.get(reverse(name, args=args))
            assert CANARY not in response.content.decode(), (actor.name, name)
            read += response.status_code == 200
    assert read > 20
    assert CANARY in text_of(people.jan, "juror:proposal", bijloke.pk)


def test_after_the_lock_voting_members_read_votes_and_observers_totals(
    people: People, jury: Jury, bijloke: Proposal
) -> None:
    factories.give(people.jan, bijloke, 9, CANARY)
    operations.declare_conflict(actor=people.jes, proposal_id=bijloke.pk, has_conflict=False)
    factories.lock(people, jury)
    here = f"?voorstel={bijloke.pk}"
    page = text_of(people.jes, "juror:table", jury.pk, query=here)
    assert CANARY in page
    assert '<svg class="strip"' in page
    page = text_of(people.observer, "juror:table", jury.pk, query=here)
    assert CANARY not in page
    assert "90,0" in page
    assert "Verklaar eerst" in text_of(people.chair, "juror:table", jury.pk, query=here)
    assert CANARY in text_of(people.manager, "agency:jury_table", jury.pk, query=here)
    text_of(people.cabinet, "agency:jury_table", jury.pk, status=404)
    text_of(people.outsider, "juror:table", jury.pk, status=404)


def test_the_table_sorts_by_what_the_address_asks(people: People, call: Call) -> None:
    jury = scored(people, call, 3)
    page = text_of(people.chair, "juror:table", jury.pk, query="?sorteer=-voorstel")
    assert page.index("Wijk 002") < page.index("Wijk 001") < page.index("Wijk 000")
    assert 'aria-sort="descending"' in page
    assert text_of(people.chair, "juror:table", jury.pk, query="?sorteer=onzin&voorstel=x")


def test_the_jury_is_composed_started_locked_and_advised_by_its_pages(people: People, bijloke: Proposal) -> None:
    manager, chair = browser(people.manager), browser(people.chair)
    data = {"call_id": bijloke.call_id, "appointed_on": "15/07/2021", "appointment": "MB 15/07/2021"}
    missing = manager.post(reverse("agency:jury_new"), data | {"appointed_on": "gisteren"})
    assert "MB 15/07/2021" in missing.content.decode()
    manager.post(reverse("agency:jury_new"), data)
    jury = Jury.objects.get()
    again = manager.post(reverse("agency:jury_new"), data, follow=True)
    assert "heeft al een jury" in again.content.decode()
    member = reverse("agency:jury_member", args=[jury.pk])
    assert "Cato" in manager.get(member + "?kind=voting&q=cat").content.decode()
    assert "Niemand gevonden" in manager.get(member + "?kind=observer&q=cato").content.decode()
    manager.post(member, {"person_id": people.chair.person_id, "kind": "voting", "is_chair": "on"})
    assert Juror.objects.get().is_chair
    manager.post(reverse("agency:jury_start", args=[jury.pk]), {"score_until": "10/09/2021"})
    factories.give(people.chair, bijloke, 7)
    chair.post(reverse("juror:table", args=[jury.pk]), {})
    assert "Bevestig het vergrendelen" in text_of(people.manager, "agency:jury", jury.pk)
    manager.post(reverse("agency:jury_lock", args=[jury.pk]))
    minutes = {"deliberated_on": "02/09/2021", "minutes": "Iedereen was er."}
    chair.post(reverse("juror:minutes", args=[jury.pk]), minutes)
    refused = chair.post(reverse("juror:advise", args=[jury.pk]))
    assert "ontbreekt het advies" in refused.content.decode()
    written = {"minutes": "Besproken.", "motivation": "Sterke analyse.", "is_favourable": "yes"}
    chair.post(reverse("juror:deliberate", args=[bijloke.pk]), written)
    chair.post(reverse("juror:advise", args=[jury.pk]))
    jury.refresh_from_db()
    assert jury.state == "advised"
    for actor in (people.manager, people.cabinet, people.inspector):
        assert "Sterke analyse." in text_of(actor, "agency:jury", jury.pk)
    assert "Sterke analyse." not in text_of(people.finance, "agency:jury", jury.pk)
    assert "Cato" not in text_of(people.inspector, "agency:jury", jury.pk)


def test_a_colleague_without_the_right_reads_the_reason(people: People, jury: Jury) -> None:
    for name in ("agency:jury_start", "agency:jury_member", "agency:jury_lock", "agency:jury_invite"):
        assert text_of(people.finance, name, jury.pk, status=403)
    assert "Start de beoordeling" not in text_of(people.finance, "agency:jury", jury.pk)
    text_of(people.inspector, "agency:jury", jury.pk, status=404)


@pytest.mark.parametrize("name", ["juror:table", "agency:jury", "agency:jury_table"])
def test_one_and_three_proposals_cost_the_same_number_of_queries(people: People, name: str) -> None:
    counts = []
    for proposals in (1, 3):
        jury = scored(people, factories.call(criteria=3), proposals)
        actor = people.manager if name.startswith("agency") else people.jan
        counts.append(query_count(browser(actor), reverse(name, args=[jury.pk])))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["juror:home", "juror:proposals"])
def test_the_lists_of_a_juror_cost_the_same_for_more_proposals(people: People, call: Call, name: str) -> None:
    jury = scored(people, call, 1)
    before = query_count(browser(people.jan), reverse(name))
    for _ in range(2):
        factories.proposal(call)
    Proposal.objects.filter(call=jury.call).update(state="in_jury")
    assert query_count(browser(people.jan), reverse(name)) == before


def test_the_table_of_250_proposals_asks_few_queries(people: People) -> None:
    of = factories.call()
    jury = scored_in_bulk(people, of, 250)
    assert query_count(browser(people.chair), reverse("juror:table", args=[jury.pk])) <= TABLE_QUERIES


def scored_in_bulk(people: People, of: Call, proposals: int) -> Jury:
    """A locked jury of 250 proposals, written without the operations, which would take a minute."""
    jury = factories.composed(people, of)
    now = clock.now()
    made = Proposal.objects.bulk_create(
        Proposal(
            call=of, applicant_id=people.owner.organisation_id, title=f"Wijk {number}", state="in_jury",
            subsidy_cents=326_000_00 + number, created_at=now, changed_at=now,
        )
        for number in range(proposals)
    )  # fmt: skip
    jurors = list(jury.jurors.filter(kind="voting"))
    ConflictDeclaration.objects.bulk_create(
        ConflictDeclaration(
            juror=juror, proposal=one, has_conflict=False, declared_by_id=juror.person_id, declared_at=now
        )
        for juror in jurors
        for one in made
    )
    given = Assessment.objects.bulk_create(
        Assessment(juror=juror, proposal=one, given_at=now, nonce="") for juror in jurors for one in made
    )
    criteria = list(of.criteria.all())
    Score.objects.bulk_create(
        Score(assessment=one, criterion=criterion, points=(place * 7 + criterion.position * 3) % 11)
        for place, one in enumerate(given)
        for criterion in criteria
    )
    Jury.objects.filter(pk=jury.pk).update(state="locked", locked_at=now)
    return Jury.objects.select_related("call").get(pk=jury.pk)
