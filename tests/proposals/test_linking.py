"""The links of a package are edited from either side: on a problem one ticks the measures that answer it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from proposals.conftest import Town
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Person
from wijkcontract.proposals import operations, queries
from wijkcontract.proposals.models import Measure, Problem, Proposal
from wijkcontract.proposals.operations import Ticked
from wijkcontract.proposals.records import KINDS, reverse_links
from wijkcontract.rules.verdicts import Invalid, NotVisible, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def problem(complete: Proposal) -> Problem:
    return complete.problems.all()[0]


@pytest.fixture
def other(complete: Proposal, problem: Problem) -> Measure:
    """A measure that does not answer the problem."""
    return complete.measures.exclude(problems=problem)[0]


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=actor.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def tick(actor: Actor, proposal: Proposal, problem: Problem, **ticked: list[str]) -> None:
    operations.link_records(
        actor=actor,
        proposal_id=proposal.pk,
        kind="problem",
        record_id=problem.pk,
        ticked={"measure.problems": Ticked(**ticked)},
    )


def test_every_link_has_another_side() -> None:
    sides = {kind.code: [link.code for link in reverse_links(kind)] for kind in KINDS.values()}
    assert sides["problem"] == ["measure.problems"]
    assert sides["objective"] == ["measure.objectives", "risk.objectives"]
    assert sides["measure"] == [
        "pledge.measures", "cost_line.measure", "risk.measures", "milestone.measure", "continuation.measure",
    ]  # fmt: skip
    assert sides["action"] == ["cost_line.action", "risk.actions", "milestone.action"]
    assert sides["pledge"] == ["additional_support.pledge"]


def test_ticking_on_the_problem_writes_the_measure_and_its_history(
    town: Town, complete: Proposal, problem: Problem, other: Measure
) -> None:
    gone = problem.measures.all()[0]
    page = reverse("applicant:record", args=[complete.pk, "problems", "problem", problem.pk])
    text = unescape(browser(town.eli).get(page).content.decode())
    shown = re.search(r'name="stond-measure.problems" value="([^"]*)"', text)
    assert shown
    assert str(gone.pk) in shown[1]
    now = [str(other.pk), *(one for one in shown[1].split(",") if one != str(gone.pk))]
    sent = {"measure.problems": now, "stond-measure.problems": shown[1]}
    answer = browser(town.eli).post(
        reverse("applicant:link", args=[complete.pk, "problems", "problem", problem.pk]), sent
    )
    assert answer.status_code == 302
    assert problem in other.problems.all()
    assert problem not in gone.problems.all()
    kept = queries.revisions(complete, "measures")[:2]
    assert {one.part for one in kept} == {f"measures/measure/{other.pk}", f"measures/measure/{gone.pk}"}
    assert all(set(one.after) == {"problems"} and one.editor_name == "Eli" for one in kept)


def test_a_record_with_nothing_to_link_has_no_heading_for_it(
    town: Town, complete: Proposal, draft: Proposal, problem: Problem
) -> None:
    alone = draft.problems.create(title="Leegstand")
    for proposal, one, has_links in ((complete, problem, True), (draft, alone, False)):
        page = reverse("applicant:record", args=[proposal.pk, "problems", "problem", one.pk])
        assert ("Verbonden onderdelen" in browser(town.eli).get(page).content.decode()) is has_links


def test_a_link_that_a_colleague_made_meanwhile_stays(
    town: Town, complete: Proposal, problem: Problem, other: Measure
) -> None:
    tick(town.saar, complete, problem, added=[str(other.pk)])
    third = complete.problems.exclude(pk=problem.pk).exclude(measures=other)[0]
    before = set(other.problems.values_list("pk", flat=True))
    tick(town.eli, complete, third, added=[str(other.pk)])
    assert set(other.problems.values_list("pk", flat=True)) == before | {third.pk}


def test_ticking_what_is_ticked_changes_nothing(town: Town, complete: Proposal, problem: Problem) -> None:
    version = queries.get_proposal(town.eli, complete.pk).version
    tick(town.eli, complete, problem, added=[str(problem.measures.all()[0].pk)])
    assert queries.get_proposal(town.eli, complete.pk).version == version


def test_only_who_writes_links_and_only_what_is_there(
    town: Town, complete: Proposal, problem: Problem, other: Measure
) -> None:
    with pytest.raises(Refused):
        tick(town.cas, complete, problem, added=[str(other.pk)])
    with pytest.raises(NotVisible):
        tick(town.omar, complete, problem, added=[str(other.pk)])
    with pytest.raises(Invalid, match="De lijst van maatregelen is intussen veranderd"):
        tick(town.eli, complete, problem, added=[str(problem.pk)])


def test_a_measure_lists_what_hangs_on_it_and_a_new_one_points_to_it(town: Town, complete: Proposal) -> None:
    measure = complete.measures.all()[0]
    client = browser(town.eli)
    text = unescape(
        client.get(reverse("applicant:record", args=[complete.pk, "measures", "measure", measure.pk])).content.decode()
    )
    assert measure.cost_lines.all()[0].item in text
    for section, kind, query in (
        ("budget", "cost_line", f"?measure={measure.pk}"),
        ("plan", "milestone", f"?measure={measure.pk}"),
        ("risks", "risk", f"?measures={measure.pk}"),
    ):
        form = client.get(reverse("applicant:record_new", args=[complete.pk, section, kind]) + query).content.decode()
        assert re.search(rf'value="{measure.pk}"[^>]*(selected|checked)', form), kind
