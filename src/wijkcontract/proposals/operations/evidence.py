"""Putting the frozen figures of a neighbourhood in a proposal: the jury then reads the same numbers for ever (R2)."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from wijkcontract.accounts.actors import Actor
from wijkcontract.audit.operations import operation, record
from wijkcontract.places.enums import AnalysisState
from wijkcontract.places.models import FrozenEvidence
from wijkcontract.places.queries import get_analysis, get_evidence
from wijkcontract.proposals import policy, queries
from wijkcontract.proposals.models import Proposal, ProposalEvidence
from wijkcontract.proposals.operations.removing import delete_record
from wijkcontract.proposals.operations.writing import save_basics, save_record
from wijkcontract.rules import clock
from wijkcontract.rules.verdicts import Invalid, require

PLACES: Final = Decimal("0.0001")
FROZEN_AS: Final = ", vastgelegd als "
"""How the source of a figure says that a neighbourhood analysis froze it; the hash follows."""


@operation
def attach_evidence(*, actor: Actor, proposal_id: uuid.UUID | str, analysis_id: uuid.UUID | str) -> Proposal:
    """Let the proposal carry a frozen analysis of its own authority: name, inhabitants, sectors and figures come from it.

    Figures of the same indicators are replaced, others stay. Raises Invalid when the analysis is a draft or of another
    authority, NotVisible or Refused as writing in the proposal does.
    """
    proposal = queries.get_proposal(actor, proposal_id)
    require(policy.may_edit(actor, proposal))
    analysis = get_analysis(actor, analysis_id)
    if analysis.organisation_id != proposal.applicant_id:
        raise Invalid.because("Kies een wijkanalyse van het bestuur dat het voorstel indient.")
    if analysis.state != AnalysisState.FROZEN:
        raise Invalid.because("Leg de wijk eerst vast. Alleen vastgelegde cijfers kunnen in een voorstel.")
    evidence = get_evidence(actor, analysis.pk)
    content = json.loads(evidence.content)
    _write_neighbourhood(actor, proposal, content)
    _write_figures(actor, proposal, evidence, content)
    ProposalEvidence.objects.update_or_create(
        proposal=proposal,
        defaults={"evidence": evidence, "attached_at": clock.now(), "attached_by_name": actor.name},
    )
    record(actor, "proposals.evidence_attached", proposal, analysis=str(analysis.pk), sha256=evidence.sha256)
    return proposal


def _write_neighbourhood(actor: Actor, proposal: Proposal, content: Mapping[str, Any]) -> None:
    place = content["neighbourhood"]
    save_basics(
        actor=actor, proposal_id=proposal.pk, version=proposal.version, title=proposal.title, neighbourhood=place["title"],
        inhabitants=int(place["inhabitants"]), sectors=", ".join(one["code"] for one in content["sectors"]),
    )  # fmt: skip


def _write_figures(actor: Actor, proposal: Proposal, evidence: FrozenEvidence, content: Mapping[str, Any]) -> None:
    """The newest year of every indicator that has a figure of the neighbourhood, beside Flanders, else the municipality."""
    figures = {one["indicator"]: data for one in content["figures"] if (data := _figure(one, evidence.sha256))}
    for old in proposal.figures.filter(indicator__in=figures):
        delete_record(actor=actor, proposal_id=proposal.pk, kind="figure", record_id=old.pk)
    for data in figures.values():
        save_record(actor=actor, proposal_id=proposal.pk, kind="figure", data=data)


def _figure(line: Mapping[str, Any], sha256: str) -> dict[str, Any] | None:
    shown = next((one for one in reversed(line["years"]) if one["value"] is not None), None)
    if shown is None:
        return None
    compared = shown["region"] or shown["municipality"]
    return {
        "indicator": line["indicator"],
        "value": Decimal(shown["value"]).quantize(PLACES),
        "compare_value": None if compared is None else Decimal(compared).quantize(PLACES),
        "unit": line["unit"][:40],
        "year": shown["year"],
        "source": f"{line['source'][:150]}{FROZEN_AS}{sha256[:12]}",
    }
