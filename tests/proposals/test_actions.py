"""A measure has actions; cost lines, risks and milestones hang on either, and always count for the measure."""

from __future__ import annotations

import dataclasses
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from drafting import PDF
from proposals.conftest import As, Town
from wijkcontract.accounts.models import Person
from wijkcontract.calls.models import Call
from wijkcontract.files.intake import take_in
from wijkcontract.proposals import models, operations, queries
from wijkcontract.proposals.models import Proposal
from wijkcontract.rules import proposal_form, proposal_shape as shape
from wijkcontract.rules.codec import DocumentError
from wijkcontract.rules.example_proposal import example
from wijkcontract.web.components.dossier_files import record_names
from wijkcontract.web.components.proposal_dossier import build
from wijkcontract.web.papers.proposal_sections import section_blocks

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(town: Town, complete: Proposal) -> models.Action:
    """An action of the second measure."""
    made = operations.save_record(
        actor=town.eli,
        proposal_id=complete.pk,
        kind="action",
        data={"measure": complete.measures.all()[1].pk, "title": "Bomen planten", "lead": "Groendienst"},
    )
    assert isinstance(made, models.Action)
    return made


def save(town: Town, proposal: Proposal, kind: str, one: object, **data: object) -> None:
    operations.save_record(actor=town.eli, proposal_id=proposal.pk, kind=kind, record_id=one.pk, data=data)  # type: ignore[attr-defined]


def test_what_hangs_on_an_action_counts_for_its_measure(town: Town, complete: Proposal, action: models.Action) -> None:
    other = complete.measures.all()[0]
    line, risk, milestone = complete.cost_lines.all()[0], complete.risks.all()[0], complete.milestones.all()[0]
    save(town, complete, "cost_line", line, action=action.pk, measure=other.pk)
    save(town, complete, "risk", risk, actions=[action.pk], measures=[])
    save(town, complete, "milestone", milestone, action=action.pk, measure=None)
    document = queries.document(complete)
    mine = str(action.measure_id)
    assert (document.cost_lines[0].action, document.cost_lines[0].measure) == (str(action.pk), mine)
    assert (document.risks[0].actions, document.risks[0].measures) == ((str(action.pk),), (mine,))
    assert (document.milestones[0].action, document.milestones[0].measure) == (str(action.pk), mine)
    assert [one.title for one in document.measures[1].actions] == ["Bomen planten"]
    assert proposal_form.from_json(proposal_form.to_json(document)) == document


def test_another_measure_lets_the_action_go(town: Town, complete: Proposal, action: models.Action) -> None:
    line, other = complete.cost_lines.all()[0], complete.measures.all()[3]
    save(town, complete, "cost_line", line, action=action.pk)
    line.refresh_from_db()
    assert str(line.measure_id) == str(action.measure_id)
    save(town, complete, "cost_line", line, measure=other.pk)
    line.refresh_from_db()
    assert (line.measure_id, line.action_id) == (other.pk, None)


def test_a_draft_with_actions_loads_as_it_was(
    town: Town, call: Call, complete: Proposal, action: models.Action
) -> None:
    save(town, complete, "cost_line", complete.cost_lines.all()[0], action=action.pk)
    save(town, complete, "risk", complete.risks.all()[0], actions=[action.pk])
    document = dataclasses.replace(queries.document(complete), title="Nog eens", files=(), local_decisions=())
    again = operations.import_document(actor=town.eli, call_id=call.pk, document=document)
    loaded = queries.document(again)
    assert [len(one.actions) for one in loaded.measures] == [len(one.actions) for one in document.measures]
    mine = loaded.measures[1].actions[0].id
    assert loaded.cost_lines[0].action == mine
    assert loaded.risks[0].actions == (mine,)


def test_before_a_measure_is_deleted_its_actions_are_named(
    town: Town, complete: Proposal, action: models.Action, as_: As
) -> None:
    url = f"/aanvrager/voorstellen/{complete.pk}/onderdeel/measures"
    page = as_(town.eli).get(f"{url}/measure/{action.measure_id}/verwijderen/").content.decode()
    assert f"Ook 1 actie gaat mee weg: {action.title}." in page
    more = {"measure": action.measure_id, "title": "Onderhoud"}
    operations.save_record(actor=town.eli, proposal_id=complete.pk, kind="action", data=more)
    page = as_(town.eli).get(f"{url}/measure/{action.measure_id}/verwijderen/").content.decode()
    assert f"Ook 2 acties gaan mee weg: {action.title}; Onderhoud." in page
    assert "mee weg" not in as_(town.eli).get(f"{url}/action/{action.pk}/verwijderen/").content.decode()


def test_an_action_goes_with_its_measure_and_comes_back_with_what_hung_on_it(
    town: Town, complete: Proposal, action: models.Action
) -> None:
    milestone = complete.milestones.all()[0]
    save(town, complete, "milestone", milestone, action=action.pk)
    complete.cost_lines.filter(measure=action.measure_id).update(measure=None)
    operations.delete_record(actor=town.eli, proposal_id=complete.pk, kind="measure", record_id=action.measure_id)
    assert not models.Action.objects.filter(pk=action.pk).exists()
    removed = queries.revisions(complete, "measures").get(
        part=f"measures/measure/{action.measure_id}", change="removed"
    )
    operations.restore(actor=town.eli, proposal_id=complete.pk, revision_id=removed.pk)
    milestone.refresh_from_db()
    assert str(milestone.action_id) == str(action.pk)


def test_a_document_names_actions_that_exist_and_their_measure_beside_them() -> None:
    whole = example()
    measure = dataclasses.replace(whole.measures[0], actions=(shape.Action("H1", "Planten"),))
    line = dataclasses.replace(whole.cost_lines[0], action="H1", measure=whole.measures[1].id)
    gone = dataclasses.replace(whole.milestones[0], action="H9")
    document = dataclasses.replace(
        whole,
        measures=(measure, *whole.measures[1:]),
        cost_lines=(line, *whole.cost_lines[1:]),
        milestones=(gone, *whole.milestones[1:]),
    )
    with pytest.raises(DocumentError) as wrong:
        proposal_form.from_json(proposal_form.to_json(document))
    assert {fault.where for fault in wrong.value.faults} == {"/cost_lines/0/action", "/milestones/0/action"}


def test_the_pages_show_actions_under_their_measure_and_offer_them(
    town: Town, complete: Proposal, action: models.Action
) -> None:
    client = Client()
    client.force_login(Person.objects.get(pk=town.eli.person_id), backend="django.contrib.auth.backends.ModelBackend")
    measures = unescape(client.get(reverse("applicant:section", args=[complete.pk, "measures"])).content.decode())
    assert "M2.1" in measures
    assert "Actie toevoegen bij M2" in measures
    cost = reverse("applicant:record_new", args=[complete.pk, "budget", "cost_line"])
    assert "M2.1 Bomen planten" in unescape(client.get(cost).content.decode())
    check = unescape(client.get(reverse("applicant:proposal_check", args=[complete.pk])).content.decode())
    assert "M2.1 Bomen planten" in check
    action.delete()
    assert 'name="action"' not in client.get(cost).content.decode()


def test_the_paper_names_the_actions_and_their_files(town: Town, complete: Proposal, action: models.Action) -> None:
    operations.attach_files(
        actor=town.eli,
        proposal_id=complete.pk,
        kind="action",
        record_id=action.pk,
        arrived=[take_in(SimpleUploadedFile("plantplan.pdf", PDF))],
    )
    document = queries.document(complete)
    view = build(document, complete.call.programme)
    said = str(section_blocks("measures", view, complete.call.programme))
    assert "M2.1 Bomen planten" in said
    assert "Groendienst" in said
    assert record_names(document)[f"actions/{action.pk}"] == "M2.1 Bomen planten"
