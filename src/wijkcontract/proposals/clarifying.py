"""The clarified version of a submitted proposal: the frozen document with one section from what was written since (R16)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Final

from wijkcontract.proposals import queries
from wijkcontract.proposals.models import Clarification
from wijkcontract.proposals.records import KINDS, kinds_of
from wijkcontract.rules import clarification, completeness, proposal_shape as shape
from wijkcontract.rules.verdicts import Fault

OWN_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "neighbourhood": ("neighbourhood",),
    "plan": ("term",),
    "participation": ("participation",),
}
"""What a section has in the document beside the lists of its records."""


def fields_of(section: str) -> tuple[str, ...]:
    """The parts of the document that one section is; the answers to its questions come on top of them."""
    known = {one.name for one in fields(shape.Proposal)}
    lists = (kind.collection for kind in kinds_of(section) if kind.collection in known)
    return (*OWN_FIELDS.get(section, ()), *lists)


def clarified(asked: Clarification, frozen: shape.Proposal) -> shape.Proposal:
    """The frozen version with the section of a request as it is written now."""
    questions = {one.code for one in asked.proposal.call.programme.questions if one.section == asked.section}
    live = queries.document(asked.proposal, look_for_bytes=True)
    merged = clarification.with_section(frozen, live, fields_of(asked.section), questions)
    kept = (one for one in frozen.files if _section_of(one) != asked.section)
    return replace(merged, files=(*kept, *(one for one in live.files if _section_of(one) == asked.section)))


def _section_of(file: shape.File) -> str:
    """The section of the record that carries a file; a version of before files of records has only those of decisions."""
    collection = file.belongs_to.partition("/")[0]
    return next((kind.section for kind in KINDS.values() if kind.collection == collection), "local_decision")


def answer_faults(asked: Clarification, frozen: shape.Proposal, document: shape.Proposal, on: dt.date) -> list[Fault]:
    """Everything that keeps a clarified version from being sent: the rules of an answer, and what blocks as at submission."""
    programme = asked.proposal.call.programme
    blocks = completeness.check(document, programme, on)
    empty = [Fault("answer", "Schrijf het antwoord op de vraag. De bewerkers van uw bestuur bewaren het bij de vraag.")]
    return [
        *([] if asked.answer.strip() else empty),
        *clarification.answer_faults(frozen, document, programme),
        *(Fault("", one.message) for one in blocks if one.severity is completeness.Severity.BLOCK),
    ]
