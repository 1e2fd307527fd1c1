"""The whole journey in a browser, with the case of Dendermonde as input: from a launched call to the report to the ministers."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from e2e import steps
from e2e.walker import Walker
from wijkcontract.rules import clock

pytestmark = pytest.mark.story


def test_the_whole_journey(browser: Browser, site: str, pictures: Path | None) -> None:
    walker = Walker(browser, site, pictures)
    walker.page.set_default_timeout(5_000)
    try:
        for step in steps.JOURNEY:
            step(walker)
    finally:
        clock.release()
        walker.close()
