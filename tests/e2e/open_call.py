"""The call that the walks through a draft are for: the first programme, open from 11 March to 10 July 2021."""

from __future__ import annotations

import datetime as dt
from typing import Final

from wijkcontract.calls.models import Call, CallState
from wijkcontract.rules import clock, programme

PROGRAMME: Final = programme.load("wijkverbeteringscontract-2021")
DURING: Final = dt.datetime(2021, 7, 6, 10, tzinfo=clock.BRUSSELS)
"""A moment at which the call is open."""


def open_call(title: str) -> Call:
    """A launched call of this title."""
    return Call.objects.create(
        title=title, programme_name=PROGRAMME.name, terms=programme.to_dict(PROGRAMME), state=CallState.LAUNCHED,
        published_on=dt.date(2021, 3, 11), last_day=dt.date(2021, 7, 10), budget_cents=4_000_000_00,
        ceiling_cents=800_000_00, created_at=DURING,
    )  # fmt: skip
