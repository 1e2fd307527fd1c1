"""Dendermonde begins again from what it wrote before: everything comes along with its links, and what does not is said."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.realistic import realistic
from proposals.conftest import AFTER, DURING, As, Town
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Organisation
from wijkcontract.calls.models import Call, CallState
from wijkcontract.proposals import models, operations, queries
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import clock, programme
from wijkcontract.rules.programme import Programme
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

pytestmark = pytest.mark.django_db


def second_call(adapt: Callable[[Programme], Programme] = lambda terms: terms) -> Call:
    """An open call of the same programme, adapted."""
    name = "wijkverbeteringscontract-2021"
    return Call.objects.create(
        title="Oproep 2022", programme_name=name, terms=programme.to_dict(adapt(programme.load(name))),
        state=CallState.LAUNCHED, published_on=dt.date(2021, 5, 11), last_day=dt.date(2021, 10, 10),
        budget_cents=4_000_000_00, ceiling_cents=800_000_00, created_at=DURING,
    )  # fmt: skip


def reuse(by: Actor, source: Proposal, call: Call, title: str = "De Bijloke, tweede keer") -> Proposal:
    return operations.reuse_proposal(actor=by, call_id=call.pk, source_id=source.pk, title=title)


def left_out(proposal: Proposal) -> dict[str, str]:
    found = queries.reuse_of(proposal)
    assert found is not None
    return {one.label: one.text for one in found.left_out.all()}


def shape_of(proposal: Proposal) -> object:
    """The document without its ids: links stand as the titles of what they lead to."""
    document = queries.document(proposal)
    titles = {
        one.id: getattr(one, "title", "")
        or getattr(one, "name", "")
        or getattr(one, "what", "")
        or getattr(one, "item", "")
        for name in ("problems", "objectives", "measures", "partners", "cost_lines")
        for one in getattr(document, name)
    }
    titles |= {pledge.id: pledge.what for partner in document.partners for pledge in partner.pledges}

    def named(value: object) -> object:
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {
                one.name: named(getattr(value, one.name))
                for one in dataclasses.fields(value)
                if one.name not in ("id", "status", "proof")
            }
        if isinstance(value, tuple):
            return [named(one) for one in value]
        return titles.get(value, value) if isinstance(value, str) else value

    kept = dataclasses.replace(document, title="", local_decisions=(), files=(), term=document.term)
    return named(kept)


def test_texts_records_and_links_come_along_with_new_ids(town: Town, complete: Proposal) -> None:
    made = reuse(town.eli, complete, second_call())
    assert shape_of(made) == shape_of(Proposal.objects.get(pk=complete.pk))
    old, new = (set(one.measures.values_list("pk", flat=True)) for one in (complete, made))
    assert len(old) == len(new)
    assert not old & new
    for link in models.Risk.measures.through._default_manager.filter(risk__proposal=made):
        assert link.measure_id in new
    assert (made.cost_cents, made.subsidy_cents) == (complete.cost_cents, complete.subsidy_cents)
    assert made.state == "draft"


def test_the_earlier_proposal_stays_as_it_was(town: Town, complete: Proposal) -> None:
    before = queries.document(complete)
    made = reuse(town.eli, complete, second_call())
    operations.save_record(
        actor=town.eli,
        proposal_id=made.pk,
        kind="problem",
        record_id=made.problems.all()[0].pk,
        data={"title": "Anders"},
    )
    assert queries.document(Proposal.objects.get(pk=complete.pk)) == before


def test_decisions_promises_and_submissions_stay_behind(town: Town, complete: Proposal) -> None:
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    assert complete.pledges.exclude(status="asked").exists()
    with clock.frozen(AFTER):
        made = reuse(town.eli, complete, second_call())
    assert not made.local_decisions.exists()
    assert not made.submissions.exists()
    assert set(made.pledges.values_list("status", "proof")) == {("asked", "")}
    assert "Besluiten van college en raad" in left_out(made)
    assert "local_decision_missing" in {one.code for one in queries.findings(made)}


def test_what_the_new_call_does_not_ask_is_kept_to_be_read(town: Town, complete: Proposal, as_: As) -> None:
    def adapt(terms: Programme) -> Programme:
        return dataclasses.replace(
            terms, questions=tuple(one for one in terms.questions if one.code != "existing_policy")
        )

    text = complete.answers.get(question="existing_policy").text
    made = reuse(town.eli, complete, second_call(adapt))
    label = next(one.label for one in complete.call.programme.questions if one.code == "existing_policy")
    assert left_out(made)[label] == text
    assert not made.answers.filter(question="existing_policy").exists()
    operations.save_answers(actor=town.eli, proposal_id=complete.pk, version=10**6, answers={"existing_policy": "Weg"})
    page = as_(town.cas).get(f"/aanvrager/voorstellen/{made.pk}/wat-niet-meekwam/").content.decode()
    assert text[:60].split(".")[0] in page
    assert as_(town.omar).get(f"/aanvrager/voorstellen/{made.pk}/wat-niet-meekwam/").status_code == 404


def test_codes_that_the_new_call_does_not_know_are_left_open_and_said(town: Town, complete: Proposal) -> None:
    measure = complete.measures.order_by("position")[0]
    partner = complete.partners.exclude(kind="flemish_body").order_by("position")[0]

    def adapt(terms: Programme) -> Programme:
        return dataclasses.replace(
            terms,
            instruments=tuple(one for one in terms.instruments if one.code != measure.instrument),
            policy_domains=tuple(one for one in terms.policy_domains if one.code != measure.policy_domains[0]),
            partner_kinds=tuple(one for one in terms.partner_kinds if one.code != partner.kind),
        )

    made = reuse(town.eli, complete, second_call(adapt))
    copied = made.measures.order_by("position")[0]
    assert made.partners.get(name=partner.name).kind == ""
    assert queries.findings(made)
    assert (copied.instrument, measure.policy_domains[0] in copied.policy_domains) == ("", False)
    found = queries.reuse_of(made)
    assert found is not None
    said = [one.reason for one in found.left_out.all() if one.label == f"Maatregel: {measure.title}"]
    assert len(said) == 2
    assert all("kent" in reason for reason in said)


def test_frozen_figures_stay_behind_and_typed_ones_come(town: Town, draft: Proposal) -> None:
    for indicator, source in (("poverty", "Opgroeien, vastgelegd als 0123456789ab"), ("income", "Statbel")):
        data = {"indicator": indicator, "value": 12, "source": source}
        operations.save_record(actor=town.eli, proposal_id=draft.pk, kind="figure", data=data)
    made = reuse(town.eli, draft, second_call())
    assert list(made.figures.values_list("indicator", flat=True)) == ["income"]
    assert list(left_out(made)) == ["Vastgelegde cijfers van de wijk"]


def test_dates_outside_the_term_are_kept_and_flagged(town: Town, complete: Proposal) -> None:
    call = second_call()
    Call.objects.filter(pk=call.pk).update(term_start=dt.date(2030, 1, 1), term_end=dt.date(2033, 12, 31))
    made = reuse(town.eli, complete, call)
    assert made.term_start == dt.date(2030, 1, 1)
    assert list(made.cost_lines.values_list("year", flat=True)) == list(
        complete.cost_lines.values_list("year", flat=True)
    )
    assert "cost_outside_term" in {one.code for one in queries.findings(made)}


def test_only_an_own_proposal_begins_another(town: Town, complete: Proposal) -> None:
    call = second_call()
    with pytest.raises(NotVisible):
        reuse(town.omar, complete, call)
    with pytest.raises(Refused):
        reuse(town.cas, complete, call)
    with clock.frozen(AFTER + dt.timedelta(days=365)), pytest.raises(Invalid, match="staat niet open"):
        reuse(town.eli, complete, call)
    assert Proposal.objects.count() == 1


def test_the_page_offers_the_own_proposals_and_leads_to_what_did_not_come(
    town: Town, complete: Proposal, as_: As
) -> None:
    call = second_call()
    client = as_(town.eli)
    assert f"{complete.title} (Oproep 2021, ontwerp)" in client.get("/aanvrager/voorstellen/nieuw/").content.decode()
    assert complete.title not in as_(town.omar).get("/aanvrager/voorstellen/nieuw/").content.decode()
    typed = {"call": str(call.pk), "title": "Opnieuw", "source": str(complete.pk)}
    page = client.post("/aanvrager/voorstellen/nieuw/", typed, follow=True).content.decode()
    assert "Wat niet meekwam" in page
    assert "Besluiten van college en raad" in page
    made = Proposal.objects.get(title="Opnieuw")
    check = client.get(f"/aanvrager/voorstellen/{made.pk}/nalezen/").content.decode()
    assert f'Dit voorstel begon van "{complete.title}"' in check
    as_(town.omar).post("/aanvrager/voorstellen/nieuw/", typed)
    elsewhere = Proposal.objects.get(title="Opnieuw", applicant__name="Beringen")
    assert not elsewhere.problems.exists()


def test_a_proposal_of_realistic_size_comes_along_in_few_queries(town: Town, call: Call, draft: Proposal) -> None:
    big = realistic(call, Organisation.objects.get(name="Dendermonde"))
    other = second_call()

    def queries_of(source: Proposal, title: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            reuse(town.eli, source, other, title)
        return sum("SAVEPOINT" not in one["sql"] for one in captured.captured_queries)

    assert queries_of(big, "Groot") <= 40
    made = Proposal.objects.get(title="Groot")
    assert (made.cost_lines.count(), made.pledges.count(), made.risks.count()) == (120, 40, 30)
    assert models.Measure.problems.through._default_manager.filter(measure__proposal=made).count() == 25
