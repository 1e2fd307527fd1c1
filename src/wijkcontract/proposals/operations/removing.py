"""Taking records away, and putting back what stood there before: each is a revision too, so that nothing is final (R16)."""

from __future__ import annotations

import uuid
from typing import Any

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.proposals import queries
from wijkcontract.proposals.applying import find_record, new_record, stored_block, write_block, write_record
from wijkcontract.proposals.keeping import editable, keep_revision, record_save, step
from wijkcontract.proposals.models import Change, Proposal, ProposalRecord, Revision
from wijkcontract.proposals.parts import Part, part_from, part_of, stored_values, typed_values
from wijkcontract.proposals.records import KINDS, Kind
from wijkcontract.rules.verdicts import Invalid


@operation
def delete_record(*, actor: Actor, proposal_id: uuid.UUID | str, kind: str, record_id: uuid.UUID | str) -> Proposal:
    """Take a record away with what hangs under it. A measure that has cost lines stays until those are moved or taken away."""
    proposal = editable(actor, proposal_id)
    shape = KINDS[kind]
    one = queries.get_record(proposal, shape, record_id)
    if shape.code == "measure" and proposal.cost_lines.filter(measure=one.pk).exists():
        raise Invalid.because(
            "Aan deze maatregel hangen kostenposten. Verplaats of verwijder die eerst in de begroting."
        )
    title = str(getattr(one, shape.title_field))
    for child in (found for found in KINDS.values() if found.parent == shape.code):
        for under in queries.records(proposal, child).filter(**{child.parent: one.pk}):
            _keep_removed(actor, proposal, child, under)
    _keep_removed(actor, proposal, shape, one)
    one.delete()
    step(proposal, sums=kind == "cost_line")
    record_save(actor, proposal, shape.section, kind=kind, deleted=str(record_id), title=title[:200])
    return proposal


def _keep_removed(actor: Actor, proposal: Proposal, kind: Kind, one: ProposalRecord) -> None:
    before = stored_values(kind, one, kind.fields)
    pointers = _pointers(proposal, kind, one)
    keep_revision(actor, proposal, part_of(kind, one.pk), Change.REMOVED, before, {}, pointers=pointers)


def _pointers(proposal: Proposal, kind: Kind, one: ProposalRecord) -> dict[str, list[str]]:
    """What pointed to a record without hanging under it, by kind and field: {"measure.problems": [id]}."""
    found = {}
    for other in KINDS.values():
        for name, code in {**other.links, **other.many_links}.items():
            if code == kind.code and other.parent != kind.code:
                ids = queries.records(proposal, other).filter(**{name: one.pk}).values_list("pk", flat=True)
                if ids:
                    found[f"{other.code}.{name}"] = [str(pk) for pk in ids]
    return found


@operation
def restore(*, actor: Actor, proposal_id: uuid.UUID | str, revision_id: int) -> Part:
    """Put back what stood in a part before one revision; itself a revision. A removed record returns with its id and its links.

    Raises NotVisible for a revision of another proposal, Invalid when what it needs is no longer there.
    """
    proposal = editable(actor, proposal_id)
    revision = queries.get_revision(proposal, revision_id)
    part = part_from(revision.part)
    if revision.change == Change.ADDED:
        raise Invalid.because("Dit is de eerste versie. Wilt u dit weg, verwijder het dan.")
    if part.kind is None:
        before = stored_block(proposal, part, revision.before)
        write_block(proposal, part, revision.before)
        keep_revision(actor, proposal, part, Change.RESTORED, before, revision.before)
    elif revision.change == Change.REMOVED:
        _put_back(actor, proposal, revision)
        for child in queries.removed_with(revision):
            _put_back(actor, proposal, child)
    else:
        _put_back_fields(actor, proposal, part, part.kind, revision)
    step(proposal, sums=part.name == "cost_line")
    record(actor, "proposals.restored", proposal, sections=[part.section], part=part.code, version=proposal.version)
    return part


def _put_back_fields(actor: Actor, proposal: Proposal, part: Part, kind: Kind, revision: Revision) -> None:
    one = find_record(proposal, kind, part.record_id)
    if one is None:
        raise Invalid.because(f"Dit is intussen verwijderd. Zet eerst het hele {kind.singular} terug.")
    before = stored_values(kind, one, revision.before)
    write_record(proposal, kind, one, _still_there(proposal, kind, typed_values(kind, revision.before)))
    keep_revision(actor, proposal, part, Change.RESTORED, before, stored_values(kind, one, revision.before))


def _put_back(actor: Actor, proposal: Proposal, revision: Revision) -> None:
    part = part_from(revision.part)
    kind = part.kind
    if kind is None or find_record(proposal, kind, part.record_id) is not None:
        raise Invalid.because("Dit staat al terug in het voorstel.")
    one = new_record(proposal, kind, part.record_id)
    write_record(proposal, kind, one, _still_there(proposal, kind, typed_values(kind, revision.before)))
    for code, ids in revision.pointers.items():
        other, name = code.split(".")
        for pointing in queries.records(proposal, KINDS[other]).filter(pk__in=ids):
            if name in KINDS[other].many_links:
                getattr(pointing, name).add(one.pk)
            else:
                setattr(pointing, f"{name}_id", one.pk)
                pointing.save()
    keep_revision(actor, proposal, part, Change.RESTORED, {}, stored_values(kind, one, kind.fields))


def _still_there(proposal: Proposal, kind: Kind, data: dict[str, Any]) -> dict[str, Any]:
    """The same values without links to records that are gone since."""
    for name, code in {**kind.links, **kind.many_links}.items():
        if data.get(name):
            ids = data[name] if name in kind.many_links else [data[name]]
            found = list(queries.records(proposal, KINDS[code]).filter(pk__in=ids).values_list("pk", flat=True))
            data[name] = found if name in kind.many_links else next(iter(found), None)
    return data
