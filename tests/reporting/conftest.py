from __future__ import annotations

from collections.abc import Iterator

import pytest

from execution import factories
from wijkcontract.rules import clock


@pytest.fixture(autouse=True)
def _in_march_2023(db: None) -> Iterator[None]:
    with clock.frozen(factories.NOW):
        yield
