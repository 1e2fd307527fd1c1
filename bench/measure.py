"""Ask a page as its reader would, in this process: how many queries, and how much processor time."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.pages import Page
from bench.volume import Volume

WARM_UP = 3
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")  # around the queries of a save, not queries themselves
TIMES = 20


@dataclass(frozen=True)
class Cost:
    """What one page costs: exact queries, the median processor time in milliseconds, and the size of the answer."""

    page: Page
    queries: int
    ms: float
    kilobytes: float

    @property
    def is_within(self) -> bool:
        return self.queries <= self.page.max_queries


class WrongAnswer(Exception):
    """A page that is measured must be the page itself, never an error page."""


def cost(page: Page, volume: Volume) -> Cost:
    """Measure one page. Raises WrongAnswer when it does not answer with 200."""
    client = Client()
    client.force_login(page.reader(volume))
    address = reverse(page.route, args=page.arguments(volume)) + (f"?{page.query}" if page.query else "")
    numbers = itertools.count()

    def data() -> Mapping[str, object] | None:
        return page.post(volume, next(numbers)) if page.post else None

    for _ in range(WARM_UP):
        _ask(client, address, data())
    sent = data()
    with CaptureQueriesContext(connection) as captured:
        size = _ask(client, address, sent)
    queries = sum(not one["sql"].startswith(FRAME) for one in captured.captured_queries)
    spent = statistics.median(_timed(client, address, data()) for _ in range(TIMES))
    return Cost(page, queries, spent, size / 1024)


def _ask(client: Client, address: str, data: Mapping[str, object] | None) -> int:
    """The size of the answer in bytes."""
    response = client.get(address) if data is None else client.post(address, data)
    if response.status_code != HTTPStatus.OK:
        raise WrongAnswer(f"{address}: {response.status_code}")
    return len(response.content)


def _timed(client: Client, address: str, data: Mapping[str, object] | None) -> float:
    started = time.process_time()
    _ask(client, address, data)
    return (time.process_time() - started) * 1000
