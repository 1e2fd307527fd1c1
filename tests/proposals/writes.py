"""What the tests of clarifications share: the question, the answer, and every write that a reopened section lets through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from drafting import attach_decision
from proposals.conftest import Town
from wijkcontract.proposals import operations, queries
from wijkcontract.proposals.keeping import Shown
from wijkcontract.proposals.models import Clarification, Proposal, Submission
from wijkcontract.proposals.operations import Typed
from wijkcontract.proposals.parts import Part
from wijkcontract.rules import clock

LAST_DAY = dt.date(2021, 7, 20)
TOO_LATE = clock.parse_moment("2021-07-21T00:00:00")
QUESTION = "Wie beheert het plein na de werken?"


def ask(town: Town, proposal: Proposal, section: str = "risks") -> Clarification:
    return operations.ask_clarification(
        actor=town.ada, proposal_id=proposal.pk, section=section, question=QUESTION, last_day=LAST_DAY
    )


def answer(town: Town, asked: Clarification, text: str = "De stad, vanaf 2024.") -> Submission:
    operations.write_clarification_answer(actor=town.eli, clarification_id=asked.pk, answer=text, version=0)
    return operations.send_clarification(actor=town.saar, clarification_id=asked.pk)


Write = Callable[[Town, Proposal], object]


def texts(code: str) -> Write:
    def write(town: Town, proposal: Proposal) -> object:
        question = next(one.code for one in proposal.call.programme.questions if one.section == code)
        return operations.save_answers(
            actor=town.eli, proposal_id=proposal.pk, version=proposal.version, answers={question: "Nieuwe tekst."}
        )

    return write


def two_sections(town: Town, proposal: Proposal) -> object:
    first = {one.section: one.code for one in proposal.call.programme.questions}
    return operations.save_answers(
        actor=town.eli, proposal_id=proposal.pk, version=proposal.version, answers=dict.fromkeys(first.values(), "x")
    )


def add(kind: str, **data: Any) -> Write:  # noqa: ANN401 - any field
    return lambda town, proposal: operations.save_record(actor=town.eli, proposal_id=proposal.pk, kind=kind, data=data)


def delete(kind: str, collection: str) -> Write:
    return lambda town, proposal: operations.delete_record(
        actor=town.eli, proposal_id=proposal.pk, kind=kind, record_id=getattr(proposal, collection).all()[0].pk
    )


def autosave(part: Part, name: str) -> Write:
    return lambda town, proposal: operations.autosave(
        actor=town.eli, proposal_id=proposal.pk, part=part, is_new=False, shown=Shown(10**6),
        read=lambda _: Typed({name: "Kinderen"}, {}, {name: ["Kinderen"]}),
    )  # fmt: skip


def restore(section: str) -> Write:
    def write(town: Town, proposal: Proposal) -> object:
        revision = queries.revisions(proposal, section)[0]
        return operations.restore(actor=town.eli, proposal_id=proposal.pk, revision_id=revision.pk)

    return write


def discard(town: Town, proposal: Proposal) -> object:
    return operations.discard_input(actor=town.eli, proposal_id=proposal.pk, part=Part("participation", "groepen"))


def term(town: Town, proposal: Proposal) -> object:
    return operations.save_term(
        actor=town.eli, proposal_id=proposal.pk, version=proposal.version, term_start=proposal.term_start,
        term_end=dt.date(2024, 12, 31),
    )  # fmt: skip


def groups(town: Town, proposal: Proposal) -> object:
    return operations.save_target_groups(
        actor=town.eli, proposal_id=proposal.pk, version=proposal.version, target_groups="Kinderen"
    )


def basics(town: Town, proposal: Proposal) -> object:
    return operations.save_basics(
        actor=town.eli, proposal_id=proposal.pk, version=proposal.version, title=proposal.title,
        neighbourhood=proposal.neighbourhood, inhabitants=4_321, sectors=proposal.sectors,
    )  # fmt: skip


def document(town: Town, proposal: Proposal) -> object:
    return attach_decision(town.eli, proposal, proposal.local_decisions.all()[0].pk, "besluit-2.pdf")


def detach(town: Town, proposal: Proposal) -> object:
    return operations.detach_file(
        actor=town.eli, proposal_id=proposal.pk, attachment_id=proposal.attachments.filter(removed_at=None)[0].pk
    )


def budget(town: Town, proposal: Proposal) -> object:
    return operations.import_budget(actor=town.eli, proposal_id=proposal.pk, version=proposal.version, lines=[])


WRITES: dict[str, tuple[str, Write]] = {
    "save_answers": ("knowledge", texts("knowledge")),
    "save_basics": ("neighbourhood", basics),
    "save_term": ("plan", term),
    "save_target_groups": ("participation", groups),
    "save_record": ("risks", add("risk", title="Vertraging")),
    "import_budget": ("budget", budget),
    "detach_file": ("local_decision", detach),
    "delete_record": ("risks", delete("risk", "risks")),
    "autosave": ("participation", autosave(Part("participation", "groepen"), "target_groups")),
    "discard_input": ("participation", discard),
    "attach_files": ("local_decision", document),
}
"""Every write that a reopened section lets through, with its section."""
