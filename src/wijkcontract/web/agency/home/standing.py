"""Where things stand: how many of each, per state, of what the actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from wijkcontract.accounts.actors import Actor
from wijkcontract.calls.models import PHASE_LABELS
from wijkcontract.calls.queries import visible_calls
from wijkcontract.contracts.models import ContractState
from wijkcontract.contracts.queries.contracts import visible_contracts
from wijkcontract.proposals.enums import ProposalState
from wijkcontract.proposals.queries import visible_proposals


@dataclass(frozen=True, slots=True)
class StandRow:
    """A state of one kind of object: how many, and where they are listed."""

    state: str
    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Stand:
    """One kind of object with its states."""

    label: str
    rows: Sequence[StandRow]

    @property
    def total(self) -> int:
        return sum(row.count for row in self.rows)


def stands_of(actor: Actor) -> list[Stand]:
    """Calls, proposals and contracts by state; a kind without any is left out."""
    return [stand for stand in (_calls(actor), _proposals(actor), _contracts(actor)) if stand.rows]


def _calls(actor: Actor) -> Stand:
    phases = [call.phase for call in visible_calls(actor).only("state", "published_on", "last_day")]
    url = reverse("agency:calls")
    return Stand(
        "Oproepen",
        [StandRow(phase, label, phases.count(phase), url) for phase, label in PHASE_LABELS.items() if phase in phases],
    )


def _proposals(actor: Actor) -> Stand:
    counts = dict(visible_proposals(actor).order_by().values_list("state").annotate(count=Count("pk")))
    url = reverse("agency:proposals")
    return Stand(
        "Voorstellen",
        [
            StandRow(code, str(label), counts[code], f"{url}?stand={code}")
            for code, label in ProposalState.choices
            if code in counts
        ],
    )


def _contracts(actor: Actor) -> Stand:
    counts = dict(visible_contracts(actor).order_by().values_list("state").annotate(count=Count("pk")))
    url = reverse("agency:contracts")
    return Stand(
        "Contracten",
        [StandRow(code, str(label), counts[code], url) for code, label in ContractState.choices if code in counts],
    )
