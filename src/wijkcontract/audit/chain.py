"""The hash chain of the log: each digest follows from the one before and from every field of its event."""

from __future__ import annotations

import hashlib
import json

from wijkcontract.audit.models import Event
from wijkcontract.rules import clock

GENESIS = "0" * 64


def chain_digest(previous: str, event: Event) -> str:
    """SHA-256 over the digest before and every field of the event, in hexadecimal."""
    content = json.dumps(
        [
            previous, event.pk, event.at.astimezone(clock.BRUSSELS).isoformat(), event.actor_id, event.actor_name,
            event.organisation_id, event.verb, event.subject_kind, event.subject_id, event.data,
        ],
        sort_keys=True, ensure_ascii=False,
    )  # fmt: skip
    return hashlib.sha256(content.encode()).hexdigest()
