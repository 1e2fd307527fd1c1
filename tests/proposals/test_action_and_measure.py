"""A cost line or a milestone hangs on a measure and on an action of it: by whatever way, the two agree and no choice is lost."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from proposals.conftest import As, Town
from proposals.test_actions import action as action  # the fixture
from proposals.test_budget_workbook import COLUMN, edited, lines, take_in
from proposals.test_writing_together import address, autosave
from wijkcontract.proposals import models, operations, queries
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.workbook.writing import budget_workbook

pytestmark = pytest.mark.django_db


def hangs_on(one: models.CostLine | models.Milestone) -> tuple[str, str]:
    """The ids of the measure and the action."""
    one.refresh_from_db()
    return str(one.measure_id or ""), str(one.action_id or "")


def fields_of(line: models.CostLine, **chosen: str) -> dict[str, Any]:
    return {
        "item": line.item, "measure": str(line.measure_id or ""), "action": "", "year": str(line.year),
        "category": line.category, "source": line.source, "amount_cents": "100,00", "item_cost_cents": "",
    } | chosen  # fmt: skip


def test_the_button_after_the_autosave_of_a_new_line_keeps_its_action(
    town: Town, complete: Proposal, action: models.Action, as_: As
) -> None:
    client, chosen, first = as_(town.eli), str(uuid.uuid4()), complete.cost_lines.all()[0]
    typed = fields_of(first, measure="", action=str(action.pk))
    answer = autosave(client, complete, f"budget/cost_line/{chosen}", complete.version, chosen, **typed).json()
    assert answer["brought"] == {"measure": [str(action.measure_id)]}
    line = complete.cost_lines.get(pk=chosen)
    assert hangs_on(line) == (str(action.measure_id), str(action.pk))
    sent = typed | {"nieuw": chosen, "version": complete.version}
    sent["basis"] = [f"{name}:{answer['version']}" for name in typed]
    assert client.post(address(complete, "budget/cost_line/nieuw/"), sent).status_code == 302
    assert hangs_on(line) == (str(action.measure_id), str(action.pk))


def test_the_button_after_the_autosave_of_an_old_line_keeps_its_action_and_the_history_tells_both(
    town: Town, complete: Proposal, action: models.Action, as_: As
) -> None:
    client, line = as_(town.eli), complete.cost_lines.all()[0]
    shown, before = complete.version, str(line.measure_id)
    part = f"budget/cost_line/{line.pk}"
    answer = autosave(client, complete, part, shown, action=str(action.pk)).json()
    sent = fields_of(line, action=str(action.pk)) | {"version": shown, "basis": [f"action:{answer['version']}"]}
    assert client.post(address(complete, f"budget/cost_line/{line.pk}/"), sent).status_code == 302
    both = (str(action.measure_id), str(action.pk))
    assert hangs_on(line) == both
    told = [one for one in queries.revisions(complete, "budget") if "action" in one.after]
    assert [(one.before, one.after) for one in told] == [
        ({"action": "", "measure": before}, {"action": both[1], "measure": both[0]})
    ]
    operations.restore(actor=town.eli, proposal_id=complete.pk, revision_id=told[0].pk)
    assert hangs_on(line) == (before, "")


def test_another_measure_lets_the_action_go_and_the_page_hears_it(
    town: Town, complete: Proposal, action: models.Action, as_: As
) -> None:
    line, other = complete.cost_lines.all()[0], complete.measures.all()[3]
    operations.save_record(
        actor=town.eli, proposal_id=complete.pk, kind="cost_line", record_id=line.pk, data={"action": action.pk}
    )
    complete.refresh_from_db()
    part = f"budget/cost_line/{line.pk}"
    answer = autosave(as_(town.eli), complete, part, complete.version, measure=str(other.pk)).json()
    assert (answer["saved"], answer["brought"]) == (["measure"], {"action": [""]})
    assert hangs_on(line) == (str(other.pk), "")


def test_an_action_of_a_colleague_does_not_go_with_a_form_that_was_open(
    town: Town, complete: Proposal, action: models.Action, as_: As
) -> None:
    line, shown = complete.cost_lines.all()[0], complete.version
    before = fields_of(line)
    operations.save_record(
        actor=town.saar, proposal_id=complete.pk, kind="cost_line", record_id=line.pk, data={"action": action.pk}
    )
    sent = before | {"item": "Ander woord", "version": shown}
    assert as_(town.eli).post(address(complete, f"budget/cost_line/{line.pk}/"), sent).status_code == 302
    assert hangs_on(line) == (str(action.measure_id), str(action.pk))
    assert line.item == "Ander woord"


def test_a_measure_that_changes_in_the_workbook_lets_the_action_go(
    town: Town, complete: Proposal, action: models.Action
) -> None:
    line, other = complete.cost_lines.all()[0], complete.measures.all()[3]
    operations.save_record(
        actor=town.eli, proposal_id=complete.pk, kind="cost_line", record_id=line.pk, data={"action": action.pk}
    )
    complete.refresh_from_db()
    unchanged = take_in(town.eli, complete, budget_workbook(complete))
    assert unchanged.is_empty
    content = edited(budget_workbook(complete), (f"{COLUMN['measure']}2", f"M4 {other.title}"))
    take_in(town.eli, complete, content)
    assert hangs_on(line) == (str(other.pk), "")
    assert queries.document(complete).cost_lines[0].measure == str(other.pk)
    assert len(lines(complete)) == complete.cost_lines.count()


def test_a_measure_that_comes_back_takes_nothing_that_a_colleague_chose_since(
    town: Town, complete: Proposal, action: models.Action
) -> None:
    first, milestone = complete.measures.all()[0], complete.milestones.all()[0]
    left = complete.milestones.all()[1]
    complete.milestones.filter(pk__in=[milestone.pk, left.pk]).update(measure=first)
    complete.cost_lines.filter(measure=first).update(measure=None)
    operations.delete_record(actor=town.eli, proposal_id=complete.pk, kind="measure", record_id=first.pk)
    operations.save_record(
        actor=town.saar, proposal_id=complete.pk, kind="milestone", record_id=milestone.pk, data={"action": action.pk}
    )
    removed = queries.revisions(complete, "measures").get(part=f"measures/measure/{first.pk}", change="removed")
    operations.restore(actor=town.eli, proposal_id=complete.pk, revision_id=removed.pk)
    assert hangs_on(milestone) == (str(action.measure_id), str(action.pk))
    assert hangs_on(left) == (str(first.pk), "")
    newest = queries.revisions(complete, "plan").filter(part=f"plan/milestone/{left.pk}")[0]
    assert (newest.before, newest.after) == ({"measure": ""}, {"measure": str(first.pk)})
