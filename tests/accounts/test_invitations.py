"""Saar invites a colleague and a partner by a link; it works once, for its person only, and gives nothing else."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from people import actor, municipality
from proposals.conftest import (
    DURING,
    Town,
    _while_the_call_is_open as _while_the_call_is_open,
    call as call,
    complete as complete,
    town as town,
)
from wijkcontract.accounts import operations
from wijkcontract.accounts.actors import ANONYMOUS, Actor
from wijkcontract.accounts.models import Invitation, Mandate, Organisation, Person
from wijkcontract.accounts.operations import InvitationClosed
from wijkcontract.accounts.queries import actor_of
from wijkcontract.accounts.roles import Role
from wijkcontract.audit.models import Event
from wijkcontract.outbox.models import Message
from wijkcontract.proposals import operations as proposals, queries, team_queries
from wijkcontract.proposals.models import Proposal, ReadGrant
from wijkcontract.proposals.pledges import words_of, words_sha256
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

pytestmark = pytest.mark.django_db
As = Callable[[Actor], Client]
CANARY = "Kanarievogel"


@pytest.fixture
def as_() -> As:
    def browser(one: Actor) -> Client:
        client = Client()
        client.force_login(Person.objects.get(pk=one.person_id))
        return client

    return browser


def invite(
    by: Actor, role: Role = Role.EDITOR, email: str = " Nieuw@Stad.example", new_id: uuid.UUID | None = None
) -> str:
    """Invite somebody and give the token of the mail."""
    invitation = operations.invite(
        actor=by, organisation_id=by.organisation_id, new_id=new_id or uuid.uuid4(), email=email, name="Nieuw", role=role,
        link_of=lambda token: f"https://site.example/uitnodiging/{token}/",
    )  # fmt: skip
    return token_of(invitation)


def token_of(invitation: Invitation) -> str:
    body = Message.objects.get(key=f"invitation:{invitation.pk}").body
    found = re.search(r"/uitnodiging/([^/]+)/", body)
    assert found
    return found[1]


def let_read(
    by: Actor, proposal: Proposal, email: str = "pia@buurtwerk.example", new_id: uuid.UUID | None = None
) -> ReadGrant:
    return proposals.invite_reader(
        actor=by, proposal_id=proposal.pk, new_id=new_id or uuid.uuid4(), email=email, name="Pia",
        partner_name="Buurtwerk Noord", link_of=lambda token: f"https://site.example/uitnodiging/{token}/",
    )  # fmt: skip


def accept(token: str) -> Actor:
    invitation = operations.accept_invitation(actor=ANONYMOUS, token=token)
    assert invitation.person is not None
    return actor_of(invitation.person)


def reader_of(town: Town, proposal: Proposal) -> Actor:
    return accept(token_of(let_read(town.saar, proposal).invitation))


def test_the_link_makes_the_person_and_the_mandate_when_the_button_is_pressed(town: Town) -> None:
    token = invite(town.saar)
    browser = Client()
    page = browser.get(f"/uitnodiging/{token}/")
    assert "Dendermonde nodigt u uit" in page.content.decode()
    assert page.headers["Cache-Control"] == "private, no-store"
    assert not Person.objects.filter(email="nieuw@stad.example").exists()
    said = browser.post(f"/uitnodiging/{token}/", follow=True).content.decode()
    assert "aanmelden met het adres nieuw@stad.example" in said
    mandate = Mandate.objects.get(person__email="nieuw@stad.example")
    assert (mandate.organisation.name, mandate.role, mandate.starts_on) == ("Dendermonde", "editor", DURING.date())
    again = browser.post(f"/uitnodiging/{token}/")
    assert (again.status_code, "al aanvaard" in again.content.decode()) == (410, True)
    assert Mandate.objects.filter(person__email="nieuw@stad.example").count() == 1
    assert Event.objects.filter(verb="accounts.invitation_accepted").count() == 1


def test_the_token_is_long_and_stored_nowhere_but_in_the_mail(town: Town) -> None:
    token = invite(town.saar)
    assert len(token) >= 43
    stored = Invitation.objects.get()
    assert token not in " ".join(map(str, vars(stored).values()))
    assert not [event for event in Event.objects.all() if token in str(event.data)]


def test_a_second_click_invites_once(town: Town) -> None:
    chosen = uuid.uuid4()
    assert invite(town.saar, new_id=chosen) == invite(town.saar, new_id=chosen)
    assert (Invitation.objects.count(), Message.objects.count()) == (1, 1)


def test_the_newest_link_works_and_the_older_one_does_not(town: Town) -> None:
    first, second = invite(town.saar), invite(town.saar)
    with pytest.raises(InvitationClosed):
        accept(first)
    assert accept(second).has(Role.EDITOR)


@pytest.mark.parametrize("how", ["late", "revoked"])
def test_a_link_that_is_over_says_so_without_a_name(town: Town, how: str) -> None:
    token = invite(town.saar)
    if how == "revoked":
        operations.revoke_invitation(actor=town.saar, invitation_id=Invitation.objects.get().pk)
    with clock.frozen(DURING + dt.timedelta(days=14 if how == "late" else 0)):
        for answer in (Client().get(f"/uitnodiging/{token}/"), Client().post(f"/uitnodiging/{token}/")):
            assert answer.status_code == 410
            assert "werkt niet meer" in answer.content.decode()
            assert "Nieuw" not in answer.content.decode()
    assert not Person.objects.filter(email="nieuw@stad.example").exists()


def test_a_link_that_never_was_is_not_found(town: Town) -> None:
    assert Client().get("/uitnodiging/verzonnen/").status_code == 404
    assert Client().post("/uitnodiging/verzonnen/").status_code == 404


def test_who_is_known_already_gets_the_role_and_keeps_the_name_and_the_answer_is_the_same(town: Town, as_: As) -> None:
    answers = []
    for email in ("omar@beringen.example", "niemand@beringen.example"):
        typed = {"new_id": str(uuid.uuid4()), "name": "Wie", "email": email, "role": "certifier"}
        page = as_(town.saar).post("/organisatie/uitnodigingen/", typed, follow=True)
        answers.append(re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|omar|niemand|value=\"[^\"]+\"", "", page.content.decode()))
    first, second = (re.search(r'class="msg msg--ok".*?</div>', one, re.DOTALL) for one in answers)
    assert first
    assert second
    assert first[0] == second[0]
    invitation = Invitation.objects.get(email="omar@beringen.example")
    accept(token_of(invitation))
    omar = Person.objects.get(email="omar@beringen.example")
    assert omar.name == "Omar"
    assert {mandate.role for mandate in omar.mandates.filter(organisation__name="Dendermonde")} == {"certifier"}


def test_only_the_submitter_invites_and_only_for_what_an_invitation_may_give(town: Town, as_: As) -> None:
    for who in (town.eli, town.cas, town.ada):
        with pytest.raises(Refused, match="Alleen de gemandateerde indiener"):
            invite(who)
    for role in (Role.SUBMITTER, Role.AGENCY_MANAGER, Role.JUROR):
        with pytest.raises(Refused):
            invite(town.saar, role)
    page = as_(town.eli).get("/organisatie/uitnodigingen/").content.decode()
    assert "Verstuur de uitnodiging" not in page
    typed = {"new_id": str(uuid.uuid4()), "name": "Wie", "email": "wie@stad.example", "role": "editor"}
    assert as_(town.eli).post("/organisatie/uitnodigingen/", typed).status_code == 403
    assert not Invitation.objects.exists()


def test_an_invitation_of_elsewhere_cannot_be_taken_back_or_taken_over(town: Town) -> None:
    chosen = uuid.uuid4()
    invite(town.saar, new_id=chosen)
    with pytest.raises(NotVisible):
        operations.revoke_invitation(actor=town.omar, invitation_id=chosen)
    with pytest.raises(NotVisible):
        invite(town.omar, new_id=chosen)
    with pytest.raises(Refused):
        operations.revoke_invitation(actor=town.eli, invitation_id=chosen)


def test_a_partner_reads_the_one_draft_and_nothing_beside_it(town: Town, complete: Proposal, as_: As) -> None:
    other = proposals.start_proposal(actor=town.eli, call_id=complete.call_id, title="Een ander ontwerp")
    proposals.write_comment(
        actor=town.eli, proposal_id=complete.pk, section="measures", key=uuid.uuid4(), text=CANARY, address="x"
    )
    pia = reader_of(town, complete)
    assert (pia.organisation_name, pia.roles) == ("Buurtwerk Noord", {Role.PARTNER})
    assert set(queries.visible_proposals(pia)) == {complete}
    client, base = as_(pia), f"/aanvrager/voorstellen/{complete.pk}/"
    for rest in ("onderdeel/measures/", "onderdeel/budget/", "nalezen/", "onderdeel/measures/stand/"):
        answer = client.get(base + rest)
        assert answer.status_code == 200
        for hidden in (CANARY, "Samen schrijven", "Geschiedenis van dit onderdeel", "open opmerking"):
            assert hidden not in answer.content.decode()
    for rest in (
        "onderdeel/measures/opmerkingen/", "onderdeel/measures/geschiedenis/", "wie-doet-mee/", "ontvangstbewijs/",
        "versie/1/", "wat-niet-meekwam/", "versies/", "bevestigingen/",
    ):  # fmt: skip
        assert client.get(base + rest).status_code == 404, rest
    assert client.get(f"/aanvrager/voorstellen/{other.pk}/nalezen/").status_code == 404
    assert "Eli" not in client.get("/organisatie/mensen/").content.decode()
    assert complete.title in client.get("/aanvrager/").content.decode()


def test_no_page_of_a_reader_leads_to_a_door_that_is_closed(town: Town, complete: Proposal, as_: As) -> None:
    pia = reader_of(town, complete)
    client, base = as_(pia), f"/aanvrager/voorstellen/{complete.pk}/"
    pages = (
        "/aanvrager/",
        "/aanvrager/voorstellen/",
        f"{base}nalezen/",
        f"{base}onderdeel/partners/",
        f"{base}vlaanderen/",
    )
    for page in pages:
        body = client.get(page).content.decode()
        for link in set(re.findall(r'href="(/(?!static)[^"#]*)', body)):
            answer = client.get(link)
            answer.getvalue()  # to the end, so that a file is closed
            assert answer.status_code in (200, 302), (page, link)
        for closed in ("Wijkcijfers", "gemandateerde indiener", "Handtekening van", "U kunt nalezen en indienen"):
            assert closed not in body, (page, closed)
    assert "U leest dit voorstel mee." in client.get(f"{base}nalezen/").content.decode()
    assert "Wijkcijfers" in as_(town.cas).get("/aanvrager/").content.decode()


def test_a_reader_learns_that_another_partner_wants_a_change_and_not_which(
    town: Town, complete: Proposal, as_: As
) -> None:
    pia, sport = reader_of(town, complete), complete.partners.get(name__startswith="Sport Vlaanderen")
    sport.contact_mail = "petra@sport.example"
    sport.save()
    tokens: list[str] = []
    proposals.ask_confirmation(
        actor=town.eli, proposal_id=complete.pk, partner_id=sport.pk,
        address_of=lambda token: tokens.append(token) or token,  # type: ignore[func-returns-value]
    )  # fmt: skip
    said = [
        proposals.Reply(str(one.pk), "change_asked", words_sha256(words_of(one)), CANARY) for one in sport.pledges.all()
    ]
    proposals.answer_pledges(
        actor=ANONYMOUS,
        token=tokens[0],
        replies=said,
        signed_by="Petra",
        function="directeur",
        may_bind=False,
        address="https://site.example/",
    )
    base = f"/aanvrager/voorstellen/{complete.pk}/"
    for rest in ("onderdeel/partners/", "onderdeel/partners/stand/", "nalezen/", "vlaanderen/"):
        for who, reads in ((town.eli, True), (pia, False)):
            body = as_(who).get(base + rest).content.decode()
            assert "vraagt een wijziging" in body
            assert (CANARY in body) is reads, (who.name, rest)
    assert CANARY not in as_(pia).get("/aanvrager/").content.decode()


def test_a_partner_writes_nothing(town: Town, complete: Proposal, as_: As) -> None:
    pia = reader_of(town, complete)
    client, base = as_(pia), f"/aanvrager/voorstellen/{complete.pk}/"
    before = queries.document(complete)
    typed = {"deel": "measures/teksten", "version": 0, "veld": "existing_policy", "existing_policy": "x"}
    assert client.post(f"{base}onderdeel/measures/bewaren/", typed).status_code == 403
    assert client.post(f"{base}onderdeel/measures/tekst/teksten/", typed).status_code == 403
    assert client.get(f"{base}indienen/").status_code == 403
    risk = complete.risks.all()[0].pk
    assert client.get(f"{base}onderdeel/risks/risk/{risk}/verwijderen/").status_code == 403
    assert client.post(f"{base}wie-doet-mee/").status_code == 404
    assert client.get("/aanvrager/voorstellen/nieuw/").status_code == 403
    assert queries.document(Proposal.objects.get(pk=complete.pk)) == before


@pytest.mark.parametrize("how", ["ended", "submitted", "late"])
def test_reading_along_ends(town: Town, complete: Proposal, how: str) -> None:
    pia = reader_of(town, complete)
    if how == "ended":
        grant = ReadGrant.objects.get()
        for _ in range(2):
            proposals.end_reading(actor=town.saar, proposal_id=complete.pk, grant_id=grant.pk)
        assert Event.objects.filter(verb="proposals.reading_ended").count() == 1
    elif how == "submitted":
        proposals.submit(actor=town.saar, proposal_id=complete.pk)
    day = dt.timedelta(days=5 if how == "late" else 0)
    with clock.frozen(DURING + day):
        assert not queries.visible_proposals(pia).exists()


def test_a_withdrawn_proposal_shows_a_partner_the_draft_and_never_what_was_submitted(
    town: Town, complete: Proposal, as_: As
) -> None:
    pia = reader_of(town, complete)
    proposals.submit(actor=town.saar, proposal_id=complete.pk)
    proposals.withdraw(actor=town.saar, proposal_id=complete.pk)
    client, base = as_(pia), f"/aanvrager/voorstellen/{complete.pk}/"
    assert client.get(f"{base}nalezen/").status_code == 200
    assert client.get(f"{base}versie/1/").status_code == 404
    assert client.get(f"{base}ontvangstbewijs/").status_code == 404


def test_an_invitation_that_is_not_accepted_or_taken_back_gives_nothing(town: Town, complete: Proposal) -> None:
    grant = let_read(town.saar, complete)
    token = token_of(grant.invitation)
    proposals.end_reading(actor=town.saar, proposal_id=complete.pk, grant_id=grant.pk)
    with pytest.raises(InvitationClosed):
        accept(token)
    assert not Organisation.objects.filter(name="Buurtwerk Noord").exists()


def test_a_second_click_lets_one_partner_read_and_who_reads_is_not_asked_again(town: Town, complete: Proposal) -> None:
    chosen = uuid.uuid4()
    first, second = (let_read(town.saar, complete, new_id=chosen) for _ in range(2))
    assert first == second
    accept(token_of(first.invitation))
    with pytest.raises(Invalid, match="leest dit ontwerp al mee"):
        let_read(town.saar, complete, email="PIA@buurtwerk.example")


def test_two_partners_with_one_name_do_not_share_an_organisation_and_one_partner_has_one(
    town: Town, complete: Proposal
) -> None:
    pia = reader_of(town, complete)
    rik = accept(token_of(let_read(town.saar, complete, email="rik@buurtwerk.example").invitation))
    assert pia.organisation_id != rik.organisation_id
    other = proposals.start_proposal(actor=town.eli, call_id=complete.call_id, title="Een ander ontwerp")
    accept(token_of(let_read(town.saar, other).invitation))
    assert set(queries.visible_proposals(pia)) == {complete, other}
    assert Mandate.objects.filter(person_id=pia.person_id).count() == 1


def test_only_the_submitter_of_the_authority_lets_read_and_takes_back(town: Town, complete: Proposal) -> None:
    with pytest.raises(Refused):
        let_read(town.eli, complete)
    with pytest.raises(NotVisible):
        let_read(town.omar, complete)
    grant = let_read(town.saar, complete)
    with pytest.raises(Refused):
        proposals.end_reading(actor=town.eli, proposal_id=complete.pk, grant_id=grant.pk)
    with pytest.raises(NotVisible):
        proposals.end_reading(actor=town.omar, proposal_id=complete.pk, grant_id=grant.pk)
    assert not team_queries.read_grants(town.omar, complete)


def test_the_page_of_who_takes_part_invites_lists_and_takes_back(town: Town, complete: Proposal, as_: As) -> None:
    client, url = as_(town.saar), f"/aanvrager/voorstellen/{complete.pk}/wie-doet-mee/"
    assert "Niemand leest mee" in client.get(url).content.decode()
    typed = {"new_id": str(uuid.uuid4()), "name": "Pia", "partner_name": "", "email": "geen adres"}
    wrong = client.post(url, typed).content.decode()
    assert wrong.count('class="error') >= 2
    assert 'value="Pia"' in wrong
    client.post(url, typed | {"partner_name": "Buurtwerk Noord", "email": "pia@buurtwerk.example"})
    assert "Uitgenodigd, link geldig tot" in client.get(url).content.decode()
    accept(token_of(Invitation.objects.get()))
    assert "Leest mee tot en met 10/07/2021" in client.get(url).content.decode()
    assert "Trek in" not in as_(town.eli).get(url).content.decode()
    client.post(f"{url}{ReadGrant.objects.get().pk}/intrekken/")
    assert "Ingetrokken op 06/07/2021" in client.get(url).content.decode()


def test_a_partner_mandate_without_a_grant_reads_nothing(town: Town, complete: Proposal) -> None:
    nobody = actor("Pol", municipality("Dendermonde", "42006"), Role.PARTNER)
    assert not queries.visible_proposals(nobody).exists()
