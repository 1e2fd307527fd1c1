"""How much mail waits: counts only, for the operator."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min

from wijkcontract.outbox.models import Message
from wijkcontract.rules import clock


@dataclass(frozen=True)
class Backlog:
    """Promised mail that did not go out yet: how many, and since when the oldest waits."""

    waiting: int
    oldest: dt.timedelta


def backlog() -> Backlog:
    """The mail that waits now. One query."""
    found = Message.objects.filter(sent_at=None).aggregate(number=Count("pk"), since=Min("queued_at"))
    oldest = clock.now() - found["since"] if found["since"] else dt.timedelta()
    return Backlog(found["number"], oldest)
