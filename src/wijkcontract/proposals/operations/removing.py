"""Taking records away, and putting back what stood there before: each is a revision too, so that nothing is final (R16)."""

from __future__ import annotations

import uuid

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.proposals import queries
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.keeping import editable, record_save, step
from wijkcontract.proposals.models import Change, Proposal, ProposalRecord
from wijkcontract.proposals.parts import Part, part_from
from wijkcontract.proposals.records import KINDS, Kind
from wijkcontract.proposals.undoing import keep_removed, pointers_to, put_back, put_back_block, put_back_fields
from wijkcontract.rules.verdicts import Invalid


@operation
def delete_record(*, actor: Actor, proposal_id: uuid.UUID | str, kind: str, record_id: uuid.UUID | str) -> Proposal:
    """Take a record away with what hangs under it. A measure that has cost lines stays until those are moved or taken away."""
    shape = KINDS[kind]
    proposal = editable(actor, proposal_id, shape.section)
    one = queries.get_record(proposal, shape, record_id)
    if shape.code == "measure" and proposal.cost_lines.filter(measure=one.pk).exists():
        raise Invalid.because(
            "Aan deze maatregel hangen kostenposten. Verplaats of verwijder die eerst in de begroting."
        )
    title = str(getattr(one, shape.title_field))
    for child in (found for found in KINDS.values() if found.parent == shape.code):
        for under in queries.records(proposal, child).filter(**{child.parent: one.pk}):
            _check_other_sections(proposal, child, under)
            keep_removed(actor, proposal, child, under)
    _check_other_sections(proposal, shape, one)
    keep_removed(actor, proposal, shape, one)
    one.delete()
    step(proposal, sums=kind == "cost_line")
    record_save(actor, proposal, shape.section, kind=kind, deleted=str(record_id), title=title[:200])
    return proposal


def _check_other_sections(proposal: Proposal, kind: Kind, one: ProposalRecord) -> None:
    """Answering a question about one section, nobody takes away what another section points to (decision 0030)."""
    if proposal.state == ProposalState.DRAFT:
        return
    pointing = [KINDS[code.split(".")[0]] for code in pointers_to(proposal, kind, one)]
    elsewhere = sorted({other.plural.lower() for other in pointing if other.section != kind.section})
    if elsewhere:
        raise Invalid.because(
            f"Naar dit {kind.singular} verwijst een ander onderdeel ({', '.join(elsewhere)}), en dat staat niet open. "
            "Pas de tekst aan in plaats van te verwijderen."
        )


@operation
def restore(*, actor: Actor, proposal_id: uuid.UUID | str, revision_id: int) -> Part:
    """Put back what stood in a part before one revision; itself a revision. A removed record returns with its id and its links.

    Raises NotVisible for a revision of another proposal, Invalid when what it needs is no longer there.
    """
    revision = queries.get_revision(queries.get_proposal(actor, proposal_id), revision_id)
    proposal = editable(actor, proposal_id, revision.section)
    part = part_from(revision.part)
    if revision.change == Change.ADDED:
        raise Invalid.because("Dit is de eerste versie. Wilt u dit weg, verwijder het dan.")
    if part.kind is None:
        put_back_block(actor, proposal, part, revision)
    elif revision.change == Change.REMOVED:
        put_back(actor, proposal, revision)
        for child in queries.removed_with(revision):
            put_back(actor, proposal, child)
    else:
        put_back_fields(actor, proposal, part, part.kind, revision)
    step(proposal, sums=part.name == "cost_line")
    record(actor, "proposals.restored", proposal, sections=[part.section], part=part.code, version=proposal.version)
    return part
