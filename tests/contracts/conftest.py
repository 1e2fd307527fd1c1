from __future__ import annotations

from collections.abc import Iterator

import pytest

from contracts import factories
from contracts.factories import People
from wijkcontract.rules import clock


@pytest.fixture(autouse=True)
def _year_of_commitment() -> Iterator[None]:
    with clock.frozen(factories.YEAR_OF_COMMITMENT):
        yield


@pytest.fixture
def people(db: None) -> People:
    return factories.make_people()
