"""Saves that go by themselves while somebody types, and what could not be stored yet (R16, decision 0020)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import nothing_changed, operation
from wijkcontract.proposals import queries
from wijkcontract.proposals.applying import (
    bring_along,
    brought_along,
    find_record,
    measures_of_actions,
    new_record,
    stored_block,
    write_block,
    write_record,
)
from wijkcontract.proposals.keeping import (
    Compared,
    Conflict,
    Shown,
    compare,
    editable,
    forget_unfinished,
    is_new_sitting,
    keep_revision,
    keep_unfinished,
    record_save,
    step,
)
from wijkcontract.proposals.models import Change, Proposal, ProposalRecord
from wijkcontract.proposals.parts import Json, Part, asked_values, encoded, stored_values, typed_values
from wijkcontract.proposals.records import Kind
from wijkcontract.rules.verdicts import Invalid, NotVisible


@dataclass(frozen=True)
class Typed:
    """Some fields of a part as somebody typed them: the typed values, what is wrong by field, and the raw input of each field.

    `lacks` names what a new record still needs before it can be added; until then everything stays beside the draft.
    """

    data: Mapping[str, Any]
    faults: Mapping[str, str]
    raw: Mapping[str, Json]
    lacks: Collection[str] = ()


@dataclass(frozen=True)
class Autosaved:
    """What became of it. What is not in `saved` is kept as unfinished input of the person: nothing typed is lost.

    `brought` is what the save wrote in fields beside those that were typed, for the page to show.
    """

    version: int
    saved: Collection[str] = ()
    faults: Mapping[str, str] = field(default_factory=dict)
    conflicts: Mapping[str, Conflict] = field(default_factory=dict)
    lacks: Collection[str] = ()
    is_gone: bool = False
    brought: Mapping[str, Json] = field(default_factory=dict)


@operation
def autosave(
    *,
    actor: Actor,
    proposal_id: uuid.UUID | str,
    part: Part,
    is_new: bool,
    shown: Shown,
    read: Callable[[Proposal], Typed],
) -> Autosaved:
    """Store the fields of a part that somebody is typing, those that can be stored; the rest is kept beside the draft.

    `read` makes typed values of the input once the draft is known. One event per sitting, a revision per change.
    Raises NotVisible, Refused. A conflict is no error here: the other text stands, this one is kept.
    """
    proposal = editable(actor, proposal_id, part.section)
    if part.kind is not None:
        one = find_record(proposal, part.kind, part.record_id)
        if one is None and not is_new and not queries.was_deleted(proposal, part.record_id):
            raise NotVisible
        typed = read(proposal)
        if one is None:
            return (
                _gone(actor, proposal, part, shown, typed) if not is_new else _add(actor, proposal, part, shown, typed)
            )
        asked = asked_values(part.kind, typed.data)
        found = compare(actor, proposal, part, asked, stored_values(part.kind, one, asked), shown, in_a_sitting=True)
        return _settle(
            actor, proposal, part, shown, typed, bring_along(proposal, part.kind, one, typed.data, found), one
        )
    typed = read(proposal)
    asked = {name: encoded(value) for name, value in typed.data.items()}
    found = compare(actor, proposal, part, asked, stored_block(proposal, part, asked), shown, in_a_sitting=True)
    return _settle(actor, proposal, part, shown, typed, found, None)


def _settle(
    actor: Actor,
    proposal: Proposal,
    part: Part,
    shown: Shown,
    typed: Typed,
    found: Compared,
    one: ProposalRecord | None,
) -> Autosaved:
    """Write what is fresh, keep the rest, and say what became of every field."""
    faults = dict(typed.faults)
    fresh = dict(found.fresh)
    if fresh:
        try:
            if part.kind and one:
                values = {**typed.data, **typed_values(part.kind, found.brought)}
                write_record(proposal, part.kind, one, {name: values[name] for name in fresh})
            else:
                write_block(proposal, part, fresh)
        except Invalid as invalid:
            faults |= {fault.where: fault.message for fault in invalid.faults}
            fresh = {}
    if fresh:
        keep_revision(actor, proposal, part, Change.WRITTEN, found.replaced, fresh, together_with=found.revisions)
        step(proposal, sums=part.name == "cost_line")
        if is_new_sitting(actor, part, found.revisions):
            record_save(actor, proposal, part.section)
    failed = {name for name in typed.raw if name not in typed.data or (name in found.fresh and name not in fresh)}
    left = _left(typed, {*faults, *found.conflicts, *failed}, shown, proposal)
    saved = [name for name in typed.raw if name not in left]
    keep_unfinished(actor, proposal, part, left, saved)
    if not fresh and not left:
        nothing_changed()
    brought = {name: value for name, value in found.brought.items() if name not in faults}
    return Autosaved(proposal.version, saved, faults, found.conflicts, brought=brought)


def _left(typed: Typed, names: Collection[str], shown: Shown, proposal: Proposal) -> dict[str, dict[str, Json]]:
    """The input of these fields as it was sent, with the version that it was typed over."""
    kept = {}
    for name in names:
        if name in typed.raw:
            known = shown.of(name)
            kept[name] = {"typed": typed.raw[name], "version": proposal.version if known is None else known}
    return kept


def _add(actor: Actor, proposal: Proposal, part: Part, shown: Shown, typed: Typed) -> Autosaved:
    """Add the record once it has what it needs; until then keep all of it beside the draft."""
    kind = part.kind
    assert kind is not None  # noqa: S101 - the caller knows
    faults = dict(typed.faults)
    if not faults and not typed.lacks:
        one = new_record(proposal, kind, part.record_id)
        brought = brought_along(measures_of_actions(proposal), one, typed.data, typed.data)
        try:
            write_record(proposal, kind, one, {**typed.data, **brought})
        except Invalid as invalid:
            faults |= {fault.where: fault.message for fault in invalid.faults}
        else:
            return _added(actor, proposal, part, kind, typed, asked_values(kind, brought))
    keep_unfinished(actor, proposal, part, _left(typed, typed.raw, shown, proposal), ())
    if not typed.raw:
        nothing_changed()
    return Autosaved(proposal.version, faults=faults, lacks=typed.lacks)


def _added(
    actor: Actor, proposal: Proposal, part: Part, kind: Kind, typed: Typed, brought: Mapping[str, Json]
) -> Autosaved:
    asked = {**asked_values(kind, typed.data), **brought}
    keep_revision(actor, proposal, part, Change.ADDED, {}, asked)
    step(proposal, sums=kind.code == "cost_line")
    record_save(actor, proposal, part.section, kind=kind.code, record=part.record_id)
    forget_unfinished(actor, proposal, part)
    return Autosaved(proposal.version, saved=list(typed.raw), brought=brought)


def _gone(actor: Actor, proposal: Proposal, part: Part, shown: Shown, typed: Typed) -> Autosaved:
    """A colleague took the record away: what was typed is kept, and the page offers to add it again."""
    keep_unfinished(actor, proposal, part, _left(typed, typed.raw, shown, proposal), ())
    if not typed.raw:
        nothing_changed()
    return Autosaved(proposal.version, is_gone=True)


@operation
def discard_input(*, actor: Actor, proposal_id: uuid.UUID | str, part: Part) -> Proposal:
    """Throw away what the actor typed in a part and could not store; what is in the draft stays."""
    proposal = editable(actor, proposal_id, part.section)
    forget_unfinished(actor, proposal, part)
    nothing_changed()
    return proposal
