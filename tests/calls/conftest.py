from __future__ import annotations

from collections.abc import Iterator

import pytest

from calls import factories
from wijkcontract.accounts.actors import Actor
from wijkcontract.accounts.roles import Role
from wijkcontract.rules import clock


@pytest.fixture(autouse=True)
def _before_the_publication() -> Iterator[None]:
    with clock.frozen(factories.BEFORE):
        yield


@pytest.fixture
def manager(db: None) -> Actor:
    """Who makes and launches calls."""
    return factories.actor_as(Role.AGENCY_MANAGER, "programmabeheerder")


@pytest.fixture
def finance(db: None) -> Actor:
    """A colleague of the agency who reads a draft but does not change it."""
    return factories.actor_as(Role.AGENCY_FINANCE, "financieel")


@pytest.fixture
def municipality(db: None) -> Actor:
    """An outsider: sees a call from the day of its publication."""
    return factories.actor_as(Role.SUBMITTER, "directeur")
