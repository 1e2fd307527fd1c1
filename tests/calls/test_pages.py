"""The agency's pages of calls and proposals, as a browser gets them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from calls import factories
from contracts import factories as contract_factories
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Person
from wijkcontract.accounts.roles import Role
from wijkcontract.calls import operations, queries
from wijkcontract.calls.models import Call, CallState
from wijkcontract.outbox.models import Message
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import clock

pytestmark = pytest.mark.django_db
Browser = Callable[[Role], Client]


@pytest.fixture
def browser() -> Browser:
    """A browser in which someone with a role is logged in."""

    def log_in(role: Role) -> Client:
        client = Client()
        client.force_login(factories.person_as(role, f"lezer {role.value}"))
        return client

    return log_in


@pytest.fixture
def managers(manager: Actor) -> Client:
    """The browser of the programme manager."""
    client = Client()
    client.force_login(Person.objects.get(pk=manager.person_id))
    return client


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (response.status_code, address)
    return response.content.decode()


def edit_data(**changes: str) -> dict[str, str]:
    return {
        "title": "Oproep 2021",
        "summary": "",
        "published_on": "11/03/2021",
        "last_day": "10/07/2021",
        "budget": "4.000.000,00",
        "ceiling": "800.000,00",
        "term_start": "01/01/2022",
        "term_end": "31/12/2025",
    } | changes


def test_a_call_goes_from_new_to_launched_through_the_pages(managers: Client) -> None:
    factories.inspectorate()
    new = {"programme_name": factories.PROGRAMME, "title": "Oproep 2021"}
    made = managers.post(reverse("agency:call_new"), new)
    call = Call.objects.get()
    assert made.headers["Location"] == reverse("agency:call_edit", args=[call.pk])
    managers.post(reverse("agency:call_edit", args=[call.pk]), edit_data())
    assert "De oproep staat 4 maanden open" in text(managers, reverse("agency:call", args=[call.pk]))
    launch = reverse("agency:call_launch", args=[call.pk])
    assert "De Inspectie van Financiën krijgt de oproep ter kennisgeving" in text(managers, launch)
    managers.post(launch, {"channels": "Website"})
    call.refresh_from_db()
    assert call.state == CallState.LAUNCHED
    page = text(managers, reverse("agency:call", args=[call.pk]))
    assert "Aangekondigd" in page
    assert "Lokale besturen, Website" in page


def test_a_second_click_on_launch_tells_that_it_is_launched_and_does_nothing(managers: Client, manager: Actor) -> None:
    factories.inspectorate()
    call = operations.launch(actor=manager, call_id=factories.draft_call(manager).pk)
    again = managers.post(reverse("agency:call_launch", args=[call.pk]), {"channels": ""}, follow=True)
    assert "Deze oproep is al gelanceerd" in again.content.decode()
    assert Message.objects.count() == 1


def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(managers: Client, manager: Actor) -> None:
    call = factories.draft_call(manager)
    response = managers.post(
        reverse("agency:call_edit", args=[call.pk]), edit_data(ceiling="900.000", last_day="31/02/2021", title="Anders")
    )
    page = response.content.decode()
    assert "bestaat niet" in page
    assert 'value="900.000"' in page
    assert 'value="Anders"' in page
    response = managers.post(reverse("agency:call_edit", args=[call.pk]), edit_data(ceiling="900.000"))
    assert "hoogstens 800.000,00 EUR subsidie per contract" in response.content.decode()


def test_a_window_that_is_too_short_is_told_before_and_refused_at_the_launch(managers: Client, manager: Actor) -> None:
    factories.inspectorate()
    call = factories.draft_call(manager, last_day=dt.date(2021, 7, 1))
    assert "te kort open" in text(managers, reverse("agency:call_edit", args=[call.pk]))
    launch = reverse("agency:call_launch", args=[call.pk])
    refused = managers.post(launch, {"channels": "Mijn eigen kanaal"}).content.decode()
    for page in (text(managers, launch), refused):
        assert "Kies 10/07/2021 of later als laatste indiendag." in page
        assert "Lanceer de oproep" not in page
        assert "Iedereen ziet de oproep" not in page
        assert reverse("agency:call_edit", args=[call.pk]) + '"' in page
    assert Call.objects.get().state == CallState.DRAFT


def criteria_data(rows: list[dict[str, str]]) -> dict[str, str]:
    data = {"criteria-TOTAL_FORMS": str(len(rows)), "criteria-INITIAL_FORMS": "0"}
    for index, row in enumerate(rows):
        data |= {f"criteria-{index}-{name}": value for name, value in row.items()}
    return data


def test_criteria_are_saved_from_the_table_and_empty_rows_are_skipped(managers: Client, manager: Actor) -> None:
    call = factories.draft_call(manager)
    address = reverse("agency:call_criteria", args=[call.pk])
    assert "Vertrekken de maatregelen" in text(managers, address)
    rows = [
        {"code": "tailoring", "name": "Maatwerk", "weight": "60"},
        {"code": "feasibility", "name": "Haalbaarheid", "weight": "10", "remove": "on"},
        {"name": "Eigen kracht", "weight": "40"},
        {},
    ]
    managers.post(address, criteria_data(rows))
    assert [(one.code, one.weight) for one in queries.criteria_of(call)] == [("tailoring", 60), ("eigen_kracht", 40)]


def test_a_criterion_without_weight_is_told_at_its_row(managers: Client, manager: Actor) -> None:
    call = factories.draft_call(manager)
    rows: list[dict[str, str]] = [{}, {"name": "Eigen kracht", "weight": "0"}]
    page = managers.post(reverse("agency:call_criteria", args=[call.pk]), criteria_data(rows)).content.decode()
    assert 'id="id_criteria-1-weight_error"' in page
    assert "van 1 tot 1000" in page


def test_an_extension_shows_on_the_call_with_its_reason(managers: Client, manager: Actor) -> None:
    factories.inspectorate()
    call = factories.launched_call(manager)
    with clock.frozen(factories.DURING):
        address = reverse("agency:call_extend", args=[call.pk])
        assert "10 augustus 2021" in text(managers, address)
        assert "heeft een reden nodig" in managers.post(address, {"new_last_day": "01/08/2021"}).content.decode()
        managers.post(address, {"new_last_day": "01/08/2021", "reason": "Vakantie van de colleges"})
        page = text(managers, reverse("agency:call", args=[call.pk]))
    assert "Verlengd tot en met 01/08/2021" in page
    assert "Vakantie van de colleges" in page


def test_a_call_that_uses_the_longest_period_says_so_and_shows_no_button(managers: Client, manager: Actor) -> None:
    factories.inspectorate()
    call = factories.launched_call(manager)
    Call.objects.filter(pk=call.pk).update(last_day=dt.date(2021, 8, 10))
    with clock.frozen(factories.DURING):
        address = reverse("agency:call_extend", args=[call.pk])
        pages = [text(managers, reverse("agency:call", args=[call.pk])), text(managers, address)]
        late = managers.post(address, {"new_last_day": "11/08/2021", "reason": "Vakantie"}).content.decode()
    for page in (*pages, late):
        assert "de langste periode open die haar grenzen toelaten: 5 maanden, tot en met 10/08/2021" in page
        assert "Verleng de oproep<" not in page


def test_a_telling_outside_the_product_is_logged_from_its_page(managers: Client, manager: Actor) -> None:
    call = factories.launched_call(manager)
    address = reverse("agency:call_announce", args=[call.pk])
    assert "langs welk kanaal" in managers.post(address, {"audience": "Steden"}).content.decode()
    managers.post(address, {"audience": "Steden", "channel": "Studiedag"})
    assert "Steden, Studiedag" in text(managers, reverse("agency:call", args=[call.pk]))


def test_a_copy_is_made_from_its_page(managers: Client, manager: Actor) -> None:
    address = reverse("agency:call_duplicate", args=[factories.draft_call(manager).pk])
    assert "Oproep 2021 (kopie)" in text(managers, address)
    managers.post(address, {"title": "Oproep 2022"})
    assert Call.objects.filter(title="Oproep 2022", state=CallState.DRAFT).exists()


def test_finance_reads_a_draft_without_buttons_and_gets_the_reason_at_the_door(
    browser: Browser, manager: Actor
) -> None:
    call = factories.draft_call(manager)
    client = browser(Role.AGENCY_FINANCE)
    page = text(client, reverse("agency:call", args=[call.pk]))
    assert "Wijzig gegevens" not in page
    assert "Maak een oproep" not in text(client, reverse("agency:calls"))
    refused = client.get(reverse("agency:call_launch", args=[call.pk]))
    assert refused.status_code == 403
    assert "Alleen de programmabeheerder" in refused.content.decode()


def test_a_municipality_finds_no_page_of_the_agency(browser: Browser, manager: Actor) -> None:
    call = factories.launched_call(manager)
    client = browser(Role.SUBMITTER)
    with clock.frozen(factories.DURING):
        for name in ("agency:call", "agency:call_launch"):
            assert client.get(reverse(name, args=[call.pk])).status_code == 404
        assert client.get(reverse("agency:home")).status_code == 404


def test_while_a_call_is_open_the_agency_sees_how_many_proposals_and_no_name(managers: Client, manager: Actor) -> None:
    call = factories.launched_call(manager)
    found = factories.submitted(call, "Kanariegemeente")
    factories.proposal(call, "draft", "Vinkegem")
    with clock.frozen(factories.DURING):
        page = text(managers, reverse("agency:proposals"))
        assert "2 voorstellen in opmaak of ingediend" in page
        for address in (reverse("agency:proposals"), reverse("agency:home"), reverse("agency:call", args=[call.pk])):
            assert "Kanariegemeente" not in text(managers, address)
        assert managers.get(reverse("agency:proposal", args=[found.pk])).status_code == 404


def test_the_list_filters_sorts_and_counts(managers: Client, manager: Actor) -> None:
    call, other = factories.launched_call(manager), factories.launched_call(manager, "Andere oproep")
    factories.submitted(call, "Aalst", subsidy_cents=100_00)
    Proposal.objects.filter(pk=factories.submitted(call, "Beringen", subsidy_cents=900_00).pk).update(
        state="admissible"
    )
    factories.submitted(other, "Vilvoorde", subsidy_cents=500_00)
    with clock.frozen(factories.AFTER):
        address = reverse("agency:proposals")
        page = text(managers, address + "?sorteer=-subsidie")
        assert page.index("Voorstel van Beringen") < page.index("Voorstel van Vilvoorde")
        assert page.index("Voorstel van Vilvoorde") < page.index("Voorstel van Aalst")
        assert "Alle 3" in page
        assert "Ontvankelijk 1" in page
        assert "Voorstel van Aalst" not in text(managers, f"{address}?oproep={other.pk}")
        assert "Voorstel van Vilvoorde" not in text(managers, f"{address}?q=beri")
        assert "Voorstel van Aalst" not in text(managers, f"{address}?stand=admissible")
        assert "Niets gevonden" in text(managers, f"{address}?q=molen&oproep=onzin&stand=onzin&sorteer=onzin")


def test_the_list_goes_on_to_a_second_page_with_its_filters(managers: Client, manager: Actor) -> None:
    call = factories.launched_call(manager)
    for number in range(51):
        factories.proposal(call, "submitted", f"Gemeente {number:02}")
    with clock.frozen(factories.AFTER):
        first = text(managers, reverse("agency:proposals") + "?q=gemeente")
        assert "?q=gemeente&amp;pagina=2" in first
        second = text(managers, reverse("agency:proposals") + "?q=gemeente&pagina=2")
    assert "Voorstel van Gemeente 50" in second
    assert "Voorstel van Gemeente 49" not in second


def test_a_dossier_shows_the_frozen_submission(managers: Client, manager: Actor) -> None:
    found = factories.submitted(factories.launched_call(manager))
    with clock.frozen(factories.AFTER):
        page = text(managers, reverse("agency:proposal", args=[found.pk]))
    for words in (
        "Digitaal buurtplatform",
        "428.500,00",
        "20,42 %",
        "Begroting per jaar en bron",
        "Weinig verbinding tussen bewoners",
        "Stemmen in het burgerbudget",
        "Verklaar ontvankelijk",
    ):
        assert words in page, words


def test_finance_reads_only_the_budget_until_the_jury_has_advised(browser: Browser, manager: Actor) -> None:
    found = factories.submitted(factories.launched_call(manager))
    client = browser(Role.AGENCY_FINANCE)
    with clock.frozen(factories.AFTER):
        page = text(client, reverse("agency:proposal", args=[found.pk]))
        assert "Begroting per jaar en bron" in page
        assert "Weinig verbinding tussen bewoners" not in page
        assert "Verklaar ontvankelijk" not in page
        assert client.get(reverse("agency:proposal_admissible", args=[found.pk])).status_code == 403
        Proposal.objects.update(state="advised")
        assert "Weinig verbinding tussen bewoners" in text(client, reverse("agency:proposal", args=[found.pk]))


def test_a_cabinet_finds_no_proposal_before_the_advice(browser: Browser, manager: Actor) -> None:
    found = factories.submitted(factories.launched_call(manager))
    client = browser(Role.CABINET)
    with clock.frozen(factories.AFTER):
        assert client.get(reverse("agency:proposal", args=[found.pk])).status_code == 404
        assert found.title not in text(client, reverse("agency:proposals"))
    with clock.frozen(factories.DURING):
        assert "in opmaak of ingediend" not in text(client, reverse("agency:proposals"))
        assert "Voorstellen<small>" not in text(client, reverse("agency:calls"))


def test_a_proposal_is_declared_inadmissible_with_a_reason_and_later_admissible(
    managers: Client, manager: Actor
) -> None:
    found = factories.submitted(factories.launched_call(manager))
    with clock.frozen(factories.AFTER):
        address = reverse("agency:proposal_inadmissible", args=[found.pk])
        assert (
            "Schrijf waarom het voorstel niet ontvankelijk is"
            in managers.post(address, {"reason": " "}).content.decode()
        )
        managers.post(address, {"reason": "De beslissing van het college ontbreekt."})
        found.refresh_from_db()
        assert found.state == "inadmissible"
        page = text(managers, reverse("agency:proposal", args=[found.pk]))
        assert "De beslissing van het college ontbreekt." in page
        again = managers.post(address, {"reason": "Nog eens"}, follow=True)
        assert "heeft al de stand" in again.content.decode()
        admissible = reverse("agency:proposal_admissible", args=[found.pk])
        assert "kan naar de jury" in text(managers, admissible)
        managers.post(admissible)
        found.refresh_from_db()
        assert found.state == "admissible"


def test_the_home_tells_the_manager_what_to_do(managers: Client, manager: Actor) -> None:
    assert "u hoeft nu niets te doen" in text(managers, reverse("agency:home"))
    call = factories.launched_call(manager)
    factories.submitted(call)
    factories.draft_call(manager, "Oproep in opmaak", published_on=None)
    with clock.frozen(factories.AFTER):
        page = text(managers, reverse("agency:home"))
    assert "Kijk na of 1 voorstel ontvankelijk is" in page
    assert "Werk de oproep &#x27;Oproep in opmaak&#x27; af" in page
    assert "Oproep gemaakt" in page


def test_the_home_follows_the_journey_to_decision_contract_and_commitment(managers: Client, browser: Browser) -> None:
    contract_factories.proposal(applicant=contract_factories.municipality("Aalst"))
    contract_factories.contract(applicant=contract_factories.municipality("Beringen"))
    contract_factories.contract(
        applicant=contract_factories.municipality("Vilvoorde"), state=contract_factories.ContractState.DRAFT
    )
    with clock.frozen(factories.AFTER):
        page = text(managers, reverse("agency:home"))
        assert "Leg de beslissing over 1 voorstel vast" in page
        assert "Volg de handtekeningen van Vilvoorde op" in page
        assert "Leg de subsidie" not in page
        assert "Leg de subsidie van Beringen vast" in text(browser(Role.AGENCY_FINANCE), reverse("agency:home"))


@pytest.mark.parametrize(
    ("state", "words"),
    [("advised", "Leg de beslissing vast"), ("decided", "Hoe het verder gaat")],
)
def test_a_dossier_leads_on_to_the_next_room(managers: Client, state: str, words: str) -> None:
    found = contract_factories.proposal() if state == "advised" else contract_factories.contract().decision.proposal
    with clock.frozen(factories.AFTER):
        assert words in text(managers, reverse("agency:proposal", args=[found.pk]))


@pytest.mark.parametrize("role", [Role.AGENCY_FINANCE, Role.CABINET, Role.INSPECTORATE, Role.AUDITOR])
def test_the_home_sends_a_reader_to_no_closed_door(browser: Browser, manager: Actor, role: Role) -> None:
    factories.submitted(factories.launched_call(manager))
    factories.draft_call(manager, "Oproep in opmaak")
    with clock.frozen(factories.AFTER):
        page = text(browser(role), reverse("agency:home"))
    assert "u hoeft nu niets te doen" in page
    assert "Oproepen" in page


def test_lists_and_home_cost_the_same_with_one_and_with_three(
    managers: Client, manager: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    call = factories.launched_call(manager)
    costs = {"agency:calls": 5, "agency:proposals": 7}
    with clock.frozen(factories.AFTER):
        for extra in (["Aalst"], ["Beringen", "Vilvoorde"]):
            for name in extra:
                factories.submitted(call, name)
                factories.launched_call(manager, f"Oproep {name}")
            for name, cost in costs.items():
                with django_assert_num_queries(cost):
                    managers.get(reverse(name))


def test_a_dossier_costs_six_queries(
    managers: Client, manager: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = factories.submitted(factories.launched_call(manager))
    with clock.frozen(factories.AFTER), django_assert_num_queries(6):
        managers.get(reverse("agency:proposal", args=[found.pk]))
