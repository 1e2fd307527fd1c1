"""What a page of a draft knew when it was sent, and which records somebody began and did not finish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from wijkcontract.proposals.models import Proposal, UnfinishedInput
from wijkcontract.proposals.parts import part_from
from wijkcontract.proposals.records import Kind
from wijkcontract.rules.verdicts import NotVisible

DIGITS = 10


def version_shown(typed: QueryDict) -> int:
    """The version that the page showed; without one, every earlier change of the part is a conflict."""
    return _number(typed.get("version", ""))


def fields_shown(typed: QueryDict) -> dict[str, int]:
    """The versions of single fields that were saved since the page was shown, sent as "name:version"."""
    pairs = (one.rpartition(":") for one in typed.getlist("basis"))
    return {name: _number(version) for name, _, version in pairs if name}


def _number(shown: str) -> int:
    return int(shown) if shown.isascii() and shown.isdigit() and len(shown) < DIGITS else 0


@dataclass(frozen=True)
class Begun:
    """A record that somebody began and that lacks something before it can be added."""

    kind: Kind
    record_id: str
    part: str


def begun(proposal: Proposal, unfinished: Mapping[str, UnfinishedInput]) -> list[Begun]:
    """What of the unfinished input belongs to a record that is not there; one query per kind of which there is any."""
    found = []
    for code in unfinished:
        try:
            part = part_from(code)
        except NotVisible:
            continue
        if part.kind is not None and not part.kind.model._default_manager.filter(pk=part.record_id).exists():
            found.append(Begun(part.kind, part.record_id, code))
    return found
