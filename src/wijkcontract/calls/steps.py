"""What the operations of a call share: the locked call, the draft that may change, and how a code is made of a name."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Collection
from datetime import date

from wijkcontract.accounts.actors import Actor
from wijkcontract.calls import policy, queries
from wijkcontract.calls.models import Call
from wijkcontract.rules.lifecycle import CALL, NotAllowed
from wijkcontract.rules.verdicts import NotVisible, require


def locked(actor: Actor, call_id: uuid.UUID | str) -> Call:
    """The call, locked until the end of the transaction. Raises NotVisible."""
    call = queries.visible_calls(actor).select_for_update().filter(pk=call_id).first()
    if call is None:
        raise NotVisible
    return call


def draft(actor: Actor, call_id: uuid.UUID | str) -> Call:
    """The locked draft, for who may change it. Raises NotVisible, Refused, and NotAllowed once it is launched."""
    call = locked(actor, call_id)
    require(policy.may_manage_call(actor, call))
    if not queries.is_draft(call):
        label = CALL.states[call.state].label
        raise NotAllowed(f"{CALL.noun} met de status '{label}' kunt u niet wijzigen.")
    return call


def refreshed(call: Call) -> Call:
    """The call without the programme that it read from its earlier terms."""
    call.__dict__.pop("programme", None)
    return call


def code(name: str, taken: Collection[str]) -> str:
    """A code for a new part of a call, not one of `taken`: "Eigen kracht" gives "eigen_kracht"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    base = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:36] or "eigen"
    return next(
        made for made in (base, *(f"{base}_{number}" for number in range(2, len(taken) + 3))) if made not in taken
    )


def iso(day: date | None) -> str | None:
    """A day as the log keeps it."""
    return day.isoformat() if day else None
