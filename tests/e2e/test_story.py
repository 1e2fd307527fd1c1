"""The whole journey in a browser, with the case of Dendermonde as input: from a launched call to the report to the ministers."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from e2e import jury_steps, money_steps, report_steps, steps
from e2e.walker import Walker
from wijkcontract.rules import clock

pytestmark = pytest.mark.story
JOURNEY = (
    steps.the_call_is_launched,
    steps.the_proposal_is_written_and_submitted,
    steps.the_agency_declares_it_admissible,
    jury_steps.the_jury_advises,
    money_steps.the_government_decides_and_both_parties_sign,
    money_steps.the_subsidy_is_committed,
    money_steps.an_instalment_is_paid_by_two_persons,
    report_steps.the_municipality_reports_and_the_agency_accepts,
    report_steps.the_ministers_get_their_report,
    report_steps.everyone_reads_the_register,
)


def test_the_whole_journey(browser: Browser, site: str, pictures: Path | None) -> None:
    walker = Walker(browser, site, pictures)
    walker.page.set_default_timeout(5_000)
    try:
        for step in JOURNEY:
            step(walker)
    finally:
        clock.release()
        walker.close()
