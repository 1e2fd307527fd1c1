"""Which proposal the overview is about: the draft with the nearest deadline, else the one that went furthest last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from wijkcontract.accounts.actors import Actor
from wijkcontract.proposals import policy, queries
from wijkcontract.proposals.attachments import attachments_of
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.models import Proposal, Submission
from wijkcontract.proposals.sections import sections
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Verdict
from wijkcontract.web.applicant.proposals import presenters
from wijkcontract.web.applicant.proposals.presenters import State
from wijkcontract.web.components.formats import day
from wijkcontract.web.components.parts import Happening, Step

SHOWN: Final = 50
"""Only the proposals that changed last are looked at, so that the page costs the same with a thousand."""

PASSED: Final = {
    ProposalState.ADMISSIBLE: 1, ProposalState.IN_JURY: 1, ProposalState.ADVISED: 2, ProposalState.DECIDED: 3,
}  # fmt: skip
"""How many of the steps jury, decision, contract have begun."""


@dataclass(frozen=True)
class Focus:
    """The proposal of the overview. `state` holds what the rules find in a draft that can still change."""

    proposal: Proposal
    state: State | None
    submission: Submission | None
    may_edit: Verdict
    may_submit: Verdict
    reads_along: bool = False

    @property
    def next_step(self) -> Step | None:
        """Where the work goes on: the first section that blocks, else the first that is not begun or draws attention."""
        if self.state is None:
            return None
        found = presenters.steps(self.state, sections(self.proposal.call.programme))[:-1]
        for kinds in (("block", ""), ("flag",)):
            for step in found:
                if step.state in kinds:
                    return step
        return None

    @property
    def next_label(self) -> str:
        """The name of that section, without its number."""
        step = self.next_step
        return step.label.split(". ", 1)[1] if step else ""


def recent(actor: Actor) -> list[Proposal]:
    """The proposals of the own authority that changed last."""
    return list(queries.visible_proposals(actor)[:SHOWN])


def is_writable(proposal: Proposal) -> bool:
    """A draft whose call is still open."""
    return proposal.state == ProposalState.DRAFT and proposal.call.is_open


def choose(actor: Actor, proposals: Sequence[Proposal]) -> Focus | None:
    """The proposal that needs the reader most; None without any."""
    if not proposals:
        return None
    chosen = min(proposals, key=_urgency)
    draft = is_writable(chosen)
    return Focus(
        proposal=chosen,
        state=presenters.state_of(actor, chosen) if draft else None,
        submission=None if draft else queries.latest_submission(chosen),
        may_edit=policy.may_edit(actor, chosen),
        may_submit=policy.may_submit(actor, chosen),
        reads_along=policy.only_reads_along(actor, chosen),
    )


def _urgency(proposal: Proposal) -> tuple[int, dt.date]:
    last_day = proposal.call.last_day or dt.date.max
    if is_writable(proposal):
        return 0, last_day
    if proposal.state == ProposalState.DRAFT:
        return 3, dt.date.max
    return (2 if proposal.state == ProposalState.INADMISSIBLE else 1), dt.date.max


def way(focus: Focus) -> list[Happening]:
    """The way of a proposal from the call to the contract, with where it stands now."""
    proposal, call = focus.proposal, focus.proposal.call
    submitted = focus.submission is not None and proposal.state != ProposalState.DRAFT
    begun = PASSED.get(ProposalState(proposal.state), 0)
    return [
        Happening("Oproep", call.published_on or ""),
        Happening("U schrijft", "klaar" if submitted else "nu", state="done" if submitted else "here"),
        _local_decision(focus, submitted=submitted),
        Happening("Indienen", _submitted(focus, submitted), state=_place(submitted, begun == 0)),
        Happening("Jury", state=_place(begun >= 1, begun == 1)),
        Happening("Beslissing", state=_place(begun >= 2, begun == 2)),
        Happening("Contract", call.term_start or "", state=_place(begun >= 3, begun == 3)),
    ]


def _local_decision(focus: Focus, *, submitted: bool) -> Happening:
    """The decision of the own authority: planned, still to come, or past; that one is done once its document is there."""
    label, today = "Lokale beslissing", clock.today()
    dated = sorted(_decisions(focus))
    done = [on for on, has_document in dated if submitted or (on <= today and has_document)]
    if done or submitted:
        return Happening(label, done[0] if done else "")
    if not dated:
        return Happening(label, "nog te plannen", state="")
    on = dated[0][0]
    return Happening(label, on if on > today else f"{day(on)}, document ontbreekt", state="")


def _decisions(focus: Focus) -> list[tuple[dt.date, bool]]:
    """The day of each local decision that has one, and whether its document is there."""
    if focus.state is not None:
        found = focus.state.document.local_decisions
        return [(one.decided_on, bool(one.file or one.link.strip())) for one in found if one.decided_on]
    carrying = {one.record_id for one in attachments_of(focus.proposal)}
    return [
        (one.decided_on, one.pk in carrying or bool(one.link.strip()))
        for one in focus.proposal.local_decisions.all()
        if one.decided_on
    ]


def _submitted(focus: Focus, submitted: bool) -> dt.date | str:
    if submitted and focus.submission:
        return clock.day_of(focus.submission.arrived_at)
    last_day = focus.proposal.call.last_day
    return f"tot {day(last_day)}" if last_day else ""


def _place(reached: bool, is_last: bool) -> str:
    return "" if not reached else "here" if is_last else "done"


def address(proposal: Proposal) -> str:
    """The proposal itself: a draft opens at its sections, a submitted one at its receipt."""
    return reverse("applicant:proposal", args=[proposal.pk])
