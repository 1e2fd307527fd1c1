"""The pages of contracts, money and credits through the browser's eyes: figures, forms, refusals, and a fixed number of queries."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts import factories
from contracts.factories import People
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Person
from wijkcontract.audit.operations import record
from wijkcontract.contracts import operations, queries
from wijkcontract.contracts.models import (
    Appropriation,
    BudgetArticle,
    Commitment,
    Contract,
    ContractState,
    Decision,
    Payment,
    PostedCharge,
)
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.rules import clock
from wijkcontract.web.contract_pages import contract_history


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id))
    return client


def text_of(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200, response.content
    return response.content.decode()


def query_count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def committed(people: People) -> Contract:
    """326,000 EUR committed, with a plan of which the advance is asked."""
    contract = factories.contract()
    _commit_and_ask(people, contract, factories.article())
    return contract


def _commit_and_ask(people: People, contract: Contract, article: BudgetArticle) -> None:
    operations.commit_subsidy(
        actor=people.finance,
        contract_id=contract.pk,
        article_id=article.pk,
        committed_on=dt.date(2021, 12, 17),
        document="MB 2021/114",
    )
    rows = queries.default_payment_plan(contract)
    first = operations.make_payment_plan(actor=people.finance, contract_id=contract.pk, rows=rows)[0]
    operations.ask_payment(actor=people.finance, instalment_id=first.pk, document="BV-2021-001")


def test_the_money_page_shows_the_charges_of_the_worked_example(people: People, committed: Contract) -> None:
    page = text_of(browser(people.manager), "agency:contract_money", committed.pk)
    for figure in ("81.444,22", "81.444,21", "81.667,35", "162.888,43", "326.000,00", "1.461"):
        assert figure in page
    assert '<title id="geld-t">' in page


def test_the_local_authority_reads_the_same_figures_without_tools(people: People, committed: Contract) -> None:
    page = text_of(browser(people.editor), "applicant:contract_money", committed.pk)
    assert "81.667,35" in page
    assert "Vraag betaling" not in page


def test_the_local_authority_does_not_read_the_credits_of_the_article(people: People, committed: Contract) -> None:
    assert "7.600.000" in text_of(browser(people.manager), "agency:contract_money", committed.pk)
    assert "7.600.000" not in text_of(browser(people.editor), "applicant:contract_money", committed.pk)


def test_the_second_person_confirms_on_the_money_page(people: People, committed: Contract) -> None:
    client = browser(people.second)
    assert "U bevestigt als tweede persoon." in text_of(client, "agency:contract_money", committed.pk)
    request = queries.waiting_payments(people.second).get()
    url = reverse("agency:payment_confirm", args=[request.pk])
    response = client.post(url, {"paid_on": "17/12/2021"}, follow=True)
    assert "97.800,00\u00a0EUR is betaald aan Dendermonde." in response.content.decode()
    assert client.post(url, {"paid_on": "17/12/2021"}).status_code == 422
    assert Payment.objects.count() == 1


def test_the_first_person_reads_why_not_to_confirm(people: People, committed: Contract) -> None:
    client = browser(people.finance)
    assert "U vroeg deze betaling zelf aan." in text_of(client, "agency:contract_money", committed.pk)
    request = queries.waiting_payments(people.finance).get()
    response = client.post(reverse("agency:payment_confirm", args=[request.pk]), {"paid_on": "17/12/2021"})
    assert response.status_code == 403
    assert "Een tweede persoon bevestigt ze." in response.content.decode()


def test_a_payment_is_sent_back_with_its_reason(people: People, committed: Contract) -> None:
    client = browser(people.second)
    request = queries.waiting_payments(people.second).get()
    url = reverse("agency:payment_return", args=[request.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    page = client.post(url, {"reason": "Het stuk ontbreekt."}, follow=True).content.decode()
    assert "Teruggestuurd" in page
    assert "Het stuk ontbreekt." in page


def test_a_commitment_is_previewed_before_it_is_booked(people: People) -> None:
    contract, article = factories.contract(), factories.article()
    client = browser(people.finance)
    url = reverse("agency:commitment_new", args=[contract.pk])
    typed = {"article": str(article.pk), "committed_on": "17/12/2021", "convention": "actual_days"}
    page = client.get(url, typed).content.decode()
    assert "81.667,35" in page
    assert Commitment.objects.count() == 0
    client.post(url, typed | {"document": "MB 2021/114"})
    client.post(url, typed | {"document": "MB 2021/114"})
    assert Commitment.objects.count() == 1


def test_a_preview_says_why_it_cannot_be_booked(people: People) -> None:
    contract, article = factories.contract(), factories.article(vak=1_00)
    typed = {"article": str(article.pk), "committed_on": "17/12/2021", "convention": "actual_days"}
    page = browser(people.finance).get(reverse("agency:commitment_new", args=[contract.pk]), typed).content.decode()
    assert "Voor 326.000,00 EUR ontbreekt 325.999,00 EUR." in page
    assert "Leg 326.000,00" not in page


def test_a_charge_is_posted_from_its_page(people: People, committed: Contract) -> None:
    with clock.frozen(factories.RUNNING_YEAR):
        client = browser(people.finance)
        assert "Boek de aanrekening" in text_of(client, "agency:contract_money", committed.pk)
        client.post(reverse("agency:charge_post", args=[committed.pk, 2022]), {"document": "MB 2021/114"})
        page = text_of(client, "agency:contract_money", committed.pk)
    assert PostedCharge.objects.get().amount_cents == 8144422
    assert "Aangerekend t.e.m. 2022" in page


def test_a_plan_that_does_not_close_keeps_what_was_typed(people: People) -> None:
    contract = factories.contract()
    typed = {"rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0"}
    row = {
        "label": "Alles ineens",
        "percent": "100",
        "amount": "300.000,00",
        "condition": "Na afloop",
        "due_on": "1/3/2026",
    }
    typed |= {f"rows-0-{name}": value for name, value in row.items()}
    response = browser(people.finance).post(reverse("agency:payment_plan", args=[contract.pk]), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "26.000,00 EUR te weinig" in page
    assert "Alles ineens" in page


def test_a_plan_is_saved_from_what_the_programme_proposes(people: People) -> None:
    contract = factories.contract()
    client = browser(people.finance)
    page = client.get(reverse("agency:payment_plan", args=[contract.pk]))
    formset = page.context["formset"]
    typed = {f"rows-{key}": value for key, value in formset.management_form.initial.items()}
    for form in formset.initial_forms:
        typed |= {
            form.add_prefix(name): form[name].value() for name in ("label", "condition", "amount", "due_on", "percent")
        }
    assert client.post(reverse("agency:payment_plan", args=[contract.pk]), typed).status_code == 302
    assert [one.amount_cents for one in contract.instalments.all()] == [97_800_00, 97_800_00, 97_800_00, 32_600_00]


def test_a_decision_leads_to_a_contract(people: People) -> None:
    proposal = factories.proposal()
    client = browser(people.manager)
    url = reverse("agency:decision_new", args=[proposal.pk])
    typed = {
        "outcome": "granted", "decided_on": "10/12/2021", "document": "VR 2021 1012", "proposed_by": "de minister",
        "amount": "326.000,00", "term_start": "01/01/2022", "term_end": "31/12/2025", "motivation": "Sterk voorstel.",
    }  # fmt: skip
    wrong = client.post(url, typed | {"term_end": "31/01/2026"})
    assert wrong.status_code == 422
    assert "Sterk voorstel." in wrong.content.decode()
    assert "Maak het contract op" in client.post(url, typed, follow=True).content.decode()
    page = client.post(reverse("agency:contract_make", args=[proposal.pk]), follow=True).content.decode()
    assert Decision.objects.count() == 1
    assert "Buurtsportmedewerker" in page or "buurtsport" in page.lower()


def test_the_form_of_a_decision_opens_only_after_the_advice(people: People) -> None:
    proposal = factories.proposal(state=ProposalState.ADMISSIBLE)
    response = browser(people.manager).get(reverse("agency:decision_new", args=[proposal.pk]))
    assert response.status_code == 403
    assert "kunt u niet beslissen" in response.content.decode()


def test_finance_reads_why_it_may_not_decide(people: People) -> None:
    contract = factories.contract()
    response = browser(people.finance).get(reverse("agency:decision_new", args=[contract.decision.proposal_id]))
    assert response.status_code in (403, 404)


def test_the_director_signs_and_the_colleague_reads_why_not(people: People) -> None:
    contract = factories.contract(state=ContractState.DRAFT)
    colleague = browser(people.editor)
    assert "Alleen de gemandateerde indiener van Dendermonde" in text_of(colleague, "applicant:contract", contract.pk)
    assert colleague.get(reverse("applicant:contract_sign", args=[contract.pk])).status_code == 403
    url = reverse("applicant:contract_sign", args=[contract.pk])
    page = browser(people.director).post(url, {"function": "burgemeester", "signed_on": "17/12/2021"}, follow=True)
    assert "Uw bestuur heeft ondertekend." in page.content.decode()
    manager = browser(people.manager)
    manager.post(
        reverse("agency:contract_sign", args=[contract.pk]), {"function": "minister", "signed_on": "17/12/2021"}
    )
    contract.refresh_from_db()
    assert contract.state == ContractState.SIGNED


def test_the_overview_sends_the_director_to_the_signature_and_nobody_else(people: People) -> None:
    contract = factories.contract(state=ContractState.DRAFT)
    url, home = reverse("applicant:contract_sign", args=[contract.pk]), reverse("applicant:home")
    assert url in browser(people.director).get(home).content.decode()
    assert url not in browser(people.editor).get(home).content.decode()


@pytest.mark.parametrize("name", ["applicant:contract", "applicant:contract_money", "applicant:contract_sign"])
def test_a_contract_is_not_found_by_another_authority(people: People, committed: Contract, name: str) -> None:
    assert browser(people.outsider).get(reverse(name, args=[committed.pk])).status_code == 404
    assert committed.title not in text_of(browser(people.outsider), "applicant:contracts")


def test_credits_are_entered_per_year(people: People) -> None:
    article = factories.article(years=range(2022, 2023))
    client = browser(people.finance)
    url = reverse("agency:appropriation_set", args=[article.pk])
    assert client.post(url, {"year": "2023", "commitment_cents": "1", "payment_cents": "5.000"}).status_code == 422
    client.post(url, {"year": "2023", "commitment_cents": "0", "payment_cents": "500.000,00"})
    assert Appropriation.objects.get(article=article, year=2023).payment_cents == 500_000_00
    assert "500.000,00" in text_of(client, "agency:credits")


def test_an_article_is_made_and_its_fault_keeps_the_text(people: People) -> None:
    client = browser(people.finance)
    typed = {"code": "SJ0-1SGE2EA-WT", "funding": "recovery", "description": "Wijken", "described_on": "15/01/2021"}
    wrong = client.post(reverse("agency:article_new"), typed)
    assert wrong.status_code == 422
    assert "SJ0-1SGE2EA-WT" in wrong.content.decode()
    client.post(reverse("agency:article_new"), typed | {"description": factories.DESCRIPTION})
    assert BudgetArticle.objects.get().description == factories.DESCRIPTION


def test_the_manager_reads_credits_without_tools(people: People) -> None:
    article = factories.article()
    client = browser(people.manager)
    assert "Voeg een artikel toe" not in text_of(client, "agency:credits")
    assert client.get(reverse("agency:article", args=[article.pk])).status_code == 403


def test_empty_lists_say_what_comes_next(people: People) -> None:
    assert "Nog geen contracten" in text_of(browser(people.manager), "agency:contracts")
    assert "Nog geen contract" in text_of(browser(people.director), "applicant:contracts")
    assert "Nog geen begrotingsartikels" in text_of(browser(people.finance), "agency:credits")


def test_lists_and_money_cost_the_same_queries_with_one_and_three(people: People, committed: Contract) -> None:
    pages = [
        (browser(people.second), reverse("agency:contracts")),
        (browser(people.second), reverse("agency:credits")),
        (browser(people.second), reverse("agency:contract_money", args=[committed.pk])),
        (browser(people.second), reverse("agency:contract", args=[committed.pk])),
        (browser(people.director), reverse("applicant:contracts")),
        (browser(people.director), reverse("applicant:contract_money", args=[committed.pk])),
    ]
    before = [query_count(client, url) for client, url in pages]
    article = factories.article()
    for _ in range(2):
        _commit_and_ask(people, factories.contract(of=committed.call), article)
    assert [query_count(client, url) for client, url in pages] == before


def test_a_contract_leads_to_its_proposal_and_a_decision_shows_the_way_back(
    people: People, committed: Contract
) -> None:
    page = text_of(browser(people.manager), "agency:contract", committed.pk)
    proposal = reverse("agency:proposal", args=[committed.decision.proposal_id])

    assert proposal in page
    assert proposal in text_of(browser(people.manager), "agency:decision_new", committed.decision.proposal_id)


def test_the_history_of_a_contract_stands_in_the_order_of_time_not_of_writing(
    people: People, committed: Contract
) -> None:
    with clock.frozen(clock.parse_moment("2021-12-01T10:00:00")):
        record(people.manager, "contracts.made", committed)

    assert contract_history(committed)[0].label == "Contract opgemaakt"
