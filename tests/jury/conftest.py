from __future__ import annotations

from collections.abc import Iterator

import pytest

from jury import factories
from jury.factories import People
from wijkcontract.calls.models import Call
from wijkcontract.rules import clock


@pytest.fixture(autouse=True)
def _while_the_jury_works() -> Iterator[None]:
    with clock.frozen(factories.DURING):
        yield


@pytest.fixture
def people(db: None) -> People:
    return factories.make_people()


@pytest.fixture
def call(db: None) -> Call:
    return factories.call()
