"""Submitting a draft of realistic size: queries and processor time, each time rolled back; and the full check of its document."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.measure import FRAME, TIMES, WARM_UP, Cost
from bench.pages import Page
from bench.volume import Volume
from wijkcontract.accounts.queries import actor_of
from wijkcontract.proposals import operations, queries
from wijkcontract.rules import clock, completeness

SUBMISSION = Page("ontwerp, indienen", "applicant:proposal_submit", lambda volume: volume.writer, 40, 200)
FULL_CHECK = Page(
    "ontwerp, volledig nazicht (regels)", "applicant:proposal_check", lambda volume: volume.writer, 0, 100
)
READ_AND_CHECK = Page("ontwerp, lezen en nazien", "applicant:proposal_check", lambda volume: volume.writer, 10, 100)


def costs(volume: Volume) -> list[Cost]:
    """What submitting costs, what the rules alone cost, and what reading the document and checking it costs."""
    document, programme = queries.document(volume.draft), volume.draft.call.programme
    size = len(submitted_content(volume)) / 1024
    return [
        _cost(SUBMISSION, lambda: submitted_content(volume), size),
        _cost(FULL_CHECK, lambda: completeness.check(document, programme, clock.today()), size),
        _cost(READ_AND_CHECK, lambda: queries.findings(volume.draft), size),
    ]


def submitted_content(volume: Volume) -> str:
    """Submit the draft, and take back that it ever happened; what was frozen. Raises Invalid when something blocks it."""
    actor = actor_of(volume.writer, str(volume.draft.applicant_id))
    with transaction.atomic():
        content = operations.submit(actor=actor, proposal_id=volume.draft.pk).content
        transaction.set_rollback(True)
    return content


def _cost(page: Page, act: Callable[[], object], size: float) -> Cost:
    for _ in range(WARM_UP):
        act()
    with CaptureQueriesContext(connection) as captured:
        act()
    queries_asked = sum(not one["sql"].startswith((*FRAME, "ROLLBACK")) for one in captured.captured_queries)
    return Cost(page, queries_asked, statistics.median(_timed(act) for _ in range(TIMES)), size)


def _timed(act: Callable[[], object]) -> float:
    started = time.process_time()
    act()
    return (time.process_time() - started) * 1000
