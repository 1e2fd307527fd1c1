"""From a finding to the field where it is repaired: every line of "wat ontbreekt nog" is a link."""

from __future__ import annotations

import uuid
from functools import lru_cache
from typing import Any

from django.urls import reverse

from wijkcontract.proposals.models import Proposal
from wijkcontract.proposals.records import KINDS
from wijkcontract.rules.completeness import Finding
from wijkcontract.rules.proposal_shape import Proposal as Document
from wijkcontract.web.components.parts import Todo

COLLECTIONS = {
    "figures": ("neighbourhood", "figure"),
    "problems": ("problems", "problem"),
    "objectives": ("objectives", "objective"),
    "measures": ("measures", "measure"),
    "partners": ("partners", "partner"),
    "additional_support": ("partners", "additional_support"),
    "cost_lines": ("budget", "cost_line"),
    "other_subsidies": ("budget", "other_subsidy"),
    "risks": ("risks", "risk"),
    "milestones": ("plan", "milestone"),
    "support_log": ("participation", "support_log"),
    "continuations": ("knowledge", "continuation"),
    "dissemination": ("knowledge", "dissemination"),
    "local_decisions": ("local_decision", "local_decision"),
}
NESTED = {"targets": "target", "actions": "action", "pledges": "pledge", "moments": "participation_moment"}
FIELDS = {
    "new": "is_new",
    "amount": "amount_cents",
    "item_cost": "item_cost_cents",
    "experiment": "experiment_what",
}


@lru_cache(maxsize=4096)
def before_id(proposal_id: uuid.UUID, section: str, kind: str) -> str:
    """The address of a record of this kind, up to its id. Asking the router for every record costs a fifth of a long page."""
    nobody = uuid.UUID(int=0)
    return reverse("applicant:record", args=[proposal_id, section, kind, nobody]).removesuffix(f"{nobody}/")


def todos(found: list[Finding], proposal: Proposal, document: Document, here: str = "") -> list[Todo]:
    """The findings as lines with an address: those of the section at hand first, and of these what blocks first."""
    ordered = sorted(found, key=lambda finding: (finding.section != here, finding.severity.value != "block"))
    return [Todo(one.message, one.severity.value, address(one, proposal, document)) for one in ordered]


def address(finding: Finding, proposal: Proposal, document: Document) -> str:
    """Where this finding is repaired: the open form of a record, a field, or the list that is empty."""
    parts = finding.path.strip("/").split("/")
    head, rest = parts[0], parts[1:]
    if head == "answers":
        return _section(proposal, finding.section, f"id_{rest[0]}" if rest else "teksten")
    if head in ("neighbourhood", "title"):
        field = {"name": "neighbourhood", "": "neighbourhood"}.get(rest[0] if rest else "", rest[0] if rest else "")
        return _section(proposal, "neighbourhood", "id_title" if head == "title" else f"id_{field}")
    if head == "term":
        return _section(proposal, "plan", f"id_term_{rest[0]}" if rest else "id_term_start")
    if head == "participation":
        return _participation(finding, proposal, document, rest)
    if head == "files" and rest:
        return _carrier(proposal, document.files[int(rest[0])].belongs_to) or _section(proposal, finding.section, "")
    if head in COLLECTIONS:
        return _record(finding, proposal, document, head, rest)
    return _section(proposal, finding.section, "")


def _participation(finding: Finding, proposal: Proposal, document: Document, rest: list[str]) -> str:
    if rest[:1] == ["target_groups"]:
        return _section(proposal, "participation", "id_target_groups")
    if len(rest) > 1 and rest[0] == "moments":
        moment = document.participation.moments[int(rest[1])]
        return _form(proposal, "participation", "participation_moment", moment.id, rest[2:])
    return _section(proposal, "participation", "lijst-participation_moment" if rest else "id_participation")


def _record(finding: Finding, proposal: Proposal, document: Document, head: str, rest: list[str]) -> str:
    section, kind = COLLECTIONS[head]
    if not rest or not rest[0].isdigit():
        return _section(proposal, section, f"lijst-{kind}")
    one: Any = getattr(document, head)[int(rest[0])]
    if len(rest) > 2 and rest[1] in NESTED and rest[2].isdigit():
        inner = getattr(one, rest[1])[int(rest[2])]
        return _form(proposal, section, NESTED[rest[1]], inner.id, rest[3:])
    if rest[1:2] and rest[1] in NESTED:
        return _section(proposal, section, f"record-{one.id}")
    return _form(proposal, section, kind, one.id, rest[1:])


def _carrier(proposal: Proposal, belongs_to: str) -> str:
    """The files of the record that carries a file; empty when it does not say which."""
    collection, _, record_id = belongs_to.partition("/")
    kind = next((one for one in KINDS.values() if one.collection == collection), None)
    if kind is None:
        return ""
    return f"{before_id(proposal.pk, kind.section, kind.code)}{record_id}/#bestanden"


def _form(proposal: Proposal, section: str, kind: str, record_id: str, rest: list[str]) -> str:
    """The open form of a record, at the field when the path names one."""
    url = f"{before_id(proposal.pk, section, kind)}{record_id}/"
    if rest[:1] == ["file"]:
        return f"{url}#bestanden"
    field = FIELDS.get(rest[0], rest[0]) if rest else ""
    return f"{url}#id_{field}" if field else f"{url}#record-{record_id}"


def _section(proposal: Proposal, section: str, anchor: str) -> str:
    url = reverse("applicant:section", args=[proposal.pk, section])
    return f"{url}#{anchor}" if anchor else url
