from __future__ import annotations

from collections.abc import Iterator

import pytest

from jury import factories
from jury.factories import People
from wijkcontract.calls.models import Call
from wijkcontract.jury.models import Jury
from wijkcontract.proposals.models import Proposal
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


@pytest.fixture
def bijloke(call: Call) -> Proposal:
    return factories.proposal(call, "De Bijloke leeft", asks_sport=True)


@pytest.fixture
def kaai(call: Call) -> Proposal:
    return factories.proposal(call, "Nieuwe Kaai", "Beringen")


@pytest.fixture
def jury(people: People, call: Call, bijloke: Proposal, kaai: Proposal) -> Jury:
    return factories.scoring(people, call)
