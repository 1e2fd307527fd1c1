"""Every write of a proposal once it is submitted: closed, and open only in the section that is being clarified (R16)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from proposals import writes
from proposals.conftest import AFTER, Town
from proposals.writes import TOO_LATE, answer, ask
from wijkcontract.proposals import operations
from wijkcontract.proposals.clarifying import fields_of
from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.sections import sections
from wijkcontract.rules import clock, proposal_shape
from wijkcontract.rules.verdicts import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_window(town: Town, complete: Proposal) -> Iterator[None]:
    """The proposal is submitted in time; every test plays two days after the window."""
    operations.submit(actor=town.saar, proposal_id=complete.pk)
    with clock.frozen(AFTER):
        yield


@pytest.mark.parametrize("name", writes.WRITES)
def test_a_write_is_let_through_in_its_own_section_only(town: Town, complete: Proposal, name: str) -> None:
    section, write = writes.WRITES[name]
    with pytest.raises(Refused, match="de oproep is afgesloten"):
        write(town, complete)
    others = [plan.code for plan in sections(complete.call.programme) if plan.code != section]
    for other in others:
        ask(town, complete, other)
    with pytest.raises(Refused, match="de oproep is afgesloten"):
        write(town, complete)
    ask(town, complete, section)
    write(town, complete)
    if name == "detach_file":
        return  # what was taken away is not taken away again
    with clock.frozen(TOO_LATE), pytest.raises(Refused, match="de oproep is afgesloten"):
        write(town, complete)


def test_a_part_is_restored_in_a_reopened_section_only(town: Town, complete: Proposal) -> None:
    asked = ask(town, complete, "participation")
    writes.groups(town, complete)
    writes.restore("participation")(town, complete)
    answer(town, asked)
    with pytest.raises(Refused):
        writes.restore("participation")(town, complete)


def test_a_save_over_two_sections_and_frozen_figures_stay_closed(town: Town, complete: Proposal) -> None:
    for plan in sections(complete.call.programme):
        ask(town, complete, plan.code)
    with pytest.raises(Refused):
        writes.two_sections(town, complete)
    with pytest.raises(Refused):
        operations.attach_evidence(actor=town.eli, proposal_id=complete.pk, analysis_id=complete.pk)


def test_every_section_and_every_part_of_the_document_has_its_place(complete: Proposal) -> None:
    placed = [name for plan in sections(complete.call.programme) for name in fields_of(plan.code)]
    whole = {"format", "title", "applicant", "submitted_on", "answers", "files", "registered"}
    assert sorted(placed) == sorted({one.name for one in dataclasses.fields(proposal_shape.Proposal)} - whole)
