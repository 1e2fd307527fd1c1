from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from wijkcontract.rules import clock


@pytest.fixture(autouse=True)
def _in_november_2026(db: None) -> Iterator[None]:
    with clock.frozen(dt.datetime(2026, 11, 2, 9, 0, tzinfo=clock.BRUSSELS)):
        yield
