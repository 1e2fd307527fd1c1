"""The steps that every save of a draft shares: fetch and lock, compare with what colleagues stored, keep history, step the version.

Steps of operations, called by nothing else. How conflicts are found and why a save of a few words is history and not audit:
decision 0020.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, Sum

from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.models import Organisation
from wijkcontract.accounts.queries import get_organisation
from wijkcontract.audit.operations import record, record_in
from wijkcontract.proposals import policy, queries
from wijkcontract.proposals.enums import FundingSource, ProposalState
from wijkcontract.proposals.models import Change, Proposal, Revision, UnfinishedInput
from wijkcontract.proposals.parts import Json, Part, Values
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Fault, Invalid, NotVisible, require

TOGETHER: Final = dt.timedelta(minutes=5)
SITTING: Final = dt.timedelta(minutes=30)
STALE: Final = "Een collega bewaarde dit onderdeel terwijl u schreef. Er is nog niets van u bewaard."


class StaleVersion(Invalid):
    """Somebody saved in between: nothing was written, and what is stored can be shown beside what was typed."""

    def __init__(self, conflicts: Mapping[str, Conflict]) -> None:
        super().__init__([Fault("", STALE)])
        self.conflicts = conflicts


@dataclass(frozen=True)
class Conflict:
    """A field that a colleague changed after the page showed it: what is stored now, whose it is, and of when."""

    stored: Json
    editor_name: str
    at: dt.datetime


@dataclass(frozen=True)
class Shown:
    """What the page knew: the version of the proposal that it showed, and of single fields that were saved since.

    `version` None is for a caller without a page: it means what it says, whatever is stored.
    """

    version: int | None = None
    fields: Mapping[str, int] = field(default_factory=dict)

    def of(self, name: str) -> int | None:
        return self.fields.get(name, self.version)


@dataclass(frozen=True)
class Compared:
    """What may be written and what it replaces, what a colleague was first with, and the revisions that told so.

    `brought` is what a choice brings along in other fields (`applying.bring_along`), also where that stood already.
    """

    fresh: Mapping[str, Json]
    replaced: Mapping[str, Json]
    conflicts: Mapping[str, Conflict]
    revisions: list[Revision]
    brought: Mapping[str, Json] = field(default_factory=dict)


def begun(actor: Actor, new_id: uuid.UUID | None) -> Proposal | None:
    """The draft that a first click began. Clicks at once wait for each other at the row of the authority.

    Raises Refused for who begins no proposals, NotVisible when the id is of another authority's proposal.
    """
    require(policy.may_start(actor))
    authority = get_organisation(actor, actor.organisation_id)
    Organisation.objects.select_for_update().get(pk=authority.pk)
    known = Proposal.objects.filter(pk=new_id).select_related("call", "applicant").first() if new_id else None
    if known is not None and known.applicant_id != authority.pk:
        raise NotVisible
    return known


def editable(actor: Actor, proposal_id: uuid.UUID | str, section: str = "") -> Proposal:
    """The draft, locked for this transaction; it knows whether the actor has unfinished input. Raises NotVisible or Refused.

    A write that stays within one section names it, and may then answer a question about a submitted proposal (decision 0030).
    """
    unfinished = UnfinishedInput.objects.filter(proposal=OuterRef("pk"), person_id=actor.person_id)
    found = queries.visible_proposals(actor).select_for_update(of=("self",)).annotate(has_unfinished=Exists(unfinished))
    proposal = found.filter(pk=proposal_id).first()
    if proposal is None:
        raise NotVisible
    require(policy.may_edit(actor, proposal, section))
    return proposal


def compare(
    actor: Actor,
    proposal: Proposal,
    part: Part,
    asked: Values,
    stored: Values,
    shown: Shown,
    *,
    in_a_sitting: bool = False,
) -> Compared:
    """Hold what was typed against what is stored, field by field.

    A field is free when nobody changed it after the page showed it, and untouched when it still says what the page showed;
    what is left is a conflict. At most one query, on the index of revisions; `in_a_sitting` asks too what this person saved lately.
    """
    changed = {name: value for name, value in asked.items() if value != stored.get(name)}
    known = [version for name in changed if (version := shown.of(name)) is not None]
    oldest = min(known, default=proposal.version)
    revisions = _recent(actor, proposal, part, oldest) if in_a_sitting or oldest < proposal.version else []
    return against(revisions, part, changed, stored, shown)


def against(revisions: list[Revision], part: Part, changed: Values, stored: Values, shown: Shown) -> Compared:
    """The same for fields that differ from what is stored, when the later revisions were already asked; no query."""
    fresh: dict[str, Json] = {}
    conflicts: dict[str, Conflict] = {}
    for name, value in changed.items():
        later = _later(revisions, part, name, shown.of(name))
        if not later:
            fresh[name] = value
        elif not _untouched(later[0], name, value, shown.of(name)):
            conflicts[name] = Conflict(stored.get(name), later[-1].editor_name, later[-1].at)
    return Compared(fresh, {name: stored.get(name) for name in fresh}, conflicts, revisions)


def _recent(actor: Actor, proposal: Proposal, part: Part, version: int) -> list[Revision]:
    """What was saved in this part after a version, and what this person saved in this section lately; oldest first."""
    now = clock.now()
    of_part = Q(part=part.code) & (Q(version__gt=version) | Q(at__gte=now - TOGETHER))
    mine = Q(editor_id=actor.person_id, at__gte=now - SITTING)
    return list(
        Revision.objects.filter(of_part | mine, proposal=proposal, section=part.section).order_by("version", "id")
    )


def _later(revisions: Iterable[Revision], part: Part, name: str, shown: int | None) -> list[Revision]:
    if shown is None:
        return []
    return [one for one in revisions if one.part == part.code and one.version > shown and name in one.after]


def _untouched(first: Revision, name: str, value: Json, shown: int | None) -> bool:
    """Does the page still hold what it showed? Known only when the first later revision began after the page was shown."""
    return shown is not None and first.from_version >= shown and bool(first.before.get(name) == value)


def keep_revision(
    actor: Actor,
    proposal: Proposal,
    part: Part,
    change: Change,
    before: Values,
    after: Values,
    *,
    pointers: Mapping[str, list[str]] | None = None,
    together_with: Iterable[Revision] = (),
) -> Revision:
    """Add a revision that makes the next version of the proposal.

    The last of the revisions `together_with` takes it in when it is of the same person, on the same fields and minutes old.
    """
    now, version = clock.now(), proposal.version + 1
    last = max((one for one in together_with if one.part == part.code), key=lambda one: one.version, default=None)
    if (
        last is not None
        and (last.editor_id, last.change) == (actor.person_id, change)
        and set(last.after) == set(after)
        and now - last.started_at < TOGETHER
        and last.from_version >= policy.reopened(proposal).get(part.section, 0)
    ):
        revision = last
        revision.after, revision.version, revision.at = dict(after), version, now
    else:
        revision = new_revision(actor, proposal, part, change, before, after, pointers=pointers)
    record_in(revision)
    return revision


def new_revision(
    actor: Actor,
    proposal: Proposal,
    part: Part,
    change: Change,
    before: Values,
    after: Values,
    *,
    pointers: Mapping[str, list[str]] | None = None,
) -> Revision:
    """A revision of its own that makes the next version, not stored yet."""
    now = clock.now()
    return Revision(
        proposal=proposal, section=part.section, part=part.code, change=change, before=dict(before), after=dict(after),
        pointers=dict(pointers or {}), from_version=proposal.version, version=proposal.version + 1,
        editor_id=actor.person_id, editor_name=actor.name, started_at=now, at=now,
    )  # fmt: skip


def is_new_sitting(actor: Actor, part: Part, revisions: Iterable[Revision]) -> bool:
    """Does this person begin to write in the section now? Then the audit log says so once."""
    return not any((one.editor_id, one.section) == (actor.person_id, part.section) for one in revisions)


def step(proposal: Proposal, *, sums: bool = False) -> None:
    """Step the version, and with `sums` the sums that lists show."""
    if sums and proposal.state == ProposalState.DRAFT:  # afterwards lists show what was sent, not what is being written
        found = proposal.cost_lines.aggregate(
            cost=Sum("amount_cents"), subsidy=Sum("amount_cents", filter=Q(source=FundingSource.SUBSIDY))
        )
        proposal.cost_cents, proposal.subsidy_cents = found["cost"] or 0, found["subsidy"] or 0
    proposal.version += 1
    proposal.changed_at = clock.now()
    proposal.save()


def record_save(actor: Actor, proposal: Proposal, *sections: str, **data: Any) -> None:  # noqa: ANN401 - any JSON value
    """The audit event of a save: of each that a person asked for, and of the first in a sitting of those that go by themselves."""
    record(actor, "proposals.saved", proposal, sections=list(sections), version=proposal.version, **data)


def keep_unfinished(
    actor: Actor, proposal: Proposal, part: Part, left: Mapping[str, Mapping[str, Json]], settled: Iterable[str]
) -> None:
    """Keep what could not be stored beside the draft, and forget what is settled. The proposal comes from `editable`."""
    known = getattr(proposal, "has_unfinished", False)
    if not known and not left:
        return
    rows = UnfinishedInput.objects.filter(proposal=proposal, person_id=actor.person_id, part=part.code)
    row = rows.first() if known else None
    row = row or UnfinishedInput(proposal=proposal, person_id=actor.person_id, part=part.code)
    done = set(settled)
    row.fields = {name: value for name, value in row.fields.items() if name not in done} | dict(left)
    row.at = clock.now()
    if row.fields:
        record_in(row)
    elif row.pk is not None:
        row.delete()


def forget_unfinished(actor: Actor, proposal: Proposal, part: Part) -> None:
    """What was kept beside the draft is in it now, or was thrown away. The proposal comes from `editable`."""
    if getattr(proposal, "has_unfinished", False):
        UnfinishedInput.objects.filter(proposal=proposal, person_id=actor.person_id, part=part.code).delete()
