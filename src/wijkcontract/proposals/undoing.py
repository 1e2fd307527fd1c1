"""Steps of operations that put parts of a proposal back as they were, from its history. Called by nothing else."""

from __future__ import annotations

from typing import Any

from wijkcontract.accounts.actors import Actor
from wijkcontract.files import operations as files
from wijkcontract.proposals import queries
from wijkcontract.proposals.applying import (
    brought_along,
    find_record,
    measures_of_actions,
    new_record,
    stored_block,
    write_block,
    write_record,
)
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.keeping import keep_revision, step
from wijkcontract.proposals.models import Attachment, Change, Clarification, Proposal, ProposalRecord, Revision
from wijkcontract.proposals.parts import Part, part_from, part_of, stored_values, typed_values
from wijkcontract.proposals.records import KINDS, Kind, kinds_of
from wijkcontract.rules.verdicts import Invalid


def put_back_block(actor: Actor, proposal: Proposal, part: Part, revision: Revision) -> None:
    """The fields of a block as they were before a revision."""
    before = stored_block(proposal, part, revision.before)
    write_block(proposal, part, revision.before)
    keep_revision(actor, proposal, part, Change.RESTORED, before, revision.before)


def put_back_fields(actor: Actor, proposal: Proposal, part: Part, kind: Kind, revision: Revision) -> None:
    """The fields of a record as they were before a revision. Raises Invalid when the record is gone."""
    one = find_record(proposal, kind, part.record_id)
    if one is None:
        raise Invalid.because(f"Dit is intussen verwijderd. Zet eerst het hele {kind.singular} terug.")
    data = _still_there(proposal, kind, typed_values(kind, revision.before))
    data |= brought_along(measures_of_actions(proposal), one, data, data)
    before = stored_values(kind, one, data)
    write_record(proposal, kind, one, data)
    keep_revision(actor, proposal, part, Change.RESTORED, before, stored_values(kind, one, data))


def put_back(actor: Actor, proposal: Proposal, revision: Revision) -> None:
    """A removed record, with its id and what pointed to it. Raises Invalid when it stands there already.

    Of a submitted proposal only what lies in the same section points to it again: other sections stay as they are.
    """
    part = part_from(revision.part)
    kind = part.kind
    if kind is None or find_record(proposal, kind, part.record_id) is not None:
        raise Invalid.because("Dit staat al terug in het voorstel.")
    one = new_record(proposal, kind, part.record_id)
    write_record(proposal, kind, one, _still_there(proposal, kind, typed_values(kind, revision.before)))
    for code, ids in revision.pointers.items():
        other, name = code.split(".")
        if proposal.state != ProposalState.DRAFT and KINDS[other].section != kind.section:
            continue
        for pointing in queries.records(proposal, KINDS[other]).filter(pk__in=ids):
            _point_again(actor, proposal, KINDS[other], pointing, name, one)
    keep_revision(actor, proposal, part, Change.RESTORED, {}, stored_values(kind, one, kind.fields))


def _point_again(
    actor: Actor, proposal: Proposal, kind: Kind, pointing: ProposalRecord, name: str, one: ProposalRecord
) -> None:
    """Let a record point to what came back, unless somebody chose something else meanwhile."""
    before = stored_values(kind, pointing, [name])
    if name in kind.many_links:
        getattr(pointing, name).add(one.pk)
    elif not before[name] and not (name == "measure" and getattr(pointing, "action_id", None)):
        setattr(pointing, f"{name}_id", one.pk)
        pointing.save()
    after = stored_values(kind, pointing, [name])
    if after != before:
        keep_revision(actor, proposal, part_of(kind, pointing.pk), Change.WRITTEN, before, after)


def keep_removed(actor: Actor, proposal: Proposal, kind: Kind, one: ProposalRecord) -> None:
    """The history of a record that is about to go, with what points to it."""
    before = stored_values(kind, one, kind.fields)
    pointers = pointers_to(proposal, kind, one)
    keep_revision(actor, proposal, part_of(kind, one.pk), Change.REMOVED, before, {}, pointers=pointers)


def pointers_to(proposal: Proposal, kind: Kind, one: ProposalRecord) -> dict[str, list[str]]:
    """What points to a record without hanging under it, by kind and field: {"measure.problems": [id]}."""
    found = {}
    for other in KINDS.values():
        for name, code in {**other.links, **other.many_links}.items():
            if code == kind.code and other.parent != kind.code:
                ids = queries.records(proposal, other).filter(**{name: one.pk}).values_list("pk", flat=True)
                if ids:
                    found[f"{other.code}.{name}"] = [str(pk) for pk in ids]
    return found


def undo_since(actor: Actor, proposal: Proposal, section: str, version: int) -> None:
    """Take back everything that was written in a section after a version, newest first; the history keeps what it was.

    A step of the version and of the history for each; nothing when nothing was written.
    """
    for revision in list(queries.revisions(proposal, section).filter(version__gt=version)):
        part = part_from(revision.part)
        if part.kind is None:
            put_back_block(actor, proposal, part, revision)
        elif revision.change == Change.REMOVED:
            put_back(actor, proposal, revision)
        elif revision.before:
            put_back_fields(actor, proposal, part, part.kind, revision)
        else:
            _take_away(actor, proposal, part, part.kind)
        step(proposal)


def undo_unsent(actor: Actor, proposal: Proposal, asked: Clarification) -> None:
    """Take back what was written and attached for an answer that was never sent: the section is again as it was submitted."""
    undo_since(actor, proposal, asked.section, asked.from_version)
    carried = Attachment.objects.filter(proposal=proposal, kind__in=[kind.code for kind in kinds_of(asked.section)])
    carried.filter(removed_at__gte=asked.asked_at).update(removed_at=None)
    for one in carried.filter(is_frozen=False).select_related("file"):
        one.delete()
        files.discard(actor=actor, stored=one.file)


def _take_away(actor: Actor, proposal: Proposal, part: Part, kind: Kind) -> None:
    """A record that was added, and the links to it from what is being written in other sections."""
    one = find_record(proposal, kind, part.record_id)
    if one is None:
        return
    keep_removed(actor, proposal, kind, one)
    for other in KINDS.values():
        for name, code in other.links.items():
            if code == kind.code and name != other.parent:
                queries.records(proposal, other).filter(**{name: one.pk}).update(**{name: None})
    one.delete()


def _still_there(proposal: Proposal, kind: Kind, data: dict[str, Any]) -> dict[str, Any]:
    """The same values without links to records that are gone since."""
    for name, code in {**kind.links, **kind.many_links}.items():
        if data.get(name):
            ids = data[name] if name in kind.many_links else [data[name]]
            found = list(queries.records(proposal, KINDS[code]).filter(pk__in=ids).values_list("pk", flat=True))
            data[name] = found if name in kind.many_links else next(iter(found), None)
    return data
