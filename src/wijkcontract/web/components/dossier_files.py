"""The files of a proposal in a dossier: in their section, by the record that carries them, with the address of each."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from wijkcontract.proposals.records import KINDS, Kind
from wijkcontract.rules.proposal_shape import Proposal


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file, its address (empty for who cannot fetch it) and the record that carries it: "M3 Groene speelstraten"."""

    name: str
    url: str
    record: str


def file_urls(document: Proposal) -> dict[str, str]:
    """Where the files of the document lie; an imported document may name files that were never stored."""
    urls = {}
    for file in document.files:
        try:
            urls[file.id] = reverse("account:file", args=[uuid.UUID(file.id)])
        except ValueError:
            continue
    return urls


def files_by_section(document: Proposal, urls: Mapping[str, str]) -> Mapping[str, Sequence[FileRow]]:
    """The files by the section of their record. The document of a local decision stands with the decision itself."""
    with_decision = {decision.file for decision in document.local_decisions}
    records = {f"{kind.collection}/{one.id}": (kind, code, one) for kind, code, one in _records(document)}
    found: dict[str, list[FileRow]] = defaultdict(list)
    for file in document.files:
        if file.id in with_decision or file.belongs_to not in records:
            continue
        kind, code, one = records[file.belongs_to]
        title = getattr(one, kind.title_field)
        found[kind.section].append(FileRow(file.name, urls.get(file.id, ""), f"{code} {title}".strip()))
    return found


def record_names(document: Proposal) -> dict[str, str]:
    """What each record that may carry files is called, by the place that `belongs_to` names: "M3 Groene speelstraten"."""
    return {
        f"{kind.collection}/{one.id}": f"{code} {getattr(one, kind.title_field)}".strip()
        for kind, code, one in _records(document)
    }


def _records(document: Proposal) -> Iterator[tuple[Kind, str, Any]]:
    """Every record that may carry files, with its kind and its code; one under another by the code of that one too: A1.2."""
    for kind in (one for one in KINDS.values() if one.is_attachable):
        if not kind.parent:
            for number, one in enumerate(getattr(document, kind.collection), 1):
                yield kind, f"{kind.letter}{number}", one
            continue
        above = KINDS[kind.parent]
        for number, owner in enumerate(getattr(document, above.collection), 1):
            for place, one in enumerate(getattr(owner, kind.collection), 1):
                yield kind, f"{above.letter}{number}.{place}", one
