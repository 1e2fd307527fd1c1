"""Linking records from the other side: on a problem one says which measures answer it (R5, R7)."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import nothing_changed, operation
from wijkcontract.proposals import queries
from wijkcontract.proposals.keeping import editable, keep_revision, record_save, step
from wijkcontract.proposals.models import Change, Proposal, ProposalRecord
from wijkcontract.proposals.parts import part_of, stored_values
from wijkcontract.proposals.records import KINDS, ReverseLink, reverse_links
from wijkcontract.rules.verdicts import Invalid


@dataclass(frozen=True)
class Ticked:
    """What somebody ticked and unticked since the page was shown: only that is written, so nobody else's link is lost."""

    added: Collection[str] = ()
    removed: Collection[str] = ()


@operation
def link_records(
    *,
    actor: Actor,
    proposal_id: uuid.UUID | str,
    kind: str,
    record_id: uuid.UUID | str,
    ticked: Mapping[str, Ticked],
) -> ProposalRecord:
    """Let other records of the proposal point to this one, or no longer. `ticked` is by the code of the link ("measure.problems").

    The history is kept on the records that change. Raises NotVisible, Refused, and Invalid for a record that is not there any more.
    """
    shape = KINDS[kind]
    proposal = editable(actor, proposal_id)
    one = queries.get_record(proposal, shape, record_id)
    sections = {
        link.kind.section
        for link in reverse_links(shape)
        if link.is_many and _write(actor, proposal, one, link, ticked.get(link.code, Ticked()))
    }
    if sections:
        step(proposal)
        record_save(actor, proposal, *sorted(sections), kind=kind, record=str(one.pk), linked=sorted(ticked))
    else:
        nothing_changed()
    return one


def _write(actor: Actor, proposal: Proposal, one: ProposalRecord, link: ReverseLink, ticked: Ticked) -> bool:
    """Write one kind of link on the records that it changes; says whether there was any."""
    asked = {*ticked.added, *ticked.removed}
    others = list(queries.records(proposal, link.kind).filter(pk__in=asked)) if asked else []
    if len(others) != len(asked):
        raise Invalid.because(
            f"De lijst van {link.kind.plural.lower()} is intussen veranderd. Kijk ze na en probeer nog eens."
        )
    changed = False
    for other in others:
        before = stored_values(link.kind, other, [link.field])
        manager = getattr(other, link.field)
        if str(other.pk) in ticked.added:
            manager.add(one)
        else:
            manager.remove(one)
        after = stored_values(link.kind, other, [link.field])
        if after != before:
            keep_revision(actor, proposal, part_of(link.kind, other.pk), Change.WRITTEN, before, after)
            changed = True
    return changed
