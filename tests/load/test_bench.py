"""The pages that `make bench` measures, at a small volume: within their targets, and no dearer with more rows."""

from __future__ import annotations

import pytest

from bench import measure, submitting, volume
from bench.pages import PAGES, Page
from wijkcontract.proposals.models import Submission

FEW, MORE = 3, 40
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "TIMES", 1)
    monkeypatch.setattr(measure, "WARM_UP", 1)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_stays_within_its_target_and_asks_no_more_for_more_rows(page: Page) -> None:
    filled = volume.build(FEW)
    few = measure.cost(page, filled)
    volume.add_proposals(filled.call, MORE)
    many = measure.cost(page, filled)
    assert few.is_within
    assert (few.queries, few.page) == (many.queries, many.page)


def test_submitting_a_realistic_draft_asks_the_database_no_more_than_is_promised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(submitting, "TIMES", 3)
    filled = volume.build(FEW)
    submission, rules, check = submitting.costs(filled)
    assert (submission.queries, rules.queries, check.queries) == (15, 0, 2)
    assert rules.ms <= rules.page.target_ms
    assert not Submission.objects.filter(proposal=filled.draft).exists()


def test_an_error_page_is_never_measured() -> None:
    filled = volume.build(FEW)
    nowhere = Page("nergens", "agency:proposal", lambda _: filled.manager, 1, 1, lambda _: (filled.manager.pk,))
    with pytest.raises(measure.WrongAnswer, match="404"):
        measure.cost(nowhere, filled)


def test_a_page_over_its_target_is_reported() -> None:
    filled = volume.build(FEW)
    dear = Page("te duur", "agency:proposals", lambda _: filled.manager, 1, 1)
    assert not measure.cost(dear, filled).is_within
